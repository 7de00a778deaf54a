"""How long counting takes, and how often it differs from X's own library.

    .venv/bin/python benchmarks/counters.py
    .venv/bin/python benchmarks/counters.py FOLDER [TEXTS]

The first prints the median time of texts that people write, and the slowest of thousands of hostile texts of 10 kB. The second
compares lengths and links with ``twitter-text`` 3.1.0 on random texts (50,000, half of them of pieces that matter, half of
them lines of the files in ``BENCHMARK_TEXTS`` or of this repository's documentation with such pieces put in). FOLDER is where
``npm install twitter-text@3.1.0`` was run; nothing of it is needed otherwise. Newer emoji than the library knows are left out.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from contentkit.counters.mastodon import mastodon_length
from contentkit.counters.x import links_in, weighted_length

HERE = Path(__file__).resolve().parent.parent
EVERYDAY = {
    "280 characters of ASCII": ("Every release is tested on three systems. " * 7)[:280],
    "with three links": "Read https://example.org/a/b?c=d, then setup.py and https://example.org/e. " * 3,
    "140 in Japanese": "\u4eca\u65e5\u3082\u3088\u3044\u5929\u6c17\u3067\u3059" * 14,
    "70 emoji of families": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 70,
    "with ten mentions": "Thanks @ana@example.org, " * 10,
}
PIECES = [
    "https://", "http://", "HTTP://", "example", "a", "foo", "bar.com", ".com", ".org", ".co.uk", "setup.py",
    "README.md", ".", "..", "...", "/", "//", "?", ":", ":8080", "#", "@", "@user", "user@example.com", "\uff20",
    "\uff03", "$", "$AAPL", "&", "=", "-", "_", "\u2013", "\u2014", "(", ")", "((", "))", "[", "]", "{", "}", "<",
    ">", '"', "'", "`", "\u201c", "\u201d", "\u2026", "!", "*", ";", ",", "+", "~", "%20", "%", "|", "\\", "^", " ",
    "  ", "\n", "\t", "\r\n", "\u3000", "\u200b", "\u200e", "\u202a", "\u2066", "\u061c", "\u00a0", "\u2028",
    "\u65e5\u672c", "\u4f8b\u3048.jp", "\u4e2d\u56fd", "\u4e2d\u56fd\u4eba", "\u4f8b", "\ud55c\uad6d", "\u00e9",
    "e\u0301", "\u00f1", "\u00df", "\u044f", ".\u0440\u0444", "\u03b1", "\u30a2", "\u30fc", "\u2603", "\u00a9",
    "\u00ae", "\u2122", "\U0001f600", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f466",
    "\U0001f1f2\U0001f1fd", "\U0001f1f2", "1\ufe0f\u20e3", "\u2764\ufe0f", "\u200d", "\ufe0f", "\u20e3", "\U0001f3fd",
    "xn--", "xn--p1ai", "t.co", "t.co/abc", "https://t.co/", "https://t.co/abcDEF123", "x=1", "index.html", "a_b",
    "www.", "WWW.EXAMPLE.COM", "localhost", "192.168.0.1", "v1.2.3", "3.14", "e.g.", "Socket.IO", "done.So",
    "np.array", "a" * 52, "a" * 62, "\u044c" * 30, "wiki/Foo_(bar)", "/a/b/c", "path/(a(b)c)", "\u0301", "\u212a",
    "\u017f", "\u3002", "\u300d", "\uff0e",
]  # fmt: skip
COUNT = """
const library = require("twitter-text"), text = library.default || library;
require("readline").createInterface({input: process.stdin}).on("line", line => {
  const one = JSON.parse(line);
  console.log(JSON.stringify([text.parseTweet(one).weightedLength, text.extractUrls(one.normalize())]));
});
"""


def main() -> None:
    if len(sys.argv) > 1:
        compare(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
        return
    for name, text in EVERYDAY.items():
        print(
            f"{name:<26} X {microseconds(weighted_length, text):8.1f} us   Mastodon {microseconds(mastodon_length, text):8.1f} us"
        )
    for counter in (weighted_length, links_in, mastodon_length):
        slowest, text = max((microseconds(counter, text, rounds=1), text) for text in hostile(2_000))
        print(f"{counter.__name__:<26} slowest of 2,000 hostile texts: {slowest / 1000:.1f} ms ({text[:24]!r}...)")


def microseconds(counter: Callable[[str], object], text: str, rounds: int = 200) -> float:
    counter(text)
    times = []
    for _ in range(rounds):
        started = time.process_time_ns()
        counter(text)
        times.append(time.process_time_ns() - started)
    return median(times) / 1000


def hostile(count: int) -> Iterator[str]:
    """Texts of 10 kB: a beginning, and a few pieces again and again."""
    chance = random.Random(5)
    for _ in range(count):
        unit = "".join(chance.choices(PIECES, k=chance.randint(1, 5)))
        yield "".join(chance.choices(PIECES, k=chance.randint(0, 3))) + unit * (10_000 // len(unit.encode()) + 1)


def compare(folder: Path, count: int) -> None:
    texts = list(random_texts(count))
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    told = subprocess.run(["node", "-e", COUNT], cwd=folder, input=lines, capture_output=True, text=True, check=True)
    theirs = [json.loads(line) for line in told.stdout.splitlines()]
    less, more, other = [], [], []
    for text, (length, links) in zip(texts, theirs, strict=True):
        ours = weighted_length(text)
        (less if ours < length else more if ours > length else []).append((text, ours, length))
        composed = unicodedata.normalize("NFC", text)
        if [composed[start:end] for start, end in links_in(composed)] != links:
            other.append((text, links))
    print(f"{count} texts: {len(less)} counted less, {len(more)} counted more, {len(other)} with other links")
    for row in (*less[:10], *more[:10], *other[:10]):
        print("  ", *map(repr, row))


def random_texts(count: int) -> Iterator[str]:
    chance = random.Random(7)
    folder = Path(os.environ.get("BENCHMARK_TEXTS", HERE / "docs"))
    lines = [
        line.strip()
        for path in sorted(folder.rglob("*.md"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    for number in range(count):
        if number % 2:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
            continue
        text = chance.choice(lines)[:500]
        while chance.random() < 0.5:
            place = chance.randint(0, len(text))
            text = (
                text[:place]
                + chance.choice(("", " "))
                + chance.choice(PIECES)
                + chance.choice(("", " "))
                + text[place:]
            )
        yield text


if __name__ == "__main__":
    main()
