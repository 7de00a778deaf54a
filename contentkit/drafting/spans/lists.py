"""Posts from the lists of a note: a heading with its bullets is the unit, split where it is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.bullets import alone, opens_note, usable
from contentkit.drafting.spans.candidates import Fits, Span
from contentkit.drafting.spans.jottings import is_no_hook, tells
from contentkit.patterns import regex

# "5. Money": the number is the agenda's.
_PLACE = regex(r"^\d{1,2}[.)] (?=\S)")
_FEWEST_WORDS, _WORDS_OF_AN_ITEM = 6, 3
# An item of so many words may be a post.
_WORDS_OF_A_POST = 12


def note_lists(sections: Sequence[Section], rules: Rules, fits: Fits, used: frozenset[int]) -> list[Span]:
    """The bullets of every list, but for the used ones, as one post or as several where they are long.

    Two lists with something between them are never one post.
    """
    found = list[Span]()
    for section in sections:
        for position, block in enumerate(section.blocks):
            items = [one for one in usable(section, block, rules) if one.number not in used]
            heads = _lead(block.lead) if block.lead else _head(section, position)
            if not heads:
                found += _loose(section, items, rules, fits)
                continue
            parts = [part for part in _parts(section, heads, items, fits) if _is_enough(part, heads)]
            found += [_list(section, _shown(heads, place), part) for place, part in enumerate(parts)]
            left = [one for one in _last(items, parts) if tells(one, rules) and _is_enough([one], heads)]
            found += [_left_over(section, heads, one, rules) for one in left if not heads[-1].text.endswith("?")]
    return [one for one in found if fits(one.text)]


def _loose(section: Section, items: Sequence[Sentence], rules: Rules, fits: Fits) -> Iterator[Span]:
    """The items of a list that stands under nothing: longer ones as posts of their own, each with those that lean on it.

    A note's first item that leans ("they do the planning for bakeries") says of whom the next one speaks, and opens its post.
    """
    part: list[Sentence] = []
    for item in items:
        leans = _leans(item, rules)
        is_short = bool(part) and all(len(one.text.split()) < _WORDS_OF_A_POST for one in (*part, item))
        introduced = len(part) == 1 and opens_note(part[0], section) and _leans(part[0], rules)
        if part and (leans or is_short or introduced) and fits(_list(section, (), [*part, item]).text):
            part.append(item)
            continue
        yield from _part(section, part)
        part = [item] if fits(item.text) and (not leans or opens_note(item, section)) else []
    yield from _part(section, part)


def _leans(item: Sentence, rules: Rules) -> bool:
    return bool(rules.dangling.match(straight(item.text).lstrip("\"“'‘«")))


def _part(section: Section, part: Sequence[Sentence]) -> Iterator[Span]:
    if len(part) > 1 and _is_enough(part, ()):
        yield _list(section, (), part)
    elif part and len(part[0].text.split()) >= _FEWEST_WORDS:
        yield alone(part[0], section)


def _shown(heads: tuple[Sentence, ...], place: int) -> tuple[Sentence, ...]:
    """What stands above a part of a list: a sentence that leads to it is said once, a heading each time."""
    return () if place and heads and heads[-1].text.rstrip().endswith(":") else heads


def _is_enough(items: Sequence[Sentence], heads: Sequence[Sentence]) -> bool:
    """Whether a list says something: a few words under a line of their own, more where nothing stands above them."""
    words = sum(len(item.text.split()) for item in items)
    return words >= _FEWEST_WORDS and (bool(heads) or words >= _WORDS_OF_AN_ITEM * len(items))


def _lead(item: Sentence) -> tuple[Sentence, ...]:
    """The item that a list stands below, where that says of what it is."""
    return () if note_rules().general.search(item.text) else (item,)


def _head(section: Section, position: int) -> tuple[Sentence, ...]:
    """What a list stands under: the line before it that ends with a colon, or the heading."""
    before = next((block for block in reversed(section.blocks[:position]) if block.sentences), None)
    if before and before.kind == "prose" and before.sentences[-1].text.endswith(":"):
        return () if note_rules().general.search(before.sentences[-1].text) else before.sentences[-1:]
    heading = section.heading if section.heading and not section.titled else None
    if heading is None or note_rules().general.search(_PLACE.sub("", heading.text)):
        return ()
    return (replace(heading, text=capitalised(_PLACE.sub("", heading.text))),)


def _parts(
    section: Section, head: tuple[Sentence, ...], items: Sequence[Sentence], fits: Fits
) -> Iterator[list[Sentence]]:
    """The items in runs that fit under the heading; a single one left over is no list."""
    part: list[Sentence] = []
    for item in items:
        if part and not fits(_list(section, head, [*part, item]).text):
            yield part
            part = []
        if fits(_list(section, head, [item]).text):
            part.append(item)
    if len(part) > 1:
        yield part


def _last(items: Sequence[Sentence], parts: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    """The item that is left over behind the parts of a list."""
    return [one for one in items[-1:] if not any(one in part for part in parts)]


def _left_over(section: Section, heads: tuple[Sentence, ...], item: Sentence, rules: Rules) -> Span:
    """A single item: a sentence by itself, anything else under what it stands under."""
    text = straight(item.text)
    is_sentence = text[:1].isupper() and text.endswith((".", '"', "!")) and len(text.split()) >= _FEWEST_WORDS
    leans = rules.dangling.match(text) or is_no_hook(text) or note_rules().subjectless.search(text)
    return alone(item, section) if is_sentence and not leans else _list(section, heads, [item])


def _list(section: Section, head: tuple[Sentence, ...], items: Sequence[Sentence]) -> Span:
    bullets = "\n".join("• " + item.text for item in items) if head or len(items) > 1 else items[0].text
    opening = "".join(one.text if one.text.endswith((":", "?", "!", ".")) else one.text + ":" for one in head)
    return Span(
        text=f"{opening}\n\n{bullets}".strip(),
        sentences=(*head, *items),
        section=section.number,
        kind="list",
        concludes=section.concludes,
        whole=True,
        headed=bool(head),
    )
