"""Who answered or mentioned us: heard from real servers on loopback, kept in contentkit.db, settled as we answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from contentkit.models import Account
from contentkit.platforms import Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.platforms.x import XConnection
from contentkit.platforms.x_bill import PRICES
from contentkit.stats.counted_tab import CountedTab
from contentkit.stats.hearing import Listened, Listening
from contentkit.stats.publications import Owner, Published, copy_publications
from contentkit.stats.replies import (
    forget_others_words,
    place_of,
    put_aside,
    replies,
    reply_numbered,
    take_up,
)
from contentkit.stats.retractions import note_retracted
from contentkit.testing.faulty_proxy import FaultyProxy
from tests.midnight import stay_away_from_midnight
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_faults import X_INSTEAD
from tests.servers.x_oauth import Keys
from tests.servers.x_server import XServer
from tests.stats.counting import StandingClock

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEYS = Keys().as_secrets()
_EVER = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def x() -> Iterator[XServer]:
    stay_away_from_midnight()
    with XServer() as server:
        yield server


def connection(server: CompatibleServer) -> MastodonConnection:
    account = Account(name="ours", platform="mastodon", server=server.url)
    return MastodonConnection(account, server.token, WatchedSession(server.url))


def listen(database: Database, server: CompatibleServer, now: datetime | None = None) -> Listened:
    owner = Owner(server=server.url, remote_id=server.account_id)
    clock = StandingClock(now or datetime.now(UTC))
    return Listening(database, "ours", "mastodon", connection(server), owner, clock).listen()


def tab(database: Database, monthly: int) -> CountedTab:
    clock = StandingClock(datetime.now(UTC))
    return CountedTab(database=database, platform="x", account="ours-x", monthly=monthly, prices=PRICES, clock=clock)


def listen_on_x(
    database: Database, x: XServer, monthly: int = 1000, now: datetime | None = None, through: str = ""
) -> Listened:
    """X is asked at its own address, or ``through`` another one."""
    account = Account(name="ours-x", platform="x", server=x.url)
    mine = XConnection(account, KEYS, WatchedSession(through or x.url, secrets=KEYS.values()))
    mine.bill_to(tab(database, monthly))
    owner = Owner(server=x.url, remote_id=x.account_id)
    return Listening(database, "ours-x", "x", mine, owner, StandingClock(now or datetime.now(UTC))).listen()


def published(database: Database, remote_id: str, *, account: str = "ours") -> None:
    copy_publications(
        database,
        [
            Published(
                entry="launch", account=account, platform="mastodon", part=0, parts=1, remote_id=remote_id,
                url=f"https://social.example/{remote_id}", published_at=NOW, text="A question?",
            )
        ],
    )  # fmt: skip


def standing(database: Database) -> dict[str | None, str]:
    """The state of each, by its words."""
    return {one.text: one.state for one in replies(database, since=_EVER, everything=True)}


def reads(database: Database) -> int:
    return int(database.conn.execute("SELECT coalesce(sum(counts_as), 0) FROM reads").fetchone()[0])


# -- what waits


def test_an_answer_to_a_post_of_ours_waits_with_the_post_that_it_answers(
    database: Database, server: CompatibleServer
) -> None:
    ours = connection(server).publish(Message(text="A question?", key="k")).remote_id
    published(database, ours)
    first = server.mention("an answer", by="ana", parent=ours)
    server.mention("an answer to it", by="leo", parent=first)
    server.mention("a mention", by="kim")
    told = listen(database, server)
    assert (told.new, told.answered, told.troubles, told.remarks) == (3, 0, (), ())
    found = {one.text: (one.entry, one.our_text, one.is_answer) for one in replies(database, since=_EVER)}
    assert found == {
        "an answer": ("launch", "A question?", True),
        "an answer to it": ("launch", "A question?", True),
        "a mention": (None, None, False),
    }


def test_a_post_that_becomes_known_later_is_found_then(database: Database, server: CompatibleServer) -> None:
    ours = connection(server).publish(Message(text="A question?", key="k")).remote_id
    server.mention("an answer", parent=ours)
    listen(database, server)
    published(database, ours)
    server.mention("another")
    listen(database, server)
    assert [one.our_text for one in replies(database, since=_EVER)] == ["A question?", None]


def test_who_waits_longest_stands_first_and_what_is_settled_behind(
    database: Database, server: CompatibleServer
) -> None:
    now = datetime.now(UTC)
    for hours in (3, 9, 1):
        server.mention(f"{hours} h", at=now - timedelta(hours=hours))
    listen(database, server)
    [oldest, *_] = replies(database, since=_EVER)
    assert [one.text for one in replies(database, since=_EVER)] == ["9 h", "3 h", "1 h"]
    assert put_aside(database, [oldest.number, 999], now) == [oldest.number]
    assert [one.text for one in replies(database, since=_EVER)] == ["3 h", "1 h"]
    everything = replies(database, since=_EVER, everything=True)
    assert [(one.text, one.state) for one in everything][-1] == ("9 h", "put aside")
    assert [one.text for one in replies(database, since=now - timedelta(hours=2))] == ["1 h"]
    assert replies(database, since=_EVER, accounts=["elsewhere"]) == []
    assert take_up(database, [oldest.number]) == [oldest.number]
    assert [one.text for one in replies(database, since=_EVER)] == ["9 h", "3 h", "1 h"]


def test_a_post_of_ours_that_is_deleted_is_quoted_no_more(database: Database, server: CompatibleServer) -> None:
    ours = connection(server).publish(Message(text="A question?", key="k")).remote_id
    published(database, ours)
    server.mention("an answer", by="ana", parent=ours)
    listen(database, server)
    note_retracted(database, [("ours", ours)], datetime.now(UTC))
    [known] = replies(database, since=_EVER)
    assert (known.text, known.entry, known.our_text) == ("an answer", "launch", None)


def test_what_was_there_long_before_anybody_asked_does_not_wait(database: Database, server: CompatibleServer) -> None:
    server.mention("old", at=datetime.now(UTC) - timedelta(days=8))
    server.mention("new", at=datetime.now(UTC) - timedelta(days=6))
    listen(database, server)
    assert standing(database) == {"old": "put aside", "new": "waiting"}


def test_a_time_to_come_is_not_believed(database: Database, server: CompatibleServer) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    server.mention("from the future", at=now + timedelta(days=3000))
    listen(database, server, now)
    [known] = replies(database, since=_EVER)
    assert now <= known.written_at < now + timedelta(hours=1)


# -- what waits no more


def test_what_we_answered_in_a_browser_waits_no_more(database: Database, server: CompatibleServer) -> None:
    first = server.mention("one of two", by="ana")
    second = server.mention("two of two", by="ana", parent=first)
    server.mention("somebody else", by="leo", parent=first)
    listen(database, server)
    server.reply_by_hand(second)
    assert listen(database, server).answered == 2
    assert standing(database) == {"one of two": "answered", "two of two": "answered", "somebody else": "waiting"}


def test_an_answer_that_was_given_before_anybody_asked_is_found(database: Database, server: CompatibleServer) -> None:
    asked = server.mention("a question")
    server.reply_by_hand(asked)
    told = listen(database, server)
    assert (told.new, told.answered) == (1, 1)


def test_our_own_continuation_answers_nobody(database: Database, server: CompatibleServer) -> None:
    mine = connection(server)
    ours = mine.publish(Message(text="one", key="1")).remote_id
    server.mention("a question", parent=ours)
    mine.publish(Message(text="two", key="2", parent=ours))
    listen(database, server)
    assert standing(database) == {"a question": "waiting"}


def test_where_nothing_waits_our_own_posts_are_not_read(database: Database, server: CompatibleServer) -> None:
    listen(database, server)
    assert [one.path for one in server.history if one.path.endswith("/statuses")] == []


def test_what_is_gone_waits_no_more_and_its_words_leave(database: Database, server: CompatibleServer) -> None:
    gone, kept = server.mention("gone soon"), server.mention("as it was")
    listen(database, server)
    server.delete_mention(gone)
    server.edit_mention(kept, "as it is")
    listen(database, server)  # within a day nobody looks again
    assert standing(database) == {"gone soon": "waiting", "as it was": "waiting"}
    told = listen(database, server, datetime.now(UTC) + timedelta(hours=21))
    assert told.gone == 1
    assert standing(database) == {None: "gone", "as it is": "waiting"}


# -- whose words may be kept


def test_words_leave_when_their_time_is_over_and_the_rest_stays(database: Database, server: CompatibleServer) -> None:
    server.mention("hello", by="ana", warning="careful")
    listen(database, server)
    now = datetime.now(UTC)
    forget_others_words(database, now + timedelta(days=89))
    [known] = replies(database, since=_EVER)
    assert (known.text, known.warning) == ("hello", "careful")
    forget_others_words(database, now + timedelta(days=91))
    assert reply_numbered(database, known.number) == type(known)(**{**vars(known), "text": None, "warning": ""})


def test_words_of_x_leave_within_a_day_unless_x_shows_them_again(database: Database, x: XServer) -> None:
    ana = x.add_account("ana")
    kept, gone = (x.add_post(f"@contentkit_x {one}", author=ana) for one in ("kept", "gone"))
    listen_on_x(database, x)
    x.delete(gone)
    later = datetime.now(UTC) + timedelta(hours=21)
    assert listen_on_x(database, x, now=later).gone == 1
    forget_others_words(database, later + timedelta(hours=21))
    assert standing(database) == {"@contentkit_x kept": "waiting", None: "gone"}
    forget_others_words(database, later + timedelta(hours=23))
    assert {one.text for one in replies(database, since=_EVER, everything=True)} == {None}
    assert [one.url for one in replies(database, since=_EVER)] == [f"https://x.com/ana/status/{kept}"]


# -- what it costs


def test_each_read_of_x_counts_against_the_reads_of_the_month(database: Database, x: XServer) -> None:
    ana = x.add_account("ana")
    asked = x.add_post("@contentkit_x a question", author=ana)
    x.add_post("an answer by hand", parent=asked)
    told = listen_on_x(database, x)
    assert (told.new, told.answered, told.remarks, told.troubles) == (1, 1, (), ())
    assert sorted(charge.what for charge in x.charges) == ["read_post", "read_post", "read_user", "read_user"]
    # Two posts at one read each, ourselves and an author at two.
    assert (x.spent, reads(database)) == (30, 6)
    again = listen_on_x(database, x)
    assert (again.new, x.spent, reads(database)) == (0, 30, 6)


def test_reads_that_do_not_reach_are_told_and_nothing_is_asked(database: Database, x: XServer) -> None:
    x.add_post("@contentkit_x a question", author=x.add_account("ana"))
    told = listen_on_x(database, x, monthly=16)
    assert (told.new, told.troubles) == (0, ())
    assert "reads of this month do not reach" in told.remarks[0]
    assert (x.spent, reads(database)) == (10, 2)  # who we are, and nothing else


def test_x_is_asked_for_no_more_than_the_reads_reach_for(database: Database, x: XServer) -> None:
    for number in range(9):
        x.add_post(f"@contentkit_x {number}", author=x.add_account(f"a{number}"))
    listen_on_x(database, x, monthly=2 + 3 * 6)
    assert reads(database) == 2 + 3 * 6
    assert len(standing(database)) == 6


def test_where_the_reads_end_in_the_middle_what_was_paid_for_is_kept(database: Database, x: XServer) -> None:
    x.add_post("@contentkit_x the first", author=x.add_account("ana"))
    listen_on_x(database, x)
    for number in range(40):
        x.add_post(f"@contentkit_x {number}", author=x.add_account(f"a{number}"))
    # A page of ten, one of the six posts and authors that are left, and none for the third.
    told = listen_on_x(database, x, monthly=reads(database) + 3 * 16)
    assert told.new == 16
    assert told.remarks[0].startswith("there were more than could be read")
    assert {f"@contentkit_x {number}" for number in range(24, 40)} < set(standing(database))
    assert listen_on_x(database, x).new == 0, "the others are passed over"
    assert reads(database) == x.spent // 5


def test_more_posts_of_ours_than_can_be_read_are_asked_for_once(database: Database, x: XServer) -> None:
    x.add_post("@contentkit_x hello", author=x.add_account("ana"))
    for number in range(411):
        x.add_post(f"Ours {number}")
    now = datetime.now(UTC)
    told = listen_on_x(database, x, monthly=9999, now=now + timedelta(hours=1))
    assert ["more than 410 posts" in one for one in told.remarks] == [True]
    asked = len(x.history)
    assert listen_on_x(database, x, monthly=9999, now=now + timedelta(hours=2)).remarks == ()
    assert place_of(database, "ours-x", Owner(server=x.url, remote_id=x.account_id)).refused == ""
    assert len(x.history) - asked == 3, "who we are, mentions, and a page of the last minutes"


@pytest.mark.parametrize("fault", ["unavailable", "too_many", "close"])
def test_what_stands_on_a_page_that_did_not_come_is_asked_for_again(database: Database, x: XServer, fault: str) -> None:
    x.add_post("@contentkit_x the first", author=x.add_account("ana"))
    listen_on_x(database, x)
    for number in range(40):
        x.add_post(f"@contentkit_x {number}", author=x.add_account(f"a{number}"))
    with FaultyProxy(x.url, ["pass", fault], matches=lambda one: "/mentions" in one.target, instead=X_INSTEAD) as proxy:
        assert listen_on_x(database, x, through=proxy.url).new == 10
    told = listen_on_x(database, x)
    assert (told.new, told.remarks) == (30, ())
    assert len(standing(database)) == 41
    assert listen_on_x(database, x).new == 0


def test_a_question_that_was_never_heard_costs_nothing(database: Database) -> None:
    with XServer() as stopped:
        pass
    told = listen_on_x(database, stopped)
    assert len(told.troubles) == 1
    assert reads(database) == 0


# -- what stands in the way


def test_a_token_that_may_not_hear_is_remarked_and_remembered(database: Database, server: CompatibleServer) -> None:
    server.set_scopes("read:accounts", "read:statuses")
    told = listen(database, server)
    assert told.troubles == ()
    assert "contentkit accounts add ours" in told.remarks[0]
    owner = Owner(server=server.url, remote_id=server.account_id)
    assert place_of(database, "ours", owner).refused == told.remarks[0]
    server.set_scopes("read:accounts", "read:statuses", "read:notifications")
    listen(database, server)
    assert place_of(database, "ours", owner).refused == ""


def test_an_account_that_moved_is_asked_anew(database: Database, server: CompatibleServer) -> None:
    server.mention("on the old server")
    listen(database, server)
    with CompatibleServer() as new:
        new.mention("on the new server")
        assert listen(database, new).new == 1
    assert set(standing(database)) == {"on the old server", "on the new server"}
