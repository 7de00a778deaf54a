"""Spoken sentences made readable by leaving out, never by putting in: precision over polish."""

from __future__ import annotations

import re

from contentkit.drafting.rules import Rules, straight

_SOUNDS = re.compile(
    r"\\?\[(?:laugh\w*|laughter|music|applause|pause|sic|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?)\\?\]\s*", re.I
)
_DOUBLED = re.compile(r"\b([^\W\d_]+(?:['’][^\W\d_]+)?)((?:,? |\s*-{1,2}\s+|\s*—\s*)\1\b)+", re.I)
# Words that people repeat on purpose: very, very.
_MEANT = frozenset(
    ("very", "really", "super", "many", "far", "long", "more", "had", "that", "no", "never", "muy", "bien")
)


def cleaned(sentence: str, rules: Rules) -> str:
    """The sentence without hesitations, doubled words and the fillers it opens with. No word is added or replaced."""
    heard = _SOUNDS.sub("", sentence).strip()
    text = rules.speech.hesitations.sub("", heard)
    text = _DOUBLED.sub(_once, text)
    text = rules.speech.asides.sub("", text)
    text = _tidy(_without_openers(text.strip(), rules))
    return text[:1].upper() + text[1:] if heard[:1].isupper() else text


def _once(match: re.Match[str]) -> str:
    return match.group() if match.group(1).lower() in _MEANT else match.group(1)


def _without_openers(text: str, rules: Rules) -> str:
    """Leading fillers go as long as a sentence is left."""
    rest = text
    while match := rules.speech.opener.match(straight(rest)):
        shorter = rest[match.end() :].lstrip(" ,.…-–—")
        if not shorter:
            break
        rest = shorter
    return rest


def _tidy(text: str) -> str:
    """Without the commas and spaces that stood around what was left out."""
    text = re.sub(r"\s+([,.;:!?])(?!\.)", r"\1", text)
    text = re.sub(r",\s*([.!?,])", r"\1", text)
    return " ".join(text.split()).lstrip(" ,.…")
