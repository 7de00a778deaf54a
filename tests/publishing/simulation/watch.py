"""What must hold at every moment: the invariants of docs/publishing.md, looked at from outside of the program.

The watch knows the world as it is and the journal's rows, and nothing of how the publisher comes to what it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from threading import get_ident
from typing import TYPE_CHECKING

from contentkit.errors import PlatformError
from contentkit.platforms import Message
from contentkit.publishing.facts import Fact
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publications import Publication, State
from tests.publishing.simulation.holds import Holds

if TYPE_CHECKING:
    from tests.publishing.simulation.life import Life
    from tests.publishing.simulation.network import Network
    from tests.publishing.simulation.world import Process

Place = tuple[str, str]


@dataclass
class Watch:
    """``asked`` are the words on an account for which a request left whose fate the program cannot know, ``refused`` those that
    certainly were not taken, ``first`` those that left when nothing was on the account. ``inspected`` are entries whose files
    were read since a part last left, and by which thread of the machine, with what they said. ``told`` are the rows of which a
    person heard that they are held. ``lost_ledger`` once what was billed may be forgotten.
    """

    life: Life
    asked: set[Place] = field(default_factory=set)
    refused: set[Place] = field(default_factory=set)
    first: set[Place] = field(default_factory=set)
    inspected: dict[tuple[str, int], str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    lost_ledger: bool = False
    looked: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.holds = Holds(self.life, self)

    # -- when a part leaves

    def inspects(self, entry: str, digest: str) -> None:
        """The program reads an entry's files."""
        self.inspected[entry, get_ident()] = digest

    def leaving(self, network: Network, message: Message, process: Process) -> None:
        """A request for a new status is about to leave."""
        world, place = self.life.world, (network.name, message.text)
        world.counts["posts asked for"] += 1
        world.tell(f"to {network.name}: {message.text} (reply to '{message.parent}')")
        if place in self.asked and not self._is_forgotten(network, message):
            world.is_wrong("I1: asked a second time while nobody knew what became of the first")
        self.asked.add(place)
        if all(network.made_at[one.remote_id] >= process.began for one in network.shown()):
            self.first.add(place)
        self.life.epoch_before = None
        self.life.left_by_intent_of = max(self.life.left_by_intent_of, process.claimed_at)
        journal = self.life.journal
        rows = [row for thread in journal.threads.on(network.name) for row in thread.rows]
        row = next((one for one in rows if one.key == message.key), None)
        # Another run that got in without the lock may have taken the claim for one of a dead run, and settled it.
        claimed = row is not None and (row.state is State.SENDING or (self.life.lock_stolen and row.attempts > 0))
        if self.life.place.is_in_transaction or not claimed:
            world.is_wrong("I2: left before the intent was durable")
        if journal.known(Fact.STOPPED) and self.life.stopped_at <= process.claimed_at:
            world.is_wrong("I6: left after the stop")
        if self.life.stale:
            world.is_wrong("I10: an old journal sends")
        if row:
            self._check_words(row, message)
            before = [one for one in rows if one.entry == row.entry and one.part == row.part - 1]
            self._check_place(network, row, message, before, process)
            self.life.begins(row)

    def _is_forgotten(self, network: Network, message: Message) -> bool:
        """Whether nobody can know that it left: the journal that said so was lost, and its owner deleted what was there.

        A person took over and approved it again.
        """
        return self.life.taken_over > 0 and any(network.ever[one].text == message.text for one in network.gone_at)

    def _check_words(self, row: Publication, message: Message) -> None:
        """What leaves was approved last, and the files said so a moment ago."""
        world, digest = self.life.world, self.life.journal.approvals.numbered(row.approval).digest
        if message.text != self.life.approved[digest][row.part]:
            world.is_wrong("I5: other words than were approved")
        if [one.partition(": ")[2] for one in message.media] != [one.digest for one in row.media]:
            world.is_wrong("I5: other pictures than were approved")
        if row.entry in self.life.revoked:
            world.is_wrong("I5: its approval was revoked")
        thread = get_ident()
        self.looked[thread] = self.inspected.pop((row.entry, thread), "")
        if self.looked[thread] != digest and not self.life.lock_stolen:
            world.is_wrong("I5: left without a look at what the files say")

    def _check_place(
        self, network: Network, row: Publication, message: Message, before: list[Publication], process: Process
    ) -> None:
        """The part before is out, and this is a reply to it."""
        world = self.life.world
        last = next((one for one in before if one.state is State.SENT), None)
        if (last.remote_id if last else "") != message.parent or (row.part and last is None):
            world.is_wrong("I3: not a reply to the confirmed part before")
        if network.gone_at.get(message.parent, process.began) < process.began:
            world.is_wrong("I3: a reply to what was deleted long before")

    def not_delivered(self, network: Network, message: Message, error: PlatformError) -> None:
        """The network says for certain that it took nothing."""
        self.asked.discard((network.name, message.text))
        self.refused.add((network.name, message.text))
        entry, _ = self.life.part_of[message.text]
        # It may be asked for again within seconds.
        self.inspected.setdefault((entry, get_ident()), self.looked[get_ident()])

    def deleting(self, network: Network, remote_id: str) -> None:
        """A request to delete is about to leave: a person wants it, and nothing of ours hangs under what goes."""
        world = self.life.world
        world.counts["deletions asked for"] += 1
        world.tell(f"to {network.name}: delete {remote_id}")
        if (network.name, remote_id) not in self.life.retracted:
            world.is_wrong("deletes what nobody retracted")
        rows = (row for thread in self.life.journal.threads.on(network.name) for row in thread.rows)
        own = {row.remote_id for row in rows if row.state is State.SENT}
        if any(one.parent == remote_id and one.remote_id in own for one in network.statuses):
            world.is_wrong("deletes a post before what hangs under it")
        if self.life.journal.known(Fact.STOPPED) and world.running[-1].claimed_at >= self.life.stopped_at:
            world.is_wrong("I6: deleted after the stop")

    def released(self, row: Publication) -> None:
        """A person looked, and says that it may be asked for again."""
        self.asked.discard((row.account, row.text))
        self.told.discard(row.id)

    def approved_again(self, entry: str) -> None:
        """A person looked at the accounts, and says that what is not there may be asked for."""
        for name, network in self.life.networks.items():
            there = {one.text for one in network.ever.values()}
            self.asked -= {(name, text) for text in self.life.words[entry] if text not in there}

    # -- after each run

    def hear(self, said: list[Outcome]) -> None:
        """What a run wrote out."""
        for outcome in said:
            if outcome.kind == "fault":
                self.life.world.is_wrong(f"a fault of the program: {outcome.text}")
            if outcome.kind == "held":
                self.told.add(outcome.publication)

    def after_run(self, *, ended: bool) -> None:
        """``ended`` where the run came to its end, and wrote out what happened."""
        rows = _rows(self.life)
        self._check_rows(rows)
        self._check_money()
        for row in rows if ended else ():
            if row.state is State.HELD and row.id not in self.told and not self._died_beside(row):
                self.life.world.is_wrong(f"I7: held in silence: {row.reason}")

    def _died_beside(self, row: Publication) -> bool:
        """Whether it was another run, one that got in without the lock, that held a part and died: the next run says it."""
        return self.life.lock_stolen and not row.told

    def _check_rows(self, rows: list[Publication]) -> None:
        world, doubts = self.life.world, set[tuple[str, str]]()
        journal = self.life.journal
        claims = (
            {row.id for thread in journal.threads.claimed() for row in journal.claims.of(thread)}
            if journal.claims.exist()
            else ()
        )
        for row in rows:
            network = self.life.networks[row.account]
            there = network.ever.get(row.remote_id)
            if row.state is State.SENT and row.id not in claims and (there is None or there.text != row.text):
                world.is_wrong("I4: called sent, and is not there")
            if row.state in (State.UNKNOWN, State.SENDING) and (row.entry, row.account) in doubts:
                world.is_wrong("I9: two doubts in one thread")
            if row.state in (State.UNKNOWN, State.SENDING):
                doubts.add((row.entry, row.account))
            if row.state is State.HELD:
                self.holds.judge(row)
        for network in self.life.networks.values():
            self._check_network(network)

    def _check_network(self, network: Network) -> None:
        """Nothing twice, but for what a middlebox doubled and what people wrote by hand; each picture is used once."""
        forgotten = network.gone_at if self.life.taken_over else {}
        not_ours = {*network.copies, *forgotten, *self.life.by_hand}
        part_of = self.life.part_of
        places = [
            part_of[one.text] for one in network.ever.values() if one.text in part_of and one.remote_id not in not_ours
        ]
        if len(places) != len(set(places)):
            self.life.world.is_wrong("I1: a part was created twice")
        if len(network.attached) != len(set(network.attached)):
            self.life.world.is_wrong("an upload was used twice")

    def _check_money(self) -> None:
        if self.lost_ledger:
            return
        for network in self.life.networks.values():
            if not network.strict:
                continue
            noted = self.life.journal.ledger.spent(network.name, network.world.true_time.date())
            if noted < network.billed and not self.life.clock_was_wrong:
                self.life.world.is_wrong("billed more than the ledger knows of")
            if not self.life.clock_was_wrong and self._is_overspent(network):
                self.life.world.is_wrong("more was spent than allowed")

    def _is_overspent(self, network: Network) -> bool:
        budget = self.life.accounts[network.name].budget
        if budget is None:
            return False
        month, day = (Decimal("Infinity") if one is None else one for one in (budget.month, budget.day))
        return network.billed > month or any(bill > day for bill in network.bills.values())

    # -- at the end

    def at_the_end(self) -> None:
        """Nothing is left open or unsaid; what is called sent stands there, or was deleted by its owner."""
        journal, world = self.life.journal, self.life.world
        for row in _rows(self.life):
            if row.state not in (State.SENT, State.SKIPPED):
                world.is_wrong(f"I7: lost: {row.entry} {row.part + 1} ends {row.state} ({row.reason})")
            if row.state is State.SENT and row.remote_id not in self.life.networks[row.account].ever:
                world.is_wrong("I4: called sent to the end, and never was there")
        if journal.threads.amended():
            world.is_wrong("I7: lost: what was retracted is neither gone nor given up")
        for name, remote_id in self.life.retracted if not self.life.taken_over else ():
            if remote_id not in self.life.networks[name].gone_at and (name, remote_id) not in self.life.kept:
                world.is_wrong("I7: called retracted, and stands there")
        if journal.publications.untold():
            world.is_wrong("I7: something was never said")


def _rows(life: Life) -> list[Publication]:
    return [row for thread in life.threads() for row in thread.rows]
