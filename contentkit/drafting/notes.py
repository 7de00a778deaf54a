"""Posts from rough notes: a heading with its bullets is the unit, split where it is long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.candidates import Fits, Span, balanced, flawed
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.sections import Section, Sentence

# What was jotted down for the meeting, not said in it.
_JOTTING = re.compile(
    r"\?\?|^\[[ x]?\]|^\W*(?:todo|tbd|agenda|attendees|present|action items?|links?|see (?:the|also)"
    r"|asistentes|pendientes?|ver)\b",
    re.I,
)
_FEWEST_WORDS_OF_A_HOOK = 5


def note_hooks(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """Single bullets that say something by themselves: a number, a contrast or a judgement is in them."""
    return [
        _alone(item, section)
        for section in sections
        for item in _bullets(section, rules)
        if len(item.text.split()) >= _FEWEST_WORDS_OF_A_HOOK and fits(item.text) and _says_something(item.text, rules)
    ]


def note_lists(sections: Sequence[Section], rules: Rules, fits: Fits, used: frozenset[int]) -> list[Span]:
    """Every section's bullets, but for the used ones, as one post or as several where they are long."""
    found = []
    for section in sections:
        items = [item for item in _bullets(section, rules) if item.number not in used]
        found += [_list(section, part) for part in _parts(section, items, fits)]
    return found


def _bullets(section: Section, rules: Rules) -> list[Sentence]:
    if section.heading and _JOTTING.search(section.heading.text):
        return []
    items = [item for block in section.blocks if block.kind == "list" for item in block.sentences]
    return [
        item
        for item in items
        if not _JOTTING.search(item.text) and balanced(item.text) and not flawed(item.text, rules)
    ]


def _says_something(text: str, rules: Rules) -> bool:
    plain = straight(text)
    if rules.dangling.match(plain):
        return False
    return bool(rules.number.search(plain) or rules.contrast.search(plain) or rules.judgement.search(plain))


def _alone(item: Sentence, section: Section) -> Span:
    """A bullet as a post of its own begins with a capital."""
    text = item.text[:1].upper() + item.text[1:]
    return Span(text=text, sentences=(replace(item, text=text),), section=section.number, whole=True)


def _parts(section: Section, items: Sequence[Sentence], fits: Fits) -> Iterator[list[Sentence]]:
    """The items in runs that fit under the heading; a single one left over is no list."""
    part: list[Sentence] = []
    for item in items:
        if part and not fits(_list(section, [*part, item]).text):
            yield part
            part = []
        if fits(_list(section, [item]).text):
            part.append(item)
    if len(part) > 1:
        yield part


def _list(section: Section, items: Sequence[Sentence]) -> Span:
    bullets = "\n".join("• " + item.text for item in items)
    heading = None if section.titled else section.heading
    opening = ""
    if heading:
        opening = heading.text if heading.text.endswith((":", "?", "!", ".")) else heading.text + ":"
    return Span(
        text=f"{opening}\n\n{bullets}".strip(),
        sentences=(*([heading] if heading else []), *items),
        section=section.number,
        kind="list",
        concludes=section.concludes,
        whole=True,
        headed=heading is not None,
    )
