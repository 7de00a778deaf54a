"""``python -m tests.publishing.simulation --seeds 0-2000 --jobs 2``: lives many lives, and prints what happened in them.

Exit 1 when one of them went against an invariant: its seed and its history are printed, and ``--seeds N-N`` lives it again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from time import process_time

from tests.publishing.simulation.many import Lives, history_of, live_all

# So many lives are lived between two looks at what came of them.
_CHUNK = 1000


def _chunks(seeds: range) -> Iterator[range]:
    return (seeds[start : start + _CHUNK] for start in range(0, len(seeds), _CHUNK))


def _seeds(words: str) -> range:
    first, _, last = words.partition("-")
    return range(int(first), int(last or first) + 1)


def table(total: Counter[str], lives: int) -> Iterator[str]:
    """What happened, one kind a line: how often, and how often in a thousand lives."""
    yield f"{'lives':50} {lives:>12,}"
    for what in ("runs", "requests", "posts asked for"):
        yield f"{what:50} {total[what]:>12,}"
    for what, number in sorted(total.items()):
        if what not in ("runs", "requests", "posts asked for"):
            yield f"{what:50} {number:>12,} {1000 * number / max(1, lives):>10.2f} in 1,000 lives"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.publishing.simulation", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=range(2000), metavar="A-B", help="the first and the last")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many processes")
    asked = parser.parse_args()
    say = partial(print, flush=True)
    total, lives, seconds, wrong = Counter[str](), 0, 0.0, 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for part in pool.map(_timed, _chunks(asked.seeds)):
            total, lives, seconds = total + part[0].counts, lives + part[0].lived, seconds + part[1]
            for seed, what in part[0].wrong:
                wrong += 1
                say(f"seed {seed}: {what}", *history_of(seed), sep="\n  ")
            each = 1000 * seconds / lives
            say(f"up to seed {part[0].last}: {lives:,} lives, {wrong} wrong, {each:.1f} ms of CPU each")
    say(*table(total, lives), f"{'violations':50} {wrong:>12,}", sep="\n")
    return 1 if wrong else 0


def _timed(seeds: range) -> tuple[Lives, float]:
    begun = process_time()
    return live_all(seeds), process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
