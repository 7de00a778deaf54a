"""Mending a draft's file: what is changed, and that nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contentkit.drafts import format_draft, parse_draft
from contentkit.drafts.edit import sheet_of
from contentkit.drafts.mending import diff_lines, edits_for, mended
from contentkit.errors import ContentError
from contentkit.models import Draft, Problem
from tests.drafts.test_drafts import drafts

PATH = "drafts/x.md"
FRONT = "---\nversion: 1   # ours\n---\n"


def problem(words: str, fix: str | None, at: int | None, *, post: int = 0, line: int = 1) -> Problem:
    return Problem(
        check="CK332", severity="warning", message="m", place=f"{PATH}:{line}", words=words, fix=fix, at=at, post=post
    )


def mend(body: str, *problems: Problem) -> str:
    sheet = sheet_of(FRONT + body, PATH)
    return mended(sheet, edits_for(sheet, problems)).removeprefix(FRONT)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A #newday.", "A #NewDay."),
        ("<!-- A #newday. -->\n\n  A #newday.   \r\n", "<!-- A #newday. -->\n\n  A #NewDay.   \r\n"),
        ("A #newday.\n<!-- waive: CK201 by Ana: b -->\n", "A #NewDay.\n<!-- waive: CK201 by Ana: b -->\n"),
    ],
)
def test_only_the_words_change_and_every_other_byte_stays(body: str, expected: str) -> None:
    assert mend(body, problem("#newday", "#NewDay", 2)) == expected


def test_of_several_posts_the_right_one_is_mended() -> None:
    body = "A #newday.\n\n---\n\nA #newday.\n"
    assert mend(body, problem("#newday", "#NewDay", 2, post=1)) == "A #newday.\n\n---\n\nA #NewDay.\n"


def test_an_alt_text_is_mended_where_its_words_stand_once() -> None:
    body = "Look.\n\n![a  chart](a.png)\n"
    assert mend(body, problem("a  chart", "a chart", None, line=6)) == "Look.\n\n![a chart](a.png)\n"
    twice = "Look.\n\n![a b, a b](a.png)\n"
    assert mend(twice, problem("a b", "a  b", None, line=6)) == twice


@pytest.mark.parametrize(
    ("body", "words", "at"),
    [
        ("```\n#newday\n```", "#newday", 4),
        ("A <!-- #newday --> day.", "#newday", 2),
        ("A #newday.", "#newday", 3),
        ("One\ntwo", "One\ntwo", 0),
        ("A #new<!-- sure? -->day.", "#newday", 2),
    ],
    ids=["in code", "in a comment", "elsewhere", "over two lines", "torn by a comment"],
)
def test_what_cannot_be_mended_for_certain_is_left_alone(body: str, words: str, at: int) -> None:
    assert mend(body, problem(words, "#NewDay", at)) == body


def test_without_a_fix_nothing_is_mended() -> None:
    assert mend("A #newday.", problem("#newday", None, 2)) == "A #newday."


def test_of_two_mends_of_the_same_words_one_is_done() -> None:
    both = problem("A #newday", "The #NewDay", 0), problem("#newday", "#Newday", 2)
    assert mend("A #newday.", *both) == "The #NewDay."


@pytest.mark.parametrize("fix", ["---", "<!-- a -->", "![b](c.png)", "<!-- evidence: a.md#L1 -->"])
def test_what_would_say_something_else_than_is_meant_is_refused(fix: str) -> None:
    with pytest.raises(ContentError, match="cannot be mended"):
        mend("One.\n\nA\n\nTwo.", problem("A", fix, 6))


def mended_as_meant(draft: Draft, data: st.DataObject) -> None:
    """Puts an x in the place of some words of some post, and holds what the file says then to what was meant."""
    text = format_draft(draft)
    sheet = sheet_of(text, draft.path)
    index = data.draw(st.integers(0, len(draft.posts) - 1))
    said = parse_draft(text, draft.path).posts[index].text
    assume(said)
    start = data.draw(st.integers(0, len(said) - 1))
    words = said[start : start + data.draw(st.integers(1, 8))]
    found = Problem(
        check="CK332", severity="warning", message="m", place=draft.path, words=words, fix="x", at=start, post=index
    )

    edits = edits_for(sheet, [found])
    try:
        after = parse_draft(mended(sheet, edits), draft.path)
    except ContentError:
        return

    expected = (said[:start] + "x" + said[start + len(words) :]).strip() if edits else said
    assert after.posts[index].text == expected
    assert [len(post.evidence) for post in after.posts] == [len(post.evidence) for post in draft.posts]


@settings(max_examples=100, deadline=None)
@given(drafts(), st.data())
def test_a_mended_draft_says_what_was_meant_and_nothing_else(draft: Draft, data: st.DataObject) -> None:
    mended_as_meant(draft, data)


def test_a_patch_has_the_changed_lines_and_no_other() -> None:
    assert list(diff_lines(PATH, "a\nb \nc\n", "a\nb\nc\n")) == [
        "--- drafts/x.md",
        "+++ drafts/x.md",
        "@@ -2 +2 @@",
        "-b ",
        "+b",
    ]
    assert list(diff_lines(PATH, "a", "a")) == []


def test_a_hundred_thousand_mends_take_no_longer_than_the_text() -> None:
    body = "ab " * 100_000
    found = [problem("ab", "AB", at * 3) for at in range(100_000)]
    assert mend(body, *found) == "AB " * 100_000


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(drafts(), st.data())
def test_a_mended_draft_says_what_was_meant_and_nothing_else_whatever_it_says(
    draft: Draft, data: st.DataObject
) -> None:
    mended_as_meant(draft, data)
