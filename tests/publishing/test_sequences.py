"""The judge of the matrices must be able to say no: publishers that repeat, boast or do not look are all found out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contentkit.errors import Uncertain
from contentkit.models import Account
from contentkit.platforms import Connection, Message, Status
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from tests.publishing.sequences import SCENES, Life, Scene, Tally, live, quick_folder, sampled, shown, triples
from tests.publishing.stage import Stage, UndatedConnection
from tests.servers.compatible_server import CompatibleServer

MASTODON = SCENES["mastodon"]


class Repeating(UndatedConnection):
    """Sends again what may have arrived."""

    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Uncertain:
            return super().publish(message)


class Boasting(UndatedConnection):
    """Takes for sent whatever left, and for seen whatever it took for sent."""

    def publish(self, message: Message) -> Status:
        try:
            return super().publish(message)
        except Uncertain:
            return Status(remote_id=f"surely {message.key}", url="", text=message.text, parent=message.parent)

    def find(self, remote_id: str) -> Status | None:
        if remote_id.startswith("surely"):
            return Status(remote_id=remote_id, url="", text="")
        return super().find(remote_id)


class Blind(UndatedConnection):
    """Does not look what is there."""

    def recent(self, after: str) -> list[Status]:
        return []


def _with(kind: type[MastodonConnection]) -> Scene:
    """The scene, with this publisher in it."""

    def stage(folder: Path, url: str, server: CompatibleServer) -> Stage:
        def connect(account: Account) -> Connection:
            return kind(replace(account, server=url), server.token, WatchedSession(url, read=0.3))

        return Stage(folder, server=url, token=server.token, connect=connect)

    return replace(MASTODON, stage=stage)


def test_as_it_should_be_nothing_is_wrong(tmp_path: Path) -> None:
    life = live(_with(UndatedConnection), ["close", "drop", "pass"], tmp_path / "state")
    assert not life.wrong
    assert [(hold.answer, hold.needless) for hold in life.holds] == [("drop", False)]


@pytest.mark.parametrize(
    ("kind", "script", "wrong"),
    [
        (Repeating, ["pass", "close"], {"twice"}),
        (Boasting, ["drop"], {"called sent, and is not there", "lost"}),
    ],
)
def test_a_naive_publisher_is_found_out(kind: type[MastodonConnection], script: list[str], wrong: set[str]) -> None:
    with quick_folder() as folder:
        life = live(_with(kind), script, Path(folder) / "state")
    assert {one.split(":")[0] for one in life.wrong} >= wrong


def test_who_does_not_look_asks_a_person_needlessly(tmp_path: Path) -> None:
    life = live(_with(Blind), ["close"], tmp_path / "state")
    assert [hold.needless for hold in life.holds] == [True]


def test_every_fault_is_at_each_place_of_a_sample_once() -> None:
    for place in range(3):
        assert sorted(script[place] for script in sampled(MASTODON, 0)) == sorted(MASTODON.faults)
    assert sampled(MASTODON, 0) != sampled(MASTODON, 1)


@pytest.mark.parametrize("name", ["mastodon", "x", "x with lag"])
def test_all_sequences_are_of_fourteen_kinds_and_more(name: str) -> None:
    kinds = SCENES[name].kinds
    assert len(set(kinds)) >= 14
    assert set(kinds) <= set(SCENES[name].faults)
    assert len(set(triples(SCENES[name]))) == len(kinds) ** 3


def test_the_table_counts_what_was_judged() -> None:
    total = Tally("somewhere", seconds=2.0)
    bad = Life(script=("close",), wrong=("twice: ['a', 'a']",))
    for life in (bad, Life(script=("pass",))):
        total.add(life)
    lines = list(shown(total, [bad]))
    assert lines[0] == "somewhere: 2 sequences, 6 parts, 1.0 lives a second"
    assert "  twice: 1" in lines
    assert lines[-1] == "  WRONG: close: twice: ['a', 'a']"
