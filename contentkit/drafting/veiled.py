"""A drafter that never sees a confidential name, whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, cast

from contentkit.confidential import Confidential
from contentkit.drafting import Brief, Drafter, DraftsSeveral, Redrafts, TellsStories
from contentkit.models import Alternative, Draft, Evidence, Post, Source
from contentkit.values import dataclass

_Cited = TypeVar("_Cited", Post, Alternative)


@dataclass(frozen=True)
class Veiled:
    """Gives a drafter the source with placeholders in its lines, too, and its evidence the hashes of the true lines.

    What else it can do depends on the drafter: ``loading.stories_of`` and ``redrafts_of`` tell.
    """

    drafter: Drafter
    confidential: Confidential

    def draft(self, source: Source, brief: Brief) -> Draft:
        """As the drafter does. A slug that holds a name becomes ``draft``: it names a file that comes into git."""
        return self._true(self.drafter.draft(self.confidential.wholly_veiled(source), brief), source)

    def stories(self, source: Source, brief: Brief, number: int) -> Sequence[Draft]:
        """As the drafter does; slugs as in ``draft``."""
        told = cast("TellsStories", self.drafter).stories(self.confidential.wholly_veiled(source), brief, number)
        return [self._true(draft, source) for draft in told]

    def several(self, sources: Sequence[Source], brief: Brief) -> Draft:
        """As the drafter's ``draft_several``."""
        drafter = cast("DraftsSeveral", self.drafter)
        draft = drafter.draft_several([self.confidential.wholly_veiled(source) for source in sources], brief)
        for source in sources:
            draft = self._true(draft, source)
        return draft

    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> Sequence[Alternative]:
        """As the drafter does, which is not told a name that stands in the post either."""
        veiled = Post(text=self.confidential.veil(post.text), evidence=post.evidence)
        offered = cast("Redrafts", self.drafter).alternatives(
            self.confidential.wholly_veiled(source), brief, veiled, number
        )
        return [_cited_truly(one, source) for one in offered]

    def _true(self, draft: Draft, source: Source) -> Draft:
        posts = [
            replace(
                _cited_truly(post, source),
                alternatives=tuple(_cited_truly(other, source) for other in post.alternatives),
            )
            for post in draft.posts
        ]
        slug = "draft" if self.confidential.is_named_in(draft.slug) else draft.slug
        return replace(draft, posts=tuple(posts), slug=slug)


def _cited_truly(cited: _Cited, source: Source) -> _Cited:
    """The same with the hashes of the source's own lines."""

    def true(evidence: Evidence) -> Evidence:
        return source.evidence(evidence.first, evidence.last) if evidence.source == source.path else evidence

    return replace(cited, evidence=tuple(map(true, cited.evidence)))
