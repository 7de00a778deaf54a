from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from contentkit.errors import Refused, StateError, Unavailable, Uncertain
from contentkit.models import Account, Lateness, Limits
from contentkit.platforms import Identity, Message, Status
from contentkit.platforms.console import ConsoleConnection
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import Marks, check_identity, raise_counter, take_over
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.records import Approval
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.surroundings import Inspection
from contentkit.stamps import stamped_finely
from contentkit.testing.loopback import Answer, LoopbackServer, Reply, Request
from contentkit.views.outcomes import outcome_lines
from tests.publishing.scripted import ScriptedNetwork
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
    ("change", "state", "reason"),
    [
        ("sha256:2", State.HELD, "edited after the approval"),
        ("moved", State.SKIPPED, "moved"),
        ("renders differently: part 2", State.HELD, "renders differently: part 2"),
    ],
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
    assert [(outcome.kind, outcome.needs_person) for outcome in outcomes] == [("skipped", True)]
    assert stage.rows() == []
    assert stage.console() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("edited", "edited after the approval"),
        ("removed", "the entry was removed from the calendar after it had begun"),
        ("moved", "edited after the approval"),
        ("renders differently: part 2", "renders differently: part 2"),
    ],
)
def test_a_change_in_mid_thread_holds_the_rest(
    online: Stage, server: CompatibleServer, change: str, reason: str
) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        assert _kinds(online) == ["sent", "trouble"]
        if change == "removed":
            del online.entries["launch"]
        else:
            online.digests["launch"] = "sha256:2" if change == "edited" else change
        online.clock.wind(6 * MINUTE)
        assert [(outcome.kind, outcome.reason) for outcome in online.run()] == [("held", reason)]
        assert online.states() == [State.SENT, State.HELD, State.PLANNED]
        assert server.threads() == [[THREAD[0]]]


def test_files_that_cannot_be_read_now_are_said_once_and_waited_for(stage: Stage) -> None:
    stage.approve()
    stage.digests["launch"], stage.problems["launch"] = "", "calendar.yaml:3: broken"
    outcomes = stage.run()
    assert [(outcome.kind, outcome.reason) for outcome in outcomes] == [("paused", "calendar.yaml:3: broken")]
    assert stage.run() == []
    assert stage.states() == [State.PLANNED] * 3
    stage.digests["launch"], stage.problems["launch"] = "sha256:1", ""
    assert _kinds(stage) == ["sent"] * 3


def test_files_that_stay_broken_until_it_is_too_late_hold_the_thread(stage: Stage) -> None:
    stage.approve()
    stage.digests["launch"], stage.problems["launch"] = "", "calendar.yaml:3: broken"
    stage.run()
    stage.clock.wind(7 * HOUR)
    assert "missed" in _reasons(stage)


def test_an_edit_while_the_thread_is_going_out_holds_the_rest(stage: Stage) -> None:
    stage.approve()

    def edit(row: Publication, remote_id: str, url: str) -> None:
        stage.digests["launch"] = "sha256:2"

    outcomes = publish_due(stage.journal, replace(stage.surroundings(), record=edit), stage.clock)
    assert [outcome.kind for outcome in outcomes] == ["sent", "held"]
    assert stage.console() == [THREAD[0]]


def test_an_approval_that_was_not_sealed_here_sends_nothing(stage: Stage) -> None:
    stage.approve()
    stage.doubt = "the approval was not made on this machine"
    assert "not made on this machine" in _reasons(stage)
    assert stage.console() == []


def test_a_thread_that_no_longer_fits_is_held_before_its_first_part(stage: Stage) -> None:
    stage.approve(texts=["short", "x" * 60])
    stage.limits = Limits(characters=50)
    assert "part 2: has 60 characters, the server now allows 50" in _reasons(stage)
    assert stage.console() == []


# -- stop, signals, trouble


