"""Where a text may be cut, from where an editor would to where nobody would, and what each costs in which style."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Literal

from contentkit.values import dataclass

Style = Literal["balanced", "sentence-first"]


class Kind(IntEnum):
    """A place for a cut, the better ones first."""

    PARAGRAPH = 0
    LINE = 1
    SENTENCE = 2
    # Between sentences that belong together: of one list item, one quotation, one bracket. Before an item of an item.
    INNER = 3
    # Before what an editor leaves with its neighbour: after a lead-in or a heading, before a line of tags or a link.
    HELD = 4
    CLAUSE = 5
    COMMA = 6
    # Before a word that opens a clause: "… because", "… which".
    PHRASE = 7
    # Before a little word: "… for", "… and".
    WORD = 8
    # Between two words that may be one thing: "open | source".
    TERM = 9
    # After a word that hangs in the air: "and …", "of the …"; before a link that the sentence leads to.
    DANGLING = 10
    # Within what is read as one: a number and its unit, a title and its name. Only where there is no other way.
    TIED = 11
    # Within a word, between two characters as people see them.
    CLUSTER = 12


@dataclass(frozen=True)
class Break:
    """A place for a cut: what is before ends at ``end``, what is after starts at ``start``; white space between them goes."""

    end: int
    start: int
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What a thread costs in one style; only the proportions matter.

    ``part`` is the price of one more part, ``slack`` that of an empty one (it grows with the square of what is free),
    ``last_slack`` the same for the last part; ``orphan`` is the price of a last part of next to nothing.
    """

    part: int
    slack: int
    last_slack: int
    orphan: int
    of: Mapping[Kind, int]


def _prices(*prices: int) -> Mapping[Kind, int]:
    return MappingProxyType(dict(zip(Kind, prices, strict=True)))


# Measured in benchmarks/splitting.py. Where a part costs money, two cuts within sentences are as bad as one part more;
# elsewhere no saving is worth one.
COSTS: Mapping[Style, Costs] = MappingProxyType(
    {
        "balanced": Costs(
            part=300,
            slack=60,
            last_slack=15,
            orphan=150,
            of=_prices(0, 5, 20, 30, 50, 135, 150, 170, 220, 280, 400, 5_000, 20_000),
        ),
        "sentence-first": Costs(
            part=120,
            slack=60,
            last_slack=15,
            orphan=200,
            of=_prices(0, 10, 40, 70, 150, 1_500, 1_800, 2_400, 3_000, 3_500, 5_000, 20_000, 60_000),
        ),
    }
)
