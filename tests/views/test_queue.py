from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.views.queue import QueueRow, address_lines, queue_cells, queue_table
from tests.views.terminal import coloured, shown

NOW = datetime(2026, 11, 22, 2, 34, tzinfo=UTC)
ROW = QueueRow(
    entry="launch",
    account="our-mastodon",
    at=datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("America/Mexico_City")),
    state="planned",
    why="approved by Ana",
)
PRINTABLE = st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc", "Cf"]), max_size=120)


def test_the_cells_say_when_in_how_long_what_where_state_and_why() -> None:
    assert queue_cells(ROW, NOW) == (
        "Tue 24 Nov 09:30 CST",
        "in 3 days",
        "launch",
        "our-mastodon",
        "planned",
        "approved by Ana",
        "",
        "",
        "",
        "",
    )
    assert queue_cells(replace(ROW, state=""), NOW)[4] == "-"


def test_a_wide_terminal_has_one_line_for_a_row() -> None:
    heading, row = shown(queue_table([ROW], NOW, 120), 120)
    assert heading.split() == ["when", "in", "entry", "account", "state", "why", "who", "acts"]
    assert row.startswith("Tue 24 Nov 09:30  in 3 days  launch  our-mastodon  planned  approved by Ana")


def test_a_narrow_terminal_has_how_long_below_when() -> None:
    heading, first, second = shown(queue_table([ROW], NOW, 80))
    assert heading.split() == ["when", "entry", "account", "state", "why"]
    assert first.startswith("Tue 24 Nov 09:30  launch  our-mastodon  planned  approved by Ana")
    assert second.rstrip() == "  in 3 days"


@given(entry=PRINTABLE, account=PRINTABLE, why=PRINTABLE, width=st.integers(60, 130))
def test_no_row_is_wider_than_the_terminal_and_nothing_steers_it(
    entry: str, account: str, why: str, width: int
) -> None:
    lines = shown(queue_table([replace(ROW, entry=entry, account=account, why=why)], NOW, width), width)
    assert max(wcswidth(line) for line in lines) <= width
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)


def test_words_are_never_markup() -> None:
    table = queue_table([replace(ROW, why="[red]x[/red] [/] [link=file:///etc]y[/link] :smile:")], NOW, 160)
    assert "[red]x[/red] [/] [link=file:///etc]y[/link] :smile:" in shown(table, 160)[1]
    assert "\x1b[31m" not in coloured(table, 160)


def test_what_needs_a_person_stands_out() -> None:
    assert "\x1b[1;31m" in coloured(queue_table([replace(ROW, state="held")], NOW, 120), 120)


def test_a_very_long_reason_is_told_up_to_a_few_lines() -> None:
    lines = shown(queue_table([replace(ROW, why="because " * 200)], NOW - timedelta(days=1), 80))
    assert len(lines) < 20
    assert "…" in lines[-1]


def test_an_address_stands_below_the_table_and_is_never_cut() -> None:
    url = "https://social.example/@somebody/" + "1" * 60
    sent = replace(ROW, state="sent", why=f"by another machine: {url}", url=url)
    lines = shown(queue_table([sent], NOW, 80))
    assert "by another machine" in " ".join(lines)
    assert "social.example" not in "".join(lines)
    assert list(address_lines([sent])) == ["launch on our-mastodon:", url]


def test_a_narrow_table_says_below_why_who_acts_and_what_it_costs() -> None:
    row = replace(ROW, who="Mara Quist", cost=Decimal("0.305"))
    _, *lines = shown(queue_table([row], NOW, 80))
    assert [line[49:].strip() for line in lines] == ["approved by Ana", "next: Mara Quist", "costs $0.305"]


def test_a_very_wide_table_has_what_else_any_row_says() -> None:
    row = replace(ROW, who="cron", founder="ravi", campaign="launch")
    heading, line = shown(queue_table([row, row], NOW, 200), 200)[:2]
    assert heading.split()[-4:] == ["who", "acts", "founder", "campaign"]
    assert line.split()[-3:] == ["cron", "ravi", "launch"]
    assert "founder" not in shown(queue_table([replace(row, founder="")], NOW, 200), 200)[0]


def test_what_a_person_has_to_do_stands_out_from_what_cron_does() -> None:
    assert "\x1b[1myou" in coloured(queue_table([replace(ROW, who="you")], NOW, 120), 120)
    assert "\x1b[1mcron" not in coloured(queue_table([replace(ROW, who="cron")], NOW, 120), 120)
