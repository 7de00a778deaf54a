"""Every figure of a report once more, from the raw rows of contentkit.db, slowly and without a line of the program.

    python tests/reports/recomputed.py contentkit.db 2026-11-01 2026-11-30 America/Mexico_City

prints them as JSON. Nothing here is shared with what it checks: no query, no rule, no rounding.
"""

from __future__ import annotations

import json
import math
import sqlite3
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

Row = dict[str, Any]
WEEK, ENOUGH, REACH, LEARNT, MONTHS = 168, 5, 100, 1000, 12
TOLD = ("impressions", "likes", "shares", "quotes", "replies", "link_clicks")
NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
KINDS = ("hook", "slot", "weekday", "hour", "language", "source", "drafter", "founder")


def recomputed(path: str, first: str, last: str, zone: str) -> Row:
    """The figures of a report from the first to the last day, both included, on the clocks of this zone."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    tables = ("publications", "snapshots", "account_snapshots", "entries", "entry_sources", "visits")
    rows = {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in tables}
    connection.close()
    return _Recount(rows, date.fromisoformat(first), date.fromisoformat(last), ZoneInfo(zone)).all()


def _at(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


class _Recount:
    def __init__(self, rows: Mapping[str, list[Row]], first: date, last: date, zone: ZoneInfo) -> None:
        self.rows, self.zone = rows, zone
        self.days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        self.since, self.until = self._midnight(first), self._midnight(last + timedelta(days=1))
        self.readings: dict[int, list[Row]] = defaultdict(list)
        for row in sorted(rows["snapshots"], key=lambda row: row["number"]):
            self.readings[row["publication"]].append(row)
        entries = {row["id"]: row for row in rows["entries"]}
        parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows["publications"]:
            parts[row["thread"], row["account"]].append(row)
        self.threads = [self._thread(some, entries) for some in parts.values()]
        self.threads.sort(key=lambda one: (one["begun"], one["account"], one["thread"]))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def _thread(self, parts: list[Row], entries: Mapping[str, Row]) -> Row:
        parts.sort(key=lambda row: (row["part"], row["id"]))
        facts = entries.get(parts[0]["entry"], {})
        return {
            **{name: facts.get(name) for name in ("campaign", "slot", "founder", "drafter")},
            "hook": parts[0]["hook"] or facts.get("hook"),
            "language": parts[0]["language"] or facts.get("language"),
            "sources": [row["source"] for row in self.rows["entry_sources"] if row["entry"] == parts[0]["entry"]],
            "thread": parts[0]["thread"],
            "account": parts[0]["account"],
            "begun": min(_at(row["published_at"]) for row in parts),
            "parts": parts,
        }

    # -- single posts

    def _state(self, post: Row) -> str:
        readings = self.readings[post["id"]]
        return (readings[-1]["lost"] or "told") if readings else "never asked"

    def _counts(self, reading: Row) -> Row:
        replies = reading["replies"]
        return {**reading, "replies": None if replies is None else max(0, replies - reading["own_replies"])}

    def _last(self, post: Row) -> Row | None:
        told = [one for one in self.readings[post["id"]] if one["lost"] is None]
        return self._counts(told[-1]) if told else None

    def _at_age(self, post: Row, age: int) -> Row | None:
        told = [one for one in self.readings[post["id"]] if one["lost"] is None and one["age"] == age]
        return self._counts(told[0]) if told else None

    @staticmethod
    def _engagement(counts: Mapping[str, Any]) -> int | None:
        if counts["likes"] is None and counts["shares"] is None:
            return None
        return sum(counts[name] or 0 for name in ("likes", "shares", "quotes", "replies"))

    # -- threads

    def _engaged(self, thread: Row, age: int) -> int | None:
        """None where a part that stands was not told then; a sum with a hole in it is not known."""
        told = []
        for post in thread["parts"]:
            counts = self._at_age(post, age)
            if counts is None:
                if self._state(post) != "deleted":
                    return None
                continue
            told.append(counts)
        if not told:
            return None
        sums = {
            name: None if any(one[name] is None for one in told) else sum(one[name] for one in told)
            for name in ("likes", "shares", "quotes", "replies")
        }
        return self._engagement(sums)

    def _judged(self, thread: Row) -> Row:
        ages = {one["age"] for post in thread["parts"] for one in self.readings[post["id"]] if one["age"] is not None}
        known = {age: engaged for age in ages if (engaged := self._engaged(thread, age)) is not None}
        found: Row = {"thread": thread, "age": None, "engagement": None, "before": 0, "usual": None, "ratio": None}
        if not known:
            return found
        age = WEEK if WEEK in known else max(known)
        before = [one for one in self.threads if one["account"] == thread["account"] and one["begun"] < thread["begun"]]
        before.sort(key=lambda one: (one["begun"], one["thread"]))
        others = [value for one in before[-REACH:] if (value := self._engaged(one, age)) is not None]
        found |= {"age": age, "engagement": known[age], "before": len(others)}
        if len(others) >= ENOUGH and (several := estimate(others)):
            usual, low, high, n = several
            found["usual"] = usual
            if usual >= 1:
                most = known[age] / low if low else math.inf if known[age] else 0.0
                found["ratio"] = (known[age] / usual, known[age] / high, most, n)
        return found

    # -- parts of the report

    def all(self) -> Row:
        within = [one for one in self.threads if self.since <= one["begun"] < self.until]
        since, known = self._learnt_from(len(within))
        judged = [self._judged(one) for one in known]
        own = [one for one in judged if one["thread"]["begun"] >= self.since]
        aged = [one for one in judged if one["age"] == WEEK]
        asked = self._asked_at(within)
        return {
            "published": self._published(within),
            "followers": self._followers(asked),
            "asked_at": asked,
            "judged": [self._plain(one) for one in own],
            **self._ranked(own),
            "campaigns": self._campaigns(own),
            "learnt_since": since,
            "known": len(known),
            "aged": len(aged),
            "learnt": {kind: self._groups(aged, kind) for kind in KINDS},
            "dropoff": self._dropoff(known),
            "visits": self._visits(within),
            "incomplete": sum(len(one["parts"]) < max(post["parts"] for post in one["parts"]) for one in within),
        }

    def _learnt_from(self, count: int) -> tuple[datetime, list[Row]]:
        since, months = self.since, 0
        while months < MONTHS and sum(since <= one["begun"] < self.until for one in self.threads) < LEARNT:
            since, months = since - timedelta(days=30), months + 1
        found = [one for one in self.threads if since <= one["begun"] < self.until]
        assert len(found) >= count
        return since, found

    def _asked_at(self, within: Sequence[Row]) -> datetime | None:
        taken = [_at(row["taken_at"]) for row in self.rows["account_snapshots"]]
        for one in within:
            taken += [
                _at(self.readings[post["id"]][-1]["taken_at"]) for post in one["parts"] if self.readings[post["id"]]
            ]
        return max(taken, default=None)

    def _published(self, within: Sequence[Row]) -> Row:
        found: Row = {}
        for account in sorted({one["account"] for one in within}):
            own = [one for one in within if one["account"] == account]
            posts = [post for one in own for post in one["parts"]]
            states = [self._state(post) for post in posts]
            last = [counts for post in posts if (counts := self._last(post))]
            found[account] = {
                "threads": len(own),
                "posts": len(posts),
                **{state: states.count(state) for state in ("deleted", "unavailable", "never asked")},
                "told": {name: total(one[name] for one in last) for name in TOLD},
            }
        return found

    def _followers(self, asked: datetime | None) -> Row:
        found: Row = {}
        rows = sorted(self.rows["account_snapshots"], key=lambda row: row["id"])
        for account in sorted({row["account"] for row in rows}):
            near = [
                row for row in rows
                if row["account"] == account and self.since - timedelta(days=1) <= _at(row["taken_at"]) < self.until
            ]  # fmt: skip
            whose = [next((one for one in reversed(known) if one), "") for known in zip(*map(_who, near), strict=True)]
            told = [
                row for row in near
                if row["followers"] is not None and all(one in ("", its) for one, its in zip(_who(row), whose, strict=True))
            ]  # fmt: skip
            told.sort(key=lambda row: row["taken_at"])
            within = [row for row in told if _at(row["taken_at"]) >= self.since]
            days = {_at(row["taken_at"]).astimezone(self.zone).date(): row["followers"] for row in within}
            end = asked.astimezone(self.zone).date() if asked else self.days[-1]
            before = [row for row in told if _at(row["taken_at"]) < self.since]
            first = next(iter([*before[-1:], *within[:1]]), None)
            known = bool(within) and first is not within[-1]
            found[account] = {
                "first": first["followers"] if first else None,
                "last": within[-1]["followers"] if within else None,
                "change": within[-1]["followers"] - first["followers"] if known and first else None,
                "n": len(within),
                "missing": sum(day not in days and day <= end for day in self.days),
                "days": days,
            }
        return found

    def _plain(self, one: Row) -> Row:
        thread = one["thread"]
        return {**one, "thread": thread["thread"], "account": thread["account"], "begun": thread["begun"]}

    def _ranked(self, own: Sequence[Row]) -> Row:
        with_ratio = [one for one in own if one["ratio"]]
        some = with_ratio or [one for one in own if one["engagement"] is not None]

        def rank(one: Row) -> tuple[Any, ...]:
            value, thread = one["ratio"][0] if with_ratio else one["engagement"], one["thread"]
            return -value, thread["begun"], thread["account"], thread["thread"]

        order = sorted(some, key=rank)
        most = min(3, math.ceil(len(order) / 2))
        least = order[most:][-3:][::-1]
        names = (
            [(one["thread"]["thread"], one["thread"]["account"]) for one in some] for some in (order[:most], least)
        )
        return dict(zip(("most", "least"), names, strict=True))

    def _campaigns(self, own: Sequence[Row]) -> dict[str | None, Row]:
        found: dict[str | None, Row] = {}
        for name in {one["thread"]["campaign"] or None for one in own}:
            some = [one for one in own if (one["thread"]["campaign"] or None) == name]
            posts = [post for one in some for post in one["thread"]["parts"]]
            last = [counts for post in posts if (counts := self._last(post))]
            found[name] = {
                "threads": len(some),
                "posts": len(posts),
                "engagement": total(self._engagement(one) for one in last),
                "ratio": estimate(_by_entry(some)),
            }
        return found

    def _groups(self, aged: Sequence[Row], kind: str) -> dict[str | None, Any]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for one in aged:
            for name in self._names(one["thread"], kind):
                found[name].append(one)
        return {name: (len(some), estimate(_by_entry(some))) for name, some in found.items()}

    def _names(self, thread: Row, kind: str) -> list[str | None]:
        local = thread["begun"].astimezone(self.zone)
        if kind == "weekday":
            return [["mon", "tue", "wed", "thu", "fri", "sat", "sun"][local.weekday()]]
        if kind == "hour":
            return [f"{local.hour:02}"]
        return list(thread["sources"]) or [None] if kind == "source" else [thread[kind] or None]

    def _dropoff(self, known: Sequence[Row]) -> Row:
        rows: dict[str, list[list[int]]] = defaultdict(list)
        for one in known:
            counts = [self._at_age(post, WEEK) for post in one["parts"]]
            gone = any(self._state(post) == "deleted" for post in one["parts"])
            whole = len(counts) >= max(post["parts"] for post in one["parts"])
            if len(counts) < 2 or gone or not whole or None in counts:
                continue
            told = [count for count in counts if count]
            for figure in ("impressions", "engagement"):
                values = [one["impressions"] if figure == "impressions" else self._engagement(one) for one in told]
                if None not in values:
                    rows[figure].append([value or 0 for value in values])
                    break
        return {figure: self._shares(some) for figure, some in rows.items()}

    def _visits(self, within: Sequence[Row]) -> Row:
        """By analytics, site and tags: of the report that tells most tags apart, from a day before the first thread on."""
        found: dict[Any, Any] = {}
        for one in within:
            for tags in sorted(
                {tags for post in one["parts"] if self._state(post) != "deleted" for tags in _tags(post)}
            ):
                if not (tags[2] or tags[3]):
                    continue
                since = (one["begun"].date() - timedelta(days=1)).isoformat()
                for key, rows in self._exports(tags).items():
                    own = [row for row in rows if row["last_day"] >= since]
                    told = own[0]["tags"].split() if own else []
                    shown = [tag if name in told else "" for name, tag in zip(NAMES, tags, strict=True)]
                    if own and (*key, *shown) not in found:
                        visits = [row["visits"] for row in own]
                        found[*key, *shown] = (
                            None if None in visits else sum(visits),
                            own[0]["visitors"] if len(own) == 1 else None,
                            max(row["last_day"] for row in own),
                        )
        return found

    def _exports(self, tags: Sequence[str]) -> dict[tuple[str, str], list[Row]]:
        best: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows["visits"]:
            if (row["utm_campaign"] or "").casefold() == tags[2]:
                best.setdefault((row["analytics"], row["site"]), []).append(row)
        for key, rows in best.items():
            told = max((row["tags"] for row in rows), key=lambda told: (len(told.split()), told))
            best[key] = [row for row in rows if row["tags"] == told and _are_of(row, tags)]
        return best

    @staticmethod
    def _shares(rows: Sequence[Sequence[int]]) -> Row:
        usable = [row for row in rows if row[0]]
        places = range(1, max(map(len, usable), default=1))
        shares = {place: [row[place] / row[0] for row in usable if len(row) > place] for place in places}
        return {
            "threads": len(rows),
            "left_out": len(rows) - len(usable),
            "places": {place: estimate(values) for place, values in shares.items()},
        }


def _tags(post: Row) -> list[tuple[str, ...]]:
    """The tags of the links in a post's words: source, medium, campaign, content."""
    links = [word for word in (post["text"] or "").split() if "://" in word and "utm_" in word]
    named = [dict(parse_qsl(urlsplit(link).query)) for link in links]
    return [tuple(one.get(name, "").casefold() for name in NAMES) for one in named]


