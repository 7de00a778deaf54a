"""The first post: the author's own description, or the span of the source most worth stopping for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.lines import find_lines
from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.reading.terms import cosine, roots
from contentkit.drafting.reading.traits import opening_of, traits_of
from contentkit.drafting.reading.typeset import without_marks
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, flawed, has_markup
from contentkit.drafting.spans.pointing import points_at_nothing
from contentkit.drafting.spans.scoring import Measure, is_cry
from contentkit.drafting.weights import HOOK, weighed
from contentkit.models import Source
from contentkit.patterns import regex
from contentkit.text import sentences
from contentkit.values import dataclass

LONGEST_HOOK = 320
_SHORTEST_HOOK = 25
_FEWEST_HEADING_WORDS = 5
_BEST_LENGTHS = (60, 190)
_TOO_LONG = 260
# How much more a description is worth that says all that the title says.
_IN_ITS_WORDS = 1.5
# What it is worth to begin as the source does, without the matter of it: "As a team, we've been discussing …".
_SET_UP = 0.4
# A longer text says something.
_WORDS_OF_A_LABEL = 25
# "Now we can talk (we hope!)": a slogan under the title.
_CRIED = regex(r"!\W*$")
# "#469" is the number of something else.
_NUMBERED = regex(r"#\d")
# "3 focus areas" stops nobody; "30 % of us", "5 years" and "€ 8" may.
_MUCH = regex(
    r"\d{2}|\d[.,]\d|[$€£]\s?\d|\d\s?(?:[%$€£]|(?:x|k|m|million\w*|billion\w*|millones|years?|años?)\b)"
    r"|\b(?:hundreds|thousands|millions|billions|dozens|cientos|miles|millones|decenas|docenas)\b",
    re.I,
)
# "OpenSSL: still pending": a jotting under a word.
_LABELLED = regex(r"[^.!?:\n]{1,40}: ")


@dataclass(frozen=True, eq=False)
class Hook:
    """A candidate for the first post; ``own`` when the author wrote it as the source's description. Like itself alone."""

    span: Span
    own: bool


def described(source: Source, rules: Rules, fits: Fits) -> Iterator[Hook]:
    """The description and its beginnings and ends, in whole sentences, without those that only announce.

    None of one that a site cut off ("looking absolutely stun..."): nobody knows how it went on.
    """
    if source.description.rstrip("\"”’')] ").endswith(("...", "…")):
        return
    pieces = [source.description[start:end] for start, end in sentences(source.description)]
    kept = [" ".join(piece.split()) for piece in pieces if not rules.teaser.search(straight(piece))]
    announced = next((at for at, piece in enumerate(kept) if rules.announcing.search(straight(piece))), len(kept))
    for start, end in {(0, end) for end in range(1, len(kept) + 1)} | {
        (start, len(kept)) for start in range(1, len(kept))
    }:
        text = " ".join(kept[start:end])
        found = front_matter_lines(source, text)
        if len(text) < _SHORTEST_HOOK or not fits(text) or not found or flawed(text, rules):
            continue
        if text[0].islower() and text.split()[0] in rules.stop_words:
            continue
        if start > announced or (start > 0 and rules.dangling.match(straight(text))):
            continue
        yield Hook(Span(text=text, sentences=(_outside(text, found),), section=0), own=True)


def spoken_up(spans: Sequence[Span], rules: Rules) -> Iterator[Hook]:
    """The short spans of the text; one that begins with "And" or "But" also without that word."""
    for span in spans:
        # "The guide is also based on …" may stand under its heading, and nowhere else.
        if len(span.text) > LONGEST_HOOK or span.kind == "list" or rules.additive.search(straight(span.text)):
            continue
        yield Hook(span, own=False)
        opener = rules.connective.match(straight(span.text))
        if opener and _goes_on(span.text[opener.end() :]):
            yield Hook(_without_opening(span, opener.end()), own=False)


def _goes_on(rest: str) -> bool:
    """Whether the rest of a sentence begins like one: with a word in small letters, or with "I"."""
    return rest[:1].islower() or straight(rest).startswith(("I ", "I'"))


def _without_opening(span: Span, length: int) -> Span:
    """The span without its first ``length`` characters, beginning with a capital."""
    first = span.sentences[0]
    shorter = replace(first, text=first.text[length].upper() + first.text[length + 1 :])
    text = span.text[length].upper() + span.text[length + 1 :]
    return replace(span, text=text, sentences=(shorter, *span.sentences[1:]), shortened=True)


def headlines(sections: Sequence[Section], rules: Rules, fits: Fits) -> Iterator[Hook]:
    """Headings that claim something: "Packaging is not bad. It is just not well documented"."""
    for section in sections:
        heading = section.heading
        if heading is None or len(heading.text.split()) < _FEWEST_HEADING_WORDS or not fits(heading.text):
            continue
        text = straight(heading.text)
        claims = rules.judgement.search(text) or rules.contrast.search(text)
        if claims and not text.endswith(("?", ":")) and not flawed(text, rules) and not rules.dangling.match(text):
            yield Hook(Span(text=heading.text, sentences=(heading,), section=section.number, concludes=True), own=False)


