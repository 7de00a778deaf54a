"""Threads that are worth saying again: they did better than usual, their words are not of one day, and they have rested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from contentkit.stats.baselines import JUDGED_AT, Judged
from contentkit.stats.measured import MeasuredThread
from contentkit.stats.timely import timely_words
from contentkit.values import dataclass
from contentkit.words.shingles import runs, words_of

# So many times the usual, and the whole interval above it.
LEAST = 1.5
# Of two texts that say the same in other words, so much of the shorter one's runs stands in the other one.
_ALIKE = 0.5
_RUN = 4

Why = Literal[
    "not above the usual", "not judged", "too young", "said again since", "waits already", "tied to its time", "gone"
]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Words that are drafted or planned and not out; ``account`` is empty where nobody has said where to."""

    text: str
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A thread to say again on its account: how it did, and why that counts. ``rested`` is the time since it was said."""

    judged: Judged
    rested: timedelta

    @property
    def thread(self) -> MeasuredThread:
        return self.judged.thread

    @property
    def opening(self) -> str:
        return self.thread.parts[0].text or ""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A thread that did better than usual and is not proposed; ``words`` says more, where there is more to say."""

    judged: Judged
    why: Why
    words: str = ""


def proposals(
    judged: Sequence[Judged], waiting: Iterable[Waiting], *, now: datetime, cooldown: timedelta
) -> tuple[list[Proposal], list[LeftOut]]:
    """What is worth saying again on each account, the best first; and what did better than usual but is not, in that order.

    ``judged`` are all threads of the accounts in question.
    """
    said = _Said(judged, waiting)
    found: list[Proposal] = []
    left: list[LeftOut] = []
    for one in sorted(judged, key=lambda one: (-times_usual(one), one.thread.begun_at, one.thread.account)):
        if not did_better(one):
            continue
        why, words = _obstacle(one.thread, now, cooldown) or said.obstacle(one.thread) or (None, "")
        if why is None:
            found.append(Proposal(judged=one, rested=now - one.thread.begun_at))
        else:
            left.append(LeftOut(judged=one, why=why, words=words))
    return found, left


def did_better(one: Judged) -> bool:
    """Whether a thread had so much more than usual, at seven days or later, that its whole interval lies above."""
    if one.ratio is None or one.age is None or one.age < JUDGED_AT:
        return False
    return one.ratio.value >= LEAST and one.ratio.low > 1


def _obstacle(thread: MeasuredThread, now: datetime, cooldown: timedelta) -> tuple[Why, str] | None:
    """What keeps a thread from being said again, whatever else was said."""
    if any(part.state == "deleted" for part in thread.parts) or not thread.parts[0].text:
        return "gone", ""
    if now - thread.begun_at < cooldown:
        return "too young", ""
    tied = next((words for part in thread.parts if (words := timely_words(part.text or ""))), "")
    return ("tied to its time", tied) if tied else None


class _Said:
    """What was said on each account, and what waits to be; words are compared only where something has to be."""

    def __init__(self, judged: Iterable[Judged], waiting: Iterable[Waiting]) -> None:
        self._on: dict[str, list[MeasuredThread]] = defaultdict(list)
        # The last one first: it is what the rest is counted from.
        for one in sorted(judged, key=lambda one: (one.thread.begun_at, one.thread.thread), reverse=True):
            self._on[one.thread.account].append(one.thread)
        self._waiting = list(waiting)
        self._runs: dict[str, frozenset[int]] = {}

    def obstacle(self, thread: MeasuredThread) -> tuple[Why, str] | None:
        """Of two threads that say the same the later one counts: it has rested less."""
        mine = self._runs_of(thread.parts[0].text or "")
        for later in self._on[thread.account]:
            if later.begun_at > thread.begun_at and _alike(mine, self._runs_of(later.parts[0].text or "")):
                return "said again since", later.url
        for one in self._waiting:
            if one.account in ("", thread.account) and _alike(mine, self._runs_of(one.text)):
                return "waits already", ""
        return None

    def _runs_of(self, text: str) -> frozenset[int]:
        if text not in self._runs:
            words = words_of(text).plain
            self._runs[text] = frozenset(runs(words, min(_RUN, len(words)), "again")) if words else frozenset()
        return self._runs[text]


def times_usual(one: Judged) -> float:
    """How many times the usual it had; 0 where that is not known."""
    return one.ratio.value if one.ratio else 0.0


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    fewer = min(len(one), len(other))
    return bool(fewer) and len(one & other) >= _ALIKE * fewer
