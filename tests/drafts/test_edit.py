"""Edits of a draft: what is changed, and that nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafts import format_draft, parse_draft
from contentkit.drafts.edit import (
    Block,
    Sheet,
    arranged,
    new_block,
    pointing,
    sheet_of,
    with_alternatives,
    with_waiver,
    with_words,
    without_alternatives,
)
from contentkit.errors import ContentError
from contentkit.models import Alternative, Draft, Evidence, Post, Waiver
from tests.drafts.test_drafts import drafts

PATH = "drafts/launch.md"
FRONT = "---\nversion: 1   # ours\n---\n"
CITED = Evidence(source="notes/a.md", first=9, last=9)
OTHER = Alternative(text="Other words,\n\nover lines.", evidence=(CITED,))
WAIVER = Waiver(check="CK201", words='"60%"', by="Ana Torres", reason="she checked -- twice")
MESSY = """\
<!-- To Ana: is this final? -->
First line <!-- sure? --> of it,
![A chart](images/a.png)
and the last line of it.
<!-- evidence: notes/a.md#L1 -->
<!-- only: mastodon -->

<!-- evidence: notes/a.md#L3; notes/b.md#L4 -->
"""


def sheet(*blocks: str, rule: str = "---\n") -> Sheet:
    return sheet_of(FRONT + rule.join(blocks), PATH)


def block(body: str) -> Block:
    [only] = sheet(body).blocks
    return only


def posts(one: Sheet) -> list[Post]:
    return [replace(post, line=0) for post in parse_draft(one.text, PATH).posts]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "One.",
        "One.\n",
        "\n\nOne.\n\n---\n\nTwo.\n",
        "One.\n---  \nTwo.\n---\n",
        "One.\r\n---\r\nTwo.",
        "A\r---\rB\r",
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_sheet_is_the_file_as_it_stands(body: str, mark: str) -> None:
    text = mark + FRONT + body
    assert sheet_of(text, PATH).text == text


def test_new_words_stand_where_the_old_ones_stood_and_all_notes_stay() -> None:
    made = with_words(block(MESSY), "New words.", [CITED])
    assert made.raw == (
        "<!-- To Ana: is this final? -->\n"
        "New words.\n"
        "<!-- sure? -->\n"
        "![A chart](images/a.png)\n"
        "<!-- evidence: notes/a.md#L9 -->\n"
        "<!-- only: mastodon -->\n"
        "\n"
    )


def test_the_same_evidence_stays_as_it_is_written() -> None:
    before = block(MESSY)
    made = with_words(before, "New words.", before.post.evidence)
    assert made.raw.endswith(MESSY[MESSY.index("<!-- evidence") :])


def test_evidence_can_move_without_a_change_to_anything_else() -> None:
    body = MESSY.replace("notes/a.md#L3;", "notes/a.md#L3;\n ").replace(" of it,", " <!-- evidence: notes/c.md#L1 -->")
    before = block(body)
    moved = {one: replace(one, first=one.first + 10, last=one.last + 10) for one in before.post.evidence}
    expected = body.replace("notes/c.md#L1", "notes/c.md#L11").replace("notes/a.md#L1 ", "notes/a.md#L11 ")
    expected = expected.replace("notes/a.md#L3;\n  notes/b.md#L4", "notes/a.md#L13;\n  notes/b.md#L14")
    assert pointing(before, moved).raw == expected
    assert pointing(before, {}).raw == body


def test_a_post_without_evidence_gets_it_below_its_words() -> None:
    assert with_words(block("One.\n\n<!-- only: x -->\n"), "Two.", [CITED]).raw == (
        "Two.\n<!-- evidence: notes/a.md#L9 -->\n\n<!-- only: x -->\n"
    )


def test_evidence_can_be_taken_away() -> None:
    assert with_words(block("One.\n<!-- evidence: notes/a.md#L1 -->\n"), "Two.", []).raw == "Two.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_did(end: str) -> None:
    text = (FRONT + MESSY).replace("\n", end)
    [before] = sheet_of(text, PATH).blocks
    made = with_alternatives(with_words(before, "New\nwords.", [CITED]), [OTHER])
    assert set(made.raw.replace(end, "")) & {"\n", "\r"} == set()
    assert made.post.text == "New\nwords."


def test_a_file_without_a_last_line_end_gets_none() -> None:
    assert with_words(block("One."), "Two.", []).raw == "Two."


def test_a_comment_that_begins_beside_the_text_stays_whole() -> None:
    made = with_words(block("One. <!-- for\nAna --> \nTwo. <!-- for\n\nBen -->\n<!-- only: x -->\n"), "New.", [])
    assert made.raw == "New.\n<!-- for\nAna -->\n<!-- for\n\nBen -->\n<!-- only: x -->\n"


def test_a_picture_alone_gets_words_above_it() -> None:
    made = with_words(block("![A chart](images/a.png)\n"), "New.", [])
    assert (made.post.text, len(made.post.media)) == ("New.", 1)


def test_words_that_look_like_a_draft_are_words() -> None:
    words = "---\n![no](picture.png)\n<!-- no note -->\n```\n<!-- code -->\n```"
    assert with_words(block("One.\n"), words, []).post.text == words


def test_an_alternative_stands_behind_all_else_and_nothing_else_changes() -> None:
    before = block(MESSY + "\n\n")
    made = with_alternatives(before, [OTHER])
    assert made.raw == MESSY + "<!-- alternative: notes/a.md#L9\nOther words,\n\nover lines.\n -->\n" + "\n\n"
    assert made.post.alternatives == (OTHER,)


def test_alternatives_are_taken_out_by_their_places() -> None:
    before = with_alternatives(block(MESSY), [OTHER, replace(OTHER, text="B"), replace(OTHER, text="C")])
    made = without_alternatives(before, [0, 2])
    assert [one.text for one in made.post.alternatives] == ["B"]
    assert without_alternatives(made, [0]).raw == MESSY


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_waiver_stands_behind_all_else_and_nothing_else_changes(end: str) -> None:
    before = block(MESSY.replace("\n", end) + end)
    made = with_waiver(before, WAIVER)
    note = '<!-- waive: CK201 "\\"60%\\"" by Ana Torres: she checked -- twice -->'
    assert made.raw == MESSY.replace("\n", end) + note + end + end
    assert made.post.waivers == (WAIVER,)


@pytest.mark.parametrize("reason", ["it ends --> here", ""])
def test_a_waiver_that_no_note_can_hold_is_refused(reason: str) -> None:
    with pytest.raises(ContentError):
        with_waiver(block("One.\n"), replace(WAIVER, reason=reason))


def test_a_layout_that_cannot_be_edited_is_told_and_left_alone() -> None:
    body = "One.\n![A chart](a.png) <!-- beside a picture -->\nTwo.\n"
    with pytest.raises(
        ContentError, match=r"^drafts/launch.md:4: the post is laid out in a way that cannot be edited$"
    ):
        with_words(block(body), "New.", [])


def test_posts_are_counted_without_the_blocks_that_hold_notes_only() -> None:
    one = sheet("One.\n", "<!-- for Ana -->\n", "Two.\n")
    assert (one.place_of(1), one.place_of(2)) == (0, 2)
    with pytest.raises(IndexError):
        one.place_of(3)


def test_blocks_can_be_put_in_another_order_with_new_ones_between() -> None:
    one = sheet("One.\n\n", "\nTwo.\n<!-- for Ana -->\n")
    first, second = one.blocks
    made = arranged(one, [second, new_block(Post(text="New.", evidence=(CITED,)), PATH, "\n"), first])
    assert made.text == FRONT + (
        "\nTwo.\n<!-- for Ana -->\n\n---\n\nNew.\n<!-- evidence: notes/a.md#L9 -->\n\n---\n\nOne.\n\n"
    )


def test_a_new_block_is_not_joined_to_one_that_ends_in_spaces() -> None:
    one = sheet_of(FRONT + "One.\r\n ", PATH)
    made = arranged(one, [*one.blocks, new_block(Post(text="New."), PATH, "\r\n")])
    assert [post.text for post in posts(sheet_of(made.text, PATH))] == ["One.", "New."]


def test_the_same_blocks_in_the_same_order_are_the_same_bytes() -> None:
    for text in (FRONT + MESSY + "\n---\n\nTwo.\n", FRONT + "One.\n---  \nTwo.\n---\n", FRONT + "A\r\n---\r\nB"):
        one = sheet_of(text, PATH)
        again = arranged(one, one.blocks)
        assert posts(again) == posts(one)


def test_hostile_blocks_are_edited_in_linear_time() -> None:
    notes = "x <!-- a --> <!-- evidence: a.md#L1 -->\n" * 20_000
    assert with_words(block(notes), "New.", []).post.text == "New."
    many = block("x\n" + "<!-- alternative: a.md#L1\nb\n-->\n" * 20_000)
    assert without_alternatives(many, range(20_000)).raw == "x\n"


_PIECES = [
    "Words.", " ", "\n", "\n\n", "<!-- for Ana -->", "<!-- only: x -->", "<!-- evidence: a.md#L1 -->", "```\n", "\\",
    "<!-- alternative: a.md#L2\nB -->", "![a](b.png)", "<!--", "-->", "---", "ñ",
]  # fmt: skip


def edited(one: Block, words: str) -> Block | None:
    try:
        return with_words(one, words, [CITED])
    except ContentError:
        return None


def words_of(post: Post) -> tuple[object, ...]:
    """All of a post but its text and evidence."""
    comments = [words for _, words in post.comments]
    return (post.media, post.only, post.instead, post.waivers, post.alternatives, comments)


def check_edits(body: str, words: str) -> None:
    try:
        one = sheet_of(FRONT + body, PATH)
    except ContentError:
        return
    assert one.text == FRONT + body
    for place, before in enumerate(one.blocks):
        made = edited(before, words)
        if made is None:
            continue
        assert (made.post.text, made.post.evidence) == (words, (CITED,))
        assert words_of(made.post) == words_of(before.post)
        offered = with_alternatives(made, [OTHER])
        assert offered.post.alternatives == (*before.post.alternatives, OTHER)
        waived = with_waiver(offered, WAIVER)
        assert waived.post == replace(offered.post, waivers=(*before.post.waivers, WAIVER), line=waived.post.line)
        whole = one.with_block(place, waived)
        assert whole.text.startswith(FRONT)
        again = sheet_of(whole.text, PATH)
        others = [other.raw for number, other in enumerate(one.blocks) if number != place]
        assert [other.raw for number, other in enumerate(again.blocks) if number != place] == others


_BODIES = st.lists(st.sampled_from(_PIECES)).map("".join)
_NEW_WORDS = st.sampled_from(["New.", "New\n\nwords.", "---", "<!-- x -->", "```\n<!-- x -->\n```"])


@given(_BODIES, _NEW_WORDS)
@settings(max_examples=100, deadline=None)
def test_an_edit_changes_what_it_is_to_change_and_nothing_else(body: str, words: str) -> None:
    check_edits(body, words)


@pytest.mark.nightly
@given(_BODIES, _NEW_WORDS)
@settings(max_examples=50_000, deadline=None)
def test_an_edit_changes_what_it_is_to_change_and_nothing_else_at_length(body: str, words: str) -> None:
    check_edits(body, words)


@given(drafts())
@settings(max_examples=100, deadline=None)
def test_what_contentkit_writes_it_can_edit(draft: Draft) -> None:
    one = sheet_of(format_draft(draft), PATH)
    for place, before in enumerate(one.blocks):
        made = with_alternatives(with_words(before, "New.", [CITED]), [OTHER])
        read = posts(one.with_block(place, made))
        expected = replace(draft.posts[place], text="New.", evidence=(CITED,))
        expected = replace(expected, alternatives=(*expected.alternatives, OTHER))
        assert read == [*draft.posts[:place], expected, *draft.posts[place + 1 :]]
