from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.views.today import Asked, Figures, Free, Out, Planned, Today, Waits, screen_text, today_lines
from tests.views.terminal import shown

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EMPTY = Today(
    now=NOW, zone="UTC", since=date(2026, 11, 20), until=date(2026, 11, 29), out=(), waits=(), planned=(), free=(), figures=None
)  # fmt: skip
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc", "Cf"]), max_size=60)


def filled(many: int, words: str = "launch") -> Today:
    out = Out(entry=words, accounts=("ours",), at=NOW, url="https://example.org/@us/1")
    waits = Waits(what=words, accounts=("ours",), state="held", why=words, who=words, next=(words,), at=NOW)
    planned = Planned(entry=words, accounts=("ours", "x"), at=NOW, state="", who=words)
    free = Free(slot=words, accounts=("ours",), at=NOW)
    figures = Figures(threads=2, replies=None, likes=1200, shares=3, followers={words: (1204, 12)}, asked_at=NOW)
    asked = Asked(number=7, author=words, account="ours", at=NOW, words=words, url="https://example.org/@ana/1")
    return Today(
        now=NOW, zone="UTC", since=date(2026, 11, 20), until=date(2026, 11, 29), out=(out,) * many, waits=(waits,) * many,
        planned=(planned,) * many, free=(free,) * many, figures=figures, asked=(asked,) * min(many, 2), unanswered=many,
    )  # fmt: skip


@given(many=st.integers(0, 30), height=st.integers(20, 60), width=st.integers(40, 200), words=WORDS)
@settings(max_examples=200, deadline=None)
def test_it_fits_the_screen_whatever_there_is_and_nothing_steers_it(
    many: int, height: int, width: int, words: str
) -> None:
    lines = shown(screen_text(filled(many, words), width, height), width)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)
    assert max(wcswidth(line) for line in lines) <= width


def test_a_screen_counts_what_it_has_no_room_for() -> None:
    lines = [line for line, _ in today_lines(filled(30), 80, 23)]
    assert len(lines) == 23
    assert "  and 28 more: contentkit queue, contentkit status" in lines


def test_into_a_pipe_goes_everything() -> None:
    assert len(list(today_lines(filled(30), 0, 0))) == 1 + 6 + 30 * 3 + 1 + 2 + 3


def test_an_empty_day_says_so_and_nothing_of_slots_and_figures_that_are_not() -> None:
    lines = [line for line, _ in today_lines(EMPTY, 80, 23)]
    assert lines == [
        "Mon 23 Nov, 09:00 (UTC)",
        "Out since Fri 20 Nov: nothing",
        "Nothing waits for a person",
        "Planned until Sun 29 Nov: nothing",
    ]


def test_what_no_network_told_is_not_told_as_0() -> None:
    lines = [line for line, _ in today_lines(filled(1), 80, 23)]
    assert "  2 threads, 1,200 likes, 3 shares; asked now" in lines
    assert "  Followers: launch 1,204 (+12)" in lines


def test_who_waits_longest_for_an_answer_is_told_and_the_others_are_counted() -> None:
    ana = Asked(number=12, author="Ana (@ana)", account="ours", at=NOW, words="Is it\nout?", url="")
    leo = replace(ana, number=7, author="Leo (@leo)", words=None)
    lines = [line for line, _ in today_lines(replace(EMPTY, asked=(ana, leo), unanswered=5), 80, 23)]
    assert lines[3:7] == [
        "Waiting for an answer: 5",
        "  12  Ana (@ana) on ours, now: Is it out?",
        "  7  Leo (@leo) on ours, now",
        "  and 3 more: contentkit replies",
    ]
    nobody = [line for line, _ in today_lines(replace(EMPTY, unanswered=0), 80, 23)]
    assert not [line for line in nobody if "answer" in line]


def test_of_several_ways_out_none_is_named_before_the_others() -> None:
    waits = Waits(what="launch", accounts=("x",), state="held", why="refused", who="you", next=("one", "two"), at=NOW)
    lines = [line for line, _ in today_lines(replace(EMPTY, waits=(waits, replace(waits, state=""))), 80, 23)]
    assert lines[3:5] == ["  launch on x: held: refused -> contentkit explain launch", "  launch on x: refused -> one"]


def test_an_address_is_never_cut() -> None:
    url = "https://social.example/@somebody/" + "1" * 80
    out = Out(entry="launch", accounts=("ours",), at=NOW, url=url)
    today = Today(
        now=NOW, zone="UTC", since=NOW.date(), until=NOW.date(), out=(out,), waits=(), planned=(), free=(), figures=None
    )  # fmt: skip
    assert url in "".join(line for line, _ in today_lines(today, 60, 23))
