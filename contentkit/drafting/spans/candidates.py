"""Spans of a source that could be a post: a few sentences in a row, a list with its lead-in, a signed quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from contentkit.confidential import is_veiled
from contentkit.drafting.reading.cleaning import is_unheard
from contentkit.drafting.reading.pronouns import lost_object
from contentkit.drafting.reading.sections import Block, Section, Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex
from contentkit.values import dataclass

LONGEST_WINDOW = 5
FEWEST_WORDS = 9
# "Okay." gives a pronoun nothing to stand for.
_WORDS_OF_AN_OPENING = 4
# "We were not content with that." leans on what was said; a longer sentence has a noun of its own.
_WORDS_OF_A_REPLY = 10

# Markup that plain text must not contain: a shortcode, an attribute list, HTML, a Markdown link, a footnote mark, a time,
# the name of a small picture, a placeholder that we would fill in ("@{ana}").
_MARKUP = regex(
    r"(?<![\w:]):[a-z][\w\\-]{2,40}:(?![\w:])|\{[{%:<]|@\{|\{[\w.\- ]{1,60}\}|[>%}]\}"
    r"|</?[a-z][^<>]*>|\]\(|\[\^|\[\d+\]|\\[\[\]]|\[[^\[\]]{0,60}\d\d:\d\d|^\W*\||\$\$|\$(?=[a-z\\({|])[^$\n]{1,200}(?<=\S)\$",
    re.I,
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
# An address takes the reader away in the middle of a thread, and on X it has its price.
_ADDRESS = regex(r"https?://|\bwww\.|[\w.+-]{1,64}@[\w-]{1,64}\.\w")
# Who helped with a release: six names or more, and nothing of them.
_NAME = r"[A-ZÀ-Þ@][\w.'-]*(?: (?:[A-ZÀ-Þ][\w.'-]*|von|van|der|de|del|da|la)){0,3}"
_NAMES = regex(rf"^(?:{_NAME}, ){{4,}}{_NAME}(?:,? (?:and|y|e|&) [\w.'@-]+(?: [A-ZÀ-Þ][\w.'-]*){{0,3}})?[.!]?$")
_GIVEN = regex(r".*(?:thank|donat|grateful|gracias|agradec|donaci)", re.I)
_SUM = regex(r"[$€£]\s?\d|\d\s?(?:€|USD\b|(?:k|million|millones de|mil)? ?(?:euros?|dollars|dólares|pesos)\b)", re.I)
# `… at last." And then: "Now` ends one quotation and begins another.
_ENDS_QUOTATION = regex(r'[^"]*[^\s"([—–-]"(?!\w)')
_ENDS = regex(r"[.!?…][\"”’')\]]*\W*$")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A candidate: the words as they would be published, and the sentences they are."""

    text: str
    sentences: tuple[Sentence, ...]
    section: int
    kind: Literal["window", "list", "quotation"] = "window"
    concludes: bool = False
    whole: bool = False  # begins and ends with its paragraphs
    shortened: bool = False  # begins behind a connective that was left out
    headed: bool = False  # a list under a heading, its first sentence, which other lists may stand under too
    named: tuple[int, int] | None = None  # the lines on which the source says who speaks, where the text says it

    @property
    def said(self) -> tuple[Sentence, ...]:
        """The sentences without a heading above them."""
        return self.sentences[1:] if self.headed else self.sentences

    @cached_property
    def numbers(self) -> frozenset[int]:
        return frozenset(sentence.number for sentence in self.said)

    @property
    def start(self) -> int:
        """The number of the first sentence of all that it says."""
        return self.said[0].start

    @property
    def end(self) -> int:
        """The number of its last sentence."""
        return self.said[-1].number

    def shares(self, other: Span) -> bool:
        """Whether both say a sentence; the whole of a list item says each sentence in it."""
        if self.numbers & other.numbers:
            return True
        mine = self._paragraphs
        return any(number in mine and (is_whole or mine[number]) for number, is_whole in other._paragraphs.items())

    @cached_property
    def _paragraphs(self) -> Mapping[int, bool]:
        """Each paragraph of which it says something, and whether the last that it says of it is all of it."""
        return {sentence.paragraph: sentence.is_whole for sentence in self.said}

    @property
    def lines(self) -> list[tuple[int, int]]:
        said = [(sentence.first, sentence.last) for sentence in self.sentences]
        return [self.named, *said] if self.named else said


Fits = Callable[[str], bool]


