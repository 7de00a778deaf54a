"""What the ledger says of what X billed: exactly that when nothing goes wrong, and never less whatever does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contentkit.errors import Unavailable
from contentkit.models import Account, Budget, Limits
from contentkit.money.ledger import AccountTab
from contentkit.money.prices import Charge
from contentkit.platforms.x import XConnection
from contentkit.platforms.x_bill import PRICES
from contentkit.publishing.publications import State
from contentkit.testing.faults import NAMES
from contentkit.testing.loopback import Request
from tests.publishing.on_x import UndatedSession, set_budget, spent, stage_on_x
from tests.publishing.sequences import LIES
from tests.publishing.stage import THREAD, Stage
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_faults import X_DIALECT, X_INSTEAD
from tests.servers.x_server import XServer

# Each part of THREAD, of which the second has a link, read back once; who we are; nothing else was on the account.
WHOLE = Decimal("0.015") * 2 + Decimal("0.2") + 3 * Decimal("0.005") + Decimal("0.01")
# What a network bills of what it says it did not do, nobody can know.
FAULTS = sorted((NAMES | {"no_credit", "duplicate", "invisible"}) - LIES - {"hold", "hold_before", "delay"})


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server


def billed(server: XServer) -> Decimal:
    return Decimal(server.spent) / 1000


def on_x(tmp_path: Path, server: XServer, budget: str | None = None) -> Stage:
    return stage_on_x(tmp_path / "state", server.url, server.keys.as_secrets(), budget=budget)


# -- the ledger and the bill


def test_without_faults_the_ledger_is_the_bill(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server)
    stage.approve()
    stage.run_until_settled(14)
    assert spent(stage) == billed(server) == WHOLE


def test_alt_texts_are_on_it_and_pictures_without_cost_nothing(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server)
    pictures = stage.picture("a.png", 1, alt="One"), stage.picture("b.png", 2, alt="")
    stage.approve(media={0: pictures, 2: (stage.picture("c.png", 3, alt="Three"),)})
    stage.run_until_settled(14)
    assert spent(stage) == billed(server) == WHOLE + 2 * PRICES.media_metadata


def test_a_dotted_name_is_on_it_as_the_link_that_x_makes_of_it(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server)
    stage.approve(texts=["Look into setup.py first."])
    stage.run_until_settled(14)
    assert spent(stage) == billed(server) == Decimal("0.2") + Decimal("0.005") + Decimal("0.01")


def test_what_stood_on_the_account_is_on_it_when_it_was_read(tmp_path: Path, server: XServer) -> None:
    for number in range(12):
        server.add_post(f"An old post, number {number}")
    stage = on_x(tmp_path, server)
    stage.approve()
    stage.run_until_settled(14)
    assert spent(stage) == billed(server)


def test_two_threads_on_one_day_pay_for_who_we_are_once(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server)
    stage.approve("one", texts=["The first thread."])
    stage.approve("two", texts=["The second thread."])
    for _ in range(3):
        stage.run()
        stage.clock.wind(timedelta(minutes=31))
    assert len(server.statuses) == 2
    assert spent(stage) == billed(server)


def _faulty(script: list[str], server: XServer, folder: Path, texts: tuple[str, ...]) -> tuple[Decimal, Decimal]:
    """What ledger and bill say after runs in which the answers were these, whatever was asked for."""
    with FaultyProxy(server.url, script, matches=lambda request: True, instead=X_INSTEAD, delay=1.5) as proxy:
        stage = stage_on_x(folder, proxy.url, server.keys.as_secrets())
        stage.approve(texts=texts, media={0: (stage.picture("a.png", 1, alt="A square"),)})
        stage.run_until_settled(6)
        told = spent(stage)
        stage.close()
    return told, billed(server)


SCRIPTS = st.lists(st.sampled_from(["pass", "pass", "pass", *FAULTS]), max_size=14)


@given(script=SCRIPTS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_goes_wrong_the_ledger_never_says_less(
    script: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with XServer() as server:
        told, true = _faulty(script, server, tmp_path_factory.mktemp("state"), THREAD[:2])
    assert told >= true


@pytest.mark.nightly
@given(script=SCRIPTS)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_for_many_more_runs(script: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    with XServer() as server:
        told, true = _faulty(script, server, tmp_path_factory.mktemp("state"), THREAD)
    assert told >= true


@pytest.mark.parametrize("fault", ["no_credit", "refuse", "too_many"])
def test_what_x_certainly_did_not_create_is_taken_back(fault: str, tmp_path: Path, server: XServer) -> None:
    with FaultyProxy(server.url, [fault], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets())
        stage.approve(texts=["One."])
        stage.run()
    assert spent(stage) == billed(server) == PRICES.read_user


def test_what_may_have_been_created_stays_charged(tmp_path: Path, server: XServer) -> None:
    with FaultyProxy(server.url, ["drop"], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets())
        stage.approve(texts=["One."])
        stage.run()
        assert stage.states() == [State.UNKNOWN]
        stage.run_until_settled(14)
    assert stage.states() == [State.HELD]
    assert spent(stage) == billed(server) + PRICES.create


def test_an_outage_charges_the_same_question_once_a_day(tmp_path: Path, server: XServer) -> None:
    with FaultyProxy(server.url, ["drop"] * 40, matches=lambda request: request.method == "GET") as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets())
        stage.approve(texts=["One."])
        for _ in range(40):
            stage.run()
            stage.clock.wind(timedelta(minutes=1))
        assert billed(server) == 0
        assert spent(stage) == PRICES.read_user


def test_a_question_for_the_newest_posts_is_charged_as_often_as_it_stays_without_an_answer(
    tmp_path: Path, server: XServer
) -> None:
    def lists(request: Request) -> bool:
        return request.method == "GET" and "/tweets" in request.path

    with FaultyProxy(server.url, ["server_error_after", "close", "truncate"], matches=lists) as proxy:
        stage = on_x(tmp_path, server)
        connection = XConnection(
            Account(name="mine", platform="x"), server.keys.as_secrets(), UndatedSession(proxy.url, connect=2, read=2)
        )
        connection.bill_to(AccountTab(stage.journal.ledger, "mine", None))
        for turn in range(3):
            for number in range(10):
                server.add_post(f"By hand, {turn} {number}")
            with pytest.raises(Unavailable):
                connection.recent("")
    assert spent(stage) >= billed(server) == PRICES.read_user + 30 * PRICES.read_post


@pytest.mark.sqlite
def test_nothing_in_the_ledger_is_ever_changed(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server)
    stage.approve(texts=["One."])
    stage.run()
    raw = sqlite3.connect(stage.folder / "journal.db")
    for statement in ("DELETE FROM ledger", "UPDATE ledger SET micros = 1", "REPLACE INTO ledger SELECT * FROM ledger"):
        with pytest.raises(sqlite3.IntegrityError, match="the ledger is history"):
            raw.execute(statement)
    raw.close()


# -- the budget


def test_beyond_the_budget_nothing_is_asked_and_it_is_told_once(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server, budget="0.10")
    stage.approve()
    [outcome] = stage.run()
    assert (outcome.kind, outcome.needs_person, outcome.account) == ("paused", True, "mine")
    assert outcome.reason == (
        "the budget of November does not reach: $0.00 of $0.10 are spent, and this needs $0.305 "
        "(it goes on when [accounts.mine.budget] month allows more)"
    )
    for _ in range(3):
        stage.clock.wind(timedelta(minutes=20))
        assert stage.run() == []
    assert (stage.states(), server.history) == ([State.PLANNED] * 3, ())


def test_it_goes_on_by_itself_when_more_is_allowed(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server, budget="0.10")
    stage.approve()
    stage.run()
    set_budget(stage, "1.00")
    stage.clock.wind(timedelta(minutes=11))
    assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3
    assert stage.journal.accounts.known("mine").trouble == ""


def test_it_goes_on_by_itself_in_the_next_month(tmp_path: Path, server: XServer) -> None:
    stage = stage_on_x(
        tmp_path / "state",
        server.url,
        server.keys.as_secrets(),
        budget="0.40",
        now=datetime(2026, 11, 30, 23, 40, tzinfo=UTC),
    )
    stage.approve("first")
    stage.run()
    stage.approve("second", texts=[f"{text} Again." for text in THREAD])
    stage.clock.wind(timedelta(minutes=1))
    assert [outcome.kind for outcome in stage.run()] == ["paused"]
    stage.clock.wind(timedelta(minutes=35))
    assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3


def test_what_a_day_does_not_reach_for_goes_out_on_the_next(tmp_path: Path, server: XServer) -> None:
    evening = datetime(2026, 11, 22, 23, 40, tzinfo=UTC)
    keys = server.keys.as_secrets()
    stage = stage_on_x(tmp_path / "state", server.url, keys, daily="0.40", now=evening)
    stage.approve("first")
    stage.run()
    stage.approve("second", texts=[f"{text} Again." for text in THREAD])
    stage.clock.wind(timedelta(minutes=1))
    [outcome] = stage.run()
    assert outcome.reason.startswith("the budget of 22 November does not reach")
    asked = len(server.history)
    stage.clock.wind(timedelta(minutes=15))
    assert (stage.run(), len(server.history)) == ([], asked)
    stage.clock.wind(timedelta(minutes=20))
    assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3


def test_several_accounts_at_once_stay_within_the_budget_of_a_day_each(tmp_path: Path, server: XServer) -> None:
    with XServer() as another:
        servers = {"mine": server, "other": another}

        def connect(account: Account) -> XConnection:
            at = servers[account.name]
            return XConnection(replace(account, server=at.url), at.keys.as_secrets(), UndatedSession(at.url))

        stage = stage_on_x(tmp_path / "state", server.url, {})
        stage.connect, stage.workers = connect, 2
        limits = {"mine": Decimal("0.30"), "other": Decimal("0.60")}
        for name, limit in limits.items():
            stage.accounts[name] = Account(name=name, platform="x", budget=Budget(day=limit))
        for number in range(3):
            stage.approve(f"launch-{number}", [f"Number {number}: https://example.org/"], accounts=tuple(servers))
        stage.run()
        for name, at in servers.items():
            assert billed(at) == stage.journal.ledger.spent_on(name, stage.clock.now().date()) <= limits[name]
        assert [len(at.statuses) for at in servers.values()] == [1, 2]


def test_a_budget_that_does_not_reach_is_told_again_in_the_next_month(tmp_path: Path, server: XServer) -> None:
    late = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    stage = stage_on_x(tmp_path / "state", server.url, server.keys.as_secrets(), budget="0.10", now=late)
    stage.approve()
    told = []
    for _ in range(7):
        told += [outcome.reason[:31] for outcome in stage.run()]
        stage.clock.wind(timedelta(minutes=15))
    assert told == ["the budget of November does not", "the budget of December does not"]


def test_a_budget_that_was_raised_and_is_used_up_again_is_told_again(tmp_path: Path, server: XServer) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets(), budget="1.00")
        stage.approve(texts=["One.", "Two.", f"Three, {THREAD[1]}"])
        stage.run()
        kinds = []
        for more in ("0.01", "0.15"):
            set_budget(stage, str(spent(stage) + Decimal(more)))
            stage.clock.wind(timedelta(minutes=20))
            kinds.append([outcome.kind for outcome in stage.run()])
    assert kinds == [["paused"], ["sent", "paused"]]


def test_a_thread_that_fits_exactly_goes_out(tmp_path: Path, server: XServer) -> None:
    need = WHOLE + 10 * PRICES.read_post
    stage = on_x(tmp_path, server, budget=str(need))
    stage.approve()
    assert [outcome.kind for outcome in stage.run()] == ["sent"] * 3


def test_a_thread_that_does_not_fit_as_a_whole_is_not_begun(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server, budget="0.30")
    stage.approve(texts=[THREAD[0], THREAD[2], THREAD[1]])
    assert [outcome.kind for outcome in stage.run()] == ["paused"]
    assert server.statuses == []


def test_what_is_torn_already_goes_on_part_by_part(tmp_path: Path, server: XServer) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"], **X_DIALECT) as proxy:
        stage = stage_on_x(tmp_path / "state", proxy.url, server.keys.as_secrets(), budget="1.00")
        stage.approve(texts=["One.", "Two.", f"Three, {THREAD[1]}"])
        stage.run()
        set_budget(stage, str(spent(stage) + Decimal("0.15")))
        stage.clock.wind(timedelta(minutes=20))
        kinds = [outcome.kind for outcome in stage.run()]
    assert kinds == ["sent", "paused"]
    assert stage.states() == [State.SENT, State.SENT, State.PLANNED]


def test_money_that_was_spent_while_pictures_left_is_gone_when_the_part_is_claimed(
    tmp_path: Path, server: XServer
) -> None:
    stage = on_x(tmp_path, server, budget="0.50")
    stage.approve(texts=["One."])
    # Another command of this machine, between the look at the budget and the intent.
    meanwhile = Charge(operation="read_post", price=Decimal("0.47"), resource="many posts")

    class Slow(XConnection):
        def limits(self) -> Limits:
            stage.journal.ledger.reserve("mine", [meanwhile], None)
            return super().limits()

    stage.connect = lambda account: Slow(
        account, server.keys.as_secrets(), UndatedSession(server.url, connect=2, read=2)
    )
    assert [outcome.kind for outcome in stage.run()] == ["paused"]
    assert (stage.states(), server.statuses) == ([State.PLANNED], [])


def test_a_look_back_asks_for_no_more_posts_than_the_money_reaches_for(tmp_path: Path, server: XServer) -> None:
    for number in range(12):
        server.add_post(f"By hand, number {number}")
    stage = stage_on_x(
        tmp_path / "state", server.url, server.keys.as_secrets(), budget="0.50", now=datetime.now(UTC).replace(hour=12)
    )
    stage.approve(texts=["One short post."])
    assert [outcome.kind for outcome in stage.run()] == ["sent"]
    assert spent(stage) == billed(server) <= Decimal("0.5")


def test_the_whole_bill_stays_within_the_budget_of_the_month(tmp_path: Path, server: XServer) -> None:
    stage = on_x(tmp_path, server, budget="0.50")
    for number in range(9):
        stage.approve(f"entry-{number}", texts=[f"The post with the number {number}."])
    for _ in range(12):
        stage.run()
        stage.clock.wind(timedelta(minutes=31))
    assert billed(server) <= spent(stage) <= Decimal("0.5")
    assert len(server.statuses) == 9
