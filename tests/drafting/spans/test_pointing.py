"""Things that are pointed at and were not named."""

from __future__ import annotations

import pytest

from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.pointing import points_at_nothing


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We revoked every key of 2019. Nobody hurt by this attack needs to act."),
        ("en", "The board met on Monday and welcomed these improvements."),
        ("es", "Cambiamos todas las llaves de 2019. Nadie sufrió por este ataque."),
    ],
)
def test_an_event_that_no_word_before_names_is_pointed_at_in_vain(language: str, text: str) -> None:
    assert points_at_nothing(text, rules_for(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An attacker had a key of 2019. This attack was seen by three people."),
        ("en", "We sell lamps by post. In some cases, this strains the people at the counter."),
        ("es", "Hubo un ataque en abril. Este ataque duró nueve minutos."),
    ],
)
def test_what_was_named_before_may_be_pointed_at(language: str, text: str) -> None:
    assert not points_at_nothing(text, rules_for(language))
