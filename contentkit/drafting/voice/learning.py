"""Own posts become what a card says of a person. The order in which posts come does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import takewhile

from contentkit.drafting.rules import LANGUAGES, language_of, rules_for
from contentkit.drafting.voice.habits import MARKS, Habits, habits_of
from contentkit.drafting.voice.learnt import Learnt, Quartiles
from contentkit.drafting.voice.never import cliches, unsaid
from contentkit.drafting.voice.vocabulary import is_manner, telling_words
from contentkit.models import OwnPost
from contentkit.text import normalised, without_hidden
from contentkit.values import dataclass

FEWEST = 5
FEW = 20
# Somebody's writing of years ago is another's: of more posts the newest count.
MOST = 5000
_OPENERS = 8
_EMOJI = 8
# Shorter texts do not tell their language.
_TELLS_LANGUAGE = 6
# Of a text in a language, so many words at least are its stop words.
_KNOWN_WORDS = 0.15
_UNKNOWN = "und"
# What networks call a post without words, or of which they do not know.
_UNDETERMINED = ("und", "zxx", "qme", "qht", "qst", "qam", "qct", "art")
# Where verbs say who speaks, the commonest of them; "-mos" is told by its ending.
_I = {
    "en": ("i", "i'm", "i've", "i'd", "i'll", "my", "me"),
    "es": (
        "yo", "mi", "mis", "conmigo", "soy", "estoy", "tengo", "creo", "quiero", "sé", "he", "hice", "fui", "voy", "pienso",
        "puedo",
        "tuve", "estuve", "quise", "pude", "dije", "vi", "hago", "digo", "veo", "llevo", "uso", "escribí", "encontré", "aprendí",
    ),
}  # fmt: skip
_WE = {
    "en": ("we", "we're", "we've", "we'd", "we'll", "our", "us"),
    "es": ("nosotros", "nosotras", "nuestro", "nuestra", "nuestros", "nuestras", "nos"),
}
_WE_ENDINGS = {"es": ("amos", "emos", "imos")}
_NOT_WE = {
    "ramos",
    "tramos",
    "extremos",
    "mínimos",
    "racimos",
    "primos",
    "supremos",
    "últimos",
    "próximos",
    "reclamos",
    "prestamos",
}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The posts to learn from, the oldest first, and how many were left out for which reason."""

    posts: tuple[OwnPost, ...]
    language: str
    left_out: Mapping[str, int] = field(default_factory=dict)


def chosen(posts: Iterable[OwnPost], language: str = "") -> Chosen:
    """Those of the posts that are in one language, each once; of too many the newest.

    Without a ``language`` it is the one that most posts are in.
    """
    left_out: Counter[str] = Counter()
    kept: dict[str, OwnPost] = {}
    for post in sorted(map(_seen, posts), key=_place):
        if not habits_of(post.text).words:
            left_out["without words"] += 1
        elif (words := normalised(post.text)) in kept:
            left_out["twice"] += 1
        else:
            kept[words] = post
    told = {words: _language(post) for words, post in kept.items()}
    wanted = language.partition("-")[0].lower() or _most_of(told.values())
    # Of a language without word lists nothing can be told but that it is none of the known ones.
    taken = ("", wanted) if wanted in LANGUAGES else ("", wanted, _UNKNOWN)
    ours = [post for words, post in kept.items() if told[words] in taken]
    left_out["in another language"] = len(kept) - len(ours)
    left_out["older than the newest 5,000"] = max(0, len(ours) - MOST)
    return Chosen(
        posts=tuple(ours[-MOST:]), language=wanted, left_out={why: number for why, number in left_out.items() if number}
    )


def _seen(post: OwnPost) -> OwnPost:
    """The post as readers see it: what hides in it would reach a model with the examples."""
    return replace(post, text=without_hidden(post.text))


def _place(post: OwnPost) -> tuple[date, str, str]:
    return (post.written or date.min, post.key, post.text)


