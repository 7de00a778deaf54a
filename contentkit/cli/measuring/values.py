"""Figures as JSON has them: null where nothing was told; the state says why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.stats.baselines import Judged
    from contentkit.stats.best_times import BestTimes
    from contentkit.stats.clicks import Visits
    from contentkit.stats.dropoff import DropOff
    from contentkit.stats.estimates import Estimate
    from contentkit.stats.groups import Group
    from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
    from contentkit.stats.overviews import AccountNow


def thread_value(thread: MeasuredThread, judged: Judged | None = None) -> dict[str, Any]:
    """A thread with its last figures, the facts of its entry, and how it did beside the usual."""
    parts = thread.parts
    asked = [part.asked_at for part in parts if part.asked_at]
    names = (
        "entry",
        "title",
        "account",
        "platform",
        "origin",
        "campaign",
        "slot",
        "founder",
        "language",
        "drafter",
        "hook",
    )
    return {
        **{name: getattr(thread, name) for name in names},
        "sources": list(thread.sources),
        "state": thread.state,
        "part": None,
        "parts": thread.planned,
        "published": len(parts),
        "told": sum(part.last is not None for part in parts),
        "asked": len(asked),
        "deleted": sum(part.state == "deleted" for part in parts),
        "published_at": thread.begun_at,
        "asked_at": min(asked, default=None),
        "url": thread.url,
        "text": parts[0].text,
        **counts_value(thread.last),
        **({"compared": judged_value(judged)} if judged else {}),
    }


def part_value(thread: MeasuredThread, part: MeasuredPart) -> dict[str, Any]:
    """One part with its last figures, and those at each age, in hours."""
    return {
        "entry": thread.entry,
        "account": thread.account,
        "platform": thread.platform,
        "state": part.state,
        "part": part.part,
        "parts": thread.planned,
        "post": part.post,
        "published_at": part.published_at,
        "asked_at": part.asked_at,
        "told_at": part.told_at,
        "url": part.url,
        "text": part.text,
        **counts_value(part.last),
        "at": {age: counts_value(counts) for age, counts in sorted(part.at.items())},
    }


def counts_value(counts: Counts | None) -> dict[str, int | None]:
    """All figures and the engagement; each null where it was not told."""
    from contentkit.stats.measured import Counts

    return {**(counts or Counts())._asdict(), "engagement": counts.engagement if counts else None}


def judged_value(judged: Judged) -> dict[str, Any] | None:
    """A thread beside the usual; null where it was not told at the age."""
    if judged.engagement is None:
        return None
    return {
        "age": judged.age,
        "engagement": judged.engagement,
        "before": judged.before,
        "usual": estimate_value(judged.usual),
        "ratio": estimate_value(judged.ratio),
    }


def estimate_value(estimate: Estimate | None) -> dict[str, Any] | None:
    """A median with its interval; ``high`` is null where there is no upper end."""
    if estimate is None:
        return None
    high = estimate.high if math.isfinite(estimate.high) else None
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": high,
        "n": estimate.n,
        "is_enough": estimate.is_enough,
    }


def visits_value(seen: Sequence[Visits]) -> list[dict[str, Any]]:
    """Visits of the website by a thread's links; a tag that the report does not tell is null, and so is a count."""
    return [
        {
            "analytics": one.analytics,
            "site": one.site or None,
            **{f"utm_{name}": tag or None for name, tag in one.tags._asdict().items()},
            "visits": one.visits,
            "visitors": one.visitors,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "threads": one.threads,
        }
        for one in seen
    ]


def dropoff_value(dropoff: DropOff | None) -> dict[str, Any] | None:
    """The drop-off along threads: the share that each part has of the first."""
    if dropoff is None:
        return None
    places = [{"part": place.part, "share": estimate_value(place.share)} for place in dropoff.places]
    return {"figure": dropoff.figure, "age": dropoff.age, "threads": dropoff.threads, "places": places}


def account_value(account: AccountNow) -> dict[str, Any]:
    """An account: its followers, how they changed, its readings, and the engagement of its last threads."""
    from datetime import timedelta

    grown = account.growth
    return {
        "account": grown.account,
        "asked_at": grown.asked_at,
        "followers": grown.followers,
        "week": grown.change_over(timedelta(days=7)),
        "month": grown.change_over(timedelta(days=30)),
        "readings": [{"at": one.at, "followers": one.followers} for one in grown.readings],
        "lately": list(account.lately),
    }


def group_value(group: Group) -> dict[str, Any]:
    """A group; its name is null where nobody knows it."""
    return {"name": group.name, "threads": group.threads, "ratio": estimate_value(group.ratio)}


def best_times_value(times: BestTimes) -> dict[str, Any]:
    """Each hour of the week with a thread that can be compared; ``weekday`` counts from 0, which is Monday."""
    hours = [
        {"weekday": one.weekday, "hour": one.hour, "ratio": estimate_value(one.ratio), "is_advised": one.is_advised}
        for one in times.hours
    ]
    return {"hours": hours, "entries": times.entries, "looked_at": times.looked_at, "by_chance": times.by_chance}
