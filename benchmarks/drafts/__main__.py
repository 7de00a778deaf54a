"""The command line of the benchmark: parses, calls one function, writes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.drafts.answers import read_answers
from benchmarks.drafts.blinding import Against
from benchmarks.drafts.exchange import compared, threads_as_json
from benchmarks.drafts.rounds import made_of, write_round
from benchmarks.drafts.speed import timed
from benchmarks.drafts.summarisers import MISSING, summarisers
from benchmarks.drafts.table import as_json, rows_of, table
from benchmarks.drafts.tally import Key, report
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
    except BrokenPipeError:
        # Whoever read the table has seen enough of it; nothing is left to say at the end of the program either.
        sys.stdout = None
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drafts", description="How good drafts are.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    measure = _over_a_folder(commands, "measure", _measure, "measures without a judge, ours beside the baselines")
    measure.add_argument("--json", type=Path, help="write every row here, with what was flagged")
    pairs = _over_a_folder(commands, "pairs", _pairs, "blinded pairs with baselines, and our threads one by one")
    what = "so many baselines for each text, or for each text of a group (default: 2; 2 notes=4)"
    pairs.add_argument("--against", nargs="+", default=["2"], metavar="NUMBER", help=what)
    _into_a_round(pairs)
    threads = _over_a_folder(commands, "threads", _threads, "our threads as a file, for `compare`")
    threads.add_argument("--out", type=Path, required=True)
    _over_a_folder(commands, "speed", _speed, "CPU time of a draft")
    compare = commands.add_parser("compare", help="blinded pairs of two such files, the first one's makers being ours")
    compare.add_argument("ours", type=Path)
    compare.add_argument("theirs", type=Path)
    compare.set_defaults(run=_compare)
    _into_a_round(compare)
    tally = commands.add_parser("tally", help="preferences and grades out of the judges' forms")
    tally.add_argument("key", type=Path)
    tally.add_argument("answers", type=Path, nargs="+")
    tally.set_defaults(run=_tally)
    return parser


def _over_a_folder(
    commands: Any, name: str, run: Callable[[argparse.Namespace], None], what: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what)
    command.add_argument("folder", type=Path)
    command.add_argument("--platform", choices=sorted(LIMITS), default="mastodon")
    command.set_defaults(run=run)
    return command


def _into_a_round(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, help="the folder for the judges")
    command.add_argument("--key", type=Path, required=True, help="who is who; keep it out of that folder")
    command.add_argument("--seed", type=int, default=1)


def _measure(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    rows, failed = rows_of(texts)
    print("\n".join(table(rows)))
    _tell([*unread, *failed])
    if options.json:
        _write_json(options.json, as_json(rows, failed, unread))


def _pairs(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    against = Against.parse(options.against)
    made, failed = made_of(texts)
    print("\n".join(write_round(made, options.out, options.key, against=against, seed=options.seed)))
    _tell([*unread, *failed])


def _threads(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    made, failed = made_of(texts)
    _write_json(options.out, threads_as_json(made))
    _tell([*unread, *failed])


def _compare(options: argparse.Namespace) -> None:
    made, alone = compared(options.ours, options.theirs)
    print("\n".join(write_round(made, options.out, options.key, against=Against(1), seed=options.seed)))
    for text in alone:
        print(f"left out, only one file has it: {text}", file=sys.stderr)


def _speed(options: argparse.Namespace) -> None:
    texts, unread = texts_in(options.folder, options.platform)
    for line in timed(texts):
        print(line, flush=True)
    _tell(unread)


def _tally(options: argparse.Namespace) -> None:
    key = Key.read(options.key)
    print("\n".join(report(*read_answers(options.answers), key)))


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _tell(failed: Sequence[str]) -> None:
    if not summarisers("en"):
        print(MISSING, file=sys.stderr)
    for line in failed:
        print(f"nothing drafted: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
