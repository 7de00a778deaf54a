"""Where words of a post stand in its file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafts import format_draft, parse_draft
from contentkit.drafts.edit import sheet_of
from contentkit.drafts.places import Places
from contentkit.models import Draft
from tests.drafts.test_drafts import drafts

FRONT = "---\nversion: 1\n---\n"


def places(body: str, front: str = FRONT) -> Places:
    return Places(sheet_of(front + body, "drafts/x.md"))


def spot(body: str, words: str, post: int = 0, front: str = FRONT) -> tuple[int, int, int, int]:
    text = parse_draft((front + body).replace("\r\n", "\n").removeprefix("\ufeff"), "drafts/x.md").posts[post].text
    found = places(body, front).spot(post, text.index(words), words)
    return found.line, found.column, found.end_line, found.end_column


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A word here.", (4, 3, 4, 7)),
        ("<!-- evidence: a.md#L1 -->\n\n  A word here.", (6, 5, 6, 9)),
        ("First.\n<!-- a\nb -->\nA word here.", (7, 3, 7, 7)),
        ("First.\r\n\r\nA word here.\r\n", (6, 3, 6, 7)),
        ("```\n\n\ncode\n```\n\n![x](a.png)\n\nA word here.", (12, 3, 12, 7)),
        ("\\---\nA word here.", (5, 3, 5, 7)),
    ],
)
def test_words_are_found_on_the_line_that_an_editor_shows(body: str, expected: tuple[int, ...]) -> None:
    assert spot(body, "word") == expected


def test_words_of_a_later_post_behind_a_byte_order_mark_are_found() -> None:
    assert spot("One.\n\n---\n\nA word here.", "word", post=1, front="\ufeff" + FRONT) == (8, 3, 8, 7)


def test_words_over_two_lines_end_on_the_second() -> None:
    assert spot("One two\nthree four.", "two\nthree") == (4, 5, 5, 6)


def test_words_beside_a_comment_are_found_where_they_stand_once() -> None:
    assert spot("See <!-- the word --> this word.", "this word") == (4, 23, 4, 32)


def test_of_words_that_a_comment_tears_only_the_line_is_known() -> None:
    assert spot("One <!-- two --> three.", "One three") == (4, 0, 0, 0)


def test_an_excerpt_has_the_words_between_what_surrounds_them_and_is_cut_between_words() -> None:
    body = f"{'before ' * 20}word{' after' * 20}"
    before, words, after = places(body).spot(0, 140, "word").excerpt
    assert (before[:7], words, after[-6:]) == ("…before", "word", "after…")
    assert len(before) <= 60 >= len(after)


def found_where_it_stands(draft: Draft, data: st.DataObject) -> None:
    """Looks for some words of some post, and holds what is found to what stands there."""
    text = format_draft(draft)
    index = data.draw(st.integers(0, len(draft.posts) - 1))
    said = parse_draft(text, draft.path).posts[index].text
    start = data.draw(st.integers(0, len(said)))
    words = said[start : start + data.draw(st.integers(1, 20))]

    stretch = Places(sheet_of(text, draft.path)).stretch(index, start, words)

    assert stretch is None or text[slice(*stretch)] == words


@settings(max_examples=100, deadline=None)
@given(drafts(), st.data())
def test_what_is_found_is_what_stands_there(draft: Draft, data: st.DataObject) -> None:
    found_where_it_stands(draft, data)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(drafts(), st.data())
def test_what_is_found_is_what_stands_there_whatever_that_is(draft: Draft, data: st.DataObject) -> None:
    found_where_it_stands(draft, data)


def test_a_hundred_thousand_findings_on_one_long_line_are_placed_in_time() -> None:
    found = places("word " * 200_000)
    assert all(found.spot(0, at * 10, "word").column == at * 10 + 1 for at in range(0, 100_000, 10))
