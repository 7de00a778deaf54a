"""A network as it really is, and as the program sees it: requests and answers get lost, delayed, doubled, hidden and billed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from contentkit.errors import PlatformError, Refused, Unavailable, Uncertain
from contentkit.models import Limits
from contentkit.money.prices import OURSELVES, Charge, Prices
from contentkit.platforms import Attachment, Connection, Identity, Message, Status
from contentkit.platforms.billing import NoTab, Tab
from tests.publishing.simulation.holds import PAGE, PAGES
from tests.publishing.simulation.watch import Watch
from tests.publishing.simulation.world import Process, World

PRICES = Prices(
    create=Decimal("0.015"),
    delete=Decimal("0.010"),
    media_metadata=Decimal("0.005"),
    read_post=Decimal("0.005"),
    read_user=Decimal("0.01"),
)
# What arrives or shows so late is there before the settle time of five minutes is over.
_LATEST, _HIDDEN = 200, (0, 0, 0, 3, 80)
# What may happen to a request to delete.
_TO_DELETIONS = ("no connection", "slow down", "refused", "dropped", "lost")
_CERTAIN = ("no connection", "slow down", "wrong token", "no credit", "refused")
_DOUBTFUL = ("dropped", "lost", "late", "vanished", "doubled")


@dataclass
class Network:
    """One account's network.

    A ``strict`` one refuses words that it has already, and replies to what it does not show, and bills, as X does. A
    ``lenient`` one makes a reply to what is gone a post of its own. ``dated`` ones tell their time. ``statuses`` are what stands
    there, oldest first, ``ever`` all that ever did; ``copies`` those that a middlebox made; ``bills`` are those of each
    day (UTC).
    """

    name: str
    world: World
    strict: bool = False
    lenient: bool = False
    dated: bool = True
    statuses: list[Status] = field(default_factory=list)
    ever: dict[str, Status] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)
    gone_at: dict[str, int] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    made_at: dict[str, int] = field(default_factory=dict)
    visible_at: dict[str, float] = field(default_factory=dict)
    under_way: list[tuple[float, Message]] = field(default_factory=list)
    uploads: int = 0
    alts: dict[str, str] = field(default_factory=dict)
    attached: list[str] = field(default_factory=list)
    closed: PlatformError | None = None
    bills: dict[date, Decimal] = field(default_factory=dict)
    read: set[tuple[date, str]] = field(default_factory=set)

    @property
    def billed(self) -> Decimal:
        return sum(self.bills.values(), Decimal(0))

    @property
    def _today(self) -> date:
        return self.world.true_time.astimezone(UTC).date()

    def bill(self, price: Decimal) -> None:
        if self.strict:
            self.bills[self._today] = self.bills.get(self._today, Decimal(0)) + price

    def bill_reads(self, ids: Iterable[str], price: Decimal) -> None:
        """Charges those that were not read today (UTC)."""
        today = self._today
        fresh = {(today, one) for one in ids} - self.read
        self.read |= fresh
        self.bill(len(fresh) * price)

    def arrive(self) -> None:
        """What was under way for long enough is taken now."""
        for at, message in sorted(self.under_way, key=lambda pair: pair[0]):
            if at <= self.world.seconds:
                self.under_way.remove((at, message))
                self.world.tell(f"{self.name}: a late request arrives: {message.text}")
                if not self.why_not(message):
                    self.late.add(self.create(message).remote_id)

    def why_not(self, message: Message) -> PlatformError | None:
        """What it says instead of creating this."""
        if self.strict and any(one.text == message.text for one in self.statuses):
            return Uncertain("duplicate content")
        if not message.parent:
            return None
        gone = message.parent in self.gone_at
        if self.strict and (gone or self.visible_at.get(message.parent, 0) > self.world.seconds):
            return Unavailable("deleted or not visible", wait=timedelta(seconds=2))
        return Refused("the post that this replies to is gone") if gone and not self.lenient else None

    def create(self, message: Message) -> Status:
        number = str(len(self.ever) + 1)
        status = Status(
            remote_id=number,
            url=f"sim://{self.name}/{number}",
            text=message.text,
            parent="" if message.parent in self.gone_at else message.parent,
            author="me",
            pictures=len(message.media),
            alts=tuple(self.alts[one] for one in message.media),
            visibility=message.visibility,
        )
        self.attached += message.media
        self.statuses.append(status)
        self.ever[number] = status
        self.made_at[number] = self.world.moments
        self.bill(PRICES.create)
        self.visible_at[number] = self.world.seconds + (self.world.random.choice(_HIDDEN) if self.world.faults else 0)
        self.world.tell(f"{self.name} has {number}: {message.text} (reply to '{message.parent}')")
        return status

    def double(self, message: Message) -> Status:
        """A middlebox sends the request twice: one answer, two statuses."""
        status = self.create(message)
        if not self.why_not(message):
            self.copies.add(self.create(replace(message, media=())).remote_id)
        return status

    def write_by_hand(self, text: str) -> None:
        """Somebody posts with another program."""
        bills = dict(self.bills)
        self.create(Message(text=text, key=""))
        self.bills = bills

    def delete(self, status: Status) -> None:
        self.statuses.remove(status)
        self.gone_at[status.remote_id] = self.world.moments

    def shown(self) -> list[Status]:
        """What it shows, newest first."""
        return [one for one in reversed(self.statuses) if self.visible_at[one.remote_id] <= self.world.seconds]


class SimulatedConnection(Connection):
    """A network as one process sees it."""

    def __init__(self, network: Network, process: Process, watch: Watch) -> None:
        self._network, self._world, self._process, self._watch = network, network.world, process, watch
        self._tab: Tab = NoTab()

    def bill_to(self, tab: Tab) -> None:
        if self._network.strict:
            self._tab = tab

    def identity(self) -> Identity:
        me = Charge(operation="read_user", price=PRICES.read_user, resource=OURSELVES)
        slip = self._tab.reserve([me])
        self._read([OURSELVES], PRICES.read_user)
        self._tab.settle(slip, [me])
        time = self._world.true_time if self._network.dated else None
        return Identity(remote_id="me", handle="me", server_time=time)

    def limits(self) -> Limits:
        return Limits()

    def upload(self, attachment: Attachment) -> str:
        self._read()
        network = self._network
        if self._world.goes_wrong(0.1):
            self._world.count("picture refused")
            raise Refused("cannot be read as a picture")
        self._tab.reserve([Charge(operation="media_metadata", price=PRICES.media_metadata)])
        self._world.moment(self._process)
        network.bill(PRICES.media_metadata)
        network.uploads += 1
        media_id = f"{network.uploads}: {attachment.digest}"
        network.alts[media_id] = attachment.alt
        return media_id

    def find(self, remote_id: str) -> Status | None:
        slip = self._tab.reserve([_reading(remote_id)])
        shown = [one for one in self._network.shown() if one.remote_id == remote_id]
        self._read([one.remote_id for one in shown])
        self._tab.settle(slip, [_reading(one.remote_id) for one in shown])
        return shown[0] if shown else None

    def since(self, moment: datetime) -> list[Status]:
        return self._list(self._network.shown())

    def recent(self, after: str) -> list[Status]:
        newest_first = self._network.shown()
        known = [one.remote_id for one in newest_first]
        seen = known.index(after) if after in known else (PAGES if after else PAGE)
        return self._list(newest_first[:seen])

    def words(self, remote_id: str) -> str | None:
        self._read()
        return None

    def publish(self, message: Message) -> Status:
        self._watch.leaving(self._network, message, self._process)
        self._world.moment(self._process)
        self._world.clock.sleep(0.2)
        try:
            status = self._answer(message)
        except (Refused, Unavailable) as error:
            self._world.tell(f"{self._network.name}: '{error.message}'")
            self._watch.not_delivered(self._network, message, error)
            raise
        self._world.moment(self._process)
        return status

    def _answer(self, message: Message) -> Status:
        """What becomes of a request that has left, and what comes back."""
        network, world = self._network, self._world
        refusal = network.closed or network.why_not(message)
        if refusal:
            raise refusal
        if not world.goes_wrong(0.4):
            return network.create(message)
        fault = world.random.choice(_CERTAIN + _DOUBTFUL)
        world.count(fault)
        if fault in _CERTAIN:
            raise self._certainly_not(fault)
        if fault == "doubled":
            return network.double(message)
        if fault == "vanished":
            return Status(remote_id="nowhere", url="", text=message.text, parent=message.parent, author="me")
        if fault == "lost":
            network.create(message)
        if fault == "late":
            network.under_way.append((world.seconds + world.random.uniform(1, _LATEST), message))
        world.moment(self._process)
        raise Uncertain("no answer")

    def _certainly_not(self, fault: str) -> PlatformError:
        """What the network says when it did not take a request; what it says of waiting may be a lie."""
        if fault == "refused":
            return Refused("no")
        if fault == "no connection":
            return Unavailable("no connection", unheard=True)
        if fault == "slow down":
            seconds = self._world.random.choice([0, 1, 4, 60, 1200, 3 * 3600])
            return Unavailable("slow down", wait=timedelta(seconds=seconds))
        self._network.closed = Unavailable(fault, hint="mend it", pauses_account=True)
        return self._network.closed

    def delete(self, remote_id: str) -> None:
        network, world = self._network, self._world
        self._watch.deleting(network, remote_id)
        world.moment(self._process)
        world.clock.sleep(0.2)
        if network.closed:
            raise network.closed
        fault = world.random.choice(_TO_DELETIONS) if world.goes_wrong(0.4) else ""
        if fault:
            world.count(f"{fault}, of a deletion")
        if fault in _CERTAIN:
            raise self._certainly_not(fault)
        if fault != "dropped":
            network.bill(PRICES.delete)
            for status in [one for one in network.statuses if one.remote_id == remote_id]:
                network.delete(status)
        world.moment(self._process)
        if fault:
            raise Uncertain("no answer")

    def _list(self, shown: list[Status]) -> list[Status]:
        # It has no name, as there may be other posts next time: what stays without an answer is charged each time.
        page = Charge(operation="read_post", price=(len(shown) + 5) * PRICES.read_post)
        slip = self._tab.reserve([page])
        self._read([one.remote_id for one in shown])
        self._tab.settle(slip, [_reading(one.remote_id) for one in shown])
        return shown

    def _read(self, ids: Iterable[str] = (), price: Decimal = PRICES.read_post) -> None:
        """A read of these, which may be lost on its way there, or on its way back. Raises Unavailable."""
        self._world.moment(self._process)
        self._world.clock.sleep(0.1)
        self._world.counts["requests"] += 1
        if self._network.closed:
            raise self._network.closed
        lost = self._world.goes_wrong(0.1)
        if not lost or self._world.random.random() < 0.5:
            self._network.bill_reads(ids, price)
        self._world.moment(self._process)
        if lost:
            self._world.count("read lost")
            wait = self._world.random.choice([None, None, timedelta(minutes=10)])
            raise Unavailable("cannot be read now", wait=wait)


def _reading(remote_id: str) -> Charge:
    return Charge(operation="read_post", price=PRICES.read_post, resource=remote_id)
