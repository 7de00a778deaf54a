"""What an author types for a page is set as a reader of plain text would see it."""

from __future__ import annotations

import pytest

from contentkit.drafting.closing import hashtag_of
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.cleaning import cleaned
from contentkit.drafting.reading.typeset import (
    closed_up,
    with_dashes,
    without_footnotes,
    without_references,
    without_shortcodes,
)
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.hooks import titled
from tests.drafting.made import brief, post_of

ENGLISH = rules_for("en")
BODY = "We spent two years on a release that nobody had asked us for."


def test_a_title_loses_its_marks_of_code_in_the_draft_and_in_its_last_post() -> None:
    source = post_of(BODY, BODY.replace("two", "three"), title="Lumen `v0.2.0`: rows", link="https://example.org/lumen")
    draft = ExtractiveDrafter().draft(source, brief())
    assert draft.title == "Lumen v0.2.0: rows"
    assert draft.posts[-1].text == "Full post: Lumen v0.2.0: rows\nhttps://example.org/lumen"


def test_a_title_that_opens_the_thread_loses_its_marks_of_code() -> None:
    source = post_of("# Lumen `v0.2.0` sorts rows", BODY, title="Lumen `v0.2.0` sorts rows")
    hook = titled(source, lambda text: True)
    assert hook is not None
    assert hook.span.text == "Lumen v0.2.0 sorts rows"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("the most incredible entry---an interactive table", "the most incredible entry—an interactive table"),
        ("an entry --- a table", "an entry — a table"),
        ("run it with ---verbose", "run it with ---verbose"),
        ("a-b, pages 3--4, x ---- y", "a-b, pages 3--4, x ---- y"),
    ],
)
def test_three_hyphens_between_words_are_a_dash(typed: str, set_: str) -> None:
    assert with_dashes(typed) == set_


def test_a_post_has_the_dash_that_the_page_shows() -> None:
    draft = ExtractiveDrafter().draft(
        post_of("Last year we received our best entry---a table that everybody copied."), brief()
    )
    assert draft.posts[0].text == "Last year we received our best entry—a table that everybody copied."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("You can _already_ decrypt it.", "You can already decrypt it."),
        ("It *never* came back.", "It never came back."),
        ("Call my_own_function or __init__ now.", "Call my_own_function or __init__ now."),
        ("That is 2 * 3 * 4 rows.", "That is 2 * 3 * 4 rows."),
    ],
)
def test_a_chat_s_marks_of_emphasis_are_not_quoted(typed: str, read: str) -> None:
    assert cleaned(typed, ENGLISH) == read


@pytest.mark.parametrize("tag", ["V2.4.0", "v2.4.0", "2.4", "v3", "2.0.0-rc.1", "version 4"])
def test_a_version_is_no_hashtag(tag: str) -> None:
    assert hashtag_of(tag) == ""


@pytest.mark.parametrize(("tag", "expected"), [("3D", "#3D"), ("vue3", "#Vue3"), ("100DaysOfCode", "#100DaysOfCode")])
def test_a_tag_with_a_number_in_it_is_one(tag: str, expected: str) -> None:
    assert hashtag_of(tag) == expected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("That was a long night :sweat_smile:", "That was a long night"),
        ("A community (ours :wink:) of painters.", "A community (ours) of painters."),
        ("The door opens at 10:30:15 in winter.", "The door opens at 10:30:15 in winter."),
        ("A ratio of 3:a:b is odd.", "A ratio of 3:a:b is odd."),
        # Nobody knows whether a sentence ended there.
        ("It was late :wink: we went home.", "It was late :wink: we went home."),
    ],
)
def test_the_name_of_a_small_picture_goes_where_a_clause_ends(typed: str, read: str) -> None:
    assert without_shortcodes(typed) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Windows paths are quoted (#790)", "Windows paths are quoted"),
        ("Accept relative paths(#667) (by Omar)", "Accept relative paths"),
        ("Skip empty entries(77d6ccc) (by Lena Ruiz)", "Skip empty entries"),
        ("Typos are fixed. Co-authored-by: Lena Ruiz(79f7d2f)", "Typos are fixed."),
        ("Imports are lazy by @lena in https://git.example.org/pull/812", "Imports are lazy"),
        ("The lock is atomic (#799, @omar-d).", "The lock is atomic."),
        # These say something.
        ("The mill grinds (by hand) every Monday", "The mill grinds (by hand) every Monday"),
        (
            "The mill grinds (by asking the river to turn the wheel)",
            "The mill grinds (by asking the river to turn the wheel)",
        ),
        ("The mill grinds (by hand)", "The mill grinds (by hand)"),
        ("We lost 40 loaves (of 300)", "We lost 40 loaves (of 300)"),
        ("The key opens door #7 and door #8 only", "The key opens door #7 and door #8 only"),
        ("The kiln was cold again, leading us back to step #1", "The kiln was cold again, leading us back to step #1"),
        ("Fixed the crash of the kiln #12", "Fixed the crash of the kiln"),
    ],
)
def test_where_a_change_came_from_is_left_out_at_the_end_of_a_line(written: str, read: str) -> None:
    assert without_references(written) == read


@pytest.mark.parametrize(
    ("read", "closed"),
    [
        ("Nobody repairs lamps .", "Nobody repairs lamps."),
        ("Nobody , alas, repairs lamps.", "Nobody, alas, repairs lamps."),
        ("The .NET framework and .rda files", "The .NET framework and .rda files"),
        ("It ends ... somewhere", "It ends ... somewhere"),
    ],
)
def test_no_blank_is_left_where_a_footnote_stood(read: str, closed: str) -> None:
    assert closed_up(read) == closed


def test_a_title_that_is_a_version_names_no_post() -> None:
    source = post_of(
        "A restore took 11 hours, but we had promised four minutes to every shop.",
        title="4.0.0",
        link="https://l.example",
    )
    assert ExtractiveDrafter().draft(source, brief()).posts[-1].text == "Full post:\nhttps://l.example"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The fund gained 10% in its riskier half(1).", "The fund gained 10% in its riskier half."),
        ("The fund(2) gained 10% in its half(1), and lost it.", "The fund(2) gained 10% in its half, and lost it."),
        (
            "See open(2) and f(1)x for what the fund gained (1) twice.",
            "See open(2) and f(1)x for what the fund gained (1) twice.",
        ),
    ],
)
def test_the_number_of_a_note_goes_where_the_note_stands_below(written: str, read: str) -> None:
    assert without_footnotes(written, [written, "(1): What was gained may be lost."]) == read
