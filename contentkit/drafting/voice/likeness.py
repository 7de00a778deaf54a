"""How much each post of a draft is like its founder's, and in words what made it less so."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.voice.background import background_of
from contentkit.drafting.voice.habits import habits_of
from contentkit.drafting.voice.loading import LearntVoice
from contentkit.drafting.voice.scoring import WEIGHTS, Odds, Profile, sentence_words
from contentkit.errors import ContentError
from contentkit.text import one_line
from contentkit.values import dataclass

# What lowers a post by less than this is not worth a word.
_TOLD = -0.25
_MOST_WORDS = 3
_WIDTH = 50
_CALLED: Mapping[str, str] = {
    "question": "a question", "exclamation": "an exclamation mark", "dash": "a dash", "ellipsis": "an ellipsis",
    "semicolon": "a semicolon", "colon": "a colon", "parenthesis": "a parenthesis", "quotation": "a quotation",
    "emoji": "an emoji", "hashtag": "a hashtag", "list": "a list", "capitals": "a word in capitals",
    "contraction": "a contraction (as in don't)", "small start": "a small letter at the start",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PostLikeness:
    """``post`` counts from 1, ``line`` is where it starts. ``lowered`` says what lowered the number, the most telling first."""

    post: int
    line: int
    likeness: float
    opening: str
    lowered: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """``likeness`` is the mean of the posts' numbers: 0.5 is as much like other authors as like this person.

    ``learnt`` is the number of posts it was compared with, ``authors`` how many others stand behind the background.
    """

    draft: str
    founder: str
    likeness: float
    learnt: int
    authors: int
    lowered: tuple[str, ...]
    posts: tuple[PostLikeness, ...]


def likeness_of(draft: str, posts: Sequence[tuple[int, str]], voice: LearntVoice) -> Likeness:
    """How much posts, each given as its line and its text, are like those of this voice.

    Raises ContentError where there is nothing to compare them with.
    """
    profile = _profile(voice)
    found = [(line, text, profile.odds(text)) for line, text in posts]
    own = sentence_words(habits_of(post.text) for post in voice.posts)
    each = [
        PostLikeness(
            post=number,
            line=line,
            likeness=round(odds.likeness, 2),
            opening=one_line(text, _WIDTH),
            lowered=tuple(_lowered(profile, [(text, odds)], own)),
        )
        for number, (line, text, odds) in enumerate(found, 1)
    ]
    return Likeness(
        draft=draft,
        founder=voice.name,
        likeness=round(statistics.mean(odds.likeness for _, _, odds in found), 2),
        learnt=profile.posts,
        authors=profile.background.authors,
        lowered=tuple(_lowered(profile, [(text, odds) for _, text, odds in found], own)),
        posts=tuple(each),
    )


def _profile(voice: LearntVoice) -> Profile:
    language = voice.language
    background = background_of(language)
    if background is None:
        raise ContentError(
            f"{voice.name}: nobody measured how others write in '{language}', so nothing can be told",
            hint="the card and the examples work in any language; the score in English",
        )
    if not voice.posts:
        raise ContentError(
            f"{voice.name}: there are no posts to compare with",
            hint="contentkit voice learn writes them; they may lie on the machine where the voice was learnt",
        )
    return Profile.of([post.text for post in voice.posts], background, voice.never)


def _lowered(profile: Profile, found: Sequence[tuple[str, Odds]], own: int) -> list[str]:
    """What lowered these posts together, the most telling first."""
    reasons = sorted(_reasons(profile, found, own), key=lambda one: one[0])
    return [words for weight, words in reasons if weight <= _TOLD]


def _reasons(profile: Profile, found: Sequence[tuple[str, Odds]], own: int) -> Iterator[tuple[float, str]]:
    """How much each lowered a post on average, and how to say it."""
    posts = len(found)
    for phrase in dict.fromkeys(phrase for _, odds in found for phrase in odds.never):
        yield -10.0, f'says "{phrase}", which is on the list of what is never said'
    size = sum(odds.sizes for _, odds in found) * WEIGHTS["sizes"] / posts
    words = sentence_words(habits_of(text) for text, _ in found)
    if words != own:
        yield size, f"{words} words in a sentence, half way; theirs {own}"
    for name in profile.background.marks:
        having = sum(name in habits_of(text).marks for text, _ in found)
        weight = sum(odds.by_mark[name] for _, odds in found) * WEIGHTS["marks"] / posts
        here = f"in {having} of {posts}" if posts > 1 else "here" if having else "missing"
        yield weight, f"{_CALLED.get(name, name)} {here}; in {_of_100(profile, name)} of 100 of theirs"
    weight, told = _wording(found)
    if told:
        yield weight, f"says {told} more often than they do"


def _of_100(profile: Profile, name: str) -> int:
    return round(100 * profile.counted["marks"][name] / profile.posts)


def _wording(found: Sequence[tuple[str, Odds]]) -> tuple[float, str]:
    """The everyday words that speak most against these posts."""
    against: dict[str, float] = {}
    for _, odds in found:
        for word, weight in odds.by_word.items():
            if word.isalpha() or "'" in word:
                against[word] = against.get(word, 0.0) + weight * WEIGHTS["wording"] / len(found)
    worst = sorted((weight, word) for word, weight in against.items() if weight < 0)[:_MOST_WORDS]
    return sum(weight for weight, _ in worst), ", ".join(f"'{word}'" for _, word in worst)
