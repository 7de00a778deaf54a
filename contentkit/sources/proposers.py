"""Who put an item on the list of a meeting: ``- [david] SDK 3.0 breaks``. The name is no part of what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.models import Passage
from contentkit.patterns import regex
from contentkit.sources.labels import is_lead_in

_NAMED = regex(r"\[(?P<name>[^\W\d_][\w.-]{1,20}(?:[ ][^\W\d_][\w.-]{1,20})?)\][ ]{1,2}(?=\S)")
_FEWEST = 2


def without_proposers(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages of a note, its items without the names in brackets that they begin with; one alone may be anything."""
    names = {row: match for row, passage in enumerate(passages) if (match := _name_in(passage))}
    for row, passage in enumerate(passages):
        named = names.get(row) if len(names) >= _FEWEST else None
        yield replace(passage, text=passage.text[named.end() :]) if named else passage


def _name_in(passage: Passage) -> re.Match[str] | None:
    """The name in brackets; [WIP], [TODO] and [Question] are none."""
    match = _NAMED.match(passage.text) if passage.kind == "item" else None
    return match if match and not match["name"].isupper() and not is_lead_in(match["name"]) else None
