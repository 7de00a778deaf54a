from __future__ import annotations

import pytest

from tests.checks.manners.posts import mended, told, words_of


@pytest.mark.parametrize(
    "words",
    ["𝗕𝗶𝗴 𝗻𝗲𝘄𝘀", "𝓗𝓮𝓵𝓵𝓸", "Ｂｉｇ", "Ⓑⓘⓖ", "ʙɪɢ ɴᴇᴡs"[:3], "ᵇⁱᵍ", "b̶i̶g̶", "🅱🅸🅶"],
)
def test_letters_made_to_look_like_a_font_are_an_error(words: str) -> None:
    (problem,) = told(f"We have {words} today")
    assert (problem.check, problem.severity, problem.words) == ("CK338", "error", words)


@pytest.mark.parametrize(
    "text",
    [
        "On ℝ and 𝔼 we hope",
        "The 1ˢᵗ and x² of n",
        "Pick Ⓐ Ⓑ or Ⓒ",
        "ＡＰＩ です",
        "/ˈfɪɡ/ it is",
        "Type 🅰 or 🅱️",
        "Ünï cödé ñ",
    ],
)
def test_a_formula_an_ordinal_phonetics_and_other_languages_are_no_font(text: str) -> None:
    assert told(text) == []


def test_letters_of_a_font_are_mended_where_it_is_sure_which_they_are() -> None:
    assert mended("We have 𝗕𝗶𝗴 𝗻𝗲𝘄𝘀, Ｂｉｇ!") == "We have Big news, Big!"
    assert mended("We have ɴᴇᴡ ones") == "We have ɴᴇᴡ ones"


@pytest.mark.parametrize(("word", "name"), [("pаypal", "U+0430"), ("Οpen", "U+039F"), ("сосо", "U+0441")])
def test_a_letter_of_another_alphabet_in_a_latin_word_is_an_error_that_names_it(word: str, name: str) -> None:
    (problem,) = told(f"Go to {word} and see")
    assert (problem.check, problem.severity, problem.words) == ("CK339", "error", word)
    assert name in problem.message


@pytest.mark.parametrize(
    "text", ["It takes 5 μs at 3 kΩ", "the λx of αβ", "Мы любим PDFы и сосо", "ελληνικά και Python", "Привет, как дела"]
)
def test_units_formulas_and_other_languages_are_no_disguise(text: str) -> None:
    assert words_of("CK339", text) == []


def test_an_accent_beside_its_letter_is_a_warning_and_is_mended() -> None:
    (problem,) = told("El cafe\u0301 es bueno", language="es")
    assert (problem.check, problem.severity, problem.words) == ("CK340", "warning", "cafe\u0301")
    assert mended("El cafe\u0301 es bueno") == "El café es bueno"


def test_composed_accents_are_fine() -> None:
    assert told("El café de Ñuñoa", language="es") == []


def test_spaces_that_nobody_meant_are_told_and_taken_out() -> None:
    assert {(one.check, one.severity) for one in told("two  spaces \nhere")} == {("CK341", "information")}
    assert mended("two  spaces \nhere") == "two spaces\nhere"


@pytest.mark.parametrize(
    "text", ["one space", "One.  Two!  Three", "  an indent", "`two  spaces` in code", "- a\n  - b"]
)
def test_spaces_in_code_and_indents_are_meant(text: str) -> None:
    assert words_of("CK341", text) == []
