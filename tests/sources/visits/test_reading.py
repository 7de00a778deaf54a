"""Exports as Plausible, Google Analytics 4 and Matomo write them, of a site that does not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.importing.visits import hints_of
from contentkit.errors import ContentError, UsageError
from contentkit.sources.visits import Hints, Named, reports_in
from contentkit.store.visits import VisitReport
from tests.sources.own_posts.archives import zipped

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
PLAUSIBLE = (
    '"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content","utm_term",'
    """"pageviews","visitors","visits","visit_duration","bounces"
"2026-11-01","DuckDuckGo","duckduckgo.com","","","","","",2,1,1,19,0
"2026-11-01","mastodon","social.example","mastodon","social","launch","","",5,3,4,120,1
"2026-11-01","mastodon","other.example","mastodon","social","launch","","",2,1,1,3,1
"2026-11-02","x","t.co","x","social","launch","","",3,2,2,9,0
"""
)
GA4 = """# ----------------------------------------
# Traffic acquisition: Session source / medium
# Account: Grebe
# Property: grebe.example - GA4
# ----------------------------------------
#
# All Users
# Start date: 20261101
# End date: 20261130

Nth day,Sessions
0000,9
0001,4

# All Users
# Start date: 20261101
# End date: 20261130

Session source / medium,Session campaign,Sessions,Engaged sessions,Total users,Total revenue
,,30,20,25,0,Grand total
mastodon / social,launch,12,8,11,0
(direct) / (none),(not set),10,6,9,0
"x / social","launch, again",8,6,5,0
"""
MATOMO = (
    "label,nb_uniq_visitors,nb_visits,nb_actions,max_actions,sum_visit_length,bounce_count,"
    """nb_visits_converted,metadata_segment
launch,11,12,30,5,517,9,0,referrerType==campaign;referrerName==launch
=cmd|'/c calc',1,2,3,1,5,1,0,referrerType==campaign;referrerName==%3Dcmd
"""
)


def read(path: Path, content: str | bytes, **hints: object) -> list[VisitReport]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return reports_in(path, path.name, Hints(**hints))  # type: ignore[arg-type]


def told(report: VisitReport) -> list[tuple[object, ...]]:
    return [(str(one.days[0]), str(one.days[1]), one.tags, one.visits, one.visitors) for one in report.rows]


def test_plausible_tells_each_day_by_all_tags(tmp_path: Path) -> None:
    [report] = read(tmp_path / "imported_sources_20261101_20261102.csv", PLAUSIBLE)
    assert (report.analytics, report.untagged) == ("plausible", 1)
    assert report.told == ("utm_source", "utm_medium", "utm_campaign", "utm_content")
    assert told(report) == [
        ("2026-11-01", "2026-11-01", ("mastodon", "social", "launch", ""), 5, None),
        ("2026-11-02", "2026-11-02", ("x", "social", "launch", ""), 2, 2),
    ]


def test_the_download_of_plausible_s_dashboard_tells_one_tag_a_file_and_its_days_in_its_name(tmp_path: Path) -> None:
    parts = {
        "utm_campaigns.csv": b"name,visitors,bounce_rate,visit_duration\nlaunch,12,50,31\n",
        "utm_sources.csv": b"name,visitors,bounce_rate,visit_duration\nmastodon,9,50,31\nx,3,50,31\n",
        "pages.csv": b"name,visitors,pageviews\n/,900,1000\n",
        "visitors.csv": b"date,visitors,pageviews,visits\n2026-11-01,9,9,9\n",
    }
    path = zipped(tmp_path / "Plausible export grebe.example 2026-11-01  to 2026-11-30 .zip", parts)
    reports = reports_in(path, path.name, Hints())
    assert [(one.told, told(one)) for one in reports] == [
        (("utm_campaign",), [("2026-11-01", "2026-11-30", (None, None, "launch", None), None, 12)]),
        (
            ("utm_source",),
            [
                ("2026-11-01", "2026-11-30", ("mastodon", None, None, None), None, 9),
                ("2026-11-01", "2026-11-30", ("x", None, None, None), None, 3),
            ],
        ),
    ]


def test_google_analytics_tells_its_days_in_comments_and_its_table_below_another(tmp_path: Path) -> None:
    [report] = read(tmp_path / "download.csv", GA4)
    assert (report.analytics, report.told) == ("ga4", ("utm_source", "utm_medium", "utm_campaign"))
    assert report.untagged == 10
    assert told(report) == [
        ("2026-11-01", "2026-11-30", ("mastodon", "social", "launch", None), 12, 11),
        ("2026-11-01", "2026-11-30", ("x", "social", "launch, again", None), 8, 5),
    ]


def test_headings_of_another_language_are_read_as_a_person_says(tmp_path: Path) -> None:
    spanish = """# Fecha de inicio: 20261101
