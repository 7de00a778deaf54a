"""A fresh thread in a draft's file: whatever a person did to that file, none of their words is lost."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.drafting.merging import has_own, merge_news, merged_sheet
from contentkit.drafting.again import merged
from contentkit.drafts import format_draft, parse_draft
from contentkit.drafts.edit import Block, Sheet, sheet_of
from contentkit.errors import ContentError
from contentkit.models import Alternative, Draft, Evidence, Post, Source

PATH = "drafts/lanes.md"
_WORDS = [
    "We threw the queue away in March.",
    "Each account has a lane today.\n\nNobody waits.",
    "The median restore takes fourteen minutes.",
    "```\ncode --- <!-- x -->\n```",
    "---",
    "Ñandú 日本語.",
]
_SOURCE = Source(path="a.md", kind="note", lines=("one", "two", "three", "four"), passages=())
_CITED = Evidence(source="a.md", first=1, last=1)
# What a person may put anywhere into the file.
_EDITS = [
    "My own words.", " ", "\n", "\n\n", "\n---\n", "\n---\n\n", "<!-- To Ana: sure? -->", "\n<!-- only: x -->\n", "![A](b.png)\n",
    "\n<!-- evidence: a.md#L1 -->\n", "\n<!-- alternative: a.md#L2\nMy other words.\n-->\n", "\\---", "ñ", "<!-- a\n\nb -->",
    '\n<!-- waive: CK201 "1" by Ana: so it is -->\n',
]  # fmt: skip


@st.composite
def threads(draw: st.DrawFn) -> tuple[Post, ...]:
    """What a drafter may write."""
    texts = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4, unique=True))
    offers = st.lists(st.sampled_from(["Another hook.", "A third one."]), max_size=2, unique=True)
    return tuple(
        Post(
            text=text,
            evidence=(_SOURCE.evidence(line := draw(st.integers(1, 4)), line),),
            alternatives=tuple(Alternative(text=one, evidence=(_CITED,)) for one in draw(offers)),
        )
        for text in texts
    )  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[tuple[Post, ...], str]:
    """What a drafter wrote, and the file with some of it taken out or written over by a person."""
    base = draw(threads())
    text = format_draft(Draft(slug="lanes", posts=base, path=PATH, title="Lanes"))
    start = text.index("---\n", 4) + 4
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(start, len(text)))
        last = min(len(text), first + draw(st.sampled_from([0, 0, 1, 10, 60])))
        text = text[:first] + draw(st.sampled_from(_EDITS)) + text[last:]
    return base, text if draw(st.booleans()) else text.replace("\n", "\r\n")


def belongings(blocks: tuple[Block, ...], base: tuple[Post, ...], words: frozenset[str]) -> Counter[object]:
    """All in these blocks that is a person's."""
    drafted = [(post.text, post.evidence) for post in base]
    own: Counter[object] = Counter()
    for block in blocks:
        post = block.post
        if (post.text, post.evidence) in drafted:
            drafted.remove((post.text, post.evidence))
        elif post.text:
            own["text", post.text] += 1
        own.update(("comment", words) for _, words in post.comments)
        own.update(("waiver", waiver) for waiver in post.waivers)
        own.update(("picture", media) for media in post.media)
        own.update(("other", one.text) for one in post.alternatives if one.text not in words)
        own.update([("where", post.only, post.instead)] if post.only or post.instead else [])
    return own


def check_nothing_is_lost(base: tuple[Post, ...], text: str, fresh: tuple[Post, ...]) -> None:
    try:
        parse_draft(text.replace("\r\n", "\n"), PATH)
        old: Sheet = sheet_of(text, PATH)
    except ContentError:
        return  # told before anything is drafted
    words = frozenset(
        [post.text for post in base] + [one.text for post in (*base, *fresh) for one in post.alternatives]
    )
    merge = merged(base, [block.post for block in old.blocks], fresh, partial(has_own, words))
    draft = Draft(slug="lanes", posts=fresh, path=PATH)
    try:
        new = merged_sheet(old, merge, draft, [_SOURCE], words)
    except ContentError:
        return  # a layout that cannot be edited: told, and nothing is written
    again = sheet_of(new.text, PATH)
    before, after = belongings(old.blocks, base, words), belongings(again.blocks, (), words)
    assert before - after == Counter()
    assert new.head == old.head
    assert parse_draft(new.text.replace("\r\n", "\n"), PATH).posts
    list(merge_news(old, merge, draft, new))


@given(edited(), threads())
@settings(max_examples=300, deadline=None)
def test_no_word_of_a_person_is_ever_lost(drafted: tuple[tuple[Post, ...], str], fresh: tuple[Post, ...]) -> None:
    check_nothing_is_lost(*drafted, fresh)


@pytest.mark.nightly
@given(edited(), threads())
@settings(max_examples=50_000, deadline=None)
def test_no_word_of_a_person_is_ever_lost_at_length(
    drafted: tuple[tuple[Post, ...], str], fresh: tuple[Post, ...]
) -> None:
    check_nothing_is_lost(*drafted, fresh)


@given(edited())
@settings(max_examples=200, deadline=None)
def test_drafting_the_same_again_leaves_every_byte(drafted: tuple[tuple[Post, ...], str]) -> None:
    base, text = drafted
    try:
        parse_draft(text.replace("\r\n", "\n"), PATH)
        old = sheet_of(text, PATH)
    except ContentError:
        return
    words = frozenset(post.text for post in base)
    merge = merged(base, [block.post for block in old.blocks], base, partial(has_own, words))
    new = merged_sheet(old, merge, Draft(slug="lanes", posts=base, path=PATH), [], words)
    if [place.mine for place in merge.places] == list(range(len(old.blocks))):
        assert new.text == text
