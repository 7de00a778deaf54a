"""Lives of a thread under a script of answers, judged by what the network really has: its ledger is the truth.

A life goes on until the thread is complete. Whatever is held, a careful person looks at the network itself and decides; what
the publisher could have known without asking is a needless hold.

    python -m tests.publishing.sequences            # every sequence of three answers on each network, and a table
    python -m tests.publishing.sequences --sample 500
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from contentkit.publishing.publications import Publication, State
from contentkit.testing.faults import NAMES
from contentkit.testing.faulty_proxy import Exchange
from tests.publishing.on_x import spent, stage_on_x
from tests.publishing.stage import THREAD, Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_oauth import Keys
from tests.servers.x_playground import XPlayground
from tests.servers.x_server import XRules, XServer

# "hold" and "hold_before" wait for a test's word: tests/publishing/test_killed.py kills the program in them.
FAULTS = tuple(sorted(NAMES - {"hold", "hold_before"}))
# The network made the post, and says that it did not.
LIES = frozenset({"too_many_after", "double_second"})
X_FAULTS = tuple(sorted({*FAULTS, "no_credit", "capped", "duplicate", "invisible", "read_only"}))
# One of each kind, for sequences of three: what a client can tell apart, and what the network makes of it.
KINDS = (
    "pass", "close", "truncate", "drop", "delay", "server_error", "server_error_after", "bad_gateway", "too_many",
    "too_many_for_ever", "too_many_after", "unauthorized", "refuse", "redirect", "html_ok", "other_id", "silent_drop",
    "double", "double_second",
)  # fmt: skip
X_KINDS = (*KINDS, "duplicate", "invisible", "no_credit")
# The network says of these, in so many words, that it has not looked at the post and may be asked again.
NOT_DELIVERED = frozenset(
    {
        "too_many", "too_many_bare", "too_many_epoch", "too_many_past", "too_many_for_ever", "unauthorized", "payment",
        "no_credit", "capped", "invisible", "read_only",
    }
)  # fmt: skip
_RUNS = 60
_RUN_AGAIN = timedelta(minutes=3)
# Hundredths of a second.
_PATIENCE = 1000


class Record(Protocol):
    """A status as a network's ledger has it."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def in_reply_to_id(self) -> str | None: ...
    @property
    def deleted(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A network to live on: how it is served, how a stage before it is set, and what may go wrong in its own words.

    ``ledger`` gives all that it has, oldest first; ``bill`` what it took, in dollars. ``shows`` is false where it does not let
    anybody see which post a reply belongs to: then what is held there was not needless.
    """

    name: str
    serve: Callable[[], AbstractContextManager[Any]]
    stage: Callable[[Path, str, Any], Stage]
    dialect: Mapping[str, Any]
    faults: tuple[str, ...]
    kinds: tuple[str, ...]
    ledger: Callable[[Any], Sequence[Record]] = lambda server: server.statuses
    bill: Callable[[Any], Decimal] = lambda server: Decimal(0)
    shows: bool = True
    texts: tuple[str, ...] = THREAD


def _on_mastodon(folder: Path, url: str, server: CompatibleServer | MockMastodon) -> Stage:
    return Stage(folder, server=url, token=server.token, read_seconds=0.3)


def _on_x(folder: Path, url: str, server: XServer | XPlayground) -> Stage:
    keys = server.keys if isinstance(server, XServer) else Keys()
    return stage_on_x(folder, url, keys.as_secrets(), read_seconds=0.3)


def _x(name: str, rules: XRules) -> Scene:
    # Who does not see the next read cannot see, minutes later, that the network lied.
    impossible = LIES if rules.hidden_reads else frozenset()
    return Scene(
        name=name,
        serve=lambda: XServer(rules=rules),
        stage=_on_x,
        dialect=X_DIALECT,
        faults=_without(X_FAULTS, impossible),
        kinds=_without(X_KINDS, impossible),
        bill=lambda server: Decimal(server.spent) / 1000,
    )


def _without(faults: Sequence[str], impossible: Collection[str]) -> tuple[str, ...]:
    return tuple(fault for fault in faults if fault not in impossible)


_SCENES = (
    Scene(name="mastodon", serve=CompatibleServer, stage=_on_mastodon, dialect={}, faults=FAULTS, kinds=KINDS),
    Scene(
        name="mastodon with keys",
        serve=lambda: CompatibleServer(honour_idempotency=True, repeat_answer=500),
        stage=_on_mastodon,
        dialect={},
        faults=FAULTS,
        kinds=KINDS,
    ),
    Scene(
        name="mastodon-mock",
        serve=MockMastodon,
        stage=_on_mastodon,
        dialect={"strip_headers": ("Idempotency-Key",)},
        faults=FAULTS,
        kinds=KINDS,
        ledger=MockMastodon.statuses,
    ),
    _x("x", XRules()),
    _x("x with lag", XRules(hidden_reads=1, hidden_as_parent=2)),
    _x("x without a check", XRules(duplicate_window=timedelta(0))),
    Scene(
        name="x that forgets",
        serve=XPlayground,
        stage=_on_x,
        dialect=X_DIALECT,
        faults=_without(X_FAULTS, LIES),
        kinds=_without(X_KINDS, LIES),
        shows=False,
    ),
)
SCENES = {scene.name: scene for scene in _SCENES}
# All sequences of three are played on these.
THOROUGH = ("mastodon", "x", "x with lag")


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One hold: after which answer, whether the part was on the network all the same, and the reason that was given."""

    answer: str
    there: bool
    reason: str

    @property
    def needless(self) -> bool:
        """Whether the publisher had the means to know what the person had to look up."""
        return self.there or self.answer in NOT_DELIVERED


@dataclass(frozen=True, kw_only=True)
class Life:
    """How a thread ended, and what a person was asked on the way. ``wrong`` says what must never happen, in words."""

    script: tuple[str, ...]
    holds: tuple[Hold, ...] = ()
    wrong: tuple[str, ...] = ()
    doubled: int = 0


@dataclass
class _Watch:
    """The wire and the ledger, seen from outside."""

    scene: Scene
    server: Any
    proxy: FaultyProxy
    stage: Stage
    said: list[str] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)

    @property
    def statuses(self) -> Sequence[Record]:
        return self.scene.ledger(self.server)

    def copy_of(self, part: Publication) -> Record | None:
        """The part as the network has it, in its place."""
        found = (
            one
            for one in self.statuses
            if one.text == part.text and (one.in_reply_to_id or "") == self._parent_of(part) and not one.deleted
        )
        return next(found, None)

    def _parent_of(self, part: Publication) -> str:
        sent = [row.remote_id for row in self.stage.rows() if row.part < part.part and row.state is State.SENT]
        return sent[-1] if sent else ""

    @property
    def attempts(self) -> list[Exchange]:
        """The requests that were to create a status."""
        return [one for one in self.proxy.history if one.fault and one.request.method == "POST"]

    @property
    def made_by_the_wire(self) -> int:
        """How many statuses the network made of requests that something on the way doubled."""
        return sum(max(len(_ids_in(one)) - 1, 0) for one in self.attempts if one.forwarded == 2)


