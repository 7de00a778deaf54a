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
_JOTTING = regex(r"\?\?|!!\W*$|\([^()]*\?[^()]*\)|\([^()]*!\)|\?\W*$|^\W*(?:links?|see (?:the|also)|ver)\b", re.I)
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
# "Released to the test group" says what of only under its heading.
_SUBJECTLESS = regex(r"(?!(?:decided|agreed)\b)(?:\w{3,}ed|out|built|made|sent|sold|cut)\b", re.I)
# A line of figures without one of these is half a sentence: "12 farms, 8 weeks, one crop".
_VERB = regex(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|went|takes?|took|costs?|lasts?|needs?|runs?|uses?|comes?|came"
    r"|gets?|got|pays?|paid"
    r"|es|son|era|eran|fue|fueron|tiene|tienen|hay|está|están|cuesta|cuestan|tarda|tardan|usa|usan|paga|pagan|llega|llegan)\b",
    re.I,
)
_LABEL = regex(r"[^:.!?#\d]{1,40}:\s")
# Says of what stands below it no more than that it was noted.
_GENERAL = regex(
    r"^\W*(?:(?:key|main|new|other|general|meeting|quick|more) )*(?:highlights?|notes?|topics?|updates?|points?|items?"
    r"|discussions?|misc\w*|other"
    r"|varios|otros|aob|announcements?|facts?|numbers?|news|takeaways?|bullets?|minutes|datos|puntos|temas|apuntes"
    r"|novedades|notas)"
    r"(?: (?:from|de|by|for) [^:]{1,40})?\W*$",
    re.I,
)
# Was talked about, with nothing told of what came of it.
_TALKED = regex(
    r"^(?:[\w'/-]+ ){0,4}(?:discuss(?:ed|ing|ion)|reviewed|reviewing|(?:talked|talking|chatted) (?:about|through|over)"
    r"|went (?:over|through)"
    r"|looked at|looking at|checked in|continued|touched on"
    r"|hablamos|habló|discutimos|discutió|revisamos|revisó|comentamos|comentó|seguimos|siguió)\b",
    re.I,
)
_OUTCOME = regex(
    r"\b(?:decid\w+|decisions?|agreed?|agreement|consensus|approved|accepted|rejected|declined|resolved|settled|chose"
    r"|chosen|voted"
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
# "Not stolen, says Ana", "There the rate rose", "Keep the list short".
_HALF = regex(
    r"^(?:not|there(?! (?:is|are|was|were|will|has|have)\b)|allí|ahí"
    r"|keep|add|update|fix|move|make|write|create|remove|check|try|use|review|merge|open|close)\b",
    re.I,
)
_CHANGE = regex(
    r"\bfrom [^.;]{0,25}\d[^.;]{0,25}\b(?:to|up to|down to) [^.;]{0,12}\d|\binstead of\b[^.;]{0,12}\d|\b(?:up|down)(?: from"
    r"| to| by)? [^.;]{0,4}\d"
    r"|\d[^;]{0,60}\b(?:it was|was|were|after|before|used to be|compared with|had (?:hoped|expected|planned)|up from"
    r"|down from|more than|less than|fewer than"
    r"|lowest|highest|last (?:year|month|quarter))\b[^;]{0,30}\d|\b(?:now|ahora)\b[^.;]{0,15}\d|(?:->|→)"
    r"|\d[^.;]{0,40}\b(?:more|fewer|less) than in\b"
    r"|\bde \d[^.;]{0,25}\ba \d|\ben (?:vez|lugar) de\b[^.;]{0,12}\d"
    r"|\d[^;]{0,60}\b(?:antes|hace un año|el año pasado|eran|era|frente a|más que|menos que|después de)\b[^;]{0,30}\d"
    r"|\b(?:baj|sub)(?:ó|aron|amos|ieron|imos|ió)\b[^.;]{0,20}\d",
    re.I,
)
_IN_MARKS = regex(r'^(?:"[^"]+"|“[^“”]+”|«[^«»]+»)[.!?…]?$')
_LAST_WORD = regex(
    r"\b(?:(?P<joins>the|an?|and|or|but|el|la|los|las|un|una|del|y|o|pero)|of|to|on|at|for|with|from|by|de|en|con|por|para)$",
    re.I,
)
_RELATIVE = regex(r"\b(?:that|which|who|whom|what|where|how|que|quien|cual)\b", re.I)
# "Docs: moved to the site", "Bundle size, reducing it by half": hangs under a word of its own.
_LABELLED = regex(r"^(?:[\w'-]+ ){0,2}[\w'-]+(?:: |, \w+ing\b)")
_ARTICLE = regex(r"(?:the|el|la|los|las) ", re.I)
_FEWEST_WORDS_OF_A_HOOK, _LONGEST_RESULT = 5, 280
_SAID_WITHIN, _SPEAKERS = regex(r"(?:^|\s)[A-ZÀ-Þ][a-zà-ÿ]+:\s(?![\"“«])"), 2
_FEWEST_WORDS, _WORDS_OF_AN_ITEM = 6, 3
# Of more items than this a list leaves out what says nothing; an item of so many words may be a post.
_FEWEST_ITEMS, _WORDS_OF_A_POST = 2, 12
# What a line says not to be so belongs to what the lines around it say.
_QUALIFIES = regex(r"\b(?:only|not|no|never|without|except|but|yet|sol[oa]|nunca|sin|pero|excepto|salvo)\b|n't\b", re.I)
# "Call with the city library, 9 Oct": of use to those who were there.
_OF_A_TALK = regex(
    r"\b(?:call|meeting|breakout|sync|stand-?up|minutes|acta|minuta|reunión|llamada)\b|^\W*(?:weekly|chat|notes|charla|apuntes|notas)\b",
    re.I,
)
# "5. Money": the number is the agenda's.
_PLACE = regex(r"^\d{1,2}[.)] (?=\S)")
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
        for item in _alone_in(section, rules)
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


def is_no_hook(text: str) -> bool:
    """Whether a line stops nobody: jotted, what somebody only thinks or hopes, an order, half of what stood before it."""
    return is_jotted(text) or bool(_OPINION.match(text) or _HALF.match(straight(text)))


def is_strong(span: Span) -> bool:
    """Whether a short span tells a result against what was before or hoped for: "61 in four days, we had hoped for 40"."""
    is_short = len(span.text) <= _LONGEST_RESULT and "\n" not in span.text
    return is_short and bool(_CHANGE.search(straight(span.text)))


def is_quotation(span: Span) -> bool:
    """Whether a paragraph is nothing but what somebody said, in quotation marks."""
    return span.whole and bool(_IN_MARKS.match(span.text))


def under_title(spans: Sequence[Span], title: Span | None, fits: Fits, *, is_told: bool) -> list[Span]:
    """The spans of a thread with the title of the note above the first one: a title is no post.

    ``is_told`` says that the first posts name what the note is about, and need no title. One that is a post already,
    and does not fit above the next one, is left out; so is one that only says that people met.
    """
    if title is None or not spans:
        return list(spans)
    if _OF_A_TALK.search(title.text):
        return [one for one in spans if one.text != title.text] or list(spans)
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
    found = list[Span]()
    for section in sections:
        for position, block in enumerate(section.blocks):
            items = [one for one in _usable(section, block, rules) if one.number not in used]
            heads = _lead(block.lead) if block.lead else _head(section, position)
            if not heads:
                found += _loose(section, items, rules, fits)
                continue
            parts = [part for part in _parts(section, heads, items, fits) if _is_enough(part, heads)]
            found += [_list(section, _shown(heads, place), part) for place, part in enumerate(parts)]
            alone = [one for one in _last(items, parts) if _tells(one, rules) and _is_enough([one], heads)]
            found += [_left_over(section, heads, one, rules) for one in alone if not heads[-1].text.endswith("?")]
    return [one for one in found if fits(one.text)]


def worth_telling(sections: Sequence[Section], rules: Rules) -> list[Section]:
    """The sections with the items that say a number, a judgement or what was done, and those that qualify them.

    A list in which too few do stays as it is. What a note without headings says first is what it is about.
    """
    unheaded = [one for one in sections[:1] if one.heading is None or one.titled]
    first = next((item for section in unheaded for item in _bullets(section, rules)), None)

    def told(section: Section, block: Block) -> Block:
        kept = tuple(
            one
            for one in _usable(section, block, rules)
            if one == first or _tells(one, rules) or _QUALIFIES.search(one.text)
        )
        return replace(block, sentences=kept) if len(kept) >= _FEWEST_ITEMS else block

    return [replace(one, blocks=tuple(told(one, block) for block in one.blocks)) for one in sections]


def _loose(section: Section, items: Sequence[Sentence], rules: Rules, fits: Fits) -> Iterator[Span]:
    """The items of a list that stands under nothing: longer ones as posts of their own, each with those that lean on it."""
    part: list[Sentence] = []
    for item in items:
        leans = bool(rules.dangling.match(straight(item.text).lstrip("\"“'‘«")))
        is_short = bool(part) and all(len(one.text.split()) < _WORDS_OF_A_POST for one in (*part, item))
        if part and (leans or is_short) and fits(_list(section, (), [*part, item]).text):
            part.append(item)
            continue
        yield from _part(section, part)
        part = [item] if not leans and fits(item.text) else []
    yield from _part(section, part)


def _part(section: Section, part: Sequence[Sentence]) -> Iterator[Span]:
    if len(part) > 1 and _is_enough(part, ()):
        yield _list(section, (), part)
    elif part and len(part[0].text.split()) >= _FEWEST_WORDS:
        yield _alone(part[0], section)


def _shown(heads: tuple[Sentence, ...], place: int) -> tuple[Sentence, ...]:
    """What stands above a part of a list: a sentence that leads to it is said once, a heading each time."""
    return () if place and heads and heads[-1].text.rstrip().endswith(":") else heads


def _is_enough(items: Sequence[Sentence], heads: Sequence[Sentence]) -> bool:
    """Whether a list says something: a few words under a line of their own, more where nothing stands above them."""
    words = sum(len(item.text.split()) for item in items)
    return words >= _FEWEST_WORDS and (bool(heads) or words >= _WORDS_OF_AN_ITEM * len(items))


def _lead(item: Sentence) -> tuple[Sentence, ...]:
    """The item that a list stands below, where that says of what it is."""
    return () if _GENERAL.match(item.text) else (item,)


def _head(section: Section, position: int) -> tuple[Sentence, ...]:
    """What a list stands under: the line before it that ends with a colon, or the heading."""
    before = next((block for block in reversed(section.blocks[:position]) if block.sentences), None)
    if before and before.kind == "prose" and before.sentences[-1].text.endswith(":"):
        return () if _GENERAL.match(before.sentences[-1].text) else before.sentences[-1:]
    heading = section.heading if section.heading and not section.titled else None
    if heading is None or _GENERAL.match(_PLACE.sub("", heading.text)):
        return ()
    return (replace(heading, text=capitalised(_PLACE.sub("", heading.text))),)


def _bullets(section: Section, rules: Rules) -> list[Sentence]:
    return [item for block in section.blocks for item in _usable(section, block, rules)]


def _alone_in(section: Section, rules: Rules) -> list[Sentence]:
    """The items that may leave their list: below another item only whole sentences, the rest of it goes on from that one."""
    return [
        item
        for block in section.blocks
        for item in _usable(section, block, rules)
        if not block.lead or item.text.endswith((".", "!", '"', "”", "»"))
    ]


def _usable(section: Section, block: Block, rules: Rules) -> list[Sentence]:
    """The items of a list, without what was only jotted down."""
    if block.kind != "list" or (section.heading and _JOTTING.search(section.heading.text)) or _is_talk(block):
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


def _is_talk(block: Block) -> bool:
    """Whether a list stands under what was talked about, and nothing in it says what came of that."""
    lead = straight(block.lead.text) if block.lead else ""
    return (
        bool(_TALKED.match(lead))
        and not _OUTCOME.search(lead)
        and not any(_OUTCOME.search(one.text) for one in block.sentences)
    )


def _is_reply(text: str) -> bool:
    """Whether somebody said next to nothing: "Ana: yes"."""
    said = _SAID.match(text)
    return said is not None and len(text[said.end() :].split()) < _WORDS_OF_AN_ITEM


def is_jotted(text: str) -> bool:
    """Whether a line of minutes says what was talked about and not what came of it, gives who said what, or breaks off."""
    plain = straight(text)
    is_talk = bool(_TALKED.match(plain)) and not _OUTCOME.search(plain)
    label = _LABEL.match(plain)
    within = _SAID_WITHIN.search(plain, label.end() - 1 if label else 0)
    return is_talk or bool(within) or _breaks_off(plain)


def _breaks_off(text: str) -> bool:
    """Whether a line without a stop ends with an article or an "and", or with a preposition but for "that … to"."""
    last = _LAST_WORD.search(text)
    return last is not None and (bool(last["joins"]) or not _RELATIVE.search(text))


def _is_about_somebody(text: str, rules: Rules) -> bool:
    """Whether an item speaks of the founder ("she's tired of the question") instead of saying what was said."""
    return bool(rules.personal.fullmatch(straight(text).split()[0]))


def _says_something(text: str, rules: Rules) -> bool:
    plain = straight(text)
    if (
        rules.dangling.match(plain)
        or _HALF.match(plain)
        or _SAID.match(plain)
        or _LABELLED.match(plain)
        or is_jotted(plain)
    ):
        return False
    if sum(word[:1].islower() for word in plain.split()) < _FEWEST_SMALL_WORDS:
        return False
    if rules.contrast.search(plain) or rules.judgement.search(plain):
        return True
    return bool(rules.number.search(plain) and (_VERB.search(plain) or _DONE.search(plain)))


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


def _last(items: Sequence[Sentence], parts: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    """The item that is left over behind the parts of a list."""
    return [one for one in items[-1:] if not any(one in part for part in parts)]


def _left_over(section: Section, heads: tuple[Sentence, ...], item: Sentence, rules: Rules) -> Span:
    """A single item: a sentence by itself, anything else under what it stands under."""
    text = straight(item.text)
    is_sentence = text[:1].isupper() and text.endswith((".", '"', "!")) and len(text.split()) >= _FEWEST_WORDS
    leans = rules.dangling.match(text) or is_no_hook(text) or _SUBJECTLESS.match(text)
    return _alone(item, section) if is_sentence and not leans else _list(section, heads, [item])


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
