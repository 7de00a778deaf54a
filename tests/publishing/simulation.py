"""A whole world from one seed: a network that loses, delays, hides and bills, a program that dies anywhere, a careful person.

The publisher, its journal and SQLite are the real ones; only the network, the clock and the person are simulated.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from contentkit.errors import ContentkitError, PlatformError, Refused, Unavailable, Uncertain
from contentkit.ledger import AccountTab, Ledger
from contentkit.models import Account, Limits
from contentkit.platforms import Attachment, Connection, Identity, Message, Status
from contentkit.platforms.billing import NoTab, Tab
from contentkit.prices import OURSELVES, Charge, Cost, Prices, cost_of_part
from contentkit.publishing.journal import Journal
from contentkit.publishing.notices import Notices
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.publisher import publish_due
from tests.publishing.circumstances import Circumstances, Naive, as_it_should_be
from tests.publishing.stage import Stage

TEXTS = tuple(f"Part {number} of the thread." for number in range(4))
PRICES = Prices(
    create=Decimal("0.015"), media_metadata=Decimal("0.005"), read_post=Decimal("0.005"), read_user=Decimal("0.01")
)
# The thread with its pictures, read back, and a little to look around.
_ENOUGH = Decimal("0.30")


class Killed(BaseException):
    """kill -9: nothing that the program would do after it happens."""


@dataclass
class World:
    """The network as it really is, and what goes wrong in it.

    ``begins`` is told of each first part that leaves. A ``strict`` one refuses words that it has already, and replies to what
    it does not show yet, as X does. ``billed`` is what its owner takes, by the ``clock`` on the wall; what was ``read`` today
    is free.
    """

    random: random.Random
    faults: int
    kills: int
    clock: Callable[[], datetime]
    strict: bool = False
    seconds: float = 0.0
    statuses: list[Status] = field(default_factory=list)
    visible_at: dict[str, float] = field(default_factory=dict)
    under_way: list[tuple[float, Message]] = field(default_factory=list)
    uploads: int = 0
    alts: dict[str, str] = field(default_factory=dict)
    attached: list[str] = field(default_factory=list)
    dead: bool = False
    begins: Callable[[], None] = lambda: None
    billed: Decimal = Decimal(0)
    read: set[tuple[str, str]] = field(default_factory=set)

    def bill(self, price: Decimal) -> None:
        self.billed += price

    def bill_reads(self, ids: Iterable[str], price: Decimal) -> None:
        """Charges those that were not read today (UTC)."""
        fresh = {(self.clock().astimezone(UTC).date().isoformat(), one) for one in ids} - self.read
        self.read |= fresh
        self.bill(len(fresh) * price)

    def pass_time(self, seconds: float) -> None:
        self.seconds += seconds
        for at, message in sorted(self.under_way, key=lambda pair: pair[0]):
            if at <= self.seconds:
                self.under_way.remove((at, message))
                if not self.why_not(message):
                    self.create(message)

    def why_not(self, message: Message) -> PlatformError | None:
        """What a strict network says instead of creating it."""
        if self.strict and any(one.text == message.text for one in self.statuses):
            return Uncertain("duplicate content")
        if self.strict and message.parent and self.visible_at[message.parent] > self.seconds:
            return Unavailable("deleted or not visible", wait=timedelta(seconds=2))
        return None

    def create(self, message: Message) -> Status:
        number = str(len(self.statuses) + 1)
        status = Status(
            remote_id=number,
            url=f"sim://{number}",
            text=message.text,
            parent=message.parent,
            pictures=len(message.media),
            alts=tuple(self.alts[one] for one in message.media),
            visibility=message.visibility,
        )
        self.attached += message.media
        self.statuses.append(status)
        self.bill(PRICES.create)
        hidden = self.random.choice([0, 0, 0, 3, 90]) if self.faults else 0
        self.visible_at[number] = self.seconds + hidden
        return status

    def may_die(self) -> None:
        """A point at which the program may be killed."""
        if self.dead:
            raise Killed
        if self.kills and self.random.random() < 0.05:
            self.kills -= 1
            self.dead = True
            raise Killed

    def goes_wrong(self) -> bool:
        if self.faults and self.random.random() < 0.35:
            self.faults -= 1
            return True
        return False


class SimulatedConnection(Connection):
    """The network as the program sees it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._tab: Tab = NoTab()

    def bill_to(self, tab: Tab) -> None:
        self._tab = tab

    def identity(self) -> Identity:
        me = Charge(operation="read_user", price=PRICES.read_user, resource=OURSELVES)
        slip = self._tab.reserve([me])
        self._read([OURSELVES], PRICES.read_user)
        self._tab.settle(slip, [me])
        return Identity(remote_id="me", handle="me")

    def limits(self) -> Limits:
        self._read()
        return Limits()

    def upload(self, attachment: Attachment) -> str:
        self._read()
        if self.world.goes_wrong():
            raise Refused("cannot be read as a picture")
        self._tab.reserve([Charge(operation="media_metadata", price=PRICES.media_metadata)])
        self.world.may_die()
        self.world.bill(PRICES.media_metadata)
        self.world.uploads += 1
        media_id = f"{self.world.uploads}: {attachment.digest}"
        self.world.alts[media_id] = attachment.alt
        return media_id

    def find(self, remote_id: str) -> Status | None:
        slip = self._tab.reserve([_reading(remote_id)])
        shown = [one for one in self._visible() if one.remote_id == remote_id]
        self._read([one.remote_id for one in shown])
        self._tab.settle(slip, [_reading(one.remote_id) for one in shown])
        return shown[0] if shown else None

    def since(self, moment: datetime) -> list[Status]:
        return self.recent("")

    def recent(self, after: str) -> list[Status]:
        page = Charge(operation="read_post", price=10 * PRICES.read_post, resource=f"up to 10 posts {after}")
        slip = self._tab.reserve([page])
        newest_first = list(reversed(self._visible()))
        known = [one.remote_id for one in newest_first]
        shown = newest_first[: known.index(after)] if after in known else newest_first
        self._read([one.remote_id for one in shown])
        self._tab.settle(slip, [_reading(one.remote_id) for one in shown])
        return shown

    def words(self, remote_id: str) -> str | None:
        self._read()
        return None

    def close(self) -> None:
        pass

    def publish(self, message: Message) -> Status:
        world = self.world
        if not message.parent:
            world.begins()
        world.may_die()
        world.pass_time(0.2)
        refusal = world.why_not(message)
        if refusal:
            raise refusal
        if not world.goes_wrong():
            status = world.create(message)
            world.may_die()
            return status
        match world.random.choice(["no connection", "slow down", "dropped", "lost", "late", "refused", "vanished"]):
            case "no connection":
                raise Unavailable("no connection")
            case "slow down":
                raise Unavailable("slow down", wait=timedelta(minutes=world.random.choice([1, 20])))
            case "refused":
                raise Refused("no")
            case "lost":
                world.create(message)
            case "late":
                world.under_way.append((world.seconds + world.random.uniform(1, 200), message))
            case "vanished":
                return Status(remote_id="nowhere", url="", text=message.text, parent=message.parent)
        world.may_die()
        raise Uncertain("no answer")

    def _read(self, ids: Iterable[str] = (), price: Decimal = PRICES.read_post) -> None:
        """A read of these, which may be lost on its way there, or on its way back."""
        self.world.may_die()
        self.world.pass_time(0.1)
        lost = self.world.goes_wrong()
        if not lost or self.world.random.random() < 0.5:
            self.world.bill_reads(ids, price)
        self.world.may_die()
        if lost:
            raise Unavailable("cannot be read now")

    def _visible(self) -> list[Status]:
        return [one for one in self.world.statuses if self.world.visible_at[one.remote_id] <= self.world.seconds]


