"""What the checks say of each pair, and the shares that are counted from that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from benchmarks.drafts.intervals import wilson
from contentkit.checks import check_draft
from contentkit.models import Problem
from tests.evidence.pairs import Pair

# What each tier counts as a finding; information is none.
TIERS: Mapping[str, tuple[str, ...]] = MappingProxyType({"errors": ("error",), "all": ("error", "warning")})
_OF_SUPPORT = "CK2"
_OF_EVIDENCE = "CK1"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the checks say of both posts of a pair; ``seconds`` of CPU for the two together."""

    pair: Pair
    clean: tuple[Problem, ...]
    corrupted: tuple[Problem, ...]
    seconds: float = 0.0

    def catching(self, tier: str) -> list[Problem]:
        """The findings of support that only the corrupted post has: another check, or the same one on other words."""
        known = {(one.check, one.words) for one in self.clean}
        found = _of(self.corrupted, tier, _OF_SUPPORT)
        return [one for one in found if (one.check, one.words) not in known]

    def false(self, tier: str) -> list[Problem]:
        """The findings of evidence and support that the faithful post has."""
        return _of(self.clean, tier, _OF_EVIDENCE, _OF_SUPPORT)

    def told(self, tier: str) -> list[Problem]:
        """The findings of evidence and support that the corrupted post has, whether or not the faithful one has them."""
        return _of(self.corrupted, tier, _OF_EVIDENCE, _OF_SUPPORT)

    def remarked(self, tier: str) -> list[Problem]:
        """All findings that the faithful post has, those of its manners among them."""
        return _of(self.clean, tier, "CK")


def _of(problems: Iterable[Problem], tier: str, *families: str) -> list[Problem]:
    return [one for one in problems if one.severity in TIERS[tier] and one.check.startswith(families)]


def outcome_of(pair: Pair) -> Outcome:
    """Both posts of the pair, each checked as a draft of its own."""
    start = time.process_time()
    clean, corrupted = (
        tuple(check_draft(pair.draft(text), pair.sources, people=pair.people)) for text in (pair.clean, pair.corrupted)
    )
    return Outcome(pair=pair, clean=clean, corrupted=corrupted, seconds=time.process_time() - start)


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, with Wilson's 95 % interval."""

    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.count, self.of)


# What is counted of each tier: of how many pairs this says anything.
COUNTED: Mapping[str, Callable[[Outcome, str], Sequence[Problem]]] = MappingProxyType(
    {"caught": Outcome.catching, "false": Outcome.false, "told": Outcome.told, "remarked": Outcome.remarked}
)


def share_of(outcomes: Sequence[Outcome], counted: str, tier: str) -> Share:
    """In how many of these pairs there is a finding of this sort (a key of ``COUNTED``) and tier."""
    return Share(count=sum(bool(COUNTED[counted](one, tier)) for one in outcomes), of=len(outcomes))


def milliseconds(outcomes: Sequence[Outcome]) -> float:
    """Of CPU, for one post."""
    return 1000 * sum(one.seconds for one in outcomes) / (2 * len(outcomes))


def grouped(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str], order: Sequence[str]
) -> dict[str, list[Outcome]]:
    """The outcomes by what ``key`` says of them, in this order; without what none has."""
    groups = {name: [one for one in outcomes if key(one) == name] for name in order}
    return {name: group for name, group in groups.items() if group}
