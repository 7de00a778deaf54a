"""What is wrong with a post that a model proposed: everything that a machine can hold against the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from unicodedata import category

from contentkit.confidential import recalls_placeholder
from contentkit.drafting.modelling.linked import SIGN, linked
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.orders import speaks_to_a_model
from contentkit.drafting.modelling.shapes import Proposal
from contentkit.drafting.rules import LANGUAGES, language_of, rules_for, straight
from contentkit.drafting.spans.candidates import has_markup
from contentkit.drafting.withheld import Withheld
from contentkit.patterns import regex
from contentkit.text import hidden_characters, in_one_line
from contentkit.values import dataclass
from contentkit.words.common_words import ACRONYMS, is_common
from contentkit.words.moments import every_moment, implied, moments
from contentkit.words.reported import reported

# Letters between dots, as in a file or a host.
_DOTTED = regex(r"(?<![\w.])\w[\w-]{0,62}(?:\.[\w-]{1,63}){1,9}(?<=[^\W\d_])")
_NUMBER = regex(r"\d[\d.,]*\d|\d")
_QUOTED = regex(r"[\"“«]([^\"“”«»]+)[\"”»]")
_WORD = regex(r"\w+(?:'\w+)*")
# A word with a capital inside, or one that stands behind something else than the beginning of a sentence.
_NAME = regex(r"(?<=[\w,;)] )[A-ZÀ-ÞА-ЯΑ-Ω]\w+|\b\w[^\Wa-z]*[a-z][^\WA-Z]*[A-Z]\w*")
# What a draft, or a reader of Markdown, takes as something else than text: a fence, a rule, the marks of a comment.
_BLOCK = regex(r"^[ \t]*(?:`{3}|~{3}|(?:-{3,}|\*{3,}|_{3,})[ \t]*$)|<!--|-->", re.M)
# No script stacks more marks on a letter.
_MOST_MARKS = 5
# So many times the limit is nothing to mend, and nothing to search.
_FAR_TOO_LONG = 10
# What models say of their own accord, and founders hardly ever.
_STOCK = regex(
    r"\bgame[- ]chang\w+|\b(?:deep )?div(?:e|ing) (?:deep )?(?:in|into)\b|\blet's (?:dive|unpack|break it down)\b"
    r"|\bhere's (?:why|the thing)\b|\bin today's\b|\bfast-paced\b|\bever-(?:evolving|changing)\b|\bunleash\w*|\bseamless\w*"
    r"|\bunlock(?:s|ing)? (?:the|your|new)\b|\btestament to\b|\bbuckle up\b|\bstay tuned\b|\b(?:a|this) thread\b"
    r"|\brevolutioni[sz]\w+|\bcutting-edge\b|[🧵👇🚀✨🔥💡]|\b(?:abro|en este|va) hilo\b|\bcambia(?:r|ndo)? las reglas\b"
    r"|\bsin más preámbulos\b|\bacompáñame\b",
    re.I,
)
_FEWEST_QUOTED_WORDS = 3
_MOST_DATES = 20
# So many words in a row are somebody's words.
_RUN = 4
UNSAYABLE = "it says what must not be said"
_FEWEST_WORDS_OF_A_LANGUAGE = 8
# Pronouns beside those that the rules list.
_POINTERS = frozenset(("this", "that", "such", "esto", "eso", "ello", "aquello"))
_CLEAR = 0.3
# Languages that write only names with a capital.
_TELLING_CAPITALS = ("en", "es")


@dataclass(frozen=True)
class Judge:
    """What proposals of one draft are held against. ``public`` is all that may be repeated.

    ``withheld`` is what a model may have guessed and nobody may say; ``never`` is what the founder never says.
    ``translated_from`` is the language of the source where the draft's is another one; ``counted`` are words for numbers.
    """

    table: Numbered
    language: str
    limit: int
    count: Callable[[str], int]
    public: str
    withheld: Withheld = field(default_factory=Withheld)
    never: tuple[str, ...] = ()
    translated_from: str = ""
    counted: Mapping[str, int] = field(default_factory=dict)

    def faults(self, proposal: Proposal) -> list[str]:
        """Everything that is wrong with a proposal, as reasons a model can act on; empty when it may be used."""
        if len(proposal.text) > _FAR_TOO_LONG * self.limit:
            return [_too_long(len(proposal.text), self.limit)]
        if self.withheld.is_in(proposal.text):
            return [UNSAYABLE]  # the other reasons would repeat some of it
        return [*self._of_ids(proposal), *self._of_text(proposal.text), *self._of_claims(proposal)]

    def is_safe(self, text: str) -> bool:
        """Whether the source's own words may go out unasked: they lead nowhere, and order nothing."""
        return not (
            linked(text)
            or hidden_characters(text)
            or _is_marked(text)
            or recalls_placeholder(text)
            or speaks_to_a_model(text)
            or self.withheld.is_in(text)
        )

    def dangling_start(self, text: str) -> str:
        """The word at the start of a text that points at what stands before it; empty where there is none."""
        if self.language.partition("-")[0].lower() not in LANGUAGES:
            return ""
        rules, plain = rules_for(self.language), straight(text)
        first = _WORD.match(plain)
        if first and (rules.pronoun.fullmatch(first[0].lower()) or first[0].lower() in _POINTERS):
            return first[0]
        start = rules.connective.match(plain)
        return start[0].strip(" ,") if start else ""

    def _of_ids(self, proposal: Proposal) -> Iterator[str]:
        unknown = [number for number in proposal.ids if number not in self.table.sentences]
        if unknown:
            yield f"there is no sentence {in_one_line(', '.join(unknown[:5]))}"
        if not proposal.ids:
            yield "it cites no sentence"

    def _of_text(self, text: str) -> Iterator[str]:
        length = self.count(text)
        if length > self.limit:
            yield _too_long(length, self.limit)
        if _is_marked(text) or hidden_characters(text):
            yield "it has markup or hidden characters: plain text only"
        if recalls_placeholder(text):
            yield "it has the placeholder of a name: say it without the name"
        if speaks_to_a_model(text):
            yield "it repeats an instruction instead of telling something"
        if linked(text) or SIGN in text:
            yield "it has a link, a mention or a tag: none belongs there"
        if start := self.dangling_start(text):
            yield f'it begins with "{start}", and nobody knows what that is: name it'
        if not self._is_in_its_language(text):
            yield f"it is not in the language that was asked for ({self.language})"
        said = f" {_plain(text)} "
        for phrase in self.never:
            if _plain(phrase) and f" {_plain(phrase)} " in said:
                yield f'it says "{in_one_line(phrase)}", which the founder never does'

    def _is_in_its_language(self, text: str) -> bool:
        """Whether a text is in the language that it should be in, as far as that can be told."""
        language = self.language.partition("-")[0].lower()
        if len(text.split()) < _FEWEST_WORDS_OF_A_LANGUAGE:
            return not self._is_untranslated(text)
        if language in LANGUAGES:
            return language_of(text) == language
        return not (self.translated_from in LANGUAGES and _is_clearly(self.translated_from, text))

    def _is_untranslated(self, text: str) -> bool:
        """Whether a few words are rather of the language that is translated from."""
        if self.translated_from not in LANGUAGES or self.language.partition("-")[0].lower() not in LANGUAGES:
            return False
        words = frozenset(_WORD.findall(straight(text).lower()))
        here, there = rules_for(self.translated_from).stop_words, rules_for(self.language).stop_words
        return len(words & (here - there)) > len(words & (there - here))

    def _of_claims(self, proposal: Proposal) -> Iterator[str]:
        cited = " ".join(sentence.text for sentence in self.table.of(proposal.ids))
        numbers = self._numbers(cited)
        for number in sorted(_digits(proposal.text) - numbers):
            yield f"the number {number} is not in the sentences it cites"
        for words in _unsaid_days(proposal.text, cited):
            yield f"{words} is not in the sentences it cites"
        for name in sorted(set(_DOTTED.findall(proposal.text)))[:5]:
            if name.lower() not in cited.lower():
                yield f"{name[:60]} is not in the sentences it cites"
        for name in sorted(self._names(proposal.text))[:5]:
            yield f"the name {name[:40]} is not in the source"
        rules = rules_for(self.language)
        for found in (_STOCK.search(proposal.text), rules.hype.search(straight(proposal.text))):
            if found and _flat(found[0]) not in _flat(cited):
                yield f'it says "{found[0]}", and the sentences it cites do not: say it plainly'
        if self._is_misquoting(proposal.text):
            yield "nobody says in the source what it quotes"
        if _runs(proposal.text) & self._asked:
            yield "it repeats a question that somebody else asked"

    def _is_misquoting(self, text: str) -> bool:
        """Whether it quotes what the source does not say: some words, or any beside a verb of speech."""
        quotations = [quoted for quoted in _QUOTED.findall(text) if len(quoted.split()) >= _FEWEST_QUOTED_WORDS]
        if any(_flat(quoted) not in self._said for quoted in quotations):
            return True
        said = f" {_plain(self.public)} "
        return any(f" {_plain(quoted)} " not in said for _, _, quoted in reported(text))

    def _names(self, text: str) -> set[str]:
        """The words of a text that are written as names and that the source does not have."""
        if self.translated_from or self.language.partition("-")[0].lower() not in _TELLING_CAPITALS:
            return set()
        return {
            name for name in _NAME.findall(straight(text)) if name not in ACRONYMS and not self._is_known(name.lower())
        }

    def _is_known(self, word: str) -> bool:
        """Whether a word stands in the source, or is an everyday one."""
        return word in self._known or word.rstrip("s") in self._known or is_common(word)

    def _numbers(self, text: str) -> set[str]:
        """The numbers of a text in digits, its number words too."""
        words = {str(self.counted[word]) for word in _WORD.findall(text.lower()) if word in self.counted}
        return _digits(text) | words

    @cached_property
    def _said(self) -> str:
        return _flat(self.public)

    @cached_property
    def _known(self) -> frozenset[str]:
        public = straight(self.public).lower()
        return frozenset((*_WORD.findall(public), *re.findall(r"\w+", public)))

    @cached_property
    def _asked(self) -> frozenset[tuple[str, ...]]:
        """The runs of words that only those who asked the questions said."""
        asked = frozenset(run for question in self.table.questions.values() for run in _runs(question))
        return asked - _runs(self.public)


