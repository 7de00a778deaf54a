"""All benchmarks with one command; ``make bench`` and ``make bench-quick`` call it.

python -m benchmarks [TOPIC]...            measure, print, and keep for docs/performance.md
python -m benchmarks --quick [TOPIC]...    little of each, and print
python -m benchmarks --counts              count instructions instead, which load does not change
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError

from benchmarks import counts, machine, pages, peers, results
from benchmarks.results import Measured
from benchmarks.rounds import REPOSITORY
from benchmarks.topics import TOPICS, Bench, Peers, Size, topic_of

_ROUNDS, _FEW = 11, 3
# Of what runs most often.
_QUICKEST = ("startup", "queue", "drafting")


def main(arguments: Sequence[str]) -> int:
    """Does what is asked; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    names = options.topics or (_QUICKEST if options.quick else TOPICS)
    unknown = sorted(set(names) - set(TOPICS))
    if unknown:
        parser.error(f"there is no topic {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    if options.counts:
        return counts.main()
    if options.quick:
        return _each(names, partial(_look, rounds=options.rounds or _FEW))
    installed, missing = peers.install()
    for sentence in missing:
        print(sentence, file=sys.stderr)
    return _each(names, partial(_keep, rounds=options.rounds or _ROUNDS, installed=installed))


def _each(names: Sequence[str], measure: Callable[[str], None]) -> int:
    """Measures one topic after the other; 1 where one could not be measured, which stops none of the others."""
    failed = 0
    for name in names:
        try:
            measure(name)
        except (OSError, RuntimeError, CalledProcessError) as error:
            print(f"{name} could not be measured: {error}", file=sys.stderr)
            failed = 1
    return failed


def _look(name: str, rounds: int) -> None:
    _tell(measured(name, Size.QUICK, rounds, Peers(Path(tempfile.gettempdir()) / "no-peers")))


def measured(name: str, size: Size, rounds: int, installed: Peers) -> Measured:
    """Measures one topic in a folder that is gone afterwards."""
    before = machine.load()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        bench = Bench(scratch=Path(scratch), rounds=rounds, size=size, peers=installed)
        topic = topic_of(name)(bench)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    return Measured(day=day, rounds=rounds, load=(before, machine.load()), topic=topic)


def _keep(name: str, rounds: int, installed: Peers) -> None:
    """Writes a topic as soon as it is measured: an interrupted run keeps what it has."""
    one = measured(name, Size.WHOLE, rounds, installed)
    _tell(one)
    kept = results.read()
    topics = {**kept.topics, name: one}
    results.write(replace(kept, machine=machine.facts(), peers=peers.versions(), topics=topics))
    root = REPOSITORY
    for path, text in pages.pages(root).items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")


def _tell(one: Measured) -> None:
    print(f"\n## {one.topic.title}\n", *pages.rows(one), "", *one.topic.notes, sep="\n", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What contentkit costs, as ratios.")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"of {', '.join(TOPICS)}")
    parser.add_argument("--rounds", type=int, help=f"how often each case runs (default: {_ROUNDS}, quick {_FEW})")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--quick", action="store_true", help="little of each, without others; keeps nothing")
    what.add_argument("--counts", action="store_true", help="instructions by valgrind instead of CPU time")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
