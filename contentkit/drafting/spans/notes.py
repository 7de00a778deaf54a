"""Posts from rough notes: a heading with its bullets is the unit, split where it is long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.reported import capitalised
from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed, joined
from contentkit.patterns import regex

# What was jotted down for the meeting, not said in it.
_JOTTING = regex(r"\?\?|!!|\([^()]*\?[^()]*\)|\([^()]*!\)|\?\W*$|^\W*(?:links?|see (?:the|also)|ver)\b", re.I)
# Stands where nothing was to be said, or only answers: "Placeholder for", "No updates", "Ana: yes, please".
_EMPTY = regex(
    r"\bplaceholder\b|\b(?:no|without) (?:new |further )?updates?\b|\b(?:tbd|tba)\b|^\W*n/a\b|\bnothing (?:new )?to report\b"
    r"|\bsin novedad(?:es)?\b|\bno hay novedades\b|\bpor definir\b|:\s*(?:skipped|se omite)\W*$"
    r"|^\W*(?:[^\W\d_]+: )?(?:yes|no|ok|okay|sure|agreed|thanks|sí|vale|claro|gracias|de acuerdo)\b(?:[.,!]|$)",
    re.I,
)
# What was done or decided. A person or a subject may stand before it: "Index: rebuilt", "The board agreed".
_DONE = regex(
    r"^(?:[^.!?:\n]{1,40}: )?(?:[\w'-]+ ){0,3}"
    r"(?:\w+[^\We]ed|agreed|built|wrote|put|went|made|sent|chose|cut|sold|found|began|gave|took|set|left|won|lost)\b"
    r"|\b(?:has|have) (?:\w+ly )?\w+(?:ed|en)\b|\b(?:will|won't|now|no longer|ya no|ahora)\b"
    r"|\b\w{2,}(?:amos|imos|aron|ieron|ó)\b",
    re.I,
)
# Was talked about, with nothing told of what came of it.
_TALKED = regex(
    r"^(?:[\w'/-]+ ){0,4}(?:discuss(?:ed|ing|ion)|reviewed|reviewing|talked|talking|chatted|went (?:over|through)"
    r"|looked at|looking at|checked in|continued|touched on"
    r"|hablamos|habló|discutimos|discutió|revisamos|revisó|comentamos|comentó|seguimos|siguió)\b",
    re.I,
)
_OUTCOME = regex(
    r"\b(?:decid\w+|decisions?|agreed?|agreement|consensus|approved|accepted|rejected|declined|resolved|settled|chose|chosen|voted"
    r"|will|won't|acord\w+|acuerdo|decidi\w+|aprob\w+|rechaz\w+|aceptó|aceptamos|votó|votamos)\b",
    re.I,
)
# Who was there, who wrote it down, whether it may be quoted, and when people meet again: said of the note, not in it.
_OF_THE_NOTE = regex(
    r"^(?:present|attend(?:ed|ees)|participants|regrets|apologies|(?:minutes|notes?|recorded|taken|written|checked) by"
    r"|minutes:|notes:|next(?: \w+)?:|(?:the )?next (?:call|meeting)\b|presentes?:|asist\w+:|tomad[oa]s? por|acta(?: de)?\b"
    r"|notas de\b|próxim[oa](?: \w+)?:|(?:la )?próxima (?:reunión|llamada)\b)"
    r"|\b(?:minutes|notes) by\b|\bpresent: [A-ZÀ-Þ]|\bel acta la\b|\bse pueden citar\b",
    re.I,
)
# What somebody thinks, says or asks is not yet what is so.
_OPINION = regex(
    r"^[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)? (?:thinks?|thought|believes?|suspects?|fears?|hopes?|wonders?|guess\w*|asks?"
    r"|asked|would like|cree|creía|piensa|sospecha|opina|teme|espera|pregunta|preguntó)\b"
)
_LAST_WORD = regex(
    r"\b(?:(?P<joins>the|an?|and|or|but|el|la|los|las|un|una|del|y|o|pero)|of|to|on|at|for|with|from|by|de|en|con|por|para)$",
    re.I,
)
_RELATIVE = regex(r"\b(?:that|which|who|whom|what|where|how|que|quien|cual)\b", re.I)
# "Docs: moved to the site", "Bundle size, reducing it by half": hangs under a word of its own.
_LABELLED = regex(r"^(?:[\w'-]+ ){0,2}[\w'-]+(?:: |, \w+ing\b)")
_ARTICLE = regex(r"(?:the|el|la|los|las) ", re.I)
_FEWEST_WORDS_OF_A_HOOK = 5
_SAID_WITHIN, _SPEAKERS = regex(r"(?:^|\s)[A-ZÀ-Þ][a-zà-ÿ]+:\s"), 2
_FEWEST_WORDS, _WORDS_OF_AN_ITEM = 6, 3
# "PEP 686, PEP 687" says nothing of them.
_FEWEST_SMALL_WORDS = 2
# "Ana: still waiting", "Ana Ruiz: ...": said by somebody, who may be anybody.
_SAID = regex(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?:\s")


def dialogues(sections: Sequence[Section]) -> frozenset[int]:
    """The indexes of the paragraphs in which several people speak by name: cut in two, words would be nobody's."""
    speakers: dict[int, int] = {}
    for section in sections:
        for block in section.blocks:
            for sentence in block.sentences if block.kind == "prose" else ():
                named = bool(_SAID_WITHIN.search(sentence.text))
                speakers[sentence.paragraph] = speakers.get(sentence.paragraph, 0) + named
    return frozenset(paragraph for paragraph, number in speakers.items() if number >= _SPEAKERS)


