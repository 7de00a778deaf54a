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
    """The text with the fixes of its problems in place; of two that overlap, the first."""
    pieces, end = [], 0
    fixes = [(one.at, one.words, one.fix) for one in told(text)]
    for at, words, fix in sorted((at, words, fix) for at, words, fix in fixes if at is not None and fix is not None):
        assert text[at : at + len(words)] == words
        if at >= end:
            pieces += [text[end:at], fix]
            end = at + len(words)
    return "".join((*pieces, text[end:]))
