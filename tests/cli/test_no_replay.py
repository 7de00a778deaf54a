"""A journal that was lost, restored or copied never sends what is out already, whatever else was lost with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import DRAFT, Shell, entry, time_in

_MANY = 30
_CONSOLE = "try.console.jsonl"


def _published(shell: Shell) -> bytes:
    path = shell.state / _CONSOLE
    return path.read_bytes() if path.exists() else b""


def _journal_deleted(shell: Shell, yesterday: Path) -> None:
    (shell.state / "journal.db").unlink()


def _folder_deleted(shell: Shell, yesterday: Path) -> None:
    for path in shell.state.iterdir():
        if path.name != _CONSOLE:
            path.unlink()


def _restored_journal(shell: Shell, yesterday: Path) -> None:
    shutil.copy(yesterday / "journal.db", shell.state / "journal.db")


def _restored_folder(shell: Shell, yesterday: Path) -> None:
    for path in yesterday.iterdir():
        shutil.copy(path, shell.state / path.name)


def _copied_to_another_machine(shell: Shell, yesterday: Path) -> None:
    """Its folder is the one of before the entries went out; the marks of this machine are gone."""
    for path in shell.state.iterdir():
        if path.name != _CONSOLE:
            path.unlink()
    shutil.copy(yesterday / "journal.db", shell.state / "journal.db")


_LOSSES = [_journal_deleted, _folder_deleted, _restored_journal, _restored_folder, _copied_to_another_machine]


def _thirty_published(shell: Shell, kept: Path) -> None:
    """Thirty entries are approved, the state folder is kept, then they are all published, still within their time."""
    names = [f"entry-{number:02}" for number in range(_MANY)]
    shell.write("drafts/launch.md", DRAFT.partition("\n---\n\nWe threw")[0])
    shell.enter(*(entry(name, at=time_in(minutes=-1), more="late: post within 7d") for name in names))
    ran = shell.run("approve", *names, "--by", "Ana", "--yes")
    assert ran.code == 0, ran.err
    shutil.copytree(shell.state, kept)
    assert shell.run("post").code == 0
    assert _published(shell).count(b"\n") == _MANY
    assert (shell.project / "calendar.yaml").read_text().count("approved:") == _MANY


@pytest.mark.parametrize("receipts", ["there", "lost"])
def test_what_is_out_is_never_sent_again(shell: Shell, tmp_path: Path, receipts: str) -> None:
    _thirty_published(shell, tmp_path / "yesterday")
    before = _published(shell)
    for folder in (shell.state, shell.project):
        shutil.copytree(folder, tmp_path / "good" / folder.name)
    for lose in _LOSSES:
        for folder in (shell.state, shell.project):
            shutil.rmtree(folder)
            shutil.copytree(tmp_path / "good" / folder.name, folder)
        lose(shell, tmp_path / "yesterday")
        if receipts == "lost":
            (shell.project / "receipts.jsonl").unlink()
        for command in (["post"], ["takeover", "--yes"], ["post"]):
            shell.run(*command)
            assert _published(shell) == before, (lose.__name__, command)
