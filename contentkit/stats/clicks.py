"""What the website saw of our threads: visits that came by links with the tags which a thread's links carry."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from contentkit.patterns import regex
from contentkit.stats.measured import MeasuredThread
from contentkit.text import urls_in
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

_TAG = regex(r"[?&;]utm_(source|medium|campaign|content)=([^&;#\s]*)", re.I)
_ZONES_APART = timedelta(days=1)


class Tags(NamedTuple):
    """The tags of a link, as an analytics program compares them; empty where it has none."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Visits of a site that came by links with these tags, as one analytics program counted them over some days.

    So many ``threads`` that went out in the days of the reports carry these ``tags``: the visits are theirs together. A tag that
    the report does not tell is empty, whatever the links have.
    ``visits`` and ``visitors`` are None where they were not told; visitors of several ranges of days cannot be added up.
    """

    analytics: str
    site: str
    tags: Tags
    visits: int | None
    visitors: int | None
    first_day: date
    last_day: date
    threads: int


def tags_in(text: str) -> set[Tags]:
    """The tags of the links in a text."""
    found = (dict(_named(text[start:end])) for start, end in urls_in(text))
    return {Tags(**tags) for tags in found if tags}


def visits_of(database: Database, threads: Sequence[MeasuredThread]) -> dict[tuple[str, str], list[Visits]]:
    """The visits by thread and account, of threads whose links name a campaign or their content: else they are everybody's."""
    carried = [(one, sets) for one in threads if (sets := _tags_of(one))]
    reports = _reports(database, {tags.campaign for _, sets in carried for tags in sets})
    rows = [row for report in reports for row in report]
    if not rows:
        return {}
    carrying = _carrying(database, min(row.first_day for row in rows), max(row.last_day for row in rows))
    found: dict[tuple[str, str], list[Visits]] = defaultdict(list)
    for report in reports:
        told = report[0].told
        shared = Counter(tags for _, _, tags in {(thread, on, _as_told(tags, told)) for thread, on, tags in carrying})
        for one, sets in carried:
            for tags in sorted({_as_told(tags, told) for tags in sets}):
                visits = _counted(report, tags, one.begun_at.date() - _ZONES_APART, max(1, shared[tags]))
                if visits:
                    found[one.thread, one.account].append(visits)
    return dict(found)


def _as_told(tags: Tags, told: str) -> Tags:
    """Those of these tags that a report tells apart; the others are empty."""
    names = told.split()
    return Tags(*(tag if f"utm_{name}" in names else "" for name, tag in zip(Tags._fields, tags, strict=True)))


def _carrying(database: Database, first_day: str, last_day: str) -> set[tuple[str, str, Tags]]:
    """The threads that went out within these days, by account, with each combination of tags that their links carry."""
    values = {
        "since": _midnight(date.fromisoformat(first_day)),
        "until": _midnight(date.fromisoformat(last_day) + timedelta(days=1)),
    }
    return {
        (thread, account, tags)
        for thread, account, text in database.conn.execute(_TAGGED, values)
        for tags in tags_in(text)
    }


def _midnight(day: date) -> int:
    """When a day begins in UTC, in seconds of Unix."""
    return int(datetime.combine(day, time(), UTC).timestamp())


_TAGGED = """
SELECT one.thread, accounts.name, one.text FROM accounts
CROSS JOIN published_parts AS one
  ON one.account = accounts.id AND one.published >= :since AND one.published < :until
WHERE one.text LIKE '%utm!_%' ESCAPE '!'"""

_REPORTS = """
SELECT analytics, site, tags, first_day, last_day, visits, visitors, utm_source, utm_medium, utm_campaign, utm_content
FROM visits WHERE utm_campaign IN (SELECT value FROM json_each(?)) ORDER BY first_day, id"""


class _Row(NamedTuple):
    """What a report told of a range of days; a tag is None where it does not tell that one."""

    analytics: str
    site: str
    told: str
    first_day: str
    last_day: str
    visits: int | None
    visitors: int | None
    source: str | None
    medium: str | None
    campaign: str | None
    content: str | None

    def is_of(self, tags: Tags) -> bool:
        """Whether these visits came by links with these tags, as far as the report tells."""
        told = (self.source, self.medium, self.campaign, self.content)
        return all(one is None or one.casefold() == ours for one, ours in zip(told, tags, strict=True))


def _named(url: str) -> Iterator[tuple[str, str]]:
    for name, value in _TAG.findall(url):
        yield name.lower(), unquote_plus(value).casefold()


def _tags_of(thread: MeasuredThread) -> set[Tags]:
    found = {tags for part in thread.parts for tags in tags_in(part.text or "")}
    return {tags for tags in found if tags.campaign or tags.content}


def _reports(database: Database, campaigns: Set[str]) -> list[list[_Row]]:
    """What each analytics program told of each site about these campaigns, in that report which tells most tags apart."""
    told = [name for (name,) in database.conn.execute("SELECT DISTINCT utm_campaign FROM visits") if name is not None]
    wanted = [name for name in told if name.casefold() in campaigns]
    rows = [_Row(*row) for row in database.conn.execute(_REPORTS, (json.dumps(wanted),))] if wanted else []
    best: dict[tuple[str, str], str] = {}
    for row in rows:
        key = row.analytics, row.site
        best[key] = max(best.get(key, ""), row.told, key=lambda told: (len(told.split()), told))
    return [
        [row for row in rows if (row.analytics, row.site, row.told) == (*key, told)]
        for key, told in sorted(best.items())
    ]


def _counted(rows: Sequence[_Row], tags: Tags, since: date, threads: int) -> Visits | None:
    """The visits with these tags in ranges of days that end no earlier; None where no report tells of any."""
    matching = [row for row in rows if row.last_day >= since.isoformat() and row.is_of(tags)]
    if not matching:
        return None
    visits = [row.visits for row in matching if row.visits is not None]
    return Visits(
        analytics=matching[0].analytics,
        site=matching[0].site,
        tags=tags,
        visits=sum(visits) if len(visits) == len(matching) else None,
        visitors=matching[0].visitors if len(matching) == 1 else None,
        first_day=date.fromisoformat(min(row.first_day for row in matching)),
        last_day=date.fromisoformat(max(row.last_day for row in matching)),
        threads=threads,
    )
