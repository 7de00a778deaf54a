"""What a model proposed, read from whatever it answered, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from contentkit.confidential import recalls_placeholder
from contentkit.drafting.modelling.numbered import Numbered, speaks_to_a_model
from contentkit.drafting.rules import Rules, language_of, straight
from contentkit.drafting.spans.candidates import has_markup
from contentkit.drafting.withheld import Withheld
from contentkit.text import hidden_characters

_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
# An address with or without a scheme, or somebody's handle, or a tag.
_ADDRESS = re.compile(r"https?://\S+|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?|(?<!\w)@\w[\w.@-]*|(?<!\w)#\w+", re.I)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]+)[\"”»]")
_FEWEST_QUOTED_WORDS = 3
# So many words in a row are somebody's words.
_RUN = 4
UNSAYABLE = "it says what must not be said"
_FEWEST_WORDS_OF_A_LANGUAGE = 8


@dataclass(frozen=True)
class Proposal:
    """One post as a model wrote it, and the ids of the sentences it says that it rests on."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """What proposals of one draft are held against. ``public`` is all that may be repeated, addresses included.

    ``withheld`` is what a model may have guessed and nobody may say.
    """

    table: Numbered
    rules: Rules
    language: str
    limit: int
    count: Callable[[str], int]
    public: str
    withheld: Withheld = field(default_factory=Withheld)

    def faults(self, proposal: Proposal) -> list[str]:
        """Everything that is wrong with a proposal, as reasons a model can act on; empty when it may be used."""
        if self.withheld.is_in(proposal.text):
            return [UNSAYABLE]  # the other reasons would repeat some of it
        return [*self._of_ids(proposal), *self._of_text(proposal.text), *self._of_claims(proposal)]

    def _of_ids(self, proposal: Proposal) -> Iterator[str]:
        unknown = [number for number in proposal.ids if number not in self.table.sentences]
        if unknown:
            yield f"there is no sentence {', '.join(unknown)}"
        if not proposal.ids:
            yield "it cites no sentence"

    def _of_text(self, text: str) -> Iterator[str]:
        length = self.count(text)
        if length > self.limit:
            yield f"{length} of {self.limit} characters: cut at least {length - self.limit}"
        if has_markup(text) or hidden_characters(text):
            yield "it has markup or hidden characters: plain text only"
        if recalls_placeholder(text):
            yield "it has the placeholder of a name: say it without the name"
        if speaks_to_a_model(text):
            yield "it repeats an instruction instead of telling something"
        if len(text.split()) >= _FEWEST_WORDS_OF_A_LANGUAGE and language_of(text) != self.rules.language:
            yield f"it is not in the language of the source ({self.language})"
        for address in _ADDRESS.findall(text):
            if address.rstrip(".,;:!?)").lower() not in self.public.lower():
                yield f"{address} is not in the source"

    def _of_claims(self, proposal: Proposal) -> Iterator[str]:
        cited = " ".join(sentence.text for sentence in self.table.of(proposal.ids))
        numbers = _numbers(cited, self.rules)
        for number in sorted(_digits(proposal.text) - numbers):
            yield f"the number {number} is not in the sentences it cites"
        said = _flat(self.public)
        for quoted in _QUOTED.findall(proposal.text):
            if len(quoted.split()) >= _FEWEST_QUOTED_WORDS and _flat(quoted) not in said:
                yield f'nobody says "{quoted}" in the source'
        if _runs(proposal.text) & self._asked:
            yield "it repeats a question that somebody else asked"

    @cached_property
    def _asked(self) -> frozenset[tuple[str, ...]]:
        """The runs of words that only those who asked the questions said."""
        asked = frozenset(run for question in self.table.questions.values() for run in _runs(question))
        return asked - _runs(self.public)


def proposals_in(answer: str) -> list[Proposal] | None:
    """The posts in a model's answer: JSON alone, in a fence, or with prose around it; None when there is none."""
    fenced = _FENCE.search(answer)
    text = fenced.group(1) if fenced else answer
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        data = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None
    posts = data.get("posts") if isinstance(data, dict) else None
    if not isinstance(posts, list):
        return None
    return [proposal for post in posts if (proposal := _proposal(post))] or None


def _proposal(post: object) -> Proposal | None:
    if not isinstance(post, dict) or not isinstance(post.get("text"), str) or not isinstance(post.get("ids"), list):
        return None
    text = re.sub(r"[ \t]+", " ", post["text"]).strip()
    ids = tuple(dict.fromkeys(_id(number) for number in post["ids"] if isinstance(number, str | int)))
    return Proposal(text, ids) if text else None


def _id(number: str | int) -> str:
    """Models shorten: 3, "3" and "s3" are S3."""
    word = str(number).strip().upper()
    return word if word.startswith("S") else f"S{word}"


def _digits(text: str) -> set[str]:
    return {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}


def _numbers(text: str, rules: Rules) -> set[str]:
    """The numbers of a text in digits, its number words too."""
    words = {str(rules.counted[word]) for word in re.findall(r"\w+", text.lower()) if word in rules.counted}
    return _digits(text) | words


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every few words in a row."""
    words = re.findall(r"\w+(?:'\w+)*", straight(text).lower())
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _flat(text: str) -> str:
    return " ".join(straight(text).lower().split()).strip(" .,;:!?")
