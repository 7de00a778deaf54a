"""How figures are said, the same everywhere.

There are five different words for what is 0, not told by the network, not available, deleted, and never asked for.
"""

from __future__ import annotations

import math

from contentkit.ages import shown_age
from contentkit.stats.baselines import Judged
from contentkit.stats.clicks import Visits
from contentkit.stats.estimates import ENOUGH, Estimate
from contentkit.stats.measured import Counts, State
from contentkit.text import counted

# The network has the post and does not tell this figure of it: that is not 0.
NOT_TOLD = "-"
# What stands where there are no figures at all.
STATES: dict[State, str] = {
    "never asked": "never asked", "unavailable": "not available", "deleted": "deleted", "told": "",
}  # fmt: skip


def grouped(count: int | None) -> str:
    """A count for people: 1,234."""
    return NOT_TOLD if count is None else f"{count:,}"


def plain(count: int | None) -> str:
    """A count for programs."""
    return NOT_TOLD if count is None else str(count)


def change(count: int | None) -> str:
    """A difference, with its sign unless it is none."""
    return NOT_TOLD if count is None else f"{count:+,}" if count else "0"


def times(estimate: Estimate) -> str:
    """``2.1x (1.4–3.3, n 34)``: how many times the usual, between what and what, of how many."""
    high = f"–{_quotient(estimate.high)}" if math.isfinite(estimate.high) else " or more"
    return f"{_quotient(estimate.value)}x ({_quotient(estimate.low)}{high}, n {estimate.n})"


def concluded(estimate: Estimate | None) -> str:
    """A group's figure; of too few only that they are too few."""
    if estimate is None or not estimate.is_enough:
        return not_enough(estimate.n if estimate else 0)
    return times(estimate)


def not_enough(n: int) -> str:
    """What is said instead of a conclusion."""
    return f"not enough data ({n} of {ENOUGH})"


def against_usual(judged: Judged) -> str:
    """How a thread did beside the usual; empty where it has no figures that could be compared."""
    if judged.engagement is None:
        return ""
    if judged.usual is None:
        return not_enough(judged.before)
    if judged.ratio is None:
        return f"usual {median(judged.usual)}"
    return times(judged.ratio)


def at_age(judged: Judged) -> str:
    """``1,238 at 7 d``: the figure that was compared; empty where there is none."""
    if judged.engagement is None or judged.age is None:
        return ""
    return f"{judged.engagement:,} at {shown_age(judged.age)}"


def median(estimate: Estimate) -> str:
    """``590 (410–700, n 34)``."""
    return f"{_number(estimate.value)} ({_number(estimate.low)}–{_number(estimate.high)}, n {estimate.n})"


def visits_words(visits: Visits) -> str:
    """``120 visits of nixtla.io by its links (plausible), with 2 other threads``; the tags say whose they are."""
    site = f" of {visits.site}" if visits.site else ""
    others = f", with {counted(visits.threads - 1, 'other thread')}" if visits.threads > 1 else ""
    return f"{_came(visits)}{site} by its links ({visits.analytics}){others}"


def visits_in_short(visits: Visits) -> str:
    """``120 visits (plausible)``, ``of 3 threads`` where others share them: for a cell that has little room."""
    others = f", of {visits.threads} threads" if visits.threads > 1 else ""
    return f"{_came(visits)} ({visits.analytics}){others}"


def _came(visits: Visits) -> str:
    if visits.visits is not None:
        return counted(visits.visits, "visit")
    return "visitors that cannot be added up" if visits.visitors is None else counted(visits.visitors, "visitor")


def counts_of(counts: Counts | None) -> tuple[int | None, ...]:
    """The figures that listings show: replies, likes, shares, impressions."""
    return (counts.replies, counts.likes, counts.shares, counts.impressions) if counts else (None,) * 4


def _quotient(value: float) -> str:
    return f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
