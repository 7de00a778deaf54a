"""Which columns say what: the exports of Plausible, Google Analytics 4 and Matomo as they are documented.

- Plausible: ``imported_sources_20261101_20261130.csv`` of *Imports & exports* (date, utm_source …, visitors, visits), and
  ``utm_campaigns.csv`` and its like of the dashboard's download (name, visitors, …), which has no visits.
- Google Analytics 4: the *Traffic acquisition* report or an exploration, in English: ``Session manual source``, ``Session source
  / medium``, ``Session campaign`` …, ``Sessions``, ``Total users``; ``Date`` where there is one, else the comments above the
  table say of which days it is.
- Matomo: ``Referrers.getCampaigns`` or a report of *Marketing Campaigns Reporting*: ``label``, ``nb_visits``,
  ``nb_uniq_visitors``, or their names in English. What a label is, ``metadata_segment`` says.

In another language a person says which column is what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from contentkit.patterns import regex
from contentkit.sources.visits.table import Table, heading_of
from contentkit.store.visit_tables import TAGS
from contentkit.store.visits import Analytics
from contentkit.values import dataclass

Cells = tuple[str, ...]
Reader = Callable[[Cells], str]
SOURCE, MEDIUM, CAMPAIGN, CONTENT = TAGS
_FILES = regex(r"utm_(source|medium|campaign|content)s\.csv\Z")
_GA4 = {
    SOURCE: ("session manual source", "session source"),
    MEDIUM: ("session manual medium", "session medium"),
    CAMPAIGN: ("session manual campaign name", "session campaign", "session campaign name"),
    CONTENT: ("session manual ad content",),
}
_GA4_PAIRS = (
    "session manual source / medium", "session manual source/medium", "session source / medium", "session source/medium",
)  # fmt: skip
# Source and medium in one column, as Google Analytics has them.
_PAIR = "source/medium"
# What a person may say of a column: the tags without their prefix, and the rest.
NAMES = (*(one.removeprefix("utm_") for one in TAGS), _PAIR, "visits", "visitors", "date")
_MATOMO_COLUMNS = {
    SOURCE: "campaignsource",
    MEDIUM: "campaignmedium",
    CAMPAIGN: "campaignname",
    CONTENT: "campaigncontent",
}
_SEGMENT = regex(r"(?:^|[;,])(campaignSource|campaignMedium|campaignName|campaignContent|referrerName)==", re.I)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How the rows of a table are read. ``tags`` gives for each tag that is told what a row says of it; ``visits``, ``visitors``
    and ``date`` are places of columns, None where there is none."""

    analytics: Analytics
    tags: dict[str, Reader]
    visits: int | None
    visitors: int | None
    date: int | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """Which column is what, as a person told: a heading for some of ``NAMES``, and whose export it is."""

    analytics: Analytics
    headings: Mapping[str, str]


def shape_named(table: Table, named: Named) -> Shape | None:
    """How to read a table by the headings that a person told; None where it lacks one of them."""
    places = {name: table.column(heading_of(heading)) for name, heading in named.headings.items()}
    if None in places.values():
        return None
    known = {name: place for name, place in places.items() if place is not None}
    pair = known.get(_PAIR)
    tags: dict[str, Reader] = {} if pair is None else {SOURCE: _half(pair, 0), MEDIUM: _half(pair, 2)}
    tags |= {one: _set(_cell(place)) for one in TAGS if (place := known.get(one.removeprefix("utm_"))) is not None}
    return Shape(
        analytics=named.analytics,
        tags={one: tags[one] for one in TAGS if one in tags},
        visits=known.get("visits"),
        visitors=known.get("visitors"),
        date=known.get("date"),
    )


def shape_of(table: Table, name: str, tag: str = "") -> Shape | str:
    """How to read this table of a file called ``name``; or why nobody can tell, in words; empty for none of ours.

    ``tag`` is what the one column of names says, where a person told.
    """
    return _plausible(table, name, tag) or _ga4(table) or _matomo(table, tag) or ""


def _cell(place: int) -> Reader:
    return lambda row: row[place].strip()


def _plausible(table: Table, name: str, tag: str) -> Shape | str | None:
    visits, visitors = table.column("visits"), table.column("visitors")
    if visits is None and visitors is None:
        return None
    tags = {one: _cell(place) for one in TAGS if (place := table.column(one)) is not None}
    if not tags and (names := table.column("name")) is not None:
        found = _FILES.search(name.casefold())
        told = f"utm_{found[1]}" if found else tag
        if not told:
            return "a report of Plausible that does not say what its names are"
        tags = {told: _cell(names)}
    if not tags:
        return None
    return Shape(analytics="plausible", tags=tags, visits=visits, visitors=visitors, date=table.column("date"))


def _ga4(table: Table) -> Shape | str | None:
    visits, visitors = table.column("sessions"), table.column("total users", "active users", "users")
    if visits is None:
        return None
    tags: dict[str, Reader] = {}
    if (pair := table.column(*_GA4_PAIRS)) is not None:
        tags = {SOURCE: _half(pair, 0), MEDIUM: _half(pair, 2)}
    for one, names in _GA4.items():
        if (place := table.column(*names)) is not None:
            tags[one] = _set(_cell(place))
    if not tags:
        return "a report of Google Analytics without source, medium or campaign of the session"
    ordered = {one: tags[one] for one in TAGS if one in tags}
    return Shape(analytics="ga4", tags=ordered, visits=visits, visitors=visitors, date=table.column("date"))


def _half(place: int, half: int) -> Reader:
    return _set(lambda row: row[place].partition(" / ")[half].strip())


def _set(read: Reader) -> Reader:
    """Where a visit had no such tag, Google Analytics says so in brackets, in the language of whoever exports: ``(not set)``."""

    def tag(row: Cells) -> str:
        words = read(row)
        return "" if words.startswith("(") and words.endswith(")") else words

    return tag


def _matomo(table: Table, tag: str) -> Shape | str | None:
    label, visits = table.column("label"), table.column("nb_visits", "visits")
    if label is None or visits is None:
        return None
    tags = {
        one: _cell(place)
        for one, ending in _MATOMO_COLUMNS.items()
        if (place := next((at for at, name in enumerate(table.columns) if name.endswith(f"_{ending}")), None))
        is not None
    }
    told = tag or _tag_of_labels(table)
    if not tags and not told:
        return "a report of Matomo that does not say what its labels are"
    return Shape(
        analytics="matomo",
        tags=tags or {told: _cell(label)},
        visits=visits,
        visitors=table.column("nb_uniq_visitors", "unique visitors"),
        date=table.column("date"),
    )


def _tag_of_labels(table: Table) -> str:
    """What Matomo's own filter for a row says that its label is; empty where rows do not agree, or have none."""
    place = table.column("metadata_segment", "segment")
    if place is None:
        return ""
    kinds = {found[1].casefold() if (found := _SEGMENT.search(row[place])) else "" for row in table.rows if row[place]}
    tags = {**{name: one for one, name in _MATOMO_COLUMNS.items()}, "referrername": CAMPAIGN}
    campaigns = "campaign" in " ".join(row[place] for row in table.rows[:50]).casefold()
    return tags.get(next(iter(kinds)), "") if len(kinds) == 1 and campaigns else ""
