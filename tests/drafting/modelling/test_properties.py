"""What holds for every answer and every text, however it is made."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.drafting.modelling.job import Job, job_of
from contentkit.drafting.modelling.linked import linked, without_links
from contentkit.drafting.modelling.numbered import shown
from contentkit.drafting.modelling.orders import speaks_to_a_model
from contentkit.drafting.modelling.prompts import Material, writing
from contentkit.drafting.modelling.shapes import Proposal, choice_in, plan_in, proposals_in, thread_in
from contentkit.drafting.withheld import Withheld
from contentkit.text import hidden_characters
from tests.drafting.made import brief, post_of
from tests.drafting.modelling.served import SOURCE

GATE, NIGHT = settings(max_examples=200, deadline=None), settings(max_examples=50_000, deadline=None)
LEAD = st.sampled_from(
    [
        "https://evil.example/x",
        "evil.com",
        "@evil",
        "#evil",
        "www.evil.io",
        "еvil.com",
        "evil[.]example",
        "$EVIL",
        "＠evil",
    ]
)
WORDS = st.text(st.sampled_from(" abc.,:;!?'\"()[]{}<>/\\-_@#$%&*0123456789\n\u200b\u202eéñ你好。．еＡ😀"), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["posts", "hooks", "ids", "text", "role", "point", "x"]), inner, max_size=4)
    ),
    max_leaves=20,
)
ANSWERS = (
    st.text(max_size=80) | JSON.map(json.dumps) | JSON.map(lambda data: f"Sure!\n```json\n{json.dumps(data)}\n```")
)


@cache
def job() -> Job:
    return job_of(SOURCE, brief(), Withheld(), frozenset())


def an_answer_is_read_or_it_is_none(answer: str) -> None:
    for read in (choice_in, plan_in, thread_in, proposals_in):
        read(answer)
    for proposal in proposals_in(answer) or []:
        assert proposal.text.strip()
        proposal.text.encode()
        job().judge.faults(proposal)


def a_lead_is_found_whatever_stands_around_it(before: str, lead: str, after: str) -> None:
    text = f"{before} {lead} {after}".strip()
    faults = job().judge.faults(Proposal(text, ("S1", "S2", "S3", "S4")))
    assert "it has a link, a mention or a tag: none belongs there" in faults, text


def what_a_model_is_shown_leads_nowhere(text: str) -> None:
    plain = without_links(text)
    assert linked(plain) == []
    assert not set(hidden_characters(plain)) & {"zero-width space U+200B", "direction override U+202E"}
    assert "\n" not in shown(text)
    speaks_to_a_model(text)


def no_text_closes_the_marks_around_it(words: str) -> None:
    source = post_of(f"The team wrote {words} on the wall of the room.", title=words)
    material = (
        Material.of(job_of(source, brief(), Withheld(), frozenset()).table) if words.strip() else Material.later()
    )
    task = job().task
    prompt = writing(material, task, (), 3)
    [_, user] = prompt.messages
    mark = user["content"].partition("<source-")[2].partition(">")[0]
    assert mark
    assert mark not in material.listing
    assert user["content"].count(f"</source-{mark}>") == 1


@GATE
@given(ANSWERS)
@example('{"posts": [{"text": "\\ud800", "ids": ["S1"]}]}')
@example('{"posts": [{"text": "x", "ids": [' + "9" * 5000 + "]}]}")
@example("[" * 20_000)
@example("```json\n" * 5_000)
def test_an_answer_is_read_or_it_is_none(answer: str) -> None:
    an_answer_is_read_or_it_is_none(answer)


@GATE
@given(WORDS, LEAD, WORDS)
def test_a_lead_is_found_whatever_stands_around_it(before: str, lead: str, after: str) -> None:
    a_lead_is_found_whatever_stands_around_it(before, lead, after)


@GATE
@given(WORDS)
@example("$Ａ#你")
def test_what_a_model_is_shown_leads_nowhere(text: str) -> None:
    what_a_model_is_shown_leads_nowhere(text)


@GATE
@given(WORDS)
def test_no_text_closes_the_marks_around_it(words: str) -> None:
    no_text_closes_the_marks_around_it(words)


@pytest.mark.nightly
@NIGHT
@given(ANSWERS)
def test_an_answer_is_read_or_it_is_none_all_night(answer: str) -> None:
    an_answer_is_read_or_it_is_none(answer)


@pytest.mark.nightly
@NIGHT
@given(WORDS, LEAD, WORDS)
def test_a_lead_is_found_whatever_stands_around_it_all_night(before: str, lead: str, after: str) -> None:
    a_lead_is_found_whatever_stands_around_it(before, lead, after)


@pytest.mark.nightly
@NIGHT
@given(WORDS)
def test_what_a_model_is_shown_leads_nowhere_all_night(text: str) -> None:
    what_a_model_is_shown_leads_nowhere(text)
