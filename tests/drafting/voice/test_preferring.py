"""The offline drafter in a voice: it prefers what the founder could have said, and rewords nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.drafting import Brief
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.voice.card import Card
from contentkit.drafting.voice.loading import LearntVoice
from tests.drafting.made import brief, example, post_of

SOURCES = [("queue-without-redis.md", ""), ("call-notes.md", ""), ("interview.md", "Sofia Marchetti")]


def posts(name: str, asked: Brief) -> list[str]:
    return [post.text for post in ExtractiveDrafter().draft(example(name), asked).posts]


def in_voice(asked: Brief, *never: str) -> Brief:
    return replace(asked, voice=LearntVoice(name="Odile", written=Card(name="Odile", never=never)))


THINGS = (
    "orchard", "harbour", "library", "bakery", "workshop", "station", "garden", "theatre", "market", "school", "mill", "museum",
    "brewery", "dairy", "forge", "nursery", "quarry", "sawmill", "tannery", "vineyard", "bookshop", "cinema", "gallery", "chapel",
)  # fmt: skip


def test_words_that_the_founder_never_says_come_last() -> None:
    """Of paragraphs as good as each other, the one with such words is left."""
    source = post_of(*(f"The {thing} lost its only backup in spring, and nobody could restore it." for thing in THINGS))
    asked = brief(280, posts=3)
    usual = "".join(post.text for post in ExtractiveDrafter().draft(source, asked).posts)
    told = [thing for thing in THINGS if thing in usual]
    assert 2 <= len(told) < len(THINGS) / 2
    other = "".join(post.text for post in ExtractiveDrafter().draft(source, in_voice(asked, *told)).posts)
    assert other
    # The first of a source may be the only one that can open a thread.
    assert not [thing for thing in told[1:] if thing in other]


@pytest.mark.parametrize(("name", "speaker"), SOURCES)
def test_a_voice_with_nothing_against_a_source_changes_nothing(name: str, speaker: str) -> None:
    asked = brief(speaker=speaker)
    assert posts(name, in_voice(asked, "synergy")) == posts(name, asked)
