from __future__ import annotations

import pytest

from contentkit.models import Passage
from contentkit.sources import parse_source


def passages(*cues: tuple[float, str]) -> list[Passage]:
    """The passages of captions in which one voice says these words for a second each, from these seconds on."""
    written = [
        f"00:{int(at) // 60:02}:{at % 60:06.3f} --> 00:{int(at + 1) // 60:02}:{(at + 1) % 60:06.3f}\n{words}\n"
        for at, words in cues
    ]
    return list(parse_source("\n".join(["WEBVTT\n", *written]).encode(), "talk.vtt").passages)


def texts(*cues: tuple[float, str]) -> list[str]:
    return [passage.text for passage in passages(*cues)]


def test_cues_without_a_pause_are_one_paragraph() -> None:
    (passage,) = passages((1, "We sold"), (2, "40. All of them"), (3, "in one day."))

    assert (passage.text, passage.first, passage.last) == ("We sold 40. All of them in one day.", 4, 10)


def test_a_pause_behind_a_sentence_ends_a_paragraph() -> None:
    assert texts((1, "We sold 40."), (10, "Then we left.")) == ["We sold 40.", "Then we left."]


def test_a_pause_within_a_sentence_does_not_tear_it() -> None:
    assert texts((1, "We sold"), (10, "40.")) == ["We sold 40."]


def test_after_a_long_pause_nobody_goes_on_with_a_sentence() -> None:
    assert texts((1, "We sold"), (60, "Where were we?")) == ["We sold", "Where were we?"]


def test_a_long_paragraph_ends_with_a_sentence() -> None:
    found = texts(*((at, f"At{at} {'word ' * 23}end.") for at in range(12)))

    assert [len(text.split()) for text in found] == [125, 125, 50]


def test_speech_without_full_stops_is_no_endless_paragraph() -> None:
    found = texts(*((at, f"at{at} {'word ' * 9}") for at in range(200)))

    assert [len(text.split()) for text in found] == [500, 500, 500, 500]


@pytest.mark.parametrize("noise", ["[laughter]", "[unintelligible 00:12]", "um", "--"])
def test_what_was_heard_stays_in_the_source(noise: str) -> None:
    assert texts((1, f"We sold {noise} 40.")) == [f"We sold {noise} 40."]
