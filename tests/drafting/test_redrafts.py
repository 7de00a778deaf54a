"""Other words for a post of a draft: hooks for the first, spans on the same subject for the others."""

from __future__ import annotations

import re

import pytest

from contentkit.drafting import Redrafts
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Alternative, Draft
from tests.drafting.made import brief, example, interview_of, post_of
from tests.drafting.spans.test_angles import BAKERY

POST, NOTES, INTERVIEW = "queue-without-redis.md", "call-notes.md", "interview.md"
SOURCES = [(POST, ""), (NOTES, ""), (INTERVIEW, "Sofia Marchetti"), ("biblioteca-abierta.md", "")]
WORD = re.compile(r"\w+")


def drafted(name: str, speaker: str = "") -> Draft:
    return ExtractiveDrafter().draft(example(name), brief(280, speaker=speaker))


def others(draft: Draft, name: str, place: int, number: int = 3) -> list[Alternative]:
    return list(ExtractiveDrafter().alternatives(example(name), brief(280), draft.posts[place], number))


def test_the_drafter_says_that_it_redrafts() -> None:
    assert isinstance(ExtractiveDrafter(), Redrafts)


def test_a_draft_offers_two_other_hooks_for_its_first_post_and_nothing_for_the_others() -> None:
    first, *rest = ExtractiveDrafter().draft(example(POST), brief(280, posts=4)).posts
    assert len(first.alternatives) == 2
    assert not any(post.alternatives for post in rest)


@pytest.mark.parametrize(("name", "speaker"), SOURCES)
def test_every_word_of_an_alternative_stands_in_this_order_on_the_lines_of_its_evidence(
    name: str, speaker: str
) -> None:
    source = example(name)
    draft = ExtractiveDrafter().draft(source, brief(280, speaker=speaker))
    offered = [
        one
        for post in draft.posts
        for one in ExtractiveDrafter().alternatives(source, brief(280, speaker=speaker), post, 3)
    ]
    for one in [*draft.posts[0].alternatives, *offered]:
        assert one.evidence
        assert len(one.text) <= 280
        quoted = [word.lower() for each in one.evidence for word in WORD.findall(source.quoted(each.first, each.last))]
        rest = iter(quoted)
        assert all(word.lower() in rest for word in WORD.findall(one.text)), one.text


def test_no_alternative_says_what_another_post_of_the_thread_says() -> None:
    draft = drafted(POST)
    for place in range(len(draft.posts) - 1):
        said = {post.text for post in draft.posts}
        for one in others(draft, POST, place):
            assert one.text not in said


def test_other_words_for_the_first_post_are_those_that_came_with_the_draft() -> None:
    draft = drafted(POST)
    assert tuple(others(draft, POST, 0, 2)) == draft.posts[0].alternatives


def test_other_words_for_a_post_speak_of_the_same_thing() -> None:
    source = post_of(*BAKERY)
    wished = brief(280, posts=4)
    for post in ExtractiveDrafter().draft(source, wished).posts[1:]:
        for one in ExtractiveDrafter().alternatives(source, wished, post, 1):
            assert set(WORD.findall(one.text.lower())) & {
                word for word in WORD.findall(post.text.lower()) if len(word) > 4
            }


def test_the_post_with_the_link_has_no_other_words() -> None:
    draft = drafted(POST)
    assert draft.link in draft.posts[-1].text
    assert not others(draft, POST, -1)


def test_no_more_are_given_than_were_asked_for() -> None:
    assert len(others(drafted(POST), POST, 1, 1)) <= 1


def test_a_source_that_is_all_told_has_no_other_words() -> None:
    source = interview_of(
        ("Ada", "How did the club begin?"),
        (
            "Bo",
            "We began with three chairs and a kettle in my father's garage, and by June there were 40 of us every week.",
        ),
    )
    draft = ExtractiveDrafter().draft(source, brief(speaker="Bo"))
    assert draft.posts[0].alternatives == ()
