"""Lives of a thread that is out and is changed, under a script of answers, judged by what the network really has.

Whatever is held, a careful person looks, and says that it is to be tried again; then nothing goes wrong any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from contentkit.publishing.publications import State
from contentkit.testing.faulty_proxy import changes_something
from tests.publishing.changes import corrected, replaced, retracted
from tests.publishing.on_x import spent
from tests.publishing.sequences import Record, Scene
from tests.publishing.stage import THREAD, Stage
from tests.servers.faulty_proxy import FaultyProxy

Change = Literal["edit", "delete", "replace"]
# Of the second and third part: the first stays, and is what is replied to.
NEW = {1: "The second part says it better: https://example.org/a?b=c", 2: THREAD[2]}
_RUNS = 80
_RUN_AGAIN = timedelta(minutes=3)


@dataclass
class ChangedLife:
    """How a change ended. ``wrong`` says what must never happen, in words; ``holds`` are the reasons that were given."""

    wrong: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    asked: int = 0


def live(scene: Scene, change: Change, script: Sequence[str], folder: Path, *, stale: int = 0) -> ChangedLife:
    """One life: the thread goes out in peace, is changed under the script, and runs go on until nothing is open.

    ``stale`` is how many reads after a change still show what was before; only a compatible server has such reads.
    """
    life = ChangedLife()
    dialect = {**scene.dialect, "matches": changes_something}
    with scene.serve() as server, FaultyProxy(server.url, delay=0.6, **dialect) as proxy:
        stage = scene.stage(folder, proxy.url, server)
        try:
            _publish(stage, lambda: scene.ledger(server))
            _decide(stage, change)
            proxy.enqueue(*script)
            if stale:
                server.set_stale_reads(stale)
            _until_settled(stage, life, lambda: scene.ledger(server))
            life.wrong += _wrong_in_the_end(scene, server, stage, change)
            life.asked = sum(one.request.method in ("PUT", "DELETE") for one in proxy.history)
        finally:
            stage.close()
    return life


def _publish(stage: Stage, there: Callable[[], Sequence[Record]]) -> None:
    stage.approve()
    for _ in range(_RUNS):
        stage.run()
        if stage.states() == [State.SENT] * len(THREAD):
            break
        _person(stage, there(), ChangedLife())
        _pass_time(stage)
    # Long enough ago for the network to know it everywhere.
    stage.clock.wind(timedelta(hours=1))


def _decide(stage: Stage, change: Change) -> None:
    if change == "edit":
        corrected(stage, NEW)
    elif change == "replace":
        replaced(stage, NEW)
    else:
        retracted(stage)


def _until_settled(stage: Stage, life: ChangedLife, there: Callable[[], Sequence[Record]]) -> None:
    for _ in range(_RUNS):
        stage.run()
        life.wrong += [words for words in _torn(there()) if words not in life.wrong]
        if _is_settled(stage):
            return
        _person(stage, there(), life)
        _pass_time(stage)


def _is_settled(stage: Stage) -> bool:
    return not stage.journal.amendments.open() and all(state is State.SENT for state in stage.states())


def _person(stage: Stage, there: Sequence[Record], life: ChangedLife) -> None:
    """Somebody who looks, and lets it be tried again; a part that is there is taken for sent."""
    known = {row.remote_id for row in stage.rows()}
    for amendment in stage.journal.amendments.open():
        if amendment.state is State.HELD:
            life.holds.append(amendment.reason)
            stage.journal.amendments.release(amendment, "Ana", "looked")
    for row in stage.rows():
        if row.state is State.HELD:
            life.holds.append(row.reason)
            copy = next(
                (one for one in there if one.text == row.text and not one.deleted and one.id not in known), None
            )
            if copy is not None:
                stage.journal.publications.confirm(row, copy.id, "", "a person found it")
            else:
                stage.journal.publications.release(row, "Ana", "looked, not there")


def _pass_time(stage: Stage) -> None:
    waits = [one.not_before for one in stage.journal.amendments.open() if one.not_before]
    waits += [row.not_before for row in stage.rows() if row.not_before and row.state is State.PLANNED]
    longest = max((wait - stage.clock.now() for wait in waits), default=_RUN_AGAIN)
    stage.clock.wind(max(longest, _RUN_AGAIN))
    stage.reopened()


def _torn(statuses: Sequence[Record]) -> Iterator[str]:
    """What must not hold at any moment."""
    living = [one for one in statuses if not one.deleted]
    texts = [one.text for one in living]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"twice: {text}"
    ids = {one.id for one in living}
    for one in living:
        if one.in_reply_to_id and one.in_reply_to_id not in ids:
            yield f"hangs in the air: {one.text}"


def _wrong_in_the_end(scene: Scene, server: Any, stage: Stage, change: Change) -> Iterator[str]:
    living = [one for one in scene.ledger(server) if not one.deleted]
    expected = [] if change == "delete" else [THREAD[0], NEW[1], NEW[2]]
    if [one.text for one in living] != expected:
        yield f"in the end it has {[one.text for one in living]}"
    if [row.text for row in stage.rows()] != expected or not _is_settled(stage):
        yield f"the journal has {[(row.text, row.state.value) for row in stage.rows()]}"
    if [row.remote_id for row in stage.rows()] != [one.id for one in living]:
        yield "the journal names other posts than there are"
    if (bill := scene.bill(server)) > spent(stage):
        yield f"billed {bill}, which is more than the ledger knows of"


def with_faults(scene: Scene, *without: str) -> Scene:
    """The scene without some kinds of faults."""
    return replace(scene, kinds=tuple(kind for kind in scene.kinds if kind not in without))
