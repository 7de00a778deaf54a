from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.stats.baselines import Judged
from contentkit.stats.best_times import best_times
from contentkit.stats.dropoff import dropoff
from contentkit.stats.estimates import Estimate
from contentkit.stats.growth import Growth, Reading
from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
from contentkit.stats.overviews import AccountNow, Overview
from contentkit.stats.sync import Synced, Trouble
from contentkit.views.figures import against_usual, concluded, not_enough, times
from contentkit.views.sparklines import bars
from contentkit.views.stats import account_table, closing_lines, name_of, part_table, thread_cells, thread_table
from contentkit.views.stats_compared import hour_lines, hour_table
from contentkit.views.stats_entry import MeasuredEntry, entries_view
from contentkit.views.sync import sync_lines, trouble_lines
from tests.stats.measuring import BEGUN, a_thread, judged_with
from tests.views.terminal import shown

NOW = datetime(2026, 11, 22, 2, 34, tzinfo=UTC)
ZONE = ZoneInfo("America/Mexico_City")
COUNTS = Counts(replies=1, likes=2, shares=3, quotes=4, bookmarks=5, impressions=6, link_clicks=7, profile_clicks=8)
THREAD = a_thread("launch", {24: COUNTS}, {24: COUNTS}, begun_at=NOW - timedelta(days=1))
USUAL = Estimate(value=10, low=5, high=20, n=34)
JUDGED = Judged(thread=THREAD, age=24, engagement=20, before=34, usual=USUAL)
GROWTH = Growth(account="ours", before=None, readings=(), began_anew=False, asked_at=NOW)
PRINTABLE = st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc", "Cf"]), max_size=120)


def followed(*counts: tuple[float, int], name: str = "ours") -> AccountNow:
    """An account that so many followed so many days ago."""
    readings = tuple(Reading(at=NOW - timedelta(days=days), followers=count) for days, count in counts)
    return AccountNow(growth=replace(GROWTH, account=name, readings=readings), lately=(1, None, 3))


def with_words(words: str) -> MeasuredThread:
    parts = tuple(part._replace(text=words, url=words) for part in THREAD.parts)
    return replace(THREAD, entry=words, account=words, url=words, title=words, parts=parts)


def test_times_are_those_of_the_calendars_clock() -> None:
    assert shown(thread_table([JUDGED], ZONE, NOW))[2].split("  ")[0] == "Fri 20 Nov 20:34"


def test_a_thread_stands_beside_the_usual() -> None:
    lines = shown(thread_table([JUDGED], ZONE, NOW))
    assert lines[1].rstrip().endswith("2.0x (1.0–4.0, n 34)")
    assert lines[2].rstrip().endswith("20 at 24 h")


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (JUDGED, "2.0x (1.0–4.0, n 34)"),
        (replace(JUDGED, usual=replace(USUAL, low=0)), "2.0x (1.0 or more, n 34)"),
        (replace(JUDGED, engagement=5000), "500x (250–1,000, n 34)"),
        (replace(JUDGED, usual=None, before=4), "not enough data (4 of 5)"),
        (replace(JUDGED, usual=Estimate(value=0.5, low=0, high=9, n=6)), "usual 0.5 (0–9, n 6)"),
        (replace(JUDGED, age=None, engagement=None, usual=None, before=0), ""),
    ],
)
def test_what_can_be_said_of_a_thread_is_said_with_its_n(judged: Judged, words: str) -> None:
    assert against_usual(judged) == words


def test_of_too_few_only_that_is_said() -> None:
    few = Estimate(value=9, low=8, high=10, n=4)
    assert (concluded(few), concluded(None), not_enough(3)) == (
        "not enough data (4 of 5)",
        "not enough data (0 of 5)",
        "not enough data (3 of 5)",
    )
    assert times(replace(few, high=math.inf)) == "9.0x (8.0 or more, n 4)"


