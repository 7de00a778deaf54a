"""The last post of a thread: where the whole is to be read, with the author's own tags."""

from __future__ import annotations

import re

from contentkit.confidential import is_veiled
from contentkit.drafting.reading.lines import evidence_of, find_lines
from contentkit.drafting.reading.typeset import without_marks
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.candidates import Fits
from contentkit.drafting.spans.hooks import front_matter_lines
from contentkit.models import Post, Source
from contentkit.patterns import regex

_MOST_TAGS = 2
# "v2.4.0", "2.4", "v3", "2.0.0-rc.1": what a release is tagged with in git; "3D" and "100DaysOfCode" are tags.
_VERSION = regex(r"(?:v(?:ersion)?[ .]?\d+|\d+[._]\d+)(?:[._+-]?\w+)*", re.I)
# Where a source says its title and its address: among so many first lines.
_TOP = 40


def closing_post(source: Source, link: str, rules: Rules, fits: Fits) -> Post | None:
    """``Full post: TITLE``, the link, and at most two tags; None without a link. In a language that we do not know, no label.

    What does not fit is left out: first the tags, then the title, then all of it.
    """
    if not link:
        return None
    label = rules.labels[source.kind]
    # "4.0.0" alone says nothing of what was released.
    title = without_marks(source.title) if any(map(str.isalpha, source.title)) else ""
    alone = f"{label}:\n{link}" if label else link
    titled = f"{': '.join(filter(None, (label, title)))}\n{link}" if title and not is_veiled(title) else alone
    tags = [hashtag for tag in source.tags if (hashtag := hashtag_of(tag))][:_MOST_TAGS]
    tagged = [f"{titled}\n\n{' '.join(tags[:count])}" for count in range(len(tags), 0, -1)]
    text = next((text for text in (*tagged, titled, alone) if fits(text)), "")
    return Post(text=text, evidence=evidence_of(source, _lines(source, link))) if text else None


def hashtag_of(tag: str) -> str:
    """``tech notes`` as ``#TechNotes``; empty for what makes no tag, as a version. Acronyms and inner capitals stay."""
    if _VERSION.fullmatch(tag.strip()):
        return ""
    words = re.findall(r"\w+", tag)
    name = "".join(word[0].upper() + word[1:] for word in words)
    return f"#{name}" if len(name) > 1 and not name.isdigit() else ""


def _lines(source: Source, link: str) -> list[tuple[int, int]]:
    """The lines of the title and of the link, where the source says them."""
    last = min(_TOP, len(source.lines))
    title = front_matter_lines(source, source.title) or find_lines(source.lines, source.title, 1, last)
    links = [(row, row) for row, line in enumerate(source.lines[:last], start=1) if link in line]
    return ([title] if title else []) + links[:1]
