"""The languages' rules are complete and mean what they say."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from contentkit.drafting.closing import hashtag_of
from contentkit.drafting.reading.pronouns import unresolved
from contentkit.drafting.rules import LANGUAGES, UNKNOWN, is_known, language_of, rules_for

ENGLISH = rules_for("en")


def test_every_language_knows_the_same_things() -> None:
    keys = []
    for language in LANGUAGES:
        data = tomllib.loads(
            files("contentkit.drafting.rules").joinpath(f"{language}.toml").read_text(encoding="utf-8")
        )
        keys.append((set(data), set(data["speech"]), set(data["labels"])))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("tag", "language"), [("es-MX", "es"), ("ES", "es"), ("en_GB", "en"), ("de", UNKNOWN), ("", "en")]
)
def test_a_language_tag_finds_its_rules(tag: str, language: str) -> None:
    assert rules_for(tag).language == language


def test_the_language_is_voted_by_the_commonest_words() -> None:
    assert language_of("La biblioteca tenía un catálogo en papel y nadie lo usaba") == "es"
    assert language_of("The library had a catalogue on paper and nobody used it") == "en"


def test_a_long_text_in_a_language_without_rules_is_told_from_english_and_spanish() -> None:
    assert language_of("Niemand wusste am Ende, warum die Bücherei so gut besucht war. " * 12) == UNKNOWN
    assert language_of("Ninguém sabia ao certo porque a biblioteca estava sempre cheia aos sábados. " * 12) == UNKNOWN


def test_the_rules_of_an_unknown_language_match_nothing_that_is_said_in_english() -> None:
    rules = rules_for("de")
    sentence = "However, this is never the first problem that we announced here, um, you know."
    patterns = [value for value in vars(rules).values() if isinstance(value, type(rules.number))]
    assert rules.number in patterns
    assert not [pattern for pattern in patterns if pattern is not rules.number and pattern.search(sentence)]
    assert not rules.speech.opener.match(sentence)


@pytest.mark.parametrize(("tag", "known"), [("es-AR", True), ("EN", True), ("", True), ("de", False), ("und", False)])
def test_it_is_told_which_languages_have_rules(tag: str, known: bool) -> None:
    assert is_known(tag) is known


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I decided to follow their advice on backups.", True),
        ("I still think about that, almost every day.", True),
        ("I got exposed to that during my first company.", True),
        ("There is specific expertise he brought to us.", True),
        ("My father fished, and he lost two boats.", False),
        ("Documentation matters because it outlives its author.", False),
        ("My colleagues said they had never restored one.", False),
        ("I knew that a backup takes four minutes.", False),
    ],
)
def test_a_pronoun_needs_a_noun_before_it(sentence: str, expected: bool) -> None:
    assert unresolved(sentence, ENGLISH) is expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("tech notes", "#TechNotes"),
        ("notas técnicas", "#NotasTécnicas"),
        ("CI/CD", "#CICD"),
        ("NumPy", "#NumPy"),
        ("R", ""),
        ("2026", ""),
        ("---", ""),
    ],
)
def test_a_tag_becomes_one_word_with_inner_capitals(tag: str, expected: str) -> None:
    assert hashtag_of(tag) == expected


@pytest.mark.parametrize(
    "text", ["図書館は毎週土曜日に満員になる。誰も理由を知らない。", "Никто не знал, почему библиотека всегда полна."]
)
def test_another_script_is_no_language_that_has_rules(text: str) -> None:
    assert language_of(text) == UNKNOWN


def test_a_list_of_changes_with_few_common_words_is_english() -> None:
    assert (
        language_of("Fix permission error, template paths, shared filesystems. Tweak template logic. Add flags.")
        == "en"
    )
