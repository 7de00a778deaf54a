"""What stands on some lines of a source as people read it."""

from __future__ import annotations

from contentkit.models import Evidence, Passage, Source
from contentkit.sources.read import parse_source
from contentkit.words.placed_words import Wording

CALL = parse_source(
    b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>We waited for three days. The queue\n\n"
    b"00:04.000 --> 00:06.000\n<v Ana>lost 112 jobs.\n\n00:07.000 --> 00:09.000\n<v Ben>Which ones, do you know?\n",
    "notes/call.vtt",
)
NOTE = parse_source(
    b"---\ntitle: Call\n---\n\nWe lost *two* days, [all of us](https://example.org/a-b). The **cache** was the cause.\n",
    "notes/call.md",
)


def said(source: Source, first: int, last: int, from_column: int = 0, to_column: int = 0) -> list[tuple[str, str]]:
    evidence = source.evidence(first, last, from_column, to_column)
    return [(one.speaker, one.text) for one in Wording(source).cited(evidence)]


def test_a_turn_is_told_with_who_said_it_and_without_times() -> None:
    assert said(CALL, 3, 10) == [
        ("Ana", "We waited for three days. The queue lost 112 jobs."),
        ("Ben", "Which ones, do you know?"),
    ]


def test_of_a_turn_only_what_stands_on_the_lines_is_told() -> None:
    assert said(CALL, 6, 7) == [("Ana", "lost 112 jobs.")]


def test_of_a_line_only_what_stands_in_its_columns_is_told() -> None:
    at = NOTE.lines[4].index("The **")
    [cited] = Wording(NOTE).cited(NOTE.evidence(5, 5, at + 1, len(NOTE.lines[4]) + 1))
    assert (cited.text, cited.opens, cited.closes) == ("The cache was the cause.", False, True)
    [cited] = Wording(NOTE).cited(NOTE.evidence(5, 5, 1, at))
    assert (cited.text, cited.opens, cited.closes) == ("We lost two days, all of us.", True, False)


def test_a_word_that_columns_cut_in_two_is_not_told() -> None:
    line = NOTE.lines[4]
    at, end = line.index("The **"), line.index(" was")
    assert said(NOTE, 5, 5, at + 1, end + 1) == [("", "The cache")]
    assert said(NOTE, 5, 5, at + 1, end - 2) == [("", "The")]
    assert said(NOTE, 5, 5, at + 2, end + 1) == [("", "cache")]


def test_a_line_that_is_in_no_passage_is_told_as_it_stands() -> None:
    bare = Source(path="a.md", kind="note", lines=("One **two**.", "", "Three."), passages=())
    assert said(bare, 1, 3) == [("", "One **two**."), ("", "Three.")]


def test_columns_in_a_line_without_words_that_can_be_placed_tell_the_characters() -> None:
    assert said(Source(path="a.md", kind="note", lines=("-- == 12",), passages=()), 1, 1, 4, 6) == [("", "==")]


def test_lines_that_are_not_there_say_nothing() -> None:
    assert Wording(NOTE).cited(Evidence(source=NOTE.path, first=900, last=901)) == []


def test_a_word_between_markup_knows_its_place() -> None:
    wording = Wording(NOTE)
    [passage] = wording.texts(5, 5)
    spots = wording.places(passage)
    assert [NOTE.lines[4][spot.start : spot.end] for spot in spots if spot] == (
        ["We", "lost", "two", "days", "all", "of", "us", "The", "cache", "was", "the", "cause"]
    )


def test_words_without_end_are_read_once() -> None:
    line = "a" * 200_000 + " " + "b " * 100_000
    source = Source(
        path="a.md",
        kind="note",
        lines=(line,),
        passages=(Passage(kind="paragraph", text=line.strip(), first=1, last=1),),
    )
    assert len(Wording(source).cited(source.evidence(1, 1, 1, 10))) == 1
