"""Markdown and plain text: notes, posts of site generators, and transcripts whose turns begin with ``Name:``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.models import Passage, PassageKind
from contentkit.sources.answered import answered
from contentkit.sources.dressing import undressed
from contentkit.sources.formats import Body
from contentkit.sources.front_matter import FrontMatter
from contentkit.sources.kinds import kind_of
from contentkit.sources.labels import speak_by_initials, speakers_among
from contentkit.sources.manuscript import Span
from contentkit.sources.markdown import passages_of, passages_of_note
from contentkit.sources.proposers import without_proposers
from contentkit.sources.transcript import turns_of


class _Plain:
    name = "text"

    def recognises(self, lines: Sequence[str], name: str) -> bool:  # noqa: ARG002 - every text
        return True

    def furniture(self, lines: Sequence[str]) -> Sequence[Span]:  # noqa: ARG002 - it has none
        return ()

    def body(self, lines: Sequence[str], front: FrontMatter, name: str) -> Body:
        undone = undressed(front.body_of(lines))
        speakers = speakers_among(undone.lines)
        if front.text("kind").lower() != "transcript" and speak_by_initials(undone.lines, speakers):
            speakers = frozenset()
        kind = kind_of(front, speakers, name)
        if kind == "transcript":
            passages = turns_of(undone.lines, speakers)
        else:
            passages = passages_of(undone.lines) if kind == "post" else passages_of_note(undone.lines)
            interview = [] if front.text("kind") else answered(passages, undone.lines, front)
            kind, passages = ("transcript", interview) if interview else (kind, passages)
            passages = list(without_proposers(passages)) if kind == "note" else passages
        together = sorted([*undone.passages, *passages], key=lambda passage: passage.first)
        return kind, [as_aside(passage) if passage.first in undone.asides else passage for passage in together]


def as_aside(passage: Passage) -> Passage:
    """A passage of a call-out: its prose is an admonition; quotations, code, pictures and turns stay what they are."""
    kind: PassageKind = "admonition" if passage.kind in ("paragraph", "item") else passage.kind
    return replace(passage, kind=kind, aside=True)


PLAIN = _Plain()
