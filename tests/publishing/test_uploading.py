from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import Refused, Unavailable, Uncertain
from contentkit.models import Lateness, Limits
from contentkit.platforms import Status
from contentkit.publishing.facts import Fact
from contentkit.publishing.publications import State
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.stage import Stage

MINUTE = timedelta(minutes=1)


@pytest.fixture
def network() -> ScriptedNetwork:
    return ScriptedNetwork()


@pytest.fixture
def stage(tmp_path: Path, network: ScriptedNetwork) -> Iterator[Stage]:
    stage = Stage(tmp_path / "state", connect=lambda account: network)
    yield stage
    stage.close()


def _kinds(stage: Stage) -> list[str]:
    return [outcome.kind for outcome in stage.run()]


def test_pictures_are_uploaded_just_before_their_part(stage: Stage, network: ScriptedNetwork) -> None:
    media = {0: (stage.picture("a.png", 1), stage.picture("b.png", 2)), 2: (stage.picture("c.png", 3),)}
    stage.approve(texts=["one", "two", "three"], media=media)
    assert _kinds(stage) == ["sent"] * 3
    assert network.asked == [
        "upload a.png", "upload b.png", "create one", "create two", "upload c.png", "create three",
    ]  # fmt: skip
    assert network.used == [("picture-1", "picture-2"), (), ("picture-3",)]


def test_the_bytes_and_the_alt_text_that_leave_are_those_that_were_approved(
    stage: Stage, network: ScriptedNetwork
) -> None:
    picture = stage.picture("a.png", 7, alt="Seven shades")
    stage.approve(texts=["one"], media={0: (picture,)})
    stage.run()
    sent = network.pictures["picture-1"]
    assert (sent.data, sent.digest, sent.alt) == (
        (stage.folder / "a.png").read_bytes(),
        picture.digest,
        "Seven shades",
    )
    assert (sent.kind, sent.mime) == ("image", "image/png")


def test_a_picture_that_is_another_one_now_is_not_sent(stage: Stage, network: ScriptedNetwork) -> None:
    stage.approve(texts=["one"], media={0: (stage.picture("a.png", 1),)})
    stage.picture("a.png", 2)
    outcomes = stage.run()
    assert [(outcome.kind, outcome.reason) for outcome in outcomes] == [("held", "a.png: edited after the approval")]
    assert network.asked == []


def test_a_picture_exchanged_while_another_was_uploaded_is_not_sent(stage: Stage, network: ScriptedNetwork) -> None:
    media = (stage.picture("a.png", 1), stage.picture("b.png", 2))
    network.before_upload = lambda: _ignored(stage.picture("b.png", 3))
    stage.approve(texts=["one"], media={0: media})
    assert _kinds(stage) == ["held"]
    assert "create one" not in network.asked


def test_an_entry_edited_while_a_film_was_uploaded_is_not_sent(stage: Stage, network: ScriptedNetwork) -> None:
    stage.approve(texts=["one"], media={0: (stage.picture("a.png"),)})

    def edit() -> None:
        stage.digests["launch"] = "sha256:2"

    network.before_upload = edit
    outcomes = stage.run()
    assert [(outcome.kind, outcome.reason) for outcome in outcomes] == [("held", "edited after the approval")]
    assert network.asked == ["upload a.png"]


def test_stop_during_an_upload_keeps_the_part(stage: Stage, network: ScriptedNetwork) -> None:
    stage.approve(texts=["one"], media={0: (stage.picture("a.png"),)})
    network.before_upload = lambda: stage.journal.note({Fact.STOPPED: "for lunch"})
    assert _kinds(stage) == []
    assert stage.states() == [State.PLANNED]
    assert network.asked == ["upload a.png"]


def test_a_refused_picture_is_a_question_to_a_person(stage: Stage, network: ScriptedNetwork) -> None:
    network.uploads = [Refused("net: the file is broken (HTTP 422)")]
    stage.approve(texts=["one", "two"], media={0: (stage.picture("a.png"),)})
    outcomes = stage.run()
    assert [(outcome.kind, outcome.part) for outcome in outcomes] == [("held", 0)]
    assert outcomes[0].reason == "refused: net: the file is broken (HTTP 422)"
    assert network.statuses == []


