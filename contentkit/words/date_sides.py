"""On which side of a date something is said to be: before it or since it, early in it or late."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from contentkit.patterns import regex
from contentkit.words.moments import Moment

Side = Literal["before", "after", "early", "middle", "late", ""]

_WORDS: Mapping[Side, str] = {
    "before": "before|until|till|up to|prior to|earlier than|antes de|hasta|previo a",
    "after": "after|since|from|starting|starting on|starting in|as of|beginning in|beginning on|following|later than|"
    "después de|desde|a partir de|tras|pasado",
    "early": "early|early in|at the beginning of|at the start of|the start of|the beginning of|a principios de|principios de|"
    "a comienzos de|a inicios de|first half of",
    "middle": "mid|in the middle of|the middle of|a mediados de|mediados de",
    "late": "late|late in|at the end of|the end of|towards the end of|a finales de|finales de|a fines de|second half of",
}
_BEFORE = regex(
    "|".join(rf"(?P<s{index}>{words})" for index, words in enumerate(_WORDS.values())).join(
        (r"(?<!\w)(?:", r")(?:\s+(?:the|el|la|los|de|del|on|in))?[\s-]*$")
    ),
    re.I,
)
_LONGEST = 30
_CONTRARY: Mapping[Side, frozenset[Side]] = {
    "before": frozenset(("after",)),
    "after": frozenset(("before",)),
    "early": frozenset(("late", "middle")),
    "middle": frozenset(("early", "late")),
    "late": frozenset(("early", "middle")),
}


def side_of(text: str, moment: Moment) -> Side:
    """The side that the words right before a date put it on; empty where they say none."""
    match = _BEFORE.search(text[max(0, moment.start - _LONGEST) : moment.start])
    if not match:
        return ""
    group = next(name for name, words in match.groupdict().items() if words is not None)
    return list(_WORDS)[int(group[1:])]


def are_contrary(one: Side, other: Side) -> bool:
    """Whether a date cannot be on both sides."""
    return other in _CONTRARY.get(one, frozenset())
