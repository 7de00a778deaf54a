"""Whatever is said, in whatever format: every word once, in order, by the one who said it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import parse_source
from tests.sources.transcripts.writers import WRITERS, Turn, rolling

# No two of them are one person.
NAMES = (
    "Ana Torres",
    "Łukasz Żak",
    "王芳 Li",
    "José Ángel de la Cruz",
    "Bea O’Hara-Li",
    "Дмитрий Орлов",
    "Dr. Priya Nair",
)
# Said beside the words that are counted; none of them may be taken for furniture or swallow a word.
AROUND = st.sampled_from(
    ["", "", "", ".", ",", "?", "!", " -- ", " [laughter]", " (50%)", " 12", " R&D", " so:", " 10:32", " …"]
)


@st.composite
def conversations(draw: st.DrawFn) -> list[Turn]:
    """Turns of two to four people, each of whom speaks twice; every word is said once."""
    people = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    speakers = people + people + draw(st.lists(st.sampled_from(people), max_size=8))
    count = 0
    turns = list[Turn]()
    for speaker in speakers:
        words = [f"Word{count + number}x{draw(AROUND)}" for number in range(draw(st.integers(1, 20)))]
        count += len(words)
        turns.append((speaker, words))
    return turns


def said(turns: Sequence[Turn]) -> dict[str, list[str]]:
    """Who says which of the words that are counted."""
    words: dict[str, list[str]] = {}
    for speaker, spoken in turns:
        if counted := re.findall(r"Word\d+x", " ".join(spoken)):
            words.setdefault(speaker, []).extend(counted)
    return words


def heard(source: Source) -> dict[str, list[str]]:
    return said([(passage.speaker, [passage.text]) for passage in source.passages])


@pytest.mark.parametrize("program", WRITERS)
@settings(max_examples=8, deadline=None)
@given(turns=conversations())
def test_every_word_is_heard_once_from_the_one_who_said_it(program: str, turns: list[Turn]) -> None:
    _hear(program, turns)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("program", WRITERS)
@settings(max_examples=3_000, deadline=None)
@given(turns=conversations())
def test_every_word_is_heard_once_in_very_many_conversations(program: str, turns: list[Turn]) -> None:
    _hear(program, turns)


def _hear(program: str, turns: list[Turn]) -> None:
    source = parse_source(WRITERS[program](turns).encode(), "notes/call.txt")

    assert heard(source) == said(turns)
    for passage in source.passages:
        quoted = source.quoted(passage.first, passage.last)
        assert all(word in quoted for word in re.findall(r"Word\d+x", passage.text))


@settings(max_examples=100, deadline=None)
@given(turns=conversations())
def test_every_word_of_captions_that_roll_up_is_heard_once(turns: list[Turn]) -> None:
    source = parse_source(rolling(turns).encode(), "talk.vtt")

    assert heard(source) == {
        "Speaker": [word for words in said([("", w) for _, w in turns]).values() for word in words]
    }


FURNITURE = [
    "WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "00:00:01,000 --> 00:00:02,000 align:left\n", "0:01.0,0:02.0\n", "1\n", "\n",
    "\n\n", " \n", "NOTE ", "STYLE\n", "<v Ana Torres>", "</v>", "<v ", "<c>", "<00:01.000>", "{\\an8}", "&lt;", "&amp;",
    ">> ", "- ", "Ana Torres: ", "Bob: ", "ANA: ", "Ana Torres  0:12\n", "Bob (00:12):\n", "[Bob] 10:32:11\n",
    "@0:12 - Bob (Acme)\n", "Ana Torres\n", "  10:32 AM\n", "Bob  10:32 AM\n", "Bob — Today at 10:32 AM\n", "10:33\n",
    "Bob, [04.03.2026 10:32]\n", "[10:32] ana: ", "[04/03/26, 10:32:11] Ana: ", "04/03/26, 10:32 - Bob: ", "<bob> ",
    "10:32 <bob> ", "10:32 -!- bob has quit\n", "10:32:11 From Ana to Bob(Direct Message):\n", "00:12:33\tBob:\t",
    "Call - Transcript\n", "Attendees\n", "00:05:00\n", "Transcription ended after 00:30:30\n", "Me: ", "Them: ",
    "<Media omitted>\n", "(edited)\n", ":tada: 2\n", "[otr]", "[/otr]", "OTR: ", "off the record from here. ",
    "---\n", "title: x\n", "# ", "\ufeff", "\u200e", "\t", "\x85", "\u2028", "Yes. ", "word ", "and so on\n", "http://a.b ",
    "[00:01.000 --> 00:02.000]  ", "start\tend\ttext\n", "0\t4000\t", "**00:05:00**\n", "- Ana Torres: ", "0:00\n", "+1 2\n",
    "10:32 <bob> #startmeeting x\n", "#topic ", "0:12 word\n", "[Ana Torres]\n", "[Bob 00:12] ", "Yes. Bob: ", "1. Bob: ",
    "Meeting started by bob at 10:32:11 UTC\n", "Meeting summary\n----\n", "* ", " (bob, 10:32:11)\n", "Page 1 of 2\n",
    "Ana Torres added ~ Bob\n", "a.b\n", "a.ba.b\n", "9:", "[", "]", "(", "<", ">", ":", "👋",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(FURNITURE), max_size=60).map("".join)
NAMED = st.sampled_from(["notes/a.vtt", "notes/a.srt", "notes/a.txt", "notes/a.md"])


@settings(max_examples=300, deadline=None)
@given(SOUP, NAMED)
def test_soup_of_furniture_is_read_or_refused_and_lines_are_real(soup: str, name: str) -> None:
    _swallow(soup, name)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=50_000, deadline=None)
@given(SOUP, NAMED)
def test_much_soup_of_furniture_is_read_or_refused_and_lines_are_real(soup: str, name: str) -> None:
    _swallow(soup, name)


def _swallow(soup: str, name: str) -> None:
    try:
        source = parse_source(soup.encode(), name)
    except ContentError:
        return
    last = 0
    for passage in source.passages:
        assert 1 <= passage.first <= passage.last <= len(source.lines)
        assert source.lines[passage.first - 1].strip(), "a passage begins with a blank line"
        assert source.lines[passage.last - 1].strip(), "a passage ends with a blank line"
        assert passage.text.strip() or passage.kind == "image"
        assert passage.first >= last or source.format == "text", "passages stand in their order"
        last = passage.first
