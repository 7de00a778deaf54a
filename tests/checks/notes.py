"""A note, a draft that cites it, and what the checks say of the draft: three lines per test."""

from __future__ import annotations

from collections.abc import Collection

from contentkit.checks import check_draft
from contentkit.models import Draft, Post, Problem, Source

NOTE = "notes/call.md"


def note(*lines: str, **about: object) -> Source:
    """A source whose lines are all that is known of it."""
    return Source(path=NOTE, kind="note", lines=lines, passages=(), **about)  # type: ignore[arg-type]


def citing(source: Source, text: str, first: int = 1, last: int = 0, **more: object) -> Post:
    """A post that cites these lines (all of them when none are named), standing at line 9 of its draft."""
    return Post(text=text, line=9, evidence=(source.evidence(first, last or len(source.lines)),), **more)  # type: ignore[arg-type]


def draft_of(*posts: Post, **front_matter: object) -> Draft:
    """A draft of the note; English unless the front matter says otherwise."""
    values = {"slug": "x", "path": "drafts/x.md", "sources": (NOTE,), "language": "en"} | front_matter
    return Draft(posts=posts, **values)  # type: ignore[arg-type]


def checked(source: Source, text: str, first: int = 1, last: int = 0, **front_matter: object) -> list[Problem]:
    """The problems of a one-post draft that cites these lines of the source."""
    return check_draft(draft_of(citing(source, text, first, last), **front_matter), {NOTE: source})


def ids(problems: Collection[Problem]) -> list[str]:
    return [problem.check for problem in problems]


def found(problems: Collection[Problem]) -> list[tuple[str, str]]:
    """(id, words) of each problem."""
    return [(problem.check, problem.words) for problem in problems]
