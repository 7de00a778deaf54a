"""CK307: names that ``confidential.txt`` lists, and what stands for one, in whatever a draft publishes.

A finding says where. It repeats no word: it is printed and may be logged, and what the list holds is a secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contentkit.checks.findings import Finding, error, problem_of
from contentkit.confidential import CONFIDENTIAL_NAME, Confidential, is_veiled
from contentkit.models import Draft, Problem, Rendition
from contentkit.published import Place, Wording, in_git, published

_TAKE_OUT = "say it without the name, or take the name off the list"


def check_names(draft: Draft, confidential: Confidential, renditions: Iterable[Rendition] = ()) -> list[Problem]:
    """Each place of a draft, and of its threads on accounts, that holds a confidential name or its placeholder."""
    wordings = (*published(draft, renditions), *in_git(draft))
    found = [problem_of(finding, draft, one.post) for one in wordings for finding in _check(one, confidential)]
    return sorted(found, key=lambda problem: problem.post or 0)


def _check(wording: Wording, confidential: Confidential) -> Iterator[Finding]:
    def names_in(text: str) -> Iterator[Place]:
        return ((start, end, "name") for start, end in confidential.names_in(text))

    for start, _, _ in wording.found(names_in):
        message = f"the {wording.where} holds a name that confidential.txt lists"
        yield error("CK307", message, at=0 if wording.line else start, line=wording.line, remedy=_TAKE_OUT)
    if is_veiled(wording.text) and not wording.seam and not is_veiled(wording.known):
        message = f"the {wording.where} holds what stands for a confidential name"
        yield error("CK307", message, line=wording.line, remedy="say it without the name")


def list_in_git() -> Problem:
    """The list itself is where everybody with the repository can read it."""
    return Problem(
        check="CK307",
        severity="error",
        message="git tracks the list of confidential names",
        place=CONFIDENTIAL_NAME,
        remedy=f"git rm --cached {CONFIDENTIAL_NAME}, and write it into .gitignore; what was pushed is known",
    )
