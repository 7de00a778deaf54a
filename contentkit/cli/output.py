"""Speaking to the person or the pipe: output to stdout, talk to stderr, JSON for programs."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from contentkit.cli.streams import write
from contentkit.text import printable

if TYPE_CHECKING:
    from rich.console import RenderableType


def is_terminal() -> bool:
    """Whether a person is reading stdout."""
    return sys.stdout.isatty()


def show(renderable: RenderableType) -> None:
    """Prints something rich to stdout, as wide as the terminal; words from outside are never read as markup."""
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False).print(renderable)


def show_rows(rows: Sequence[Sequence[str]], table: Callable[[], RenderableType]) -> None:
    """A table for a person; one row a line, cells between tabs, for a pipe."""
    if is_terminal():
        show(table())
    else:
        write(sys.stdout, "".join(f"{in_cells(row)}\n" for row in rows))


def in_cells(row: Sequence[str]) -> str:
    """A row as one line, its cells between tabs."""
    return "\t".join([" ".join(printable(cell).split()) for cell in row])


def show_lines(*lines: str) -> None:
    """Plain lines to stdout."""
    write(sys.stdout, "".join(f"{printable(line)}\n" for line in lines))


def show_sentences(*lines: str) -> None:
    """Lines to stdout that are no published text: a terminal gets lines that end between words."""
    width = _width_of(sys.stdout)
    show_lines(*(one for line in lines for one in wrapped(printable(line), width)))


def show_json(value: Any) -> None:
    """A value as JSON: dataclasses as objects, times in ISO 8601, amounts of money as text, with nothing left out."""
    write(sys.stdout, json_words(value))


def json_words(value: Any) -> str:
    """What ``show_json`` shows."""
    import json

    lines = json.dumps(_plain(value), ensure_ascii=False, indent=2).split("\n")
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in lines)


def show_document(words: str) -> None:
    """A whole file to stdout, letter for letter: in UTF-8, whatever the terminal speaks."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write(sys.stdout, words)


def say(*lines: str) -> None:
    """Talk, to stderr. A terminal gets lines that end between words."""
    width = _width_of(sys.stderr)
    write(sys.stderr, "".join(f"{one}\n" for line in lines for one in wrapped(printable(line), width)))


def wrapped(line: str, width: int) -> list[str]:
    """A line in pieces of at most this width (0: any); what comes after stands in as its beginning does. No word is cut."""
    if "\n" in line:
        return [piece for one in line.split("\n") for piece in wrapped(one, width)]
    if not width or len(line) <= width:
        return [line]
    import textwrap

    indent = line[: len(line) - len(line.lstrip(" "))]
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )


def _width_of(stream: TextIO) -> int:
    """The columns of the terminal behind a stream; 0 where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        return 0


def _escaped(line: str) -> str:
    """What JSON may hold as it is but a terminal must not see, in JSON's own escapes."""
    import json

    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(json.dumps(one)[1:-1] if unicodedata.category(one) in hidden else one for one in line)


def _plain(value: Any) -> Any:
    from dataclasses import fields, is_dataclass
    from datetime import date, datetime
    from decimal import Decimal
    from enum import Enum

    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.value if isinstance(value, Enum) else value
