"""Two texts as one, with what was taken out and what was put in."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.words.word_changes import marked, pieces_of


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("One old pear", "One new pear", "One [-old-]{+new+} pear"),
        ("We threw the queue away", "We gave all queues up", "We [-threw the queue away-]{+gave all queues up+}"),
        ("Two pears.", "Two pears!", "Two pears[-.-]{+!+}"),
        ("", "A new part", "{+A new part+}"),
        ("A part that goes", "", "[-A part that goes-]"),
        ("日本語の庭", "日本の庭", "日本[-語-]の庭"),
        ("the same", "the same", "the same"),
    ],
)
def test_words_that_went_and_came_are_marked_without_colours(before: str, after: str, shown: str) -> None:
    assert marked(pieces_of(before, after)) == shown


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("café", "cafe\u0301", "[-caf\\u{e9}-]{+cafe\\u{301}+}"),
        ("pay me", "p\u0430y me", "[-pay-]{+p\\u{430}y+} me"),
        ("a\u200bb", "ab", "[-a\\u{200b}b-]{+ab+}"),
        ("two pears", "two\u00a0pears", "two[-space-]{+\\u{a0}+}pears"),
        ("two pears", "two pears ", "two pears{+space+}"),
        ("two\npears", "two pears", "two[-line break-]{+space+}pears"),
        ("two\npears", "two\r\npears", "two{+\\u{d}+}\npears"),
    ],
    ids=["composed", "another alphabet", "zero width", "no-break space", "at the end", "line break", "carriage return"],
)
def test_what_looks_the_same_is_spelled(before: str, after: str, shown: str) -> None:
    assert marked(pieces_of(before, after)) == shown


@pytest.mark.parametrize(("before", "after"), [("pears", "Pears"), ("resume", "résumé")], ids=["case", "accents"])
def test_what_an_eye_can_tell_apart_is_not_spelled(before: str, after: str) -> None:
    assert marked(pieces_of(before, after)) == f"[-{before}-]{{+{after}+}}"


TEXT = st.text(st.sampled_from("ab é\u0301\n\u00a0.-日{}[]+"), max_size=60) | st.text(max_size=60)


@given(TEXT, TEXT)
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = pieces_of(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


@pytest.mark.nightly
@given(TEXT, TEXT)
@settings(max_examples=50_000, deadline=None)
def test_both_texts_can_be_read_out_of_the_pieces_of_many(before: str, after: str) -> None:
    pieces = pieces_of(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


@given(TEXT, TEXT)
@settings(max_examples=300, deadline=None)
def test_other_texts_are_never_shown_as_the_same(before: str, after: str) -> None:
    assert (marked(pieces_of(before, after)) == before) == (before == after)


HOSTILE = """
import resource
from contentkit.words.word_changes import marked, pieces_of
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
words = [str(index % 50) for index in range(990)]
pairs = [
    ("[" * 1_000_000, "]" * 1_000_000), ("a " * 20_000, "b " * 20_000), ("a " * 450, "b a " * 230),
    (" ".join(words), " ".join(reversed(words))), (" ".join(words[:495]), " ".join(words[5:500])), ("\\n" * 1_000_000, " "),
]
print(sum(bool(marked(pieces_of(*pair))) for pair in pairs))
"""


def test_hostile_texts_are_compared_in_bounded_time() -> None:
    ran = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("6\n", "")
