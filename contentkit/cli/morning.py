"""What ``contentkit today`` gathers: of journal, calendar, receipts and figures, all as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.cli.standings import ENDED, standings_of
from contentkit.cli.wanted import Wanted
from contentkit.values import dataclass
from contentkit.views.queue import CRON, ELSEWHERE, NETWORK, NOBODY, YOU, QueueRow
from contentkit.views.today import Asked, Figures, Free, Out, Planned, Today, Waits

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.stats.measured import Counts

_WEEK = timedelta(days=7)
_LONGEST_WAITING = 2
_NOT_PEOPLE = ("", CRON, NETWORK, NOBODY, ELSEWHERE)
# On Saturday, Sunday and Monday the last day of work was Friday.
_DAYS_BACK = {5: 1, 6: 2, 0: 3}


def today_of(scene: Scene) -> Today:
    """What somebody who comes to work has to know."""
    calendar = scene.project.calendar
    here = scene.now.astimezone(calendar.zone)
    since = here.date() - timedelta(days=_DAYS_BACK.get(here.weekday(), 1))
    until = here.date() + _WEEK - timedelta(days=1)
    rows = standings_of(scene, Wanted(remembered_since=scene.now - 4 * _WEEK))
    told = _told_by_networks(scene.project, scene.now)
    asked = told.asked
    return Today(
        now=here,
        zone=calendar.timezone,
        since=since,
        until=until,
        out=tuple(_out(scene, rows, since)),
        waits=(*_beside(scene), *told.waits, *_waits(rows, scene.now + _WEEK)),
        planned=tuple(_planned(rows, scene.now, until)),
        free=tuple(_free(scene, here.date(), until)),
        figures=told.figures,
        asked=asked[:_LONGEST_WAITING] if asked else (),
        unanswered=None if asked is None else len(asked),
    )


def _out(scene: Scene, rows: Iterable[QueueRow], since: date) -> Iterator[Out]:
    """What went out since this day, each thread with the address of its first part, in the order of time."""
    found = []
    for row in rows:
        at = _begun(scene, row)
        if at is not None and at.date() >= since:
            found.append(Out(entry=row.entry, accounts=(row.account,), at=at, url=row.url))
    yield from sorted(found, key=lambda one: (one.at, one.entry, one.accounts))


def _begun(scene: Scene, row: QueueRow) -> datetime | None:
    """When the first part of a thread went out, on the calendar's wall; None where nothing of it did, or nobody knows when."""
    from contentkit.publishing.publications import State

    zone = scene.project.calendar.zone
    receipts = scene.receipts.get((row.entry, row.account), ())
    first = min((one.moment for one in receipts if one.moment), default=None)
    if first is not None:
        return first.astimezone(zone)
    thread = scene.threads.get((row.entry, row.account))
    if thread is None or thread.rows[0].state is not State.SENT:
        return None
    return thread.rows[0].changed_at.astimezone(zone)


def _beside(scene: Scene) -> Iterator[Waits]:
    """What waits for a person and is no matter of one entry, as status tells it."""
    from contentkit.cli.expiries import expiries
    from contentkit.cli.waits import beside_entries

    for end in expiries(scene.project, scene.now):
        yield Waits(what=end.account, accounts=(), state=end.state, why=end.why, who=YOU, next=(end.step,))
    for one in beside_entries(scene.project, scene.journal) if scene.journal else ():
        who = NETWORK if one["state"] == "waits" else YOU
        yield Waits(what=one["what"], accounts=(), state=one["state"], why=one["why"], who=who, next=tuple(one["next"]))


def _waits(rows: Iterable[QueueRow], until: datetime) -> Iterator[Waits]:
    """What a person has to see to, unless it is only due after this moment; the same on several accounts is told once."""
    found: dict[tuple[str, ...], Waits] = {}
    for row in rows:
        if row.who in _NOT_PEOPLE or (row.state in ENDED and not row.next) or (not row.state and row.at > until):
            continue
        key = (row.entry, row.state, row.why, row.who)
        accounts = (*found[key].accounts, row.account) if key in found else (row.account,)
        found[key] = Waits(
            what=row.entry, accounts=accounts, state=row.state, why=row.why, who=row.who, next=row.next, at=row.at
        )
    # What may be on the network already, or should be, cannot wait.
    yield from sorted(found.values(), key=lambda one: one.state not in ("held", "unknown", "sending"))


