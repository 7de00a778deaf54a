"""The ledger of a real journal: what is charged once, twice or not at all, and what a budget allows."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import Unavailable
from contentkit.models import Budget
from contentkit.money.ledger import AccountTab, Ledger, days_of
from contentkit.money.prices import Charge
from contentkit.platforms.meeting import LONGEST_SKEW
from contentkit.platforms.session import ANSWER_SECONDS, CONNECT_SECONDS
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.store.database import database_in
from contentkit.store.spending import copied_up_to, copy_ledger, ledger_of
from tests.publishing.stage import WoundClock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
CENT = Decimal("0.01")
A_CENT = Budget(month=CENT)
PAGE = Charge(operation="read_post", price=Decimal("0.05"))


def post(number: int | str) -> Charge:
    return Charge(operation="read_post", price=CENT, resource=str(number))


def creation(name: str) -> Charge:
    return Charge(operation="create", price=CENT, resource=name)


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock(NOON)


@pytest.fixture
def journal(tmp_path: Path, clock: WoundClock) -> Iterator[Journal]:
    journal = open_journal(tmp_path, clock, "this-machine")
    yield journal
    journal.close()


@pytest.fixture
def ledger(journal: Journal) -> Ledger:
    return journal.ledger


def spent(ledger: Ledger, day: date = TODAY, account: str = "ours") -> Decimal:
    return ledger.spent(account, day)


def test_what_is_read_is_charged_once_a_day_and_what_is_made_each_time(ledger: Ledger, clock: WoundClock) -> None:
    for _ in range(2):
        ledger.reserve("ours", [post(1), post(1), creation("a"), creation("a")], None)
    assert spent(ledger) == 5 * CENT
    clock.wind(timedelta(days=1))
    ledger.reserve("ours", [post(1)], None)
    assert spent(ledger) == 6 * CENT


def test_what_is_free_leaves_no_row(ledger: Ledger) -> None:
    ledger.reserve("ours", [Charge(operation="delete", price=Decimal(0), resource="1")], Budget(month=Decimal(0)))
    assert ledger.rows_after(0) == []


def test_each_account_and_each_month_has_its_own_sum(ledger: Ledger, clock: WoundClock) -> None:
    ledger.reserve("ours", [post(1)], None)
    ledger.reserve("hers", [post(1)], None)
    clock.wind(timedelta(days=10))
    ledger.reserve("ours", [post(1)], None)
    assert [spent(ledger, day) for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31))] == [
        0,
        CENT,
        CENT,
    ]
    assert spent(ledger, account="hers") == CENT


def test_near_midnight_a_read_counts_on_both_days_and_a_creation_once(ledger: Ledger, clock: WoundClock) -> None:
    clock.set_wall_clock(datetime(2026, 11, 22, 23, 58, tzinfo=UTC))
    ledger.reserve("ours", [post(1), creation("a")], None)
    assert spent(ledger) == 3 * CENT


def test_near_the_end_of_a_month_everything_counts_in_both(ledger: Ledger, clock: WoundClock) -> None:
    clock.set_wall_clock(datetime(2026, 11, 30, 23, 58, tzinfo=UTC))
    ledger.reserve("ours", [post(1), creation("a")], None)
    assert (spent(ledger), spent(ledger, date(2026, 12, 1))) == (2 * CENT, 2 * CENT)


def test_near_the_end_of_a_month_both_must_reach(ledger: Ledger, clock: WoundClock) -> None:
    clock.set_wall_clock(datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    ledger.reserve("ours", [post(1)], A_CENT)
    clock.set_wall_clock(datetime(2026, 11, 30, 23, 58, tzinfo=UTC))
    with pytest.raises(Unavailable, match=r"the budget of December does not reach: \$0.01 of \$0.01 are spent"):
        ledger.reserve("ours", [post(2)], A_CENT)


def test_what_came_stands_in_the_place_of_what_might_have_come(ledger: Ledger) -> None:
    slip = ledger.reserve("ours", [PAGE], None)
    assert spent(ledger) == PAGE.price
    ledger.settle("ours", slip, [post(1), post(2)])
    assert spent(ledger) == 2 * CENT


def test_what_was_paid_today_is_not_charged_again_by_a_page_that_has_it(ledger: Ledger) -> None:
    ledger.reserve("ours", [post(1)], None)
    ledger.settle("ours", ledger.reserve("ours", [PAGE], None), [post(1), post(2)])
    assert spent(ledger) == 2 * CENT


def test_a_request_without_an_answer_stays_charged_and_what_it_was_for_is_then_free(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.reserve("ours", [post(1)], None)
    assert spent(ledger) == CENT


def test_a_question_without_an_answer_stays_charged_each_time_where_nobody_knows_what_came(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.reserve("ours", [PAGE], None)
    ledger.settle("ours", ledger.reserve("ours", [PAGE], None), [post(1)])
    assert spent(ledger) == 2 * PAGE.price + CENT


def test_what_never_left_is_taken_back_by_a_row_of_its_own(ledger: Ledger) -> None:
    ledger.settle("ours", ledger.reserve("ours", [PAGE, post(1)], None), [])
    assert spent(ledger) == 0
    first, second, *back = ledger.rows_after(0)
    assert [row["taken"] for row in back] == [first["uid"], second["uid"]]
    ledger.reserve("ours", [post(1)], None)
    assert spent(ledger) == CENT, "it is charged when it is asked for at last"


def test_what_was_free_is_charged_when_the_request_that_noted_it_never_left(ledger: Ledger) -> None:
    first = ledger.reserve("ours", [post(1)], None)
    second = ledger.reserve("ours", [post(1)], None)
    ledger.settle("ours", first, [])
    ledger.settle("ours", second, [post(1)])
    assert spent(ledger) == CENT


def test_what_another_request_never_sent_stays_charged_for_one_that_was_not_answered_meanwhile(ledger: Ledger) -> None:
    first = ledger.reserve("ours", [post(1)], None)
    ledger.reserve("ours", [post(1)], None)  # its answer never comes
    ledger.settle("ours", first, [])
    assert spent(ledger) == CENT


def test_what_a_page_showed_stays_charged_when_another_request_for_it_was_answered_with_nothing(ledger: Ledger) -> None:
    first = ledger.reserve("ours", [post(1)], None)
    ledger.settle("ours", ledger.reserve("ours", [PAGE], None), [post(1)])
    ledger.settle("ours", first, [])  # its owner deleted it meanwhile
    assert spent(ledger) == CENT


def test_what_is_billed_after_midnight_by_the_networks_clock_counts_on_that_day(
    ledger: Ledger, clock: WoundClock
) -> None:
    answered = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)
    ledger.reserve("ours", [post(1)], None)
    clock.set_wall_clock(datetime(2026, 11, 22, 23, 40, tzinfo=UTC))
    slip = ledger.reserve("ours", [post(1)], None)
    ledger.settle("ours", replace(slip, answered=answered), [post(1)])
    assert spent(ledger) == 2 * CENT


def test_midnight_is_near_while_clocks_may_differ_and_an_answer_be_on_its_way() -> None:
    apart = LONGEST_SKEW + timedelta(seconds=CONNECT_SECONDS + ANSWER_SECONDS)
    midnight = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert len(days_of(midnight - apart)) == 2


def test_what_is_paid_for_today_may_be_read_when_nothing_is_left(ledger: Ledger) -> None:
    ledger.reserve("ours", [post(1)], A_CENT)
    ledger.reserve("ours", [post(1)], A_CENT)
    with pytest.raises(Unavailable) as caught:
        ledger.reserve("ours", [post(1), post(2)], A_CENT)
    assert (caught.value.pauses_account, caught.value.unheard) == (True, True)
    assert spent(ledger) == CENT


def test_a_budget_of_nothing_allows_nothing(ledger: Ledger) -> None:
    with pytest.raises(Unavailable, match=r"\$0.00 of \$0.00"):
        ledger.reserve("ours", [post(1)], Budget(month=Decimal(0)))


def test_a_day_has_a_budget_of_its_own_beside_that_of_the_month(ledger: Ledger, clock: WoundClock) -> None:
    budget = Budget(month=3 * CENT, day=2 * CENT)
    ledger.reserve("ours", [post(1), post(2)], budget)
    with pytest.raises(Unavailable) as caught:
        ledger.reserve("ours", [post(3)], budget)
    assert caught.value.words == (
        "the budget of 22 November does not reach: $0.02 of $0.02 are spent, and this needs $0.01 "
        "(it goes on from 23 November (UTC) on, or when [accounts.ours.budget] day allows more)"
    )
    clock.wind(timedelta(days=1))
    ledger.reserve("ours", [post(3)], budget)
    with pytest.raises(Unavailable, match="the budget of November does not reach"):
        ledger.reserve("ours", [post(4)], budget)
    assert (ledger.spent_on("ours", TODAY), ledger.spent_on("ours", TODAY + timedelta(days=1))) == (2 * CENT, CENT)


def test_near_midnight_two_days_share_the_budget_of_one(ledger: Ledger, clock: WoundClock) -> None:
    budget = Budget(day=2 * CENT)
    ledger.reserve("ours", [creation("1")], budget)
    clock.set_wall_clock(NOON.replace(hour=23, minute=54))
    ledger.reserve("ours", [creation("2")], budget)
    for minutes in (1, 6, 12):
        clock.set_wall_clock(NOON.replace(hour=23, minute=54) + timedelta(minutes=minutes))
        with pytest.raises(Unavailable, match="of 22 November does not reach") as caught:
            ledger.reserve("ours", [creation("3")], budget)
        assert caught.value.hint.startswith("it goes on from 23 November (UTC) on, ")
    clock.set_wall_clock(NOON.replace(hour=23, minute=54) + timedelta(minutes=14))
    ledger.reserve("ours", [creation("3")], budget)
    with pytest.raises(Unavailable, match="of 23 November does not reach"):
        ledger.reserve("ours", [creation("4")], budget)


@pytest.mark.parametrize("billed_on", [0, -1])
def test_no_day_costs_more_than_its_budget_whatever_clock_bills_it(
    billed_on: int, ledger: Ledger, clock: WoundClock
) -> None:
    budget, cost, chance = Budget(day=5 * CENT), Counter[date](), random.Random(0)
    for evening in range(8):
        clock.set_wall_clock(NOON.replace(hour=23, minute=50) + timedelta(days=evening))
        for number in range(14):
            clock.wind(timedelta(minutes=chance.choice([1, 2, 5])))
            with suppress(Unavailable):
                ledger.reserve("ours", [creation(f"{evening} {number}")], budget)
                cost[days_of(clock.now())[billed_on]] += 1
    assert len(cost) == 9
    assert max(cost.values()) == 5


def test_what_is_dearer_than_a_day_allows_is_not_said_to_go_on_by_itself(ledger: Ledger) -> None:
    with pytest.raises(Unavailable) as caught:
        ledger.check("ours", 2 * CENT, Budget(day=CENT))
    assert caught.value.hint == "it goes on when [accounts.ours.budget] day allows more"


def test_of_a_day_and_a_month_the_one_that_has_less_left_counts(ledger: Ledger) -> None:
    tab = AccountTab(ledger, "ours", Budget(month=9 * CENT, day=2 * CENT))
    assert tab.affordable([post(number) for number in range(9)]) == 2
    tab = AccountTab(ledger, "ours", Budget(month=CENT, day=2 * CENT))
    assert tab.affordable([post(number) for number in range(9)]) == 1


def test_the_first_ones_that_can_be_paid_are_counted(ledger: Ledger) -> None:
    tab = AccountTab(ledger, "ours", Budget(month=3 * CENT))
    tab.reserve([post(1)])
    assert tab.affordable([post(number) for number in (1, 2, 3, 4, 5)]) == 3
    assert tab.affordable([post(1)]) == 1
    assert AccountTab(ledger, "ours", None).affordable([post(number) for number in range(9)]) == 9


CHARGES = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["answered", "lost", "unheard"])), max_size=10)


# Each note is made durable: few examples here, many in the simulated lives of the publisher.
@given(asked=CHARGES, cents=st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_no_order_of_requests_spends_more_than_the_budget_or_notes_less_than_was_billed(
    asked: list[tuple[int, str]], cents: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = open_journal(tmp_path_factory.mktemp("state"), WoundClock(NOON), "this-machine")
    tab = AccountTab(journal.ledger, "ours", Budget(month=cents * CENT))
    billed: set[int] = set()
    for number, fate in asked:
        try:
            slip = tab.reserve([post(number)])
        except Unavailable:
            continue
        if fate != "unheard":
            billed.add(number)
        if fate != "lost":
            tab.settle(slip, [post(number)] if fate == "answered" else [])
    assert len(billed) * CENT <= spent(journal.ledger) <= cents * CENT
    journal.close()


# -- several programs, and the copy


def _reserve_one_by_one(folder: str, name: str) -> int:
    """How many of fifty reads one process gets."""
    journal = open_journal(Path(folder), WoundClock(NOON), "this-machine")
    granted = 0
    for number in range(50):
        try:
            journal.ledger.reserve("ours", [post(f"{name}-{number}")], Budget(month=60 * CENT))
            granted += 1
        except Unavailable:
            pass
    journal.close()
    return granted


def test_several_commands_at_once_stay_within_the_budget_together(tmp_path: Path) -> None:
    open_journal(tmp_path, WoundClock(NOON), "this-machine").close()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        granted = pool.starmap(_reserve_one_by_one, [(str(tmp_path), name) for name in "ab"])
    assert sum(granted) == 60


def test_several_threads_at_once_stay_within_the_budget_of_a_day_together(ledger: Ledger) -> None:
    def reserve(number: int) -> bool:
        try:
            ledger.reserve("ours", [creation(str(number))], Budget(day=25 * CENT))
        except Unavailable:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        granted = sum(pool.map(reserve, range(60)))
    assert (granted, ledger.spent_on("ours", TODAY)) == (25, 25 * CENT)


def test_the_copy_in_the_database_is_complete_and_made_once(ledger: Ledger, clock: WoundClock, tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        ledger.settle("ours", ledger.reserve("ours", [PAGE], None), [post(1), post(2)])
        copy_ledger(database, "j1", ledger.rows_after(copied_up_to(database, "j1")))
        ledger.settle("ours", ledger.reserve("ours", [post(3)], None), [])
        for _ in range(2):
            copy_ledger(database, "j1", ledger.rows_after(copied_up_to(database, "j1")))
            copy_ledger(database, "j1", ledger.rows_after(0))
        copy = ledger_of(database, clock)
        assert spent(copy) == spent(ledger) == 2 * CENT
        assert len(copy.rows_after(0)) == len(ledger.rows_after(0))
        spending = database.conn.execute("SELECT month, account, dollars, reading FROM spending").fetchall()
        assert [tuple(row) for row in spending] == [("2026-11", "ours", "0.020000", "0.020000")]


def test_a_journal_that_was_restored_or_lost_gets_back_what_the_database_knows(
    journal: Journal, clock: WoundClock, tmp_path: Path
) -> None:
    journal.ledger.reserve("ours", [post(1)], None)
    (tmp_path / "other").mkdir()
    other = open_journal(tmp_path / "other", clock, "this-machine")
    with database_in(tmp_path) as database:
        copy_ledger(database, "before", journal.ledger.rows_after(0))
        journal.ledger.settle("ours", journal.ledger.reserve("ours", [PAGE], None), [post(2)])
        copy_ledger(database, "before", journal.ledger.rows_after(copied_up_to(database, "before")))
        known = ledger_of(database, clock).rows_after(0)
        for lost in (other.ledger, other.ledger, journal.ledger):
            lost.take_over(known)
        copy_ledger(database, "after", other.ledger.rows_after(copied_up_to(database, "after")))
        copy = ledger_of(database, clock)
        assert spent(other.ledger) == spent(journal.ledger) == spent(copy) == 2 * CENT
    other.close()
