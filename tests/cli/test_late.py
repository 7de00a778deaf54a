"""Late entries: slots, quiet hours and blackouts of a real calendar, and a clock that is wound."""

from __future__ import annotations

import importlib.resources
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contentkit.publishing.timing import CATCH_UP_GAP
from tests.cli.shell import CONFIG, Shell
from tests.cli.wound import MINUTE, Desk
from tests.publishing.stage import WoundClock

# A Tuesday; 09:30 in Madrid.
DUE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(shell: Shell) -> Desk:
    shell.write("contentkit.toml", CONFIG + '[accounts.more]\nplatform = "console"\n')
    return Desk(shell, WoundClock(DUE - HOUR))


def _entry(name: str, *more: str, at: str = "2026-11-24 09:30", accounts: str = "try") -> str:
    return ", ".join([f"id: {name}, draft: drafts/launch.md, at: {at}, accounts: [{accounts}]", *more])


def test_a_late_entry_moves_to_the_next_morning_of_its_slot_and_the_calendar_stays_as_it_is(desk: Desk) -> None:
    desk.enter(_entry("launch", "late: next slot", "slot: mornings", accounts="try, more"))
    desk.approve("launch")
    before = (desk.shell.project / "calendar.yaml").read_bytes()
    desk.clock.wind(2 * HOUR)
    assert {one.reason for one in desk.post()} == {"late: moved to Wed 25 Nov 09:30 CET"}
    assert "late: moved to Wed 25 Nov 09:30 CET" in desk.told("launch")
    desk.clock.set_wall_clock(DUE + DAY)
    assert {one.account for one in desk.post() if one.kind == "sent"} == {"try", "more"}
    assert (desk.shell.project / "calendar.yaml").read_bytes() == before


def test_late_entries_take_an_opening_each_and_leave_alone_what_others_have(desk: Desk) -> None:
    late = [_entry(name, "late: next slot", "slot: mornings") for name in ("a", "b", "c")]
    desk.enter(*late, _entry("taken", at="2026-11-26 09:30"))
    desk.approve("a", "b", "c")
    desk.clock.wind(2 * HOUR)
    reasons = {one.entry: one.reason for one in desk.post()}
    assert reasons == {
        "a": "late: moved to Wed 25 Nov 09:30 CET",
        "b": "late: moved to Fri 27 Nov 09:30 CET",
        "c": "late: moved to Sat 28 Nov 09:30 CET",
    }


def test_a_late_entry_keeps_to_its_own_slot_where_another_opens_sooner(desk: Desk) -> None:
    desk.enter(_entry("launch", "late: next slot", "slot: mornings"))
    text = (desk.shell.project / "calendar.yaml").read_text()
    sooner = '  noons: {days: [tue], time: "12:30", accounts: [try]}\n'
    desk.shell.write("calendar.yaml", text.replace("entries:\n", f"{sooner}entries:\n"))
    desk.approve("launch")
    desk.clock.wind(2 * HOUR)
    assert [one.reason for one in desk.post()] == ["late: moved to Wed 25 Nov 09:30 CET"]


def test_a_late_entry_without_a_slot_of_its_own_takes_one_of_all_of_its_accounts(desk: Desk) -> None:
    desk.enter(_entry("launch", "late: next slot"))
    desk.approve("launch")
    desk.clock.wind(2 * HOUR)
    assert [one.kind for one in desk.post()] == ["moved"]


def test_a_slot_that_was_changed_since_voids_the_approval_and_moves_nothing(desk: Desk) -> None:
    desk.enter(_entry("launch", "late: next slot", "slot: mornings"))
    desk.approve("launch")
    text = (desk.shell.project / "calendar.yaml").read_text()
    desk.shell.write("calendar.yaml", text.replace("09:30", "23:30", 1))
    desk.clock.wind(2 * HOUR)
    assert [one.kind for one in desk.post()] == ["held"]


def test_no_late_entry_moves_into_a_blackout(desk: Desk) -> None:
    desk.enter(
        _entry("launch", "late: next slot"), more="blackout:\n  - {from: 2026-11-25, to: 2026-11-26, why: a fair}\n"
    )
    desk.approve("launch")
    desk.clock.wind(2 * HOUR)
    assert [one.reason for one in desk.post()] == ["late: moved to Fri 27 Nov 09:30 CET"]