def test_stop_keeps_everything_planned(stage: Stage) -> None:
    stage.approve()
    stage.journal.note({Fact.STOPPED: "for lunch"})
    assert _kinds(stage) == []
    assert stage.states() == [State.PLANNED] * 3


def test_an_interrupted_run_ends_after_the_part_in_hand(stage: Stage) -> None:
    stage.approve()
    surroundings = stage.surroundings()

    def interrupt_after_the_first(row: Publication, remote_id: str, url: str) -> None:
        stage.interrupted = True

    outcomes = publish_due(stage.journal, replace(surroundings, record=interrupt_after_the_first), stage.clock)
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
    assert online.journal.accounts.known("mine").paused
    assert _kinds(online) == []
    online.token = "another"
    assert _kinds(online) == ["sent"] * 3
    assert not online.journal.accounts.known("mine").paused


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
        sent, held = online.run()
        assert (sent.kind, sent.live, held.kind, held.live) == ("sent", "", "held", sent.url)
        assert outcome_lines([held])[0].endswith(f"\n    1 of 3 out: {sent.url}")
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
        assert _kinds(online) == [], "the network may not know it for a moment"
        online.clock.wind(5 * MINUTE)
        assert "no longer on the network" in _reasons(online)
    assert server.threads() == []


def test_a_deleted_parent_holds_the_rest_though_the_clock_was_ahead_when_it_was_sent(
    online: Stage, server: CompatibleServer
) -> None:
    right = online.clock.now()
    online.approve(at=right)
    online.clock.set_wall_clock(right + timedelta(hours=1))
    stopping = replace(online.surroundings(), interrupted=lambda: bool(server.statuses))
    publish_due(online.journal, stopping, online.clock)
    server.delete(server.statuses[0].id)
    online.clock.set_wall_clock(right)
    assert _kinds(online) == [], "the network may not know it for a moment"
    online.clock.wind(3 * MINUTE)
    assert "no longer on the network" in _reasons(online)


def test_a_part_whose_words_somebody_posted_elsewhere_since_is_left_to_a_person(
    online: Stage, server: CompatibleServer
) -> None:
    online.approve(texts=["A question.", "An answer."])
    publish_due(online.journal, replace(online.surroundings(), interrupted=lambda: bool(server.statuses)), online.clock)
    by_hand = MastodonConnection(online.accounts["mine"], server.token, WatchedSession(server.url))
    elsewhere = by_hand.publish(Message(text="An answer.", key="by hand"))
    assert f"looks as if it was published already: {elsewhere.url}" in _reasons(online)
    online.journal.publications.release(online.rows()[1], "Ana", "that is another one")
    assert _kinds(online) == ["sent"]
    assert server.threads() == [["A question.", "An answer."], ["An answer."]]


def test_a_program_killed_while_sending_leaves_a_doubt_that_is_looked_for(
    online: Stage, server: CompatibleServer
) -> None:
    online.approve()
    assert online.journal.publications.claim(online.rows()[0], parent="", watermark="") is not None
    online.reopened()
    assert _kinds(online) == ["unknown"]
    online.clock.wind(6 * MINUTE)
    assert _kinds(online) == ["held"]
    assert server.statuses == []


def test_ctrl_c_in_the_middle_of_a_request_leaves_a_doubt(stage: Stage) -> None:
    stage.approve()

    class Interrupting(ScriptedNetwork):
        def identity(self) -> Identity:
            return Identity(remote_id="mine", handle="me")

        def publish(self, message: Message) -> Status:
            raise KeyboardInterrupt

    surroundings = replace(stage.surroundings(), connect=lambda account: Interrupting())
    with pytest.raises(KeyboardInterrupt):
        publish_due(stage.journal, surroundings, stage.clock)
    assert stage.states()[0] is State.UNKNOWN
    assert _kinds(stage) == ["unknown"], "the interrupted run could not say it"


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
        online.journal.publications.release(head, "Ana", "looked, not there")
        assert _kinds(online) == ["sent"] * 3
    assert server.threads() == [list(THREAD)]


