"""A post, and what is said of its manners: its source says the same words, so that nothing else can object."""

from __future__ import annotations

from contentkit.checks import check_draft
from contentkit.models import Problem
from tests.checks.notes import NOTE, citing, draft_of, note


def told(text: str, **front_matter: object) -> list[Problem]:
    """The problems of the manners of a post with this text."""
    source = note(*text.split("\n"))
    problems = check_draft(draft_of(citing(source, text), **front_matter), {NOTE: source})
    return [problem for problem in problems if problem.check[:3] == "CK3"]


def words_of(check: str, text: str, **front_matter: object) -> list[str]:
    """The words that this check found in a post."""
    return [problem.words for problem in told(text, **front_matter) if problem.check == check]


def mended(text: str) -> str:
    """The text with every fix of its problems in place, the last one first."""
    fixable = sorted(
        (problem for problem in told(text) if problem.fix is not None), key=lambda problem: problem.at or 0
    )
    for problem in reversed(fixable):
        at = problem.at
        assert at is not None
        assert problem.fix is not None
        assert text[at : at + len(problem.words)] == problem.words
        text = text[:at] + problem.fix + text[at + len(problem.words) :]
    return text
