"""The beginning of a section under its heading, where that says something of its own: "Themes can now ship pictures"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.reading.terms import roots
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed
from contentkit.patterns import regex

# With fewer words a heading is a label.
_FEWEST_WORDS = 4
# What says so much of its words over again needs no heading.
_SAID_AGAIN = 0.5
_NUMBERING = regex(r"^(?:\d{1,2}[.):]|[#•–-])\s+")
_ASKS = regex(r"(?:why|how|what|when|where|who|which|(?:por )?qué|quién(?:es)?|cómo|cuándo|dónde|cuál(?:es)?)\b", re.I)
# A picture before a heading is no word of it.
_FIRST_WORD = regex(r"^[\"“¡']?[^\W_]")


def under_claims(spans: Sequence[Span], sections: Sequence[Section], rules: Rules, fits: Fits) -> Iterator[Span]:
    """The windows that begin a section, again with its heading above them, where that is a sentence that they do not repeat."""
    claims = {one.sentences[0].number: claim for one in sections if (claim := _claim(one, rules))}
    for span in spans:
        claim = claims.get(span.sentences[0].number) if span.kind == "window" and not span.shortened else None
        if claim is None or _is_said_again(claim, span, rules):
            continue
        text = f"{claim.text}\n\n{span.text}"
        if fits(text):
            yield replace(span, text=text, sentences=(claim, *span.sentences), headed=True)


def _claim(section: Section, rules: Rules) -> Sentence | None:
    """The heading without its number, where it is a sentence."""
    if section.heading is None or section.titled:
        return None
    text = _NUMBERING.sub("", section.heading.text)
    plain = straight(text)
    if len(text.split()) < _FEWEST_WORDS or plain.endswith(("?", ":", "…")) or not _FIRST_WORD.match(plain):
        return None
    leans = rules.dangling.match(plain) or rules.additive.search(plain) or flawed(text, rules)
    return replace(section.heading, text=text) if _says(plain, rules) and not leans and balanced(text) else None


def _says(text: str, rules: Rules) -> bool:
    """Whether it has a verb of its own, and not only in "Why we need guidelines"."""
    relative = rules.relative.search(text)
    main = text[: relative.start()] if relative else text
    return bool(rules.finite.search(main)) and not rules.bland.search(text) and not _ASKS.match(text)


def _is_said_again(claim: Sentence, span: Span, rules: Rules) -> bool:
    known = roots(claim.text, rules)
    return len(known & roots(span.said[0].text, rules)) >= _SAID_AGAIN * len(known)
