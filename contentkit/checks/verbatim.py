"""Sentences of a post that stand word for word in its sources, but not in what it cites: they only lack their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from contentkit.checks.grounds import sentences_of
from contentkit.models import Evidence, Post, Source
from contentkit.placed_words import PlacedText, cited_texts, part_of, placed_texts, words_of
from contentkit.shared_words import meant
from contentkit.shingles import Words

# What is shorter, or has fewer words that carry meaning, anybody may say by chance.
FEWEST_WORDS, _FEWEST_MEANT = 5, 2


@dataclass(frozen=True, kw_only=True)
class Verbatim:
    """A sentence of a post from ``start`` to ``end``, and the one place in the sources where it stands word for word."""

    start: int
    end: int
    evidence: Evidence


def verbatim_elsewhere(post: Post, sources: Mapping[str, Source]) -> list[Verbatim]:
    """The sentences that the post's evidence does not have and that stand in one place of the sources."""
    known = [one for one in post.evidence if one.source in sources]
    cited = [_run(words_of(one.text)) for each in known for one in cited_texts(sources[each.source], each)]
    left = [(start, end, run) for start, end, run in _sentences(post) if not any(run in said for said in cited)]
    if not left:
        return []
    texts = [(source, placed, _run(placed.words)) for source in sources.values() for placed in _all_of(source)]
    found = []
    for start, end, run in left:
        places = list(islice(_places(run, texts), 2))
        if len(places) == 1:
            found.append(Verbatim(start=start, end=end, evidence=places[0]))
    return found


def _sentences(post: Post) -> Iterator[tuple[int, int, str]]:
    for sentence in sentences_of(post):
        words = words_of(sentence.text)
        if len(words.plain) >= FEWEST_WORDS and sum(meant(words)) >= _FEWEST_MEANT:
            yield sentence.at, sentence.at + len(sentence.text), _run(words)


def _all_of(source: Source) -> Iterator[PlacedText]:
    return placed_texts(source, 1, len(source.lines))


def _run(words: Words) -> str:
    return f" {' '.join(words.plain)} "


def _places(run: str, texts: Sequence[tuple[Source, PlacedText, str]]) -> Iterator[Evidence]:
    """Where a run of words stands, a passage each; twice in one passage is two places."""
    for source, placed, said in texts:
        at = said.find(run)
        while at >= 0:
            first = said.count(" ", 0, at)
            if evidence := part_of(source, placed, first, first + run.count(" ") - 2):
                yield evidence
            at = said.find(run, at + 1)
