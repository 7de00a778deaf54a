from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.sources.transcripts.names import merged


@pytest.mark.parametrize(
    ("spoken", "person"),
    [
        (["ANA TORRES", "Ana Torres"], "Ana Torres"),
        (["Ana Torres (CEO)", "Ana Torres"], "Ana Torres"),
        (["Ana Torres [Acme]", "Ana Torres"], "Ana Torres"),
        (["ana  torres", "Ana Torres"], "Ana Torres"),
        (["Torres, Ana", "Ana Torres"], "Ana Torres"),
        (["José Paz", "Jose Paz"], "José Paz"),
        (["Ana", "Bob", "Ana Torres"], "Ana Torres"),
        (["ANA", "Bob", "Ana Torres (CEO)"], "Ana Torres"),
    ],
)
def test_spellings_of_one_person_are_one_speaker(spoken: list[str], person: str) -> None:
    assert {merged(spoken)[name] for name in spoken if name != "Bob"} == {person}


@pytest.mark.parametrize(
    "spoken",
    [
        # She answers: they are two.
        ["Ana", "Ana Torres"],
        ["Ana", "Bob", "Ana Torres", "Bob", "Ana Paz"],
        ["Ana (Acme)", "Bob", "Ana (Northgate)"],
        ["Speaker 1", "Speaker 2"],
        ["Speaker", "Bob", "Speaker 1"],
        ["Me", "Bob", "Me Too"],
        ["Torres, Ana", "Torres, Bea"],
        ["Ana Torres", "Ana Torres Paz"],
    ],
)
def test_people_who_may_be_two_stay_two(spoken: list[str]) -> None:
    assert len({merged(spoken)[name] for name in spoken}) == len(set(spoken))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from("aAbB ,()é1"), max_size=9), max_size=12))
def test_every_name_has_a_person_and_nobody_stays_nobody(spoken: list[str]) -> None:
    person = merged(spoken)

    assert person[""] == ""
    assert all(person[name].strip() or not name.strip() for name in spoken)
