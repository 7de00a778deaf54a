from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.models import Account, Lateness, Limits
from contentkit.platforms import Identity, Message
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.schema import JOURNAL_NAME
from tests.publishing.stage import THREAD, Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _kinds(stage: Stage) -> list[str]:
    return [outcome.kind for outcome in stage.run()]


def _reasons(stage: Stage) -> str:
    return " | ".join(outcome.reason for outcome in stage.run())


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def online(server: CompatibleServer, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "online", server=server.url, token=server.token)
    yield stage
    stage.close()


# -- due


def test_a_due_thread_is_sent_once_and_in_order(stage: Stage) -> None:
    stage.approve()
    assert _kinds(stage) == ["sent"] * 3
    assert _kinds(stage) == []
    assert stage.console() == list(THREAD)


def test_nothing_is_sent_before_its_time(stage: Stage) -> None:
    stage.approve(at=stage.clock.now() + HOUR)
    assert _kinds(stage) == []
    stage.clock.wind(HOUR)
    assert _kinds(stage) == ["sent"] * 3


def test_an_entry_waits_for_the_one_it_comes_after(stage: Stage) -> None:
    stage.approve("second", ["two"], after="first")
    assert _kinds(stage) == []
    stage.approve("first", ["one"])
    stage.run()
    stage.run()
    assert stage.console() == ["one", "two"]


def test_a_paused_entry_waits(stage: Stage) -> None:
    stage.approve(texts=["one"])
    stage.entries["launch"] = replace(stage.entries["launch"], paused=True)
    assert _kinds(stage) == []
    stage.entries["launch"] = replace(stage.entries["launch"], paused=False)
    assert _kinds(stage) == ["sent"]


# -- late


def test_what_is_later_than_its_entry_allows_is_held_and_not_sent(stage: Stage) -> None:
    stage.approve(late=Lateness(within=HOUR))
    stage.clock.wind(HOUR + MINUTE)
    assert "missed" in _reasons(stage)
    assert stage.states() == [State.HELD, State.PLANNED, State.PLANNED]
    assert _kinds(stage) == []
    assert stage.console() == []


def test_with_hold_even_half_an_hour_is_too_late(stage: Stage) -> None:
    stage.approve(late=Lateness(policy="hold"))
    stage.clock.wind(30 * MINUTE)
    assert _kinds(stage) == ["held"]


def test_nothing_bursts_after_downtime(stage: Stage) -> None:
    for number in range(3):
        stage.approve(f"entry-{number}", [f"text {number}"])
    stage.clock.wind(HOUR)
    assert _kinds(stage) == ["sent"]
    assert _kinds(stage) == []
    stage.clock.wind(29 * MINUTE)
    assert _kinds(stage) == []
    stage.clock.wind(2 * MINUTE)
    assert _kinds(stage) == ["sent"]
    assert stage.console() == ["text 0", "text 1"]


def test_threads_that_are_on_time_do_not_wait_for_each_other(stage: Stage) -> None:
    for number in range(3):
        stage.approve(f"entry-{number}", [f"text {number}"])
    assert _kinds(stage) == ["sent"] * 3


# -- what was approved


@pytest.mark.parametrize(
    ("change", "state", "reason"), [("sha256:2", State.HELD, "edited"), ("moved", State.SKIPPED, "moved")]
)
def test_a_change_before_the_first_part_sends_nothing(stage: Stage, change: str, state: State, reason: str) -> None:
    stage.approve()
    stage.digests["launch"] = change
    outcomes = stage.run()
    assert [outcome.needs_person for outcome in outcomes] == [True]
    assert reason in outcomes[0].reason
    assert stage.console() == []
    assert (stage.states()[0] if stage.rows() else State.SKIPPED) is state


def test_a_removed_entry_is_skipped(stage: Stage) -> None:
    stage.approve()
    del stage.entries["launch"]
    outcomes = stage.run()
    assert [(outcome.kind, outcome.needs_person) for outcome in outcomes] == [("skipped", False)]
    assert stage.rows() == []
    assert stage.console() == []


@pytest.mark.parametrize("change", ["edited", "removed", "moved", "unreadable"])
def test_a_change_in_mid_thread_holds_the_rest(online: Stage, server: CompatibleServer, change: str) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        assert _kinds(online) == ["sent", "trouble"]
        if change == "removed":
            del online.entries["launch"]
        else:
            online.digests["launch"] = "moved" if change == "moved" else "sha256:2"
        if change == "unreadable":
            online.problems["launch"] = "calendar.yaml:3: broken"
        online.clock.wind(6 * MINUTE)
        assert _kinds(online) == ["held"]
        assert online.states() == [State.SENT, State.HELD, State.PLANNED]
        assert server.threads() == [[THREAD[0]]]


