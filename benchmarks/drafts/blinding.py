"""Which thread stands against which, and who is A: by a seed, so that the same pairs come out again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.drafts.threads import Thread
from contentkit.errors import ContentError

MOST_A_BATCH = 12


@dataclass(frozen=True)
class Against:
    """How many baselines our thread of a text is compared with: as many as usual, in these groups so many."""

    usual: int = 2
    groups: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, words: Sequence[str]) -> Against:
        """``2 notes=4``. Raises ContentError for anything else."""
        usual, groups = cls.usual, {}
        for word in words:
            group, _, number = word.rpartition("=")
            if not number.isdecimal() or not int(number):
                raise ContentError(f"--against {word}: how many baselines is that?", hint="say 2, or 2 notes=4")
            if group:
                groups[group] = int(number)
            else:
                usual = int(number)
        return cls(usual, groups)

    def of(self, group: str) -> int:
        return self.groups.get(group, self.usual)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What all makers made of one text; ``ours`` is the maker who is compared with each of the others."""

    text: str
    group: str
    title: str
    ours: str
    threads: Mapping[str, Thread]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two threads of one text under an id that tells nothing."""

    id: str
    text: str
    group: str
    title: str
    a: Thread
    b: Thread


def paired(made: Sequence[Made], against: Against, seed: int) -> list[Pair]:
    """Ours against so many baselines of each text, taken in turn so that each meets as many texts of a group as the others.

    A pair of the same words is left out: there is nothing to prefer. Sides and ids are drawn; half of the time we are A.
    """
    chance = random.Random(seed)
    drawn = []
    turns: dict[str, int] = {}
    for one in made:
        others = [maker for maker in one.threads if maker != one.ours]
        for step in range(min(against.of(one.group), len(others))):
            rival = one.threads[others[(turns.get(one.group, 0) + step) % len(others)]]
            if rival.texts != one.threads[one.ours].texts:
                drawn.append((one, rival))
        turns[one.group] = turns.get(one.group, 0) + against.of(one.group)
    sides = [place % 2 == 0 for place in range(len(drawn))]
    chance.shuffle(drawn)
    chance.shuffle(sides)
    pairs = []
    for number, ((one, rival), is_first) in enumerate(zip(drawn, sides, strict=True), 1):
        ours = one.threads[one.ours]
        a, b = (ours, rival) if is_first else (rival, ours)
        pairs.append(Pair(id=f"p{number:03}", text=one.text, group=one.group, title=one.title, a=a, b=b))
    return pairs


def batched(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs in batches of at most twelve. No batch has two pairs of one text: a thread seen twice would be known again."""
    of_text = Counter(pair.text for pair in pairs)
    number = max(max(of_text.values(), default=0), -(-len(pairs) // MOST_A_BATCH))
    batches: list[list[Pair]] = [[] for _ in range(number)]
    # The texts with the most pairs first, while there is a batch for each of them.
    for pair in sorted(pairs, key=lambda one: -of_text[one.text]):
        free = [one for one in batches if len(one) < MOST_A_BATCH and all(other.text != pair.text for other in one)]
        if not free:
            free = [[]]
            batches.append(free[0])
        min(free, key=len).append(pair)
    return [sorted(batch, key=lambda one: one.id) for batch in batches if batch]


def key_of(pairs: Sequence[Pair], seed: int, ours: str) -> dict[str, Any]:
    """What the judges must not see."""
    return {
        "seed": seed,
        "ours": ours,
        "pairs": {
            pair.id: {"text": pair.text, "group": pair.group, "A": pair.a.maker, "B": pair.b.maker} for pair in pairs
        },
    }
