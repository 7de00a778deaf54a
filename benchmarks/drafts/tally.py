"""What the judges said, put together: preferences with Wilson's interval, mean grades with the bootstrap's.

Judges of the same pair are not independent: a pair counts once, with the mean of what they preferred. A tie is half.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.drafts.answers import Grades, Grading, Verdict
from benchmarks.drafts.intervals import bootstrapped, wilson
from benchmarks.drafts.sheets import CRITERIA, SIDES
from contentkit.errors import ContentError

Sides = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Key:
    """Who made what: of each id its text, its group, and who is A (and B); ``ours`` is the maker that is asked for."""

    ours: str
    pairs: Mapping[str, Sides]

    @classmethod
    def read(cls, path: Path) -> Key:
        """Raises ContentError for a file that is no key."""
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
            return cls(ours=known["ours"], pairs=known["pairs"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ContentError(
                f"{path.name}: no key can be read here: {error!r}", hint="give what --key wrote"
            ) from error

    def sides(self, number: str) -> Sides:
        """Raises ContentError for an unknown id."""
        if number not in self.pairs:
            raise ContentError(f"the key has no {number}", hint="these answers belong to another key")
        return self.pairs[number]


ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Preference:
    """How ours fares against one baseline in one group: ``wins`` counts a tie as half."""

    group: str
    against: str
    pairs: int
    ties: int
    wins: float

    @property
    def share(self) -> float:
        return self.wins / self.pairs

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.wins, self.pairs)


@dataclass(frozen=True, kw_only=True)
class Grade:
    """The mean grade of one maker in one group by one criterion (or all five), over texts."""

    group: str
    maker: str
    criterion: str
    texts: int
    mean: float
    interval: tuple[float, float]


def preferences(verdicts: Sequence[Verdict], key: Key) -> list[Preference]:
    """Of each group and baseline, of each group, of each baseline, and of all. Raises ContentError for an unknown pair."""
    points: dict[str, list[float]] = defaultdict(list)
    for verdict in verdicts:
        sides = key.sides(verdict.pair)
        ours = next(side for side in SIDES if sides[side] == key.ours)
        points[verdict.pair].append(0.5 if verdict.preferred == "tie" else float(verdict.preferred == ours))
    cells: dict[tuple[str, str], list[float]] = defaultdict(list)
    for pair, said in points.items():
        sides = key.sides(pair)
        rival = sides["B"] if sides["A"] == key.ours else sides["A"]
        for group in (sides["group"], ALL):
            for against in (rival, ALL):
                cells[group, against].append(mean(said))
    return [
        Preference(
            group=group, against=against, pairs=len(said), ties=sum(0 < each < 1 for each in said), wins=sum(said)
        )
        for (group, against), said in sorted(cells.items())
    ]


def grades(verdicts: Sequence[Verdict], gradings: Sequence[Grading], key: Key) -> list[Grade]:
    """Of each group, and of all, and each maker, by each criterion and over all. A text counts once, whatever was said how often.

    What was graded alone is told apart: whoever reads it beside a worse one may give it more.
    """
    said: dict[tuple[str, str], dict[tuple[str, str], list[Grades]]] = defaultdict(lambda: defaultdict(list))

    def add(sides: Sides, maker: str, given: Grades) -> None:
        for group in (sides["group"], ALL):
            said[group, maker][sides["group"], sides["text"]].append(given)

    for verdict in verdicts:
        sides = key.sides(verdict.pair)
        for side in SIDES:
            add(sides, sides[side], verdict.grades[side])
    for grading in gradings:
        sides = key.sides(grading.single)
        add(sides, f"{sides['A']}, alone", grading.grades)
    found = []
    for (group, maker), texts in sorted(said.items()):
        for criterion in (*CRITERIA, ALL):
            means = [mean(_value(one, criterion) for one in given) for given in texts.values()]
            found.append(
                Grade(
                    group=group, maker=maker, criterion=criterion, texts=len(means), mean=mean(means),
                    interval=bootstrapped(means),
                )
            )  # fmt: skip
    return found


def agreement(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """Of the pairs that more than one judge saw: how many were given one preference by all, and how many there are."""
    by_pair: dict[str, list[str]] = defaultdict(list)
    for verdict in verdicts:
        by_pair[verdict.pair].append(verdict.preferred)
    seen_twice = [said for said in by_pair.values() if len(said) > 1]
    return sum(len(set(said)) == 1 for said in seen_twice), len(seen_twice)


def report(verdicts: Sequence[Verdict], gradings: Sequence[Grading], key: Key) -> Iterator[str]:
    """All of it as lines of Markdown, with how often A was preferred: far from a half, the order of the pairs has a say."""
    if verdicts:
        yield "| group | against | pairs | ties | preferred | 95 % |\n|---|---|---|---|---|---|"
        for one in preferences(verdicts, key):
            low, high = one.interval
            yield f"| {one.group} | {one.against} | {one.pairs} | {one.ties} | {one.share:.0%} | {low:.0%} to {high:.0%} |"
        decided = [verdict.preferred for verdict in verdicts if verdict.preferred != "tie"]
        alike, seen = agreement(verdicts)
        yield f"\nA was preferred in {decided.count('A')} of {len(decided)}. Judges agreed on {alike} of {seen} pairs.\n"
    yield "| group | maker | texts | " + " | ".join((*CRITERIA, "mean", "95 %")) + " |"
    yield "|---" * (len(CRITERIA) + 5) + "|"
    found = grades(verdicts, gradings, key)
    for group, maker in dict.fromkeys((one.group, one.maker) for one in found):
        of = [one for one in found if (one.group, one.maker) == (group, maker)]
        low, high = of[-1].interval
        cells = " | ".join(f"{one.mean:.1f}" for one in of[:-1])
        yield f"| {group} | {maker} | {of[-1].texts} | {cells} | {of[-1].mean:.2f} | {low:.2f} to {high:.2f} |"


def _value(given: Grades, criterion: str) -> float:
    return mean(given.values()) if criterion == ALL else given[criterion]