def test_an_edit_while_the_thread_is_going_out_holds_the_rest(stage: Stage) -> None:
    stage.approve()

    def edit(row: Publication, remote_id: str, url: str) -> None:
        stage.digests["launch"] = "sha256:2"

    outcomes = publish_due(stage.journal, replace(stage.desk(), record=edit), stage.clock)
    assert [outcome.kind for outcome in outcomes] == ["sent", "held"]
    assert stage.console() == [THREAD[0]]


def test_an_approval_that_was_not_sealed_here_sends_nothing(stage: Stage) -> None:
    stage.approve()
    stage.genuine = False
    assert "not made on this machine" in _reasons(stage)
    assert stage.console() == []


def test_a_thread_that_no_longer_fits_is_held_before_its_first_part(stage: Stage) -> None:
    stage.approve(texts=["short", "x" * 60])
    stage.limits = Limits(characters=50)
    assert "part 2 has 60 characters, the server now allows 50" in _reasons(stage)
    assert stage.console() == []


# -- stop, signals, trouble


def test_stop_keeps_everything_planned(stage: Stage) -> None:
    stage.approve()
    stage.journal.note(stopped="for lunch")
    assert _kinds(stage) == []
    assert stage.states() == [State.PLANNED] * 3


def test_an_interrupted_run_ends_after_the_part_in_hand(stage: Stage) -> None:
    stage.approve()
    desk = stage.desk()

    def interrupt_after_the_first(row: Publication, remote_id: str, url: str) -> None:
        stage.interrupted = True

    outcomes = publish_due(stage.journal, replace(desk, record=interrupt_after_the_first), stage.clock)
    assert [outcome.kind for outcome in outcomes] == ["sent"]
    stage.interrupted = False
    assert _kinds(stage) == ["sent"] * 2
    assert stage.console() == list(THREAD)


def test_one_accounts_trouble_does_not_stop_another(stage: Stage) -> None:
    stage.accounts["lost"] = Account(name="lost", platform="mastodon", server="http://127.0.0.1:9")
    stage.approve(accounts=("lost", "mine"))
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["paused", "sent", "sent", "sent"]
    assert stage.states(account="lost") == [State.PLANNED] * 3


def test_a_server_that_cannot_be_reached_is_said_once(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "state", server="http://127.0.0.1:9", token="x")
    stage.approve()
    assert _kinds(stage) == ["trouble"]
    assert _kinds(stage) == []
    assert stage.states() == [State.PLANNED] * 3
    stage.close()


def test_a_revoked_token_pauses_the_account_and_a_new_one_resumes_it(online: Stage, server: CompatibleServer) -> None:
    online.approve()
    server.set_token("another")
    outcomes = online.run()
    assert [(outcome.kind, outcome.needs_person) for outcome in outcomes] == [("paused", True)]
    assert online.journal.account("mine").paused
    assert _kinds(online) == []
    online.token = "another"
    assert _kinds(online) == ["sent"] * 3
    assert not online.journal.account("mine").paused


def test_the_token_of_another_account_sends_nothing(online: Stage) -> None:
    online.accounts["mine"] = Account(name="mine", platform="mastodon", server=online.server, remote_id="somebody-else")
    online.approve()
    assert "logged in as another account" in _reasons(online)
    assert online.states() == [State.PLANNED] * 3


def test_a_clock_far_from_the_servers_sends_nothing(online: Stage, server: CompatibleServer) -> None:
    online.dated = True
    online.clock.wind(-timedelta(minutes=7))
    online.approve()
    assert "clock" in _reasons(online)
    assert server.statuses == []


# -- doubt


