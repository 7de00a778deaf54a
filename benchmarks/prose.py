"""English prose of any length, as people wrote it: the paragraphs of this project's own pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from benchmarks.rounds import REPOSITORY

# A block of Markdown that is no paragraph: a heading, a table, a list, code, a comment or a quotation.
_NO_PARAGRAPH = re.compile(r"[#|`<>*]|-|\d+\.|    ")
# The pages tell how to mark what is off the record; in a source that is a mark, and cuts off whatever follows.
_MARK = re.compile(r"\brecord\b|\botr\b|\boff_record\b", re.I)
_HEADING_EACH = 8
_FENCE = re.compile(r"^```.*?^```", re.S | re.M)


def post(words: int) -> str:
    """A blog post in Markdown of about so many words, with a heading over every few paragraphs."""
    blocks = ["# What we learnt this year"]
    for number, paragraph in enumerate(_up_to(words)):
        if number % _HEADING_EACH == _HEADING_EACH - 1:
            blocks.append(f"## Chapter {number // _HEADING_EACH + 1}")
        blocks.append(paragraph)
    return "\n\n".join(blocks) + "\n"


def interview(words: int) -> str:
    """A transcript of about so many words, in which Ana Ruiz asks and Bo Lind answers at length."""
    turns = []
    for number, paragraph in enumerate(_up_to(words)):
        said = " ".join(paragraph.split())
        turns.append(f"{'Ana Ruiz' if number % 5 == 0 else 'Bo Lind'}: {said}")
    return "\n\n".join(turns) + "\n"


def _up_to(words: int) -> Iterator[str]:
    left = words
    for paragraph in cycle(list(_paragraphs())):
        yield " ".join(paragraph.split()[:left]) if len(paragraph.split()) > left else paragraph
        left -= len(paragraph.split())
        if left <= 0:
            return


def _paragraphs() -> Iterator[str]:
    for path in sorted((REPOSITORY / "docs/how-to").glob("*.md")):
        for block in _FENCE.sub("", path.read_text("utf-8")).split("\n\n"):
            if block.strip() and not _NO_PARAGRAPH.match(block.lstrip("\n")) and not _MARK.search(block):
                yield block.strip()
