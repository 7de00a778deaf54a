"""Where evidence stands in its source as that is now: where it stood, elsewhere, or nowhere any more.

Only a hash tells that lines moved, and only where it names one place: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

from contentkit.models import Evidence, Post, Source, quotation_hash
from contentkit.patterns import regex
from contentkit.values import dataclass

State = Literal["holds", "moved", "changed", "gone"]
# Evidence of more lines than this is not looked for elsewhere when it no longer matches; nor is it looked for in more
# places than so many, or in more text than so much.
_LONGEST_SEARCHED = 60
_MOST_PLACES, _MOST_HASHED = 60_000, 10_000_000
_WORD_START = regex(r"(?<!\S)\S")


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """What became of evidence. ``now`` is where its words moved to; ``several`` says that they stand in more than one place,
    so that nobody knows."""

    evidence: Evidence
    state: State
    now: Evidence | None = None
    several: bool = False


def anchor_of(evidence: Evidence, source: Source | None) -> Anchor:
    """What became of evidence in its source; ``None`` where there is none of that name."""
    if source is None:
        return Anchor(evidence=evidence, state="gone")
    if evidence.is_said_in(source.lines):
        return Anchor(evidence=evidence, state="holds")
    places = list(islice(_places(evidence, source.lines), 2))
    if len(places) == 1:
        return Anchor(evidence=evidence, state="moved", now=places[0])
    is_there = not evidence.points_past(source.lines) and bool(evidence.said_in(source.lines).strip())
    return Anchor(evidence=evidence, state="changed" if is_there else "gone", several=bool(places))


def moved_to(evidence: Evidence, source: Source) -> Evidence | None:
    """Where the words are now that the evidence points at, when they only moved; None where they did not, or nobody knows."""
    return anchor_of(evidence, source).now


def where_it_is(post: Post, sources: Mapping[str, Source]) -> Post:
    """The post as it would point at lines that only moved."""
    known = (moved_to(one, sources[one.source]) if one.source in sources else None for one in post.evidence)
    return replace(post, evidence=tuple(now or one for now, one in zip(known, post.evidence, strict=True)))


def _places(evidence: Evidence, lines: Sequence[str]) -> Iterator[Evidence]:
    """Each place that says just this, as its hash tells; as many as can be looked at in a moment."""
    if not evidence.sha or evidence.last - evidence.first >= _LONGEST_SEARCHED:
        return
    hashed = 0
    seen: set[Evidence] = set()
    for place in islice(_candidates(evidence, lines), _MOST_PLACES):
        said = place.said_in(lines)
        hashed += len(said)
        if hashed > _MOST_HASHED:
            return
        if said.strip() and quotation_hash(said) == evidence.sha and place not in seen:
            seen.add(place)
            yield place


def _candidates(evidence: Evidence, lines: Sequence[str]) -> Iterator[Evidence]:
    """The same lines, or the same columns, further up or down; then parts of lines that begin at other words."""
    count = evidence.last - evidence.first + 1
    firsts = range(1, len(lines) - count + 2)
    for first in firsts:
        moved = replace(evidence, first=first, last=first + count - 1)
        if not moved.points_past(lines):
            yield moved
    if not evidence.to_column:
        return
    length = evidence.to_column - max(evidence.from_column, 1)
    for first in firsts:
        longest = len(lines[first - 1]) + 1
        for match in _WORD_START.finditer(lines[first - 1]):
            begin = match.start() + 1
            end = begin + length if count == 1 else evidence.to_column
            if count == 1 and end > longest:
                break
            yield replace(evidence, first=first, last=first + count - 1, from_column=begin, to_column=end)
