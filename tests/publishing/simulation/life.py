"""One life: what its calendar, its accounts and its machine are, all drawn from the seed, and how its minutes go by."""

from __future__ import annotations

import random
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from contentkit.cli.runs import mark_told
from contentkit.errors import ContentkitError
from contentkit.media import load_media
from contentkit.models import Account, Budget, Entry, Media, Part, Rendition
from contentkit.money.ledger import AccountTab
from contentkit.money.prices import Cost, cost_of_part
from contentkit.platforms import Connection
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import EPOCH_NAME, check_identity, raise_counter
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import Occupied, publisher_lock
from contentkit.publishing.planning import planned_parts
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.receipts import append_receipt, receipt_of, without_receipt
from contentkit.publishing.records import Approval
from contentkit.publishing.side_by_side import one_by_one
from contentkit.publishing.surroundings import Inspection, Surroundings
from contentkit.publishing.timing import CATCH_UP_GAP
from tests.publishing.pictures import png
from tests.publishing.simulation.circumstances import MINUTE, Circumstances
from tests.publishing.simulation.events import Meddler
from tests.publishing.simulation.network import PRICES, Network, SimulatedConnection
from tests.publishing.simulation.person import act
from tests.publishing.simulation.place import StatePlace
from tests.publishing.simulation.program import MACHINE, REAL, MortalJournal, Program, run
from tests.publishing.simulation.turns import Turns
from tests.publishing.simulation.watch import Watch
from tests.publishing.simulation.world import Killed, Process, World

SETTLE = timedelta(minutes=5)
# Runs of cron after the last fault within which everything must have come to its end.
_LONGEST_PEACE = 150


