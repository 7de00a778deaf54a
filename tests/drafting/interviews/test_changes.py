"""What a post leaves out of what was said, and what a person put in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.interviews.changes import Piece, changes_of
from contentkit.models import Source
from tests.drafting.made import brief, example, interview_of

SAID = "Um, so we -- we moved the queue, you know, into the database. But nobody noticed it. That was fun."
SOURCE = interview_of(("Ann", "What did you do then, in the end?"), ("Bo", SAID))


def changes(text: str, source: Source = SOURCE) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in changes_of(source, text, [source.evidence(2, 2)])]


def test_fillers_that_were_left_out_are_told_where_they_stood() -> None:
    assert changes("We moved the queue into the database.") == [
        ("left out", "Um, so we --"),
        ("kept", "We moved the queue"),
        ("left out", "you know,"),
        ("kept", "into the database."),
    ]


def test_a_word_left_out_at_the_beginning_of_a_post_is_told() -> None:
    assert changes("Nobody noticed it.") == [("left out", "But"), ("kept", "Nobody noticed it.")]


def test_words_that_a_person_put_in_are_told() -> None:
    assert changes("But nobody at all noticed it.") == [
        ("kept", "But nobody"),
        ("put in", "at all"),
        ("kept", "noticed it."),
    ]


def test_a_sentence_that_a_person_cut_short_is_told() -> None:
    assert changes("But nobody noticed") == [("kept", "But nobody noticed"), ("left out", "it.")]


@pytest.mark.parametrize("text", ["But nobody noticed it.", "but nobody noticed it", "Quite another thing.", ""])
def test_what_was_not_changed_or_is_not_of_the_source_has_no_changes(text: str) -> None:
    assert changes(text) == []


def test_evidence_of_another_source_tells_nothing() -> None:
    other = replace(SOURCE, path="notes/other.md")
    assert changes_of(SOURCE, "Nobody noticed it.", [other.evidence(2, 2)]) == ()


def test_the_name_above_a_question_was_not_put_in() -> None:
    text = "Ann: “What did you do then, in the end?”\n\nNobody noticed it."
    kinds = {piece.kind for piece in changes_of(SOURCE, text, [SOURCE.evidence(1, 2)])}
    assert "put in" not in kinds


def test_the_name_before_an_answer_below_a_question_was_not_put_in_either() -> None:
    who, asks = SOURCE.passages[0].speaker, "Ann: “What did you do then, in the end?”"
    text = f"{asks}\n\n{who}: Nobody noticed it."
    assert "put in" not in {piece.kind for piece in changes_of(SOURCE, text, [SOURCE.evidence(1, 2)])}


def test_no_draft_puts_anything_in() -> None:
    source = example("backups.md")
    for draft in ExtractiveDrafter().stories(source, brief(speaker="Ines"), 3):
        for post in draft.posts:
            assert not [piece for piece in changes_of(source, post.text, post.evidence) if piece.kind == "put in"]


words = st.lists(st.sampled_from(["a", "b", "c.", "d,", "e", "--", "F!", "g?", "h"]), max_size=30).map(" ".join)


@given(words, words)
@settings(max_examples=200, deadline=None)
def test_the_pieces_hold_every_word_of_the_post(said: str, text: str) -> None:
    _hold_every_word(said, text)


@pytest.mark.nightly
@given(words, words)
@settings(max_examples=50_000, deadline=None)
def test_the_pieces_hold_every_word_of_any_post(said: str, text: str) -> None:
    _hold_every_word(said, text)


def _hold_every_word(said: str, text: str) -> None:
    source = interview_of(("Bo", said))
    pieces: tuple[Piece, ...] = changes_of(source, text, [source.evidence(1, 1)])
    if pieces:
        assert " ".join(piece.text for piece in pieces if piece.kind != "left out").split() == text.split()


def test_endless_lines_are_not_compared() -> None:
    source = interview_of(("Bo", "word " * 200_000))
    assert changes_of(source, "word", [source.evidence(1, 1)]) == ()
