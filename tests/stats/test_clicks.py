from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from contentkit.link_tags import LinkTags, tagged
from contentkit.stats.clicks import Tags, Visits, tags_in, visits_of
from contentkit.stats.measured import measured
from contentkit.stats.publications import copy_publications
from contentkit.text import urls_in
from tests.stats.counting import NOW, thread

TAGGED = "Read https://site.example/a?utm_source=mastodon&utm_medium=social&utm_campaign=launch now."
FOUR = "utm_source utm_medium utm_campaign utm_content"


def out(database: Database, name: str = "launch", text: str = TAGGED, days: float = 10, account: str = "ours") -> None:
    copy_publications(database, thread(name, 1, text=text, at=NOW - timedelta(days=days), account=account))


def report(
    database: Database,
    visits: int | None,
    *,
    days: tuple[int, int] = (5, 5),
    told: str = FOUR,
    source: str | None = "mastodon",
    campaign: str | None = "launch",
    content: str | None = "",
    analytics: str = "plausible",
    site: str = "",
    visitors: int | None = None,
) -> None:
    """What a report told of the days so long ago."""
    first, last = ((NOW - timedelta(days=one)).date().isoformat() for one in days)
    database.conn.execute(
        """INSERT INTO visits (analytics, site, tags, first_day, last_day, utm_source, utm_medium, utm_campaign, utm_content,
             visits, visitors, imported_at) VALUES (?, ?, ?, ?, ?, ?, 'social', ?, ?, ?, ?, '2026-11-22T00:00:00Z')""",
        (analytics, site, told, first, last, source, campaign, content, visits, visitors),
    )


def known(database: Database) -> dict[tuple[str, str], list[Visits]]:
    return visits_of(database, measured(database, since=NOW - timedelta(days=99), until=NOW))


def counts(database: Database) -> list[int | None]:
    return [one.visits for one in known(database).get(("launch", "ours"), [])]


def test_visits_by_a_threads_links_are_added_up_over_the_days(database: Database) -> None:
    out(database)
    report(database, 30, days=(5, 5), visitors=20)
    report(database, 12, days=(4, 4), visitors=10)
    [one] = known(database)["launch", "ours"]
    assert one == Visits(
        analytics="plausible",
        site="",
        tags=Tags("mastodon", "social", "launch", ""),
        visits=42,
        visitors=None,
        first_day=date(2026, 11, 17),
        last_day=date(2026, 11, 18),
        threads=1,
    )


@pytest.mark.parametrize(
    "other",
    [
        {"source": "x"},
        {"campaign": "other"},
        {"content": "button"},
        {"days": (20, 15)},  # before the thread was begun
    ],
)
def test_visits_by_other_links_are_not_counted(database: Database, other: dict[str, object]) -> None:
    out(database)
    report(database, 5, days=(3, 3))
    report(database, 1000, **other)  # type: ignore[arg-type]
    assert counts(database) == [5]


def test_of_two_reports_of_the_same_visits_the_one_that_tells_more_tags_counts(database: Database) -> None:
    out(database)
    report(database, 7, source=None, content=None, told="utm_medium utm_campaign")
    report(database, 5)
    assert counts(database) == [5]


def test_each_program_and_site_is_told_on_its_own(database: Database) -> None:
    out(database)
    report(database, 5)
    report(database, 6, site="site.example")
    report(database, 7, analytics="matomo")
    found = [(one.analytics, one.site, one.visits) for one in known(database)["launch", "ours"]]
    assert found == [("matomo", "", 7), ("plausible", "", 5), ("plausible", "site.example", 6)]


def test_threads_with_the_same_tags_have_their_visits_together(database: Database) -> None:
    out(database)
    out(database, "again", days=5)
    out(database, "else", text=TAGGED.replace("launch", "else"))
    report(database, 50, days=(10, 3))
    assert {key: [(one.visits, one.threads) for one in visits] for key, visits in known(database).items()} == {
        ("launch", "ours"): [(50, 2)],
        ("again", "ours"): [(50, 2)],
    }
    [alone] = visits_of(database, measured(database, since=NOW - timedelta(days=7), until=NOW))["again", "ours"]
    assert alone.threads == 2, "also when the other one is not asked about"


def test_of_a_report_that_tells_campaigns_only_all_their_threads_share_the_visits(database: Database) -> None:
    out(database)
    out(database, "elsewhere", text=TAGGED.replace("mastodon", "x"))
    report(database, 33, days=(10, 3), source=None, content=None, told="utm_medium utm_campaign")
    found = known(database)
    assert found["launch", "ours"] == found["elsewhere", "ours"]
    assert [(one.tags, one.visits, one.threads) for one in found["launch", "ours"]] == [
        (Tags(medium="social", campaign="launch"), 33, 2)
    ]


def test_visitors_stand_in_where_no_visits_are_told(database: Database) -> None:
    out(database)
    report(database, None, visitors=9)
    assert [(one.visits, one.visitors) for one in known(database)["launch", "ours"]] == [(None, 9)]


def test_links_without_a_campaign_are_everybodys(database: Database) -> None:
    out(database, text="https://site.example/?utm_source=mastodon&utm_medium=social")
    report(database, 9, campaign="")
    assert known(database) == {}


def test_spelling_in_capitals_is_the_same_tag(database: Database) -> None:
    out(database, text=TAGGED.replace("launch", "Launch%20D%C3%8DA"))
    report(database, 9, campaign="launch día", source="Mastodon")
    assert counts(database) == [9]


@settings(deadline=None)
@given(
    source=st.text(max_size=12),
    campaign=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
def test_whatever_the_rendition_wrote_is_read_back(source: str, campaign: str) -> None:
    tags = LinkTags(hosts=("site.example",), source="{account}")
    values = {"platform": "x", "account": source.encode("utf-8", "ignore").decode(), "campaign": campaign}
    text = tagged("See https://site.example/a#b", urls_in, tags, values)
    expected = Tags(values["account"].casefold(), "social", campaign.casefold(), "")
    assert tags_in(text) == {expected}
