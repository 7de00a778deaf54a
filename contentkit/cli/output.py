"""Speaking to the person or the pipe: output to stdout, talk to stderr, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

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
        return
    for row in rows:
        sys.stdout.write("\t".join(" ".join(printable(cell).split()) for cell in row) + "\n")


def show_lines(*lines: str) -> None:
    """Plain lines to stdout."""
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))


def show_json(value: Any) -> None:
    """A value as JSON: dataclasses as objects, times in ISO 8601, with nothing left out."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n")


def say(*lines: str) -> None:
    """Talk, to stderr."""
    sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))
    sys.stderr.flush()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
