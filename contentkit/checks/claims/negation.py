"""Denials that the source has and the post has not, or the other way."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.alignment import SaidSentence
from contentkit.checks.claims.beside import Beside
from contentkit.checks.clauses import Mark, Parsed
from contentkit.checks.findings import Finding, error, warning

_REMEDY = "check who said yes and who said no"
_SHARE = 0.5
_SAME = 0.9


def check_negation(beside: Beside) -> Iterator[Finding]:
    """CK222: an error where the rest of the sentence is the source's, a warning where it is likely."""
    if beside.own.asks:
        return
    for said in beside.matches:
        for mark in said.parsed.of("denial"):
            yield from _dropped(beside, said, mark)
    for mark in beside.own.of("denial"):
        yield from _added(beside, mark)


def _scope(sentence: Parsed, mark: Mark) -> list[str]:
    """What a denial says something of: what stands behind it in its clause, else before it."""
    return sentence.behind(mark) or sentence.before(mark)


def _dropped(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    scope = _scope(said.parsed, mark)
    shared = [root for root in scope if root in beside.own.content]
    if not shared or beside.share(scope, beside.own.content) < _SHARE:
        return
    if "denial" in beside.own_hints(shared) or _is_said_plainly(beside, said.parsed, mark, shared):
        return
    clause = set(said.parsed.clause(mark))
    together = len(clause & beside.own.roots_in(beside.own.clauses_of(shared)))
    if together < min(2, len(clause)) or (together < 2 and beside.covered < _SAME):
        return
    message = f"the post affirms what the source does not: {beside.place(said)}"
    sure = scope[0] in shared and len(beside.own.content & said.words) >= 3
    make = error if sure else warning
    yield make("CK222", message, words=beside.said, at=beside.at(0), remedy=_REMEDY)


def _is_said_plainly(beside: Beside, denied: Parsed, mark: Mark, shared: list[str]) -> bool:
    """Whether another clause says without denial what this one denies."""
    apart = denied.clauses[mark.first]
    for each in beside.near:
        clauses = {clause for clause in each.parsed.clauses if each.parsed is not denied or clause != apart}
        for clause in clauses:
            if set(shared) <= each.parsed.roots_in((clause,)) and "denial" not in each.parsed.hints_in((clause,)):
                return True
    return False


def _added(beside: Beside, mark: Mark) -> Iterator[Finding]:
    scope = _scope(beside.own, mark)
    best = [each for each in beside.matches if scope and beside.share(scope, each.words) >= _SHARE]
    whole = beside.own.clause(mark)
    if not best or any("denial" in each.parsed.hints_in(each.parsed.clauses_of(whole)) for each in beside.around):
        return
    message = f"the post denies what the source does not: {beside.place(best[0])}"
    sure = "denial" not in beside.hints_around and beside.covered >= 0.5
    make = error if sure else warning
    yield make("CK222", message, words=beside.words_of(mark), at=beside.at(mark.start), remedy=_REMEDY)