def front_matter_lines(source: Source, words: str) -> tuple[int, int] | None:
    """The lines of the front matter that hold these words."""
    end = next((row for row, line in enumerate(source.lines[1:], start=2) if line.strip() in ("---", "+++")), 0)
    return find_lines(source.lines, words, 1, end) if end else None


def titled(source: Source, fits: Fits) -> Hook | None:
    """The title as the first post, when nothing better is there."""
    end = source.passages[0].last if source.passages else len(source.lines)
    found = front_matter_lines(source, source.title) or find_lines(source.lines, source.title, 1, end)
    title = without_marks(source.title)
    if not title or has_markup(title) or not found or not fits(title):
        return None
    return Hook(Span(text=title, sentences=(_outside(title, found),), section=0), own=False)


def best_hook(hooks: Sequence[Hook], measure: Measure) -> Hook | None:
    """The hook most worth stopping for; the first of equals."""
    return max(hooks, key=lambda hook: attraction(hook, measure), default=None)


def attraction(hook: Hook, measure: Measure) -> float:
    """How likely a reader stops here: a number, a contrast, a judgement, a person; short; about the whole."""
    known = measure.attractions.get(hook)
    if known is None:
        known = measure.attractions[hook] = _attraction(hook, measure)
    return known


def _attraction(hook: Hook, measure: Measure) -> float:
    return weighed(shown(hook, measure), HOOK) + measure.pull(hook.span)


def shown(hook: Hook, measure: Measure) -> dict[str, float]:
    """What a hook shows of all that is weighed in a first post."""
    return _said(hook, measure) | _looks(hook, measure) | _leaning(hook, measure)


def _said(hook: Hook, measure: Measure) -> dict[str, float]:
    """What it speaks of."""
    text, plain, rules = hook.span.text, straight(hook.span.text), measure.rules
    traits = traits_of(hook.span.sentences, rules)
    vector = measure.terms.of_text(text) if hook.own else measure.terms.of_span(hook.span.sentences)
    is_much = bool(_MUCH.search(plain))
    is_bland = bool(rules.bland.search(plain)) or (hook.own and _is_label(plain, rules))
    title = len(measure.title & roots(text, rules)) / max(1, len(measure.title))
    return {
        "centre": cosine(vector, measure.terms.centre),
        "title": title,
        "subject": measure.names_subject(text),
        "number": bool(traits.numbers) and is_much,
        "quantity": bool(traits.quantities) and is_much,
        "contrast": bool(traits.contrasts),
        "first_person": bool(traits.first_persons),
        "own": (hook.own and not is_bland) * min(1.0, len(text) / _BEST_LENGTHS[0]) * (1 + _IN_ITS_WORDS * title),
        "own_bland": hook.own and is_bland,
        "bland": not hook.own and is_bland,
        "asks": bool(rules.asking.search(plain)),
        "teaser": bool(traits.teasers),
        "hype": bool(traits.hypes),
    }


def _looks(hook: Hook, measure: Measure) -> dict[str, float]:
    """How it looks."""
    text = hook.span.text
    return {
        "length": _beyond(len(text), *_BEST_LENGTHS) / 100,
        "too_long": max(0, len(text) - _TOO_LONG) / 100,
        "broken": "\n" in text,
        "question": "?" in text,
        "own_cry": hook.own and bool(_CRIED.search(text)),
        "cry": not hook.own and is_cry(hook.span.sentences[0]),
        "reference": bool(_NUMBERED.search(text)),
        "labelled": bool(_LABELLED.match(text)),
        "heading": hook.span.sentences[0].number in measure.headings,
        "doubled": bool(traits_of(hook.span.sentences, measure.rules).doubles),
    }


def _leaning(hook: Hook, measure: Measure) -> dict[str, float]:
    """How much it lacks of what stood before it. The author's own description has nothing before it."""
    first = hook.span.sentences[0]
    opening = opening_of(first.text, measure.rules)
    return {
        "begins": (first.number in measure.beginnings) * (1.0 if _has_matter(hook, measure) else _SET_UP),
        "place": 0.0 if hook.own else measure.place(first),
        "connective": opening.connective,
        "demonstrative": opening.demonstrative,
        "unresolved": not hook.own and opening.unresolved,
        "points_at_nothing": points_at_nothing(hook.span.text, measure.rules),
    }


def _has_matter(hook: Hook, measure: Measure) -> bool:
    """Whether it names what the source is about, says a word of the title, or a number."""
    text = hook.span.text
    said = roots(text, measure.rules)
    return measure.names_subject(text) or not measure.title.isdisjoint(said) or any(map(str.isdigit, text))


def _is_label(text: str, rules: Rules) -> bool:
    """Whether a text only names something ("The state of our project"): it has no verb of its own, and no figure."""
    relative = rules.relative.search(text)
    main = text[: relative.start()] if relative else text
    if len(text.split()) > _WORDS_OF_A_LABEL:
        return False
    return not rules.finite.search(main) and not any(map(str.isdigit, text))


def _beyond(value: int, low: int, high: int) -> int:
    """By how much a value lies outside of a range."""
    return max(low - value, value - high, 0)


def _outside(text: str, lines: tuple[int, int]) -> Sentence:
    """Words of the front matter as a sentence that stands before all others."""
    return Sentence(text=text, number=-1, paragraph=-1, first=lines[0], last=lines[1], opens=True, closes=True)
