"""A drafter that never sees a confidential name, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contentkit.confidential import Confidential
from contentkit.drafting import Brief, Drafter
from contentkit.models import Draft, Evidence, Source


@dataclass(frozen=True)
class Veiled:
    """Gives a drafter the source with placeholders in its lines, too, and its evidence the hashes of the true lines."""

    drafter: Drafter
    confidential: Confidential

    def draft(self, source: Source, brief: Brief) -> Draft:
        """As the drafter does. A slug that holds a name becomes ``draft``: it names a file that comes into git."""
        draft = self.drafter.draft(self.confidential.wholly_veiled(source), brief)

        def true(evidence: Evidence) -> Evidence:
            return source.evidence(evidence.first, evidence.last) if evidence.source == source.path else evidence

        posts = [replace(post, evidence=tuple(map(true, post.evidence))) for post in draft.posts]
        slug = "draft" if self.confidential.is_named_in(draft.slug) else draft.slug
        return replace(draft, posts=tuple(posts), slug=slug)
