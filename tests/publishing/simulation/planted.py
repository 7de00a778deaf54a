"""Faults that others have made, each planted into the real program: the simulation must find every one of them.

Each puts something of its own in the place of one part of the program; the rest is the real one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from contentkit.clock import Clock
from contentkit.errors import Uncertain
from contentkit.models import Lateness
from contentkit.money.ledger import AccountTab
from contentkit.platforms import Connection, Message, Status
from contentkit.platforms.billing import Tab
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.surroundings import Surroundings
from tests.publishing.simulation.program import Program, no_lock


class _Verbs:
    """The journal, or one of its rooms, with other verbs in the place of some."""

    def __init__(self, kept: object, journal: Journal) -> None:
        self._kept = kept
        self._journal = journal

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept, name)


class IntentAfterwards(_Verbs):
    """Notes the intent only once it knows how it ended."""

    def claim(self, row: Publication, *, parent: str, watermark: str, fare: Any = None) -> Publication:
        self._late = (row, parent, watermark)
        return replace(row, state=State.SENDING, attempts=row.attempts + 1, parent=parent, watermark=watermark)

    def _claimed(self) -> Publication:
        row, parent, watermark = self._late
        claimed = self._journal.publications.claim(row, parent=parent, watermark=watermark)
        assert claimed is not None
        return claimed

    def confirm(self, row: Publication, *values: Any, **named: Any) -> None:
        self._journal.publications.confirm(self._claimed() if row.state is State.SENDING else row, *values, **named)

    def doubt(self, row: Publication, *values: Any, **named: Any) -> Publication:
        return self._journal.publications.doubt(self._claimed(), *values, **named)

    def postpone(self, row: Publication, *values: Any, **named: Any) -> None:
        """Nothing was noted: nothing needs to be taken back."""


class RecoveryBySending(_Verbs):
    """Takes what a killed run left for not sent."""

    def recover(self) -> None:
        for thread in self._journal.threads.open():
            for row in thread.rows:
                if row.state is State.SENDING:
                    self._journal.publications.postpone(row, "the program ended while sending", None)


class ResendsWhatIsAbsent(_Verbs):
    """Takes what it does not find for not sent."""

    def hold(self, row: Publication, reason: str, **named: Any) -> None:
        self._journal.publications.hold(row, reason, **named)
        if reason.startswith("may have been sent"):
            held = next(one for one in self._rows_like(row) if one.id == row.id)
            self._journal.publications.release(held, "nobody", "not there")

    def _rows_like(self, row: Publication) -> tuple[Publication, ...]:
        thread = self._journal.threads.find(row.entry, row.account)
        return thread.rows if thread else ()


class SkipsTheUnknown(_Verbs):
    """Goes on with the next part when nobody knows what became of one."""

    def doubt(self, row: Publication, reason: str, **named: Any) -> Publication:
        doubted = self._journal.publications.doubt(row, reason, **named)
        self._journal.publications.hold(doubted, reason)
        thread = self._journal.threads.find(row.entry, row.account)
        assert thread is not None
        self._journal.publications.skip([one for one in thread.rows if one.id == row.id], reason)
        return doubted


class ReadsTheStopOnce(_Verbs):
    """Knows whether publishing is stopped from when the run began."""

    def __init__(self, kept: object, journal: Journal) -> None:
        super().__init__(kept, journal)
        self._stopped = journal.known(Fact.STOPPED)
        self.publications = _ClaimsWhateverStops(journal.publications, journal, self._stopped)

    def known(self, fact: Fact) -> str:
        return self._stopped if fact is Fact.STOPPED else self._journal.known(fact)


class _ClaimsWhateverStops(_Verbs):
    def __init__(self, kept: object, journal: Journal, stopped: str) -> None:
        super().__init__(kept, journal)
        self._stopped = stopped

    def claim(self, row: Publication, **named: Any) -> Publication | None:
        stopped = self._journal.known(Fact.STOPPED)
        self._journal.note({Fact.STOPPED: self._stopped})
        try:
            return self._journal.publications.claim(row, **named)
        finally:
            self._journal.note({Fact.STOPPED: stopped})


class LooksFromTheTop(_Verbs):
    """Looks for what is in doubt among the newest statuses, wherever it was sent."""

    def claim(self, row: Publication, *, watermark: str, **named: Any) -> Publication | None:
        return self._journal.publications.claim(row, watermark="", **named)


class TrustsReceipts(_Verbs):
    """Takes for sent what a receipt says, without asking the network."""

    def of(self, thread: Thread) -> list[Publication]:
        for row in self._journal.claims.of(thread):
            self._journal.claims.prove(row)
        return []


class SaysNothingLate(_Verbs):
    """What a run could not say before it died is never said."""

    def untold(self) -> list[Publication]:
        self._journal.mark_told([(row.id, row.state) for row in self._journal.publications.untold()])
        return []


class _Talk(Connection):
    """A connection with something else in the place of some requests."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        for name in ("identity", "limits", "upload", "since", "recent", "words"):
            setattr(self, name, getattr(connection, name))

    def bill_to(self, tab: Tab) -> None:
        self._connection.bill_to(tab)

    def find(self, remote_id: str) -> Status | None:
        return self._connection.find(remote_id)

    def publish(self, message: Message) -> Status:
        return self._connection.publish(message)


