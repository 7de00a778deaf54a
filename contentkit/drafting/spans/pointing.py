"""Whether "this attack" stands in a text that speaks of no attack before it."""

from __future__ import annotations

from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

_WORD = regex(r"[^\W_][\w'-]*")
# "Attacker" and "attack" begin alike.
_ALIKE = 4


def points_at_nothing(text: str, rules: Rules) -> bool:
    """Whether something that is pointed at ("this attack", "esta decisión") is not named in the words before."""
    plain = straight(text)
    for found in rules.pointed.finditer(plain):
        noun = found["noun"].lower()
        before = {word.lower()[:_ALIKE] for word in _WORD.findall(plain[: found.start()])}
        if noun[:_ALIKE] not in before:
            return True
    return False