def _ids_in(exchange: Exchange) -> set[str]:
    """The ids of what the upstream created for one request."""
    bodies = [json.loads(answer.body) for answer in exchange.upstream if 200 <= answer.status < 300]
    return {str((body.get("data") or body)["id"]) for body in bodies}


def live(scene: Scene, script: Sequence[str], folder: Path) -> Life:
    """One life: runs as cron would start them, and a person where one is asked, until the thread is complete."""
    with scene.serve() as server, FaultyProxy(server.url, script, delay=0.6, **scene.dialect) as proxy:
        stage = scene.stage(folder, proxy.url, server)
        stage.approve(texts=scene.texts)
        watch = _Watch(scene, server, proxy, stage)
        for _ in range(_RUNS):
            watch.said += [outcome.kind for outcome in stage.run()]
            _let_arrive(proxy, len(script))
            if all(state is State.SENT for state in stage.states()):
                break
            _person(watch)
            _pass_time(stage)
        wrong = tuple(_what_is_wrong(watch))
        stage.close()
    return Life(script=tuple(script), holds=tuple(watch.holds), wrong=wrong, doubled=watch.made_by_the_wire)


def _let_arrive(proxy: FaultyProxy, played: int) -> None:
    """The clock here is wound, that of the machine is not: minutes later a request that was given up has arrived."""
    for _ in range(_PATIENCE):
        if sum(bool(one.fault) for one in proxy.history) >= played - len(proxy.script):
            return
        time.sleep(0.01)


def _person(watch: _Watch) -> None:
    """Somebody who looks at the network itself before deciding."""
    head = _head(watch.stage)
    if head is None or head.state is not State.HELD:
        return
    copy = watch.copy_of(head)
    answer = watch.attempts[-1].fault if watch.attempts else ""
    watch.holds.append(Hold(answer=answer, there=copy is not None and watch.scene.shows, reason=head.reason))
    if copy is not None:
        watch.stage.journal.publications.confirm(head, copy.id, "", "a person found it")
    else:
        watch.stage.journal.publications.release(head, "Ana", "looked, not there")


def _pass_time(stage: Stage) -> None:
    """Until the next run that has something to do."""
    head = _head(stage)
    waits = head.not_before - stage.clock.now() if head and head.not_before else _RUN_AGAIN
    stage.clock.wind(max(waits, _RUN_AGAIN))
    stage.reopened()


def _head(stage: Stage) -> Publication | None:
    thread = stage.journal.threads.find("launch", "mine")
    return thread.head if thread else None


