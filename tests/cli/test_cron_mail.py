"""What cron would mail: everything that a run prints, on either stream. A fact is mailed once, never each minute."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.cli.shell import Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

TOKEN = {"CONTENTKIT_OURS_TOKEN": "x"}


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def approved(shell: Shell, url: str) -> None:
    """One thread, due, on the account ``ours`` of this server."""
    shell.connect(url)
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0


def mails(shell: Shell, variables: dict[str, str], runs: int = 4) -> list[str]:
    """The mails of so many minutes in which nothing else happens."""
    ran = [shell.run("post", variables=variables) for _ in range(runs)]
    return [one.out + one.err for one in ran if one.out + one.err]


def test_a_held_post_is_mailed_once(shell: Shell, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["refuse"]) as proxy:
        approved(shell, proxy.url)
        [mail] = mails(shell, {"CONTENTKIT_OURS_TOKEN": server.token})
    assert "launch 1/3 on ours: HELD: refused: " in mail


def test_a_network_in_trouble_is_mailed_once(shell: Shell, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["unavailable"] * 9, matches=lambda request: True) as proxy:
        approved(shell, proxy.url)
        [mail] = mails(shell, {"CONTENTKIT_OURS_TOKEN": server.token})
    assert mail.startswith("ours: waits: ")


def test_a_paused_account_is_mailed_once(shell: Shell, server: CompatibleServer) -> None:
    approved(shell, server.url)
    [mail] = mails(shell, TOKEN)
    assert mail.startswith("ours: PAUSED: ")


def _half_a_merge(shell: Shell) -> None:
    settings = (shell.project / "contentkit.toml").read_text()
    shell.write("contentkit.toml", f"{settings}<<<<<<< HEAD\n=======\n>>>>>>> theirs\n")


def _no_calendar(shell: Shell) -> None:
    shell.write("calendar.yaml", "version: 1\nentries: [\n")


def _an_old_journal(shell: Shell) -> None:
    shutil.copy(shell.state / "journal.db", shell.home / "copy")
    shell.run("stop")
    shutil.copy(shell.home / "copy", shell.state / "journal.db")


def _a_damaged_journal(shell: Shell) -> None:
    (shell.state / "journal.db").write_bytes(b"SQLite format 3\0" + b"\0" * 500)


@pytest.mark.parametrize("damage", [_half_a_merge, _no_calendar, _an_old_journal, _a_damaged_journal])
def test_a_run_that_fails_as_a_whole_is_mailed_once(
    shell: Shell, server: CompatibleServer, damage: Callable[[Shell], None]
) -> None:
    approved(shell, server.url)
    damage(shell)
    assert len(mails(shell, {"CONTENTKIT_OURS_TOKEN": server.token})) == 1


def test_settings_that_break_in_the_same_way_again_are_mailed_again(shell: Shell, server: CompatibleServer) -> None:
    approved(shell, server.url)
    settings = (shell.project / "contentkit.toml").read_text()
    for _ in range(2):
        _half_a_merge(shell)
        [mail] = mails(shell, TOKEN, runs=2)
        assert mail.startswith("contentkit: contentkit.toml:")
        shell.write("contentkit.toml", settings)
        mails(shell, TOKEN, runs=1)


def test_settings_without_a_name_are_told_each_time(shell: Shell) -> None:
    """Nobody knows where the run before could have noted that it told them."""
    shell.write("contentkit.toml", "[accounts.ours\n")
    assert len(mails(shell, TOKEN, runs=2)) == 2


def test_who_only_looks_is_told_each_time(shell: Shell, server: CompatibleServer) -> None:
    approved(shell, server.url)
    _half_a_merge(shell)
    assert [shell.run("post", "--dry-run").err.count("contentkit.toml:") for _ in range(2)] == [1, 1]
