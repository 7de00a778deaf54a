"""A stage to publish on: a real journal, a real clock that can be wound, real connections, and entries in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from contentkit.cli.runs import mark_told
from contentkit.counters.mastodon import mastodon_length
from contentkit.errors import StateError
from contentkit.media import load_media
from contentkit.models import Account, Condition, Entry, Lateness, Limits, Media
from contentkit.money.ledger import AccountTab
from contentkit.money.prices import Cost
from contentkit.platforms import Connection, Identity
from contentkit.platforms.console import ConsoleConnection
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.publishing.outcomes import Outcome, outcome_of
from contentkit.publishing.publications import PlannedPart, Publication, State
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.records import Approval
from contentkit.publishing.side_by_side import side_by_side
from contentkit.publishing.surroundings import Inspection, Opening, Surroundings
from tests.publishing.pictures import png

THREAD = (
    "The first part says why.",
    "The second part says how: https://example.org/a?b=c",
    "The third part says *what* & when.",
)


class WoundClock:
    """Time that stands still until it is wound. Wall clock and uptime can be wound apart, as a set clock would."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC)
        self._uptime = 1000.0
        self._boot = "boot-1"

    def now(self) -> datetime:
        return self._now

    def uptime(self) -> float:
        return self._uptime

    def boot(self) -> str:
        return self._boot

    def sleep(self, seconds: float) -> None:
        self.wind(timedelta(seconds=seconds))

    def wind(self, span: timedelta) -> None:
        self._now += span
        self._uptime += span.total_seconds()

    def set_wall_clock(self, now: datetime) -> None:
        """Somebody, or NTP, sets the clock; the uptime goes on as it was."""
        self._now = now

    def reboot(self) -> None:
        self._boot, self._uptime = f"{self._boot}+", 10.0


class UndatedConnection(MastodonConnection):
    """A server that does not tell its time, so that the clock here may be wound."""

    def identity(self) -> Identity:
        return replace(super().identity(), server_time=None)


def _on_sqlite(folder: Path, clock: WoundClock) -> Journal:
    return open_journal(folder, clock, "this-machine")


