"""The pieces of a thread: where sentences are torn, and why something could not be cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.models import Numbering, Splitting
from contentkit.parting import Measure, Piece, parted
from contentkit.text import urls_in

FORTY = Measure(limit=40, count=len, links=urls_in)


def pieces_of(*texts: str, style: Splitting = "sentence-first", numbering: Numbering = "none") -> list[Piece]:
    return [piece for one in parted(texts, FORTY, style, numbering) for piece in one]


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("The orchard grew all summer. Today it bears its first apples.", [False, False]),
        ("The orchard grew all summer\n\nToday it bears its first red apples", [False, False]),
        ("- The orchard grew all of the summer\n- Today it bears its first apples", [False, False]),
        ("The orchard grew all summer and today it bears its first apples", [True, False]),
        ("果樹園は夏のあいだずっと育ちました。今日、初めてのりんごが実りました。どうぞ見に来てください。", [False, False]),
        ("Short enough.", [False]),
    ],
)  # fmt: skip
def test_a_cut_within_a_sentence_is_known_as_one(text: str, torn: list[bool]) -> None:
    assert [piece.torn for piece in pieces_of(text)] == torn


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("1. The orchard in the summer\n   - apples, red\n   - pears\n2. All", "- apples, red\n- pears\n2. All"),
        ("1. The orchard in the summer\n\t- apples, red\n\n\t- pears", "- apples, red\n\n- pears"),
        ("1. The orchard in the summer, all\n  - apples\n    - red\n  - pears", "- apples\n  - red\n- pears"),
        ("1. The orchard in the summer\n  - apples\n    - red\n  - pears", "- red\n- pears"),
        ("1. The orchard in summer, all of us\n  - apples\n2. Us\n  - pears", "- apples\n2. Us\n  - pears"),
        ("The orchard grew all of the summer and\nits trees\n  - apples", "its trees\n  - apples"),
    ],
)
def test_siblings_stand_at_one_depth_where_a_part_begins_with_one_of_them(text: str, last: str) -> None:
    assert pieces_of(text)[-1].text == last


def test_what_stands_between_two_posts_is_never_torn() -> None:
    assert [piece.torn for piece in pieces_of("The orchard grew", "all summer")] == [False, False]


def test_what_cannot_be_cut_says_what_it_is_and_what_to_do() -> None:
    (piece,) = pieces_of("See https://orchard.example/" + "a" * 60)
    assert "https://orchard.example/aa" in piece.uncut
    assert piece.remedy == "shorten the link"


def test_who_never_splits_says_no_reason() -> None:
    (piece,) = pieces_of("The orchard grew all summer and today it bears its first apples", style="never")
    assert (piece.uncut, piece.torn) == ("", False)


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("Come and see.", "Come and see. 1/2"),
        ("We have:\n- apples\n- pears", "We have:\n- apples\n- pears\n1/2"),
        ("1. Apples", "1. Apples\n1/2"),
        ("See all:\nhttps://orchard.example/a", "See all:\nhttps://orchard.example/a\n1/2"),
        ("See https://orchard.example/a", "See https://orchard.example/a 1/2"),
        ("```\ncode\n```", "```\ncode\n```\n1/2"),
        ("- 12 trees\n\nThat is all.", "- 12 trees\n\nThat is all. 1/2"),
        ("-12 degrees", "-12 degrees 1/2"),
    ],
)
def test_a_number_stands_on_a_line_of_its_own_behind_what_it_would_seem_to_belong_to(text: str, numbered: str) -> None:
    assert pieces_of(text, "More.", numbering="1/5")[0].text == numbered


def test_what_has_no_room_for_its_numbers_gets_none() -> None:
    link = "https://orchard.example/" + "a" * 14
    assert len(pieces_of(f"It is here: {link}")) == 2
    (piece,) = pieces_of(f"It is here: {link}", numbering="1/5")
    assert piece.text == f"It is here: {link}"
    assert piece.uncut


TEXTS = st.lists(st.text(max_size=200), min_size=1, max_size=4)
NUMBERINGS = st.sampled_from(["none", "1/5"])


def check_pieces(texts: list[str], numbering: Numbering) -> None:
    pieces = parted(texts, FORTY, "balanced", numbering)
    assert len(pieces) == len(texts)
    assert all(len(piece.text) <= 40 or piece.uncut for one in pieces for piece in one)
    assert not any(one[-1].torn for one in pieces)


@given(TEXTS, NUMBERINGS)
@settings(max_examples=200, deadline=None)
def test_whatever_the_texts_each_has_its_pieces_and_they_fit_or_say_why(texts: list[str], numbering: Numbering) -> None:
    check_pieces(texts, numbering)


@pytest.mark.nightly
@given(TEXTS, NUMBERINGS)
@settings(max_examples=50_000, deadline=None)
def test_whatever_the_texts_all_night_long(texts: list[str], numbering: Numbering) -> None:
    check_pieces(texts, numbering)
