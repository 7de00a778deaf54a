"""Findings quote the draft; where a draft holds what nobody may repeat, a finding must not carry it into a log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contentkit.checks.manners.link_secrets import without_secrets
from contentkit.confidential import Confidential
from contentkit.forbidden import Forbidden
from contentkit.models import Problem

# These say where, or how long something is, and quote nothing.
_WORDLESS = frozenset(f"CK{number}" for number in (303, 304, 305, 306, 307, 311, 314, 315, 316))
# Where it is found, a password or a key stands in a link of the post.
_OF_LINKS = "CK345"


def discreet(problems: Iterable[Problem], forbidden: Forbidden, confidential: Confidential) -> list[Problem]:
    """The problems, each once, those without their words that would repeat what is off the record, confidential, or a secret.

    Of what stands around the words of a finding nothing is shown where it would.
    """
    told = []
    problems = list(problems)
    exposed = {problem.post for problem in problems if problem.check == _OF_LINKS}
    for problem in problems:
        if problem.post in exposed:
            problem = _without_link_secrets(problem)
        text = f"{problem.message}\n{problem.words}\n{problem.remedy}\n{problem.fix or ''}"
        if problem.check not in _WORDLESS and _is_secret(text, forbidden, confidential):
            message = "its words are off the record or confidential, and are not shown"
            problem = replace(problem, message=message, words="", remedy="mend the post, and check again", fix=None)
        if (spot := problem.spot) and _is_secret("".join(spot.excerpt), forbidden, confidential):
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


def _is_secret(text: str, forbidden: Forbidden, confidential: Confidential) -> bool:
    return bool(forbidden.leaks_in(text)) or confidential.is_named_in(text)
