"""A long calendar is read once for all listings, as long as nobody changes it."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.cli.shell import Shell, entry, time_in

# So many entries of a hundred bytes are worth keeping.
_MANY = 800


def kept(shell: Shell) -> list[Path]:
    return list((shell.home / ".cache/contentkit/calendars").glob("*"))


def listed(shell: Shell) -> list[str]:
    return [row["entry"] for row in shell.run("queue", "--json").json]


def test_listings_keep_a_long_calendar_and_follow_each_edit(shell: Shell) -> None:
    shell.enter(*(entry(f"e{number}", at=time_in(days=40 + number)) for number in range(_MANY)))
    calendar = shell.project / "calendar.yaml"
    first = listed(shell)
    [file] = kept(shell)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert listed(shell) == first
    assert first[0] == "e0"
    calendar.write_text(calendar.read_text().replace("id: e0,", "id: f0,"))
    assert listed(shell)[0] == "f0"
    file.write_text("broken")
    assert listed(shell)[0] == "f0"


def test_what_is_wrong_with_a_long_calendar_is_told_each_time(shell: Shell) -> None:
    shell.enter(*(entry(f"e{number}", at=time_in(days=40 + number)) for number in range(_MANY)))
    calendar = shell.project / "calendar.yaml"
    assert shell.run("status").code == 0
    calendar.write_text(calendar.read_text().replace("id: e7,", "id: e8,"))
    for _ in range(2):
        ran = shell.run("queue")
        assert ran.code == 1
        assert "e8" in ran.err
