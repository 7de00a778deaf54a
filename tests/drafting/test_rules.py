"""The languages' rules are complete and mean what they say."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from contentkit.drafting.closing import hashtag_of
from contentkit.drafting.reading.pronouns import unresolved
from contentkit.drafting.rules import LANGUAGES, language_of, rules_for

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
    ("tag", "language"), [("es-MX", "es"), ("ES", "es"), ("en_GB", "en"), ("de", "en"), ("", "en")]
)
def test_a_language_tag_finds_its_rules(tag: str, language: str) -> None:
    assert rules_for(tag).language == language


def test_the_language_is_voted_by_the_commonest_words() -> None:
    assert language_of("La biblioteca tenía un catálogo en papel y nadie lo usaba") == "es"
    assert language_of("The library had a catalogue on paper and nobody used it") == "en"


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
