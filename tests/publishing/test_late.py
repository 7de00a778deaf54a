"""Threads that are late: on to the next opening of their slot, apart from each other, never at night."""

from __future__ import annotations

import importlib.resources
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from contentkit.errors import Uncertain
from contentkit.models import Account, Lateness
from contentkit.platforms import Message, Status
from contentkit.platforms.console import ConsoleConnection
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.publications import State
from contentkit.publishing.records import Notice
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.surroundings import Opening
from contentkit.publishing.timing import CATCH_UP_GAP, LATE_AFTER
from contentkit.publishing.waiting import why_waiting
from tests.publishing.stage import Stage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEXT = Lateness(policy="next slot")


def _each(stage: Stage, *openings: timedelta) -> None:
    """Openings so far from now on; each is given when it is the next."""
    begin = stage.clock.now()
    moments = [begin + away for away in openings]

    def next_of(after: datetime) -> Opening | None:
        return next((Opening(at=at, words=f"{at:%d %H:%M}") for at in moments if at > after), None)

    stage.opening = next_of


def _why(stage: Stage, entry: str = "launch") -> str:
    thread = stage.journal.threads.find(entry, "mine")
    assert thread is not None
    assert thread.head is not None
    now = stage.clock.now()
    return why_waiting(stage.journal, thread, thread.head, stage.entries[entry], now, lambda _, at: stage.resting(at))


# -- the next opening of its slot


def test_a_late_thread_goes_out_at_the_next_opening_of_its_slot(stage: Stage) -> None:
    stage.approve(texts=["one", "two"], late=NEXT)
    _each(stage, DAY)
    stage.clock.wind(HOUR)
    said = stage.run()
    assert [(outcome.kind, outcome.needs_person) for outcome in said] == [("moved", False)]
    assert said[0].reason.startswith("late: moved to ")
    assert (stage.run(), stage.console()) == ([], [])
    stage.clock.wind(DAY - HOUR)
    stage.run()
    assert stage.console() == ["one", "two"]


def test_a_thread_that_moves_on_says_what_it_waits_for(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT, after="opening")
    _each(stage, DAY)
    stage.clock.wind(HOUR)
    [moved] = stage.run()
    assert moved.reason.startswith("late: moved to ")
    assert moved.reason.endswith("; waits for opening, which nobody has approved here")


