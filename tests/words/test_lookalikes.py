import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.words.lookalikes import folded


@pytest.mark.parametrize(
    "disguised",
    [
        "SEQUOIA",
        "Ѕеquоіа",
        "ＳＥＱＵＯＩＡ",
        "s\u200be\u00adq\u2060uoia",
        "séqüoïa",
        "se\u0301quoia",
        "𝐒𝐞𝐪𝐮𝐨𝐢𝐚",
        "ꜱᴇqᴜᴏɪᴀ",
        "🅂🄴🅀🅄🄾🄸🄰",
        "🅢🅔🅠🅤🅞🅘🅐",
        "s\U000e0041equoia",
        "s\x08equoia",
    ],
)
def test_a_disguised_word_is_the_word(disguised: str) -> None:
    assert folded(disguised)[0] == "sequoia"


@pytest.mark.parametrize(("text", "plain"), [("a\u00a0b\u2003c", "a b c"), ("a–b—c", "a-b-c"), ("［x］：", "[x]:")])
def test_spaces_dashes_and_brackets_are_of_one_kind(text: str, plain: str) -> None:
    assert folded(text)[0] == plain


@pytest.mark.parametrize("word", ["привет", "καλημέρα", "мир"])
def test_a_word_of_another_alphabet_stays_in_it(word: str) -> None:
    assert not folded(word)[0].isascii()
    assert folded(word)[0] == folded(word.upper())[0]


def test_offsets_lead_back_to_the_text() -> None:
    plain, offsets = folded("Ａ\u200bﬁne dаy")
    start = plain.index("day")

    assert plain == "afine day"
    assert list(offsets) == [0, 2, 2, 3, 4, 5, 6, 7, 8, 9]
    assert offsets[start] == 6


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_there_is_an_offset_for_each_character_and_one_for_the_end(text: str) -> None:
    plain, offsets = folded(text)

    assert len(offsets) == len(plain) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


@settings(max_examples=300, deadline=None)
@given(st.text("aBéÑøΑαηжЯоЅ１½ -\n'.[…"))
def test_folded_words_fold_to_themselves(text: str) -> None:
    plain = folded(text)[0]

    assert folded(plain)[0] == plain
