"""Doubts that the post drops: it may, we plan to, we think, in most cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Mark, Parsed
from contentkit.checks.records.record import SaidSentence

# What keeps a doubt of each kind: one of these in the post's sentence.
_KEPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "possible": frozenset(("possible", "plan", "belief")),
        "plan": frozenset(("plan", "possible")),
        "belief": frozenset(("belief", "possible")),
        "nearly": frozenset(("nearly", "rough", "belief", "possible", "part", "habit", "ceiling", "floor")),
        "habit": frozenset(("habit", "part", "rough", "possible")),
    }
)
_ROUGH = frozenset(("rough",))
# "Nobody may touch it" forbids.
_ALLOWED = ("may", "pueda", "puedan")
# How the source says it, and what would mend the post.
_UNSETTLED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "condition": ("makes a condition of it", "say what it hangs on, or leave it out"),
        "open": ("leaves it open", "say that it is open, or leave it out"),
    }
)
_SURELY = 2
# "Callum reckons" says something of the clause beside it.
_ATTRIBUTION = 2
_FEWEST = 3
_CLOSE = 2
_NEAR = 3


def check_doubts(beside: Beside) -> Iterator[Finding]:
    """CK221: an error where nothing beside what the source doubts keeps a doubt, a warning where that is less plain.

    What was planned, wanted or tried is often done by the time that it is retold: only a copy surely drops that.
    """
    if beside.own.asks:
        return
    for said in beside.cited:
        for mark in said.parsed.marks:
            if mark.kind in _KEPT:
                yield from _dropped(beside, said, mark)
            elif mark.kind in _UNSETTLED:
                yield from _settled(beside, said, mark)


def _scope(said: SaidSentence, mark: Mark) -> list[str]:
    """What is doubted: what stands behind the mark; where that is little, its clause, else its sentence."""
    behind = said.parsed.behind(mark)
    if mark.kind == "nearly":
        return behind[:1]
    if len(behind) >= _FEWEST - 1:
        return behind
    return behind or said.parsed.clause(mark) or [root for root in said.parsed.roots if root]


def _is_beside(sentence: Parsed, mark: Mark) -> bool:
    """Whether a word stands right behind "virtually", but for "any" or "no"; of numbers other checks tell."""
    behind = [root for root in sentence.roots[mark.last + 1 : mark.last + 3] if root]
    return bool(behind) and not behind[0].startswith("#") and sentence.behind(mark)[:1] == behind[:1]


def _is_about_a_number(sentence: Parsed, mark: Mark) -> bool:
    """Whether a number stands right behind it, or what a rough number begins with."""
    reach = range(mark.last + 1, mark.last + 1 + _NEAR)
    is_rough = any(kind == "rough" and number in reach for kind, number in sentence.hinted)
    return is_rough or any(root.startswith("#") for root in sentence.roots[reach.start : reach.stop])


def _is_denied(sentence: Parsed, mark: Mark) -> bool:
    """Whether it says that there is no doubt, no plan: "I did not believe it"."""
    return any(0 < mark.first - each.last <= _CLOSE for each in sentence.of("denial"))


def _dropped(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    if (mark.kind != "possible" or mark.words in _ALLOWED) and _is_denied(said.parsed, mark):
        return
    scope = _scope(said, mark)
    if mark.kind == "nearly" and not _is_beside(said.parsed, mark):
        return
    nearness = beside.nearness(said, scope)
    if nearness is None:
        return
    # "Maybe a couple of years" is "a couple of years", "probably 20" is "about 20".
    kept = _KEPT[mark.kind] | (_ROUGH if _is_about_a_number(said.parsed, mark) else frozenset())
    if kept & beside.kept(nearness.shared, little=_ATTRIBUTION) or _is_said_firmly(beside, said, mark, nearness.shared):
        return
    message = f"the source is less sure: it says “{mark.words}” in {beside.place(said, mark)}"
    if mark.kind == "habit" and "whole" not in beside.own.hints and "always" not in beside.own.hints:
        return
    words, at = beside.clause(nearness.shared)
    remedy = f"keep the doubt: “{mark.words}”"
    yield warning("CK221", message, words=words, at=at, remedy=remedy)


def _settled(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    """What holds under a condition or is open, where no word of the whole post says so."""
    if said.parsed.asks or mark.kind in beside.post.hints or _is_anothers(beside, said):
        return
    behind, main = said.parsed.behind(mark), said.parsed.beside(mark)
    for scope, fewest in ((behind, 1), (main, _SURELY)):
        nearness = beside.nearness(said, scope) if scope else None
        if nearness and len(nearness.shared) >= fewest:
            how, remedy = _UNSETTLED[mark.kind]
            message = f"the source {how}, with “{mark.words}”: {beside.place(said, mark)}"
            words, at = beside.clause(nearness.shared)
            yield warning("CK221", message, words=words, at=at, remedy=remedy)
            return


def _is_anothers(beside: Beside, said: SaidSentence) -> bool:
    """Whether another sentence than this says all that the post's does, but for the name of who speaks."""
    own = beside.own.roots_in(set(beside.own.clauses) - beside.own.labels)
    return any(each is not said and own <= each.words for each in beside.cited)


def _is_said_firmly(beside: Beside, doubted: SaidSentence, mark: Mark, shared: Collection[str]) -> bool:
    """Whether another sentence says without the doubt what this one doubts."""
    return len(shared) > 1 and any(
        each is not doubted and not _KEPT[mark.kind] & each.parsed.hints and all(root in each.words for root in shared)
        for each in beside.near
    )