def _what_is_wrong(watch: _Watch) -> Iterable[str]:
    """The promise, checked against the ledger."""
    rows, statuses = watch.stage.rows(), list(watch.statuses)
    texts = [one.text for one in statuses]
    ids = {one.id for one in statuses}
    if len(texts) - len(set(texts)) > watch.made_by_the_wire:
        yield f"twice: {texts}"
    if texts != sorted(texts, key=watch.scene.texts.index):
        yield f"out of order: {texts}"
    if set(texts) != set(watch.scene.texts) or any(row.state is not State.SENT for row in rows):
        yield f"lost: {texts}, {[row.state.value for row in rows]}"
    if any(row.state is State.SENT and row.remote_id not in ids for row in rows):
        yield "called sent, and is not there"
    for before, row in itertools.pairwise(rows):
        here = next((one for one in statuses if one.id == row.remote_id), None)
        if here is not None and here.in_reply_to_id != before.remote_id:
            yield f"part {row.part + 1} is not a reply to the part before"
    if watch.made_by_the_wire and "doubled" not in watch.said:
        yield "a double was not told"
    if (bill := watch.scene.bill(watch.server)) > spent(watch.stage):
        yield f"billed {bill}, which is more than the ledger knows of"


def triples(scene: Scene) -> list[tuple[str, ...]]:
    """Every sequence of three answers of different kinds."""
    return list(itertools.product(scene.kinds, repeat=3))


def sampled(scene: Scene, seed: int) -> list[tuple[str, ...]]:
    """Each fault of a network at each place of a sequence of three once, with two others that the seed chooses."""
    generator = random.Random(f"{scene.name} {seed}")
    columns = [generator.sample(scene.faults, len(scene.faults)) for _ in range(3)]
    return list(zip(*columns, strict=True))


@dataclass
class Tally:
    """What came of many lives on one network."""

    name: str
    lives: int = 0
    parts: int = 0
    doubled: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    holds: Counter[str] = field(default_factory=Counter)
    needless: list[tuple[tuple[str, ...], Hold]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, life: Life) -> None:
        self.lives += 1
        self.parts += len(THREAD)
        self.doubled += life.doubled
        for one in life.wrong:
            self.wrong[one.split(":")[0]] += 1
        for hold in life.holds:
            self.holds[_kind_of(hold)] += 1
            if hold.needless:
                self.needless.append((life.script, hold))


def _kind_of(hold: Hold) -> str:
    """The reason of a hold without what is particular to it."""
    return hold.reason.split(":", 1)[0].split(",", 1)[0].split(" (", 1)[0]


def quick_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: no power is lost here, and each life writes to disk a hundred times."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="contentkit-", dir=memory if memory.is_dir() else None)


def tally(scene: Scene, scripts: Iterable[Sequence[str]]) -> tuple[Tally, list[Life]]:
    """Lives all of these; the tally, and the lives in which something went wrong."""
    total, bad = Tally(scene.name), []
    began = time.perf_counter()
    for number, script in enumerate(scripts):
        with quick_folder() as folder:
            life = live(scene, script, Path(folder) / str(number))
        total.add(life)
        if life.wrong:
            bad.append(life)
    total.seconds = time.perf_counter() - began
    return total, bad


def main(arguments: Sequence[str]) -> int:
    """Prints a table for each network; 1 when the promise was broken anywhere."""
    parser = argparse.ArgumentParser(prog="python -m tests.publishing.sequences", description=__doc__)
    parser.add_argument("--sample", type=int, help="so many sequences, drawn by a seed, instead of all")
    parser.add_argument("--network", choices=sorted(SCENES), action="append")
    wish = parser.parse_args(arguments)
    broken = 0
    for name in wish.network or THOROUGH:
        scene = SCENES[name]
        scripts = triples(scene)
        if wish.sample:
            scripts = random.Random(name).sample(scripts, wish.sample)
        total, bad = tally(scene, scripts)
        broken += len(bad)
        sys.stdout.writelines(f"{line}\n" for line in shown(total, bad))
    return 1 if broken else 0


def shown(total: Tally, bad: Sequence[Life]) -> Iterable[str]:
    """The table of one network, line by line."""
    yield f"{total.name}: {total.lives} sequences, {total.parts} parts, {total.lives / total.seconds:.1f} lives a second"
    for what in ("twice", "lost", "out of order", "called sent, and is not there"):
        yield f"  {what}: {total.wrong[what]}"
    yield f"  doubled on the way, and told: {total.doubled}"
    yield f"  held: {sum(total.holds.values())}, needless: {len(total.needless)}"
    for reason, times in total.holds.most_common():
        yield f"    {times:6} {reason}"
    for script, hold in total.needless[:10]:
        yield f"  needless: {' '.join(script)}: {hold.reason}"
    for life in bad[:10]:
        yield f"  WRONG: {' '.join(life.script)}: {'; '.join(life.wrong)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
