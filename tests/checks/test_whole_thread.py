"""What a thread does to the people it names, and with its link."""

from __future__ import annotations

from typing import Literal

import pytest

from contentkit.checks import check_whole_thread
from contentkit.drafts import parse_draft
from contentkit.models import Person, Problem


def person(consent: Literal["mention", "name", "never"], display: str = "Mira Okafor") -> Person:
    return Person(name="mira", display=display, handles={"mastodon": "@mira@social.example"}, consent=consent)


def found(*posts: str, front: str = "", mira: Person | None = None) -> list[Problem]:
    text = f"---\nversion: 1\n{front}---\n" + "\n\n---\n\n".join(posts) + "\n"
    return check_whole_thread(parse_draft(text, "drafts/x.md"), {"mira": mira} if mira else {})


def test_a_second_mention_of_one_person_is_told_at_its_post() -> None:
    [problem] = found("With @{mira}.", "And then?", "Ask @{mira}.", mira=person("mention"))
    assert (problem.check, problem.severity, problem.post, problem.at) == ("CK370", "information", 2, 4)


def test_a_person_who_is_only_named_and_posts_for_single_accounts_repeat_no_mention() -> None:
    assert found("With @{mira}.", "Ask @{mira}.", mira=person("name")) == []
    other = "Ask @{mira}.\n<!-- instead: x -->"
    assert found("With @{mira}.", other, mira=person("mention")) == []
    assert found("@{mira} and again @{mira}.", mira=person("mention")) == []


@pytest.mark.parametrize("words", ["Mira Okafor", "MIRA OKAFOR", "@mira@social.example"])
def test_somebody_who_does_not_want_it_is_not_named(words: str) -> None:
    [problem] = found("Hello.", f"It was {words}'s idea.", mira=person("never"))
    assert (problem.check, problem.severity, problem.words, problem.at) == ("CK371", "warning", words, 7)


def test_others_of_the_first_name_and_who_agreed_may_be_named() -> None:
    assert found("It was Mira's idea, or Mira Okaforsson's.", mira=person("never")) == []
    assert found("It was Mira's idea.", mira=person("never", display="Mira")) == []
    assert found("It was Mira Okafor's idea.", mira=person("name")) == []


def test_a_link_of_the_draft_that_no_post_has_is_told_at_its_top() -> None:
    [problem] = found("Hello.", "Bye.", front="link: https://example.org/left\n")
    assert (problem.check, problem.severity, problem.place) == ("CK372", "information", "drafts/x.md:1")
    assert found("See https://www.example.org/left/", front="link: https://example.org/left\n") == []


@pytest.mark.parametrize("post", ["https://example.org/left", "→ https://example.org/left 👇"])
def test_a_thread_does_not_begin_with_nothing_but_a_link(post: str) -> None:
    [problem] = found(post, "Why we left.")
    assert (problem.check, problem.severity, problem.post) == ("CK373", "warning", 0)


def test_a_link_alone_later_and_a_link_with_words_are_fine() -> None:
    assert found("Why we left.", "https://example.org/left") == []
    assert found("Left: https://example.org/left", "More.") == []