def test_a_refused_part_is_held_and_the_thread_stops(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        assert _kinds(online) == ["sent", "held"]
        assert _kinds(online) == []
    assert online.states() == [State.SENT, State.HELD, State.PLANNED]
    assert server.threads() == [[THREAD[0]]]


def test_absence_is_believed_only_after_two_looks_and_the_settle_time(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["drop"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        assert _kinds(online) == ["unknown"]
        assert _kinds(online) == []
        assert _kinds(online) == []
        assert online.states()[0] is State.UNKNOWN
        online.clock.wind(6 * MINUTE)
        assert _kinds(online) == ["held"]
    assert server.statuses == []


def test_a_post_that_appears_late_is_found_at_any_time(online: Stage, server: CompatibleServer) -> None:
    server.set_visible_after(3600)
    with FaultyProxy(server.url, ["close"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["one"])
        assert _kinds(online) == ["unknown"]
        server.set_visible_after(0)
        assert _kinds(online) == ["found"]
    assert len(server.statuses) == 1


def test_the_same_words_in_another_place_are_not_ours(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "drop"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["A question.", "Thanks."])
        assert _kinds(online) == ["sent", "unknown"]
        by_hand = MastodonConnection(online.accounts["mine"], server.token, WatchedSession(server.url))
        by_hand.publish(Message(text="Thanks.", key="by hand"))
        assert _kinds(online) == []
        online.clock.wind(6 * MINUTE)
        assert _kinds(online) == ["held"]
    assert online.rows()[1].remote_id == ""


def test_two_copies_of_a_part_in_doubt_are_reported_and_the_older_is_taken(
    online: Stage, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["drop"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["Hello.", "And more."])
        assert _kinds(online) == ["unknown"]
        late = MastodonConnection(online.accounts["mine"], server.token, WatchedSession(server.url))
        copies = [late.publish(Message(text="Hello.", key="late")) for _ in range(2)]
        outcomes = online.run()
    assert [outcome.kind for outcome in outcomes][:2] == ["found", "doubled"]
    assert outcomes[1].needs_person
    assert outcomes[1].url == copies[1].url
    assert online.rows()[0].remote_id == copies[0].remote_id


def test_a_status_that_the_server_does_not_show_is_not_sent(online: Stage, server: CompatibleServer) -> None:
    server.vanish_next()
    online.approve(texts=["one"])
    assert _kinds(online) == ["unknown"]
    online.clock.wind(6 * MINUTE)
    assert _kinds(online) == []
    assert _kinds(online) == ["held"]


def test_what_looks_published_already_is_held_and_not_sent_again(
    online: Stage, server: CompatibleServer, tmp_path: Path
) -> None:
    elsewhere = Stage(tmp_path / "another machine", server=server.url, token=server.token)
    elsewhere.approve("launch", ["Hello & welcome: https://example.org/"])
    elsewhere.run()
    elsewhere.close()
    online.approve("again", ["Hello &  welcome: https://example.org"])
    assert "looks as if it was published already" in _reasons(online)
    assert len(server.statuses) == 1


def test_a_deleted_parent_holds_the_rest(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        online.run()
        server.delete(server.statuses[0].id)
        online.clock.wind(6 * MINUTE)
        assert "no longer on the network" in _reasons(online)
    assert server.threads() == []


def test_a_program_killed_while_sending_leaves_a_doubt_that_is_looked_for(
    online: Stage, server: CompatibleServer
) -> None:
    online.approve()
    assert online.journal.claim(online.rows()[0], parent="", watermark="") is not None
    online.reopened()
    assert _kinds(online) == ["unknown"]
    online.clock.wind(6 * MINUTE)
    assert _kinds(online) == ["held"]
    assert server.statuses == []


def test_ctrl_c_in_the_middle_of_a_request_leaves_a_doubt(stage: Stage) -> None:
    stage.approve()

    class Interrupting:
        def identity(self) -> object:
            return Identity(remote_id="1", handle="me")

        def limits(self) -> Limits:
            return Limits()

        def recent(self, after: str) -> list[object]:
            return []

        def publish(self, message: object) -> object:
            raise KeyboardInterrupt

        def close(self) -> None:
            pass

    desk = replace(stage.desk(), connect=lambda account: Interrupting())  # type: ignore[arg-type,return-value]
    with pytest.raises(KeyboardInterrupt):
        publish_due(stage.journal, desk, stage.clock)
    assert stage.states()[0] is State.UNKNOWN


def test_a_released_part_is_sent_and_the_thread_goes_on(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["drop"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        online.run()
        online.clock.wind(6 * MINUTE)
        online.run()
        online.clock.wind(MINUTE)
        online.run()
        head = online.rows()[0]
        assert head.state is State.HELD
        online.clock.wind(24 * HOUR)
        online.journal.release(head, "Ana", "looked, not there")
        assert _kinds(online) == ["sent"] * 3
    assert server.threads() == [list(THREAD)]


def test_a_thread_that_stood_still_for_hours_is_not_continued_unasked(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        online.run()
        online.clock.wind(3 * HOUR)
        assert "the thread stopped 2 h ago" in _reasons(online)


def test_a_journal_that_cannot_be_written_sends_nothing(stage: Stage) -> None:
    stage.approve()
    blocker = sqlite3.connect(stage.folder / JOURNAL_NAME, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    stage.journal._db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StateError):
        stage.run()
    blocker.close()
    assert stage.console() == []
