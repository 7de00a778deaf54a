"""What may differ from one exploration to the next: the protocol, and the world that it has to live in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from tests.model.promises import SAFETY
from tests.model.world import Journal, Row, Run, World

Disturbance = Literal[
    "kill",  # kill -9 of one process
    "power",  # all processes of the machine at once
    "loss",  # the client stops waiting; the request or the answer goes on its way, or a read fails
    "drop",  # the request vanishes; the client cannot tell that from a loss
    "busy",  # certainly not delivered: connection refused, or 429
    "refusal",  # the network says no, for good
    "lie",  # the network takes it, answers with an id and makes nothing
    "slow",  # a post is not shown for a while after it was made
    "forget",  # the server forgets the keys it knows
    "delete",  # the owner deletes a post
    "edit",  # the draft is edited after its approval
    "withdraw",  # the entry is taken out of the calendar
    "stop",  # contentkit stop
    "restore",  # the journal is replaced by a copy that was made at any moment before
    "rollback",  # the whole state folder is: the epoch file with the journal, so that nothing tells
    "loss of journal",
    "decision",  # contentkit resolve, by a person who looked
    "approval",  # contentkit approve, of the draft as it is now
    "lease",  # the lock runs out while its holder is only slow
]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """How a publisher works. The values here are those of contentkit; each mutant changes as little as it can."""

    # The intent is durable before the request leaves; or nothing is noted before, or the part is noted as sent.
    intent: Literal["before", "never", "as sent"] = "before"
    durable: bool = True
    lock: Literal["kernel", "lease", "none"] = "kernel"
    # What a lost answer is taken for.
    doubt: Literal["unknown", "not sent", "sent again at once"] = "unknown"
    # What a part is that a killed run left in the middle of being sent.
    left_sending: Literal["unknown", "planned", "sending"] = "unknown"
    # What becomes of a part in doubt that is not there.
    absent: Literal["held", "sent again", "passed over"] = "held"
    reads_back: bool = True
    looks: int = 2
    # Whether absence is believed only when nothing can be on its way any more. Nobody can promise that: contentkit does
    # not need it, because it sends nothing again.
    settles: bool = False
    looks_before_sending: bool = True
    verifies: bool = True
    keyed: bool = True
    rechecks_files: bool = True
    sends_frozen_words: bool = True
    rechecks_stop: bool = True
    needs_parent: bool = True
    waits_for_forerunner: bool = True
    checks_journal: bool = True
    marks_each_part: bool = True
    # What a takeover doubts: everything that was planned; what comes next in each thread; or nothing.
    takeover: Literal["all", "next", "nothing"] = "all"
    # Whether an approval plans anew what a takeover doubts, before anybody has decided about it.
    approves_over: bool = False
    pinned: bool = True
    remembers_what_to_tell: bool = True


@dataclass(frozen=True, kw_only=True)
class Model:
    """A protocol in a world: how many parts, processes, machines, what the server does with keys, what may go wrong how often."""

    name: str
    protocol: Protocol = field(default_factory=Protocol)
    parts: int = 3
    processes: int = 1
    machines: int = 1
    # Whether keys are ignored, known at once with the post, or stored after it was made.
    keys: Literal["ignored", "at once", "late"] = "ignored"
    disturbances: tuple[tuple[Disturbance, int], ...] = ()
    watched: frozenset[str] = SAFETY

    @cached_property
    def places(self) -> dict[Disturbance, int]:
        """Where in ``World.left`` each disturbance is counted."""
        return {name: place for place, (name, _) in enumerate(self.disturbances)}

    @cached_property
    def counts(self) -> bool:
        """Whether old copies of the journal exist at all: without them the counter is only more to store."""
        return "restore" in self.places or "rollback" in self.places

    def machine(self, who: int) -> int:
        """On which machine a process runs."""
        return who % self.machines

    def start(self) -> World:
        """Approved, due, and nothing has happened yet. A second machine has a copy of the first one's state folder."""
        rows = (Row(),) * self.parts
        copied = Journal(rows, lag=-1 if self.protocol.pinned else 0)
        return World(
            posts=(),
            wire=(),
            journals=(Journal(rows, stable=None if self.protocol.durable else rows), *([copied] * (self.machines - 1))),
            runs=(Run("idle"),) * self.processes,
            receipts=(-1,) * self.parts,
            keys=(-1,) * self.parts,
            left=tuple(times for _, times in self.disturbances),
            owed=(1,) * self.parts,
        )

    def with_broken(self, world: World, promise: str) -> World:
        """The world with a note that this promise is broken, if anybody watches it."""
        return world._replace(broken=promise) if promise in self.watched else world

    def spent(self, world: World, what: Disturbance) -> World | None:
        """The world with one of these disturbances less to come; None when there is none left."""
        place = self.places.get(what)
        if place is None or world.left[place] == 0:
            return None
        left = world.left
        return world._replace(left=(*left[:place], left[place] - 1, *left[place + 1 :]))
