"""Whatever stands between two marks, in whatever text: it is nowhere, and nothing else moves."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source, reading_of
from tests.sources.test_redaction import SOUP

SECRET = "CANARY"
NAMES = st.sampled_from(["notes/call.md", "notes/call.vtt", "notes/call.srt", "notes/chat.txt", "posts/post.md"])
_WORDS = r"""
word another. CAN we are not on off or the record it's that was keep back again now from here? OTR: otr [otr] [/otr] [off the
record] \[otr\] (otr) (off the record) Off-the-record: don't quote me embargo [embargo [/embargo] until 2026-12-01 09:00 UTC :
Ana: Bob: **Ana:** <v Ana> </v> [10:32] 00:00:01.000 --> 00:00:02.000 WEBVTT # ## - > * ``` --- title: x extraoficial
"""
WORDS = st.sampled_from(_WORDS.split())
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\u200b", "\u00a0"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=40).map(lambda pairs: "".join(word + gap for word, gap in pairs))
TALK = st.lists(
    st.tuples(
        st.sampled_from(["Ana: ", "Bob: ", "", "\n"]),
        st.sampled_from(
            [
                "We ship on Tuesday.",
                "Off the record from here.",
                "back on the record.",
                "Between us, off the record, it is so.",
                "That was off the record.",
                "Nothing is off the record.",
                "[otr] x [/otr]",
                "OTR: y",
                "Can we go off the record?",
                "When we are back on the record.",
            ]
        ),
    ),
    min_size=1,
    max_size=12,
).map(lambda turns: "Ana: Hello to you.\nBob: Hello.\n" + "\n".join(label + said for label, said in turns))
MARKS = st.sampled_from(
    [
        ("[otr]", "[/otr]"),
        ("[off the record]", "[/off the record]"),
        ("［Оff thе rеcоrd］", "[/otr]"),
        ("[o\u200btr]", "[/o\u00adtr]"),
        ("[off\nthe record]", "[back on the record]"),
    ]
)


def outcome(text: str, name: str) -> str:
    """All that reading this text brings to light: the source, the copy, or the message of the refusal."""
    try:
        reading = reading_of(text.encode(), name)
    except ContentError as error:
        return error.message + error.hint
    return repr(reading) + "\n".join(reading.copy)


def nothing_leaks(before: str, inside: str, marks: tuple[str, str], after: str, name: str) -> None:
    # Marks within the span would have to balance to be inside of it.
    inside = "".join(letter for letter in inside if letter not in "[]")
    shown = outcome(f"{before} {marks[0]} {SECRET} {inside} {SECRET} {marks[1]} {after}", name)

    assert SECRET not in shown


def reading_again_changes_nothing(text: str, name: str) -> None:
    try:
        first = reading_of(text.encode(), name)
    except ContentError:
        return
    assert len(first.copy) == len(first.source.lines)
    again = reading_of("\n".join(first.copy).encode(), name).source
    assert (again.lines, again.redactions) == (first.source.lines, 0)
    assert {*again.doubts, *first.unclear} == {*first.source.doubts}
    assert [passage.embargo for passage in again.passages] == [passage.embargo for passage in first.source.passages]


def lines_keep_their_numbers(before: str, inside: str, after: str) -> None:
    text = f"{before}\n[otr]\n{inside}\n[/otr]\nthe end"
    try:
        source = parse_source(text.encode(), "notes/call.md")
    except ContentError:
        return
    if source.redactions == 1 and "the end" in source.lines:
        assert source.lines.index("the end") == text.split("\n").index("the end")


SPAN = {"before": TEXTS, "inside": TEXTS, "marks": MARKS, "after": TEXTS, "name": NAMES}


@settings(max_examples=250, deadline=None)
@given(**SPAN)
def test_nothing_between_two_marks_comes_out(**span: object) -> None:
    nothing_leaks(**span)  # type: ignore[arg-type]


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=50_000, deadline=None)
@given(**SPAN)
def test_nothing_between_two_marks_comes_out_at_length(**span: object) -> None:
    nothing_leaks(**span)  # type: ignore[arg-type]


@settings(max_examples=250, deadline=None)
@given(text=st.one_of(TEXTS, TALK, SOUP), name=NAMES)
@example(text="a [o[otr]x[/otr]tr] b [/otr] c", name="notes/call.md")
def test_a_copy_reads_as_what_it_was_made_of(text: str, name: str) -> None:
    reading_again_changes_nothing(text, name)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=50_000, deadline=None)
@given(text=st.one_of(TEXTS, TALK, SOUP), name=NAMES)
def test_a_copy_reads_as_what_it_was_made_of_at_length(text: str, name: str) -> None:
    reading_again_changes_nothing(text, name)


@settings(max_examples=250, deadline=None)
@given(before=SOUP, inside=SOUP, after=SOUP)
def test_lines_behind_a_span_keep_their_numbers(before: str, inside: str, after: str) -> None:
    lines_keep_their_numbers(before, inside, after)