def test_an_upload_that_fails_waits_and_is_done_anew(stage: Stage, network: ScriptedNetwork) -> None:
    network.uploads = [None, Unavailable("net: no answer in time")]
    media = (stage.picture("a.png", 1), stage.picture("b.png", 2))
    stage.approve(texts=["one"], media={0: media})
    assert _kinds(stage) == ["trouble"]
    assert stage.states() == [State.PLANNED]
    assert stage.rows()[0].attempts == 0, "nothing was tried: no intent"
    stage.clock.wind(MINUTE)
    assert _kinds(stage) == [], "not each minute again"
    stage.clock.wind(5 * MINUTE)
    assert _kinds(stage) == ["sent"]
    assert network.used == [("picture-2", "picture-3")], "what was uploaded in an earlier run is not used"


def test_the_wait_that_the_network_asked_for_is_kept(stage: Stage, network: ScriptedNetwork) -> None:
    network.uploads = [Unavailable("net: asks us to slow down (HTTP 429)", wait=timedelta(minutes=20))]
    stage.approve(texts=["one"], media={0: (stage.picture("a.png"),)})
    stage.run()
    stage.clock.wind(19 * MINUTE)
    assert _kinds(stage) == []
    stage.clock.wind(2 * MINUTE)
    assert _kinds(stage) == ["sent"]


def test_an_upload_that_cannot_work_stops_the_thread_but_not_the_account(
    stage: Stage, network: ScriptedNetwork
) -> None:
    network.uploads = [Unavailable("net: no answer in time")]
    stage.approve("first", ["one"], media={0: (stage.picture("a.png"),)})
    stage.approve("second", ["two"])
    assert sorted(_kinds(stage)) == ["sent", "trouble"]


def test_a_refused_token_stops_the_account(stage: Stage, network: ScriptedNetwork) -> None:
    network.uploads = [Unavailable("net: the token is no longer accepted", pauses_account=True)]
    stage.approve("first", ["one"], media={0: (stage.picture("a.png"),)})
    stage.approve("second", ["two"], media={0: (stage.picture("b.png"),)})
    assert _kinds(stage) == ["paused"]
    assert network.statuses == []


def test_after_a_doubt_nothing_uploaded_before_is_used(stage: Stage, network: ScriptedNetwork) -> None:
    network.creates = [Uncertain("net: no answer in time")]
    stage.approve(texts=["one"], media={0: (stage.picture("a.png"),)})
    assert _kinds(stage) == ["unknown"]
    for _ in range(3):
        stage.clock.wind(10 * MINUTE)
        stage.run()
    assert stage.states() == [State.HELD]
    stage.journal.publications.release(stage.rows()[0], "Ana", "it is not there")
    assert _kinds(stage) == ["sent"]
    assert network.used == [("picture-1",), ("picture-2",)]


def test_a_thread_whose_later_picture_does_not_fit_does_not_begin(stage: Stage, network: ScriptedNetwork) -> None:
    network.in_force = Limits(media=1)
    media = (stage.picture("a.png", 1), stage.picture("b.png", 2))
    stage.approve(texts=["one", "two"], media={1: media})
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["held"]
    assert outcomes[0].reason.startswith("part 2: ")
    assert network.asked == []


def test_a_missing_picture_holds_the_thread_before_its_first_part(stage: Stage, network: ScriptedNetwork) -> None:
    stage.approve(texts=["one", "two"], media={1: (stage.picture("a.png"),)})
    (stage.folder / "a.png").unlink()
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["held"]
    assert "a.png" in outcomes[0].reason
    assert network.asked == []


def test_a_picture_that_the_network_drops_is_told_once(stage: Stage, network: ScriptedNetwork) -> None:
    network.drops_pictures = True
    stage.approve(texts=["one", "two"], media={0: (stage.picture("a.png"),)})
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["sent", "altered", "sent"]
    assert outcomes[1].reason == "the network shows 0 of its 1 pictures"
    assert outcomes[1].needs_person
    assert _kinds(stage) == []


def test_a_part_without_words_is_recognised_by_its_alt_texts(stage: Stage, network: ScriptedNetwork) -> None:
    network.creates = [Uncertain("net: no answer in time")]
    others = [
        Status(remote_id="97", url="net://97", text="", pictures=4, alts=("",) * 4),
        Status(remote_id="98", url="net://98", text="", pictures=1, alts=("Another square",)),
        Status(remote_id="99", url="net://99", text="", pictures=1),
    ]
    network.statuses = list(others)
    stage.approve(texts=[""], media={0: (stage.picture("a.png"),)})
    assert _kinds(stage) == ["unknown"], "a picture of another day is not ours"
    network.statuses.append(Status(remote_id="100", url="net://100", text="", pictures=1, alts=("A grey square",)))
    assert _kinds(stage) == ["found"]


