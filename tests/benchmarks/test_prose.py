"""The texts that drafting is measured with."""

from __future__ import annotations

import pytest

from benchmarks.prose import interview, post
from contentkit.sources import parse_source


@pytest.mark.parametrize("words", [50, 2_000, 20_000])
def test_a_post_has_as_many_words_as_asked_for(words: int) -> None:
    assert words * 0.95 < len(post(words).split()) < words * 1.05 + 10


def test_a_post_is_prose_under_headings_and_an_interview_the_turns_of_two() -> None:
    written = parse_source(post(1_000).encode(), "post.md")
    spoken = parse_source(interview(1_000).encode(), "call.md")

    assert {"heading", "paragraph"} <= {one.kind for one in written.passages}
    assert {one.speaker for one in spoken.passages} == {"Ana Ruiz", "Bo Lind"}


def test_all_of_an_interview_is_on_the_record() -> None:
    called = parse_source(interview(20_000).encode(), "call.md")

    assert called.redactions == 0
    assert sum(len(one.text.split()) for one in called.passages) > 19_000


def test_one_number_gives_one_text() -> None:
    assert post(300) == post(300)
