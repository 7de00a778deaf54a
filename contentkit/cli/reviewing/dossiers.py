"""A dossier: everything that the review shows of one entry, read once, with what an approval of it would be given for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from contentkit.calendar.times import distance, show_time
from contentkit.cli.after_changes import parts_out, what_now
from contentkit.cli.after_changes import standing_of as standing_for_telling
from contentkit.cli.approving.giving import Candidate, candidate_of
from contentkit.cli.approving.showing import changes_since
from contentkit.cli.approving.standing import Standing, standing_of
from contentkit.cli.approving.telling import told_before
from contentkit.cli.journal import journal_if_any
from contentkit.cli.project import Project
from contentkit.cli.reviewing import deciding
from contentkit.cli.wanted_times import notes_on
from contentkit.clock import Clock
from contentkit.errors import ContentError, ContentkitError
from contentkit.models import Draft, Entry, Evidence, Problem, Rendition, Source, in_the_way
from contentkit.publishing.journal import Journal
from contentkit.text import one_line
from contentkit.values import dataclass
from contentkit.views.review.values import Change, Dossier, Ground
from contentkit.views.threads import Preview

# So many lines of a source are shown before and after those that a post points at, and of these no more than so many.
_AROUND = 2
_MOST_LINES = 40


@dataclass(frozen=True, kw_only=True)
class Read:
    """An entry as it was read once: what is shown of it, and what would be approved; None where that cannot be."""

    dossier: Dossier
    candidate: Candidate | None


def read_entry(project: Project, entry: Entry, person: str, clock: Clock) -> Read:
    """Everything of an entry as the files are now. Raises ContentkitError where its draft cannot be read."""
    now = clock.now()
    draft = project.draft_of(entry)
    untimely, candidate = _candidate(project, entry, now)
    problems = candidate.problems if candidate else _problems(project, draft, entry)
    renditions = (candidate.renditions if candidate else ()) or tuple(project.renditions(draft, entry))
    with journal_if_any(project, clock) as journal:
        standing = standing_of(project, journal, entry)
        sentences = tuple(_sentences(project, journal, entry, draft, standing, now))
        changed = tuple(_changed(project, journal, entry))
    obstacles = tuple(_obstacles(project, clock, untimely, problems))
    grounds = tuple(_grounds(project, draft))
    dossier = Dossier(
        entry=entry.id,
        draft=entry.draft,
        heading=f"{entry.id} · {show_time(entry.at)} ({distance(entry.at, now)})",
        standing=sentences,
        changed=changed,
        previews=tuple(_previews(project, renditions, draft)),
        posts=draft.posts,
        grounds=grounds,
        problems=tuple(problems),
        obstacles=obstacles,
        question=_question(entry, renditions, person, now),
        remarks=tuple(_remarks(project, candidate, standing, clock)),
        is_approved=standing.holds,
        is_signed=deciding.signs(project),
        is_paused=entry.paused,
        mark=_mark(project, entry, draft, renditions, problems, grounds, changed, obstacles),
    )
    return Read(dossier=dossier, candidate=candidate)


def _candidate(project: Project, entry: Entry, now: datetime) -> tuple[str, Candidate | None]:
    """What would be approved; or why that cannot be, whatever its words are."""
    try:
        return "", candidate_of(project, entry, now)
    except ContentError as error:
        place = f"entry '{entry.id}': "
        return f"{error.message.partition(place)[2] or error.message} ({error.hint})", None


def _problems(project: Project, draft: Draft, entry: Entry) -> Sequence[Problem]:
    from contentkit.cli.checking.examining import problems_of

    return problems_of(project, draft, entry)


def _sentences(
    project: Project, journal: Journal | None, entry: Entry, draft: Draft, standing: Standing, now: datetime
) -> Iterator[str]:
    """How the entry stands, a sentence each."""
    from contentkit.cli.ingesting.stale import why_stale

    if entry.paused:
        yield f"Paused: {entry.pause_reason}" if entry.pause_reason else "Paused."
    yield _stands(project, journal, entry, standing, now)
    if out := parts_out(project, journal, entry):
        yield f"Out already: {out}"
    yield from map(_capital, notes_on(project.calendar, entry))
    if stale := why_stale(project, entry.draft):
        yield _capital(stale)
    about = [f"{name} {words}" for name, words in (("founder", draft.founder), ("campaign", entry.campaign)) if words]
    if about:
        yield _capital(" · ".join(about))


def _stands(project: Project, journal: Journal | None, entry: Entry, standing: Standing, now: datetime) -> str:
    if standing.holds:
        return _capital(what_now(journal, entry, standing_for_telling(project, journal, entry), now))
    if not standing.heard:
        return f"{_capital(standing.why)}." if standing.lacking else "Not approved yet."
    given = f"Approved by {' and '.join(standing.people)} so far. " if standing.people else ""
    return f"{given}{_capital(standing.why)}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _changed(project: Project, journal: Journal | None, entry: Entry) -> Iterator[Change]:
    """What is otherwise than it was approved here last, word by word."""
    from contentkit.manifests.differences import word_by_word
    from contentkit.words.word_changes import told

    try:
        difference = changes_since(project, journal, entry)
    except ContentError as error:
        yield (("stayed", error.message),)
        return
    if difference:
        yield from (tuple(told(pieces)) for pieces in word_by_word(difference))


def _obstacles(project: Project, clock: Clock, untimely: str, problems: Sequence[Problem]) -> Iterator[str]:
    if untimely:
        yield untimely
    if blocking := in_the_way(problems):
        them = "one finding" if len(blocking) == 1 else f"{len(blocking)} findings"
        yield f"{them}, to mend (e) or to waive (w)"
    if why := deciding.why_not_here(project, clock):
        yield why


def _question(entry: Entry, renditions: Sequence[Rendition], person: str, now: datetime) -> str:
    count = sum(len(one.parts) for one in renditions)
    parts = "this one part" if count == 1 else f"these {count} parts"
    where = ", ".join(entry.accounts)
    when = f"{show_time(entry.at)} ({distance(entry.at, now)})"
    return f"Approve {entry.id} as {one_line(person, 60)}: exactly {parts} on {where}, at {when}?"


def _remarks(project: Project, candidate: Candidate | None, standing: Standing, clock: Clock) -> Iterator[str]:
    if standing.holds:
        yield f"It is approved as it is, by {' and '.join(standing.people)}."
    if candidate is not None:
        yield from told_before(project, candidate, clock)


def _previews(project: Project, renditions: Sequence[Rendition], draft: Draft) -> Iterator[Preview]:
    from contentkit.cli.subjects import preview_of
    from contentkit.media import load_each

    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    # Without the entry: when it goes out stands above all of its threads.
    return (preview_of(project, one, draft, None, pictures) for one in renditions)


def _grounds(project: Project, draft: Draft) -> Iterator[tuple[Ground, ...]]:
    sources = project.sources_of(draft)
    for post in draft.posts:
        yield tuple(_ground(evidence, sources) for evidence in post.evidence)


def _ground(evidence: Evidence, sources: Mapping[str, Source]) -> Ground:
    from contentkit.checks.anchors import anchor_of

    source = sources.get(evidence.source)
    anchor = anchor_of(evidence, source)
    if source is None:
        return Ground(evidence=evidence, state="gone: there is no such source")
    there = anchor.now or evidence
    states = {
        "holds": "holds" if evidence.sha else "there",
        "moved": f"moved to {there.place.rpartition('#')[2]}",
        "changed": "changed since; now it says",
        "gone": "gone: nothing is there",
    }
    last = min(there.last, there.first + _MOST_LINES - 1)
    return Ground(
        evidence=evidence,
        state=states[anchor.state],
        first=there.first,
        last=there.last,
        lines=tuple(_lines(source.lines, there.first, last)),
    )


def _lines(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, str]]:
    """These lines with their numbers, and the nearest around them; of all of them, those that say something."""
    said = [(number, words) for number, words in enumerate(lines, 1) if words.strip()]
    before = [one for one in said if one[0] < first][-_AROUND:]
    after = [one for one in said if one[0] > last][:_AROUND]
    yield from (*before, *(one for one in said if first <= one[0] <= last), *after)


def _mark(
    project: Project,
    entry: Entry,
    draft: Draft,
    renditions: Sequence[Rendition],
    problems: Sequence[Problem],
    grounds: Sequence[Sequence[Ground]],
    changed: Sequence[Change],
    obstacles: Sequence[str],
) -> str:
    """The digest of all that a person sees when they say yes. Its line in the calendar is none of it."""
    try:
        terms = repr(project.terms(entry, draft))
    except ContentkitError as error:
        terms = error.message
    seen = (replace(entry, line=0, approved=None), draft, renditions, problems, grounds, changed, obstacles, terms)
    return hashlib.sha256(repr(seen).encode(errors="backslashreplace")).hexdigest()
