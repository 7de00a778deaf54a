"""The lines that sentences stand on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contentkit.drafting.reading.lines import WordLines, evidence_of, find_lines
from contentkit.models import Source
from contentkit.text import sentences

WRITTEN = (
    "We lost [112 jobs](https://status.example/a/b?c=d#e) in one",
    "night. Nobody noticed **for six hours**, because a lost",
    "job leaves no trace.",
)
PLAIN = "We lost 112 jobs in one night. Nobody noticed for six hours, because a lost job leaves no trace."


def test_a_sentence_stands_on_its_own_lines_only() -> None:
    lines = WordLines.of(WRITTEN, 1, 3, PLAIN)
    assert [lines.at(*span) for span in sentences(PLAIN)] == [(1, 2), (2, 3)]


def test_words_that_cannot_be_found_stand_on_the_whole_passage() -> None:
    assert WordLines.of(WRITTEN, 1, 3, "Something else").at(0, 9) == (1, 3)


def test_the_tightest_lines_that_hold_the_words_are_found() -> None:
    lines = ("title: We won", "description: >", "  We moved", "  and slept.", "We moved and", "slept")
    assert find_lines(lines, "We moved and slept.", 1, 6) == (3, 4)
    assert find_lines(lines, "We never moved", 1, 6) is None
    assert find_lines(lines, "", 1, 6) is None


def test_neighbouring_lines_are_one_evidence_and_distant_ones_are_two() -> None:
    source = Source(path="a.md", kind="post", lines=("one", "two", "", "four", "five", "six"), passages=())
    found = evidence_of(source, [(1, 1), (2, 2), (4, 4), (6, 6)])
    assert [(one.first, one.last) for one in found] == [(1, 4), (6, 6)]
    assert found[0].sha == source.evidence(1, 4).sha


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 4)), min_size=1, max_size=8))
def test_evidence_covers_every_line_asked_for_and_no_other_that_says_something(ranges: list[tuple[int, int]]) -> None:
    lines = tuple("" if number % 3 == 0 else "words" for number in range(1, 36))
    source = Source(path="a.md", kind="post", lines=lines, passages=())
    asked = {line for first, more in ranges for line in range(first, first + more + 1)}
    found = evidence_of(source, [(first, first + more) for first, more in ranges])
    covered = {line for one in found for line in range(one.first, one.last + 1)}
    assert asked <= covered
    assert all(not lines[line - 1] for line in covered - asked)


@given(st.lists(st.sampled_from(["a", "b", "lost", "jobs."]), min_size=1, max_size=20), st.integers(1, 5))
def test_however_a_paragraph_is_wrapped_its_words_are_found_in_order(words: list[str], width: int) -> None:
    lines = tuple(" ".join(words[start : start + width]) for start in range(0, len(words), width))
    text = " ".join(words)
    found = WordLines.of(lines, 1, len(lines), text)
    start = 0
    for place, word in enumerate(words):
        assert found.at(start, start + len(word)) == (place // width + 1, place // width + 1)
        start += len(word) + 1
