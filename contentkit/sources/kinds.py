"""Whether a source is a post, a transcript or a note."""

from __future__ import annotations

from collections.abc import Set

from contentkit.errors import ContentError
from contentkit.models import SourceKind
from contentkit.sources.front_matter import FrontMatter

_OF_A_POST = (
    "title",
    "layout",
    "description",
    "excerpt",
    "summary",
    "canonical",
    "canonical_url",
    "canonicalurl",
    "permalink",
    "url",
    "slug",
    "categories",
    "format",
)
_KINDS: dict[str, SourceKind] = {"post": "post", "note": "note", "transcript": "transcript"}


def kind_of(front: FrontMatter, speakers: Set[str], name: str) -> SourceKind:
    """The kind that the front matter names; else a transcript where people speak, a post where a site's front matter is, a note.

    Raises ContentError for a transcript in which nobody speaks.
    """
    named = _KINDS.get(front.text("kind").lower())
    if named == "transcript" and not speakers:
        raise ContentError(
            f"{name}: says it is a transcript, but no line starts with a speaker", hint="start each turn with 'Name:'"
        )
    if named:
        return named
    if speakers:
        return "transcript"
    return "post" if any(front.text(key) for key in _OF_A_POST) else "note"
