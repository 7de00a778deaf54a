"""The command line of the benchmark: parses, measures, prints."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.evidence.measures import Outcome, outcome_of
from benchmarks.evidence.tables import as_json, by_kind, by_language, misses, strictly
from contentkit.errors import ContentkitError, UsageError
from tests.evidence.pairs import pairs_in

SEALED = "sealed"


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; 1 with a message where that cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        if options.misses:
            _refuse_sealed(options.folders)
        measured = {str(folder): [outcome_of(pair) for pair in pairs_in(folder)] for folder in options.folders}
        if options.json:
            print(json.dumps({name: as_json(outcomes) for name, outcomes in measured.items()}, indent=2))
            return 0
        for name, outcomes in measured.items():
            print("\n".join(_told(name, outcomes, options)))
    except ContentkitError as error:
        print(f"{error.message}\n{error.hint}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the table has seen enough of it; nothing is left to say at the end of the program either.
        sys.stdout = None
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description="What the support check finds.")
    parser.add_argument(
        "folders", type=Path, nargs="+", metavar="FOLDER", help="pairs, as tests/evidence/pairs.py has them"
    )
    parser.add_argument("--kinds", action="store_true", help="the figures of each kind of fault too")
    parser.add_argument(
        "--misses", action="store_true", help="what was missed or falsely flagged; never of a sealed folder"
    )
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    return parser


def _refuse_sealed(folders: Sequence[Path]) -> None:
    """Raises UsageError: who reads the misses writes rules for them, and the figures say nothing any more."""
    for folder in folders:
        if SEALED in folder.resolve().parts:
            raise UsageError(f"{folder} is sealed: only its figures are told", hint="leave --misses out")


def _told(name: str, outcomes: Sequence[Outcome], options: argparse.Namespace) -> Iterator[str]:
    yield from (f"## {name}", "", *by_language(outcomes), "")
    if options.kinds:
        yield from (*by_kind(outcomes), "")
    yield from (*strictly(outcomes), "")
    if options.misses:
        yield from (*misses(outcomes), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
