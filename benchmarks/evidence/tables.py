"""The figures as Markdown and as JSON, and the pairs that were missed or falsely flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.evidence.measures import COUNTED, TIERS, Outcome, Share, grouped, milliseconds, share_of
from contentkit.models import Problem
from contentkit.text import one_line, printable
from tests.evidence.pairs import KINDS, LANGUAGES

_COLUMNS = (("caught", "errors"), ("caught", "all"), ("false", "errors"), ("false", "all"))
_HEADS = ("pairs", "errors catch", "with warnings", "false errors", "false findings")
_NAMES = {"en": "English", "es": "Spanish"}
_LONGEST = 300


def table(outcomes: Sequence[Outcome], groups: Mapping[str, Sequence[Outcome]], head: str) -> Iterator[str]:
    """A row for each group, and one for all of them."""
    yield "| " + " | ".join((head, *_HEADS)) + " |"
    yield "|---" * (len(_HEADS) + 1) + "|"
    for name, group in {**groups, "all": outcomes}.items():
        cells = (cell(share_of(group, *column)) for column in _COLUMNS)
        yield f"| {name} | {len(group)} | " + " | ".join(cells) + " |"


def by_language(outcomes: Sequence[Outcome]) -> Iterator[str]:
    groups = grouped(outcomes, lambda one: one.pair.language, LANGUAGES)
    return table(outcomes, {_NAMES[name]: group for name, group in groups.items()}, "language")


def by_kind(outcomes: Sequence[Outcome]) -> Iterator[str]:
    return table(outcomes, grouped(outcomes, lambda one: one.pair.kind, KINDS), "what is wrong")


def by_check(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A row for each check and severity: the corrupted posts that it catches, those that nothing else does, its false ones.

    The last share is how often it is right, of so many corrupted posts as faithful ones.
    """
    alone = Counter(name for names in map(_caught, outcomes) if len(names) == 1 for name in names)
    yield "| check | catches | alone | false | right |"
    yield "|---|---|---|---|---|"
    for name, share in rightness(outcomes).items():
        yield f"| {name} | {share.count} | {alone[name]} | {share.of - share.count} | {cell(share)} |"


def rightness(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """Of each check and severity, as ``CK201 error``, how many of the posts that it finds something in are corrupted ones."""
    right = Counter(name for outcome in outcomes for name in _caught(outcome))
    false = Counter(name for outcome in outcomes for name in {_named(one) for one in outcome.false("all")})
    return {name: Share(count=right[name], of=right[name] + false[name]) for name in sorted({*right, *false})}


def _caught(outcome: Outcome) -> set[str]:
    return {_named(one) for one in outcome.catching("all")}


def _named(problem: Problem) -> str:
    return f"{problem.check} {problem.severity}"


def strictly(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The same shares when every finding counts, and what a post costs."""
    for tier, words in (("errors", "errors"), ("all", "errors or warnings")):
        told, remarked = (cell(share_of(outcomes, counted, tier)) for counted in ("told", "remarked"))
        yield f"Any {words}, manners aside, on corrupted posts: {told}; of any check on faithful ones: {remarked}"
    yield f"{milliseconds(outcomes):.1f} ms of CPU a post"


def cell(share: Share) -> str:
    """``85.0 % (78–90)``: a share with its interval."""
    low, high = share.interval
    return f"{percent(share.share)} ({100 * low:.0f}–{100 * high:.0f})"


def percent(share: float, *, digits: int = 1) -> str:
    """``85.0 %``."""
    return f"{100 * share:.{digits}f} %"


def misses(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each pair that no error or warning caught, or whose faithful post has a finding, with what was found."""
    for one in outcomes:
        if not one.catching("errors"):
            missed = "caught by a warning only" if one.catching("all") else "missed"
            yield from _told(one, missed, one.pair.corrupted, one.catching("all") or one.told("all"))
        if one.false("all"):
            flagged = "false error" if one.false("errors") else "false warning"
            yield from _told(one, flagged, one.pair.clean, one.false("all"))


def _told(one: Outcome, what: str, text: str, problems: Iterable[Problem]) -> Iterator[str]:
    pair = one.pair
    yield f"{pair.place} {pair.id} ({pair.kind}): {what}"
    yield f"    {_line(text)}"
    if text == pair.corrupted:
        yield f"    why: {_line(pair.why)}"
    yield f"    {', '.join(f'{each.source}#L{each.first}-L{each.last}' for each in pair.cited)}"
    for problem in problems:
        yield f"    {problem.check} {problem.severity}: {_line(problem.message)}"


def _line(text: str) -> str:
    return printable(one_line(text, _LONGEST))


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of all pairs, by language and by kind: shares from 0 to 1."""
    return {
        "all": _figures(outcomes),
        "languages": _each(grouped(outcomes, lambda one: one.pair.language, LANGUAGES)),
        "kinds": _each(grouped(outcomes, lambda one: one.pair.kind, KINDS)),
        "milliseconds": round(milliseconds(outcomes), 2),
    }


def _each(groups: Mapping[str, Sequence[Outcome]]) -> dict[str, Any]:
    return {name: _figures(group) for name, group in groups.items()}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    figures: dict[str, Any] = {"pairs": len(outcomes)}
    for counted in COUNTED:
        for tier in TIERS:
            share = share_of(outcomes, counted, tier)
            low, high = share.interval
            figures[f"{counted} by {tier}"] = {
                "count": share.count,
                "share": round(share.share, 4),
                "low": round(low, 4),
                "high": round(high, 4),
            }
    return figures
