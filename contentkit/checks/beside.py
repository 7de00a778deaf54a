"""Each post of a draft beside what it rests on: what a person reads to see whether somebody said it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from contentkit.checks.anchors import State, anchor_of, where_it_is
from contentkit.checks.verbatim import Verbatim, verbatim_elsewhere
from contentkit.models import Draft, Evidence, Post, Problem, Source
from contentkit.placed_words import CitedText, cited_texts
from contentkit.shared_words import Span, shared, unshared

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
    """The posts of the draft, in order. ``veil`` takes out of a text what nobody may repeat; passages have nothing of it."""
    told = []
    for index, post in enumerate(draft.posts):
        mine = (one for one in problems if one.post == index and one.check != _VERBATIM)
        found = [one for one in mine if one.check.startswith(_OF_SUPPORT)]
        told.append(beside_of(index, post, sources, found, veil=veil))
    return told


def beside_of(
    index: int,
    post: Post,
    sources: Mapping[str, Source],
    problems: Sequence[Problem] = (),
    *,
    veil: Callable[[str], str] = str,
) -> Beside:
    """The post of this index beside what it rests on."""
    cited = tuple(cited_of(one, post, sources.get(one.source), veil) for one in post.evidence)
    said = [one.text for each in cited for one in each.said]
    return Beside(
        number=index + 1,
        line=post.line,
        text=post.text,
        cited=cited,
        alone=tuple(unshared(post.text, said)) if said else (),
        verbatim=tuple(verbatim_elsewhere(where_it_is(post, sources), sources)),
        found=tuple(problems),
    )


def cited_of(evidence: Evidence, post: Post, source: Source | None, veil: Callable[[str], str] = str) -> Cited:
    """One piece of evidence, with what stands there."""
    anchor = anchor_of(evidence, source)
    place = anchor.now or evidence
    texts = cited_texts(source, place, veil) if source and anchor.state != "gone" else []
    said = tuple(_said(one, post) for one in texts)
    return Cited(evidence=evidence, state=anchor.state, now=anchor.now, several=anchor.several, said=said)


def _said(cited: CitedText, post: Post) -> Said:
    spans = tuple(shared(cited.text, [post.text]))
    return Said(speaker=cited.speaker, text=cited.text, shared=spans, opens=cited.opens, closes=cited.closes)
