"""A named person's word that a finding is fine takes the finding off the list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from contentkit.checks.catalogue import catalogue
from contentkit.checks.findings import problem_of, warning
from contentkit.models import Draft, Problem, Waiver

OF_OPINIONS = frozenset(("CK290",))
OF_PAGES = frozenset(("CK365", "CK366", "CK367", "CK368", "CK369"))
_ONLY_ASKED = OF_OPINIONS | OF_PAGES


def with_waivers(
    problems: Sequence[Problem], draft: Draft, index: int, asked: Collection[str] = ()
) -> Iterator[Problem]:
    """The problems of one post, each with the waiver that covers it, and CK190 for every waiver that covers none.

    ``asked`` are those of the checks that only find something on request of which it was requested.
    """
    waivers = draft.posts[index].waivers
    for problem in problems:
        covering = (waiver for waiver in waivers if _covers(waiver, problem))
        yield replace(problem, waived=next(covering, None))
    for waiver in waivers:
        is_idle = not any(_covers(waiver, problem) for problem in problems)
        # Whoever did not ask the model, or the pages, cannot tell that it has nothing to say.
        if is_idle and (waiver.check not in _ONLY_ASKED or waiver.check in asked):
            yield _idle(waiver, draft, index)


def can_be_waived(check: str) -> bool:
    """Whether a person may take a finding of this check upon them."""
    known = catalogue().get(check)
    return known is None or known.waivable


def _covers(waiver: Waiver, problem: Problem) -> bool:
    if waiver.check != problem.check or not can_be_waived(waiver.check):
        return False
    return not waiver.words or _plain(waiver.words) == _plain(problem.words)


def _plain(words: str) -> str:
    # A waiver stands in double quotes, so the quotation marks of a finding cannot be part of it.
    return " ".join(words.casefold().replace('"', "").replace("“", "").replace("”", "").split())


def _idle(waiver: Waiver, draft: Draft, index: int) -> Problem:
    if not can_be_waived(waiver.check):
        message = f"{waiver.check} cannot be waived"
        remedy = "mend what it found and take the waiver out"
        return problem_of(warning("CK190", message, words=waiver.check, remedy=remedy), draft, index)
    named = f'{waiver.check} "{waiver.words}"' if waiver.words else waiver.check
    message = f"the waiver of {named} by {waiver.by} matches no finding"
    return problem_of(warning("CK190", message, words=named, remedy="take it out"), draft, index)