def _reading(remote_id: str) -> Charge:
    return Charge(operation="read_post", price=PRICES.read_post, resource=remote_id)


def _cost(account: Account, rows: Iterable[Publication]) -> Cost:
    parts = (cost_of_part(row.text, [one.alt for one in row.media], PRICES, lambda text: ()) for row in rows)
    return Cost(parts=tuple(parts), prices=PRICES)


class MortalJournal:
    """The real journal, and what it is made of, in a program that may die before and after each of its verbs."""

    def __init__(self, journal: Journal | Notices | Ledger, world: World) -> None:
        self._journal = journal
        self._world = world

    def __getattr__(self, name: str) -> Any:
        verb: Any = getattr(self._journal, name)
        if isinstance(verb, Notices | Ledger):
            return MortalJournal(verb, self._world)

        def mortal(*values: Any, **named: Any) -> Any:
            self._world.may_die()
            answer = verb(*values, **named)
            self._world.may_die()
            return answer

        return mortal


def simulate(seed: int, folder: Path, publisher: Naive = as_it_should_be) -> tuple[World, list[Publication]]:
    """Plays one life of a thread: minutes of cron under faults, then hours of peace. Returns how it ended.

    ``publisher`` may take something of its surroundings away from the program.
    """
    generator = random.Random(seed)
    stage = Stage(folder)
    faults, kills = generator.randint(0, 8), generator.randint(0, 4)
    world = World(generator, faults, kills, stage.clock.now, strict=bool(seed % 2))
    # Sometimes there is too little money for the thread, or just enough of it, until somebody allows more.
    budget = generator.choice([None, None, Decimal("0.05"), Decimal("0.14"), _ENOUGH])
    stage.accounts["mine"] = Account(name="mine", platform="console", budget=budget)
    pictures = {0: (stage.picture("a.png", 1),), 2: (stage.picture("b.png", 2),)}
    circumstances = Circumstances(seed, stage, world)
    stage.approve(texts=TEXTS, media=pictures, when=circumstances.when, late=circumstances.late)
    world.begins = circumstances.begins
    stage.clock.wind(circumstances.downtime)
    for minute in range(600):
        if minute == 120:
            world.faults = world.kills = 0
            stage.accounts["mine"] = Account(name="mine", platform="console")
        circumstances.next_run()
        _cron(stage, world, lambda surroundings: publisher(circumstances.around(surroundings)))
        _check(world, stage)
        assert not circumstances.wrong, circumstances.wrong
        if all(row.state is State.SENT for row in stage.rows()):
            break
        if generator.random() < 0.05:
            stage.clock.reboot()
        stage.clock.wind(timedelta(minutes=1))
        world.pass_time(60)
        _person(stage, world)
    rows = stage.rows()
    stage.close()
    return world, rows


