"""Several sources into one thread: whose words, in which order, how many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from contentkit.confidential import Confidential
from contentkit.drafting import Brief
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.several import draft_several
from contentkit.drafting.veiled import Veiled
from contentkit.errors import ContentError, UsageError
from contentkit.models import Alternative, Draft, Passage, Post, Source
from contentkit.testing.sources import SOURCES

BRIEF = Brief(limit=500, count=len)


class Counted:
    """Drafts as many posts as it is asked for, as far as the source has lines; the first line is its hook."""

    def __init__(self) -> None:
        self.briefs: dict[str, Brief] = {}

    def draft(self, source: Source, brief: Brief) -> Draft:
        self.briefs[source.path] = brief
        wanted = brief.posts or 6
        link = brief.link or source.link
        posts = [
            Post(
                text=line, evidence=(source.evidence(number, number),), alternatives=(Alternative(text=f"Or: {line}"),)
            )
            for number, line in enumerate(source.lines, 1)
        ][: wanted - bool(link)]
        closing = [Post(text=f"Full post:\n{link}")] if link else []
        return Draft(
            slug=source.path.removesuffix(".md"),
            title=source.path,
            posts=tuple(posts + closing),
            sources=(source.path,),
            link=link,
            language=source.language or "en",
            tags=source.tags,
            drafter="counted",
        )


def source(name: str, lines: int, *, link: str = "", language: str = "", tags: tuple[str, ...] = ()) -> Source:
    said = tuple(f"{name} tells {_WORDS[number]} of {name}" for number in range(lines))
    passages = tuple(Passage(kind="paragraph", text=line, first=row, last=row) for row, line in enumerate(said, 1))
    return Source(
        path=f"{name}.md", kind="note", lines=said, passages=passages, link=link, language=language, tags=tags
    )


_WORDS = [
    "apples",
    "bridges",
    "candles",
    "drums",
    "eagles",
    "farms",
    "guitars",
    "hills",
    "islands",
    "jokes",
    "kites",
    "lamps",
]


def drafted(sources: Sequence[Source], **brief: object) -> Draft:
    return draft_several(Counted(), sources, replace(BRIEF, **brief))  # type: ignore[arg-type]


def cited(draft: Draft) -> list[str]:
    """Which source each post is from."""
    return [post.evidence[0].source if post.evidence else "-" for post in draft.posts]


def test_posts_stand_in_the_order_in_which_the_sources_are_named() -> None:
    assert cited(drafted([source("b", 9), source("a", 9)])) == ["b.md"] * 4 + ["a.md"] * 4


def test_every_source_is_named_in_the_draft() -> None:
    draft = drafted([source("b", 9, tags=("x", "y")), source("a", 9, tags=("y", "z"))])
    assert draft.sources == ("b.md", "a.md")
    assert draft.tags == ("x", "y", "z")
    assert (draft.slug, draft.title) == ("b", "b.md")


@pytest.mark.parametrize(("posts", "number"), [(4, 4), (7, 7), (10, 10), (25, 10), (None, 8)])
def test_the_thread_has_as_many_posts_as_are_asked_for(posts: int | None, number: int) -> None:
    assert len(drafted([source("b", 12), source("a", 12)], posts=posts).posts) == number


def test_what_a_short_source_cannot_fill_is_left_to_the_long_one() -> None:
    assert cited(drafted([source("a", 2), source("b", 12)], posts=8)) == ["a.md"] * 2 + ["b.md"] * 6
    assert cited(drafted([source("b", 12), source("a", 2)], posts=8)) == ["b.md"] * 6 + ["a.md"] * 2


def test_there_is_one_hook_and_it_is_that_of_the_first_source() -> None:
    texts = [post.text for post in drafted([source("b", 9), source("a", 9)]).posts]
    assert texts[0] == "b tells apples of b"
    assert "a tells apples of a" not in texts


def test_a_short_source_keeps_its_first_sentence() -> None:
    texts = [post.text for post in drafted([source("b", 9), source("a", 2)]).posts]
    assert texts[-2:] == ["a tells apples of a", "a tells bridges of a"]


def test_only_the_hook_has_other_hooks_to_choose_from() -> None:
    draft = drafted([source("b", 9), source("a", 9)])
    assert all(post.alternatives for post in draft.posts[:4])
    assert not any(post.alternatives for post in draft.posts[4:])


@pytest.mark.parametrize("linked", [0, 1])
def test_the_thread_ends_with_the_one_link(linked: int) -> None:
    sources = [
        source(name, 9, link="https://example.org/post" if place == linked else "") for place, name in enumerate("ba")
    ]
    draft = drafted(sources)
    assert ["https://example.org/post" in post.text for post in draft.posts] == [False] * 7 + [True]
    assert draft.link == "https://example.org/post"


def test_of_two_links_the_first_is_the_one() -> None:
    draft = drafted([source(name, 9, link=f"https://example.org/{name}") for name in "ba"])
    assert draft.link == "https://example.org/b"
    assert ["https://" in post.text for post in draft.posts] == [False] * 7 + [True]


def test_the_link_that_was_asked_for_goes_before_those_of_the_sources() -> None:
    draft = drafted([source("b", 9), source("a", 9, link="https://example.org/a")], link="https://example.org/all")
    assert draft.link == "https://example.org/all"
    assert ["https://example.org/a\n" in f"{post.text}\n" for post in draft.posts] == [False] * 8


def test_no_post_says_again_what_another_source_said() -> None:
    first = source("b", 9)
    copied = replace(source("a", 9), lines=(*source("a", 9).lines[:1], *first.lines[:4]))
    assert cited(drafted([first, copied])) == ["b.md"] * 4


def test_more_sources_than_posts_are_refused() -> None:
    with pytest.raises(UsageError, match=r"^3 sources do not go into 2 posts$") as refused:
        drafted([source(name, 3) for name in "abc"], posts=2)
    assert refused.value.hint == "ask for more posts, or name fewer sources"
    with pytest.raises(UsageError, match="11 sources do not go into 10 posts") as refused:
        drafted([source(name, 3) for name in "abcdefghijk"])
    assert refused.value.hint == "name fewer sources"


def test_the_post_with_the_link_needs_room_of_its_own() -> None:
    with pytest.raises(UsageError, match=r"2 sources do not go into 2 posts, one of them for the link"):
        drafted([source("a", 3), source("b", 3, link="https://example.org/b")], posts=2)


def test_sources_in_two_languages_make_no_thread() -> None:
    with pytest.raises(ContentError, match="the sources are in different languages: en, es"):
        drafted([source("a", 3), source("b", 3, language="es")])


def test_a_variant_of_a_language_is_the_same_language() -> None:
    assert drafted([source("a", 3, language="en-GB"), source("b", 3, language="en")]).language == "en-GB"


def test_whoever_speaks_is_asked_for_in_transcripts_only() -> None:
    drafter = Counted()
    talk = replace(source("b", 3), kind="transcript")
    draft_several(drafter, [source("a", 3), talk], replace(BRIEF, speaker="Ana"))
    assert (drafter.briefs["a.md"].speaker, drafter.briefs["b.md"].speaker) == ("", "Ana")


class Weaver(Counted):
    """Takes the first line of each source."""

    def draft_several(self, sources: Sequence[Source], brief: Brief) -> Draft:
        posts = [Post(text=one.lines[0], evidence=(one.evidence(1, 1),)) for one in sources]
        return Draft(slug="woven", posts=tuple(posts), sources=tuple(one.path for one in sources))


def test_a_drafter_that_can_do_it_better_does_it_alone() -> None:
    assert draft_several(Weaver(), [source("a", 3), source("b", 3)], BRIEF).slug == "woven"


def test_a_drafter_that_can_do_it_better_does_it_without_the_names() -> None:
    sources = [source("a", 3), source("b", 3)]
    draft = draft_several(Veiled(Weaver(), Confidential([["apples"]])), sources, BRIEF)
    assert [post.text for post in draft.posts] == ["a tells [NAME_1] of a", "b tells [NAME_1] of b"]
    assert [post.evidence for post in draft.posts] == [(one.evidence(1, 1),) for one in sources]


def test_the_same_sources_give_the_same_thread() -> None:
    sources = [source("b", 9), source("a", 9)]
    assert drafted(sources) == drafted(sources)


def test_the_offline_drafter_joins_real_notes() -> None:
    sources = [one for one in SOURCES.values() if one.kind != "transcript" and one.language == "en"]
    assert len(sources) > 1
    draft = draft_several(ExtractiveDrafter(), sources, BRIEF)
    assert set(cited(draft)) >= {one.path for one in sources}
    assert 1 < len(draft.posts) <= 10
