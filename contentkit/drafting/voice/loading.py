"""The voice of a founder, from the card and the posts that lie in the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path

from contentkit.drafting.voice.card import Card, read_card
from contentkit.drafting.voice.examples import Nearest, read_posts
from contentkit.drafting.voice.learnt import Learnt
from contentkit.errors import ContentError, UsageError
from contentkit.files import lies_below
from contentkit.models import OwnPost, Person
from contentkit.people import PEOPLE_NAME, places_of
from contentkit.strict_yaml import nearest
from contentkit.values import dataclass

# Each costs a model's attention and the user's money.
_MOST_WORDS = 12


@dataclass(frozen=True, kw_only=True)
class LearntVoice:
    """How one founder writes: a ``Voice`` for drafters. ``written`` is their card, ``posts`` are their own; no file is read."""

    name: str
    written: Card = field(repr=False)
    posts: Sequence[OwnPost] = field(default=(), repr=False)

    @property
    def language(self) -> str:
        """The language that the posts are in."""
        return self.written.learnt.language if self.written.learnt else "en"

    @property
    def never(self) -> Sequence[str]:
        """What the card lists under never, what its rules forbid, and what stands in none of the posts unless it is allowed."""
        allowed = {phrase.lower() for phrase in self.written.allowed}
        unused = self.written.learnt.unused if self.written.learnt else ()
        ruled = (rule.never for rule in self.written.rules if rule.never)
        told = dict.fromkeys(
            (*self.written.never, *ruled, *(phrase for phrase in unused if phrase.lower() not in allowed))
        )
        return tuple(told)

    def card(self) -> Sequence[str]:
        """How this person writes, a sentence a line: figures, rules and notes, no sentence of theirs."""
        learnt = self.written.learnt
        return (
            *(card_lines(learnt) if learnt else ()),
            *(rule.words for rule in self.written.rules),
            *self.written.notes,
        )

    def nearest(self, text: str, number: int) -> Sequence[str]:
        """At most ``number`` of the person's own posts that are nearest in subject to ``text``, the nearest first."""
        return self._nearest.to(text, number)

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest.of(self.posts, self.language)


def card_lines(learnt: Learnt) -> list[str]:
    """What was learnt, in sentences."""
    marks = learnt.marks
    words, length = learnt.sentence_words, learnt.post_characters
    lines = [
        f"Sentences: half have at most {words.half} words, a quarter at most {words.quarter}, "
        f"three quarters at most {words.three_quarters}.",
        f"Of 100 posts, {learnt.said_i} say I, {learnt.said_we} say we, {marks.get('question', 0)} ask a question.",
        f"Of 100 posts, so many have: exclamation marks {marks.get('exclamation', 0)}, dashes {marks.get('dash', 0)}, "
        f"ellipses {marks.get('ellipsis', 0)}, parentheses {marks.get('parenthesis', 0)}, semicolons "
        f"{marks.get('semicolon', 0)}, emoji {marks.get('emoji', 0)}, hashtags {marks.get('hashtag', 0)}.",
    ]
    if length.half:
        lines.insert(1, f"Posts: most have {length.quarter} to {length.three_quarters} characters.")
    if learnt.openers:
        lines.append(f"Sentences often begin with: {', '.join(learnt.openers)}.")
    if learnt.words:
        lines.append(f"Says more often than others: {', '.join(learnt.words[:_MOST_WORDS])}.")
    if learnt.oxford_comma in ("yes", "no"):
        lines.append(f"A comma before the last 'and' of three: {learnt.oxford_comma}.")
    return lines


def founder_of(root: Path, people: Mapping[str, Person], asked: str = "") -> str:
    """The key of the founder who was asked for; of the only person who has a card when nobody was; else empty.

    Raises UsageError for somebody whom people.yaml does not know.
    """
    if asked:
        if asked not in people:
            raise UsageError(f"there is nobody called '{asked}' in {PEOPLE_NAME}", hint=nearest(asked, people))
        return asked
    having = [name for name, person in people.items() if (root / places_of(person)[0]).is_file()]
    return having[0] if len(having) == 1 else ""


def voice_of(root: Path, people: Mapping[str, Person], founder: str = "") -> LearntVoice | None:
    """The voice of this founder, or of the only one who has a card; None where there is none.

    Raises UsageError as ``founder_of`` does, ContentError for a card that cannot be read, and for one that people.yaml
    names and nobody learnt.
    """
    name = founder_of(root, people, founder)
    return voice_in(root, people[name]) if name else None


def voice_in(root: Path, person: Person) -> LearntVoice | None:
    """The voice of this person; None where they have no card. Raises ContentError as ``voice_of`` does."""
    card, posts = places_of(person)
    if not (root / card).exists() and not (person.founder and person.founder.voice):
        return None
    for place in (card, posts):
        if not lies_below(root / place, root):
            raise ContentError(f"{place}: leads out of the project", hint="make it a file, not a link")
    read = read_card(root / card, card)
    return LearntVoice(name=read.name or person.display, written=read, posts=read_posts(root / posts, posts))