@dataclass
class Stage:
    """Approves texts, publishes them, and knows what happened."""

    # Opens the journal of a stage's folder; tests/scale/stages.py has one on PostgreSQL.
    opener: ClassVar[Callable[[Path, WoundClock], Journal]] = staticmethod(_on_sqlite)

    folder: Path
    clock: WoundClock = field(default_factory=WoundClock)
    server: str = ""
    token: str = ""
    interrupted: bool = False
    settle: timedelta = timedelta(minutes=5)
    read_seconds: float = 2.0
    dated: bool = False
    workers: int = 1
    entries: dict[str, Entry] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    receipts: list[tuple[str, str, int, str]] = field(default_factory=list)
    doubt: str = ""
    limits: Limits = field(default_factory=Limits)
    accounts: dict[str, Account] = field(default_factory=dict)
    connect: Callable[[Account], Connection] | None = None
    pages: dict[str, str] = field(default_factory=dict)
    opening: Callable[[datetime], Opening | None] = lambda after: None
    resting: Callable[[datetime], str] = lambda at: ""
    looking: Callable[[], None] = lambda: None
    looks: list[tuple[str, float]] = field(default_factory=list)
    cost: Callable[[Account, Sequence[Publication]], Cost | None] = lambda account, rows: None
    _closing: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.journal: Journal = self.reopened()

    def reopened(self) -> Journal:
        """The journal as a new process would open it."""
        journal = type(self).opener(self.folder, self.clock)
        self._closing.callback(journal.close)
        self.journal = journal
        return journal

    def close(self) -> None:
        self._closing.close()

    def approve(
        self,
        entry: str = "launch",
        texts: Sequence[str] = THREAD,
        *,
        accounts: Sequence[str] = ("mine",),
        at: datetime | None = None,
        late: Lateness | None = None,
        after: str = "",
        when: Condition | None = None,
        digest: str = "sha256:1",
        sent: Mapping[int, tuple[str, str]] | None = None,
        media: Mapping[int, tuple[Media, ...]] | None = None,
        visibility: str = "public",
        wall: str = "",
        zone: str = "",
    ) -> None:
        at = at or self.clock.now()
        self.entries[entry] = Entry(
            id=entry,
            draft=f"drafts/{entry}.md",
            at=at,
            accounts=tuple(accounts),
            late=late or Lateness(),
            after=after,
            when=when,
        )
        self.digests[entry] = digest
        for name in accounts:
            platform = "mastodon" if self.server else "console"
            self.accounts.setdefault(name, Account(name=name, platform=platform, server=self.server))
        approval = Approval(
            id=0, entry=entry, digest=digest, manifest="{}", by="Ana", at=self.clock.now(), trust="local", seal="seal"
        )
        planned = [
            PlannedPart(
                account=name,
                part=index,
                parts=len(texts),
                post=index,
                text=text,
                warning="",
                visibility=visibility,
                language="en",
                sent=(sent or {}).get(index),
                media=(media or {}).get(index, ()),
            )
            for name in accounts
            for index, text in enumerate(texts)
        ]
        self.journal.approvals.plan("project", approval, at, planned, wall=wall, zone=zone)

    def picture(self, name: str, shade: int = 0, alt: str = "A grey square") -> Media:
        """A small picture in the folder, as an approval would freeze it."""
        (self.folder / name).write_bytes(png(shade))
        return Media(path=name, alt=alt, digest=load_media(name, self.folder).digest)

    def run(self) -> list[Outcome]:
        """One run of the publisher, as cron would start it, whose messages were read."""
        outcomes = [outcome_of(notice) for notice in self.journal.notices.untold()]
        outcomes += publish_due(self.journal, self.surroundings(), self.clock)
        mark_told(self.journal, outcomes)
        return outcomes

    def run_until_settled(self, runs: int) -> list[str]:
        """Runs as cron would, at most so often, while time passes; returns the kinds of what was said."""
        said: list[str] = []
        for _ in range(runs):
            said += [outcome.kind for outcome in self.run()]
            if all(state in (State.SENT, State.HELD) for state in self.states()):
                break
            self.clock.wind(timedelta(minutes=3))
            self.reopened()
        return said

    def surroundings(self) -> Surroundings:
        return Surroundings(
            inspect=self._inspect,
            doubt=lambda approval, thread: self.doubt,
            account=self.accounts.get,
            connect=self._connect,
            length=lambda account, text, warning, limits: mastodon_length(text, warning, url_length=limits.url_length),
            cost=self.cost,
            media=lambda path: load_media(path, self.folder),
            look=self._look,
            opening=lambda entry, account, after: self.opening(after),
            resting=lambda account, at: self.resting(at),
            record=lambda row, remote_id, url: self.receipts.append((row.entry, row.account, row.part, remote_id)),
            mark=lambda: None,
            interrupted=lambda: self.interrupted,
            settle=self.settle,
            together=partial(side_by_side, workers=self.workers),
        )

    def _look(self, condition: Condition, seconds: float) -> str:
        """A page is as ``pages`` says, absent where it does not; ``looks`` are those that were asked, with the time they had."""
        self.looks.append((condition.url, seconds))
        self.looking()
        return self.pages.get(condition.url, "has no such page (HTTP 404)")

    def _inspect(self, entry: str, approval: Approval) -> Inspection:
        if entry not in self.entries:
            return Inspection(entry=None)
        digest = self.digests[entry]
        return Inspection(
            entry=self.entries[entry],
            digest=digest,
            moved=digest == "moved",
            differs=digest if digest.startswith("renders differently") else "",
            problem=self.problems.get(entry, ""),
        )

    def _connect(self, account: Account) -> Connection:
        if self.connect:
            connection = self.connect(account)
            connection.bill_to(AccountTab(self.journal.ledger, account.name, account.budget))
            return connection
        if account.platform == "console":
            return ConsoleConnection(replace(account, limits=self.limits), self.folder / f"{account.name}.jsonl")
        if not self.token:
            raise StateError("account has no token", hint="set it")
        kind = MastodonConnection if self.dated else UndatedConnection
        return kind(account, self.token, WatchedSession(account.server, connect=2, read=self.read_seconds))

    # -- looking at what happened

    def rows(self, entry: str = "launch", account: str = "mine") -> list[Publication]:
        thread = self.journal.threads.find(entry, account)
        return list(thread.rows) if thread else []

    def states(self, entry: str = "launch", account: str = "mine") -> list[State]:
        return [row.state for row in self.rows(entry, account)]

    def console(self, account: str = "mine") -> list[str]:
        """The texts on a console account, oldest first."""
        connection = ConsoleConnection(Account(name=account, platform="console"), self.folder / f"{account}.jsonl")
        return [status.text for status in reversed(connection.recent(""))]
