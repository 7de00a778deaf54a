"""One account in one run: its connection, what stands in its way, and what happened to its parts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from contentkit.clock import Clock
from contentkit.errors import ContentkitError, PlatformError, StateError, Unavailable, Uncertain
from contentkit.models import Account, Condition
from contentkit.platforms import Connection
from contentkit.platforms.meeting import check_who, clock_trouble
from contentkit.publishing.amendments import Amendment
from contentkit.publishing.conditions import Looks
from contentkit.publishing.journal import Journal
from contentkit.publishing.outcomes import Outcome, OutcomeKind, outcome_about, outcome_about_change, outcome_of
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import Notice
from contentkit.publishing.seen import Seen
from contentkit.publishing.stops import Stops, stops_of
from contentkit.publishing.surroundings import Surroundings
from contentkit.publishing.waiting import excused_until

# What uploads may take in one run, in seconds: what is due on the other accounts waits meanwhile.
UPLOAD_SECONDS = 60.0


class LaneStops(Exception):
    """Nothing more can be done on this account in this run."""


class Patience:
    """How much longer the uploads of one run may hold up everything else, on however many accounts they are under way at once.

    What was begun within it is ended.
    """

    def __init__(self) -> None:
        self._seconds = UPLOAD_SECONDS
        self._under_way = 0
        self._counted = 0.0
        self._counting = threading.Lock()

    def left(self, uptime: float) -> float:
        """In seconds; none or fewer once it is over."""
        with self._counting:
            return self._seconds - (uptime - self._counted if self._under_way else 0.0)

    def count(self, uptime: float, begun: int) -> None:
        """One more upload is under way from this moment on, or, with -1, one less."""
        with self._counting:
            self._seconds -= uptime - self._counted if self._under_way else 0.0
            self._counted = uptime
            self._under_way += begun


class Lane:
    """One account's trouble never stops another's: everything that concerns one account ends here."""

    def __init__(
        self,
        name: str,
        journal: Journal,
        surroundings: Surroundings,
        clock: Clock,
        patience: Patience,
        looks: Looks,
    ) -> None:
        self.name = name
        self.journal = journal
        self.surroundings = surroundings
        self.clock = clock
        self.outcomes: list[Outcome] = []
        self._connection: Connection | None = None
        self._stops: Stops | None = None
        self._troubled = False
        self.looks = looks
        self.put_off: list[tuple[Thread, Condition]] = []
        self._patience = patience
        self._uploads = True
        self.ended = False
        self.known: set[str] = set()
        self._out: set[str] | None = None
        self.seen = Seen(clock)

    @property
    def account(self) -> Account:
        """The account as it is configured. Raises StateError when it no longer is."""
        account = self.surroundings.account(self.name)
        if account is None:
            raise StateError(
                f"account '{self.name}' is no longer in contentkit.toml", hint="put it back, or skip its posts"
            )
        return account

    def connection(self) -> Connection:
        """The connection, opened when first needed, after making sure who we are and that the clocks agree.

        Raises LaneStops when the account cannot be used now.
        """
        if self._connection is None:
            with self.trouble():
                self._connection = self._connected()
        return self._connection

    def meet(self) -> None:
        """Connects ahead of time. What keeps the account from being used is noted; a network that cannot be asked now is not."""
        try:
            self._connection = self._connected()
        except (Unavailable, Uncertain) as failure:
            if isinstance(failure, Unavailable) and failure.pauses_account:
                self.note_trouble(failure)
        except ContentkitError as error:
            self.note_trouble(error)

    def _connected(self) -> Connection:
        """A connection is kept only when it was checked, whatever goes wrong while it is."""
        connection = self.surroundings.connect(self.account)
        try:
            self._check_identity(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def mark(self, take_back: Callable[[], None]) -> None:
        """Between the intent and the first byte: a copy of the journal from before this moment must be recognised as old.

        Where that cannot be noted, the intent is taken back, whatever it was: not one byte has left.
        """
        self.seen.forget()
        try:
            self.surroundings.mark()
        except Exception:
            take_back()
            raise

    def answer(self) -> str:
        """What the network answered last to a request that was not only to read; empty where it does not say."""
        return self._connection.answer() if self._connection else ""

    def close(self) -> None:
        """Ends the connection, if there is one. What was in the account's way is over when nothing was in this run."""
        if self._connection is None:
            return
        self._connection.close()
        known = self.journal.accounts.known(self.name)
        if known.trouble and not self._troubled:
            self.journal.accounts.note(replace(known, trouble="", paused=False, since=None))

    def _check_identity(self, connection: Connection) -> None:
        me, known = connection.identity(), self.journal.accounts.known(self.name)
        check_who(self.account, known.remote_id, me)
        if skewed := clock_trouble(me.server_time, self.clock.now()):
            raise StateError(skewed, hint="set the clock")
        if (known.remote_id, known.handle) != (me.remote_id, me.handle):
            self.journal.accounts.note(replace(known, remote_id=me.remote_id, handle=me.handle))

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turns what stands in the way of the whole account into the end of its lane."""
        try:
            yield
        except ContentkitError as error:
            self.note_trouble(error)
            raise LaneStops from error

    def note_trouble(self, error: ContentkitError) -> None:
        """Remembers what stands in the account's way; says it when it begins, and when it turns from passing to lasting."""
        self._troubled = True
        known = self.journal.accounts.known(self.name)
        passes = isinstance(error, PlatformError) and not (isinstance(error, Unavailable) and error.pauses_account)
        state = replace(known, trouble=error.words, paused=not passes, since=known.since or self.clock.now())
        if known.trouble and (passes or known.paused):
            self.journal.accounts.note(state)
            return
        notice = Notice(kind="trouble" if passes else "paused", account=self.name, reason=error.words)
        self.tell(self.journal.accounts.note(state, notice) or notice)

    def set_back(self, failure: Unavailable) -> None:
        """Notes that one status cannot be read now, which must not stop the account's other threads.

        Raises LaneStops when it concerns them, too: a wait that the network asks for, a refused token.
        """
        self.note_trouble(failure)
        if failure.pauses_account or failure.wait:
            raise LaneStops from failure

    @property
    def may_upload(self) -> bool:
        """Whether a picture may be begun in this run: none failed on this account, and nobody waited too long for others."""
        return self._uploads and self._patience.left(self.clock.uptime()) > 0

    @contextmanager
    def uploading(self) -> Iterator[None]:
        """Counts how long others have to wait."""
        self._patience.count(self.clock.uptime(), 1)
        try:
            yield
        finally:
            self._patience.count(self.clock.uptime(), -1)

    def give_up_uploads(self) -> None:
        """No more pictures on this account in this run: the next would mostly wait for the same."""
        self._uploads = False

    def excused(self, row: Publication) -> datetime | None:
        """Until when a part stood still because of the network, if it did."""
        return excused_until(self.journal, row, self.clock.now())

    @property
    def stops(self) -> Stops:
        """When publishing stood still at a person's word."""
        # The lock of functools.cached_property would be that of all lanes.
        if self._stops is None:
            self._stops = stops_of(self.journal, self.clock.now())
        return self._stops

    def tell(self, notice: Notice) -> None:
        """Adds the outcome of a notice that the journal has."""
        self.outcomes.append(outcome_of(notice))

    def hold(self, row: Publication, reason: str, *, lookalikes: Iterable[str] = (), answer: str = "") -> None:
        """Leaves a part to a person, in the journal and in the outcomes; ``answer`` is what the network said to an attempt."""
        self.journal.publications.hold(row, reason, lookalike="\n".join(lookalikes), answer=answer)
        self.say("held", row, reason=reason)

    def hold_as_out(self, row: Publication, why: str, *, lookalikes: Iterable[str] = ()) -> None:
        """As ``hold``, for what may be out already although it was not sent from here: it is not approved anew unseen."""
        self.journal.doubts.suspect([row], why)
        self.hold(row, why, lookalikes=lookalikes)

    def hold_change(self, amendment: Amendment, reason: str, *, answer: str = "") -> None:
        """Leaves a change of what is out to a person, in the journal and in the outcomes."""
        self.journal.amendments.hold(amendment, reason, answer=answer)
        self.say_change("held", amendment, reason=reason)

    def taken(self, row: Publication) -> set[str]:
        """Ids of statuses that cannot be this part: other parts, and those that a person saw when asked, and sent it anyway."""
        asked_about = set(row.lookalike.split("\n")) if row.lookalike and row.released_at else set()
        return (self.out - {row.remote_id}) | asked_about

    @property
    def out(self) -> set[str]:
        """Ids of all the statuses that are parts, with those that go out in this run. Nobody else adds any while it goes on."""
        if self._out is None:
            self._out = self.journal.history.remote_ids(self.name)
        return self._out

    def say(self, kind: OutcomeKind, row: Publication, *, url: str = "", reason: str = "") -> None:
        """Adds an outcome about a part."""
        self.outcomes.append(outcome_about(row, kind, url=url, reason=reason))

    def say_change(self, kind: OutcomeKind, amendment: Amendment, *, reason: str = "") -> None:
        """Adds an outcome about a change of what is out."""
        self.outcomes.append(outcome_about_change(amendment, kind, reason=reason))
