"""``contentkit again``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.models import Draft
    from contentkit.stats.again import LeftOut, Proposal, Waiting
    from contentkit.stats.baselines import Judged
    from contentkit.stats.measured import MeasuredThread

# More than anybody says again in a month.
_LIMIT = 20


def command(
    name: Annotated[
        str, typer.Argument(metavar="POST", help="Make a draft of this entry, or of the post at this address.")
    ] = "",
    accounts: Annotated[
        list[str] | None, typer.Option("--account", metavar="NAME", help="On this account only; may be repeated.")
    ] = None,
    cooldown: Annotated[
        int | None,
        typer.Option(
            "--cooldown",
            metavar="DAYS",
            min=1,
            max=36_500,
            help="How long a thread rests; as in contentkit.toml when left out.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=100_000, help="At most N of each, the best.")
    ] = _LIMIT,
    everything: Annotated[bool, typer.Option("--all", help="Also what did well and is left out, and why.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Propose threads to say again: they did better than usual, and still hold.

    Proposed is what had at least 1.5 times the usual engagement of its account after seven days, by more than chance, and was
    not said there for 90 days ([again] cooldown_days). Left out is what names a date, a day or news, what was said again
    since, and what waits already.

    With POST a copy of its draft is written, to be edited, checked and approved as any other: nothing goes out by itself.

    \b
    contentkit again
    contentkit again launch
    """
    from datetime import timedelta

    from contentkit.cli.measuring.collecting import without_collecting
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.store.database import database_in, has_database

    project, now = open_project(), SystemClock().now()
    wanted = tuple(dict.fromkeys(accounts or ()))
    for one in wanted:
        project.account(one)
    if name and (everything or wanted or cooldown is not None or as_json or limit != _LIMIT):
        raise UsageError("again: options belong to the list, not to a post", hint=f"contentkit again {name}")
    if not has_database(project.root):
        if name:
            raise UsageError("nothing was published yet", hint="contentkit queue")
        _show(_Chosen(), now, limit, everything=everything, as_json=as_json)
        return
    rest = timedelta(days=cooldown or project.config.cooldown_days)
    with database_in(project.root) as database, without_collecting():
        if name:
            threads, original = _threads(database, name), _draft_of(project, database, name)
        else:
            chosen = _chosen(project, database, wanted, now, rest)
    if name:
        _write(project, threads, original, now, rest)
    else:
        _show(chosen, now, limit, everything=everything, as_json=as_json)


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    """What is worth saying again, and what is left out, the best first, of so many threads."""

    found: Sequence[Proposal] = ()
    left: Sequence[LeftOut] = ()
    looked_at: int = 0


def _chosen(project: Project, database: Database, accounts: Collection[str], now: datetime, rest: timedelta) -> _Chosen:
    """Account by account: what is said again is said on one, and no more than one has to fit into memory."""
    from contentkit.stats.accounts import accounts_published
    from contentkit.stats.again import proposals, times_usual

    waiting = list(_waiting(project, database, now))
    found: list[Proposal] = []
    left: list[LeftOut] = []
    looked_at = 0
    for account in accounts or accounts_published(database):
        judged = _judged(database, account, now)
        better, others = proposals(judged, waiting, now=now, cooldown=rest)
        found, left, looked_at = found + better, left + others, looked_at + len(judged)
    found.sort(key=lambda one: -times_usual(one.judged))
    left.sort(key=lambda one: -times_usual(one.judged))
    return _Chosen(found=found, left=left, looked_at=looked_at)


def _judged(database: Database, account: str, now: datetime) -> list[Judged]:
    """Every thread of the last three years on this account, beside what was usual then."""
    from datetime import timedelta

    from contentkit.stats.baselines import judged, threads_to_judge

    threads = threads_to_judge(database, since=now - timedelta(days=3 * 365), until=now, accounts=[account])
    return judged(database, threads)


def _waiting(project: Project, database: Database, now: datetime) -> Iterator[Waiting]:
    """How the drafts begin that are not out: on the accounts that the calendar says, or on any. Unreadable ones are left out."""
    from datetime import timedelta

    from contentkit.errors import ContentkitError
    from contentkit.stats.again import Waiting

    entries = project.calendar.entries
    out, drafts_out = _out(database, [entry.id for entry in entries]), _drafts_out(database)
    for path in dict.fromkeys((*project.drafts(), *(entry.draft for entry in entries))):
        try:
            draft = project.draft(path)
        except ContentkitError:
            continue
        mine = [entry for entry in entries if entry.draft == path]
        # What was due a month ago and never went out is not waited for.
        due = [entry for entry in mine if entry.at > now - timedelta(days=30)]
        names = [name for entry in due for name in entry.accounts if (entry.id, name) not in out]
        if draft.posts and (names or (not mine and path not in drafts_out)):
            text = draft.posts[0].text
            yield from (Waiting(text=text, account=name) for name in (names or [""]))


def _out(database: Database, entries: Sequence[str]) -> set[tuple[str, str]]:
    """Those of these entries that something was published of, with the account."""
    import json

    # A thread is called as its entry, where there is one; by entry there is no index.
    query = """SELECT DISTINCT entry, name FROM published_parts JOIN accounts ON accounts.id = account
               WHERE thread IN (SELECT value FROM json_each(?)) AND entry IS NOT NULL"""
    return set(database.conn.execute(query, (json.dumps(list(entries)),)))


def _drafts_out(database: Database) -> set[str]:
    """The drafts that something was published of, by their paths."""
    return {path for (path,) in database.conn.execute("SELECT DISTINCT draft FROM entries WHERE draft IS NOT NULL")}


