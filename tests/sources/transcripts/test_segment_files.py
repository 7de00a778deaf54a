"""Whatever a file of segments holds, it is read or refused, and what it says stands in its copy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source
from contentkit.sources.transcripts.segment_files import SEGMENT_FILE

TIMES: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1.5, 3, -1, 400_000, float("nan"), float("inf"), True, None, "x", "00:00:01,500", [], 10**400]
)
WORDS: st.SearchStrategy[Any] = st.sampled_from(
    ["We sold 40.", "[otr]", "Ana: hi", "-->", "\ud800", "\u200b", "\n", "", "a\x00b", 3, None, [], "x" * 99]
)
ANYTHING: st.SearchStrategy[Any] = st.sampled_from([None, 3, "x", [], [[]], {}, "en", "no", "off the record"])
SEGMENTS = st.fixed_dictionaries(
    {"start": TIMES, "end": TIMES, "text": WORDS},
    optional={"speaker": WORDS, "timestamps": st.fixed_dictionaries({"from": WORDS, "to": TIMES}), "words": ANYTHING},
)
FILES = st.dictionaries(
    st.sampled_from(["segments", "transcription", "text", "language", "word_segments", "off_record", "x"]),
    st.one_of(st.lists(st.one_of(SEGMENTS, ANYTHING), max_size=4), ANYTHING),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(FILES)
def test_whatever_a_file_of_segments_holds_it_is_read_or_refused(file: dict[str, Any]) -> None:
    _swallow(file)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(FILES)
def test_whatever_a_file_of_segments_holds_it_is_read_or_refused_many_times(file: dict[str, Any]) -> None:
    _swallow(file)


def _swallow(file: dict[str, Any]) -> None:
    data = json.dumps(file).encode()
    SEGMENT_FILE.recognises(data, "call.json")
    try:
        lines = SEGMENT_FILE.manuscript(data, "call.json").lines
    except ContentError:
        return
    assert lines
    "\n".join(lines).encode()
    assert not any("\n" in line for line in lines)


SAID = st.lists(
    st.tuples(st.sampled_from(["Ana Torres", "SPEAKER_00"]), st.lists(st.integers(0, 999), min_size=1, max_size=6))
)


@settings(max_examples=200, deadline=None)
@given(SAID.filter(lambda said: len(said) > 1))
def test_every_segment_is_heard_once_from_the_one_who_said_it(said: list[tuple[str, list[int]]]) -> None:
    segments = [
        {"start": place, "end": place + 0.5, "text": " ".join(f"Word{word}x" for word in words), "speaker": speaker}
        for place, (speaker, words) in enumerate(said)
    ]
    lines = SEGMENT_FILE.manuscript(json.dumps({"segments": segments}).encode(), "call.json").lines
    source = parse_source("\n".join(lines).encode(), "call.md")

    heard = [(one.speaker, word) for one in source.passages for word in one.text.split()]
    assert heard == [(speaker, f"Word{word}x") for speaker, words in said for word in words]


def segments(*texts: str, **keys: object) -> dict[str, Any]:
    return {"segments": [{"start": row, "end": row + 1, "text": text, **keys} for row, text in enumerate(texts)]}


@pytest.mark.parametrize(
    "file",
    [
        {"text": "We sold 40. [off the record] Two broke. [/off the record]", **segments("We sold 40.", "Two broke.")},
        segments("We sold 40.", off_record=True),
        segments("We sold 40.", note="off the record"),
        {"segments": ["[off the record]", *segments("We sold 40.")["segments"]]},
        {"segments": [{"text": "We are off the record from here."}, *segments("We sold 40.")["segments"]]},
        {"utterances": segments("Off the record.", "We sold 40.")["segments"], **segments("We sold 40.")},
        segments("We sold 40.", raw_text="Off the record, we sold 40."),
    ],
)
def test_a_mark_beside_the_words_of_segments_refuses_the_file(file: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match="in a place that is not read"):
        parse_source(json.dumps(file).encode(), "call.json")


def test_a_segment_may_say_its_own_mark_twice() -> None:
    said = "[off the record: two broke] We sold 40."
    file = {"segments": [{"start": 0, "end": 1, "text": said, "raw_text": said}, *segments("By hand.")["segments"]]}
    assert "broke" not in str(parse_source(json.dumps(file).encode(), "call.json").passages)


def test_all_words_a_second_time_may_hold_the_marks_of_segments() -> None:
    torn = segments("We sold 40. Off the", "record from here. Two broke. Back on the record.", "By hand.")
    file = {"text": "We sold 40. Off the record from here. Two broke. Back on the record. By hand.", **torn}

    said = " ".join(passage.text for passage in parse_source(json.dumps(file).encode(), "call.json").passages)

    assert "By hand." in said
    assert "broke" not in said
