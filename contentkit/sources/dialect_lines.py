"""Lines that dialects of Markdown read otherwise than CommonMark does: as CommonMark writes them, or as no text at all."""

from __future__ import annotations

from collections.abc import Sequence, Set

from contentkit.patterns import regex

_BULLET = regex(r"^([ \t]*)[•◦▪‣●∙·][ \t]+")
# A heading as older parsers read it; with one mark it would be a tag.
_TIGHT_HEADING = regex(r"^(#{2,6})(?=[^\W\d_])")
# What is defined (PHP Markdown, Pandoc), and Pandoc's captions of tables.
_DEFINED = regex(r"^ {0,3}:[ \t]+(?=\S)")
_NO_TEXT = regex(
    # Where a table of contents, a page or a block begins; HackMD's tags; what an abbreviation stands for.
    r"[ \t]*(?:\[\[?_?[Tt][Oo][Cc]_?\]\]?|\\(?:newpage|pagebreak|clearpage|tableofcontents)|\+\+\+(?:[ \t]+\{.*\})?"
    r"|#{5,6}[ \t]+tags:.*|\*\[[^\[\]]{1,60}\]:[ \t].*)[ \t]*"
)
_TABLE_OF_CONTENTS = "{:toc}"
# The comments that Google Docs exports at the foot of a text: [a]Is this so?
_COMMENT = regex(r"\[([a-z]{1,2})\](?=[^\s(\[:])")


def as_commonmark(lines: Sequence[str], code: Set[int]) -> list[str]:
    """These lines, as many as before; those with the indexes in ``code`` stay as they are."""
    plain = [line if index in code else _as_commonmark(line) for index, line in enumerate(lines)]
    for index, line in enumerate(lines[1:]):
        if line.strip() == _TABLE_OF_CONTENTS and index not in code:
            plain[index] = ""
    _as_footnotes(plain, _comments(plain))
    return plain


def _as_commonmark(line: str) -> str:
    lead = line.lstrip()[:1]
    if lead.isalnum() or not lead:
        return line
    if _NO_TEXT.fullmatch(line):
        return ""
    return _DEFINED.sub("- ", _TIGHT_HEADING.sub(r"\1 ", _BULLET.sub(r"\1- ", line)))


def _comments(lines: Sequence[str]) -> list[int]:
    """The indexes of the lines that begin a comment in the last paragraph, where that begins with the first one."""
    last = next((index for index in range(len(lines), 0, -1) if lines[index - 1].strip()), 0)
    first = last
    while first and lines[first - 1].strip():
        first -= 1
    if first == last or not lines[first].startswith("[a]"):
        return []
    found = [index for index in range(first, last) if _COMMENT.match(lines[index])]
    letters = [lines[index].partition("]")[0] for index in found]
    return found if found[:1] == [first] and len(set(letters)) == len(letters) else []


def _as_footnotes(lines: list[str], comments: Sequence[int]) -> None:
    """Makes these lines footnotes, and the letters in brackets in the text above the marks of them."""
    if not comments or not any("[a]" in line for line in lines[: comments[0]]):
        return
    letters = [lines[row][1 : lines[row].index("]")] for row in comments]
    for row, letter in zip(comments, letters, strict=True):
        lines[row] = f"[^{letter}]: {lines[row][len(letter) + 2 :]}"
    marks = regex(rf"\[({'|'.join(letters)})\](?![(\[:])")
    for row in range(comments[0]):
        lines[row] = marks.sub(r"[^\1]", lines[row]) if "[" in lines[row] else lines[row]