def candidates(sections: Sequence[Section], rules: Rules, fits: Fits) -> list[Span]:
    """Every span of the sections that stands alone and fits."""
    found: list[Span] = []
    for section in sections:
        for run in runs(section.blocks, rules):
            found += [span for span in windows(run, section, rules, fits) if stands_alone(span, rules)]
        found += [span for span in lists(section, rules, fits) if balanced(span.text) and not flawed(span.text, rules)]
        found += [span for span in quotations(section, fits) if not flawed(span.text, rules)]
    return found


def runs(blocks: Sequence[Block], rules: Rules) -> Iterator[list[Sentence]]:
    """Sentences that follow each other without code, a list, a table or a sentence that may not be published between them."""
    run: list[Sentence] = []
    for block in blocks:
        for sentence in block.sentences if block.kind == "prose" else ():
            if not flawed(sentence.text, rules):
                run.append(sentence)
                continue
            yield run
            run = []
        if block.kind != "prose":
            yield run
            run = []
    yield run


def windows(run: Sequence[Sentence], section: Section, rules: Rules, fits: Fits) -> Iterator[Span]:
    """Every one to five sentences in a row that fit, leave no object behind, and keep the caveat or the turn behind them."""
    qualified = [_is_qualified(run, end, rules) for end in range(len(run) + 1)]
    half = [_is_half(run, end, rules) for end in range(len(run) + 1)]
    for start in range(len(run)):
        # What opens a source has nothing before it that a longer window could take in.
        opens = section.titled and run[start].number == section.sentences[0].number
        if not opens and lost_object(run[start].text, rules):
            continue
        for end in range(start + 1, min(start + LONGEST_WINDOW, len(run)) + 1):
            chosen = tuple(run[start:end])
            text = joined(chosen)
            if not fits(text):
                break
            if qualified[end] or (half[end] and fits(joined(run[start : end + 1]))):
                continue
            yield Span(
                text=text,
                sentences=chosen,
                section=section.number,
                concludes=section.concludes,
                whole=chosen[0].opens and chosen[-1].closes,
            )


def _is_qualified(run: Sequence[Sentence], end: int, rules: Rules) -> bool:
    """Whether the sentence at ``end`` goes on in the paragraph with what qualifies the one before it."""
    if end in (0, len(run)) or run[end].paragraph != run[end - 1].paragraph:
        return False
    return bool(rules.caveat.match(straight(run[end].text)))


def _is_half(run: Sequence[Sentence], end: int, rules: Rules) -> bool:
    """Whether the sentence at ``end`` goes on in the paragraph with the turn that the one before it leads to."""
    if end in (0, len(run)) or run[end].paragraph != run[end - 1].paragraph:
        return False
    return bool(rules.turning.match(straight(run[end].text)))


def joined(chosen: Sequence[Sentence]) -> str:
    """The sentences as one text, with a blank line where the paragraph changes or a sentence was left out."""
    text = chosen[0].text
    for before, sentence in pairwise(chosen):
        goes_on = before.paragraph == sentence.paragraph and before.number + 1 == sentence.number
        text += (" " if goes_on else "\n\n") + sentence.text
    return text


def lists(section: Section, rules: Rules, fits: Fits) -> Iterator[Span]:
    """Each list under its lead-in, or under the heading where nothing else stands before it."""
    for position, block in enumerate(section.blocks):
        if block.kind != "list":
            continue
        for head in _heads(section, position):
            span = _list(head, block.sentences, section, fits)
            presented = rules.presents.match(head[0].text) or _opens_well(head[0].text, rules)
            if span and presented and len(span.text.split()) >= FEWEST_WORDS:
                yield span


def _heads(section: Section, position: int) -> Iterator[tuple[Sentence, ...]]:
    """What a list may stand under: its lead-in with as much of the paragraph before it as one likes, or the heading."""
    before = section.blocks[position - 1] if position else None
    if before is None and section.heading and not section.titled:
        yield (section.heading,)
    elif before and before.kind == "prose" and before.sentences[-1].text.endswith(":"):
        for start in range(max(0, len(before.sentences) - LONGEST_WINDOW), len(before.sentences)):
            yield before.sentences[start:]


def _list(head: tuple[Sentence, ...], items: Sequence[Sentence], section: Section, fits: Fits) -> Span | None:
    """The head and all of its items, two or more: a list that is cut short claims to be complete."""
    opening = joined(head)
    bullets = "\n".join("• " + item.text for item in items)
    text = (opening if opening.endswith((":", "?", "!")) else opening + ":") + "\n\n" + bullets
    if len(items) < 2 or not fits(text):
        return None
    return Span(
        text=text,
        sentences=(*head, *items),
        section=section.number,
        kind="list",
        concludes=section.concludes,
        whole=True,
        headed=head[0] == section.heading,
    )