def _too_long(length: int, limit: int) -> str:
    return f"{length} of {limit} characters: cut at least {length - limit}"


def _is_marked(text: str) -> bool:
    """Whether a text is more than text: markup, or letters under a pile of marks."""
    if has_markup(text) or _BLOCK.search(text):
        return True
    piled = 0
    for character in text:
        piled = piled + 1 if category(character) in ("Mn", "Me") else 0
        if piled > _MOST_MARKS:
            return True
    return False


def _unsaid_days(text: str, cited: str) -> Iterator[str]:
    """The dates of a text with a month or a weekday that the cited sentences do not say."""
    said = {key for moment in every_moment(cited) for key in (*moment.keys, *implied(moment.keys))}
    for moment in moments(text)[:_MOST_DATES]:
        for kind in ("month", "weekday"):
            keys = {key for key in moment.keys if key[0] == kind}
            if keys and keys.isdisjoint(said):
                yield moment.words
                break


def _is_clearly(language: str, text: str) -> bool:
    """Whether so many of its words are everyday ones of this language that it can be in no other."""
    words = straight(text.lower()).split()
    return sum(word in rules_for(language).stop_words for word in words) > _CLEAR * len(words)


def _digits(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every few words in a row."""
    words = _WORD.findall(straight(text).lower())
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _plain(text: str) -> str:
    """The words alone."""
    return " ".join(_WORD.findall(straight(text).lower()))


def _flat(text: str) -> str:
    return " ".join(straight(text).lower().split()).strip(" .,;:!?")
