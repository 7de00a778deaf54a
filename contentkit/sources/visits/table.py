"""The table of a CSV file, whoever wrote it: in UTF-8 or UTF-16, with commas, semicolons or tabs, below comments."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date

from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.patterns import regex
from contentkit.values import dataclass

# A sheet with more columns than this is no report.
_MOST_COLUMNS = 200
_TOTALS = ("grand total", "totals")
_ISO = regex(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True)
class Table:
    """``columns`` are the headings as they are compared, ``rows`` the cells below them, each as long as the
    headings; rows that add up others are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, *names: str) -> int | None:
        """The place of the first of these headings that there is."""
        return next((self.columns.index(name) for name in names if name in self.columns), None)


@dataclass(frozen=True)
class Sheet:
    """A file: its tables, in order, and the lines of comments that stand above and between them."""

    tables: tuple[Table, ...]
    comments: tuple[str, ...]


def sheet_of(data: bytes, name: str) -> Sheet:
    """Raises ContentError for what is no text, or no table."""
    text = _text(data, name)
    comments: list[str] = []
    tables = []
    for lines in _blocks(text, comments):
        delimiter = max(",;\t", key=lines[0].count)
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
        except csv.Error as error:
            raise ContentError(f"{name}: is no table: {error}", hint="export it again, as CSV") from None
        if rows and len(rows[0]) <= _MOST_COLUMNS:
            tables.append(_table(rows))
    return Sheet(tuple(tables), tuple(comments))


def _text(data: bytes, name: str) -> str:
    """Matomo writes UTF-16, with a mark that says so."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            raise ContentError(f"{name}: is cut off, or no text", hint="export it again, as CSV") from None
    return text_of(data, name)


def _blocks(text: str, comments: list[str]) -> Iterator[list[str]]:
    """Lines that belong together; an empty line or a comment ends them. A line within quotation marks is neither."""
    block: list[str] = []
    is_open = False
    for line in text.split("\n"):
        is_comment = not is_open and line.lstrip().startswith("#")
        if is_comment:
            comments.append(line.strip().lstrip("#").strip())
        if is_open or (line.strip() and not is_comment):
            block.append(line + "\n")
            is_open ^= line.count('"') % 2 == 1
        elif block:
            yield block
            block = []
    if block:
        yield block


def _table(rows: Sequence[Sequence[str]]) -> Table:
    columns = tuple(map(heading_of, rows[0]))
    width = len(columns)
    return Table(columns, tuple(tuple([*row, *[""] * width][:width]) for row in rows[1:] if not _is_total(row, width)))


def heading_of(words: str) -> str:
    """A heading as it is compared."""
    return " ".join(words.split()).casefold()


def _is_total(row: Sequence[str], width: int) -> bool:
    """Whether a row adds up the others; Google Analytics says so beside the last column, in the language of whoever exports."""
    is_beside = len(row) > width and bool(row[width].strip()) and not row[0].strip()
    return is_beside or any(cell.strip().casefold() in _TOTALS for cell in row)


def day_of(words: str) -> date | None:
    """A day as ``2026-11-18`` or ``20261118``; None for anything else."""
    found = _ISO.fullmatch(words.strip())
    return _day(found) if found else None


def days_named(words: str) -> tuple[date, date] | None:
    """The first two days that a file's name or a comment names."""
    found = [day for match in _ISO.finditer(words) if (day := _day(match))]
    return (found[0], found[1]) if len(found) > 1 and found[0] <= found[1] else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def number_of(words: str) -> int | None:
    """A count, as ``1234`` or ``1234.0``; None for anything else."""
    whole = words.strip().removesuffix(".0")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 16 else None
