"""Publishing what is due: at most once, in order, never silently lost.

The publisher takes one account after the other (a lane: one account's trouble never stops another's), and in it one
thread after the other. A part is claimed in the journal before the first byte leaves and settled after; what may have
been sent is looked for before anything else of its thread moves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from contentkit.clock import Clock
from contentkit.errors import ContentkitError, PlatformError, Refused, StateError, Unavailable, Uncertain
from contentkit.models import Account, Entry, Lateness, Limits
from contentkit.platforms import Connection, Message, Status
from contentkit.publishing.journal import Approval, Journal
from contentkit.publishing.looking import Finding, compare, look_for
from contentkit.publishing.publications import Publication, State, Thread

# A thread whose next part could not go out for this long has lost its readers: a person decides.
LONGEST_PAUSE_IN_THREAD = timedelta(hours=2)
# After downtime, threads do not burst out: late ones keep this distance on an account.
LATE_AFTER = timedelta(minutes=15)
CATCH_UP_GAP = timedelta(minutes=30)
# More than this, and due times, rate limits and settle times cannot be trusted.
LONGEST_SKEW = timedelta(minutes=5)
# A lost answer is often a slow one: looking again after so many seconds mostly settles it in the same run.
LOOK_AFTER_SECONDS = (0.5, 2.0, 5.0)
_LOOKS_BEFORE_ASKING = 2


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """An entry as the files have it now: None when it was removed. ``digest`` is of the files as they are; ``moved`` is true
    when only the time differs from what was approved; ``problem`` says why there is no digest."""

    entry: Entry | None
    digest: str = ""
    moved: bool = False
    problem: str = ""


OutcomeKind = Literal["sent", "found", "held", "unknown", "skipped", "doubled", "trouble", "paused"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Something that happened in this run and that a person may want to read. ``part`` counts from 0."""

    kind: OutcomeKind
    entry: str
    account: str
    part: int = 0
    parts: int = 0
    text: str = ""
    url: str = ""
    reason: str = ""

    @property
    def needs_person(self) -> bool:
        return self.kind in ("held", "unknown", "doubled", "paused") or (self.kind == "skipped" and bool(self.reason))


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the publisher asks of the project's files and of this machine, as functions of the command line.

    ``inspect`` takes an entry's id and its approval; ``genuine`` tells whether an approval was sealed here;
    ``account`` gives the configured account or None; ``connect`` opens it; ``length`` counts text and warning as its
    network does under these limits; ``record`` writes the receipt of a part;
    ``interrupted`` is true once the run should end after the part in hand.
    """

    inspect: Callable[[str, Approval], Inspection]
    genuine: Callable[[Approval], bool]
    account: Callable[[str], Account | None]
    connect: Callable[[Account], Connection]
    length: Callable[[Account, str, str, Limits], int]
    record: Callable[[Publication, str, str], None]
    interrupted: Callable[[], bool]
    settle: timedelta


class _LaneStops(Exception):
    """Nothing more can be done on this account in this run."""


def publish_due(journal: Journal, desk: Desk, clock: Clock) -> list[Outcome]:
    """Publishes what is due and looks for what is in doubt. Returns what happened; quiet runs return nothing.

    The caller holds the publisher's lock. Raises StateError when the journal cannot be written: nothing is sent then.
    """
    recovered = {row.id for row in journal.recover()}
    outcomes: list[Outcome] = []
    for account, threads in _lanes(journal.open_threads()):
        lane = _Lane(account, journal, desk, clock, recovered)
        try:
            lane.run(threads)
        finally:
            outcomes += lane.outcomes
            lane.close()
    return outcomes


def _lanes(threads: Iterable[Thread]) -> list[tuple[str, list[Thread]]]:
    lanes: dict[str, list[Thread]] = {}
    for thread in threads:
        lanes.setdefault(thread.account, []).append(thread)
    return list(lanes.items())


class _Lane:
    """One account in one run: a connection that is opened when first needed, and what happened."""

    def __init__(self, name: str, journal: Journal, desk: Desk, clock: Clock, recovered: Collection[int]) -> None:
        self.name = name
        self.recovered = recovered
        self.journal = journal
        self.desk = desk
        self.clock = clock
        self.outcomes: list[Outcome] = []
        self._connection: Connection | None = None
        self._account: Account | None = None
        self._seen: set[str] = set()

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def run(self, threads: list[Thread]) -> None:
        try:
            for thread in threads:
                if self.desk.interrupted():
                    return
                self._advance(thread)
        except _LaneStops:
            return

    # -- one thread

    def _advance(self, thread: Thread) -> None:
        """Does with a thread what can be done now."""
        head = thread.head
        if head is not None and head.state is State.UNKNOWN:
            if not self._settle(head):
                return
            thread = self._fresh(thread)
            head = thread.head
        if (
            head is None
            or head.state is not State.PLANNED
            or self.journal.known("stopped")
            or not self._is_due(head)
        ):
            return
        entry = self._still_approved(thread, head)
        if entry is None or not self._is_its_turn(thread, head, entry) or self._is_too_late(thread, head, entry.late):
            return
        self._send_rest(thread)

    def _is_due(self, head: Publication) -> bool:
        now = self.clock.now()
        return head.due <= now and (head.not_before is None or head.not_before <= now)

    def _still_approved(self, thread: Thread, head: Publication) -> Entry | None:
        """The entry, if the approval is genuine and the files still say exactly what was approved; else None, and settled."""
        approval = self.journal.approval(head.approval)
        if not self.desk.genuine(approval):
            self._hold(head, "the approval was not made on this machine")
            return None
        now = self.desk.inspect(thread.entry, approval)
        if now.entry is not None and now.digest == approval.digest:
            return None if now.entry.paused else now.entry
        if thread.started or (now.entry is not None and not now.moved):
            self._hold(head, _why_void(now))
            return None
        reason = "" if now.entry is None else "moved to another time: approve it again"
        rest = [row for row in thread.rows if row.state is State.PLANNED]
        self.journal.skip(rest, reason or "removed from the calendar")
        self._say("skipped", head, reason=reason)
        return None

    def _is_its_turn(self, thread: Thread, head: Publication, entry: Entry) -> bool:
        if entry.after and not self._is_out(entry.after):
            return False
        now, last = self.clock.now(), self.journal.last_sent_at(self.name)
        late = now - head.due > LATE_AFTER and not thread.started and head.released_at is None
        return not (late and last is not None and timedelta() <= now - last < CATCH_UP_GAP)

    def _is_out(self, entry: str) -> bool:
        threads = [thread for thread in self.journal.threads() if thread.entry == entry]
        return bool(threads) and all(thread.head is None for thread in threads)

    def _is_too_late(self, thread: Thread, head: Publication, late: Lateness) -> bool:
        now, last = self.clock.now(), thread.last_sent
        waited_for = [moment for moment in (head.released_at, head.not_before) if moment]
        if last is not None:
            since, allowed, why = max([last.changed_at, *waited_for]), LONGEST_PAUSE_IN_THREAD, "the thread stopped"
        elif head.released_at is not None:
            since, allowed, why = max(waited_for), LONGEST_PAUSE_IN_THREAD, "it was released"
        else:
            since, allowed, why = head.due, LATE_AFTER if late.policy == "hold" else late.within, "missed: it was due"
        if now - since <= allowed:
            return False
        self._hold(head, f"{why} {_hours(now - since)} ago")
        return True

    def _send_rest(self, thread: Thread) -> None:
        """Sends the open parts of a due thread, one after the other, as far as it goes."""
        connection = self._connected()
        if not self._fits(thread, connection):
            return
        while (head := thread.head) is not None and head.state is State.PLANNED:
            if self.desk.interrupted():
                raise _LaneStops
            if head.part != thread.rows[0].part and self._still_approved(thread, head) is None:
                return
            place = self._place(thread, head, connection)
            if place is None or not self._send(head, connection, *place):
                return
            thread = self._fresh(thread)
        if thread.head is None:
            self._report_doubles(thread, connection)

    def _fits(self, thread: Thread, connection: Connection) -> bool:
        """Every part still fits the limits in force now: nothing of a thread leaves that could not end."""
        account = self._account
        assert account is not None
        with self._trouble():
            limits = connection.limits()
        for row in thread.rows:
            length = self.desk.length(account, row.text, row.warning, limits)
            if row.state is State.PLANNED and length > limits.characters:
                assert thread.head is not None
                self._hold(
                    thread.head,
                    f"part {row.part + 1} has {length} characters, the server now allows {limits.characters}",
                )
                return False
        return True

    def _place(self, thread: Thread, head: Publication, connection: Connection) -> tuple[str, str] | None:
        """The parent and the watermark for the next part: the place where it goes, and where looking for it starts."""
        last = thread.last_sent
        with self._trouble():
            if last is None:
                return self._start(head, connection)
            if last.remote_id in self._seen or connection.find(last.remote_id) is not None:
                return last.remote_id, last.remote_id
        self._hold(head, f"part {last.part + 1} is no longer on the network: {last.url}")
        return None

    def _start(self, head: Publication, connection: Connection) -> tuple[str, str] | None:
        recent = connection.recent("")
        already = compare(head, recent, connection, self.journal.remote_ids(self.name)).found
        if already is not None:
            self._hold(head, f"looks as if it was published already: {already.url}")
            return None
        return "", recent[0].remote_id if recent else ""

    # -- one part

    def _send(self, planned: Publication, connection: Connection, parent: str, watermark: str) -> bool:
        """Sends one part once. True when the network has it."""
        row = self.journal.claim(planned, parent=parent, watermark=watermark)
        if row is None:
            return False
        message = Message(
            text=row.text,
            key=row.key,
            parent=parent,
            visibility=row.visibility,
            warning=row.warning,
            language=row.language,
        )
        try:
            status = connection.publish(message)
        except Refused as refusal:
            self._hold(row, f"refused: {refusal.message}")
            return False
        except Unavailable as failure:
            self._postpone(row, failure)
            raise _LaneStops from failure
        except Uncertain as doubt:
            return self._look_soon(self.journal.doubt(row, doubt.message), connection)
        except BaseException as error:
            # Ctrl-C or a fault of ours in the middle of a request: it may have left.
            self.journal.doubt(row, f"interrupted while sending ({type(error).__name__})")
            raise
        return self._verify(row, status, connection)

    def _verify(self, row: Publication, status: Status, connection: Connection) -> bool:
        """A spam filter may answer with an id that does not exist: what was said to be created is looked at once."""
        try:
            seen = connection.find(status.remote_id)
        except ContentkitError:
            seen = status
        if seen is None:
            return self._look_soon(
                self.journal.doubt(row, "the network answered with a status that it does not show"), connection
            )
        self._confirm(row, seen, "sent")
        return True

    def _look_soon(self, row: Publication, connection: Connection) -> bool:
        """Looks for a part whose answer was lost a few times in the same run. True when it is there."""
        for seconds in LOOK_AFTER_SECONDS:
            self.clock.sleep(seconds)
            try:
                finding = look_for(row, connection, self.journal.remote_ids(self.name))
            except ContentkitError:
                continue
            if finding.found:
                self._adopt(row, finding)
                return True
        self._say("unknown", row, reason=row.reason)
        raise _LaneStops

    def _settle(self, row: Publication) -> bool:
        """Looks for a part in doubt from an earlier run. True when it is there; after long enough, a person is asked."""
        connection = self._connected()
        with self._trouble():
            finding = look_for(row, connection, self.journal.remote_ids(self.name))
        if finding.found:
            self._adopt(row, finding)
            return True
        row = self.journal.looked(row, f"not there; {len(finding.strangers)} other statuses in its place")
        waited = self.clock.uptime() - row.doubted_uptime
        if row.looks >= _LOOKS_BEFORE_ASKING and waited >= self.desk.settle.total_seconds():
            where = (
                f"; another reply stands there: {finding.strangers[0].url}" if row.parent and finding.strangers else ""
            )
            self._hold(row, f"may have been sent, but is not there ({row.reason}){where}")
        elif row.id in self.recovered:
            self._say("unknown", row, reason=row.reason)
        return False

    def _adopt(self, row: Publication, finding: Finding) -> None:
        assert finding.found is not None
        self._confirm(row, finding.found, "found")
        for double in finding.doubles:
            self._say("doubled", row, url=double.url, reason="the network has it twice")

    def _report_doubles(self, thread: Thread, connection: Connection) -> None:
        """A request doubled on its way makes two statuses and one answer: seen only by reading back."""
        try:
            recent = connection.recent(thread.rows[0].watermark)
        except ContentkitError:
            return
        taken = self.journal.remote_ids(self.name)
        for row in thread.rows:
            double = compare(row, recent, connection, taken).found
            if double:
                self._say("doubled", row, url=double.url, reason="the network has it twice")

    # -- settling

    def _confirm(self, row: Publication, status: Status, kind: Literal["sent", "found"]) -> None:
        self.journal.confirm(row, status.remote_id, status.url, kind)
        self._seen.add(status.remote_id)
        self.desk.record(row, status.remote_id, status.url)
        self._say(kind, row, url=status.url)

    def _hold(self, row: Publication, reason: str) -> None:
        self.journal.hold(row, reason)
        self._say("held", row, reason=reason)

    def _postpone(self, row: Publication, failure: Unavailable) -> None:
        self.journal.postpone(row, failure.message, self.clock.now() + failure.wait if failure.wait else None)
        self._note_trouble(failure)

    def _fresh(self, thread: Thread) -> Thread:
        found = self.journal.thread(thread.entry, thread.account)
        assert found is not None
        return found

    def _say(self, kind: OutcomeKind, row: Publication, *, url: str = "", reason: str = "") -> None:
        self.outcomes.append(
            Outcome(
                kind=kind,
                entry=row.entry,
                account=row.account,
                part=row.part,
                parts=row.parts,
                text=row.text,
                url=url,
                reason=reason,
            )
        )

    # -- the account

    def _connected(self) -> Connection:
        """The connection, after making sure that it is the right account, the clocks agree and the limits still fit."""
        if self._connection:
            return self._connection
        account = self.desk.account(self.name)
        with self._trouble():
            if account is None:
                raise StateError(
                    f"account '{self.name}' is no longer in contentkit.toml", hint="put it back, or skip its posts"
                )
            connection = self.desk.connect(account)
            self._account, self._connection = account, connection
            self._check_identity(account, connection)
        return connection

    def _check_identity(self, account: Account, connection: Connection) -> None:
        me, known = connection.identity(), self.journal.account(self.name)
        pinned = account.remote_id or known.remote_id
        if pinned and pinned != me.remote_id:
            raise StateError(
                f"account '{self.name}': logged in as another account ({me.handle})",
                hint="use the token of the account that was pinned",
            )
        if me.server_time and abs(me.server_time - self.clock.now()) > LONGEST_SKEW:
            raise StateError(
                "this machine's clock and the server's differ by more than 5 minutes", hint="set the clock"
            )
        self.journal.set_account(
            replace(known, remote_id=me.remote_id, handle=me.handle, trouble="", paused=False, since=None)
        )

    def _trouble(self) -> _Trouble:
        return _Trouble(self)

    def _note_trouble(self, error: ContentkitError) -> None:
        """Remembers what stands in the account's way; says it when it is new, so that cron does not repeat it each minute."""
        known = self.journal.account(self.name)
        waits_for_network = isinstance(error, PlatformError) and not (
            isinstance(error, Unavailable) and error.pauses_account
        )
        words = error.message + (f" ({error.hint})" if error.hint else "")
        if known.trouble == words:
            return
        self.journal.set_account(replace(known, trouble=words, paused=not waits_for_network, since=self.clock.now()))
        self.outcomes.append(
            Outcome(kind="trouble" if waits_for_network else "paused", entry="", account=self.name, reason=words)
        )


class _Trouble:
    """Turns what stands in the way of a whole account into the end of its lane."""

    def __init__(self, lane: _Lane) -> None:
        self._lane = lane

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ContentkitError):
            self._lane._note_trouble(error)
            raise _LaneStops from error


def _why_void(now: Inspection) -> str:
    if now.entry is None:
        return "the entry was removed from the calendar after it had begun"
    if now.problem:
        return f"cannot be read as it was approved: {now.problem}"
    return "edited after the approval"


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def due_now(journal: Journal, now: datetime) -> list[Thread]:
    """The threads whose next part is planned and due, in the order in which they would be sent."""
    return [
        thread
        for thread in journal.open_threads()
        if (head := thread.head) is not None
        and head.state is State.PLANNED
        and head.due <= now
        and (head.not_before is None or head.not_before <= now)
    ]
