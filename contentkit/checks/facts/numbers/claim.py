"""A number that a post claims, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from contentkit.checks.grounds import Grounds, Sentence
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.bounds import Bound, bound_of
from contentkit.words.quantities import Quantity

COUNTS = frozenset(("any", "count"))
# So far a writer counts without saying so.
FEW = 3
# What joins the two ends of a range.
RANGE_JOINT = regex(r"\s*(?:to|and|or|y|o|a|hasta|[-–—])\s*", re.I)
_DURATIONS = frozenset(("time", "months"))
_NOT_COMPARED = frozenset(("ordinal", "decade", "value", "clock"))


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A number of a post: the sentence it stands in, what that states around it, its numbers (``own``), those of the post."""

    quantity: Quantity
    sentence: Sentence
    statement: str
    own: Sequence[Quantity]
    others: Sequence[Quantity]

    @property
    def at(self) -> int:
        return self.sentence.at + self.quantity.start

    @property
    def words(self) -> str:
        return self.quantity.words

    @cached_property
    def bound(self) -> Bound:
        """How far the number holds by the words around it."""
        return bound_of(self.sentence.text, self.quantity)


def kinds_of(quantity: Quantity) -> set[str]:
    """The classes of its units; all times are of one."""
    units = {unit for _, unit in quantity.readings} - _NOT_COMPARED
    return {"duration" if unit in _DURATIONS else unit for unit in units}


def stands(quantity: Quantity, grounds: Grounds) -> bool:
    """Whether the cited lines have it."""
    return grounds.record.stands(quantity.accepted, grounds.cited)
