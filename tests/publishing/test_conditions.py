"""Entries that wait for a page: looked at when it is time, once for all, and never for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from contentkit.models import Condition, Lateness
from contentkit.platforms import Message, Status
from contentkit.platforms.console import ConsoleConnection
from contentkit.publishing.conditions import SECONDS_FOR_A_PAGE, SECONDS_IN_A_RUN, awaited, next_look
from contentkit.publishing.publications import State
from contentkit.publishing.waiting import why_waiting
from tests.publishing.stage import Stage

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAGE = Condition(url="https://example.org/launch", contains="It is out")


def _waits(stage: Stage, entry: str = "launch") -> str:
    thread = stage.journal.threads.find(entry, "mine")
    assert thread is not None
    assert thread.head is not None
    return why_waiting(stage.journal, thread, thread.head, stage.entries[entry], stage.clock.now())


def _put_up(stage: Stage, page: Condition = PAGE) -> None:
    stage.pages[page.url] = ""


def test_a_thread_whose_page_is_there_goes_out_when_it_is_due(stage: Stage) -> None:
    _put_up(stage)
    stage.approve(texts=["one", "two"], when=PAGE, at=stage.clock.now() + HOUR)
    assert (stage.run(), stage.looks) == ([], [])
    stage.clock.wind(HOUR)
    stage.run()
    assert stage.console() == ["one", "two"]


def test_a_thread_whose_page_is_not_there_waits_in_silence_and_says_for_what(stage: Stage) -> None:
    stage.approve(when=PAGE)
    assert stage.run() == []
    assert stage.console() == []
    assert _waits(stage) == "waits for https://example.org/launch to say 'It is out': has no such page (HTTP 404)"


def test_before_anybody_looked_it_is_known_what_a_thread_waits_for(stage: Stage) -> None:
    stage.approve(when=Condition(url="https://example.org/launch"), at=stage.clock.now() + HOUR)
    assert _waits(stage) == "waits for https://example.org/launch to be there"


def test_it_goes_out_in_the_minute_after_its_page_is_there(stage: Stage) -> None:
    stage.approve(texts=["one"], when=PAGE)
    stage.run()
    _put_up(stage)
    stage.clock.wind(MINUTE)
    stage.run()
    assert stage.console() == ["one"]


def test_a_page_that_never_comes_holds_the_thread_and_posts_nothing(stage: Stage) -> None:
    stage.approve(texts=["one"], when=PAGE, late=Lateness(within=HOUR))
    said = []
    for _ in range(80):
        said += stage.run()
        stage.clock.wind(MINUTE)
    assert [outcome.kind for outcome in said] == ["held"]
    assert said[0].reason.endswith(
        "min ago; waits for https://example.org/launch to say 'It is out': has no such page (HTTP 404)"
    )
    assert stage.console() == []


def test_a_page_is_asked_about_once_a_minute_and_ever_more_seldom(stage: Stage) -> None:
    stage.approve(when=PAGE)
    asked: list[int] = []
    for second in range(0, 6 * 3600, 10):
        before = len(stage.looks)
        stage.run()
        asked += [second] * (len(stage.looks) - before)
        stage.clock.wind(timedelta(seconds=10))
    pauses = [later - earlier for earlier, later in pairwise(asked)]
    assert min(pauses) >= 50
    assert sorted(pauses[:-1]) == pauses[:-1]
    assert max(pauses) == 15 * 60
    assert len(asked) < 60


def test_the_last_look_is_at_the_end_of_the_time_that_its_entry_allows(stage: Stage) -> None:
    due, last = stage.clock.now() - 6 * HOUR + 5 * MINUTE, stage.clock.now() + 5 * MINUTE
    assert next_look(due, stage.clock.now(), last) == last


def test_one_look_serves_all_accounts_and_entries_of_a_page(stage: Stage) -> None:
    _put_up(stage)
    stage.approve(texts=["one"], accounts=("mine", "yours"), when=PAGE)
    stage.approve("second", texts=["two"], when=PAGE)
    stage.run()
    assert stage.console() == ["one", "two"]
    assert stage.console("yours") == ["one"]
    assert len(stage.looks) == 1


def test_a_begun_thread_is_not_asked_again(stage: Stage) -> None:
    _put_up(stage)
    stage.approve(texts=["one", "two"], when=PAGE)
    stage.connect = lambda account: _Interrupting(replace(account, limits=stage.limits), stage)
    stage.run()
    stage.pages.clear()
    stage.interrupted, stage.connect = False, None
    stage.run()
    assert stage.console() == ["one", "two"]
    assert len(stage.looks) == 1


class _Interrupting(ConsoleConnection):
    """Somebody ends the program while a part is on its way."""

    def __init__(self, account: object, stage: Stage) -> None:
        super().__init__(account, stage.folder / "mine.jsonl")  # type: ignore[arg-type]
        self._stage = stage

    def publish(self, message: Message) -> Status:
        self._stage.interrupted = True
        return super().publish(message)


def test_what_a_person_released_still_waits_for_its_page(stage: Stage) -> None:
    stage.approve(texts=["one"], when=PAGE, late=Lateness(within=HOUR))
    stage.clock.wind(2 * HOUR)
    stage.run()
    stage.journal.publications.release(stage.rows()[0], "Ana", "send it now")
    stage.run()
    assert stage.console() == []
    assert len(stage.looks) == 1
    _put_up(stage)
    stage.clock.wind(20 * MINUTE)
    stage.run()
    assert stage.console() == ["one"]


def test_no_right_to_send_is_held_while_a_page_is_looked_at(stage: Stage) -> None:
    _put_up(stage)
    stage.approve(texts=["one"], accounts=("mine", "yours"), when=PAGE)
    stage.approve("plain", texts=["two"], accounts=("mine", "yours"))
    states: list[State] = []
    stage.looking = lambda: states.extend(row.state for thread in stage.journal.threads.living() for row in thread.rows)
    stage.run()
    assert states.count(State.SENT) == 2
    assert set(states) == {State.PLANNED, State.SENT}


def test_a_slow_page_delays_no_thread_that_does_not_wait_for_it(stage: Stage) -> None:
    stage.approve("aaa", texts=["one"], when=PAGE)
    stage.approve("zzz", texts=["two"], accounts=("yours",))
    sent: list[list[str]] = []
    stage.looking = lambda: sent.append(stage.console("yours"))
    stage.run()
    assert sent == [["two"]]


def test_looking_ends_in_time_and_begins_with_other_pages_in_the_next_run(stage: Stage) -> None:
    pages = [Condition(url=f"https://example.org/{number}") for number in range(8)]
    for number, page in enumerate(pages):
        stage.approve(f"entry-{number}", texts=[f"text {number}"], when=page)
    stage.looking = lambda: stage.clock.sleep(9)
    asked: list[set[str]] = []
    for _ in range(3):
        before, begun = len(stage.looks), stage.clock.uptime()
        stage.run()
        assert stage.clock.uptime() - begun <= SECONDS_IN_A_RUN + SECONDS_FOR_A_PAGE
        asked.append({url for url, _ in stage.looks[before:]})
        stage.clock.wind(MINUTE)
    assert all(seconds <= SECONDS_FOR_A_PAGE for _, seconds in stage.looks)
    assert set.union(*asked) == {page.url for page in pages}


def test_a_page_that_went_away_while_a_film_was_uploaded_holds_the_thread_back(stage: Stage) -> None:
    _put_up(stage)
    stage.approve(texts=["one"], when=PAGE, media={0: (stage.picture("a.png"),)})
    stage.connect = lambda account: _Slow(replace(account, limits=stage.limits), stage)
    stage.run()
    assert stage.console() == []
    assert len(stage.looks) == 2


class _Slow(ConsoleConnection):
    """Uploads take minutes, and meanwhile the page is taken down."""

    def __init__(self, account: object, stage: Stage) -> None:
        super().__init__(account, stage.folder / "mine.jsonl")  # type: ignore[arg-type]
        self._stage = stage

    def upload(self, attachment: object) -> str:
        self._stage.pages.clear()
        self._stage.clock.sleep(120)
        return super().upload(attachment)  # type: ignore[arg-type]


def test_stopped_publishing_looks_at_nothing(stage: Stage) -> None:
    from contentkit.publishing.facts import Fact

    stage.approve(when=PAGE)
    stage.journal.note({Fact.STOPPED: "2026-11-22"})
    stage.run()
    assert stage.looks == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://example.org/launch?token=abcdefgh", "https://example.org/launch"),
        ("https://ana:geheim@example.org/launch#top", "https://example.org/launch"),
    ],
)
def test_of_an_address_nothing_is_told_that_may_be_a_key(address: str, told: str) -> None:
    assert awaited(Condition(url=address)) == f"waits for {told} to be there"


def test_a_run_of_cron_that_begins_a_little_earlier_in_its_minute_looks_all_the_same(stage: Stage) -> None:
    stage.approve(when=PAGE)
    for seconds in (55, 65, 58, 62):
        before = len(stage.looks)
        stage.run()
        assert len(stage.looks) == before + 1
        stage.clock.wind(timedelta(seconds=seconds))