def _are_of(row: Row, tags: Sequence[str]) -> bool:
    told = [row[name] for name in NAMES]
    return all(one is None or one.casefold() == tag for one, tag in zip(told, tags, strict=True))


def _by_entry(some: Iterable[Row]) -> list[float]:
    """One ratio for each entry: the geometric mean of those of its threads. What has no entry is one by itself."""
    ratios: dict[Any, list[float]] = defaultdict(list)
    for one in some:
        thread = one["thread"]
        if one["ratio"]:
            ratios[thread["parts"][0]["entry"] or (thread["thread"], thread["account"])].append(one["ratio"][0])
    means = (statistics.geometric_mean(values) if all(values) else 0.0 for values in ratios.values())
    return [values[0] if len(values) == 1 else mean for values, mean in zip(ratios.values(), means, strict=True)]


def _who(row: Row) -> tuple[str, str]:
    return row["server"], row["owner"]


def total(values: Iterable[int | None]) -> tuple[int | None, int]:
    known = [value for value in values if value is not None]
    return (sum(known) if known else None), len(known)


def estimate(values: Sequence[float]) -> tuple[float, float, float, int] | None:
    """The median, the ends of its bootstrap interval of 95 %, and of how many values."""
    if not values:
        return None
    ordered, n = sorted(values), len(values)
    rank = lower_rank(n)
    return statistics.median(ordered), ordered[rank - 1], ordered[n - rank], n


@lru_cache
def lower_rank(n: int) -> int:
    """The least k for which the middle one of n values drawn again is among the k smallest in at least 25 of 1000 draws."""
    middle = (n + 1) // 2
    for k in range(1, middle):
        ways = sum(math.comb(n, j) * k**j * (n - k) ** (n - j) for j in range(middle, n + 1))
        if 1000 * ways >= 25 * n**n:
            return k
    return middle


if __name__ == "__main__":
    json.dump(recomputed(*sys.argv[1:5]), sys.stdout, indent=2, default=str)