def test_a_thread_that_stood_still_for_hours_is_not_continued_unasked(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        online.run()
        online.clock.wind(3 * HOUR)
        assert "the thread stopped 2 h ago" in _reasons(online)


@pytest.mark.sqlite
def test_a_journal_that_cannot_be_written_sends_nothing(stage: Stage) -> None:
    stage.approve()
    blocker = sqlite3.connect(stage.folder / JOURNAL_NAME, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    stage.journal._db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StateError):
        stage.run()
    blocker.close()
    assert stage.console() == []


# -- what a run leaves behind


def test_what_a_dead_run_left_unsaid_is_said_by_the_next_one(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["refuse"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["one"])
        publish_due(online.journal, online.surroundings(), online.clock)
    assert _kinds(online) == ["held"]
    assert _kinds(online) == []


def test_a_fault_of_ours_on_one_account_does_not_stop_another(stage: Stage) -> None:
    stage.approve(accounts=("broken", "mine"))

    def connect(account: Account) -> ConsoleConnection:
        if account.name == "broken":
            raise ZeroDivisionError("a fault")
        return ConsoleConnection(account, stage.folder / "mine.jsonl")

    outcomes = publish_due(stage.journal, replace(stage.surroundings(), connect=connect), stage.clock)
    assert [outcome.kind for outcome in outcomes] == ["fault", "sent", "sent", "sent"]
    assert "ZeroDivisionError: a fault" in outcomes[0].reason


def test_a_fault_of_ours_in_one_thread_does_not_stop_the_next(stage: Stage) -> None:
    stage.approve("first", ["one"])
    stage.approve("second", ["two"])
    surroundings = stage.surroundings()

    def inspect(entry: str, approval: Approval) -> Inspection:
        if entry == "first":
            raise ZeroDivisionError("a fault")
        return surroundings.inspect(entry, approval)

    outcomes = publish_due(stage.journal, replace(surroundings, inspect=inspect), stage.clock)
    assert [(outcome.kind, outcome.entry) for outcome in outcomes] == [("fault", ""), ("sent", "second")]


def test_after_a_fault_while_a_connection_is_checked_nothing_is_sent_over_it(stage: Stage) -> None:
    class Odd(ScriptedNetwork):
        def identity(self) -> Identity:
            raise OverflowError("an odd date")

    network = Odd()
    stage.connect = lambda account: network
    stage.approve("first", ["one"])
    stage.approve("second", ["two"])
    assert _kinds(stage) == ["fault", "fault"]
    assert network.asked == []


def test_a_doubt_that_cannot_be_looked_for_does_not_stop_the_next_thread(stage: Stage) -> None:
    class Poisoned(ScriptedNetwork):
        def recent(self, after: str) -> list[Status]:
            if after == "1":
                raise Unavailable("net: since_id is invalid (HTTP 400)")
            return super().recent(after)

    network = Poisoned()
    stage.connect = lambda account: network
    stage.approve("before", ["zero"])
    stage.run()
    network.creates = [Uncertain("net: no answer in time")]
    stage.approve("doubtful", ["one"])
    stage.run()
    stage.approve("second", ["two"])
    assert _kinds(stage) == ["trouble", "sent"]


def test_a_new_parent_that_is_not_shown_for_a_moment_does_not_end_its_thread(stage: Stage) -> None:
    class Flapping(ScriptedNetwork):
        def find(self, remote_id: str) -> Status | None:
            self.looks = getattr(self, "looks", 0) + 1
            return None if self.looks in (2, 3) else super().find(remote_id)

    network = Flapping()
    network.creates = [None, Unavailable("net: asks us to slow down", wait=MINUTE)]
    stage.connect = lambda account: network
    stage.approve(texts=["one", "two"])
    for _ in range(6):
        stage.run()
        stage.clock.wind(MINUTE)
    assert stage.states() == [State.SENT, State.SENT]


def test_an_approval_given_during_a_run_does_not_end_it(stage: Stage) -> None:
    stage.approve("one", ["first"])
    stage.approve("two", ["second"])

    def approve_anew(row: Publication, remote_id: str, url: str) -> None:
        if row.entry == "one":
            stage.approve("two", ["zweite"], digest="sha256:2")

    outcomes = publish_due(stage.journal, replace(stage.surroundings(), record=approve_anew), stage.clock)
    assert [outcome.text for outcome in outcomes] == ["first", "zweite"]


def test_trouble_with_one_status_is_said_once_and_stops_only_its_thread(
    online: Stage, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve("a", ["a one", "a two"])
        online.run()
    first = server.statuses[0].id

    def unreadable(request: Request) -> bool:
        return request.method == "GET" and request.path == f"/api/v1/statuses/{first}"

    with FaultyProxy(server.url, ["html_ok"] * 9, matches=unreadable) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.clock.wind(6 * MINUTE)
        online.approve("b", ["b one"])
        assert _kinds(online) == ["sent"], "the account's trouble began before, and was said then"
        assert "does not show a status" in online.journal.accounts.known("mine").trouble
        assert _kinds(online) == []


# -- copies that are there already


def test_a_part_that_arrived_late_is_taken_for_sent_and_not_sent_again(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["pass", "drop"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve()
        online.run()
        online.clock.wind(6 * MINUTE)
        online.run()
        online.run()
        assert online.states()[1] is State.HELD
        late = MastodonConnection(online.accounts["mine"], server.token, WatchedSession(server.url))
        late.publish(Message(text=THREAD[1], key="late", parent=server.statuses[0].id))
        online.journal.publications.release(online.rows()[1], "Ana", "looked, not there")
        assert _kinds(online) == ["found", "sent"]
    assert server.threads() == [list(THREAD)]


@pytest.mark.sqlite
def test_a_journal_restored_within_a_thread_adopts_what_is_out(online: Stage, server: CompatibleServer) -> None:
    online.approve()
    copy = online.folder / "copy"

    def snapshot(row: Publication, remote_id: str, url: str) -> None:
        if row.part == 0:
            shutil.copy(online.folder / JOURNAL_NAME, copy)

    publish_due(online.journal, replace(online.surroundings(), record=snapshot), online.clock)
    online.journal.close()
    shutil.copy(copy, online.folder / JOURNAL_NAME)
    online.reopened()
    assert _kinds(online) == ["found", "found"]
    assert server.threads() == [list(THREAD)]


def test_a_person_who_saw_the_lookalike_may_send_the_part_all_the_same(online: Stage, server: CompatibleServer) -> None:
    by_hand = MastodonConnection(
        Account(name="x", platform="mastodon", server=server.url), server.token, WatchedSession(server.url)
    )
    by_hand.publish(Message(text="Good morning.", key="by hand"))
    online.approve(texts=["Good morning."])
    assert _kinds(online) == ["held"]
    online.journal.publications.release(online.rows()[0], "Ana", "that was yesterday's")
    assert _kinds(online) == ["sent"]
    assert len(server.statuses) == 2


def _forwarded(url: str, request: Request) -> Answer:
    headers = {name: value for name, value in request.headers if name.lower() not in ("host", "content-length")}
    response = requests.request(request.method, url + request.target, headers=headers, data=request.body, timeout=5)
    return Answer(status=response.status_code, body=response.content)


def test_an_answer_that_repeats_another_statuss_id_is_no_confirmation(tmp_path: Path) -> None:
    with CompatibleServer() as server:
        first = ""

        def repeats(request: Request) -> Reply:
            if request.method == "POST" and first:
                return Answer(status=200, body=json.dumps({"id": first}).encode())
            return _forwarded(server.url, request)

        with LoopbackServer(repeats) as cache:
            stage = Stage(tmp_path / "cached", server=cache.url, token=server.token)
            stage.approve(texts=["one", "two"])

            def remember(row: Publication, remote_id: str, url: str) -> None:
                nonlocal first
                first = remote_id

            outcomes = publish_due(stage.journal, replace(stage.surroundings(), record=remember), stage.clock)
            assert [outcome.kind for outcome in outcomes] == ["sent", "unknown"]
            stage.close()


def test_the_words_behind_a_receipt_are_looked_at_before_anything_replies_to_them(
    online: Stage, server: CompatibleServer
) -> None:
    other = MastodonConnection(
        Account(name="x", platform="mastodon", server=server.url), server.token, WatchedSession(server.url)
    )
    status = other.publish(Message(text="Something else entirely.", key="x"))
    online.approve(sent={0: (status.remote_id, status.url)})
    assert "other words on the network" in _reasons(online)
    assert len(server.statuses) == 1


# -- what a lost journal may have published


def _after_a_loss(online: Stage, server: CompatibleServer, *, replies: int) -> None:
    """The thread is out, so many posts came after it, and the journal that knew of it is lost."""
    _published_elsewhere(server)
    by_hand = MastodonConnection(online.accounts["mine"], server.token, WatchedSession(server.url))
    for number in range(replies):
        by_hand.publish(Message(text=f"Thank you, {number}!", key=f"thanks {number}"))


def test_a_thread_that_a_lost_journal_published_is_found_behind_many_later_posts(
    online: Stage, server: CompatibleServer
) -> None:
    online.approve(at=online.clock.now() + HOUR)
    _after_a_loss(online, server, replies=45)
    online.clock.wind(HOUR)
    assert "looks as if it was published already" in _reasons(online)
    assert server.threads()[0] == list(THREAD)
    assert len(server.statuses) == 48


def test_a_thread_is_known_by_its_later_parts_when_its_first_is_gone(online: Stage, server: CompatibleServer) -> None:
    online.approve()
    sent = _published_elsewhere(server)
    server.delete(sent[0][0])
    assert "looks as if it was published already" in _reasons(online)


def test_after_a_takeover_each_thread_that_may_be_out_is_looked_for(online: Stage, server: CompatibleServer) -> None:
    online.approve("new", ["Something new."])
    assert _kinds(online) == ["sent"]
    online.journal.note({Fact.TAKEN_OVER: stamped_finely(online.clock.now())})
    _after_a_loss(online, server, replies=41)
    online.approve()
    assert "looks as if it was published already" in _reasons(online)


def _restored_after_it_was_out(online: Stage) -> None:
    """The thread is out; then the journal from before it went out is put back, and taken over."""
    journal, copy = online.folder / JOURNAL_NAME, online.folder / "copy"
    online.approve()
    shutil.copy(journal, copy)
    assert _kinds(online) == ["sent"] * 3
    online.journal.close()
    shutil.copy(copy, journal)
    online.clock.wind(MINUTE)
    assert take_over(online.folder, online.reopened(), "this-machine", online.clock.now()) == 1


@pytest.mark.sqlite
def test_what_an_old_journal_had_planned_is_asked_about_when_the_network_no_longer_has_it(
    online: Stage, server: CompatibleServer
) -> None:
    _restored_after_it_was_out(online)
    first, second, third = (status.id for status in server.statuses)
    server.delete(third)
    online.journal.publications.confirm(online.rows()[0], first, "", "Ana: found it")
    assert "the journal was lost, copied or restored" in _reasons(online)
    assert [row.remote_id for row in online.rows()] == [first, second, ""]
    assert server.threads() == [list(THREAD[:2])]
    online.journal.publications.release(online.rows()[2], "Ana", "looked: it is not there")
    assert _kinds(online) == ["sent"]


@pytest.mark.sqlite
def test_a_person_who_sends_a_part_again_after_a_takeover_speaks_for_what_follows(
    online: Stage, server: CompatibleServer
) -> None:
    _restored_after_it_was_out(online)
    for status in list(server.statuses):
        server.delete(status.id)
    online.journal.publications.release(online.rows()[0], "Ana", "looked: it is not there")
    with FaultyProxy(server.url, ["pass", "too_many"]) as proxy:
        online.accounts["mine"] = replace(online.accounts["mine"], server=proxy.url)
        assert _kinds(online)[0] == "sent"
    online.clock.wind(HOUR)
    online.accounts["mine"] = replace(online.accounts["mine"], server=server.url)
    assert _kinds(online) == ["sent"] * 2


def test_a_network_that_cannot_look_back_holds_what_may_be_out(stage: Stage) -> None:
    class Shortsighted(ConsoleConnection):
        def since(self, moment: datetime) -> list[Status]:
            raise Refused("there are more than 1000 posts since then")

    stage.connect = lambda account: Shortsighted(account, stage.folder / "mine.jsonl")
    stage.approve(texts=["one"])
    assert "may be published already, and nobody can tell: there are more than 1000 posts" in _reasons(stage)
    stage.journal.publications.release(stage.rows()[0], "Ana", "looked: it is not there")
    assert _kinds(stage) == ["sent"]


# -- what only receipts say


def _published_elsewhere(server: CompatibleServer) -> dict[int, tuple[str, str]]:
    """The thread as another machine published it: the ids and addresses that its receipts tell."""
    other = MastodonConnection(
        Account(name="x", platform="mastodon", server=server.url), server.token, WatchedSession(server.url)
    )
    sent: dict[int, tuple[str, str]] = {}
    for number, text in enumerate(THREAD):
        parent = sent[number - 1][0] if number else ""
        status = other.publish(Message(text=text, key=f"x{number}", parent=parent))
        sent[number] = (status.remote_id, status.url)
    return sent


def test_a_thread_that_is_out_by_its_receipts_alone_is_looked_at_once(online: Stage, server: CompatibleServer) -> None:
    online.approve(sent=_published_elsewhere(server), at=online.clock.now() + HOUR)
    assert online.journal.claims.exist()
    assert _kinds(online) == []
    assert (online.states(), online.journal.claims.exist()) == ([State.SENT] * 3, False)
    server.set_token("another")
    assert _kinds(online) == []


def test_a_thread_that_receipts_claim_and_nobody_published_is_held_part_by_part(
    online: Stage, server: CompatibleServer
) -> None:
    online.approve(sent={part: (f"9{part}", f"https://x/9{part}") for part in range(3)})
    outcomes = online.run()
    gone = "receipts.jsonl says that it is out, but part 1 is no longer on the network: https://x/90"
    assert [(one.kind, one.part, one.reason) for one in outcomes] == [("held", part, gone) for part in range(3)]
    assert online.states() == [State.HELD] * 3
    assert _kinds(online) == []
    online.journal.publications.release(online.rows()[0], "Ana", "looked: it is not there")
    assert _kinds(online) == ["sent"]
    assert online.states() == [State.SENT, State.HELD, State.HELD]


def test_only_what_is_not_there_is_held_of_what_receipts_claim(online: Stage, server: CompatibleServer) -> None:
    sent = _published_elsewhere(server)
    server.delete(sent[1][0])
    online.approve(sent=sent)
    assert _kinds(online) == ["held", "held"]
    assert online.states() == [State.SENT, State.HELD, State.HELD]


def test_receipts_are_believed_no_sooner_than_the_network_can_be_asked(online: Stage, server: CompatibleServer) -> None:
    online.approve(sent=_published_elsewhere(server))
    server.set_token("another")
    assert _kinds(online) == ["paused"]
    assert online.journal.claims.exist()
    online.token = "another"
    assert _kinds(online) == []
    assert not online.journal.claims.exist()


# -- waiting


def test_what_waits_for_another_entry_does_not_wait_for_ever(stage: Stage) -> None:
    stage.approve("second", ["two"], after="first")
    stage.clock.wind(7 * HOUR)
    assert "missed" in _reasons(stage)


def test_a_late_thread_on_a_busy_account_is_held_in_the_end(stage: Stage) -> None:
    stage.approve("late", ["late"], late=Lateness(within=HOUR))
    stage.clock.wind(HOUR + MINUTE)
    stage.approve("busy", ["busy"])
    assert sorted(_kinds(stage)) == ["held", "sent"]


def test_a_part_released_long_before_its_time_goes_out_at_its_time(stage: Stage) -> None:
    stage.approve(texts=["one"], at=stage.clock.now() + 100 * HOUR)
    stage.journal.publications.hold(stage.rows()[0], "the journal was lost")
    stage.journal.publications.release(stage.rows()[0], "Ana", "fine")
    stage.clock.wind(100 * HOUR)
    assert _kinds(stage) == ["sent"]


def test_a_wrong_clock_holds_nothing(online: Stage, server: CompatibleServer) -> None:
    online.dated = True
    online.approve(texts=["one"])
    online.clock.wind(365 * 24 * HOUR)
    assert "clock" in _reasons(online)
    assert online.states() == [State.PLANNED]


@pytest.mark.sqlite
def test_a_copy_of_the_journal_from_within_a_run_is_recognised(stage: Stage) -> None:
    check_identity(stage.folder, stage.journal, "this-machine")
    stage.approve(texts=["one", "two"])
    raise_counter(stage.folder, stage.journal)
    copy = stage.folder / "copy"
    shutil.copy(stage.folder / JOURNAL_NAME, copy)
    publish_due(
        stage.journal,
        replace(stage.surroundings(), mark=Marks(stage.folder, stage.journal).mark),
        stage.clock,
    )
    stage.journal.close()
    shutil.copy(copy, stage.folder / JOURNAL_NAME)
    with pytest.raises(StateError, match="restored"):
        check_identity(stage.folder, stage.reopened(), "this-machine")


def test_a_state_folder_that_cannot_be_written_sends_nothing_and_leaves_no_doubt(stage: Stage) -> None:
    stage.approve(texts=["one"])

    def full() -> None:
        raise StateError("no space left", hint="make room")

    with pytest.raises(StateError):
        publish_due(stage.journal, replace(stage.surroundings(), mark=full), stage.clock)
    assert stage.states() == [State.PLANNED]
    assert stage.console() == []


def test_several_lookalikes_are_asked_about_once(online: Stage, server: CompatibleServer) -> None:
    by_hand = MastodonConnection(
        Account(name="x", platform="mastodon", server=server.url), server.token, WatchedSession(server.url)
    )
    for number in range(2):
        by_hand.publish(Message(text="Good morning.", key=str(number)))
    online.approve(texts=["Good morning."])
    assert _kinds(online) == ["held"]
    online.journal.publications.release(online.rows()[0], "Ana", "those were other mornings")
    assert _kinds(online) == ["sent"]
    assert len(server.statuses) == 3


def test_an_answer_with_the_id_of_an_older_post_is_no_confirmation(tmp_path: Path) -> None:
    with CompatibleServer() as server:
        account = Account(name="x", platform="mastodon", server=server.url)
        lunch = MastodonConnection(account, server.token, WatchedSession(server.url)).publish(
            Message(text="Lunch.", key="x")
        )

        def repeats(request: Request) -> Reply:
            if request.method == "POST":
                return Answer(status=200, body=json.dumps({"id": lunch.remote_id}).encode())
            return _forwarded(server.url, request)

        with LoopbackServer(repeats) as cache:
            stage = Stage(tmp_path / "cached", server=cache.url, token=server.token)
            stage.approve(texts=["one"])
            assert _kinds(stage) == ["unknown"]
            stage.close()


def test_a_double_of_an_early_part_is_reported_when_the_last_is_found_later(
    online: Stage, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["double", "close"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["one", "two"])
        server.set_visible_after(0)
        assert sorted(_kinds(online)) == ["doubled", "found", "sent"]
        assert _kinds(online) == []


class _NeighbourWithoutWords(ScriptedNetwork):
    """Somebody posts by hand right after each post, and the exact words of a status cannot be read."""

    def publish(self, message: Message) -> Status:
        status = super().publish(message)
        super().publish(replace(message, text=f"by hand after: {message.text}"))
        return status

    def words(self, remote_id: str) -> str | None:
        raise Unavailable("cannot be read now")


def test_doubles_that_cannot_be_looked_for_now_are_no_fault_of_the_program(stage: Stage) -> None:
    network = _NeighbourWithoutWords()
    stage.connect = lambda account: network
    stage.approve(texts=["one"])
    assert _kinds(stage) == ["sent"]


def test_trouble_that_lasts_is_told_even_when_it_began_as_passing(online: Stage, server: CompatibleServer) -> None:
    online.accounts["mine"] = Account(name="mine", platform="mastodon", server="http://127.0.0.1:9")
    online.approve(texts=["one"])
    assert _kinds(online) == ["trouble"]
    online.accounts["mine"] = Account(name="mine", platform="mastodon", server=server.url)
    server.set_token("another")
    assert _kinds(online) == ["paused"]
    assert _kinds(online) == []


def test_a_reply_that_the_server_made_a_root_is_no_confirmation(tmp_path: Path) -> None:
    with CompatibleServer() as server:

        def forgets_the_parent(request: Request) -> Reply:
            if request.method != "POST":
                return _forwarded(server.url, request)
            answer = _forwarded(server.url, replace(request, body=re.sub(rb"&?in_reply_to_id=\w+", b"", request.body)))
            told = json.loads(answer.body)
            del told["in_reply_to_id"]
            return replace(answer, body=json.dumps(told).encode())

        with LoopbackServer(forgets_the_parent) as forgetful:
            stage = Stage(tmp_path / "forgetful", server=forgetful.url, token=server.token)
            stage.approve(texts=["one", "two", "three"])
            assert _kinds(stage) == ["sent", "unknown"]
            stage.close()
        assert [status.text for status in server.statuses] == ["one", "two"]


def test_a_double_is_reported_also_when_the_thread_ends_in_a_later_run(online: Stage, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["double", "close"]) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve(texts=["one", "two"])

        def hide(row: Publication, remote_id: str, url: str) -> None:
            server.set_visible_after(3600)

        outcomes = publish_due(online.journal, replace(online.surroundings(), record=hide), online.clock)
        assert [outcome.kind for outcome in outcomes] == ["sent", "unknown"]
        server.set_visible_after(0)
        assert sorted(_kinds(online)) == ["doubled", "found"]


def test_nothing_replies_to_a_strangers_post(stage: Stage) -> None:
    class Strange(ConsoleConnection):
        def find(self, remote_id: str) -> Status | None:
            return Status(remote_id=remote_id, url="", text=THREAD[0], author="somebody else")

    stage.approve(sent={0: ("9", "https://x/9")})
    connect = replace(stage.surroundings(), connect=lambda account: Strange(account, stage.folder / "mine.jsonl"))
    outcomes = publish_due(stage.journal, connect, stage.clock)
    assert [(outcome.kind, outcome.reason) for outcome in outcomes] == [
        ("held", "receipts.jsonl says that it is out, but part 1 is somebody else's post: https://x/9")
    ]


def test_a_rate_limit_while_looking_stops_the_whole_account(online: Stage, server: CompatibleServer) -> None:
    def listing(request: Request) -> bool:
        return request.method == "GET" and request.path.endswith("/statuses")

    with FaultyProxy(server.url, ["too_many"], matches=listing) as proxy:
        online.accounts["mine"] = Account(name="mine", platform="mastodon", server=proxy.url)
        online.approve("a", ["one"])
        online.approve("b", ["two"])
        assert _kinds(online) == ["trouble"]
    assert server.statuses == []