def _language(post: OwnPost) -> str:
    """The language a post says it is in, else the one its words show; empty where nothing tells."""
    stated = post.language.partition("-")[0].lower()
    if stated and stated not in _UNDETERMINED:
        return stated
    words = habits_of(post.text).words
    if len(words) < _TELLS_LANGUAGE:
        return ""
    guess = language_of(post.text)
    known = sum(word in rules_for(guess).stop_words for word in words)
    return guess if known >= _KNOWN_WORDS * len(words) else _UNKNOWN


def _most_of(languages: Iterable[str]) -> str:
    counted = Counter(language for language in languages if language)
    return min(counted, key=lambda one: (-counted[one], one)) if counted else LANGUAGES[0]


def learnt_from(found: Chosen) -> Learnt:
    """What these posts show of how their author writes."""
    posts, language = found.posts, found.language
    each = [habits_of(post.text) for post in posts]
    dates = [post.written for post in posts if post.written]
    openings = [one for habits in each for one in habits.openings]
    return Learnt(
        posts=len(posts),
        spoken=sum(post.spoken for post in posts),
        first=min(dates, default=None),
        last=max(dates, default=None),
        language=language,
        sentences=len(openings),
        sentence_words=_quartiles([words for habits in each for words in habits.sentence_words]),
        # What is said in one turn has no length of a post.
        post_characters=_quartiles(
            [habits.characters for habits, post in zip(each, posts, strict=True) if not post.spoken]
        ),
        marks={name: _of_100(sum(name in one.marks for one in each), len(each)) for name in (*MARKS, "small start")},
        said_i=_saying(each, _I.get(language, ())),
        said_we=_saying(each, _WE.get(language, ()), _WE_ENDINGS.get(language, ())),
        hashtags=_of_100(sum(one.hashtags for one in each), len(each)),
        emoji=tuple(_commonest(Counter(sign for one in each for sign in one.emoji), _EMOJI)),
        oxford_comma=_oxford(each),
        openers=_openers(openings, language),
        words=telling_words(each, language),
        unused=tuple(unsaid([post.text for post in posts], cliches(language))),
    )


def _quartiles(numbers: Sequence[int]) -> Quartiles:
    ordered = sorted(numbers) or [0]
    return Quartiles(*(ordered[round((len(ordered) - 1) * part)] for part in (0.25, 0.5, 0.75)))


def _of_100(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _saying(each: Sequence[Habits], words: Sequence[str], endings: tuple[str, ...] = ()) -> int:
    def says(word: str) -> bool:
        return word in words or (word.endswith(endings or "\n") and word not in _NOT_WE)

    return _of_100(sum(any(map(says, one.words)) for one in each), len(each))


def _oxford(each: Sequence[Habits]) -> str:
    """Whether the last of three things has a comma before it; empty where too few were seen to tell."""
    with_it = sum(one.oxford for one in each)
    without = sum(one.without_oxford for one in each)
    if with_it + without < FEWEST:
        return ""
    share = with_it / (with_it + without)
    return "yes" if share >= 0.8 else "no" if share <= 0.2 else "mixed"


def _openers(openings: Sequence[tuple[str, ...]], language: str) -> dict[str, int]:
    """The first words of sentences that came up more than twice: two where they hold together, else the first alone."""
    manners = [tuple(takewhile(lambda word: is_manner(word, language), words[:2])) for words in openings]
    ones = Counter(words[0] for words in manners if words)
    twos = Counter(" ".join(words) for words in manners if len(words) > 1)
    kept: dict[str, int] = {}
    for words, number in sorted({**ones, **twos}.items(), key=lambda one: (-one[1], one[0])):
        first = words.split()[0]
        # "we do" says nothing that "we" does not, unless nearly every "we" is one.
        holds_together = " " in words and number >= 0.75 * ones[first]
        if number > 2 and _of_100(number, len(openings)) and (holds_together or " " not in words):
            if holds_together:
                kept.pop(first, None)
            kept[words] = _of_100(number, len(openings))
    return dict(sorted(kept.items(), key=lambda one: (-one[1], one[0]))[:_OPENERS])


def _commonest(counted: Counter[str], most: int) -> list[str]:
    """Those that came up more than once, the commonest first."""
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [one for one, number in ordered if number > 1][:most]
