"""The figures put into the page that tells of them, between two marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from benchmarks.evidence.measures import TIERS, Outcome, Share, grouped, share_of
from benchmarks.evidence.tables import by_language, cell, percent, rightness
from contentkit.errors import ContentError
from tests.evidence.pairs import KINDS

_BLOCK = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- /figures -->)", re.DOTALL)


def filled(page: str, figures: str) -> str:
    """The page with these figures in the place of the old ones. Raises ContentError for a page without the two marks."""
    if len(_BLOCK.findall(page)) != 1:
        raise ContentError(
            "the page has no place for the figures", hint="write <!-- figures --> and <!-- /figures --> into it, once"
        )
    return _BLOCK.sub(lambda _: figures, page)


def figures_of(halves: Mapping[str, Sequence[Outcome]], version: str, on: date) -> str:
    """What is measured of each half, by language, by kind and by check, and what was measured when."""
    return "\n".join(_lines(halves, version, on)) + "\n"


def _lines(halves: Mapping[str, Sequence[Outcome]], version: str, on: date) -> Iterator[str]:
    yield f"contentkit {version}, {on.day} {on:%B %Y}. In brackets: the 95 % interval (Wilson)."
    for name, outcomes in halves.items():
        yield from ("", f"### {name.capitalize()}", "", *by_language(outcomes))
    yield from ("", "### By what is wrong", "", *_kinds(halves))
    yield from ("", "### By check", "", *_checks(halves))


def _kinds(halves: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    """A row for each kind: of each half how many pairs there are, and what errors, and errors and warnings, catch."""
    heads = [f"{name}: {head}" for name in halves for head in ("pairs", "errors", "with warnings")]
    yield "| " + " | ".join(("what is wrong", *heads)) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    groups = {name: grouped(outcomes, lambda one: one.pair.kind, KINDS) for name, outcomes in halves.items()}
    for kind in KINDS:
        cells = [cell for name in halves for cell in _cells(groups[name].get(kind, ()))]
        yield f"| {kind} | " + " | ".join(cells) + " |"


def _cells(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield str(len(outcomes))
    for tier in TIERS:
        yield percent(share_of(outcomes, "caught", tier).share, digits=0) if outcomes else "–"


def _checks(halves: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    """A row for each check and severity: how often it is right and wrong in each half, and which share is right."""
    heads = [f"{name}: {head}" for name in halves for head in ("right", "wrong", "share")]
    yield "| " + " | ".join(("check", *heads)) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    rights = [rightness(outcomes) for outcomes in halves.values()]
    for check in sorted({check for right in rights for check in right}):
        shares = [right.get(check, Share(count=0, of=0)) for right in rights]
        cells = [f"{one.count} | {one.of - one.count} | {cell(one) if one.of else '–'}" for one in shares]
        yield f"| {check} | " + " | ".join(cells) + " |"
