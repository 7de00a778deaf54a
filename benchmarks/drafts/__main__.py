"""The command line of the benchmark: parses, calls one function, writes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.drafts.answers import read_answers
from benchmarks.drafts.rounds import write_round
from benchmarks.drafts.speed import timed
from benchmarks.drafts.summarisers import MISSING, summarisers
from benchmarks.drafts.table import as_json, rows_of, table
from benchmarks.drafts.tally import report
from benchmarks.drafts.texts import LIMITS, texts_in
from contentkit.errors import ContentkitError


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; 1 with a message where that cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except ContentkitError as error:
        print(f"{error.message}\n{error.hint}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description="How good drafts are.")
    commands = parser.add_subparsers(required=True)
    for name, run, what in (
        ("measure", _measure, "measures without a judge, ours beside the baselines"),
        ("pairs", _pairs, "blinded pairs and single threads for judges"),
        ("speed", _speed, "CPU time of a draft"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("folder", type=Path)
        command.add_argument("--platform", choices=sorted(LIMITS), default="mastodon")
        command.set_defaults(run=run)
        if name == "measure":
            command.add_argument("--json", type=Path, help="write every row here, with what was flagged")
        if name == "pairs":
            command.add_argument("--out", type=Path, required=True, help="the folder for the judges")
            command.add_argument("--key", type=Path, required=True, help="who is who; keep it out of that folder")
            command.add_argument("--seed", type=int, default=1)
            command.add_argument("--against", type=int, default=2, help="so many baselines for each text")
    tally = commands.add_parser("tally", help="preferences and grades out of the judges' forms")
    tally.add_argument("key", type=Path)
    tally.add_argument("answers", type=Path, nargs="+")
    tally.set_defaults(run=_tally)
    return parser


def _measure(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    rows, failed = rows_of(texts)
    print("\n".join(table(rows)))
    _tell([*unread, *failed])
    if options.json:
        options.json.write_text(
            json.dumps(as_json(rows, failed, unread), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )


def _pairs(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    written, failed = write_round(texts, options.out, options.key, against=options.against, seed=options.seed)
    print("\n".join(written))
    _tell([*unread, *failed])


def _speed(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    for line in timed(texts):
        print(line, flush=True)
    _tell(unread)


def _tally(options: argparse.Namespace) -> None:
    key = json.loads(options.key.read_text(encoding="utf-8"))["pairs"]
    print("\n".join(report(*read_answers(options.answers), key)))


def _tell(failed: Sequence[str]) -> None:
    if not summarisers("en"):
        print(MISSING, file=sys.stderr)
    for line in failed:
        print(f"nothing drafted: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