class RandomKey(_Talk):
    """Gives each request a key of its own."""

    def publish(self, message: Message) -> Status:
        return self._connection.publish(replace(message, key=f"{message.key} {id(message)}"))


class AsksAgainAtOnce(_Talk):
    """Sends a request again when there is no answer."""

    def publish(self, message: Message) -> Status:
        try:
            return self._connection.publish(message)
        except Uncertain:
            return self._connection.publish(message)


class BelievesAnswers(_Talk):
    """Takes the answer to a request for the status itself."""

    def publish(self, message: Message) -> Status:
        self._answer = self._connection.publish(message)
        return self._answer

    def find(self, remote_id: str) -> Status | None:
        answer = getattr(self, "_answer", None)
        return answer if answer and answer.remote_id == remote_id else self._connection.find(remote_id)


class TrustsParents(_Talk):
    """Takes for granted that the part before is still there."""

    def publish(self, message: Message) -> Status:
        answer = self._connection.publish(message)
        self._own = answer.remote_id
        return answer

    def find(self, remote_id: str) -> Status | None:
        if remote_id == getattr(self, "_own", ""):
            return self._connection.find(remote_id)
        return Status(remote_id=remote_id, url="", text="", author="me")


class NoBudget(_Talk):
    """Notes what is billed, and spends more than is allowed."""

    def bill_to(self, tab: Tab) -> None:
        assert isinstance(tab, AccountTab)
        self._connection.bill_to(replace(tab, budget=None))


class UptimeByTheWall:
    """Measures how long it has waited by the clock on the wall."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.now, self.sleep = clock.now, clock.sleep

    def uptime(self) -> float:
        return self._clock.now().timestamp()

    def boot(self) -> str:
        return "boot"


def unmarked(folder: Path, journal: Journal) -> None:
    """As if no older copy of the journal could ever come back."""


def never_looking(surroundings: Surroundings) -> Surroundings:
    """As if the page were taken for granted."""
    return replace(surroundings, look=lambda condition, seconds: "")


def never_resting(surroundings: Surroundings) -> Surroundings:
    """As if nobody had quiet hours."""
    return replace(surroundings, resting=lambda account, at: "")


def without_the_entry(surroundings: Surroundings) -> Surroundings:
    """As if every entry had the usual lateness and no condition, whatever was approved."""
    inspect = surroundings.inspect

    def plain(entry: str, approval: Any) -> Any:
        found = inspect(entry, approval)
        return replace(found, entry=found.entry and replace(found.entry, when=None, late=Lateness()))

    return replace(surroundings, inspect=plain)


def never_rereading(surroundings: Surroundings) -> Surroundings:
    """As if the files still said what was approved."""
    inspect = surroundings.inspect
    return replace(
        surroundings, inspect=lambda entry, approval: replace(inspect(entry, approval), digest=approval.digest)
    )


def never_doubting(surroundings: Surroundings) -> Surroundings:
    """As if no approval were ever taken back."""
    return replace(surroundings, doubt=lambda approval, thread: "")


def never_settling(surroundings: Surroundings) -> Surroundings:
    """As if what is not there at once never came."""
    return replace(surroundings, settle=timedelta(0))


def never_counting_money(surroundings: Surroundings) -> Surroundings:
    """As if nothing were billed."""
    return replace(surroundings, cost=lambda account, rows: None)


def _with(verbs: type[_Verbs], room: str = "") -> Callable[[Journal], Journal]:
    """These verbs in the journal itself, or in this room of it."""

    def changed(journal: Journal) -> Any:
        if not room:
            return verbs(journal, journal)
        whole = _Verbs(journal, journal)
        setattr(whole, room, verbs(getattr(journal, room), journal))
        return whole

    return changed


# What was planted, and what the first words of the watch about it may be.
PLANTED: tuple[Program, ...] = (
    Program(name="intent after the send", verbs=_with(IntentAfterwards, "publications")),
    Program(name="recovery by sending", verbs=_with(RecoveryBySending)),
    Program(name="what is absent is sent again", verbs=_with(ResendsWhatIsAbsent, "publications")),
    Program(name="the unknown is skipped", verbs=_with(SkipsTheUnknown, "publications")),
    Program(name="the stop is read once", verbs=_with(ReadsTheStopOnce)),
    Program(name="looks without a watermark", verbs=_with(LooksFromTheTop, "publications")),
    Program(name="receipts are trusted", verbs=_with(TrustsReceipts, "claims")),
    Program(name="what was unsaid stays unsaid", verbs=_with(SaysNothingLate, "publications")),
    Program(name="a random key", talks=RandomKey),
    Program(name="asked again at once", talks=AsksAgainAtOnce),
    Program(name="answers are believed", talks=BelievesAnswers),
    Program(name="parents are taken for granted", talks=TrustsParents),
    Program(name="no budget", talks=NoBudget),
    Program(name="waits by the wall clock", keeps_time=UptimeByTheWall),
    Program(name="no lock", locks=no_lock),
    Program(name="no look at the epoch", checks=lambda folder, journal, machine: None),
    Program(name="no mark before a part leaves", starts=unmarked, marks=unmarked),
    Program(name="no look at the page", sees=never_looking),
    Program(name="no quiet hours", sees=never_resting),
    Program(name="no look at the rule for lateness", sees=without_the_entry),
    Program(name="files are read once", sees=never_rereading),
    Program(name="no settle time", sees=never_settling),
    Program(name="no ledger", sees=never_counting_money),
)