class Life:
    """``approved`` are the words of each digest that a person approved, ``files`` the digest that each entry's files have now.

    ``stale`` while the journal that lies there is an older copy that nobody has taken over, ``refused`` once a run failed;
    ``edited`` are entries whose files changed after an approval, ``by_hand`` ids of what people posted with other programs,
    ``retracted`` what a person wants deleted, and ``kept`` what of it she left where it stands.
    """

    def __init__(self, seed: int, place: StatePlace, program: Program = REAL, *, tells: bool = False) -> None:
        chance = random.Random(seed)
        self.seed, self.place, self.folder, self.program = seed, place, place.folder, program
        self.world = World(
            chance, faults=chance.choice([0, 1, 2, 3, 6]), kills=chance.choice([0, 0, 1, 3]), tells=tells
        )
        self.networks: dict[str, Network] = {}
        self.accounts: dict[str, Account] = {}
        self.entries: dict[str, Entry] = {}
        self.circumstances: dict[str, Circumstances] = {}
        self.files: dict[str, str] = {}
        self.words: dict[str, list[str]] = {}
        self.pictures: dict[str, dict[int, tuple[Media, ...]]] = {}
        self.approved: dict[str, list[str]] = {}
        self.part_of: dict[str, tuple[str, int]] = {}
        self.edited: set[str] = set()
        self.revoked: set[str] = set()
        self.by_hand: set[str] = set()
        self.retracted: set[tuple[str, str]] = set()
        self.kept: set[tuple[str, str]] = set()
        self.stale = self.refused = self.lock_stolen = self.clock_was_wrong = self.forged = False
        self.taken_over = self.deaths = self.stopped_at = 0
        self.epoch_before: bytes | None = None
        self.last_left: datetime | None = None
        # The number of the moment at which the last of what left was claimed.
        self.left_by_intent_of = -1
        # Its owner posts with other programs all the time: what is looked for is soon not among the newest.
        self.is_busy = chance.random() < 0.5
        self.is_side_by_side = random.Random(f"accounts of {seed}").random() < 0.5
        self._make_accounts(chance)
        self.journal = place.journal(self.world.clock)
        check_identity(self.folder, self.journal, MACHINE)
        self._read: tuple[object, list[Thread]] = None, []
        self.watch = Watch(self)
        self.meddler = Meddler(self, chance)
        self.world.meddle = self.meddler.meddle
        self.world.arrivals = [network.arrive for network in self.networks.values()]
        self._make_entries(chance)

    # -- how it is made

    def _make_accounts(self, chance: random.Random) -> None:
        for name in ("mine", "other")[: chance.choice([1, 1, 2])]:
            strict = chance.random() < 0.5
            network = Network(
                name, self.world, strict=strict, lenient=chance.random() < 0.7, dated=chance.random() < 0.7
            )
            month = Decimal(chance.choice(["0.05", "0.14", "0.30"])) if strict and chance.random() < 0.3 else None
            day = random.Random(f"day {self.seed} {name}").choice([None, None, Decimal("0.10"), Decimal("0.20")])
            budget = Budget(month=month, day=day) if month or day else None
            self.networks[name] = network
            self.accounts[name] = Account(name=name, platform="console", budget=budget)

    def _make_entries(self, chance: random.Random) -> None:
        names = ("launch", "later")[: chance.choice([1, 1, 1, 2])]
        for number, name in enumerate(names):
            around = self.circumstances[name] = Circumstances(f"{self.seed} {name}", self, name)
            at = self.world.clock.now() + number * chance.choice([0, 1, 10]) * MINUTE
            after = names[0] if number and chance.random() < 0.3 else ""
            self.entries[name] = Entry(
                id=name, draft=f"drafts/{name}.md", at=at, accounts=tuple(self.accounts), late=around.late, when=around.when,
                after=after,
            )  # fmt: skip
            self.pictures[name] = {}
            parts = chance.choice([1, 2, 2, 3, 3, 4])
            if chance.random() < 0.15:
                self.pictures[name][chance.randrange(parts)] = (self.picture(f"{name}.png", number),)
            self.write(name, parts, [])
            with self.decision():
                self.approve(name)

    def picture(self, name: str, shade: int) -> Media:
        (self.folder / name).write_bytes(png(shade))
        return Media(path=name, alt="A grey square", digest=load_media(name, self.folder).digest)

    def write(self, entry: str, parts: int, keep: Sequence[str]) -> None:
        """Somebody writes the entry's draft anew, all but the parts to keep."""
        version = len(self.approved) + len(self.edited) + 1
        new = [f"{entry}, part {part + 1}, as written at first {version}." for part in range(len(keep), parts)]
        self.words[entry] = [*keep, *new]
        self.files[entry] = f"sha256:{entry} {version} {self.world.moments}"
        for part, text in enumerate(self.words[entry]):
            self.part_of[text] = (entry, part)

    def approve(self, entry: str) -> None:
        """A person approves what the files say. Raises ContentkitError where the journal or the receipts forbid it."""
        of, digest = self.entries[entry], self.files[entry]
        parts = tuple(
            Part(post=number, text=text, length=len(text), media=self.pictures[entry].get(number, ()))
            for number, text in enumerate(self.words[entry])
        )
        renditions = [
            Rendition(account=self.accounts[name], parts=parts, visibility="public", warning="", language="en")
            for name in of.accounts
        ]
        planned = planned_parts(self.folder, self.journal, entry, renditions)
        now = self.world.clock.now()
        approval = Approval(
            id=0, entry=entry, digest=digest, manifest="{}", by="Ana", at=now, trust="local", seal=""
        )  # fmt: skip
        self.approved[digest] = list(self.words[entry])
        self.journal.approvals.plan("project", approval, of.at, planned)
        self.revoked.discard(entry)
        self.world.tell(f"Ana approves {entry}")

    @contextmanager
    def decision(self) -> Iterator[Journal]:
        """The journal for a person, as the command line gives it. Raises Occupied, and StateError for an older copy."""
        with publisher_lock(self.folder, self.world.clock.now()):
            # A command opens it anew: over the connection of a run that could not keep something, nothing more is written.
            self.journal = self.place.journal(self.world.clock)
            check_identity(self.folder, self.journal, MACHINE)
            yield self.journal
            raise_counter(self.folder, self.journal)

    # -- what others ask of it

    @property
    def was_meddled_with(self) -> bool:
        """Whether two programs were at work, or the machine's own records were replaced: then less can be expected."""
        return self.lock_stolen or self.taken_over > 0

    def threads(self) -> list[Thread]:
        """All that the journal has of living parts now, by due time: read anew once anything was written."""
        version = self.place.version
        if self._read[0] != version:
            self._read = version, self.journal.threads.living()
        return self._read[1]

    def open_threads(self) -> list[Thread]:
        return [thread for thread in self.threads() if thread.head]

    def amended_threads(self) -> list[Thread]:
        """Those of which something is still to be deleted; nothing is before a person retracts it."""
        return self.journal.threads.amended() if self.retracted else []

    def rows_of(self, entry: str, account: str) -> list[Publication]:
        return [row for thread in self.threads() for row in thread.rows if (row.entry, row.account) == (entry, account)]

    def begins(self, row: Publication) -> None:
        """A part leaves now."""
        self.last_left = self.world.clock.now()
        if row.part == 0:
            self.circumstances[row.entry].begins(row)

    # -- its surroundings

    def surroundings(self, process: Process, journal: Journal) -> Surroundings:
        return Surroundings(
            inspect=self._inspect,
            doubt=self._doubt,
            account=self.accounts.get,
            connect=lambda account: self._connect(account, process, journal),
            length=lambda account, text, warning, limits: len(text),
            cost=self._cost,
            media=lambda path: load_media(path, self.folder),
            look=lambda condition, seconds: self.circumstances[condition.contains].look(process),
            opening=lambda entry, account, after: self.circumstances[entry.id].opening(after),
            resting=lambda account, at: self.circumstances["launch"].resting(at),
            record=self.record,
            mark=lambda: self.mark(self.program.marks, self.folder, journal),
            interrupted=lambda: process.interrupted,
            settle=SETTLE,
            together=self._together(process),
        )

    def _together(self, process: Process) -> Callable[[Iterable[Iterator[object]]], None]:
        """How a run goes through its accounts: in half of the lives, all at once."""
        if not self.is_side_by_side:
            return one_by_one
        turns = Turns(self.world.random)
        process.pause = turns.pause
        return turns.carry_out

    def mark(self, marks: Callable[[Path, Journal], object], folder: Path, journal: Journal) -> None:
        """Notes the counter beside the journal, as the program does it."""
        before = (folder / EPOCH_NAME).read_bytes()
        marks(folder, journal)
        self.epoch_before = before

    def _inspect(self, entry: str, approval: Approval) -> Inspection:
        self.watch.inspects(entry, self.files[entry])
        return Inspection(entry=self.entries[entry], digest=self.files[entry])

    def _doubt(self, approval: Approval, thread: object) -> str:
        back = [
            one
            for one in self.journal.approvals.revocations()
            if one.entry == approval.entry and approval.id <= one.upto
        ]
        return f"revoked by {back[0].by}" if back else ""

    def _connect(self, account: Account, process: Process, journal: Journal) -> Connection:
        connection = self.program.talks(SimulatedConnection(self.networks[account.name], process, self.watch))
        connection.bill_to(AccountTab(journal.ledger, account.name, account.budget))
        return connection

    def _cost(self, account: Account, rows: Sequence[Publication]) -> Cost | None:
        if not self.networks[account.name].strict:
            return None
        parts = (cost_of_part(row.text, [one.alt for one in row.media], PRICES, lambda text: ()) for row in rows)
        return Cost(parts=tuple(parts), prices=PRICES)

    def record(self, row: Publication, remote_id: str, url: str) -> None:
        """The receipt, as the command line writes it: what cannot be written is only told."""
        now, own = self.world.clock.now(), self.journal.known(Fact.ID)
        try:
            append_receipt(self.folder, receipt_of(row, remote_id, url, now, journal=own, clone="here"))
        except OSError as error:
            self.world.tell(f"receipts: {error.strerror}")

    # -- its minutes

    def cron(self) -> None:
        """One run of cron, from taking the lock to writing out what happened."""
        world = self.world
        process = Process(began=world.moments)
        world.counts["runs"] += 1
        self.epoch_before = None  # what an earlier run wrote has long reached the disk
        ended = False
        try:
            with self.program.locks(self.folder, world.clock.now()):
                if world.running and not self.lock_stolen:
                    world.is_wrong("I8: two publishers at work")
                if not world.running:
                    self.journal = self.place.journal(world.clock)
                world.running.append(process)
                try:
                    self._run(process)
                    ended = True
                finally:
                    world.running.remove(process)
        except Occupied:
            world.counts["lost the lock"] += 1
            return
        except Killed:
            self.meddler.after_death()
        except (ContentkitError, OSError) as error:
            self.refused = True
            world.tell(f"post fails: {error}")
        except sqlite3.OperationalError as error:
            # As ``journal_of`` has it: the command ends, and the next opens the journal anew.
            self.refused = True
            world.tell(f"post fails: the journal cannot be read: {error}")
            self.meddler.after_death()
        if not world.running:
            self.meddler.clear_up()
            self.watch.after_run(ended=ended)

    def _run(self, process: Process) -> None:
        journal = self.program.verbs(self.journal)
        mortal: Journal = MortalJournal(journal, self.world, process)  # type: ignore[assignment]
        start = partial(self.mark, self.program.starts)
        outcomes = run(self.program, start, self.folder, mortal, self.surroundings(process, mortal), self.world.clock)
        self.world.moment(process)
        for outcome in outcomes:
            self.world.tell(
                f"says: {outcome.kind} {outcome.entry} {outcome.part + 1} {outcome.account}: {outcome.reason}"
            )
        self.watch.hear(outcomes)
        mark_told(mortal, outcomes)
        for row in without_receipt(self.folder, journal.threads.living()) if outcomes else ():
            self.record(row, row.remote_id, row.url)

    def live(self) -> None:
        """Minutes of cron under faults, then hours of peace, until everything has come to its end or something is wrong."""
        world = self.world
        world.clock.wind(self.circumstances["launch"].downtime)
        if self.is_busy:
            self.meddler.write_by_hand()
        for number in range(world.random.randint(2, 25) + _LONGEST_PEACE):
            if number == self.meddler.storm:
                self.meddler.make_peace()
            self.cron()
            if world.wrong:
                return
            if world.random.random() < 0.1:
                self.meddler.meddle()
            if self.is_busy:
                self.meddler.write_by_hand()
            if self.meddler.is_peace or world.random.random() < 0.3:
                act(self)
            threads = self.open_threads() + self.amended_threads()
            if not threads and not self.stale and not self.meddler.hurry():
                break
            world.clock.wind(self._until_something_may_happen(threads))
        self.watch.after_run(ended=False)
        self.watch.at_the_end()

    def _until_something_may_happen(self, threads: Sequence[Thread]) -> timedelta:
        """To the next moment that anybody waits for, in whole minutes; now and then an idle minute in between."""
        now = self.world.clock.now()
        moments = [moment for around in self.circumstances.values() for moment in around.moments]
        moments += [self.last_left + CATCH_UP_GAP] if self.last_left else []
        for head in (thread.head for thread in threads):
            if head and head.state is State.UNKNOWN:
                return MINUTE if head.looks < 2 else timedelta(minutes=2)
            if head and head.state is State.PLANNED:
                moments += [head.due, head.not_before or head.due, head.due + self.entries[head.entry].late.within]
        to_come = [moment - now for moment in moments if moment > now]
        if not to_come or self.world.random.random() < 0.15:
            return MINUTE
        return max(MINUTE, -(-min(to_come) // MINUTE) * MINUTE)


def simulate(seed: int, place: StatePlace, program: Program = REAL, *, tells: bool = False) -> Life:
    """Lives the life of this seed; ``world.wrong`` says what went against the invariants."""
    place.empty()
    life = Life(seed, place, program, tells=tells)
    try:
        life.live()
    except Exception as fault:
        life.world.is_wrong("".join(traceback.format_exception(fault)))
    finally:
        life.meddler.clear_up()
    return life
