"""How well ``voice score`` tells an author's own posts from those of others, on posts it has not learnt from.

    python benchmarks/voice.py FOLDER              AUC, by the number of posts learnt from
    python benchmarks/voice.py FOLDER --fit        the weights of the score, fitted to these authors
    python benchmarks/voice.py FOLDER --background a background of these authors, as TOML

FOLDER holds a folder for each author, with a text file for each post. None comes with contentkit: the posts are
their authors'. No author of a background may be measured with.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from contentkit.drafting.voice import scoring
from contentkit.drafting.voice.background import (
    SIZES,
    Background,
    background_of,
    parse_background,
    shape,
    size_of,
    trigrams_of,
)
from contentkit.drafting.voice.habits import MARKS, Habits, habits_of
from contentkit.drafting.voice.scoring import Odds, Profile
from contentkit.drafting.voice.vocabulary import is_manner

LEARNT = (10, 30, 100)
_HELD_OUT = 60
_FEWEST_HELD_OUT = 20
_OTHERS = 36
# So many posts are a draft.
_DRAFT = 6
_MOST = 200
_EVERYDAY = 300
_SHARED = 0.6

Authors = Mapping[str, Sequence[str]]


def authors_in(folder: Path) -> Authors:
    """The posts of each author, in an order that is always the same."""
    found = {
        one.name: [path.read_text("utf-8") for path in sorted(one.iterdir())]
        for one in folder.iterdir()
        if one.is_dir()
    }
    return {name: found[name] for name in sorted(found)}


def background_toml(authors: Authors, language: str) -> str:
    """The background of these authors, each of whom counts the same."""
    posts = [post for one in authors.values() for post in one[:_MOST]]
    words = _shared(authors, lambda habits: habits.words)
    openers = _shared(authors, lambda habits: [opening[0] for opening in habits.openings])
    # "file" and "package" are everyday words only to those who write of software.
    everyday = dict([(word, share) for word, share in words.items() if is_manner(word, language)][:_EVERYDAY])
    trigrams = _mean(
        [Counter(g for post in one[:_MOST] for g in trigrams_of(shape(post, everyday))) for one in authors.values()]
    )
    sizes = _mean(
        [
            Counter(str(size_of(n)) for post in one[:_MOST] for n in habits_of(post).sentence_words)
            for one in authors.values()
        ]
    )
    marks = {
        name: statistics.mean(
            sum(name in habits_of(post).marks for post in one[:_MOST]) / len(one[:_MOST]) for one in authors.values()
        )
        for name in (*MARKS, "small start")
    }
    rows = [
        "# Figures of several authors together, measured by benchmarks/voice.py; no sentence of anybody's.",
        f'language = "{language}"',
        f"authors = {len(authors)}",
        f"posts = {len(posts)}",
        f"size = {sum(len(habits_of(post).words) for post in posts)}",
        f"sizes = [{', '.join(str(round(1000 * sizes.get(str(n), 0))) for n in range(len(SIZES) + 1))}]",
        *_table("words", everyday, 100_000),
        *_table("openers", dict(list(openers.items())[:60]), 10_000),
        *_table(
            "trigrams",
            {g.replace(" ", "_").replace("\n", "¶"): share for g, share in trigrams.items() if "_" not in g},
            1e6,
        ),
        "[marks]",
        *(f'"{name}" = {round(1000 * share)}' for name, share in marks.items()),
    ]
    return "\n".join(rows) + "\n"


def _shared(authors: Authors, of: Callable[[Habits], Iterable[str]]) -> dict[str, float]:
    """How common each word is that most authors use, the commonest first."""
    counted = [Counter(word for post in one[:_MOST] for word in of(habits_of(post))) for one in authors.values()]
    spread = Counter(word for one in counted for word in one)
    means = _mean(counted)
    return {word: share for word, share in means.items() if spread[word] >= _SHARED * len(counted)}


def _mean(counted: Sequence[Counter[str]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for one in counted:
        for key, number in one.items():
            total[key] += number / one.total() / len(counted)
    return dict(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))


def _table(name: str, shares: Mapping[str, float], whole: float) -> Iterator[str]:
    pieces = [f"{word} {round(share * whole)}" for word, share in shares.items() if round(share * whole) >= 1]
    pieces = [piece for piece in pieces if "\\" not in piece and "'''" not in piece]
    yield f"{name} = '''"
    for at in range(0, len(pieces), 12):
        yield " ".join(pieces[at : at + 12])
    yield "'''"


# -- how well it tells


def auc(own: Sequence[float], others: Sequence[float]) -> float:
    """How often an own post has the higher number than another's; half of it where both are the same."""
    ordered = sorted(others)
    below = sum(bisect.bisect_left(ordered, one) + bisect.bisect_right(ordered, one) for one in own) / 2
    return below / len(own) / len(ordered)


