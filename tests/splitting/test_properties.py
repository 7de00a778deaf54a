"""What holds of every split, whatever the text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from contentkit.splitting import Style, Unsplittable, split
from tests.splitting.greedy import greedy
from tests.splitting.samples import length, links

# A fence has lines of its own.
FENCED = "```\nmake all\n\nmake test\n```"
WHOLES = [
    "https://example.org/a/long-path?with=query&and=more#part",
    "http://example.org",
    "@ana",
    "@kofi@social.example.org",
    "#OpenSource",
    "#日本語タグ",
    "$NXT",
    "`pip install it`",
    "``a ` b``",
    "[the docs](https://example.org/docs)",
    FENCED,
]
NUMBERS = ["5 %", "€ 3.5", "10 000 users", "v1.2.3", "3.5 million", "$0.015", "12:30 h", "« mot »", "Dr. Ana", "fig. 3"]
WORDS = [
    "We",
    "shipped",
    "and",
    "the",
    "scheduler",
    "it,",
    "works.",
    "Why?",
    "e.g.",
    "(see",
    "below)",
    "“Yes.”",
    "—",
    "No:",
]
SCRIPTS = [
    "我们今天发布了新版本。",
    "「はい。」と言った",
    "カタカナ",
    "مرحبا،",
    "كيف؟",
    "שלום.",
    "नमस्ते।",
    "안녕하세요.",
    "ไทยไม่เว้น",
]
SIGNS = [
    "🎉",
    "👩‍🔬",
    "🇰🇪",
    "❤️‍🔥",
    "e\u0301",
    "\u0301",
    "\u200d",
    "\u2067abc def\u2069",
    "\u00a0",
]
SPACES = [" ", " ", " ", " ", "\n", "\n\n", "  ", "\r\n", "\t", "\u3000", "\n  "]
ITEMS = ["- item", "1. item", "## Head"]
STYLES = st.sampled_from(get_args(Style))
LIMITS = st.integers(40, 120)
soups = st.lists(
    st.tuples(st.sampled_from(WHOLES + NUMBERS + WORDS * 2 + SCRIPTS + SIGNS + ITEMS), st.sampled_from(SPACES)),
    max_size=40,
).map(lambda pairs: "".join(word + space for word, space in pairs).replace(FENCED, f"\n{FENCED}\n"))
HOSTILE = "a1 .\n,`@#:/\u0301\u200d\u2066\u2069\u202e\u202c日。\r\ud800\u0600🎉🇩"
texts = st.one_of(st.text(max_size=300), st.text(HOSTILE, max_size=300))

Property = Callable[[str, int, Style], None]


def parts_of(text: str, limit: int, style: Style) -> tuple[str, ...]:
    return split(text, limit=limit, measure=length, links=links, style=style)


def parts_or_none(text: str, limit: int, style: Style) -> tuple[str, ...]:
    try:
        return parts_of(text, limit, style)
    except Unsplittable:
        return ()


def each_part_fits_and_says_something(text: str, limit: int, style: Style) -> None:
    for part in parts_or_none(text, limit, style):
        assert length(part) <= limit
        assert part.strip() or not text.strip()


def nothing_but_white_space_at_cuts_is_lost(text: str, limit: int, style: Style) -> None:
    parts = parts_or_none(text, limit, style)
    end = 0
    for part in parts:
        start = text.index(part, end)
        assert not text[end:start].strip()
        end = start + len(part)
    assert not parts or not text[end:].strip()


def the_same_text_gives_the_same_parts(text: str, limit: int, style: Style) -> None:
    assert parts_or_none(text, limit, style) == parts_or_none(text, limit, style)


def a_text_that_fits_stays_as_it_is(text: str, limit: int, style: Style) -> None:
    assert length(text) > limit or parts_of(text, limit, style) == (text,)
    for part in parts_or_none(text, limit, style):
        assert parts_of(part, limit, style) == (part,)


def what_is_one_stays_one(text: str, limit: int, style: Style) -> None:
    parts = parts_or_none(text, limit, style)
    for whole in WHOLES:
        assert not parts or sum(part.count(whole) for part in parts) == text.count(whole)


def no_character_is_cut(text: str, limit: int, style: Style) -> None:
    text = text.strip()
    edges = set(accumulate(map(len, iter_graphemes(text)), initial=0))
    end = 0
    for part in parts_or_none(text, limit, style):
        start = text.index(part, end)
        end = start + len(part)
        assert {start, end} <= edges


def what_every_part_has_takes_its_room_once(text: str, limit: int, style: Style) -> None:
    def with_number(part: str) -> int:
        return length(f"{part} 88/88" if part else "88/88")

    try:
        parts = split(text, limit=limit + 6, measure=with_number, links=links, style=style)
    except Unsplittable:
        parts = ()
    assert parts == parts_or_none(text, limit, style)


def never_fewer_parts_than_filling_each(text: str, limit: int, style: Style) -> None:
    parts = parts_or_none(text, limit, style)
    assert not parts or len(parts) >= len(greedy(text, limit=limit, measure=length, links=links))


def white_space_at_the_end_changes_nothing(text: str, limit: int, style: Style) -> None:
    plain, spaced = (parts_or_none(one, limit, style) for one in (text, text + " \n\n"))
    assert [part.strip() for part in plain] == [part.strip() for part in spaced]


def what_is_opened_in_a_part_is_closed_in_it(text: str, limit: int, style: Style) -> None:
    for part in parts_or_none(text, limit, style):
        assert part.count("\u2067") == part.count("\u2069")


FOR_SOUPS: list[Property] = [
    each_part_fits_and_says_something,
    nothing_but_white_space_at_cuts_is_lost,
    the_same_text_gives_the_same_parts,
    a_text_that_fits_stays_as_it_is,
    what_is_one_stays_one,
    no_character_is_cut,
    what_every_part_has_takes_its_room_once,
    never_fewer_parts_than_filling_each,
    white_space_at_the_end_changes_nothing,
    what_is_opened_in_a_part_is_closed_in_it,
]
FOR_ANY_TEXT: list[Property] = [
    each_part_fits_and_says_something,
    nothing_but_white_space_at_cuts_is_lost,
    a_text_that_fits_stays_as_it_is,
    no_character_is_cut,
    white_space_at_the_end_changes_nothing,
]


def _tried(holds: Property, written: st.SearchStrategy[str], limits: st.SearchStrategy[int], times: int) -> None:
    @settings(max_examples=times, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(written, limits, STYLES)
    def trying(text: str, limit: int, style: Style) -> None:
        holds(text, limit, style)

    trying()


@pytest.mark.parametrize("holds", FOR_SOUPS, ids=lambda one: one.__name__)
def test_it_holds_of_soups_of_everything(holds: Property) -> None:
    _tried(holds, soups, LIMITS, 150)


@pytest.mark.parametrize("holds", FOR_ANY_TEXT, ids=lambda one: one.__name__)
def test_it_holds_of_any_text(holds: Property) -> None:
    _tried(holds, texts, st.integers(0, 60), 300)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("holds", FOR_SOUPS, ids=lambda one: one.__name__)
def test_it_holds_of_very_many_soups(holds: Property) -> None:
    _tried(holds, soups, LIMITS, 50_000)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("holds", FOR_ANY_TEXT, ids=lambda one: one.__name__)
def test_it_holds_of_very_many_texts(holds: Property) -> None:
    _tried(holds, texts, st.integers(0, 60), 50_000)