def _cron(stage: Stage, world: World, around: Naive) -> None:
    world.dead = False
    stage.journal.close()
    journal = stage.reopened()
    mortal = MortalJournal(journal, world)

    def connect(account: Account) -> Connection:
        connection = SimulatedConnection(world)
        connection.bill_to(AccountTab(mortal.ledger, account.name, account.budget))
        return connection

    surroundings = around(replace(stage.surroundings(), connect=connect, cost=_cost))
    try:
        publish_due(mortal, surroundings, stage.clock)  # type: ignore[arg-type]
    except Killed:
        stage.journal.close()
        stage.reopened()
    except ContentkitError:
        pass


def _person(stage: Stage, world: World) -> None:
    """Somebody who looks at the network itself, and decides only when nothing is under way any more."""
    thread = stage.journal.thread("launch", "mine")
    head = thread.head if thread else None
    if head is None or head.state is not State.HELD or world.under_way:
        return
    there = [one for one in world.statuses if one.text == head.text]
    if there:
        stage.journal.confirm(head, there[0].remote_id, there[0].url, "a person found it")
    else:
        stage.journal.release(head, "Ana", "looked, not there")


def _charged(stage: Stage) -> Decimal:
    """What the ledger says of all months: a life may go over the end of one."""
    raw = sqlite3.connect(stage.folder / "journal.db")
    total = raw.execute("SELECT coalesce(sum(micros), 0) FROM ledger").fetchone()[0]
    raw.close()
    return Decimal(total) / 1_000_000


def _check(world: World, stage: Stage) -> None:
    """What must hold at every moment."""
    assert _charged(stage) >= world.billed, "billed more than the ledger knows of"
    budget = stage.accounts["mine"].budget
    assert budget is None or world.billed <= budget, "more was spent than allowed"
    assert len(world.attached) == len(set(world.attached)), "an upload was used twice"
    assert all(one.pictures == (one.text in (TEXTS[0], TEXTS[2])) for one in world.statuses), "a picture is missing"
    texts = [one.text for one in world.statuses]
    assert len(texts) == len(set(texts)), f"twice: {texts}"
    assert texts == list(TEXTS[: len(texts)]), f"out of order: {texts}"
    for before, status in zip(["", *(one.remote_id for one in world.statuses)], world.statuses, strict=False):
        assert status.parent == before, "not a reply to the part before"
    ids = {one.remote_id for one in world.statuses}
    for row in stage.rows():
        assert row.state is not State.SENT or row.remote_id in ids, "called sent, and is not there"
        assert row.state is not State.HELD or row.reason, "held without a reason"
