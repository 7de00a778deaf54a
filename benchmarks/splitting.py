"""How well texts are split, against filling each part to its last word.

    .venv/bin/python benchmarks/splitting.py [FILE...]

Without files, thirty documents of mixed content are made up. With files, each is shown as it is split, to be read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import mean, pstdev
from typing import get_args

from contentkit.counters.mastodon import mastodon_length
from contentkit.counters.x import weighted_length
from contentkit.splitting import Style, split
from tests.splitting.documents import document
from tests.splitting.greedy import greedy
from tests.splitting.samples import links

NETWORKS = {"X": (280, weighted_length), "Mastodon": (500, mastodon_length)}
STYLES = get_args(Style)


def inside(text: str, parts: tuple[str, ...], ends: frozenset[int]) -> int:
    """How many of the cuts are not at the end of a sentence, an item or a line."""
    at = cuts = 0
    for part in parts[:-1]:
        at = text.index(part, at) + len(part)
        cuts += at not in ends
    return cuts


def measured() -> None:
    documents = [document(seed) for seed in range(30)]
    print(f"30 documents, {mean(len(one.text) for one in documents):.0f} characters on average")
    print("| network | way | parts | to the fewest | cuts inside | sd of lengths | ms |\n|---|---|---|---|---|---|---|")
    for network, (limit, measure) in NETWORKS.items():
        fewest = 0.0
        for way in ("fill", *STYLES):
            counts, cuts, lengths, began = [], 0, [], time.process_time()
            for one in documents:
                if way == "fill":
                    parts = greedy(one.text, limit=limit, measure=measure, links=links)
                else:
                    parts = split(one.text, limit=limit, measure=measure, links=links, style=way)
                counts.append(len(parts))
                cuts += inside(one.text, parts, one.ends)
                lengths += map(measure, parts[:-1])
            spent = (time.process_time() - began) / len(documents) * 1000
            fewest = fewest or mean(counts)
            print(
                f"| {network}, {limit} | {way} | {mean(counts):.2f} | {mean(counts) / fewest - 1:+.1%} "
                f"| {cuts / len(documents):.2f} | {pstdev(lengths):.0f} | {spent:.0f} |"
            )


def shown(paths: list[str]) -> None:
    for path in paths:
        for style in STYLES:
            parts = split(
                Path(path).read_text(encoding="utf-8"), limit=280, measure=weighted_length, links=links, style=style
            )
            print(f"\n==== {path}, {style}: {len(parts)} parts")
            for part in parts:
                print(f"---- {weighted_length(part)}\n{part}")


if __name__ == "__main__":
    shown(sys.argv[1:]) if sys.argv[1:] else measured()