# Fecha de finalización: 20261130
Fuente/medio de la sesión,Campaña de la sesión,Sesiones,Usuarios totales
,,30,25,Total general
mastodon / social,launch,12,11
(directo) / (ninguno),(sin definir),10,9
"""
    headings = {
        "source/medium": "fuente/medio de la sesión", "campaign": "Campaña  de la sesión", "visits": "Sesiones",
        "visitors": "Usuarios totales",
    }  # fmt: skip
    [report] = read(tmp_path / "es.csv", spanish, named=Named(analytics="ga4", headings=headings))
    assert (report.analytics, report.told, report.untagged) == ("ga4", ("utm_source", "utm_medium", "utm_campaign"), 10)
    assert told(report) == [("2026-11-01", "2026-11-30", ("mastodon", "social", "launch", None), 12, 11)]
    german = "Datum;Bezeichnung;Eindeutige Besucher;Besuche\n2026-11-02;launch;1;2\n"
    headings = {"campaign": "Bezeichnung", "visits": "Besuche", "date": "Datum"}
    [report] = read(tmp_path / "de.csv", german.encode("utf-16"), named=Named(analytics="matomo", headings=headings))
    assert told(report) == [("2026-11-02", "2026-11-02", (None, None, "launch", None), 2, None)]


def test_a_heading_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    named = Named(analytics="ga4", headings={"source": "Fuente", "visits": "Sesiones"})
    with pytest.raises(UsageError, match="has no column 'Fuente'") as caught:
        read(tmp_path / "es.csv", "Quelle,Sesiones\x1b[2J\nx,3\n", named=named)
    assert caught.value.hint.startswith("its columns are: quelle, sesiones")
    assert "\x1b" not in caught.value.hint


@pytest.mark.parametrize(
    ("columns", "analytics", "says"),
    [
        (["campaign=Kampagne", "visits=Besuche"], "", "--column and --analytics go together"),
        ([], "ga4", "--column and --analytics go together"),
        (["campaign=Kampagne", "visits=Besuche"], "ga5", "'ga5' is no analytics"),
        (["campaign"], "ga4", "no heading"),
        (["campaign= "], "ga4", "no heading"),
        (["term=Begriff"], "ga4", "'term' is no column"),
        (["campaign=A", "campaign=B"], "ga4", "'campaign' is no column"),
        (["campaign=Kampagne"], "ga4", "name a tag, and visits or visitors"),
        (["visits=Besuche", "date=Datum"], "ga4", "name a tag, and visits or visitors"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused(columns: list[str], analytics: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        hints_of("", "", "", columns, analytics)


def test_an_exploration_with_dates_and_manual_tags_is_told_day_by_day(tmp_path: Path) -> None:
    lines = (
        "Date,Session manual source,Session manual ad content,Session source,Sessions\n20261101,x,(not set),t.co,3\n"
    )
    [report] = read(tmp_path / "free-form.csv", "# Free form 1\n# 20261101-20261130\n" + lines)
    assert told(report) == [("2026-11-01", "2026-11-01", ("x", None, None, ""), 3, None)]


def test_matomo_writes_utf_16_and_says_by_its_filters_what_labels_are(tmp_path: Path) -> None:
    [report] = read(tmp_path / "Campaigns.csv", MATOMO.encode("utf-16"), days=NOVEMBER)
    assert (report.analytics, report.told) == ("matomo", ("utm_campaign",))
    assert [row[2:] for row in told(report)] == [
        ((None, None, "launch", None), 12, 11),
        ((None, None, "=cmd|'/c calc'", None), 2, 1),
    ]


def test_other_reports_of_matomo_name_their_tag_by_the_filter_the_columns_or_a_person(tmp_path: Path) -> None:
    by_filter = "Date,Label,Unique visitors,Visits,Metadata_segment\n2026-11-01,x,1,2,campaignSource==x\n"
    [one] = read(tmp_path / "a.csv", by_filter)
    flat = (
        "label,nb_visits,MarketingCampaignsReporting_CampaignSource,MarketingCampaignsReporting_CampaignMedium\n"
        "x - social,4,x,social\n"
    )
    [two] = read(tmp_path / "b.csv", flat, days=NOVEMBER)
    [three] = read(tmp_path / "c.csv", "label;nb_visits\nsocial;4\n", days=NOVEMBER, tag="utm_medium")
    assert [one.told, two.told, three.told] == [("utm_source",), ("utm_source", "utm_medium"), ("utm_medium",)]
    with pytest.raises(UsageError, match="does not say what its labels are"):
        read(tmp_path / "d.csv", "label,nb_visits\nsocial,4\n", days=NOVEMBER)


def test_websites_that_sent_visitors_are_taken_for_no_campaigns(tmp_path: Path) -> None:
    websites = "label,nb_visits,metadata_segment\nexample.org,4,referrerType==website;referrerName==example.org\n"
    with pytest.raises(UsageError, match="does not say what its labels are"):
        read(tmp_path / "Websites.csv", websites, days=NOVEMBER)


def test_days_that_nobody_told_are_asked_for(tmp_path: Path) -> None:
    content = "name,visitors\nlaunch,12\n"
    with pytest.raises(UsageError, match="of which days") as caught:
        read(tmp_path / "utm_campaigns.csv", content)
    assert "--from" in caught.value.hint
    [report] = read(tmp_path / "utm_campaigns.csv", content, days=NOVEMBER)
    assert report.ranges == {NOVEMBER}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "a,b\n1,2\n",
        "name,visitors\n/,3\n",
        "Session campaign,Key events\nlaunch,3\n",
        "# only\n# words\n",
        "label\nx\n",
    ],
)
def test_what_is_no_report_by_tags_is_none_or_named(content: str, tmp_path: Path) -> None:
    try:
        assert read(tmp_path / "pages.csv", content, days=NOVEMBER) == []
    except UsageError as error:
        assert error.message.startswith("pages.csv: is a report of Plausible that does not say")  # noqa: PT017


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\xff\xff\xff", b'name,visitors\n"' + b"x" * 200_000 + b'",3\n'])
def test_what_cannot_be_read_says_so(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"utm_sources\.csv"):
        read(tmp_path / "utm_sources.csv", content, days=NOVEMBER)


def test_rows_that_say_nothing_are_counted_and_hide_no_others(tmp_path: Path) -> None:
    odd = "\n".join(["x,-3", "y,many", f"{'z' * 600},3", "mastodon,7", "w"])
    [report] = read(tmp_path / "utm_sources.csv", f"name,visitors\n{odd}\n", days=NOVEMBER)
    assert ([row[2] for row in told(report)], report.unreadable) == ([("mastodon", None, None, None)], 4)


@given(content=st.text('abc,;"\t\n#x1=(/)-:', max_size=80))
@settings(max_examples=150, deadline=None)
def test_whatever_a_file_holds_it_is_a_report_or_said_to_be_none(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "utm_sources.csv"
    for head in ("", "name,visitors\n", "Session campaign,Sessions\n", "label,nb_visits\n"):
        try:
            reports = read(path, head + content, days=NOVEMBER, tag="utm_source")
        except (ContentError, UsageError) as error:
            assert error.message.startswith("utm_sources.csv")  # noqa: PT017
        else:
            assert all(row.tags[0] or row.tags[2] for one in reports for row in one.rows)
