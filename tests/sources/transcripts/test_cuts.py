"""What is off the record in a transcript leaves holes; nobody's words go to somebody else because of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source, reading_of
from tests.sources.transcripts.test_conversations import conversations, heard, said
from tests.sources.transcripts.writers import WRITERS, Turn

CUE = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Torres>We sold 40.\n\n00:02.000 --> 00:03.000\n{}\n\n00:03.000 --> 00:04.000\n{}"


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ("<v Bob Li>[otr]To Acme.", "[/otr] They are glad."),
        ("[otr]<v Bob Li>To Acme.[/otr] They are glad.", "<v Ana Torres>Yes."),
        ("<v Bob Li>[otr]To Acme.[/otr]", "They are glad."),
        ("[otr]\n\n<v Bob Li>To Acme.", "[/otr]They are glad."),
    ],
)
def test_words_whose_label_was_cut_out_are_nobodys(second: str, third: str) -> None:
    source = parse_source(CUE.format(second, third).encode(), "call.vtt")

    speakers = {passage.speaker for passage in source.passages if "They are glad." in passage.text}
    assert "Ana Torres" not in speakers


def test_what_was_cut_apart_is_not_joined_to_a_sentence() -> None:
    captions = CUE.replace("We sold 40.", "We sold 40").format(
        "<v Ana Torres>[otr]to Acme[/otr]", "<v Ana Torres>and left."
    )
    source = parse_source(captions.encode(), "call.vtt")

    assert [passage.text for passage in source.passages] == ["We sold 40", "and left."]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Torres>[otr] It was\n\n00:02.000 --> 00:03.000\n90\n"
        "million [/otr] and so on.\n\n00:03.000 --> 00:04.000\n<v Bob Li>Yes.",
        "Ana Torres  0:01\nHi.\nWe sold 12 at 10:31\n\nBob Li  0:05\n[otr] In truth\nWe sold 90 at 10:31\n"
        "to Acme [/otr] and so on.\n\nAna Torres  0:12\nFine.",
        "**Ana Torres:** We have 12: they pay.\n\n**Bob Li:** [otr] In truth\n\nWe have 90: they do not [/otr] so.\n\n"
        "**Ana Torres:** We left.",
    ],
)
def test_what_looks_like_a_label_is_cut_out_when_it_was_said_off_the_record(text: str) -> None:
    assert "90" not in "\n".join(parse_source(text.encode(), "call.txt").lines)


@pytest.mark.parametrize("mark", ["OTR: ", "That was off the record.", "Off the record?"])
def test_captions_that_are_nothing_but_a_mark_are_refused(mark: str) -> None:
    with pytest.raises(ContentError, match=r"nothing on the record is left|says nothing"):
        parse_source(f"00:01.000 --> 00:02.000\n{mark}".encode(), "call.vtt")


@pytest.mark.parametrize("program", WRITERS)
@settings(max_examples=8, deadline=None)
@given(turns=conversations(), where=st.tuples(st.integers(0, 400), st.integers(0, 40)))
def test_a_cut_takes_its_words_only_and_gives_nobody_anothers(
    program: str, turns: list[Turn], where: tuple[int, int]
) -> None:
    _cut(program, turns, where)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("program", WRITERS)
@settings(max_examples=3_000, deadline=None)
@given(turns=conversations(), where=st.tuples(st.integers(0, 400), st.integers(0, 40)))
def test_very_many_cuts_give_nobody_anothers_words(program: str, turns: list[Turn], where: tuple[int, int]) -> None:
    _cut(program, turns, where)


def _cut(program: str, turns: Sequence[Turn], where: tuple[int, int]) -> None:
    written = WRITERS[program](turns)
    words = [match.start() for match in re.finditer(r"Word\d+x", written)]
    first = where[0] % len(words)
    last = min(first + where[1], len(words) - 1)
    end = written.index("x", words[last]) + 1
    marked = f"{written[: words[first]]}[otr] {written[words[first] : end]} [/otr]{written[end:]}"
    secret = re.findall(r"Word\d+x", written[words[first] : end])
    try:
        reading = reading_of(marked.encode(), "notes/call.txt")
    except ContentError:
        # Nothing is left.
        return

    text = repr(reading.source)
    assert not any(word in text for word in secret)
    whose = {word: speaker for speaker, spoken in said(turns).items() for word in spoken}
    for speaker, spoken in heard(reading.source).items():
        assert {whose[word] for word in spoken} <= {speaker} or not speaker
    assert parse_source("\n".join(reading.copy or ()).encode(), "notes/call.txt").passages == reading.source.passages