def test_a_thread_that_is_not_late_stays_where_it_is(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    _each(stage, DAY)
    stage.clock.wind(LATE_AFTER - MINUTE)
    stage.run()
    assert stage.console() == ["one"]


def test_each_opening_is_taken_once_and_in_the_end_a_person_is_asked(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    _each(stage, *(number * DAY for number in range(1, 20)))
    kinds, dues = [], []
    for _ in range(30):
        stage.clock.wind(DAY + HOUR)
        kinds += [outcome.kind for outcome in stage.run()]
        dues.append(stage.rows()[0].due)
    assert kinds[-1] == "held"
    assert kinds[:-1] == ["moved"] * (len(kinds) - 1)
    assert dues == sorted(dues)
    assert stage.console() == []
    assert dues[-1] - stage.entries["launch"].at <= timedelta(days=7)


def test_without_an_opening_a_person_is_asked(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    stage.clock.wind(HOUR)
    (outcome,) = stage.run()
    assert outcome.kind == "held"
    assert "its slot is not free within 7 days" in outcome.reason


def test_nobody_but_the_approved_rule_moves_a_thread(stage: Stage) -> None:
    stage.approve(texts=["one"], late=Lateness(policy="hold"))
    _each(stage, DAY)
    stage.clock.wind(HOUR)
    assert [outcome.kind for outcome in stage.run()] == ["held"]


def test_a_begun_thread_does_not_move_on(stage: Stage) -> None:
    stage.approve(texts=["one", "two"], late=NEXT, sent={0: ("1", "console://1")})
    _each(stage, DAY)
    stage.clock.wind(12 * HOUR)
    assert "moved" not in [outcome.kind for outcome in stage.run()]


def test_a_thread_that_another_run_moved_on_meanwhile_is_left_to_it(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    as_it_was, to = stage.journal.threads.find("launch", "mine"), stage.clock.now() + DAY
    assert as_it_was is not None
    notice = Notice(kind="moved", entry="launch", account="mine", reason="late")
    stage.journal.waits.move_on(as_it_was, to, notice)
    with pytest.raises(MovedMeanwhile, match="moved on already"):
        stage.journal.waits.move_on(as_it_was, to, notice)


def test_a_part_that_a_person_released_does_not_move_on(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    stage.clock.wind(HOUR)
    stage.run()
    _each(stage, DAY)
    stage.journal.publications.release(stage.rows()[0], "Ana", "now")
    stage.run()
    assert stage.console() == ["one"]


def test_on_each_account_a_thread_moves_on_its_own(stage: Stage) -> None:
    stage.approve(texts=["one"], accounts=("mine", "yours"), late=NEXT)
    stage.doubt = ""
    stage.accounts.pop("yours")
    stage.run()
    stage.accounts["yours"] = Account(name="yours", platform="console")
    _each(stage, DAY)
    stage.clock.wind(HOUR)
    stage.run()
    assert stage.console() == ["one"]
    assert stage.rows(account="yours")[0].moved_from is not None


@pytest.mark.sqlite
def test_the_journal_lets_no_thread_go_back_to_an_earlier_opening(stage: Stage) -> None:
    stage.approve(texts=["one"], late=NEXT)
    _each(stage, DAY)
    stage.clock.wind(HOUR)
    stage.run()
    with closing(sqlite3.connect(stage.folder / JOURNAL_NAME)) as raw:
        for moment in ("2001-01-01T00:00:00.000Z", None):
            with pytest.raises(sqlite3.IntegrityError, match="only on"):
                raw.execute("UPDATE publications SET moved_to = ?", (moment,))
        with pytest.raises(sqlite3.IntegrityError, match="what was approved"):
            raw.execute("UPDATE publications SET wall = '2001-01-01T00:00:00'")


# -- quiet hours


def test_nothing_late_goes_out_in_quiet_hours(stage: Stage) -> None:
    stage.approve(texts=["one"])
    end = stage.clock.now() + 3 * HOUR
    stage.resting = lambda at: "waits for the end of the quiet hours" if at < end else ""
    stage.clock.wind(HOUR)
    assert stage.run() == []
    assert _why(stage) == "late: waits for the end of the quiet hours"
    stage.clock.wind(2 * HOUR)
    stage.run()
    assert stage.console() == ["one"]


def test_what_is_still_late_after_its_time_is_held_for_the_quiet_hours(stage: Stage) -> None:
    stage.approve(texts=["one"], late=Lateness(within=2 * HOUR))
    stage.resting = lambda at: "waits for the end of the quiet hours"
    stage.clock.wind(2 * HOUR + MINUTE)
    (outcome,) = stage.run()
    assert outcome.reason == "missed: it was due 2 h ago; late: waits for the end of the quiet hours"


def test_what_is_due_in_quiet_hours_goes_out_on_time(stage: Stage) -> None:
    stage.resting = lambda at: "waits for the end of the quiet hours"
    stage.approve(texts=["one"])
    stage.run()
    assert stage.console() == ["one"]


def test_a_begun_thread_goes_on_in_quiet_hours(stage: Stage) -> None:
    stage.approve(texts=["one", "two"])
    stage.connect = lambda account: _Stopping(account, stage)
    stage.run()
    assert stage.console() == ["one"]
    stage.resting = lambda at: "waits for the end of the quiet hours"
    stage.interrupted, stage.connect = False, None
    stage.clock.wind(30 * MINUTE)
    stage.run()
    assert stage.console() == ["one", "two"]


def test_what_a_person_released_waits_for_no_morning_and_for_no_other(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.approve("second", ["two"], late=Lateness(policy="hold"))
    stage.clock.wind(HOUR)
    stage.run()
    assert stage.console() == ["one"]
    stage.resting = lambda at: "waits for the end of the quiet hours"
    stage.journal.publications.release(stage.rows("second")[0], "Ana", "now")
    stage.run()
    assert stage.console() == ["one", "two"]


class _Stopping(ConsoleConnection):
    """Somebody ends the program while a part is on its way."""

    def __init__(self, account: Account, stage: Stage) -> None:
        super().__init__(account, stage.folder / "mine.jsonl")
        self._stage = stage

    def publish(self, message: Message) -> Status:
        self._stage.interrupted = True
        return super().publish(message)


# -- after downtime


@pytest.mark.nightly
def test_fifty_late_entries_on_two_accounts_keep_their_distance_through_restarts(stage: Stage) -> None:
    for number in range(50):
        stage.approve(f"entry-{number:02}", [f"text {number}"], accounts=("mine", "yours"), late=Lateness(within=DAY))
    stage.clock.wind(2 * HOUR)
    left: dict[str, list[datetime]] = {"mine": [], "yours": []}
    for minute in range(6 * 60):
        for outcome in stage.run():
            if outcome.kind == "sent":
                left[outcome.account].append(stage.clock.now())
        if minute % 7 == 0:
            stage.journal.close()
            stage.reopened()
        if minute % 50 == 0:
            stage.clock.reboot()
        stage.clock.wind(MINUTE)
    for moments in left.values():
        assert all(later - earlier >= CATCH_UP_GAP for earlier, later in pairwise(moments))
        assert len(moments) == 12


@pytest.mark.parametrize("jump", [-3 * HOUR, -20 * MINUTE, 20 * MINUTE, DAY])
def test_a_jump_of_the_clock_lets_no_second_late_thread_out(stage: Stage, jump: timedelta) -> None:
    for number in range(5):
        stage.approve(f"entry-{number}", [f"text {number}"], late=Lateness(within=9 * DAY))
    stage.clock.wind(6 * HOUR)
    stage.run()
    assert len(stage.console()) == 1
    stage.clock.set_wall_clock(stage.clock.now() + jump)
    for _ in range(29):
        stage.run()
        stage.clock.wind(MINUTE)
    assert len(stage.console()) == 1


def test_a_wrong_clock_of_yesterday_does_not_silence_an_account_today(stage: Stage) -> None:
    for number in range(2):
        stage.approve(f"entry-{number}", [f"text {number}"], late=Lateness(within=9 * DAY))
    right = stage.clock.now() + HOUR
    stage.clock.wind(3 * DAY)
    stage.run()
    stage.clock.set_wall_clock(right)
    stage.clock.reboot()
    stage.run()
    assert stage.console() == ["text 0", "text 1"]


def test_what_may_have_left_keeps_the_next_late_thread_back_as_well(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.approve("second", ["two"])
    stage.clock.wind(HOUR)
    stage.connect = lambda account: _Silent(account, stage.folder / "mine.jsonl")
    stage.run()
    stage.connect = None
    stage.clock.wind(MINUTE)
    stage.run()
    assert stage.states("first") == [State.UNKNOWN]
    assert stage.states("second") == [State.PLANNED]


class _Silent(ConsoleConnection):
    """Takes a post, and answers nothing."""

    def publish(self, message: Message) -> Status:
        raise Uncertain("no answer")


# -- the clock on the wall


_UNDER_ANOTHER_RULE = """
import sys, zoneinfo
zoneinfo.reset_tzpath([sys.argv[1]])
from pathlib import Path
from contentkit.publishing.opening import open_journal
from tests.publishing.stage import WoundClock
journal = open_journal(Path(sys.argv[2]), WoundClock(), "this-machine")
print(journal.threads.living()[0].due.isoformat())
journal.close()
"""


@pytest.mark.sqlite
def test_a_new_rule_of_a_zone_moves_what_is_planned_and_the_wall_stays(stage: Stage, tmp_path: Path) -> None:
    stage.approve(
        texts=["one"], at=datetime(2026, 11, 24, 8, 30, tzinfo=UTC), wall="2026-11-24T09:30:00", zone="Europe/Madrid"
    )
    assert stage.rows()[0].due == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    # From now on Madrid shall have the clocks of Lisbon.
    rules = importlib.resources.files("tzdata.zoneinfo") / "Europe" / "Lisbon"
    (tmp_path / "zones" / "Europe").mkdir(parents=True)
    (tmp_path / "zones" / "Europe" / "Madrid").write_bytes(rules.read_bytes())
    command = [sys.executable, "-c", _UNDER_ANOTHER_RULE, str(tmp_path / "zones"), str(stage.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2026-11-24T09:30:00+00:00"


def test_a_zone_that_is_not_known_here_leaves_the_moment_of_the_approval(stage: Stage) -> None:
    at = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    stage.approve(texts=["one"], at=at, wall="2026-11-24T09:30:00", zone="Atlantis/Capital")
    assert stage.rows()[0].due == at


def test_the_wall_of_the_calendar_wins_over_the_moment_of_an_old_journal(stage: Stage) -> None:
    stage.approve(texts=["one"])
    stage.entries["launch"] = replace(stage.entries["launch"], at=stage.clock.now() + HOUR)
    assert (stage.run(), stage.console()) == ([], [])
    stage.clock.wind(HOUR)
    stage.run()
    assert stage.console() == ["one"]
