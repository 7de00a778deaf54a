"""What a drafter makes of captions: whole sentences, and evidence that is the lines of their words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import sentences_of
from contentkit.errors import ContentError
from contentkit.sources import parse_source, read_source
from tests.drafting.made import brief

SAMPLES = Path(__file__).parent / "samples"
TIMES = re.compile(r"-->|^[\d:.,]+$")


@pytest.mark.parametrize("name", ["zoom.vtt", "teams.vtt", "youtube.vtt", "talk.sbv", "interview.srt", "otter.txt"])
def test_a_sentence_begins_and_ends_on_the_lines_it_points_at(name: str) -> None:
    source = read_source(SAMPLES / name, name)

    for index, passage in enumerate(source.passages):
        for sentence in sentences_of(source, index) if passage.speaker else ():
            words = re.findall(r"\w+", sentence.text)
            assert words[0] in source.lines[sentence.first - 1]
            assert words[-1] in source.lines[sentence.last - 1]
            assert not TIMES.search(source.lines[sentence.first - 1]), "a line of times says nothing"
            assert not TIMES.search(source.lines[sentence.last - 1])


def test_a_number_in_the_times_of_a_cue_is_not_taken_for_a_word() -> None:
    captions = "WEBVTT\n\n00:10.000 --> 00:12.000\n<v Ana>We sold\n\n00:12.000 --> 00:14.000\n<v Ana>12 of them."
    source = parse_source(captions.encode(), "a.vtt")

    (sentence,) = sentences_of(source, 0)
    assert (sentence.text, sentence.first, sentence.last) == ("We sold 12 of them.", 4, 7)
    captions = captions.replace("We sold", "Hello.")
    assert [(one.first, one.last) for one in sentences_of(parse_source(captions.encode(), "a.vtt"), 0)] == [
        (4, 4),
        (7, 7),
    ]


def test_a_thread_is_drafted_from_captions_in_the_speakers_own_sentences() -> None:
    source = read_source(SAMPLES / "zoom.vtt", "zoom.vtt")

    draft = ExtractiveDrafter().draft(source, brief(speaker="Jonas Lindqvist"))
    said = " ".join(passage.text for passage in source.passages if passage.speaker == "Jonas Lindqvist")
    assert draft.posts
    for post in draft.posts:
        for line in filter(None, post.text.splitlines()):
            assert line.removeprefix("Jonas Lindqvist: ") in said


def test_captions_that_name_nobody_are_not_drafted_from() -> None:
    source = parse_source(
        b"WEBVTT\n\n00:01.000 --> 00:03.000\n>> Hi there.\n\n00:04.000 --> 00:05.000\n>> Hi.", "a.vtt"
    )

    with pytest.raises(ContentError, match=r"a\.vtt: nobody is named here"):
        ExtractiveDrafter().draft(source, brief())
