from __future__ import annotations

from contentkit.drafting.interviews.changes import Piece
from contentkit.views.spoken import spoken_lines

SAID = Piece("kept", "We threw the queue away")


def test_what_is_left_out_is_told_by_the_number_of_the_post() -> None:
    changes = {1: (), 2: (Piece("left out", "Um, so,"), SAID, Piece("left out", "you know"))}
    assert list(spoken_lines(changes)) == ["Post 2 leaves out “Um, so,”, “you know”"]


def test_of_a_post_in_other_words_nothing_is_told() -> None:
    assert list(spoken_lines({1: (Piece("left out", "Um,"), SAID, Piece("put in", "at last"))})) == []


def test_many_and_long_pieces_are_cut_and_cannot_steer_a_terminal() -> None:
    [line] = spoken_lines({1: (SAID, *[Piece("left out", "so \x1b[2J" + "on " * 40)] * 9)})
    assert line.endswith(" and 3 more")
    assert len(line) < 450
    assert "\x1b" not in line
