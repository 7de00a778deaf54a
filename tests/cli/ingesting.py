"""What several tests of ``ingest`` need: raw notes, git, a pipe, a site on this machine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from contentkit.testing.loopback import Answer, Request
from tests.cli.shell import COMMAND, Ran, Shell

SECRET = "Quennell Capital wants to lead the round"
MARKED = f"""# A call about money

We doubled the number of teams this year.

[off the record] {SECRET}. [/off the record]

Nobody pays us for the basic plan.
"""
ON_RECORD = ["We doubled the number of teams this year.", "Nobody pays us for the basic plan."]


def git(shell: Shell, *words: str) -> str:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *words],
        cwd=shell.project,
        env=shell.environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def piped(shell: Shell, given: bytes, *arguments: str) -> Ran:
    """Runs a command with these bytes on its standard input."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=shell.here,
        env=shell.environment(),
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def texts(shell: Shell, path: str) -> list[str]:
    """What the source at this path says, without its headings."""
    [source] = shell.run("ingest", path, "--json").json
    return [passage["text"] for passage in source["passages"] if passage["kind"] != "heading"]


def raw_files(shell: Shell) -> Mapping[str, str]:
    """Where this machine knows the raw file of each copy."""
    named: Mapping[str, str] = json.loads((shell.state / "raw.json").read_text())["raw"]
    return named


def allow(shell: Shell, url: str) -> None:
    """Lets this user's machine read from a host that is no public one."""
    folder = shell.home / "config" / "contentkit"
    folder.mkdir(parents=True, exist_ok=True)
    host = url.removeprefix("http://")
    (folder / "machine.toml").write_text(f'version = 1\n[web]\nhosts = ["{host}"]\n')


def site(pages: Mapping[str, tuple[str, str]]) -> Callable[[Request], Answer]:
    """A site: path to content type and content; ``/moved`` leads to ``/lanes``, and all else is not there."""

    def respond(request: Request) -> Answer:
        if request.path == "/moved":
            return Answer(status=301, headers=(("Location", "/lanes"),))
        if request.path not in pages:
            return Answer(status=404)
        kind, content = pages[request.path]
        return Answer(status=200, headers=(("Content-Type", kind),), body=content.encode())

    return respond


def holders(folder: Path, words: str) -> list[str]:
    """The files below a folder that hold these words in any case."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and words.lower().encode() in path.read_bytes().lower()
    ]
