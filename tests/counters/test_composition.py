"""Composition in pieces is composition, and places are found again."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.counters.composition import composed, places

# Letters that compose with what follows: marks, the later letters of Korean syllables, vowel signs; and what stands between.
LETTERS = st.sampled_from(
    "ae \u0301\u0323\u0308\u1112\u1161\u11ab\uac00\u09c7\u09be\u212b\u2126\u3046\u3099\u0344=\u0338\ud800\U0001d15e"
)
TEXTS = st.text(LETTERS | st.characters(), max_size=40)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_text_with_places_is_its_composition(text: str) -> None:
    assert places(text)[0] == composed(text) == unicodedata.normalize("NFC", text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_a_span_of_the_composition_is_found_in_the_text(text: str, data: st.DataObject) -> None:
    whole, place = places(text)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    first, last = place(start, end)
    assert 0 <= first <= last <= len(text)
    assert whole[start:end] in unicodedata.normalize("NFC", text[first:last])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_long_text_is_composed_in_blocks(text: str) -> None:
    long = (text + "\u1112\u1161\u11ab word e\u0301 ") * 60
    assert composed(long) == unicodedata.normalize("NFC", long)


def test_a_letter_with_hundreds_of_marks_is_composed_for_the_most_part() -> None:
    hostile = "e" + "\u0301\u0323" * 2_000
    assert len(unicodedata.normalize("NFC", hostile)) <= len(composed(hostile)) <= len(hostile)
