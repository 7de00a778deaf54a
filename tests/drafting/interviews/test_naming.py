"""That a reader is told who speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.interviews.naming import is_a_name
from contentkit.drafting.voice.card import Card
from contentkit.drafting.voice.loading import LearntVoice
from contentkit.models import Draft, Source
from tests.drafting.made import brief, example, interview_of


@pytest.mark.parametrize(
    "speaker", ["Ana Ruiz", "José de la Cruz", "Ryan J. Salva", "Miles O\u2019Dell", "Ana", "swyx", "SIOBHAN TIERNEY"]
)
def test_a_name_is_said(speaker: str) -> None:
    assert is_a_name(speaker)


@pytest.mark.parametrize(
    "speaker",
    [
        "MC",
        "Speaker 1",
        "HOST",
        "SPEAKER_00",
        "AUDIENCE MEMBER",
        "Guest",
        "guest",
        "moderator",
        "the founder",
        "Ana Ruiz " * 9,
        "",
    ],
)
def test_a_label_that_is_no_name_is_not_said(speaker: str) -> None:
    assert not is_a_name(speaker)


def drafted(source: Source, speaker: str, limit: int = 500) -> Draft:
    return ExtractiveDrafter().draft(source, brief(limit, speaker=speaker))


def test_the_first_post_of_an_interview_and_its_other_hooks_say_who_speaks() -> None:
    first, *rest = drafted(example("interview.md"), "Sofia Marchetti").posts
    assert first.text.startswith("Sofia Marchetti: ")
    assert all(one.text.startswith("Sofia Marchetti: ") for one in first.alternatives)
    assert not any("Sofia Marchetti:" in post.text for post in rest)


def test_the_line_that_names_the_speaker_is_evidence_of_the_first_post() -> None:
    source = example("interview.md")
    first = drafted(source, "Sofia Marchetti").posts[0]
    for evidence in (first.evidence, *(one.evidence for one in first.alternatives)):
        assert any("Sofia Marchetti" in source.quoted(one.first, one.last) for one in evidence)


ASKED = interview_of(
    ("Ben Ray", "Why did the harbour of Larkspur give up its radio in the winter?"),
    (
        "Ana Torres",
        "In 2019 the radio of the harbour failed 14 times in one winter. Nobody could repair it, and nobody had a spare part.",
    ),
    ("Ben Ray", "What came of it?"),
    (
        "Ana Torres",
        "We built 30 small boxes that speak to each other. The harbour has not been silent for a single night since.",
    ),
)


def test_below_a_question_the_name_stands_before_the_answer() -> None:
    texts = [post.text for post in drafted(ASKED, "Ana Torres").posts]
    assert all(
        part.startswith("Ana Torres: ")
        for text in texts
        if text.startswith("Ben Ray:")
        for part in text.split("\n\n")[1:2]
    )
    assert sum("Ana Torres: " in text for text in texts) == 1


def test_a_name_for_which_there_is_no_room_is_left_out() -> None:
    words = "We closed the shop for good on a Monday in May, and nobody in the town was told why."
    source = interview_of(("Ben Ray", "And then?"), ("Ana Torres", words))
    assert drafted(source, "Ana Torres", len(words)).posts[0].text == words
    assert drafted(source, "Ana Torres", len(words) + len("Ana Torres: ")).posts[0].text == f"Ana Torres: {words}"


@pytest.mark.parametrize(("founder", "said"), [("ana", False), ("Ana Torres", False), ("ben", True)])
def test_a_founder_who_posts_her_own_words_is_not_named_in_them(founder: str, said: bool) -> None:
    asked = replace(brief(speaker="Ana Torres"), voice=LearntVoice(name=founder, written=Card(name=founder)))
    texts = [post.text for post in ExtractiveDrafter().draft(ASKED, asked).posts]
    assert any("Ana Torres: " in text for text in texts) is said


def test_an_interview_without_a_title_is_told_by_who_speaks_beside_the_link() -> None:
    link = "https://radio.example.org/12"
    posts = ExtractiveDrafter().draft(ASKED, brief(speaker="Ana Torres", link=link)).posts
    assert posts[-1].text == f"Full conversation: Ana Torres\n{link}"
