"""Marks of what is off the record in what is known of a page beside its words: they may end there, and nowhere else."""

from __future__ import annotations

from dataclasses import fields

from contentkit.errors import ContentError
from contentkit.sources.redaction import redacted
from contentkit.sources.redaction.phrases import MENTION
from contentkit.sources.web_pages.facts import Facts
from contentkit.words.lookalikes import folded

_BELOW = "Words of the article."
_NAMES = {"image_alt": "its picture's alt text", "tags": "one of its tags"}


def refuse_open_marks(facts: Facts, name: str) -> None:
    """Raises ContentError where a title, an author, … opens a mark and does not close it, or the other way round.

    In the front matter of the copy it would take the whole article with it, and nobody would know why.
    """
    for field in fields(facts):
        value = getattr(facts, field.name)
        for text in (value,) if isinstance(value, str) else value:
            if MENTION.search(folded(text)[0]) and not _ends(text, name):
                what = _NAMES.get(field.name, f"its {field.name}")
                raise ContentError(
                    f"{name}: {what} holds a mark of what is off the record that is not closed there",
                    hint="mend it in the page's head (title, meta), or copy the words from the page; nothing was read",
                )


def _ends(text: str, name: str) -> bool:
    try:
        # As the front matter has it: what stands alone on a line would be a mark of another kind.
        return _BELOW in redacted([f'title: "{text}"', "", _BELOW], name).lines
    except ContentError:
        return False