def test_five_things_have_five_words() -> None:
    [told] = THREAD.parts[:1]
    nothing = told._replace(state="never asked", at={}, last=None, told_at=None, asked_at=None)

    def cells(part: MeasuredPart) -> tuple[str, str]:
        row = thread_cells(replace(JUDGED, thread=replace(THREAD, parts=(part,))))
        return row[5], row[7]

    seen = [
        cells(told._replace(last=Counts(likes=0))),
        cells(told._replace(last=Counts(shares=1))),
        cells(nothing._replace(state="unavailable")),
        cells(nothing._replace(state="deleted")),
        cells(nothing),
    ]
    assert seen == [("told", "0"), ("told", "-"), ("unavailable", ""), ("deleted", ""), ("never asked", "")]


def test_a_change_has_its_sign_and_none_is_0() -> None:
    account = followed((30, 34), (7, 1239), (0, 1234))
    assert shown(account_table([account], ZONE, NOW))[1].split()[:4] == ["ours", "1,234", "-5", "+1,200"]
    steady = followed((7, 1234), (0, 1234))
    assert shown(account_table([steady], ZONE, NOW))[1].split()[:4] == ["ours", "1,234", "0", "-"]


def test_days_are_bars_and_a_day_that_nobody_asked_is_a_dot() -> None:
    line = shown(account_table([followed((14, 10), (13, 20), (0, 17))], ZONE, NOW))[1].split()
    assert line[4:] == ["▁█············▆", "▃·█"]


@pytest.mark.parametrize(
    ("values", "from_zero", "expected"),
    [
        ([], True, ""),
        ([None, None], True, "··"),
        ([5, 5], False, "▁▁"),
        ([5, 5], True, "██"),
        ([0, 0], True, "▁▁"),
        ([100, 101], False, "▁█"),
        ([0, 1, 2, 3, 4, 5, 6, 7, None], True, "▁▂▃▄▅▆▇█·"),
    ],
)
def test_bars_are_as_high_as_their_values(values: list[int | None], from_zero: bool, expected: str) -> None:
    assert bars(values, from_zero=from_zero) == expected


def test_a_thread_that_is_not_whole_says_how_much_is_out() -> None:
    thread = replace(THREAD, planned=3)
    assert shown(thread_table([replace(JUDGED, thread=thread)], ZONE, NOW))[3].rstrip() == "2 of 3 parts out"


def test_what_contentkit_did_not_publish_is_called_so() -> None:
    line = shown(thread_table([replace(JUDGED, thread=replace(THREAD, entry=None))], ZONE, NOW))[1]
    assert line.startswith("not from contentkit on ours")


def test_what_has_no_entry_is_called_by_its_first_words() -> None:
    thread = with_words("Every team we talked to had written\nthe same \x1b[31mscheduler.")
    assert name_of(replace(thread, entry=None, account="ours")) == '"Every team we talked to had…" on ours'


def test_figures_that_count_for_no_age_are_shown_as_the_last() -> None:
    parts = tuple(part._replace(at={}) for part in THREAD.parts)
    entry = MeasuredEntry(thread=replace(THREAD, parts=parts), judged=(), dropoff=None)
    lines = [line.rstrip() for line in shown(entries_view([entry], ZONE, NOW))]
    assert [line.split() for line in lines if line.startswith(("part", "1/2"))] == [["part", "last"], ["1/2", "10"]]
    assert lines[-1] == "Engagement as it was told last: it counts for no age."


def test_what_is_not_shown_is_counted() -> None:
    seen = Overview(threads=(JUDGED,), more=1200, accounts=(), more_accounts=1)
    assert list(closing_lines(seen, 30, NOW))[:2] == [
        "1,200 more threads of the last 30 days: --limit N shows them.",
        "1 more account: --limit N shows them, --account NAME one of them.",
    ]


