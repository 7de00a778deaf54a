from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from contentkit.views.screen import Page, is_quitting, screen_of


def drawn(rows: int, top: int = 0, height: int = 10, talk: tuple[str, ...] = ()) -> tuple[list[str], Page]:
    file = StringIO()
    console = Console(file=file, width=40, height=height, force_terminal=True, color_system=None)
    body = Text("\n").join([Text("heading"), *(Text(f"row {number}") for number in range(rows))])
    shown, page = screen_of(console, body, talk, "09:30", top)
    console.print(shown, end="")
    return [line.rstrip() for line in file.getvalue().split("\n")], page


def test_the_heading_stays_and_the_last_line_says_how_to_leave() -> None:
    lines, _ = drawn(3)
    assert lines[:4] == ["heading", "row 0", "row 1", "row 2"]
    assert (len(lines), lines[-1]) == (10, "09:30, q quits")


def test_what_has_no_room_is_counted_and_scrolled_to() -> None:
    lines, page = drawn(20)
    assert lines[-1] == "09:30, q quits, 12 more lines: space, b"
    lines, _ = drawn(20, top=page.after("G").top)
    assert (lines[0], lines[1], lines[8]) == ("heading", "row 12", "row 19")
    assert lines[-1] == "09:30, q quits, b turns back"


def test_talk_stands_above_and_takes_its_lines_from_the_rows() -> None:
    lines, page = drawn(20, talk=("Publishing is stopped.",))
    assert (lines[:3], len(lines), page.room) == (["Publishing is stopped.", "heading", "row 0"], 10, 7)


@given(keys=st.lists(st.sampled_from(["j", "k", " ", "b", "g", "G", "\x1b[A", "\x1b[B", "x", ""]), max_size=30))
def test_no_key_leads_out_of_the_table(keys: list[str]) -> None:
    page = Page(top=0, room=7, count=20)
    for key in keys:
        page = page.after(key)
        assert 0 <= page.top <= 13


@given(rows=st.integers(0, 30), height=st.integers(3, 40), talk=st.integers(0, 50))
def test_it_fills_the_screen_and_no_more(rows: int, height: int, talk: int) -> None:
    lines, _ = drawn(rows, height=height, talk=("talk",) * talk)
    assert len(lines) == height


@pytest.mark.parametrize(
    ("key", "leaves"), [("q", True), ("\x03", True), ("\x1b", True), ("\x1b[A", False), ("", False)]
)
def test_q_leaves_and_an_arrow_does_not(key: str, leaves: bool) -> None:
    assert is_quitting(key) is leaves