def _show(chosen: _Chosen, now: datetime, limit: int, *, everything: bool, as_json: bool) -> None:
    from contentkit.cli.output import is_terminal, say, show_json, show_lines
    from contentkit.views.again import HEADINGS, cells, left_out_lines, proposal_lines, summary_lines

    found, left = chosen.found[:limit], chosen.left[:limit]
    if as_json:
        plain = {"proposals": [_plain(one.judged) for one in found], "more": len(chosen.found) - len(found)}
        show_json(plain | {"left_out": [_plain(one.judged, one.why) for one in left]})
        return
    shown = left if everything else ()
    if is_terminal():
        show_lines(*proposal_lines(found, now), *left_out_lines(shown, now))
    elif found or shown:
        rows = [HEADINGS, *(cells(one.judged) for one in found), *(cells(one.judged, one.why) for one in shown)]
        show_lines(*("\t".join(" ".join(cell.split()) for cell in row) for row in rows))
    say(*summary_lines(chosen.looked_at, chosen.found, chosen.left, limit))


def _plain(judged: Judged, why: str = "") -> dict[str, object]:
    """One thread for a program."""
    import math

    thread, ratio = judged.thread, judged.ratio
    assert ratio is not None
    return {
        "entry": thread.entry,
        "account": thread.account,
        "published_at": thread.begun_at,
        "url": thread.url,
        "text": thread.parts[0].text,
        "age": judged.age,
        "engagement": judged.engagement,
        "ratio": ratio.value,
        "low": ratio.low,
        "high": ratio.high if math.isfinite(ratio.high) else None,
        "n": ratio.n,
        "left_out": why or None,
    }


def _threads(database: Database, name: str) -> list[MeasuredThread]:
    """The threads of an entry, or that of a post with this address. Raises UsageError that names the nearest entry."""
    from contentkit.errors import UsageError
    from contentkit.stats.measured import measured_at, measured_of
    from contentkit.stats.publications import entries_published
    from contentkit.strict_yaml import nearest

    found = measured_of(database, name) or measured_at(database, name)
    if not found:
        raise UsageError(
            f"nothing that was published is called '{name}'", hint=nearest(name, entries_published(database))
        )
    return found


def _draft_of(project: Project, database: Database, name: str) -> str:
    """The path of the draft that an entry came from; empty where nobody knows it any more."""
    named = [entry.draft for entry in project.calendar.entries if entry.id == name]
    row = database.conn.execute("SELECT draft FROM entries WHERE id = ?", (name,)).fetchone()
    path = (named or [row[0] if row and row[0] else ""])[0]
    return path if path and (project.root / path).is_file() else ""


def _write(project: Project, threads: Sequence[MeasuredThread], original: str, now: datetime, rest: timedelta) -> None:
    """A new draft beside the old one, letter for letter; of what has none here, the words as they were published."""
    import re

    from contentkit.calendar.times import distance
    from contentkit.cli.output import say, show_lines
    from contentkit.files import create_file
    from contentkit.text import counted

    if original:
        project.draft(original)  # what cannot be read is told, and not copied
        path, data = _free(project, original), (project.root / original).read_bytes()
    else:
        draft = _from_words(threads[0])
        path = _free(project, f"drafts/{draft.slug}.md")
        data = _formatted(draft)
        path.parent.mkdir(exist_ok=True)
    create_file(path, data)
    name = project.name_of(path)
    show_lines(name)
    if (before := path.with_name(re.sub(r"-again-[0-9]+\.md\Z", "-again.md", path.name))) != path:
        say(f"{project.name_of(before)} was made before: look whether it still waits.")
    for one in threads:
        if now - one.begun_at < rest:
            say(f"Said {distance(one.begun_at, now)} on {one.account}: it rests for {counted(rest.days, 'day')} there.")
    if not original:
        say("The words are those that were published; no draft of them is here, so no post says what it rests on.")
    say(
        f"Say it in other words: 'contentkit check {name}' shows what repeats, and X refuses the same words twice. Then schedule "
        "and approve it as any other draft."
    )


def _free(project: Project, original: str) -> Path:
    """Where the next copy of a draft may lie: ``launch-again.md``, then ``launch-again-2.md``. Raises UsageError."""
    import re
    from itertools import count

    from contentkit.errors import UsageError
    from contentkit.files import lies_below

    path = project.root / original
    if not lies_below(path, project.root):
        raise UsageError(f"{original}: lies outside of the project", hint="copy it into drafts/")
    stem = re.sub(r"-again(?:-[0-9]+)?\Z", "", path.stem)
    names = (f"{stem}-again{f'-{number}' if number > 1 else ''}.md" for number in count(1))
    return next(free for name in names if not (free := path.with_name(name)).exists() and not free.is_symlink())


def _from_words(thread: MeasuredThread) -> Draft:
    """A draft of what was published. Raises StateError where the words are not known."""
    from contentkit.errors import StateError
    from contentkit.models import Draft, Post
    from contentkit.text import slug_of, without_hidden

    texts = [words for part in thread.parts if (words := without_hidden(part.text or "").strip())]
    if not texts:
        raise StateError("the words of this post are not known here, and its draft is gone", hint="write a new draft")
    posts = tuple(Post(text=text) for text in texts)
    slug = slug_of(texts[0], longest=40) or "post"
    return Draft(slug=slug, posts=posts, language=thread.language or "", path=f"drafts/{slug}-again.md")


def _formatted(draft: Draft) -> bytes:
    from contentkit.drafts import format_draft

    return format_draft(draft).encode()