def test_a_part_stands_beside_the_first_and_beside_what_is_usual_there() -> None:
    before = [a_thread(f"t{number}", {24: COUNTS}, {24: replace_impressions(3)}) for number in range(5)]
    [usual] = dropoff(before, 24)
    thread = a_thread("launch", {24: COUNTS}, {24: replace_impressions(1)})
    lines = shown(entries_view([MeasuredEntry(thread=thread, judged=(), dropoff=usual)], ZONE, NOW))
    parts = [line.split() for line in lines if line.startswith(("1/2", "2/2"))]
    assert parts == [["1/2", "10", "100%"], ["2/2", "10", "17%", "50%", "(n", "5)"]]
    assert "first one's impressions at 24 h" in " ".join(" ".join(lines).split())


def replace_impressions(count: int) -> Counts:
    return COUNTS._replace(impressions=count)


@settings(max_examples=50, deadline=None)
@given(words=PRINTABLE, count=st.none() | st.integers(0, 2**53), width=st.integers(80, 130))
def test_no_row_is_wider_than_the_terminal_and_nothing_steers_it(words: str, count: int | None, width: int) -> None:
    thread = with_words(words)
    judged = replace(JUDGED, thread=thread)
    entry = MeasuredEntry(thread=thread, judged=(judged,), dropoff=None)
    account = followed((0, count or 0), name=words)
    views = (
        thread_table([judged], ZONE, NOW),
        part_table([thread], ZONE, NOW),
        account_table([account], ZONE, NOW),
        entries_view([entry], ZONE, NOW),
    )
    lines = [line for view in views for line in shown(view, width)]
    assert max(wcswidth(line) for line in lines) <= width
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)


def test_a_run_is_told_account_by_account() -> None:
    synced = [
        Synced(account="a", told=1),
        Synced(account="b", told=3, deleted=1, unavailable=2, left_out=4, followers=1234),
        Synced(account="c", passed_over="console tells no figures"),
        Synced(account="d"),
        Synced(account="e", told=2, reads=4, cost=Decimal("0.020")),
        Synced(account="f", troubles=(Trouble(message="down", hint="", wait_seconds=None),)),
    ]
    assert list(sync_lines(synced)) == [
        "a: 1 post asked for",
        "b: 6 posts asked for, 1 deleted, nothing said about 2, 1,234 followers",
        "b: 4 left out: the reads of this month do not reach ([budget] in contentkit.toml)",
        "c: passed over: console tells no figures",
        "d: nothing is due (--all asks all the same)",
        "e: 2 posts asked for, 4 reads, at most $0.02",
    ]


@pytest.mark.parametrize(
    ("seconds", "wait"), [(None, ""), (1, "; wait 1 min"), (901, "; wait 16 min"), (7300, "; wait 3 h")]
)
def test_trouble_is_told_with_the_time_to_wait_rounded_up(seconds: int | None, wait: str) -> None:
    trouble = Trouble(message="asks us to slow down", hint="come back later", wait_seconds=seconds)
    assert list(trouble_lines([Synced(account="a", troubles=(trouble,))])) == [
        f"a: asks us to slow down{wait}",
        "  come back later",
    ]


def test_the_best_hours_come_with_how_many_were_looked_at_and_what_chance_would_do() -> None:
    good = [judged_with(2.0, a_thread(f"g{number}", begun_at=BEGUN)) for number in range(5)]
    usual = [judged_with(1.0, a_thread(f"u{number}", begun_at=BEGUN + timedelta(hours=1))) for number in range(5)]
    found = best_times([*good, *usual], UTC)
    assert shown(hour_table(best_times(good[:4], UTC))) == [], "no headings without a row"
    rows = [line.rstrip() for line in shown(hour_table(found))[1:]]
    assert rows == ["mon 09:00–10:00  2.0x (2.0–2.0, n 5), better than usual", "mon 10:00–11:00  1.0x (1.0–1.0, n 5)"]
    assert list(hour_lines(found, 12, 90, 24, "UTC")) == [
        "12 threads of the last 90 days, compared at 24 h on the clocks of UTC. "
        "A thread on several accounts counts once (n): 10 can be compared.",
        "2 of the 168 hours of a week had 5 or more, and were looked at. "
        "1 did better than usual; if the hour made no difference, 0.1 would by chance.",
        "A good hour is a reason to try it again, no proof: what was posted then may have been better, not the hour.",
    ]
