"""What a kind of thread brings: the median of how many times the usual its threads had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import Literal, get_args

from contentkit.stats.baselines import Judged, observations
from contentkit.stats.estimates import Estimate, median_of
from contentkit.stats.measured import MeasuredThread
from contentkit.values import dataclass

Kind = Literal[
    "campaign", "slot", "weekday", "hour", "source", "drafter", "hook", "language", "account", "founder", "origin"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_IN_ORDER: tuple[Kind, ...] = ("weekday", "hour")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True)
class Group:
    """The threads that have one thing in common; ``name`` is None where nobody knows it of them.

    ``ratio`` is that of its entries (n): a thread on two accounts counts once. It is None where none of the ``threads`` has one.
    Nothing may be concluded from it unless ``ratio.is_enough``.
    """

    name: str | None
    threads: int
    ratio: Estimate | None


def grouped(judged: Iterable[Judged], kind: Kind, zone: tzinfo) -> list[Group]:
    """These threads by what they have in common; hours and days are those of ``zone``.

    Days and hours come in their order. Of the others come first those of which there are enough, the best first, then those with
    fewer; within each, the unknown last. A thread from several sources counts once for each of them.
    """
    found: dict[str | None, list[Judged]] = defaultdict(list)
    for one in judged:
        for name in _names(one.thread, kind, zone):
            found[name].append(one)
    groups = [_group(name, some) for name, some in found.items()]
    return sorted(groups, key=_by_name(kind) if kind in _IN_ORDER else _best_first)


def _group(name: str | None, judged: list[Judged]) -> Group:
    return Group(name=name, threads=len(judged), ratio=median_of(observations(judged)))


def _names(thread: MeasuredThread, kind: Kind, zone: tzinfo) -> tuple[str | None, ...]:
    if kind == "source":
        return thread.sources or (None,)
    if kind == "weekday":
        return (_DAYS[thread.begun_at.astimezone(zone).weekday()],)
    if kind == "hour":
        return (f"{thread.begun_at.astimezone(zone):%H}",)
    return (getattr(thread, kind) or None,)


def _by_name(kind: Kind) -> Callable[[Group], int]:
    order = _DAYS if kind == "weekday" else tuple(f"{hour:02}" for hour in range(24))
    return lambda group: order.index(group.name or "")


def _best_first(group: Group) -> tuple[bool, float, int, bool, str]:
    enough = group.ratio is not None and group.ratio.is_enough
    value = group.ratio.value if group.ratio and enough else 0.0
    count = 0 if enough else -(group.ratio.n if group.ratio else 0)
    return not enough, -value, count, group.name is None, group.name or ""
