"""Notebooks of Jupyter, as they are published: the prose of their Markdown cells, and the captions of their figures.

Code and what it printed are no prose. Pictures lie in the notebook itself; of them the words remain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.documents.phrases import Run, lines_of
from contentkit.sources.documents.unread_marks import refuse_unread_marks, switches_in
from contentkit.sources.manuscript import Manuscript

_LARGEST = 24 * 1024 * 1024
_MARKDOWN = frozenset(("", "markdown", "text/markdown", "md"))
_OPTION = regex(r"^#\|[ \t]{0,8}(?P<key>(?:fig|tbl)-(?:cap|alt|subcap))[ \t]{0,4}:[ \t]{0,8}(?P<words>\S.*)$")
_ATTACHED = regex(r"(?<=\]\()attachment:[^()\s]{0,300}(?=\))")
_FENCE = regex(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_COMMENT = regex(r"(?:#|//|--|%)[^\n]*")
_NOTEBOOK = regex(rb"\s*\{")

Cell = Mapping[str, Any]


class _Notebook:
    name = "notebook"

    def recognises(self, data: bytes, name: str) -> bool:
        if not _NOTEBOOK.match(data[:100].removeprefix(b"\xef\xbb\xbf")):
            return False
        return name.lower().endswith(".ipynb") or (b'"nbformat"' in data and b'"cell_type"' in data)

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        notebook = _parsed(data, name)
        cells = list(_cells(notebook, name))
        refuse_unread_marks(_unread(notebook, cells), name)
        lines = [line for cell in cells for line in (*_said(cell), "")]
        if not any(line.strip() for line in lines):
            raise ContentError(f"{name}: says nothing", hint="its Markdown cells are empty; code is not drafted from")
        first = next(line for line in lines if line.strip())
        if first.rstrip() != "---":
            lines = [*_front_matter(notebook.get("metadata")), *lines]
        try:
            "\n".join(lines).encode()
        except UnicodeEncodeError:
            raise _broken(name) from None
        return Manuscript(lines=tuple(lines), converted=True)


NOTEBOOK = _Notebook()


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > _LARGEST:
        raise ContentError(
            f"{name}: larger than 24 MiB", hint="clear its outputs (Edit, Clear All Outputs), and save it"
        )
    try:
        notebook = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _broken(name) from None
    if not isinstance(notebook, dict):
        raise _broken(name)
    return notebook


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no key says two things."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(constant: str) -> float:
    raise ValueError(constant)


def _broken(name: str) -> ContentError:
    return ContentError(f"{name}: is broken, or no notebook", hint="open it in Jupyter, and save it once more")


def _cells(notebook: dict[str, Any], name: str) -> Iterator[Cell]:
    """The cells of version 4, or of version 3, which has them on worksheets."""
    sheets = notebook.get("worksheets")
    holders = sheets if isinstance(sheets, list) and "cells" not in notebook else [notebook]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
            raise _broken(name)
        yield from cells


def _said(cell: Cell) -> Iterator[str]:
    """What a cell says, as Markdown."""
    kind = cell.get("cell_type")
    if kind == "markdown" or (kind == "raw" and _is_markdown(cell)):
        yield from _closed(_ATTACHED.sub("", _text(cell.get("source"))).split("\n"))
    elif kind == "heading":
        level = cell.get("level")
        yield f"{'#' * (level if isinstance(level, int) and 1 <= level <= 6 else 1)} {_text(cell.get('source')).strip()}"
    elif kind == "code":
        yield from _captions(cell)


def _unread(notebook: Cell, cells: Sequence[Cell]) -> Iterator[str]:
    """What people may have written marks in, and nobody reads: metadata, tags, and the comments of code."""
    yield from switches_in(notebook.get("metadata"))
    for cell in cells:
        yield from switches_in(cell.get("metadata"))
        if cell.get("cell_type") == "code":
            yield from _COMMENT.findall(_text(cell.get("source") or cell.get("input")))
        elif cell.get("cell_type") == "raw" and not _is_markdown(cell):
            yield _text(cell.get("source"))


def _text(source: object) -> str:
    """A text, or a list of lines with their ends."""
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str)).replace("\r\n", "\n").replace("\r", "\n")


def _is_markdown(cell: Cell) -> bool:
    """Whether a raw cell is meant for every reader: it names no other format."""
    given = _mapping(cell.get("metadata"))
    formats = (given.get("format"), given.get("raw_mimetype"), _mapping(given.get("vscode")).get("languageId"))
    return all(str(each or "").lower() in _MARKDOWN for each in formats)


def _closed(lines: list[str]) -> list[str]:
    """The lines of a cell; a fence that is open at their end ends there, as it does in Jupyter."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if match and not fence:
            fence = match["marks"]
        elif match and match["marks"].startswith(fence) and not match["info"].strip():
            fence = ""
    return [*lines, fence] if fence else lines


def _captions(cell: Cell) -> Iterator[str]:
    """The alt text of each figure as a picture without an address, and its caption as an aside."""
    options = dict(_options(cell))
    given = _mapping(cell.get("metadata"))
    caption = options.get("fig-cap") or options.get("tbl-cap") or _words(given.get("caption"))
    alts = [options.get("fig-alt", ""), *_alt_texts(cell)]
    for alt in dict.fromkeys(alt for alt in alts if alt):
        yield from (*lines_of([Run(alt, picture="")]), "")
    if caption:
        yield from lines_of([Run(caption, "italic")])


def _options(cell: Cell) -> Iterator[tuple[str, str]]:
    """``#| fig-cap: "Words"``: what Quarto reads above the code."""
    for line in _text(cell.get("source")).split("\n"):
        if not line.startswith("#|"):
            return
        match = _OPTION.match(line)
        if match:
            yield match["key"], _words(match["words"].strip().strip("\"'"))


def _alt_texts(cell: Cell) -> Iterator[str]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        for of_picture in (_mapping(output).get("metadata"), *_mapping(_mapping(output).get("metadata")).values()):
            yield _words(_mapping(of_picture).get("alt"))


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _front_matter(metadata: object) -> list[str]:
    """What the notebook knows of itself. It is a post: its lines are wrapped, and belong together."""
    given = _mapping(metadata)
    authors = given.get("authors")
    names = [_words(_mapping(each).get("name") or each) for each in authors] if isinstance(authors, list) else []
    known = {
        "kind": "post",
        "title": _words(given.get("title")),
        "author": _words(given.get("author")) or ", ".join(name for name in names if name),
        "date": _words(given.get("date")),
        "description": _words(given.get("description")),
    }
    # A JSON text is a YAML text.
    return [
        "---",
        *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items() if value),
        "---",
        "",
    ]
