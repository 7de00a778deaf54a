"""What may leave its place in the source to open the thread."""

from __future__ import annotations

import pytest

from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.lifting import liftable
from contentkit.models import Source
from tests.drafting.made import post_of

ENGLISH = rules_for("en")
QUEUE = "We looked at the queue of jobs and found 4,000 without an owner."


def can_open(source: Source, opening: str) -> bool:
    sections = sections_of(source, ENGLISH)
    sentence = next(one for section in sections for one in section.sentences if one.text == opening)
    return liftable(Span(text=opening, sentences=(sentence,), section=0), sections, ENGLISH)


@pytest.mark.parametrize(
    "following",
    [
        "We deleted them on Monday.",
        "They had been there for years.",
        "The jobs had been there for years.",
        "But nobody had asked us for a list.",
    ],
)
def test_what_the_next_sentence_leans_on_stays_in_its_place(following: str) -> None:
    assert not can_open(post_of("Nobody called.", f"{QUEUE} {following}"), QUEUE)
    assert can_open(post_of("Nobody called.", QUEUE), QUEUE)


def test_what_begins_the_source_may_open_whatever_leans_on_it_but_not_what_qualifies_it() -> None:
    assert can_open(post_of(f"{QUEUE} They had been there for years."), QUEUE)
    assert not can_open(post_of(f"{QUEUE} But nobody had asked us for a list."), QUEUE)


def test_an_announcement_of_the_text_behind_it_holds_nothing_back() -> None:
    assert can_open(post_of("Nobody called.", f"{QUEUE} This is what happened to them."), QUEUE)


@pytest.mark.parametrize(
    "leaning", ["Ana wrote it in 11 weeks.", "The lost jobs were the ones that nobody understood."]
)
def test_what_leans_on_a_sentence_before_it_stays_in_its_place(leaning: str) -> None:
    assert not can_open(post_of(QUEUE, leaning), leaning)


def test_a_definite_noun_that_nothing_introduced_may_open() -> None:
    opening = "The harbour closed for nine hours on that day."
    assert can_open(post_of(QUEUE, opening), opening)


def test_what_stands_nowhere_in_the_body_may_open() -> None:
    sections = sections_of(post_of(QUEUE), ENGLISH)
    elsewhere = candidates(
        sections_of(post_of("# Title", "Nobody had thought of the harbours on Monday morning."), ENGLISH),
        ENGLISH,
        lambda _: True,
    )
    assert liftable(elsewhere[0], sections, ENGLISH)
