"""What one check has to say about one post, before it is known where in which file that is."""

from __future__ import annotations

from typing import TypedDict, Unpack

from contentkit.models import Draft, Problem, Severity
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding in a post. ``at`` is the offset of the words in the post's text; ``line`` is the file's, where known.

    ``holds`` is true for a warning that an approval waits for until somebody waives it. ``fix`` is what can stand in the place
    of the words without anybody's judgement (empty: nothing); None where a person has to write something.
    """

    check: str
    severity: Severity
    message: str
    words: str = ""
    at: int = 0
    line: int = 0
    remedy: str = ""
    holds: bool = False
    fix: str | None = None


class _Told(TypedDict, total=False):
    """What a finding may say beside its check and its message."""

    words: str
    at: int
    line: int
    remedy: str
    holds: bool
    fix: str | None


def error(check: str, message: str, **told: Unpack[_Told]) -> Finding:
    """A finding that blocks the approval."""
    return Finding(check=check, severity="error", message=message, **told)


def warning(check: str, message: str, **told: Unpack[_Told]) -> Finding:
    """A finding that a person should look at."""
    return Finding(check=check, severity="warning", message=message, **told)


def information(check: str, message: str, **told: Unpack[_Told]) -> Finding:
    """What is good to know and asks for nothing."""
    return Finding(check=check, severity="information", message=message, **told)


def problem_of(finding: Finding, draft: Draft, index: int) -> Problem:
    """The finding with its place: the line of its words, which is exact unless comments stand above the text."""
    return Problem(
        check=finding.check,
        severity=finding.severity,
        message=finding.message,
        place=place_of(draft, index, finding.at, finding.line),
        words=finding.words,
        remedy=finding.remedy,
        post=index,
        holds=finding.holds,
        at=None if finding.line else finding.at,
        fix=finding.fix,
    )


def place_of(draft: Draft, index: int, at: int = 0, line: int = 0) -> str:
    """``drafts/x.md:12``; only the file's name when the draft was never in a file. A known line goes before the offset."""
    name = draft.path or draft.slug
    post = draft.posts[index]
    return f"{name}:{line or post.line + post.text.count(chr(10), 0, at)}" if post.line else name
