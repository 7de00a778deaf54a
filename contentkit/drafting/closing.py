"""The last post of a thread: where the whole is to be read, with the author's own tags."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contentkit.drafting.candidates import Fits
from contentkit.drafting.hooks import front_matter_lines
from contentkit.drafting.lines import evidence_of, find_lines
from contentkit.drafting.rules import Rules
from contentkit.models import Post, Source

_MOST_TAGS = 2


def closing_post(source: Source, link: str, rules: Rules, fits: Fits) -> Post | None:
    """``Full post: TITLE``, the link, and at most two tags; None without a link.

    The title goes when it does not fit, then the tags.
    """
    if not link:
        return None
    label = rules.labels[source.kind]
    head = f"{label}: {source.title}\n{link}" if source.title else f"{label}:\n{link}"
    if not fits(head):
        head = f"{label}:\n{link}"
    tags = " ".join(hashtag for tag in source.tags if (hashtag := hashtag_of(tag)))
    for count in range(_MOST_TAGS, 0, -1):
        some = " ".join(tags.split()[:count])
        if some and fits(f"{head}\n\n{some}"):
            return Post(text=f"{head}\n\n{some}", evidence=evidence_of(source, _lines(source, link)))
    return Post(text=head, evidence=evidence_of(source, _lines(source, link))) if fits(head) else None


def hashtag_of(tag: str) -> str:
    """``tech notes`` as ``#TechNotes``; empty for what makes no tag. Acronyms and inner capitals stay."""
    words: Sequence[str] = re.findall(r"\w+", tag)
    name = "".join(word[0].upper() + word[1:] for word in words)
    return f"#{name}" if len(name) > 1 and not name.isdigit() else ""


def _lines(source: Source, link: str) -> list[tuple[int, int]]:
    """The lines of the title and of the link, where the source says them."""
    found = front_matter_lines(source, source.title) or find_lines(
        source.lines, source.title, 1, min(40, len(source.lines))
    )
    lines = [found] if found else []
    return lines + [(row, row) for row, line in enumerate(source.lines[:40], start=1) if link in line][:1]