def torn_off(sections: Sequence[Section]) -> frozenset[int]:
    """The numbers of the sentences of list items but for the first of each: cut off there, they lean on it."""
    blocks = [block for section in sections for block in section.blocks if block.listed]
    return frozenset(sentence.number for block in blocks for sentence in block.sentences if not sentence.opens)


def note_hooks(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """Single bullets that say something by themselves: a number, a contrast or a judgement is in them."""
    return [
        _alone(item, section)
        for section in sections
        for item in _bullets(section, rules)
        if len(item.text.split()) >= _FEWEST_WORDS_OF_A_HOOK and fits(item.text) and _says_something(item.text, rules)
    ]


def quotations_of(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """What a note gives as somebody's very words, each as a whole: worth more than what was jotted down of them."""
    found = []
    for section in sections:
        for block in section.blocks:
            if not block.quoted or not block.sentences:
                continue
            text = joined(block.sentences)
            if not fits(text) or not balanced(text) or flawed(text, rules) or _leans(text, rules):
                continue
            found.append(Span(text=text, sentences=block.sentences, section=section.number, whole=True))
    return found


def _leans(text: str, rules: Rules) -> bool:
    """Whether a quotation is too short to say something, asks, trails off, or leans; "The first pull request" does not."""
    words = straight(text).lstrip("\"“'‘«")
    if len(words.split()) < _FEWEST_WORDS_OF_A_HOOK or words.rstrip("\"”’'» ").endswith(("...", "…", "?")):
        return True
    return bool(rules.dangling.match(words)) and not _ARTICLE.match(words)


def telling(span: Span, rules: Rules) -> frozenset[int]:
    """The numbers of the sentences of a span that decide something, or say a number, a judgement or what was done.

    Of what is no list every sentence counts: somebody wrote it out.
    """
    return frozenset(
        one.number
        for one in span.sentences
        if span.kind != "list" or (not (one.text.endswith(":") or one.number == _head_of(span)) and _tells(one, rules))
    )


def _head_of(span: Span) -> int | None:
    return span.sentences[0].number if span.headed else None


def _tells(item: Sentence, rules: Rules) -> bool:
    text = straight(item.text)
    return bool(rules.number.search(text) or rules.judgement.search(text) or _DONE.search(text))


def is_said_of_the_note(text: str) -> bool:
    """Whether it tells who was there, who wrote it down and when the next meeting is."""
    return bool(_OF_THE_NOTE.search(straight(text)))


def is_opinion(text: str) -> bool:
    """Whether somebody who is called by a name only thinks, hopes or asks it."""
    return bool(_OPINION.match(text))


def under_title(spans: Sequence[Span], title: Span | None, fits: Fits, *, is_told: bool) -> list[Span]:
    """The spans of a thread with the title of the note above the first one: a title is no post.

    ``is_told`` says that the first posts name what the note is about, and need no title. One that is a post already,
    and does not fit above the next one, is left out.
    """
    if title is None or not spans:
        return list(spans)
    is_bare = spans[0].text == title.text
    rest = spans[1:] if is_bare else spans
    if not rest or (is_told and not is_bare):
        return list(spans)
    first = rest[0]
    text = f"{title.text}\n\n{first.text}"
    if fits(text):
        first = replace(first, text=text, named=title.lines[0])
    return [first, *rest[1:]]


def is_empty(text: str) -> bool:
    """Whether a line of minutes only holds a place, or only answers another one."""
    return bool(_EMPTY.search(straight(text)))


def note_lists(sections: Sequence[Section], rules: Rules, fits: Fits, used: frozenset[int]) -> list[Span]:
    """The bullets of every list, but for the used ones, as one post or as several where they are long.

    Two lists with something between them are never one post.
    """
    found = []
    for section in sections:
        for position, block in enumerate(section.blocks):
            items = [item for item in _usable(section, block, rules) if item.number not in used]
            heads = (block.lead,) if block.lead else _head(section, position)
            parts = [part for part in _parts(section, heads, items, fits) if _is_enough(part, heads)]
            found += [_list(section, _shown(heads, place), part) for place, part in enumerate(parts)]
    return found


def _shown(heads: tuple[Sentence, ...], place: int) -> tuple[Sentence, ...]:
    """What stands above a part of a list: a sentence that leads to it is said once, a heading each time."""
    return () if place and heads and heads[-1].text.rstrip().endswith(":") else heads


def _is_enough(items: Sequence[Sentence], heads: Sequence[Sentence]) -> bool:
    """Whether a list says something: a few words under a line of their own, more where nothing stands above them."""
    words = sum(len(item.text.split()) for item in items)
    return words >= _FEWEST_WORDS and (bool(heads) or words >= _WORDS_OF_AN_ITEM * len(items))


def _head(section: Section, position: int) -> tuple[Sentence, ...]:
    """What a list stands under: the line before it that ends with a colon, or the heading."""
    before = next((block for block in reversed(section.blocks[:position]) if block.sentences), None)
    if before and before.kind == "prose" and before.sentences[-1].text.endswith(":"):
        return before.sentences[-1:]
    return (section.heading,) if section.heading and not section.titled else ()


def _bullets(section: Section, rules: Rules) -> list[Sentence]:
    return [item for block in section.blocks for item in _usable(section, block, rules)]


def _usable(section: Section, block: Block, rules: Rules) -> list[Sentence]:
    """The items of a list, without what was only jotted down."""
    if block.kind != "list" or (section.heading and _JOTTING.search(section.heading.text)):
        return []
    return [
        item
        for item in block.sentences
        if not (
            _JOTTING.search(item.text)
            or is_empty(item.text)
            or is_said_of_the_note(item.text)
            or _is_reply(item.text)
            or (is_jotted(item.text) and not _SAID.match(item.text))
            or item.text.endswith(":")
            or _is_about_somebody(item.text, rules)
        )
        and balanced(item.text)
        and not flawed(item.text, rules)
    ]


def _is_reply(text: str) -> bool:
    """Whether somebody said next to nothing: "Ana: yes"."""
    said = _SAID.match(text)
    return said is not None and len(text[said.end() :].split()) < _WORDS_OF_AN_ITEM


def is_jotted(text: str) -> bool:
    """Whether a line of minutes says what was talked about and not what came of it, gives who said what, or breaks off."""
    plain = straight(text)
    is_talk = bool(_TALKED.match(plain)) and not _OUTCOME.search(plain)
    return is_talk or bool(_SAID_WITHIN.search(plain)) or _breaks_off(plain)


def _breaks_off(text: str) -> bool:
    """Whether a line without a stop ends with an article or an "and", or with a preposition but for "that … to"."""
    last = _LAST_WORD.search(text)
    return last is not None and (bool(last["joins"]) or not _RELATIVE.search(text))


def _is_about_somebody(text: str, rules: Rules) -> bool:
    """Whether an item speaks of the founder ("she's tired of the question") instead of saying what was said."""
    return bool(rules.personal.fullmatch(straight(text).split()[0]))


def _says_something(text: str, rules: Rules) -> bool:
    plain = straight(text)
    if rules.dangling.match(plain) or _SAID.match(plain) or _LABELLED.match(plain) or is_jotted(plain):
        return False
    if sum(word[:1].islower() for word in plain.split()) < _FEWEST_SMALL_WORDS:
        return False
    return bool(rules.number.search(plain) or rules.contrast.search(plain) or rules.judgement.search(plain))


def _alone(item: Sentence, section: Section) -> Span:
    """A bullet as a post of its own begins with a capital."""
    text = capitalised(item.text)
    return Span(text=text, sentences=(replace(item, text=text),), section=section.number, whole=True)


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
