"""An answer goes out: as tables to a terminal, as rows into a pipe, as JSON, as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contentkit.cli.output import is_terminal, say, show_document, show_json, show_lines, show_rows

if TYPE_CHECKING:
    from contentkit.cli.measuring.questions import Answer


def tell(answer: Answer) -> None:
    """Tables to a terminal, with what stands beside the first below it; one row a line into a pipe."""
    for number, listing in enumerate([one for one in answer.listings if one.rows]):
        if number:
            show_lines("")
        show_rows([listing.headings, *listing.rows], listing.shown)
        if is_terminal() and not number:
            show_lines(*answer.beside)
    say(*answer.said)


def tell_json(answer: Answer) -> None:
    """The value as JSON; what is said beside it all the same."""
    show_json(answer.value())
    say(*answer.said)


def tell_csv(answer: Answer) -> None:
    """The first table as CSV, whether it has rows or not."""
    table = answer.listings[0]
    show_document(csv_of([table.headings, *table.rows]))
    say(*answer.said)


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 has them, with the line ends of this system's tools. A cell that a spreadsheet would work out
    (``=HYPERLINK(…)`` as the name of an account) begins with an apostrophe."""
    import csv
    import io

    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def _cell(cell: str) -> str:
    import re

    from contentkit.text import no_formula, printable

    words = " ".join(printable(cell).split())
    is_number = re.fullmatch(r"[-+]?[0-9]*(?:\.[0-9]+)?", words)
    return words if is_number else no_formula(words)
