from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.words import clocks, moments, number_words, quantities, telltales
from contentkit.words.within import FIGURE, Opened, words_within


def _in(value: object) -> list[Opened]:
    held = value.values() if isinstance(value, dict) else [value]
    return [one for one in held if isinstance(one, Opened)]


ALL = [
    one
    for module in (clocks, moments, number_words, quantities, telltales)
    for value in vars(module).values()
    for one in _in(value)
]
# Words that a match may begin with, or go on with, and what may stand between and beside them.
_SAID = """
twenty five hundred thousand dozen a an one half quarter thirds third to past until last next week weekend year spring in of this
the every May march Mar. Mondays Thu's q3 Q3 o'clock pm yesterday point nine m mil mm million onemil ſix maY eİght twofold US
dos tercios la las de a una y media cuarto este pasado año mes próxima que viene medio millón cien mitad vez
9 12 05 31st 2026 1.000 58 9e6 9,5 12:30 2026-02-03 1/2/26 $ $5 € % - – , . ( _ II ² ½
"""
_TEXTS = st.lists(
    st.tuples(st.sampled_from(_SAID.split()), st.sampled_from([" ", " ", " ", " ", "  ", "-", "", "\n", "."])),
    max_size=8,
).map(lambda said: "".join(word + gap for word, gap in said))


def test_there_are_such_patterns() -> None:
    assert len(ALL) > 10


@given(_TEXTS)
def test_a_pattern_is_found_wherever_it_stands(text: str) -> None:
    for one in ALL:
        assert [found.span() for found in one.finditer(text)] == [found.span() for found in one.pattern.finditer(text)]


@given(_TEXTS)
def test_what_is_found_is_replaced_as_the_pattern_replaces_it(text: str) -> None:
    for one in ALL:
        assert one.sub(_bracketed, text) == one.pattern.sub(_bracketed, text)


def _bracketed(match: re.Match[str]) -> str:
    return f"<{match[0]}>"


@pytest.mark.parametrize("text", ["9 lives, 12th of 3a", "²9 x9 _9 9_"])
def test_a_figure_is_a_word_that_begins_with_a_digit(text: str) -> None:
    assert [*words_within(text).get(FIGURE, ())] == [word.start() for word in re.finditer(r"(?<!\w)\d", text)]
