"""A project on disk, driven through the installed command as a user and cron drive it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import contentkit
from tests.started import Started
from tests.warm import run_warm

# The checkout whose tests run; another one may be installed.
UNDER_TEST = Path(contentkit.__file__).parent.parent
_CONFIG = """version = 1
project = "test-project"
[publishing]
settle = "{settle}"
"""
_ACCOUNT = """[accounts.{name}]
platform = "{platform}"
server = "{server}"
"""
_CALENDAR = """version: 1
timezone: Europe/Madrid
entries: []
"""


@dataclass(frozen=True)
class ProjectOnDisk:
    """Its files lie in ``root``, its state and settings beside it; nothing of the caller's environment is passed on."""

    root: Path
    secrets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, root: Path, *, server: str = "", token: str = "", settle: str = "5m") -> ProjectOnDisk:
        """A project with the account ``mine``, on this Mastodon server or on the console."""
        platform = "mastodon" if server else "console"
        return cls.with_accounts(root, {"mine": (platform, server)}, {"mine_token": token}, settle=settle)

    @classmethod
    def with_accounts(
        cls, root: Path, accounts: Mapping[str, tuple[str, str]], secrets: Mapping[str, str], *, settle: str = "5m"
    ) -> ProjectOnDisk:
        """A project with these accounts (name to platform and server); ``secrets`` by the end of their variables' names."""
        (root / "drafts").mkdir(parents=True)
        (root / "notes").mkdir()
        config = _CONFIG.format(settle=settle)
        for name, (platform, server) in accounts.items():
            config += _ACCOUNT.format(name=name, platform=platform, server=server).replace('server = ""\n', "")
        (root / "contentkit.toml").write_text(config)
        (root / "calendar.yaml").write_text(_CALENDAR)
        return cls(root, {f"CONTENTKIT_{name.upper()}": value for name, value in secrets.items() if value})

    @property
    def environment(self) -> dict[str, str]:
        home = self.root.parent / f"{self.root.name}.home"
        home.mkdir(exist_ok=True)
        variables = {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(UNDER_TEST),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
        }
        return {**variables, **self.secrets}

    @property
    def state(self) -> Path:
        return self.root.parent / f"{self.root.name}.home" / "state" / "contentkit" / "test-project"

    def write_draft(self, texts: list[str], name: str = "launch", pictures: Mapping[int, str] | None = None) -> Path:
        """A note that says exactly this, and a draft that rests on it; ``pictures`` are Markdown images by number of the post."""
        note = self.root / "notes" / f"{name}.md"
        note.write_text("\n\n".join(texts) + "\n")
        posts = []
        line = 1
        for number, text in enumerate(texts):
            picture = f"\n\n{pictures[number]}" if pictures and number in pictures else ""
            last = line + text.count("\n")
            posts.append(f"{text}{picture}\n<!-- evidence: notes/{name}.md#L{line}-L{last} -->")
            line = last + 2
        front = f"---\nversion: 1\ntitle: {name}\nsources: [notes/{name}.md]\nlanguage: en\n---\n"
        path = self.root / "drafts" / f"{name}.md"
        path.write_text(front + "\n\n---\n\n".join(posts) + "\n")
        return path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "contentkit", *words]

    def start(self, *words: str) -> Started:
        return Started(UNDER_TEST, words, self.root, self.environment)

    def start_cold(self, *words: str) -> subprocess.Popen[str]:
        """From nothing, as a shell starts it: the signals that are ignored here are ignored there."""
        return subprocess.Popen(
            self.command(*words),
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Runs one command; ``code`` is the exit code it must have (None: any)."""
        if self.environment["PYTHONPATH"] == str(UNDER_TEST):
            done = run_warm(UNDER_TEST, words, self.root, self.environment)
        else:
            done = self._run_cold(words)
        assert "Traceback" not in done.stderr, done.stderr
        assert code is None or done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done

    def _run_cold(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """With modules of its own on the way, which a warm process would not find."""
        return subprocess.run(
            self.command(*words),
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def approve_now(self, name: str = "launch") -> None:
        """Schedules the draft for this moment and approves it."""
        self.run("schedule", f"drafts/{name}.md", "--at", "now")
        self.run("approve", name, "--by", "Ana", "--yes")
