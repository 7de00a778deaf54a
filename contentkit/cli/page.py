"""What goes onto a page for others. What nobody may repeat never gets there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from contentkit import __version__
from contentkit.calendar.times import show_time
from contentkit.checks.anchors import moved_to
from contentkit.cli.project import Project
from contentkit.cli.subjects import Subject, approval_of, digest_of
from contentkit.clock import Clock
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentError, ContentkitError
from contentkit.models import Draft, Evidence, Problem, Source, quotation_hash
from contentkit.stamps import latest_of
from contentkit.text import one_line
from contentkit.views.page import Page, Quote, Work, page
from contentkit.words.placed_words import CitedText, Wording

# Off the record, or confidential: words that must not leave the machine.
_NEVER_SHOWN = frozenset(("CK303", "CK304", "CK307"))
# Nobody here can tell whether such words are in the draft; a person who can waives it.
_NOT_COMPARED = "CK305"
_LONGEST_QUOTE = 400
_MOST_PARAGRAPHS = 4


def page_of(project: Project, subjects: Sequence[Subject], clock: Clock) -> str:
    """One page of all of them. Raises ContentError when a draft holds what was off the record or is confidential."""
    now = clock.now()
    works = tuple(_work(project, subject, clock) for subject in subjects)
    zone = next((subject.entry.at.tzinfo for subject in subjects if subject.entry), None)
    return page(Page(works=works, made=now.astimezone(zone) if zone else now, maker=f"contentkit {__version__}"))


def _work(project: Project, subject: Subject, clock: Clock) -> Work:
    from contentkit.models import in_the_way
    from contentkit.views.problems import tally

    draft, entry = subject.draft, subject.entry
    found = in_the_way(_problems(project, subject))
    digest = digest_of(project, subject)
    return Work(
        # The checks leave names of files alone.
        name=project.confidential.veil(subject.name),
        title=draft.title or project.confidential.veil(draft.slug),
        entry=entry,
        previews=subject.previews,
        digest=digest,
        approval=approval_of(project, entry, digest, clock),
        findings=tally(found) if found else "",
        quotes=dict(_quotes(project, draft, clock.now())),
    )


def _problems(project: Project, subject: Subject) -> list[Problem]:
    """What 'check' finds. Raises ContentError for what a page must not carry to others, and where that cannot be known."""
    from contentkit.cli.checking.examining import problems_of

    problems = problems_of(project, subject.draft, *([subject.entry] if subject.entry else []))
    for problem in problems:
        if problem.check in _NEVER_SHOWN:
            raise ContentError(
                f"{problem.place}: {problem.check}: {problem.message}",
                hint="no page was written, because it is for others: mend the draft first",
            )
        if problem.check == _NOT_COMPARED:
            raise ContentError(
                f"{problem.place}: {problem.check}: {problem.message}",
                hint="no page was written, because it is for others: write it where the raw file is, or waive this by name",
            )
    _require_sayable(project, subject)
    return problems


def _require_sayable(project: Project, subject: Subject) -> None:
    """Raises ContentError where a page would have a confidential name that no draft has: an account is called after it."""
    accounts = [preview.rendition.account for preview in subject.previews]
    said = [(CONFIG_NAME, "an account", " ".join((one.name, one.handle, one.server))) for one in accounts]
    said += [(CALENDAR_NAME, "what an entry waits for", subject.entry.after)] if subject.entry else []
    for place, what, words in said:
        if project.confidential.is_named_in(words):
            raise ContentError(
                f"{place}: CK307: {what} is called by a name that {CONFIDENTIAL_NAME} lists",
                hint="no page was written, because it is for others",
            )


def _quotes(project: Project, draft: Draft, now: datetime) -> Iterator[tuple[Evidence, Quote]]:
    for post in draft.posts:
        for evidence in post.evidence:
            yield evidence, _quote(project, evidence, now)


def _quote(project: Project, evidence: Evidence, now: datetime) -> Quote:
    """What the source says there on the record, with placeholders for confidential names; where in doubt, no words."""
    place = _place(project, evidence)
    if not _is_for_others(project, evidence.source):
        return Quote(place=place, why="not quoted, because it is no note or post that others may read")
    try:
        source = project.read(evidence.source)
    except ContentkitError:
        return Quote(place=place, why="the source cannot be read here")
    if moved := moved_to(evidence, source):
        evidence, place = moved, _place(project, moved)
    if why := _why_unquoted(source, evidence, now):
        return Quote(place=place, why=why)
    said = [_as_told(one) for one in Wording(source).cited_passages(evidence)]
    more = ["…"] if len(said) > _MOST_PARAGRAPHS else []
    return Quote(place=place, words=(*(one_line(words, _LONGEST_QUOTE) for words in said[:_MOST_PARAGRAPHS]), *more))


def _place(project: Project, evidence: Evidence) -> str:
    """The lines, as people say it who open a file; columns would tell them nothing."""
    first, last = evidence.first, evidence.last
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return project.confidential.veil(f"{evidence.source}, {lines}")


def _as_told(cited: CitedText) -> str:
    """With who says it, and dots where the passage goes on."""
    words = f"{'' if cited.opens else '… '}{cited.text}{'' if cited.closes else ' …'}"
    return f"{cited.speaker}: {words}" if cited.speaker else words


def _is_for_others(project: Project, name: str) -> bool:
    """Whether words of this file may leave the machine: of notes, and of what everybody has who has the repository.

    A draft may come from anybody, and name any file of the project.
    """
    from contentkit.cli.ingesting.whereabouts import is_raw, lies_in
    from contentkit.sources.formats import OF_ANY_PROGRAM, is_kind

    path = (project.root / name).resolve()
    if not lies_in(path, project) or is_raw(path, project) or path.name == CONFIDENTIAL_NAME:
        return False
    if name not in project.tracked and not name.startswith("notes/"):
        return False
    is_hidden = any(part.startswith(".") for part in path.relative_to(project.root.resolve()).parts)
    return is_kind(path.name) and path.suffix.lower().removeprefix(".") not in OF_ANY_PROGRAM and not is_hidden


def _why_unquoted(source: Source, evidence: Evidence, now: datetime) -> str:
    """Why nothing is quoted from there; empty where it may be."""
    if not evidence.said_in(source.lines).strip():
        return "nothing is there any more"
    if evidence.sha and quotation_hash(evidence.said_in(source.lines)) != evidence.sha:
        return "changed since the post was written"
    if source.doubts:
        return "not quoted, because it leaves open what is off the record"
    touched = (one.embargo for one in source.passages if one.embargo and one.touches(evidence.first, evidence.last))
    until = latest_of(touched)
    return f"not quoted, because it is under embargo until {show_time(until)}" if until and until > now else ""
