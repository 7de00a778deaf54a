"""An alert command and a ping address for tests: a real program that keeps what it was told, a real server that counts."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.shell import Shell

_PROGRAM = """#!{python}
import json, os, pathlib, sys
folder = pathlib.Path({folder!r})
told = {{"words": sys.argv[1:], "environment": dict(os.environ), "message": json.loads(sys.stdin.read())}}
number = len(list(folder.glob("*.json")))
(folder / f"{{number:03}}.json").write_text(json.dumps(told))
print("the program's own words")
sys.exit(int((folder / "code").read_text()))
"""


@dataclass(frozen=True)
class AlertProgram:
    """A program in a folder of its own; what each start of it was told lies beside it."""

    path: Path

    def ends_with(self, code: int) -> None:
        (self.path.parent / "code").write_text(str(code))

    @property
    def starts(self) -> list[dict[str, Any]]:
        """What it was started with: ``words`` behind its name, ``environment``, ``message`` on standard input."""
        return [json.loads(path.read_text()) for path in sorted(self.path.parent.glob("*.json"))]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [start["message"] for start in self.starts]

    @property
    def kinds(self) -> list[list[str]]:
        """The kinds of the facts of each message."""
        return [[fact["kind"] for fact in message["facts"]] for message in self.messages]


def alert_program(folder: Path) -> AlertProgram:
    folder.mkdir(parents=True, exist_ok=True)
    program = AlertProgram(folder / "alert")
    program.path.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder)))
    program.path.chmod(program.path.stat().st_mode | stat.S_IXUSR)
    program.ends_with(0)
    return program


def write_machine(shell: Shell, text: str) -> Path:
    """The ``machine.toml`` of the user of this shell."""
    path = shell.home / "config/contentkit/machine.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"version = 1\n{text}")
    path.chmod(0o600)
    return path


def with_alerts(shell: Shell, more: str = "") -> AlertProgram:
    """Names an alert command in ``machine.toml``; ``more`` stands under [alerts], too."""
    program = alert_program(shell.home / "alerts")
    write_machine(shell, f'[alerts]\ncommand = [{json.dumps(str(program.path))}, "--urgent"]\n{more}')
    return program
