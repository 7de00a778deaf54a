"""Spoken sentences lose fillers and gain nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.drafting.reading.cleaning import cleaned, is_filler, is_unfinished, is_unheard
from contentkit.drafting.rules import Rules, rules_for

ENGLISH, SPANISH = rules_for("en"), rules_for("es")
WORD = re.compile(r"\w+")


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Um, we, uh, shipped it on Friday.", "We shipped it on Friday."),
        ("Yeah, so, we we shipped it.", "We shipped it."),
        ("I think we -- we lost a year there.", "I think we lost a year there."),
        ("And, you know, nobody asked.", "Nobody asked."),
        ("The queue, you know, was empty.", "The queue was empty."),
        ("It did not even, you know, get warm.", "It did not even get warm."),
        ("We had cats, you know, dogs and birds.", "We had cats, dogs and birds."),
        ("We had a plan, you know, a good plan.", "We had a plan, a good plan."),
        ("So we sold it.", "We sold it."),
        ("I learned what I don't' like about ovens.", "I learned what I don't like about ovens."),
        ("We didn''t sell it.", "We didn't sell it."),
        ("So that's how we sold it.", "That's how we sold it."),
        ("We measured -- we opened a service that measures everybody.", "We opened a service that measures everybody."),
        ("When I went on to -- I left and I co-founded a shop.", "I left and I co-founded a shop."),
        ("It keeps growing...", "It keeps growing."),
        ("So we left it, the .NET world, um , behind.", "We left it, the .NET world, behind."),
        ("And I've gotta tell you, when I was nine I hated boats.", "When I was nine I hated boats."),
        ("It went from red to green, green to blue.", "It went from red to green, green to blue."),
        ("What would you do?...", "What would you do?"),
        ("[laughs] Well, it was late.", "It was late."),
        ("It, it was slow.", "It was slow."),
        ("\\[24:10\\] We stayed small.", "We stayed small."),
        ("We won [laughter] by a day (laughs).", "We won by a day."),
        ("[clears throat] We [01:02:03.4] stayed small.", "We stayed small."),
        ("♪ upbeat tune ♪ We stayed small.", "We stayed small."),
        ("(crowd cheering) We stayed small.", "We stayed small."),
    ],
)
def test_fillers_go(spoken: str, written: str) -> None:
    assert cleaned(spoken, ENGLISH) == written


@pytest.mark.parametrize(
    "meant",
    [
        "So many customers left that we stopped counting.",
        "Well over half of them came back.",
        "Right now we have nine people.",
        "It was very, very slow.",
        "When I began to use it, it was slow.",
        "We had had enough of it.",
        "You know what a queue is.",
        "I guess we were wrong.",
        "No, we never raised money.",
        "It went from 10, 10 times a day, to zero.",
        "Like most founders I wrote it at night.",
        "But we sold it.",
        "She said 'you can't' and left.",
        "We were small -- we were five people at that time.",
        "We sold it -- no, more like half of it.",
        "It was even more so about...",
        "We moved to... the other hall.",
    ],
)
def test_words_that_carry_meaning_stay(meant: str) -> None:
    assert cleaned(meant, ENGLISH) == meant


@pytest.mark.parametrize(
    "unheard",
    [
        "We moved to [unintelligible] in May.",
        "We moved to [inaudible 00:12:04] in May.",
        "We moved (crosstalk) in May.",
        "We moved to [?] in May.",
        "We moved to [ __ ] in May.",
        "Nos mudamos a [ininteligible] en mayo.",
        "We moved to <unclear> in May.",
    ],
)
def test_words_that_nobody_understood_are_told(unheard: str) -> None:
    assert is_unheard(unheard)
    assert is_unheard(cleaned(unheard, ENGLISH))


@pytest.mark.parametrize("said", ["So that's been very valuable.", "It was great.", "That's about it.", "Of course."])
def test_a_sentence_that_says_nothing_is_told(said: str) -> None:
    assert is_filler(said, ENGLISH)


@pytest.mark.parametrize(
    "said", ["It was great to see nine people.", "That's a lock.", "That is the hardest part of it."]
)
def test_a_sentence_that_says_something_is_none(said: str) -> None:
    assert not is_filler(said, ENGLISH)


@pytest.mark.parametrize("said", ["It was more about...", "And so we…", "Because of the..."])
def test_a_sentence_that_trails_off_was_never_finished(said: str) -> None:
    assert is_unfinished(said, ENGLISH)


@pytest.mark.parametrize("said", ["It keeps growing...", "It was about.", "Nobody came…"])
def test_a_sentence_that_ends_with_a_pause_is_whole(said: str) -> None:
    assert not is_unfinished(said, ENGLISH)


def test_a_remark_in_brackets_is_heard() -> None:
    assert not is_unheard("We moved (in May) to [a] city and asked (twice?) why.")


@pytest.mark.parametrize("said", ["Claro que sí, con mucho gusto.", "Por supuesto que sí.", "Con todo el gusto."])
def test_a_spanish_courtesy_says_nothing(said: str) -> None:
    assert is_filler(said, SPANISH)
    assert not is_filler(said.rstrip(".") + " abrimos en mayo.", SPANISH)


def test_spanish_fillers_go() -> None:
    assert cleaned("Bueno, o sea, eh, empezamos con con dos personas.", SPANISH) == "Empezamos con dos personas."
    assert cleaned("Este proyecto nació aquí.", SPANISH) == "Este proyecto nació aquí."


FRAGMENTS = """um|uh,|yeah,|so|so that|we we|I -- I|, you know,|And|42|lost|Ana's|...|- |[laughter]|o sea,|este...|bueno|¿no?|(a
|b)|“well”|like,|né|very very"""
fragments = st.sampled_from(FRAGMENTS.replace("\n", "|").split("|"))


@given(st.lists(fragments, max_size=14).map(" ".join) | st.text(max_size=80), st.sampled_from([ENGLISH, SPANISH]))
def test_no_word_is_invented_or_moved(spoken: str, rules: Rules) -> None:
    text = cleaned(spoken, rules)
    rest = iter(word.casefold() for word in WORD.findall(spoken))
    assert all(word.casefold() in rest for word in WORD.findall(text))
    assert "  " not in text


@given(st.lists(fragments, max_size=14).map(" ".join))
def test_cleaning_a_clean_sentence_keeps_every_number(spoken: str) -> None:
    assert re.findall(r"\d+", cleaned(spoken, ENGLISH)) == re.findall(r"\d+", spoken)
