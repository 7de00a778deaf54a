"""How threads begin: each kind by its rule, in both languages; any text at all has exactly one kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.stats.hooks import HOOKS, hook_of

_KINDS = [
    ("en", "question", "Why do pre-trained models work? Nobody knows."),
    ("en", "question", "🧵 1/5 What if forecasting were easy?! 🤔"),
    ("en", "statement", "Forecasting is hard. Why?"),
    ("en", "quotation", "“It was slower than doing nothing,” said Ada."),
    ("en", "quotation", '"We were wrong."'),
    ("en", "statement", "Ada said “we were wrong” and meant it."),
    ("en", "announcement", "Today we release TimeGPT-2: 60% more accurate."),
    ("en", "announcement", "TimeGPT-2 is here."),
    ("en", "announcement", "New: forecasts without a model"),
    ("en", "statement", "A new idea in forecasting."),
    ("en", "number", "Up to 60% more accurate than its predecessor."),
    ("en", "number", "3 things that nobody tells you about Postgres"),
    ("en", "number", "It took us 1,200 hours."),
    ("en", "number", "10x faster, and nobody noticed."),
    ("en", "statement", "2024 was a strange year."),
    ("en", "statement", "TimeGPT-2 and Python 3.12.1 work together."),
    ("en", "contrast", "Everyone measures accuracy, but nobody measures trust."),
    ("en", "contrast", "Forecasting isn’t about the future."),
    ("en", "story", "When we began, there was no data."),
    ("en", "story", "Two years ago nobody believed us."),
    ("en", "invitation", "Join us on Thursday."),
    ("en", "invitation", "Don't use averages."),
    ("en", "statement", "We joined forces with the maintainers."),
    ("en", "invitation", "See https://example.org/?q=1"),
    ("en", "statement", "The abutment holds."),
    ("es", "question", "¿Por qué funcionan los modelos preentrenados? Nadie lo sabe."),
    ("es", "quotation", "«Nos equivocamos», dijo Ada."),
    ("es", "announcement", "Ya está disponible TimeGPT-2."),
    ("es", "announcement", "Presentamos la nueva versión."),
    ("es", "number", "Un 60 % más preciso."),
    ("es", "contrast", "Todos miden la precisión, pero nadie la confianza."),
    ("es", "story", "Hace dos años nadie nos creía."),
    ("es", "invitation", "Únete el jueves."),
    ("es", "statement", "Los modelos preentrenados funcionan."),
    ("fr", "question", "Pourquoi ?"),
    ("fr", "number", "Plus précis de 60 %."),
    ("fr", "statement", "But du jeu : prévoir."),
    ("", "contrast", "Todos miden, pero nadie mira."),
    ("", "announcement", "We announce a thing."),
    ("es-MX", "announcement", "Lanzamos hoy."),
    ("en", "statement", "https://example.org"),
    ("en", "statement", ""),
    ("en", "announcement", "🚀🚀\n\nIntroducing our thing"),
]


@pytest.mark.parametrize(("language", "hook", "text"), _KINDS, ids=[text[:40] or "nothing" for _, _, text in _KINDS])
def test_each_kind_has_its_rule(language: str, hook: str, text: str) -> None:
    assert hook_of(text, language) == hook


def test_every_kind_has_an_example() -> None:
    assert {hook for _, hook, _ in _KINDS} == set(HOOKS)


@settings(deadline=None)
@given(
    text=st.text(max_size=200), language=st.sampled_from(("", "en", "es", "es-MX", "de", "zz")) | st.text(max_size=9)
)
def test_any_text_in_any_language_has_one_kind(text: str, language: str) -> None:
    assert hook_of(text, language) in HOOKS


@settings(deadline=None)
@given(
    opening=st.sampled_from([text for language, _, text in _KINDS if language == "en" and text and "http" not in text]),
    rest=st.text(max_size=80),
)
def test_what_comes_after_the_first_paragraph_changes_nothing(opening: str, rest: str) -> None:
    assert hook_of(f"{opening.strip()}\n\n{rest}", "en") == hook_of(opening, "en")


@pytest.mark.parametrize("piece", ["?", "?!", "1", "1.", "1/", "a", "a ", "“", "- ", "\n", "https://", "1a"])
def test_no_text_takes_long(piece: str) -> None:
    assert hook_of(piece * 20_000 + "\x00", "") in HOOKS