def told(authors: Authors, learnt: int, score: Callable[[Odds], float], together: int) -> dict[str, float]:
    """The AUC of each author who has posts to learn from and some to hold out; of the mean of so many posts together."""
    background = _background()
    found = {}
    for name, posts in authors.items():
        held_out = posts[learnt:][-_HELD_OUT:]
        if len(held_out) < _FEWEST_HELD_OUT:
            continue
        profile = Profile.of(posts[:learnt], background)
        own = _means([score(profile.odds(post)) for post in held_out], together)
        rest = [each[-_OTHERS:] for other, each in authors.items() if other != name]
        found[name] = auc(
            own, [one for each in rest for one in _means([score(profile.odds(p)) for p in each], together)]
        )
    return found


def _means(numbers: Sequence[float], together: int) -> list[float]:
    return [statistics.mean(numbers[at : at + together]) for at in range(0, len(numbers) - together + 1, together)]


def _background() -> Background:
    background = background_of("en")
    assert background is not None
    return background


def interval(found: Sequence[float]) -> tuple[float, float]:
    """Where the mean lies for 95 of 100 draws of as many authors."""
    draw = random.Random(1)
    means = sorted(statistics.mean(draw.choices(found, k=len(found))) for _ in range(2000))
    return means[50], means[-51]


def fitted(authors: Authors) -> tuple[float, dict[str, float]]:
    """Offset and weights that tell the authors' own posts from others' best, by logistic regression.

    The background of each author is made of the others, and each was learnt from 10, 30 and 100 posts.
    """
    rows: list[tuple[list[float], int, float]] = []
    for name, posts in authors.items():
        rest = {other: each for other, each in authors.items() if other != name}
        background = parse_background(background_toml(rest, "en"))
        for learnt in LEARNT:
            if len(posts) < learnt + _FEWEST_HELD_OUT:
                continue
            profile = Profile.of(posts[:learnt], background)
            own = [profile.odds(post) for post in posts[learnt:][-_HELD_OUT:]]
            others = [profile.odds(post) for each in rest.values() for post in each[-20:]]
            rows += [(_row(one), 1, 1 / len(own)) for one in own] + [(_row(one), 0, 1 / len(others)) for one in others]
    weights = [0.0] * (len(scoring.WEIGHTS) + 1)
    for _ in range(3000):
        slopes = [0.0] * len(weights)
        for row, is_own, counts in rows:
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(w * x for w, x in zip(weights, row, strict=True))))))
            for at, x in enumerate(row):
                slopes[at] += counts * (is_own - likely) * x
        weights = [w + 0.002 * slope for w, slope in zip(weights, slopes, strict=True)]
    return weights[0], dict(zip(scoring.WEIGHTS, weights[1:], strict=True))


def _row(odds: Odds) -> list[float]:
    return [1.0, *(getattr(odds, name) for name in scoring.WEIGHTS)]


def main(arguments: Sequence[str]) -> int:
    """Prints what was asked for; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--background", metavar="LANGUAGE")
    asked = parser.parse_args(arguments)
    authors = authors_in(asked.folder)
    if asked.background:
        print(background_toml(authors, asked.background), end="")
    elif asked.fit:
        offset, weights = fitted(authors)
        print(f"OFFSET = {offset:.2f}", {name: round(weight, 2) for name, weight in weights.items()})
    else:
        report(authors)
    return 0


def report(authors: Authors) -> None:
    """Lines for each number of posts learnt from: of one post, of a draft, and of each habit alone."""
    background = _background()
    print(f"{len(authors)} authors; background: {background.authors} others, {background.posts} posts")
    for learnt in LEARNT:
        for together in (1, _DRAFT):
            found = told(authors, learnt, lambda odds: odds.likeness, together)
            low, high = interval(list(found.values()))
            mean = statistics.mean(found.values())
            print(
                f"learnt from {learnt}, {together} together: AUC {mean:.2f} ({low:.2f} to {high:.2f}), {len(found)} authors"
            )
            print("   " + ", ".join(f"{name} {one:.2f}" for name, one in found.items()))
        for name in scoring.WEIGHTS:
            alone = told(authors, learnt, partial(_habit, name), 1)
            print(f"   {name} alone: {statistics.mean(alone.values()):.2f}")


def _habit(name: str, odds: Odds) -> float:
    value: float = getattr(odds, name)
    return value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
