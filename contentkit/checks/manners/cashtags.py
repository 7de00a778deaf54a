"""CK349 and CK350: cashtags, on a network that takes one in a post: more than that, and those that nobody meant."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import place_of
from contentkit.checks.manners.prose import MOST_FINDINGS, Prose, prose_of
from contentkit.counters.cashtags import cashtags_in
from contentkit.models import Draft, Part, Problem, Rendition, Severity

_NAMES = (
    "ARGV CI EDITOR ENV FOO HOME HOST IFS LANG LOGIN MAIL OSTYPE PAGER PATH PS PWD RANDOM SHELL TEMP TERM TMP UID USER"
)
_VARIABLES = frozenset(_NAMES.split())


def check_cashtags(rendition: Rendition, draft: Draft) -> list[Problem]:
    """What speaks against the cashtags of a thread, part by part."""
    return [problem for part in rendition.parts if "$" in part.text for problem in _of_part(part, rendition, draft)]


def _of_part(part: Part, rendition: Rendition, draft: Draft) -> Iterator[Problem]:
    prose, name = prose_of(part.text), rendition.account.name

    def problem(check: str, severity: Severity, words: str, message: str, remedy: str) -> Problem:
        at = draft.posts[part.post].text.find(words)
        return Problem(
            check=check,
            severity=severity,
            message=message,
            place=place_of(draft, part.post, max(at, 0)),
            words=words,
            remedy=remedy,
            post=part.post,
            at=at if at >= 0 else None,
            account=name,
        )

    spans = cashtags_in(part.text)
    if len(spans) > 1:
        words = part.text[slice(*spans[1])]
        message = f"{len(spans)} cashtags in one part, and {name} refuses more than one"
        yield problem("CK349", "error", words, message, "keep one, and write the others as names")
    for start, end in spans[:MOST_FINDINGS]:
        words = part.text[start:end]
        if _is_code(words, prose, start):
            message = f"{words} becomes a cashtag on {name}, a link to what is said of that share"
            yield problem("CK350", "warning", words, message, f"write it without the sign: {words[1:]}")


def _is_code(words: str, prose: Prose, start: int) -> bool:
    """Whether it is a variable of a program: in code, by its name, or in small letters, which nobody writes shares in."""
    return words[1:].upper() in _VARIABLES or not words[1:].isupper() or prose.uncoded[start] != "$"
