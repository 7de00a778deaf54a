"""A report as a sequence of things to read, before it is a page or Markdown. Words are as they are: whoever renders escapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import cast

from contentkit.values import dataclass
from contentkit.views.report.charts import Chart

_NO_WORDS = ("name", "query", "maker")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    words: str


@dataclass(frozen=True, kw_only=True)
class Items:
    """A list, one thing a line."""

    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """``base`` says in short what the words rest on: ``n 38``."""

    words: str
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The first cell of a row says what it is about, the others are figures."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart, and behind it the same as a table."""

    chart: Chart
    table: Table


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A thread: how it begins, letter for letter (None: ``why`` says why not), where it is, what is said about it."""

    title: str
    about: str
    text: str | None
    why: str
    url: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """How figures came about: the rule in words, and the query that gives what it speaks of; empty where there is none."""

    rule: str
    query: str = ""


Block = Paragraph | Items | Table | Drawn | Quoted | Source


@dataclass(frozen=True, kw_only=True)
class Section:
    """``name`` is its own on the page; ``blocks`` may hold sections, one level deep."""

    name: str
    title: str
    blocks: tuple[Block | Section, ...]


@dataclass(frozen=True, kw_only=True)
class Content:
    """``about`` stands below the title, ``maker`` at the very end."""

    title: str
    about: str
    sections: tuple[Section, ...]
    maker: str

    def veiled(self, veil: Callable[[str], str]) -> Content:
        """The same with what ``veil`` makes of every word, but for queries and the names that parts of a page have."""
        return cast(Content, _veiled(self, veil))

    def charts(self) -> list[Chart]:
        """All of them, in their order."""
        return [chart for one in self.sections for chart in _charts(one)]


def _veiled(value: object, veil: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return veil(value)
    if isinstance(value, tuple):
        return tuple(_veiled(one, veil) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kept = [field.name for field in fields(value) if field.name not in _NO_WORDS]
    return replace(value, **{name: _veiled(getattr(value, name), veil) for name in kept})


def _charts(section: Section) -> list[Chart]:
    found: list[Chart] = []
    for block in section.blocks:
        if isinstance(block, Drawn):
            found.append(block.chart)
        elif isinstance(block, Section):
            found += _charts(block)
    return found
