"""Changing what is out: edited, deleted, replaced; whatever the network answers, and whoever did something there by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from contentkit.errors import PlatformError, Refused, StateError, Unavailable, Uncertain
from contentkit.models import Account
from contentkit.platforms import Message, Status
from contentkit.publishing.facts import Fact
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_due, publish_entry
from tests.publishing.changes import corrected, described, open_changes, published, replaced, retracted
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.stage import Stage

TEXTS = ("one", "two", "three")
UNKNOWN = Uncertain("no answer")


@pytest.fixture
def network(stage: Stage) -> ScriptedNetwork:
    """A thread of three on a network in memory, half an hour ago."""
    network = ScriptedNetwork()
    stage.accounts["mine"] = Account(name="mine", platform="console")
    stage.connect = lambda account: network
    published(stage, *TEXTS, media={0: "A grey square"})
    stage.clock.wind(timedelta(minutes=30))
    network.asked.clear()
    return network


def _texts(network: ScriptedNetwork) -> list[str]:
    return [one.text for one in network.statuses]


def _kinds(outcomes: list[Outcome]) -> list[tuple[str, int]]:
    return [(one.kind, one.part) for one in outcomes]


def _later(stage: Stage, runs: int) -> list[tuple[str, int]]:
    """So many runs, three minutes apart; what was said."""
    said: list[tuple[str, int]] = []
    for _ in range(runs):
        stage.clock.wind(timedelta(minutes=3))
        stage.reopened()
        said += _kinds(stage.run())
    return said


# -- editing


def test_an_edited_part_keeps_its_place_and_gets_its_words(stage: Stage, network: ScriptedNetwork) -> None:
    before = network.statuses[1]
    corrected(stage, {1: "zwei"})
    assert _kinds(stage.run()) == [("edited", 1)]
    after = network.statuses[1]
    assert (after.text, after.remote_id, after.parent) == ("zwei", before.remote_id, before.parent)
    assert [row.text for row in stage.rows()] == ["one", "zwei", "three"]
    assert stage.receipts[-1] == ("launch", "mine", 1, before.remote_id)
    assert (stage.run(), network.asked) == ([], ["edit 2 zwei"])


def test_a_correction_of_several_parts_begins_with_the_first(stage: Stage, network: ScriptedNetwork) -> None:
    corrected(stage, {2: "drei", 0: "eins"})
    assert _kinds(stage.run()) == [("edited", 0), ("edited", 2)]
    assert _texts(network) == ["eins", "two", "drei"]


@pytest.mark.parametrize("warning", ["politics", ""])
def test_a_content_warning_alone_is_a_change(stage: Stage, network: ScriptedNetwork, warning: str) -> None:
    corrected(stage, {1: "two"}, warning="food")
    stage.run()
    assert network.statuses[1].warning == "food"
    corrected(stage, {1: "two"}, warning=warning, digest="sha256:3")
    assert _kinds(stage.run()) == [("edited", 1)]
    assert network.statuses[1].warning == warning


def test_an_alt_text_alone_is_a_change(stage: Stage, network: ScriptedNetwork) -> None:
    described(stage, 0, "A dark square")
    assert _kinds(stage.run()) == [("edited", 0)]
    assert network.statuses[0].alts == ("A dark square",)
    assert [one.alt for one in stage.rows()[0].media] == ["A dark square"]


class DeafToLanguages(ScriptedNetwork):
    """Edits leave the language as it was."""

    def edit(self, remote_id: str, message: Message, alts: Sequence[str]) -> Status:
        return super().edit(remote_id, replace(message, language="en"), alts)


@pytest.mark.parametrize(("text", "expected"), [("uno", "edited"), ("one", "unknown")])
def test_a_language_that_stays_matters_only_where_nothing_else_changes(stage: Stage, text: str, expected: str) -> None:
    network = DeafToLanguages()
    stage.connect = lambda account: network
    stage.accounts["mine"] = Account(name="mine", platform="console")
    published(stage, "one")
    corrected(stage, {0: text}, language="es")
    assert _kinds(stage.run()) == [(expected, 0)]


def test_what_only_a_network_would_change_is_corrected_all_the_same(stage: Stage, network: ScriptedNetwork) -> None:
    """Two texts that differ in what networks do to spaces cannot be told apart by looking: it is asked for."""
    corrected(stage, {1: "two\n"})
    assert _kinds(stage.run()) == [("edited", 1)]
    assert network.statuses[1].text == "two\n"


def test_what_is_there_already_is_not_asked_for(stage: Stage, network: ScriptedNetwork) -> None:
    network.statuses[1] = replace(network.statuses[1], text="zwei")
    corrected(stage, {1: "zwei"})
    assert _kinds(stage.run()) == [("edited", 1)]
    assert network.asked == []


def test_what_was_edited_there_by_hand_is_left_until_a_person_says_so(stage: Stage, network: ScriptedNetwork) -> None:
    network.statuses[1] = replace(network.statuses[1], text="somebody else's words")
    corrected(stage, {1: "zwei"})
    [outcome] = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "it was edited there by hand: net://2")
    assert (network.asked, _later(stage, 3)) == ([], [])
    [held] = stage.journal.amendments.open()
    stage.journal.amendments.release(held, "Ana", "ours is right")
    assert _later(stage, 1) == [("edited", 1)]
    assert network.statuses[1].text == "zwei"


def test_what_is_no_longer_there_cannot_be_corrected(stage: Stage, network: ScriptedNetwork) -> None:
    del network.statuses[2]
    corrected(stage, {2: "drei"})
    [outcome] = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "it is no longer on the network: net://3")


@pytest.mark.parametrize("kind", [corrected, replaced])
def test_somebody_elses_post_is_never_touched(stage: Stage, network: ScriptedNetwork, kind: object) -> None:
    network.statuses[2] = replace(network.statuses[2], author="another")
    corrected(stage, {2: "drei"}) if kind is corrected else replaced(stage, {2: "drei"})
    [outcome] = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "this is somebody else's post: net://3")
    assert network.asked == []


# -- approval


def test_files_that_changed_since_hold_a_correction(stage: Stage, network: ScriptedNetwork) -> None:
    corrected(stage, {1: "zwei"})
    stage.digests["launch"] = "sha256:3"
    [outcome] = stage.run()
    assert (outcome.kind, outcome.reason) == ("held", "edited after the approval")
    assert network.asked == []


def test_an_approval_that_does_not_count_holds_a_correction(stage: Stage, network: ScriptedNetwork) -> None:
    corrected(stage, {1: "zwei"})
    stage.doubt = "Ana took it back"
    [outcome] = stage.run()
    assert (outcome.kind, outcome.reason, network.asked) == ("held", "Ana took it back", [])


def test_files_that_cannot_be_read_make_it_wait_and_that_is_said_once(stage: Stage, network: ScriptedNetwork) -> None:
    corrected(stage, {1: "zwei"})
    stage.problems["launch"] = "drafts/launch.md: is in conflict"
    stage.digests["launch"] = ""
    assert _kinds(stage.run()) == [("paused", 1)]
    assert _later(stage, 3) == []
    stage.problems.clear()
    stage.digests["launch"] = "sha256:2"
    assert _later(stage, 1) == [("edited", 1)]
    assert network.statuses[1].text == "zwei"


def test_a_deletion_needs_no_files(stage: Stage, network: ScriptedNetwork) -> None:
    del stage.entries["launch"]
    stage.doubt = "nothing counts here"
    retracted(stage, 1)
    assert _kinds(stage.run()) == [("deleted", 2), ("deleted", 1)]
    assert _texts(network) == ["one"]


def test_while_publishing_is_stopped_nothing_is_changed(stage: Stage, network: ScriptedNetwork) -> None:
    retracted(stage)
    stage.journal.note({Fact.STOPPED: "now"})
    assert (stage.run(), network.asked) == ([], [])
    stage.journal.note({Fact.STOPPED: ""})
    assert len(stage.run()) == 3


# -- deleting


def test_a_thread_is_deleted_children_first(stage: Stage, network: ScriptedNetwork) -> None:
    retracted(stage)
    stage.run()
    assert network.asked == ["delete 3", "delete 2", "delete 1"]
    assert (_texts(network), stage.rows(), open_changes(stage)) == ([], [], [])
    assert [part for _, _, part, _ in stage.receipts[-3:]] == [2, 1, 0]


def test_what_is_gone_already_needs_no_request(stage: Stage, network: ScriptedNetwork) -> None:
    network.statuses.clear()
    retracted(stage)
    assert _kinds(stage.run()) == [("deleted", 2), ("deleted", 1), ("deleted", 0)]
    assert network.asked == []


class Hiding(ScriptedNetwork):
    """Does not show what it has, once ``hides`` is set."""

    hides = False

    def find(self, remote_id: str) -> Status | None:
        return None if self.hides else super().find(remote_id)


def test_a_new_part_that_is_not_shown_is_not_taken_for_gone(stage: Stage) -> None:
    network = Hiding()
    stage.connect = lambda account: network
    stage.accounts["mine"] = Account(name="mine", platform="console")
    published(stage, "one")
    network.hides = True
    retracted(stage)
    assert _kinds(stage.run()) == [("deleted", 0)]
    assert network.statuses == []


def test_a_new_part_that_is_not_shown_is_not_edited_yet(stage: Stage) -> None:
    network = Hiding()
    stage.connect = lambda account: network
    stage.accounts["mine"] = Account(name="mine", platform="console")
    published(stage, "one")
    network.hides = True
    corrected(stage, {0: "uno"})
    assert (stage.run(), open_changes(stage)) == ([], [(0, State.PLANNED)])
    network.hides = False
    assert _later(stage, 1) == [("edited", 0)]


def test_a_lost_deletion_of_a_new_part_is_asked_for_again(stage: Stage) -> None:
    network = Hiding()
    stage.connect = lambda account: network
    stage.accounts["mine"] = Account(name="mine", platform="console")
    published(stage, "one")
    network.hides, network.changes, network.arrives = True, [UNKNOWN], False
    retracted(stage)
    assert _kinds(stage.run()) == [("unknown", 0)]
    assert _later(stage, 3) == [("deleted", 0)]
    assert network.asked[-2:] == ["delete 1"] * 2


def test_of_a_part_that_a_dead_run_had_found_only_the_deletion_is_said(stage: Stage) -> None:
    network = Hiding()
    network.hides = True
    stage.connect = lambda account: network
    stage.approve(texts=["one"])
    found = publish_due(stage.journal, stage.surroundings(), stage.clock)
    assert [outcome.kind for outcome in found] == ["found"], "which nobody reads: the machine loses its power"
    retracted(stage)
    assert _later(stage, 2) == [("deleted", 0)]


def test_a_part_that_cannot_be_deleted_keeps_those_above_it(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes = [Refused("no")]
    retracted(stage)
    assert _kinds(stage.run()) == [("held", 2)]
    assert (_later(stage, 2), network.asked) == ([], ["delete 3"])
    assert _texts(network) == list(TEXTS)


def test_a_retracted_thread_is_published_again_only_by_a_new_approval(stage: Stage, network: ScriptedNetwork) -> None:
    retracted(stage)
    stage.run()
    assert _later(stage, 3) == []
    stage.approve(texts=["uno"], digest="sha256:2")
    assert _later(stage, 1) == [("sent", 0)]
    assert _texts(network) == ["uno"]


# -- replacing


def test_replaced_parts_are_deleted_and_posted_anew_under_what_stays(stage: Stage, network: ScriptedNetwork) -> None:
    first = network.statuses[0]
    replaced(stage, {1: "zwei", 2: "three"})
    assert _kinds(stage.run()) == [("deleted", 2), ("deleted", 1), ("sent", 1), ("sent", 2)]
    assert network.asked == ["delete 3", "delete 2", "create zwei", "create three"]
    assert _texts(network) == ["one", "zwei", "three"]
    assert [one.parent for one in network.statuses] == ["", first.remote_id, network.statuses[1].remote_id]
    assert stage.states() == [State.SENT] * 3


def test_a_replaced_thread_goes_out_days_late_with_its_pictures(stage: Stage, network: ScriptedNetwork) -> None:
    stage.clock.wind(timedelta(days=5))
    replaced(stage, {0: "eins", 1: "two", 2: "three"})
    assert [kind for kind, _ in _kinds(stage.run())] == ["deleted"] * 3 + ["sent"] * 3
    assert [(one.text, one.pictures) for one in network.statuses] == [("eins", 1), ("two", 0), ("three", 0)]


def test_nothing_is_posted_anew_while_something_is_still_to_be_deleted(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes = [None, Unavailable("slow down", wait=timedelta(minutes=5))]
    replaced(stage, {1: "zwei", 2: "three"})
    stage.run()
    assert network.asked == ["delete 3", "delete 2"]
    assert _later(stage, 1) == []
    assert _later(stage, 1) == [("deleted", 1), ("sent", 1), ("sent", 2)]
    assert _texts(network) == ["one", "zwei", "three"]


# -- faults


def test_a_lost_answer_is_found_in_the_same_run(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes = [UNKNOWN]
    corrected(stage, {1: "zwei"})
    assert _kinds(stage.run()) == [("edited", 1)]


def test_a_lost_request_is_asked_for_again_after_a_while(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes, network.arrives = [UNKNOWN], False
    corrected(stage, {1: "zwei"})
    assert _kinds(stage.run()) == [("unknown", 1)]
    assert _later(stage, 4) == [("edited", 1)]
    assert network.asked == ["edit 2 zwei"] * 2


def test_what_is_never_done_is_held_in_the_end(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes, network.arrives = [UNKNOWN] * 20, False
    retracted(stage, 2)
    said = _later(stage, 30)
    assert said.count(("unknown", 2)) == 5
    assert said[-1] == ("held", 2)
    assert network.asked == ["delete 3"] * 5
    assert open_changes(stage) == [(2, State.HELD)]


def test_after_a_persons_word_it_is_tried_anew(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes = [Refused("not now")]
    retracted(stage, 2)
    stage.run()
    [held] = stage.journal.amendments.open()
    stage.journal.amendments.release(held, "Ana", "")
    assert _later(stage, 1) == [("deleted", 2)]


@pytest.mark.parametrize(
    "failure", [Unavailable("cannot be reached"), Unavailable("slow down", wait=timedelta(minutes=2))]
)
def test_what_was_certainly_not_asked_is_asked_later(
    stage: Stage, network: ScriptedNetwork, failure: PlatformError
) -> None:
    network.changes = [failure]
    corrected(stage, {1: "zwei"})
    assert [kind for kind, _ in _kinds(stage.run())] == ["trouble"]
    assert _later(stage, 1) == [("edited", 1)]


def test_a_fault_of_ours_in_the_middle_of_a_request_leaves_a_doubt(stage: Stage, network: ScriptedNetwork) -> None:
    network.before_change = _broken
    corrected(stage, {1: "zwei"})
    assert [kind for kind, _ in _kinds(stage.run())] == ["fault"]
    assert open_changes(stage) == [(1, State.UNKNOWN)]
    network.before_change = lambda: None
    assert _later(stage, 4)[-1] == ("edited", 1)


def _broken() -> None:
    raise ZeroDivisionError("a fault of ours")


def test_a_person_may_have_one_entry_changed_at_once(stage: Stage, network: ScriptedNetwork) -> None:
    corrected(stage, {1: "zwei"})
    outcomes = publish_entry(stage.journal, stage.surroundings(), stage.clock, "another")
    assert (outcomes, network.asked) == ([], [])
    assert _kinds(publish_entry(stage.journal, stage.surroundings(), stage.clock, "launch")) == [("edited", 1)]


# -- late requests


def test_a_late_first_correction_changes_nothing_while_the_second_waits_for_it(
    stage: Stage, network: ScriptedNetwork
) -> None:
    network.changes, network.arrives = [UNKNOWN], False
    corrected(stage, {1: "zwei"})
    stage.run()
    with pytest.raises(StateError, match="being changed already"):
        corrected(stage, {1: "deux"}, digest="sha256:3")
    network.late.pop()()
    assert _later(stage, 1) == [("edited", 1)]
    corrected(stage, {1: "deux"}, digest="sha256:3")
    assert _later(stage, 1) == [("edited", 1)]
    assert (network.statuses[1].text, network.late) == ("deux", [])


def test_a_late_deletion_of_a_replaced_part_does_not_touch_the_new_one(stage: Stage, network: ScriptedNetwork) -> None:
    network.changes, network.arrives = [UNKNOWN], False
    replaced(stage, {2: "drei"})
    stage.run()
    assert _later(stage, 5) == [("deleted", 2), ("sent", 2)]
    network.late.pop()()
    assert _texts(network) == ["one", "two", "drei"]
    assert _later(stage, 2) == []