def _planned(rows: Iterable[QueueRow], now: datetime, until: date) -> Iterator[Planned]:
    """What is to go out up to this day; an entry that stands alike on several accounts is told once."""
    found: dict[tuple[str, str, str], Planned] = {}
    for row in rows:
        if row.state not in ("", "planned") or row.at < now or row.at.date() > until:
            continue
        key = (row.entry, row.state, row.who)
        accounts = (*found[key].accounts, row.account) if key in found else (row.account,)
        found[key] = Planned(entry=row.entry, accounts=accounts, at=row.at, state=row.state, who=row.who)
    yield from found.values()


def _free(scene: Scene, first: date, last: date) -> Iterator[Free]:
    from contentkit.calendar.days import days_of

    calendar = scene.project.calendar
    if not calendar.slots:
        return
    for day in days_of(calendar, first, last, list(scene.project.config.accounts), scene.now):
        for one in day.vacancies:
            yield Free(slot=one.slot, accounts=one.accounts, at=one.at)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What contentkit.db has of the networks: who waits for an answer, and the figures; each None where nobody asked for it.

    ``waits`` says that it cannot be read, if so: all else of a day is known without it.
    """

    asked: tuple[Asked, ...] | None = None
    figures: Figures | None = None
    waits: tuple[Waits, ...] = ()


def _told_by_networks(project: Project, now: datetime) -> _Told:
    from contentkit.errors import StateError
    from contentkit.store.database import DATABASE_NAME, database_in, has_database

    if not has_database(project.root):
        return _Told()
    try:
        with database_in(project.root) as database:
            return _Told(asked=_asked(database, now), figures=_figures(database, now))
    except StateError as error:
        why = error.message.removeprefix(f"{DATABASE_NAME}: ").removeprefix("cannot be used: ")
        steps = ("contentkit doctor", error.hint)
        return _Told(waits=(Waits(what=DATABASE_NAME, accounts=(), state="unreadable", why=why, who=YOU, next=steps),))


def _asked(database: Database, now: datetime) -> tuple[Asked, ...] | None:
    """Who wrote to us and waits, the longest first, as ``replies`` lists them; None where nobody asked the networks."""
    from contentkit.stats.replies import forget_others_words, places, replies
    from contentkit.views.replies import who

    if not places(database):
        return None
    forget_others_words(database, now)
    waiting = replies(database, since=now - timedelta(days=30))
    return tuple(
        Asked(number=one.number, author=who(one), account=one.account, at=one.written_at, words=one.text, url=one.url)
        for one in waiting
    )


def _figures(database: Database, now: datetime) -> Figures | None:
    """What the networks told of the threads of the last seven days; None where nobody asked them."""
    from contentkit.stats.growth import NEAR, growth
    from contentkit.stats.measured import measured
    from contentkit.stats.overviews import all_accounts

    threads = measured(database, since=now - _WEEK, until=now + NEAR)
    accounts = growth(database, since=now - _WEEK - NEAR, until=now + NEAR, accounts=all_accounts(database))
    asked = [part.asked_at for thread in threads for part in thread.parts]
    moments = [at for at in (*asked, *(one.asked_at for one in accounts)) if at]
    if not moments:
        return None
    told = [counts for thread in threads if (counts := thread.last)]
    return Figures(
        threads=len(threads),
        replies=_sum(told, "replies"),
        likes=_sum(told, "likes"),
        shares=_sum(told, "shares"),
        followers={
            one.account: (one.followers, one.change_over(_WEEK)) for one in accounts if one.followers is not None
        },
        asked_at=max(moments),
    )


def _sum(counts: Iterable[Counts], name: str) -> int | None:
    """The sum of what was told; None where nothing was: that is not 0."""
    told = [count for one in counts if (count := getattr(one, name)) is not None]
    return sum(told) if told else None
