"""Which lines of a note may be told: nothing that was told in confidence, is not settled, or was said to those who met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import straight
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.confidences import is_hushed, is_not_to_be_told, is_only_a_confidence, kept_back
from contentkit.drafting.spans.internal import is_for_them, is_internal, told_of
from contentkit.drafting.spans.jottings import is_empty, is_said_of_the_note
from contentkit.drafting.talks.lines import Line
from contentkit.patterns import regex

_STOP = regex(r"(?<=[^.\s][.!?])[\"”»)]*\s+")
_SAID = regex(r"(?P<who>[A-ZÀ-Þ][\w'’-]+)(?: [A-ZÀ-Þ][\w'’-]+)?: (?![\"“«])")
_WORDS_OF_A_POINTER = 12
_ALL = regex(
    r"\b(?:above|all of (?:this|it)|everything|(?:whole|entire) (?:note|call|talk|meeting|page)|this (?:note|call|page|talk)"
    r"|anterior|de arriba|todo (?:esto|lo)|toda (?:la|esta)|esta (?:nota|llamada|reunión))\b",
    re.I,
)
_ONWARD = regex(
    r"\b(?:rest|remaind\w+|remaining|following|follows|below|from here"
    r"|next (?:\w+ )?(?:points?|items?|lines?|things?|parts?|bits?|bullets?)"
    r"|resto|siguiente\w*|sigue|a continuación|de abajo|desde aquí|a partir de aquí)\b",
    re.I,
)
_BY_INITIALS = regex(r"(?:^|\s)[A-ZÀ-Þ]{2,3}(?:/[A-ZÀ-Þ]{2,3})*: ")


def may_be_told(lines: Sequence[Line], people: frozenset[str]) -> list[Line]:
    """The lines, each as far as the first of it that is for those who met; ``people`` are these, by their names."""
    hidden = _hidden(lines)
    named = [words for line in lines for one in (*line.heads, *line.said) if (words := kept_back(one.text))]
    heads = {head.number: head for line in lines for head in line.heads}
    closed = {number for number, head in heads.items() if _closes(head, lines, people)}
    told = []
    for line in lines:
        if line.said[0].number in hidden or any(words <= _words(line.text) for words in named):
            continue
        if any(head.number in closed for head in line.heads):
            continue
        if kept := tuple(_told(line, people)):
            told.append(replace(line, said=kept))
    return told


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in regex(r"[\w'’-]+").findall(text))


def _hidden(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the first sentences of lines that others keep back: what says that "this" is not for others speaks
    of all that stands where it does, below the same line or in the same list."""
    found = set[int]()
    for line in lines:
        if is_hushed(line.text) or any(map(is_hushed, line.rows)) or line.untold:
            found.add(line.said[0].number)
            if not is_hushed(line.text) or line.leads:
                continue
            found.update(_pointed_at(line, lines))
            if line.listed and line.heads and _is_below_item(line, lines):
                found.update(_below(line, lines))
            elif is_only_a_confidence(line.text):
                found.update(_below(line, lines) if line.heads else _beside(line, lines))
    return frozenset(found)


def _pointed_at(line: Line, lines: Sequence[Line]) -> Iterator[int]:
    """What a line that keeps something back says that it speaks of: the rest of its section, all of the section (of the
    note, above its first heading), or the list that it stands above."""
    is_short = len(line.text.split()) <= _WORDS_OF_A_POINTER
    is_onward, is_all = is_short and _ONWARD.search(line.text), is_short and _ALL.search(line.text)
    place = lines.index(line)
    below = lines[place + 1].group if line.text.endswith(":") and place + 1 < len(lines) else None
    for at, one in enumerate(lines):
        is_after, is_beside = at > place, one.section == line.section
        is_meant = is_after and is_beside if is_onward else is_all and (is_beside or not line.heads)
        if is_meant or (is_after and one.group == below):
            yield one.said[0].number


def _is_below_item(line: Line, lines: Sequence[Line]) -> bool:
    return any(one.leads and line.heads[-1].number == one.said[0].number for one in lines)


def _below(line: Line, lines: Sequence[Line]) -> Iterator[int]:
    """All that stands below the head of a line, and that head."""
    head = line.heads[-1].number
    for one in lines:
        if one.said[0].number == head or any(above.number == head for above in one.heads):
            yield one.said[0].number


def _beside(line: Line, lines: Sequence[Line]) -> Iterator[int]:
    place = lines.index(line)
    near = lines[max(0, place - 1) : place + 2]
    for one in lines:
        if one.group == line.group or one in near:
            yield one.said[0].number


def _closes(head: Sentence, lines: Sequence[Line], people: frozenset[str]) -> bool:
    """Whether nothing below this head is for others, as it says, or as it speaks to those who met and nothing settles it."""
    rules = note_rules()
    if is_not_to_be_told(head.text) or rules.closed.search(straight(head.text)):
        return True
    if not any(line.said[0].number == head.number for line in lines):
        return False
    below = [line.text for line in lines if any(one.number == head.number for one in line.heads)]
    is_settled = any(rules.settled.search(straight(text)) or rules.decides.search(straight(text)) for text in below)
    return not is_settled and (is_internal(head.text, people) or is_for_them(head.text, people))


def _told(line: Line, people: frozenset[str]) -> Iterator[Sentence]:
    text, rules = line.text, note_rules()
    if is_not_to_be_told(text) or is_empty(text) or is_said_of_the_note(rules.kind.sub("", text)):
        return
    if (said := _SAID.match(text)) and said["who"] in people and not rules.decides.search(straight(text)):
        return
    yield from _item(line, people) if line.listed else _paragraph(line, people)


def _item(line: Line, people: frozenset[str]) -> Iterator[Sentence]:
    for one in line.said if not _BY_INITIALS.search(line.text) else ():
        if told := _to_its_point(told_of(one.text, people)):
            yield one if told == one.text else replace(one, text=told)


def _paragraph(line: Line, people: frozenset[str]) -> Iterator[Sentence]:
    """The sentences up to the first that is for those who met; of these none that speaks of the talk itself."""
    rules = note_rules()
    if rules.of_meetings.search(straight(line.text)):
        return
    said = line.said[: next((at for at in range(len(line.said), 1, -1) if not line.said[at - 1].text.endswith(":")), 1)]
    sentences = said[1:] if rules.told.search(straight(said[0].text)) else said
    for one, following in zip_longest(sentences, sentences[1:]):
        if is_for_them(one.text, people) or _BY_INITIALS.search(one.text):
            return
        is_settled = following is not None and rules.decides.search(straight(following.text))
        if not is_internal(one.text, people) or (is_settled and not is_not_to_be_told(one.text)):
            yield replace(one, text=rules.remark.sub("", one.text))


def _to_its_point(text: str) -> str:
    """An item without the sentences at its end that only say what else was talked about."""
    rules = note_rules()
    while text:
        last = [stop.end() for stop in _STOP.finditer(text)][-1:]
        end = straight(text[last[0] :] if last else text)
        if not last or not rules.talked.search(end) or rules.decides.search(end):
            return text
        text = text[: last[0]].rstrip()
    return text