def test_a_late_entry_waits_for_the_end_of_the_quiet_hours(desk: Desk) -> None:
    desk.enter(
        _entry("launch", "late: post within 14h", at="2026-11-24 20:00"),
        more='quiet:\n  - {from: "22:00", to: "07:00"}\n',
    )
    desk.approve("launch")
    desk.clock.set_wall_clock(datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert desk.post() == []
    assert "late: waits for the end of the quiet hours from 22:00 to 07:00" in desk.told("launch")
    desk.clock.set_wall_clock(datetime(2026, 11, 25, 5, 59, tzinfo=UTC))
    assert desk.post() == []
    desk.clock.set_wall_clock(datetime(2026, 11, 25, 6, 0, tzinfo=UTC))
    assert {one.kind for one in desk.post()} == {"sent"}


def test_quiet_hours_of_another_account_keep_nothing_back(desk: Desk) -> None:
    desk.enter(
        _entry("launch", at="2026-11-24 20:00"), more='quiet:\n  - {from: "22:00", to: "07:00", accounts: [more]}\n'
    )
    desk.approve("launch")
    desk.clock.set_wall_clock(datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert {one.kind for one in desk.post()} == {"sent"}


def test_a_late_entry_does_not_slip_into_a_blackout_and_is_held_when_its_time_is_over(desk: Desk) -> None:
    desk.enter(
        _entry("launch", "late: post within 6h", at="2026-11-24 20:00"),
        more="blackout:\n  - {from: 2026-11-25, to: 2026-11-26, why: a fair}\n",
    )
    desk.approve("launch")
    desk.clock.set_wall_clock(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert desk.post() == []
    desk.clock.wind(3 * HOUR)
    (outcome,) = desk.post()
    assert outcome.kind == "held"
    assert outcome.reason.endswith("late: waits for the end of the blackout (a fair), after 2026-11-26")


def test_after_downtime_late_entries_that_moved_go_out_one_a_morning(desk: Desk) -> None:
    names = [f"entry-{number}" for number in range(5)]
    desk.enter(*(_entry(name, "late: next slot", "slot: mornings") for name in names))
    desk.approve(*names)
    desk.clock.wind(3 * HOUR)
    sent = []
    for _ in range(8 * 24 * 4):
        sent += [(desk.clock.now(), one.entry) for one in desk.post() if one.kind == "sent" and one.part == 0]
        desk.clock.wind(15 * MINUTE)
    assert [name for _, name in sent] == names
    assert all(later - earlier > CATCH_UP_GAP for (earlier, _), (later, _) in itertools.pairwise(sent))


def test_the_projects_lateness_holds_for_entries_that_say_none_and_is_approved_with_them(desk: Desk) -> None:
    settings = desk.shell.project / "contentkit.toml"
    plain = settings.read_text()
    settings.write_text(plain + '[publishing]\nlate = "next slot"\n')
    desk.enter(_entry("launch"), _entry("other", "late: hold"), _entry("third"))
    desk.approve("launch", "other", "third")
    desk.clock.wind(2 * HOUR)
    assert {one.entry: one.kind for one in desk.post()} == {"launch": "moved", "other": "held", "third": "moved"}
    settings.write_text(plain)
    desk.clock.wind(4 * DAY)
    assert {one.entry for one in desk.post() if one.reason == "edited after the approval"} == {"launch", "third"}


def test_a_lateness_that_nobody_can_read_is_told_with_its_line(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[publishing]\nlate = "whenever"\n')
    ran = shell.run("queue")
    assert ran.code == 1
    assert "contentkit.toml:7: cannot read the lateness 'whenever'" in ran.err


def test_a_new_rule_of_its_zone_makes_an_entry_due_by_its_wall(shell: Shell, tmp_path: Path) -> None:
    in_half_an_hour = (datetime.now(UTC) + HOUR / 2).astimezone(ZoneInfo("Europe/Madrid"))
    shell.enter(_entry_at(f"{in_half_an_hour:%Y-%m-%d %H:%M}"))
    assert shell.run("approve", "launch", "--by", "Ana", "--yes").code == 0
    assert (shell.run("post").out, shell.run("post").code) == ("", 0)
    # From now on Madrid has the clocks of Athens: its wall shows the time half an hour ago.
    (tmp_path / "zones" / "Europe").mkdir(parents=True)
    rules = importlib.resources.files("tzdata.zoneinfo") / "Europe" / "Athens"
    (tmp_path / "zones" / "Europe" / "Madrid").write_bytes(rules.read_bytes())
    ran = shell.run("post", variables={"PYTHONTZPATH": str(tmp_path / "zones")})
    assert ran.out.count(": sent: ") == 3, ran


def _entry_at(wall: str) -> str:
    return f"{{id: launch, draft: drafts/launch.md, at: {wall}, timezone: Europe/Madrid, accounts: [try]}}"
