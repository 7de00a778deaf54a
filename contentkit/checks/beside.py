"""Each post of a draft beside what it rests on: what a person reads to see whether somebody said it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from contentkit.checks.anchors import Anchor, State, anchor_of
from contentkit.checks.facts.same_figures import figures_in, joined, same_figures, without
from contentkit.checks.records.verbatim import Searched, Verbatim, verbatim_elsewhere
from contentkit.models import Draft, Evidence, Post, Problem, Source
from contentkit.values import dataclass
from contentkit.words.placed_words import CitedText
from contentkit.words.shared_words import Span, Vocabulary, shared, unshared
from contentkit.words.shingles import words_of

# What the checks say of the support of a post; how it is written is another matter.
_OF_SUPPORT = ("CK1", "CK2")
# That a sentence stands elsewhere is told with its place, and not once more as a finding.
_VERBATIM = "CK106"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What evidence points at in one passage: who said it, the words, and where in them the post says the same."""

    speaker: str
    text: str
    shared: tuple[Span, ...]
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True, kw_only=True)
class Cited:
    """One piece of evidence of a post, what became of it, and what stands there now.

    ``now`` is where the words moved to; ``several`` that they stand in more than one place now. Of words that moved,
    ``said`` is what stands where they are.
    """

    evidence: Evidence
    state: State
    now: Evidence | None = None
    several: bool = False
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A post beside what it rests on; ``number`` counts from 1, ``line`` is the draft's.

    ``alone`` is where it has words that carry meaning and that stand in nothing it cites, ``verbatim`` what of it stands word for
    word elsewhere in the sources, ``found`` what the checks say of its support.
    """

    number: int
    line: int
    text: str
    cited: tuple[Cited, ...]
    alone: tuple[Span, ...] = ()
    verbatim: tuple[Verbatim, ...] = ()
    found: tuple[Problem, ...] = ()


def beside(
    draft: Draft,
    sources: Mapping[str, Source],
    problems: Collection[Problem] = (),
    *,
    veil: Callable[[str], str] = str,
) -> list[Beside]:
    """The posts of the draft, in order. ``veil`` takes out of a line what nobody may repeat; passages have nothing of it."""
    searched = Searched.of(sources, veil)

    @cache
    def anchor(evidence: Evidence) -> Anchor:
        return anchor_of(evidence, sources.get(evidence.source))

    told = []
    for index, post in enumerate(draft.posts):
        mine = (one for one in problems if one.post == index and one.check != _VERBATIM)
        found = tuple(one for one in mine if one.check.startswith(_OF_SUPPORT))
        anchors = [anchor(one) for one in post.evidence]
        told.append(replace(_beside(post, anchors, searched, draft.language), number=index + 1, found=found))
    return told


def _beside(post: Post, anchors: Sequence[Anchor], searched: Searched, language: str) -> Beside:
    """The post beside what it rests on; its number and its findings are for the caller to add."""
    words = words_of(post.text)
    texts = [_texts(one, searched) for one in anchors]
    told = [one for each in texts for one in each]
    vocabulary, figures = Vocabulary.of([words]), figures_in([post.text], language)

    def cited(anchor: Anchor, said: Sequence[CitedText]) -> Cited:
        return Cited(
            evidence=anchor.evidence,
            state=anchor.state,
            now=anchor.now,
            several=anchor.several,
            said=tuple(_said(one, vocabulary, same_figures(one.text, figures, language)) for one in said),
        )

    alone = unshared(post.text, words, Vocabulary.of(one.words for one in told)) if told else []
    known = same_figures(post.text, figures_in((one.text for one in told), language), language) if figures else []
    where = replace(post, evidence=tuple(one.now or one.evidence for one in anchors))
    return Beside(
        number=0,
        line=post.line,
        text=post.text,
        cited=tuple(map(cited, anchors, texts)),
        alone=tuple(without(post.text, alone, known)),
        verbatim=tuple(verbatim_elsewhere(where, searched)),
    )


def _texts(anchor: Anchor, searched: Searched) -> list[CitedText]:
    """What stands there now."""
    place = anchor.now or anchor.evidence
    return searched.sources[place.source].cited(place) if anchor.state != "gone" else []


def _said(cited: CitedText, post: Vocabulary, figures: Sequence[Span]) -> Said:
    spans = joined(shared(cited.text, cited.words, post), figures)
    return Said(speaker=cited.speaker, text=cited.text, shared=tuple(spans), opens=cited.opens, closes=cited.closes)
