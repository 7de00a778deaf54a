"""The installed command, run as a person or as cron would run it: a process of its own, in a home of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.publishing.project import UNDER_TEST
from tests.started import Started
from tests.warm import WarmProcess, may_be_warm, run_warm

COMMAND = (sys.executable, "-m", "contentkit")
NOTE = """# A call about the scheduler

Every team we talked to had written the same scheduler.

We threw the queue away, and made each account a lane of its own.

Nothing waits for a stranger's trouble any more.
"""
DRAFT = """---
version: 1
title: The scheduler
sources: [notes/call.md]
---
Every team we talked to had written the same scheduler.
<!-- evidence: notes/call.md#L3 -->

---

We threw the queue away, and made each account a lane of its own.
<!-- evidence: notes/call.md#L5 -->

---

Nothing waits for a stranger's trouble any more.
<!-- evidence: notes/call.md#L7 -->
"""
PARTS = [
    "Every team we talked to had written the same scheduler.",
    "We threw the queue away, and made each account a lane of its own.",
    "Nothing waits for a stranger's trouble any more.",
]
CONFIG = """version = 1
project = "our-posts"

[accounts.try]
platform = "console"
"""


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it printed, what it said beside that."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of each line, as a program reads them from a pipe."""
        return [line.split("\t") for line in self.out.splitlines()]


@dataclass(frozen=True)
class Shell:
    """A home with one project in it; ``here`` is the folder that commands are started in."""

    home: Path
    here: Path

    @property
    def project(self) -> Path:
        return self.home / "project"

    @property
    def state(self) -> Path:
        return self.home / "state" / "contentkit" / "our-posts"

    def at(self, folder: Path) -> Shell:
        return replace(self, here=folder)

    def write(self, name: str, content: str | bytes) -> Path:
        """Writes a file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def enter(self, *entries: str) -> None:
        """Makes these the entries of the calendar; each is YAML in braces."""
        self.write("calendar.yaml", "\n  - ".join(["version: 1\ntimezone: UTC\nentries:", *entries]) + "\n")

    def connect(self, url: str, *, settle: str = "5m") -> None:
        """Adds the account ``ours`` on a Mastodon server."""
        account = f'[accounts.ours]\nplatform = "mastodon"\nserver = "{url}"\nlanguage = "en"\n'
        self.write("contentkit.toml", f'{CONFIG}\n{account}\n[publishing]\nsettle = "{settle}"\n')

    def environment(self, variables: Mapping[str, str] | None = None) -> dict[str, str]:
        """Nothing of the caller's; modules of a test come before those of the tree under test."""
        variables = variables or {}
        modules = [variables["PYTHONPATH"]] if "PYTHONPATH" in variables else []
        return {
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "80",
            "TERM": "xterm",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            **variables,
            "PYTHONPATH": os.pathsep.join([*modules, str(UNDER_TEST)]),
        }

    def run(self, *arguments: str, variables: Mapping[str, str] | None = None) -> Ran:
        """Runs a command to its end, in a process forked from a warm one where that makes no difference."""
        if not may_be_warm(variables or {}):
            return self.ran([*COMMAND, *arguments], variables)
        done = run_warm(UNDER_TEST, arguments, self.here, self.environment(variables))
        return Ran(done.returncode, done.stdout, done.stderr)

    def ran(self, command: Sequence[str], variables: Mapping[str, str] | None = None) -> Ran:
        done = subprocess.run(
            command,
            cwd=self.here,
            env=self.environment(variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def run_without_room(self, blocks: int, *arguments: str, variables: Mapping[str, str] | None = None) -> Ran:
        """Runs a command that can write no file beyond so many blocks of 512 bytes."""
        # A compiled module that is cut off would be read again.
        environment = self.environment({"PYTHONDONTWRITEBYTECODE": "1", **(variables or {})})
        return finished(Started(UNDER_TEST, arguments, self.here, environment, largest_file=blocks * 512))

    def start(self, *arguments: str, variables: Mapping[str, str] | None = None) -> Started:
        return Started(UNDER_TEST, arguments, self.here, self.environment(variables))

    def run_in_terminal(self, *arguments: str, typed: bytes = b"") -> Ran:
        """Runs a command whose input and output are a terminal of 80 columns; ``typed`` waits to be read there."""
        leader, follower = os.openpty()
        termios.tcsetwinsize(follower, (24, 80))
        with tempfile.TemporaryFile("w+", encoding="utf-8") as err:
            streams = (follower, follower, err.fileno())
            process = WarmProcess(UNDER_TEST, arguments, self.here, self.environment(), streams)
            os.close(follower)
            os.write(leader, typed)
            shown = _until_closed(leader)
            os.close(leader)
            code = process.wait(60)
            err.seek(0)
            return Ran(code, shown.decode(), err.read())

    def files(self) -> dict[str, bytes]:
        """Every file of the project with its content, links and folders by name."""
        return {
            path.relative_to(self.project).as_posix(): path.read_bytes() if path.is_file() else b""
            for path in sorted(self.project.rglob("*"))
        }


def _until_closed(terminal: int) -> bytes:
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:
        pass  # Linux says EIO when the last one on the other side has closed it
    return shown


def interrupt(process: Started) -> None:
    process.send_signal(signal.SIGINT)


def finished(process: Started) -> Ran:
    out, err = process.communicate(timeout=60)
    return Ran(process.wait(), out, err)


def time_in(**distance: float) -> str:
    """A time of the calendar so far from now, in UTC."""
    return f"{datetime.now(UTC) + timedelta(**distance):%Y-%m-%d %H:%M:%S}"


def entry(name: str, *, at: str, accounts: str = "try", draft: str = "drafts/launch.md", more: str = "") -> str:
    """One entry of a calendar, in braces."""
    return f'{{id: {name}, draft: {draft}, at: "{at}", accounts: [{accounts}]{more and ", " + more}}}'


def wait_until(condition: Any, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not happen")
        time.sleep(0.02)
