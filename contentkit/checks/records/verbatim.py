"""Sentences of a post that stand word for word in its sources, but not in what it cites: they only lack their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from contentkit.checks.grounds import sentences_of
from contentkit.models import Evidence, Passage, Post, Source
from contentkit.values import dataclass
from contentkit.words.placed_words import CitedText, Wording
from contentkit.words.shared_words import meant
from contentkit.words.shingles import Words, words_of

# What is shorter, or has fewer words that carry meaning, anybody may say by chance.
FEWEST_WORDS, _FEWEST_MEANT = 5, 2


@dataclass(frozen=True, kw_only=True)
class Verbatim:
    """A sentence of a post from ``start`` to ``end``, and the one place in the sources where it stands word for word."""

    start: int
    end: int
    evidence: Evidence


@dataclass(frozen=True)
class Searched:
    """The sources of a draft by their paths; all that they say is read when a sentence is looked for, and once."""

    sources: Mapping[str, Wording]

    @classmethod
    def of(cls, sources: Mapping[str, Source], veil: Callable[[str], str] = str) -> Searched:
        return cls({path: Wording(source, veil) for path, source in sources.items()})

    @cached_property
    def runs(self) -> list[tuple[Wording, Passage, str]]:
        """Each passage with its words in a row."""
        return [
            (wording, passage, _run(wording.words(passage)))
            for wording in self.sources.values()
            for passage in wording.texts(1, len(wording.source.lines))
        ]

    def cited(self, post: Post) -> list[CitedText]:
        """What a post cites, as far as it is there."""
        known = (one for one in post.evidence if one.source in self.sources)
        return [said for one in known for said in self.sources[one.source].cited(one)]


def verbatim_elsewhere(post: Post, searched: Searched) -> list[Verbatim]:
    """The sentences that the post's evidence does not have and that stand in one place of the sources."""
    cited = [_run(said.words) for said in searched.cited(post)]
    found = []
    for start, end, run in _sentences(post):
        if any(run in said for said in cited):
            continue
        places = list(islice(_places(run, searched), 2))
        if len(places) == 1:
            found.append(Verbatim(start=start, end=end, evidence=places[0]))
    return found


def _sentences(post: Post) -> Iterator[tuple[int, int, str]]:
    for sentence in sentences_of(post):
        words = words_of(sentence.text)
        if len(words.plain) >= FEWEST_WORDS and sum(meant(words)) >= _FEWEST_MEANT:
            yield sentence.at, sentence.at + len(sentence.text), _run(words)


def _run(words: Words) -> str:
    return f" {' '.join(words.plain)} "


def _places(run: str, searched: Searched) -> Iterator[Evidence]:
    """Where a run of words stands, a passage each; twice in one passage is two places."""
    for wording, passage, said in searched.runs:
        at = said.find(run)
        while at >= 0:
            first = said.count(" ", 0, at)
            evidence = wording.part(passage, first, first + run.count(" ") - 2)
            if evidence is None:
                break
            yield evidence
            at = said.find(run, at + 1)