def test_a_part_without_words_and_alt_texts_is_never_taken_for_found(stage: Stage, network: ScriptedNetwork) -> None:
    network.creates = [Uncertain("net: no answer in time")]
    network.statuses = [Status(remote_id="99", url="net://99", text="", pictures=1, alts=("",))]
    stage.approve(texts=[""], media={0: (stage.picture("a.png", alt=""),)})
    for _ in range(4):
        stage.run()
        stage.clock.wind(10 * MINUTE)
    assert stage.states() == [State.HELD]


def test_a_lost_alt_text_is_told(stage: Stage, network: ScriptedNetwork) -> None:
    network.drops_alts = True
    stage.approve(texts=["one"], media={0: (stage.picture("a.png"), stage.picture("b.png", 1, alt=""))})
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["sent", "altered"]
    assert outcomes[1].reason == "the network does not show the alt text of a.png"


@pytest.mark.parametrize(("shown", "kinds"), [("direct", ["sent"]), ("public", ["sent", "altered"])])
def test_what_became_more_public_is_told(stage: Stage, network: ScriptedNetwork, shown: str, kinds: list[str]) -> None:
    network.shows_as = shown
    stage.approve(texts=["one"], visibility="private")
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == kinds
    assert all(one.reason == "the network shows it as public, not as private" for one in outcomes[1:])


def test_a_short_wait_is_kept_within_the_run(stage: Stage, network: ScriptedNetwork) -> None:
    lag = Unavailable("net: the post before is not visible yet", wait=timedelta(seconds=2))
    network.creates = [None, lag, lag]
    stage.approve(texts=["one", "two"])
    assert _kinds(stage) == ["sent", "sent"]
    assert network.asked == ["create one", "create two", "create two", "create two"]
    moves = [attempt["move"] for attempt in stage.journal.history.of_part(stage.rows()[1].id)]
    assert moves == [
        "planned>sending", "sending>planned", "short wait", "planned>sending", "sending>planned", "short wait",
        "planned>sending", "sending>sent",
    ]  # fmt: skip


def test_a_short_wait_that_never_ends_is_left_to_later_runs(stage: Stage, network: ScriptedNetwork) -> None:
    lag = Unavailable("net: the post before is not visible yet", wait=timedelta(seconds=2))
    network.creates = [None, *[lag] * 50]
    stage.approve(texts=["one", "two"])
    assert _kinds(stage) == ["sent", "trouble"]
    assert len(network.asked) == 1 + 4
    for _ in range(4):
        stage.clock.wind(MINUTE)
        stage.run()
    assert stage.states() == [State.SENT, State.HELD]
    assert stage.rows()[1].reason == "net: the post before is not visible yet, 20 times"
    assert len(network.asked) == 1 + 20


def test_a_short_wait_is_as_long_as_the_network_asked_for(stage: Stage, network: ScriptedNetwork) -> None:
    lag = Unavailable("net: the post before is not visible yet", wait=timedelta(seconds=2))
    network.creates = [lag, lag]
    stage.approve(texts=["one"])
    began = stage.clock.uptime()
    stage.run()
    assert stage.clock.uptime() - began >= 4


def test_only_short_waits_use_up_the_short_waits(stage: Stage, network: ScriptedNetwork) -> None:
    network.creates = [Unavailable("net: cannot be reached")] * 25
    network.creates.append(Unavailable("net: not visible yet", wait=timedelta(seconds=2)))
    stage.approve(texts=["one"])
    for _ in range(26):
        stage.run()
    assert stage.states() == [State.SENT]


def test_a_released_part_may_wait_shortly_anew(stage: Stage, network: ScriptedNetwork) -> None:
    lag = Unavailable("net: the post before is not visible yet", wait=timedelta(seconds=2))
    network.creates = [lag] * 21
    stage.approve(texts=["one"])
    for _ in range(5):
        stage.run()
    assert stage.states() == [State.HELD]
    stage.journal.publications.release(stage.rows()[0], "Ana", "it works again")
    assert _kinds(stage) == ["sent"]


