"""The command line of the benchmark: parses, measures, prints."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.evidence.measures import Outcome, outcome_of
from benchmarks.evidence.pages import figures_of, filled
from benchmarks.evidence.tables import as_json, by_check, by_kind, by_language, misses, strictly
from benchmarks.evidence.verbatim import checked_in, report
from contentkit import __version__
from contentkit.errors import ContentError, ContentkitError, UsageError
from tests.evidence.pairs import KINDS, Pair, pairs_in

_PAIRS = Path(__file__).parents[2] / "tests/evidence"
HALVES = (_PAIRS / "tuning", _PAIRS / "sealed")
SEALED = "sealed"


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; 1 with a message where that cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except ContentkitError as error:
        print(f"{error.message}\n{error.hint}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the table has seen enough of it; nothing is left to say at the end of the program either.
        sys.stdout = None
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    """Measures, and prints or writes. Raises ContentkitError."""
    if options.misses or options.drafts:
        _refuse_sealed(options.folders)
    if options.drafts:
        for folder in options.folders:
            print("\n".join((f"## {folder}", "", *report(*checked_in(folder)), "")))
        return
    page = _page(options.docs) if options.docs else ""
    measured = {folder: [outcome_of(pair) for pair in _wanted(folder, options.kind)] for folder in options.folders}
    if page:
        figures = {folder.name: outcomes for folder, outcomes in measured.items()}
        new = filled(page, figures_of(figures, __version__, datetime.now(UTC).date()))
        options.docs.write_text(new, "utf-8")
    elif options.json:
        print(json.dumps({str(folder): as_json(outcomes) for folder, outcomes in measured.items()}, indent=2))
    else:
        for folder, outcomes in measured.items():
            print("\n".join(_told(str(folder), outcomes, options)))


def _wanted(folder: Path, kinds: Sequence[str]) -> list[Pair]:
    """The pairs of this folder, those of these kinds where any are named. Raises ContentError."""
    pairs = [pair for pair in pairs_in(folder) if not kinds or pair.kind in kinds]
    if not pairs:
        raise ContentError(f"{folder}: no pair is of this kind: {', '.join(kinds)}", hint="leave --kind out")
    return pairs


def _page(path: Path) -> str:
    """What stands in this page. Raises ContentError before anything is measured in vain."""
    try:
        page = path.read_text("utf-8")
    except OSError as error:
        raise ContentError(
            f"{path}: {error.strerror}", hint="name a page that is there, such as docs/evidence.md"
        ) from None
    filled(page, "")
    return page


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description="What the support check finds.")
    parser.add_argument(
        "folders", type=Path, nargs="*", default=HALVES, metavar="FOLDER", help="pairs; our two halves when left out"
    )
    parser.add_argument(
        "--kind", choices=KINDS, action="append", default=[], help="only pairs of this kind; repeatable"
    )
    parser.add_argument("--kinds", action="store_true", help="the figures of each kind of fault too")
    parser.add_argument("--checks", action="store_true", help="how often each check is right, and how often it is not")
    parser.add_argument(
        "--misses", action="store_true", help="what was missed or falsely flagged; never of a sealed folder"
    )
    parser.add_argument("--drafts", action="store_true", help="the folders hold texts: check what we draft from them")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--docs", type=Path, metavar="PAGE", help="write the figures into this page, between its marks")
    return parser


def _refuse_sealed(folders: Sequence[Path]) -> None:
    """Raises UsageError: who reads the misses writes rules for them, and the figures say nothing any more."""
    for folder in folders:
        if SEALED in folder.resolve().parts:
            raise UsageError(f"{folder} is sealed: only its figures are told", hint="name a folder that is not")


def _told(name: str, outcomes: Sequence[Outcome], options: argparse.Namespace) -> Iterator[str]:
    yield from (f"## {name}", "", *by_language(outcomes), "")
    if options.kinds:
        yield from (*by_kind(outcomes), "")
    if options.checks:
        yield from (*by_check(outcomes), "")
    yield from (*strictly(outcomes), "")
    if options.misses:
        yield from (*misses(outcomes), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
