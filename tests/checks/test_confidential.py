"""A confidential name blocks the approval of a draft, and is in no finding."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contentkit.checks import check_draft, check_names, discreet
from contentkit.confidential import Confidential
from contentkit.drafts import parse_draft
from contentkit.forbidden import Forbidden
from contentkit.models import Account, Draft, Entry, Limits, Numbering, Person, Problem
from contentkit.renditions import Manner, render
from contentkit.text import urls_in

LISTED = Confidential([["Nightjar"], ["Acme Corp", "Acme"]])
TEXT = """---
version: 1
title: A launch
sources: [notes/call.md]
link: https://example.org/launch
tags: [queues]
warning: numbers
---
We launched on Monday.

It went well.

![A chart](chart.png)

---

Nobody waits.
"""


def draft_of(text: str) -> Draft:
    return parse_draft(text, "drafts/launch.md")


def found_in(text: str) -> list[Problem]:
    return check_names(draft_of(text), LISTED)


@pytest.mark.parametrize(
    ("said", "instead", "place", "message"),
    [
        ("It went well.", "It went well for ACME  corp.", "drafts/launch.md:11", "the text holds a name"),
        ("It went well.", "Ask @nightjarhq.", "drafts/launch.md:11", "the text holds a name"),
        ("Nobody waits.", "Nobody at [NAME_3] waits.", "drafts/launch.md:17", "what stands for a confidential name"),
        ("A chart", "A chart of Acme", "drafts/launch.md:13", "the alt text holds a name"),
        ("A launch", "Nightjar's launch", "drafts/launch.md:1", "the title holds a name"),
        ("org/launch", "org/night-jar", "drafts/launch.md:1", "the link holds a name"),
        ("[queues]", "[acmecorp]", "drafts/launch.md:1", "the tag holds a name"),
        ("(chart.png)", "(acme-corp.png)", "drafts/launch.md:13", "the name of a picture's file holds a name"),
        ("It went well.", "It went well.<!-- ask Acme -->", "drafts/launch.md:11", "the comment holds a name"),
        (
            "Nobody waits.",
            "Nobody waits.\n<!-- alternative: notes/a.md#L1\nNobody at Acme waits.\n-->",
            "drafts/launch.md:19",
            "the alternative holds a name",
        ),
        ("numbers", "Nightjar spoilers", "drafts/launch.md:1", "the content warning holds a name"),
    ],
)
def test_a_name_is_found_wherever_it_would_be_published_and_is_not_repeated(
    said: str, instead: str, place: str, message: str
) -> None:
    assert found_in(TEXT) == []
    [problem] = found_in(TEXT.replace(said, instead))
    assert (problem.check, problem.severity, problem.place) == ("CK307", "error", place)
    assert message in problem.message
    assert not LISTED.is_named_in(repr(problem).replace("drafts/launch.md", ""))


def test_each_place_of_a_text_is_named() -> None:
    assert [one.place for one in found_in(TEXT.replace("It went well.", "Acme\nand Nightjar."))] == [
        "drafts/launch.md:11",
        "drafts/launch.md:12",
    ]


def test_a_name_is_found_over_the_end_of_a_post() -> None:
    [problem] = found_in(TEXT.replace("It went well.", "It went well for Night-").replace("Nobody", "jar, nobody"))
    assert (problem.place, problem.message.partition(" holds")[0]) == ("drafts/launch.md:11", "the thread")


def test_a_placeholder_is_found_without_a_list() -> None:
    assert [one.check for one in check_names(draft_of(TEXT.replace("Nobody", "[NAME_1]")), Confidential())] == ["CK307"]


def test_nobody_can_waive_it() -> None:
    waived = TEXT.replace("Nobody waits.", "Acme waits.\n<!-- waive: CK307 by Ana: it is public now -->")
    assert [one.check for one in check_names(draft_of(waived), LISTED)] == ["CK307"]
    told = [one.message for one in check_draft(draft_of(waived), {}) if one.check == "CK190"]
    assert told == ["CK307 cannot be waived"]


def rendered(text: str, warning: str = "") -> list[Problem]:
    draft = draft_of(text)
    account = Account(name="ours", platform="mastodon")
    people = {
        "ana": Person(
            name="ana", display="Ana Torres", handles={"mastodon": "@ana@nightjar.example"}, consent="mention"
        )
    }
    entry = Entry(id="a", draft=draft.path, at=datetime(2026, 1, 1, tzinfo=UTC), accounts=("ours",), warning=warning)
    manner = Manner(count=lambda words, _: len(words), links=urls_in)
    rendition = render(draft, entry, account, people, manner)
    return [one for one in check_names(draft, LISTED, [rendition]) if one not in check_names(draft, LISTED)]


def test_a_handle_of_people_yaml_is_looked_at_as_it_is_published() -> None:
    [problem] = rendered(TEXT.replace("Nobody", "@{ana}"))
    assert (problem.place, problem.message.partition(" holds")[0]) == ("drafts/launch.md:17", "the text on ours")
    assert "nightjar" not in repr(problem)


def test_the_content_warning_of_an_entry_is_looked_at() -> None:
    [problem] = rendered(TEXT, "about Acme")
    assert problem.message.startswith("the content warning of the entry holds")


def test_what_the_draft_itself_holds_is_not_told_again_for_each_account() -> None:
    assert rendered(TEXT.replace("Nobody", "Acme").replace("numbers", "Acme")) == []


def test_no_other_finding_repeats_what_nobody_may_repeat() -> None:
    named = Problem(
        check="CK207", severity="error", message="Nightjar is a name", place="drafts/a.md:3", words="Nightjar"
    )
    said = Problem(check="CK201", severity="error", message="7,341 is a number", place="drafts/a.md:4", words="7,341")
    harmless = Problem(check="CK209", severity="warning", message="#fun is a tag", place="drafts/a.md:5", words="#fun")
    forbidden = Forbidden.of(["We will pay 7,341 dollars for Zarandu."], "")
    told = discreet([named, said, harmless, harmless], forbidden, LISTED)
    assert [(one.check, one.severity, one.place) for one in told] == [
        ("CK207", "error", "drafts/a.md:3"),
        ("CK201", "error", "drafts/a.md:4"),
        ("CK209", "warning", "drafts/a.md:5"),
    ]
    assert told[2] == harmless
    assert not re.search(r"nightjar|7,?341", repr(told), re.I)


def test_a_picture_that_cannot_be_sent_is_told_without_its_name() -> None:
    problem = Problem(
        check="CK312", severity="error", message="nightjar.png: there is no such file", place="drafts/a.md:3"
    )
    [told] = discreet([problem], Forbidden(), LISTED)
    assert (told.check, told.place, "nightjar" in told.message) == ("CK312", "drafts/a.md:3", False)


@pytest.mark.parametrize("numbering", ["none", "1/5"])
def test_a_name_that_is_torn_between_two_parts_is_found(numbering: Numbering) -> None:
    person = Person(name="a", display="Acme Corp", handles={})
    account = Account(name="ours", platform="console", limits=Limits(characters=40))
    draft = draft_of("---\nversion: 1\n---\nWe moved all of our queues over to @{a} and nobody waits.\n")
    manner = Manner(count=lambda text, warning: len(text), links=urls_in, split="balanced", numbering=numbering)
    for characters in range(30, 48):
        narrow = replace(account, limits=Limits(characters=characters))
        thread = render(draft, None, narrow, {"a": person}, manner)
        assert "CK307" in {problem.check for problem in check_names(draft, Confidential([["Acme Corp"]]), [thread])}