def test_uploads_that_fail_for_hours_in_mid_thread_hold_the_rest(stage: Stage, network: ScriptedNetwork) -> None:
    network.uploads = [Unavailable("net: no answer in time")] * 1000
    stage.approve(texts=["one", "two"], media={1: (stage.picture("a.png"),)})
    for _ in range(40):
        stage.run()
        stage.clock.wind(5 * MINUTE)
    assert stage.states() == [State.SENT, State.HELD]
    assert stage.rows()[1].reason.startswith("the thread stopped")


def test_a_wait_of_hours_that_the_network_asks_for_does_not_hold_the_rest(
    stage: Stage, network: ScriptedNetwork
) -> None:
    network.creates = [None, Unavailable("net: asks us to slow down (HTTP 429)", wait=timedelta(hours=5))]
    stage.approve(texts=["one", "two"])
    stage.run()
    stage.clock.wind(timedelta(hours=6))
    assert _kinds(stage) == ["sent"]


def test_waits_that_never_end_hold_the_rest_after_a_day(stage: Stage, network: ScriptedNetwork) -> None:
    network.creates = [None, *[Unavailable("net: asks us to slow down", wait=timedelta(minutes=50))] * 1000]
    stage.approve(texts=["one", "two"])
    for _ in range(25):
        stage.run()
        stage.clock.wind(timedelta(hours=1))
    assert stage.states() == [State.SENT, State.PLANNED]
    for _ in range(3):
        stage.run()
        stage.clock.wind(timedelta(hours=1))
    assert stage.states() == [State.SENT, State.HELD]


def test_without_credit_a_thread_does_not_age_and_the_network_is_asked_less(
    stage: Stage, network: ScriptedNetwork
) -> None:
    broke = Unavailable("net: no credit (HTTP 402)", pauses_account=True)
    network.creates = [None, *[broke] * 18]
    stage.approve(texts=["one", "two"])
    for _ in range(180):
        stage.run()
        stage.clock.wind(MINUTE)
    assert network.asked == ["create one", *["create two"] * 18]
    assert _kinds(stage) == ["sent"]


def test_a_picture_that_took_too_long_is_a_question_to_a_person(stage: Stage, network: ScriptedNetwork) -> None:
    network.before_upload = lambda: stage.clock.wind(timedelta(hours=3))
    stage.approve(texts=["Good morning"], media={0: (stage.picture("a.png"),)}, late=Lateness(policy="hold"))
    outcomes = stage.run()
    assert [outcome.kind for outcome in outcomes] == ["held"]
    assert outcomes[0].reason.startswith("missed")
    assert network.statuses == []


def test_what_begins_with_a_picture_goes_last_on_all_accounts(stage: Stage, network: ScriptedNetwork) -> None:
    stage.approve("film", ["film"], accounts=["a"], media={0: (stage.picture("a.png"),)})
    stage.approve("words", ["words"], accounts=["b"])
    stage.approve("more", ["more"], accounts=["a"])
    stage.run()
    assert network.asked == ["create more", "create words", "upload a.png", "create film"]


def test_a_picture_that_is_still_processed_ends_the_uploads_of_its_account(
    stage: Stage, network: ScriptedNetwork
) -> None:
    network.uploads = [Unavailable("net: still processes it", wait=5 * MINUTE)]
    for number in range(3):
        stage.approve(f"film-{number}", ["film"], media={0: (stage.picture(f"{number}.png", number),)})
    stage.run()
    assert network.asked == ["upload 0.png"]


def test_uploads_that_take_long_leave_the_next_ones_to_a_later_run(stage: Stage, network: ScriptedNetwork) -> None:
    network.before_upload = lambda: stage.clock.wind(2 * MINUTE)
    for account in ("a", "b"):
        stage.approve(account, [account], accounts=[account], media={0: (stage.picture("1.png"),)})
    stage.run()
    assert network.asked == ["upload 1.png", "create a"]
    stage.run()
    assert network.asked[2:] == ["upload 1.png", "create b"]


def test_pictures_on_an_account_in_trouble_let_the_other_accounts_go_first(
    stage: Stage, network: ScriptedNetwork
) -> None:
    network.before_upload = lambda: stage.clock.wind(5 * MINUTE)
    network.uploads = [Unavailable("net: still processes it", wait=5 * MINUTE)]
    for account in ("a", "b"):
        stage.approve(account, [account], accounts=[account], media={0: (stage.picture(f"{account}.png"),)})
    stage.run()
    stage.clock.wind(6 * MINUTE)
    stage.run()
    assert network.asked == ["upload a.png", "upload b.png", "create b"]


def _ignored(_: object) -> None:
    """For what is done for its effect."""
