"""What was off the record and stands in a draft all the same. Findings say where, and never which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.checks.findings import Finding, error, warning
from contentkit.forbidden import Forbidden, Leak
from contentkit.models import Draft, Post


def check_leaks(post: Post, forbidden: Forbidden) -> Iterator[Finding]:
    """CK303 and CK304. The findings hold the words for waivers to name; ``silenced`` takes them out."""
    yield from _leaks("text", post.text, forbidden)
    for media in post.media:
        yield from (replace(found, at=0) for found in _leaks(f"alt text of {media.path}", media.alt, forbidden))


def check_leaks_of_warning(draft: Draft, forbidden: Forbidden) -> Iterator[Finding]:
    """The same for the content warning, which is published too."""
    yield from (replace(found, at=0) for found in _leaks("content warning", draft.warning, forbidden))


def silenced(finding: Finding) -> Finding:
    """The finding without its words, where they are off the record: it is printed, and it may be logged."""
    return replace(finding, words="") if finding.check in ("CK303", "CK304") else finding


def not_comparable(source: str) -> Finding:
    """CK305: of this copy the raw file is not here. An approval waits until somebody has waived it by name."""
    return warning(
        "CK305",
        f"what was off the record in the original of {source} cannot be compared: its raw file is not on this machine",
        words=source,
        remedy="ingest the raw file here; or compare, and waive it below the first post",
        holds=True,
    )


def _leaks(where: str, text: str, forbidden: Forbidden) -> Iterator[Finding]:
    for leak in forbidden.leaks_in(text):
        if leak.kind == "words":
            yield error(
                "CK303",
                f"the {where} repeats words that were said off the record: {_position(text, leak)}",
                at=leak.start,
                remedy="take them out, or ask the speaker to say them on the record",
            )
        else:
            yield error(
                "CK304",
                f"the {where} has a {leak.kind} that was said off the record only: {_position(text, leak)}",
                words=text[leak.start : leak.end],
                at=leak.start,
                remedy="take it out; or cite who said it on the record, or waive it by name",
            )


def _position(text: str, leak: Leak) -> str:
    """Which words of their line they are, for who must find them without being told."""
    before = text[text.rfind("\n", 0, leak.start) + 1 : leak.start]
    first = len(before.split()) + (not before or before[-1].isspace())
    last = first + len(text[leak.start : leak.end].split()) - 1
    return f"word {first} of the line" if first == last else f"words {first} to {last} from the beginning of the line"