def quotations(section: Section, fits: Fits) -> Iterator[Span]:
    """Each quotation that says who is quoted."""
    for block in section.blocks:
        if block.kind != "quotation":
            continue
        words = " ".join(sentence.text for sentence in block.sentences)
        words = re.sub(r"\s*[—–―-]{1,2}\s*" + re.escape(block.attribution) + r"$", "", words).strip('"“” ')
        text = f"“{words}”\n— {block.attribution}"
        if fits(text):
            parts = (block.lead, *block.sentences) if block.lead else block.sentences
            yield Span(text=text, sentences=parts, section=section.number, kind="quotation", whole=True)


def stands_alone(span: Span, rules: Rules) -> bool:
    """Whether a reader who saw nothing else would understand a window as a finished thought."""
    if len(span.text.split()) < FEWEST_WORDS or not balanced(span.text):
        return False
    return _begins_well(span.sentences, rules) and _ends_well(span.sentences, rules)


def _begins_well(chosen: Sequence[Sentence], rules: Rules) -> bool:
    first = chosen[0]
    word = first.text.split()[0]
    # A torn sentence; but a name like "npm" may open a paragraph.
    if word.islower() and (not first.opens or word in rules.stop_words):
        return False
    if len(chosen) > 1 and len(first.text.split()) < _WORDS_OF_AN_OPENING and not _opens_well(chosen[1].text, rules):
        return False
    return _opens_well(first.text, rules)


def _ends_well(chosen: Sequence[Sentence], rules: Rules) -> bool:
    last = straight(chosen[-1].text)
    if (
        not all(sentence.sent or _ENDS.search(straight(sentence.text)) for sentence in chosen)
        or last.endswith(("...", "…"))
        or rules.cataphoric.search(last)
    ):
        return False
    is_lone_question = len(chosen) == 1 and last.endswith("?")
    return not is_lone_question and not any(sentence.text.endswith(":") for sentence in chosen)


def _opens_well(text: str, rules: Rules) -> bool:
    """Whether a sentence leans on nothing that was said before it."""
    plain = straight(text)
    if plain.startswith(("…", "...", "-", "–", "—", "(", ")", ",")):
        return False
    if len(plain.split()) <= _WORDS_OF_A_REPLY and rules.trailing.search(plain):
        return False
    rest = bare(plain, rules)
    return bool(rules.expletive.match(rest)) or not rules.dangling.match(rest)


def bare(text: str, rules: Rules) -> str:
    """The sentence without its leading connectives and opening quotation marks."""
    text = straight(text).lstrip("\"“'(¿¡ ")
    while match := rules.connective.match(text):
        if match.end() >= len(text):
            return text
        text = text[match.end() :].lstrip("\"“'( ,")
    return text


def flawed(text: str, rules: Rules) -> bool:
    """Whether something forbids publishing it: markup, an address, boilerplate, mere names, a pointer to nothing, two lines
    in one."""
    plain = straight(text)
    if _ADDRESS.search(plain):
        return True
    if has_markup(plain) or _NAMES.match(plain) or rules.deictic.search(plain) or rules.glued.search(plain):
        return True
    return asks_or_thanks(plain, rules)


def asks_or_thanks(text: str, rules: Rules) -> bool:
    """Whether it is said for courtesy ("Thanks to all", "Please write to us"), and tells nothing beside that."""
    courtesy = rules.boilerplate.search(text)
    return courtesy is not None and not (_GIVEN.match(courtesy[0]) and _tells_a_sum(text, rules))


def _tells_a_sum(text: str, rules: Rules) -> bool:
    """Whether it says how much money there was, and asks nobody for any: "Example gave us $100k" is news, with thanks or not."""
    asks = rules.asking.search(text) or rules.speech.second_person.search(text)
    return bool(_SUM.search(text)) and not asks


def has_markup(text: str) -> bool:
    """Whether something of a shortcode, an attribute list, HTML, a Markdown link, a footnote or a time mark is left.

    What stands for a confidential name or for words that nobody understood counts as such: nobody may read it.
    """
    return bool(_MARKUP.search(text)) or is_unheard(text) or is_veiled(text)


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that opens is closed, and none is closed that opened before."""
    if _ENDS_QUOTATION.match(text):
        return False
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS) and text.count('"') % 2 == 0
