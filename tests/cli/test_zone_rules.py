"""Zones change their rules. What a person wrote is a clock on a wall: the same calendar means another instant then."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.calendar.zone_files import write_zone
from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.cli.test_approve import texts_at

SUMMER_TIME = "CET-1CEST,M3.5.0,M10.5.0/3"
ABOLISHED = "CET-1"
ALWAYS_SUMMER = "CEST-2"


def in_madrid(shell: Shell, *lines: str) -> None:
    shell.write("calendar.yaml", "\n".join(["version: 1\ntimezone: Europe/Madrid", *lines]) + "\n")


def under(tmp_path: Path, rule: str) -> dict[str, str]:
    """The environment of a machine whose zone database has this rule for Madrid."""
    return {"PYTHONTZPATH": str(write_zone(tmp_path / rule.replace("/", "_"), "Europe/Madrid", rule))}


def test_one_calendar_is_another_instant_under_another_rule(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell, "entries:", f"  - {entry('launch', at='2199-07-02 09:30')}")
    told = [
        shell.run("queue", "--json", variables=under(tmp_path, rule)).json[0]["at"]
        for rule in (SUMMER_TIME, ABOLISHED, ALWAYS_SUMMER)
    ]
    assert told == ["2199-07-02T09:30:00+02:00", "2199-07-02T09:30:00+01:00", "2199-07-02T09:30:00+02:00"]


def test_a_time_that_was_skipped_is_plain_once_nobody_touches_the_clocks_any_more(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell)
    before = shell.run("schedule", "launch", "--at", "2199-03-31 02:30", variables=under(tmp_path, SUMMER_TIME))
    after = shell.run("schedule", "launch", "--at", "2199-03-31 02:30", variables=under(tmp_path, ABOLISHED))
    assert ("clocks skip" in before.err, "clocks skip" in after.err) == (True, False)


def test_a_slot_opens_at_its_wall_clock_by_the_rule_of_the_day(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell, "slots:", "  morning: {days: [mon, tue, wed, thu, fri, sat, sun], time: '09:30', accounts: [try]}")
    for rule in (ALWAYS_SUMMER, "WAT1"):
        shell.run("schedule", "launch", "--next", variables=under(tmp_path, rule))
    walls = [row["at"][11:19] for row in shell.run("queue", "--json").json]
    assert walls == ["09:30:00", "09:30:00"]


def test_an_offset_that_somebody_wrote_is_not_moved_by_a_rule(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell, "entries:", f"  - {entry('launch', at='2199-07-02 09:30+02:00')}")
    told = [
        datetime.fromisoformat(shell.run("queue", "--json", variables=under(tmp_path, rule)).json[0]["at"])
        for rule in (SUMMER_TIME, ABOLISHED)
    ]
    assert told[0] == told[1]


AT_UTC, AN_HOUR_AHEAD = "AAA0", "BBB-1"


def test_an_approved_thread_goes_out_earlier_when_its_zone_is_put_ahead(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell, "entries:", f"  - {entry('launch', at=time_in(minutes=59))}")
    shell.run("approve", "launch", "--yes", variables=under(tmp_path, AT_UTC))
    before = shell.run("post", variables=under(tmp_path, AT_UTC))
    assert (before.code, before.out, texts_at(shell)) == (0, "", [])
    after = shell.run("post", variables=under(tmp_path, AN_HOUR_AHEAD))
    assert (after.code, texts_at(shell)) == (0, PARTS)


def test_an_approved_thread_waits_when_its_zone_is_put_back(shell: Shell, tmp_path: Path) -> None:
    in_madrid(shell, "entries:", f"  - {entry('launch', at=time_in(minutes=59))}")
    shell.run("approve", "launch", "--yes", variables=under(tmp_path, AN_HOUR_AHEAD))
    ran = shell.run("post", variables=under(tmp_path, AT_UTC))
    [row] = shell.run("queue", "--json", variables=under(tmp_path, AT_UTC)).json
    assert (ran.code, ran.out, texts_at(shell), row["state"]) == (0, "", [], "planned")
