"""Entries that come after another: whatever becomes of that one, they say what they wait for, and end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from contentkit.models import Account, Lateness
from contentkit.platforms import Message, Status
from contentkit.platforms.console import ConsoleConnection
from contentkit.publishing.waiting import why_waiting
from tests.publishing.stage import Stage

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _second(stage: Stage) -> None:
    stage.approve("second", ["two"], after="first", late=Lateness(within=2 * HOUR))


def _why(stage: Stage) -> str:
    thread = stage.journal.threads.find("second", "mine")
    assert thread is not None
    assert thread.head is not None
    return why_waiting(stage.journal, thread, thread.head, stage.entries["second"], stage.clock.now())


def _nobody_approved(stage: Stage) -> None:
    pass


def _held(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.digests["first"] = "sha256:other"
    stage.run()


def _removed(stage: Stage) -> None:
    stage.approve("first", ["one"])
    del stage.entries["first"]
    stage.run()


def _moved(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.digests["first"] = "moved"
    stage.run()


def _paused(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.entries["first"] = replace(stage.entries["first"], paused=True)


def _out_on_one_account_only(stage: Stage) -> None:
    stage.approve("first", ["one"], accounts=("mine", "yours"))
    del stage.accounts["yours"]
    stage.run()


@pytest.mark.parametrize(
    ("happen", "why"),
    [
        (_nobody_approved, "waits for first, which nobody has approved here"),
        (_held, "waits for first, which is held on mine"),
        (_removed, "waits for first, which was skipped"),
        (_moved, "waits for first, which was skipped"),
        (_paused, "waits for first"),
        (_out_on_one_account_only, "waits for first"),
    ],
)
def test_whatever_became_of_the_first_the_second_says_it_and_is_held_in_the_end(
    stage: Stage, happen: object, why: str
) -> None:
    happen(stage)  # type: ignore[operator]
    _second(stage)
    stage.run()
    assert _why(stage) == why
    stage.clock.wind(2 * HOUR + MINUTE)
    reasons = [outcome.reason for outcome in stage.run() if outcome.entry == "second"]
    assert reasons == [f"missed: it was due 2 h ago; {why}"]
    assert "two" not in stage.console()


def test_the_second_goes_out_once_the_rest_of_the_first_was_given_up(stage: Stage) -> None:
    stage.approve("first", ["one", "and more"])
    _send_one_part(stage)
    stage.journal.publications.skip([stage.rows("first")[1]], "Ana: not any more")
    _second(stage)
    stage.run()
    assert stage.console() == ["one", "two"]


def test_a_begun_thread_waits_for_nobody_any_more(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.run()
    stage.approve("second", ["two", "three"], after="first")
    _send_one_part(stage)
    stage.approve("first", ["one"], accounts=("mine", "yours"), at=stage.clock.now() + HOUR)
    stage.run()
    assert stage.console() == ["one", "two", "three"]


def _send_one_part(stage: Stage) -> None:
    stage.connect = lambda account: _Stopping(account, stage)
    stage.run()
    stage.interrupted, stage.connect = False, None


class _Stopping(ConsoleConnection):
    """Somebody ends the program while a part is on its way."""

    def __init__(self, account: Account, stage: Stage) -> None:
        super().__init__(account, stage.folder / "mine.jsonl")
        self._stage = stage

    def publish(self, message: Message) -> Status:
        self._stage.interrupted = True
        return super().publish(message)
