"""Findings quote the draft; where a draft holds what nobody may repeat, a finding must not carry it into a log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from contentkit.checks.manners.link_secrets import without_secrets
from contentkit.confidential import Confidential
from contentkit.forbidden import Forbidden
from contentkit.models import Problem

# These say where, or how long something is, and quote nothing.
_WORDLESS = frozenset(f"CK{number}" for number in (303, 304, 305, 306, 307, 311, 314, 315, 316))
# Who finds one of these has found what nobody may repeat.
_SECRETS = frozenset(("CK303", "CK304", "CK307"))
# Where it is found, a password or a key stands in a link of the post.
_OF_LINKS = "CK345"


def discreet(
    problems: Iterable[Problem], forbidden: Forbidden, confidential: Confidential, texts: Sequence[str] = ()
) -> list[Problem]:
    """The problems, each once, those without their words that would repeat what is off the record, confidential, or a secret.

    ``texts`` are those of the posts: what is found in the middle of a confidential name must not tell half of it. Of what stands
    around the words of findings nothing is shown where anything of the kind stands in the draft.
    """
    told = []
    problems = list(problems)
    holds_secrets = any(problem.check in _SECRETS for problem in problems)
    places = [_places(text, forbidden, confidential) for text in texts] if holds_secrets else []
    exposed = {problem.post for problem in problems if problem.check == _OF_LINKS}
    for problem in problems:
        if problem.post in exposed:
            problem = _without_link_secrets(problem)
        text = f"{problem.message}\n{problem.words}\n{problem.remedy}\n{problem.fix or ''}"
        is_secret = _is_secret(text, forbidden, confidential) or _lies_in(problem, places)
        if problem.check not in _WORDLESS and is_secret:
            message = "its words are off the record or confidential, and are not shown"
            problem = replace(problem, message=message, words="", remedy="mend the post, and check again", fix=None)
        if (spot := problem.spot) and (holds_secrets or _is_secret("".join(spot.excerpt), forbidden, confidential)):
            problem = replace(problem, spot=replace(spot, excerpt=("", "", "")))
        if (waived := problem.waived) and _is_secret("\n".join(vars(waived).values()), forbidden, confidential):
            problem = replace(problem, waived=replace(waived, words="", by="", reason="not shown"))
        told.append(problem)
    return list(dict.fromkeys(told))


def _without_link_secrets(problem: Problem) -> Problem:
    """A problem of a post with a password or a key in a link; of what stands around its words a part may be one."""
    return replace(
        problem,
        message=without_secrets(problem.message),
        words=without_secrets(problem.words),
        remedy=without_secrets(problem.remedy),
        fix=problem.fix if without_secrets(problem.fix or "") == (problem.fix or "") else None,
        spot=problem.spot and replace(problem.spot, excerpt=("", "", "")),
    )


def _places(text: str, forbidden: Forbidden, confidential: Confidential) -> bytearray:
    """A 1 for each character of a post that is a part of what nobody may repeat."""
    marked = bytearray(len(text))
    for start, end in (*confidential.names_in(text), *((leak.start, leak.end) for leak in forbidden.leaks_in(text))):
        marked[start:end] = b"\1" * (end - start)
    return marked


def _lies_in(problem: Problem, places: Sequence[bytearray]) -> bool:
    """Whether any of the words is such a part."""
    if problem.post is None or problem.at is None or problem.post >= len(places):
        return False
    return 1 in places[problem.post][problem.at : problem.at + len(problem.words)]


def _is_secret(text: str, forbidden: Forbidden, confidential: Confidential) -> bool:
    return bool(forbidden.leaks_in(text)) or confidential.is_named_in(text)
