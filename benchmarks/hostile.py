"""How long hostile texts take to read or to refuse: CPU seconds, the slowest first. From the root of a clone:

python -m benchmarks.hostile
"""

from __future__ import annotations

import time
from contextlib import suppress

from contentkit.errors import ContentError
from contentkit.sources import parse_source
from tests.sources.test_limits import CASES

AIM = 2.0
SHOWN = 10


def seconds(name: str, data: bytes) -> float:
    """What one reading costs."""
    began = time.process_time()
    with suppress(ContentError):
        parse_source(data, name)
    return time.process_time() - began


def main() -> None:
    parse_source(b"What is imported once is not counted.", "x.md")
    taken = sorted(((seconds(name, text.encode()), case) for case, name, text in CASES), reverse=True)
    for spent, case in taken[:SHOWN]:
        print(f"{spent:5.2f} s  {case}")
    print(f"{sum(spent > AIM for spent, _ in taken)} of {len(taken)} take more than {AIM:.0f} s")


if __name__ == "__main__":
    main()
