"""Mixed documents: few cuts within sentences, few more parts than the fewest, in little time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from contentkit.splitting import Style, split
from tests.splitting.documents import document
from tests.splitting.greedy import greedy
from tests.splitting.samples import length, links

DOCUMENTS = [document(seed) for seed in range(30)]


def threads(limit: int, style: Style) -> list[tuple[str, ...]]:
    return [split(one.text, limit=limit, measure=length, links=links, style=style) for one in DOCUMENTS]


def cuts_inside(split_texts: list[tuple[str, ...]]) -> float:
    """How many cuts a document has elsewhere than at the end of a sentence, an item or a line."""
    cuts = 0
    for one, parts in zip(DOCUMENTS, split_texts, strict=True):
        at = 0
        for part in parts[:-1]:
            at = one.text.index(part, at) + len(part)
            cuts += at not in one.ends
    return cuts / len(DOCUMENTS)


def more_parts(split_texts: list[tuple[str, ...]], limit: int) -> float:
    """How many parts there are beyond the fewest that are possible, as a share of those."""
    fewest = sum(len(greedy(one.text, limit=limit, measure=length, links=links)) for one in DOCUMENTS)
    return sum(map(len, split_texts)) / fewest - 1


@pytest.mark.parametrize(
    ("style", "limit", "cuts", "parts"),
    [
        ("sentence-first", 280, 0.05, 0.25),
        ("sentence-first", 500, 0.05, 0.08),
        ("balanced", 280, 1.2, 0.08),
        ("balanced", 500, 0.25, 0.08),
    ],
)
def test_sentences_are_whole_and_parts_are_few(style: Style, limit: int, cuts: float, parts: float) -> None:
    split_texts = threads(limit, style)
    assert cuts_inside(split_texts) <= cuts
    assert more_parts(split_texts, limit) <= parts


# Processor time of a process with its start: a loaded machine changes nothing.
IN_TIME = """
import resource, sys
from contentkit.splitting import Unsplittable, split
from tests.splitting.documents import document
from tests.splitting.samples import length, links
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
for text in eval(sys.argv[3]):
    try:
        split(text, limit=int(sys.argv[2]), measure=length, links=links, style="balanced")
    except Unsplittable:
        pass
print("answered")
"""
HOSTILE = (
    *(
        "[",
        "(",
        "`",
        "“",
        '"',
        "@",
        "#",
        "$",
        "http://",
        "@a@",
        "\u200d",
        "` ",
        "« ",
        "1 ",
        "- ",
        "\n",
        ". ",
        "a.",
        "a\u00a0",
    ),
    *(
        "\u2067",
        "🎉 ",
        "a\u0301",
        "\u0600 ",
        "日",
        "。",
        "e.g. ",
        "#a ",
        "https://a.b ",
        "(a ",
        "“a ",
        "「",
        "$a ",
        "\r",
        "\u200b",
    ),
)


def answer(texts: str, limit: int, seconds: int) -> str:
    command = [sys.executable, "-c", IN_TIME, str(seconds), str(limit), texts]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr[-500:]


@pytest.mark.parametrize("limit", [280, 500, 25_000])
def test_a_document_of_50000_characters_takes_less_than_two_seconds(limit: int) -> None:
    assert answer("[document(1, 50_000).text]", limit, 2) == "answered\n"


@pytest.mark.parametrize("sign", ["a", "日", "👩‍👩‍👧"])
def test_a_word_of_5000_characters_takes_less_than_a_second(sign: str) -> None:
    assert answer(f"[{sign!r} * 5_000]", 280, 1) == "answered\n"


def test_hostile_texts_are_answered_in_time() -> None:
    assert answer(f"[sign * 10_000 for sign in {HOSTILE}]", 280, 20) == "answered\n"


def test_hostile_pairs_are_answered_in_time() -> None:
    pairs = {"[": "](a)", "\u2067": "\u2069", "(": ")", "“": "”", "`": "` ", "@a": ".b", "http://": "a"}
    texts = (
        f"[a * 10_000 + b * 10_000 for a, b in {pairs}.items()] + [''.join('`' * (i % 150) + ' ' for i in range(999))]"
    )
    assert answer(texts, 280, 10) == "answered\n"


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("sign", HOSTILE)
def test_a_megabyte_of_one_sign_takes_no_more_than_its_share(sign: str) -> None:
    assert answer(f"[{sign!r} * (1_000_000 // {len(sign)})]", 280, 60) == "answered\n"


def test_the_page_on_splitting_shows_what_comes_out() -> None:
    page = (Path(__file__).parents[2] / "docs/splitting.md").read_text("utf-8")
    text, *shown = re.findall(r"```text\n(.*?)\n```", page, re.S)
    for style, parts in zip(get_args(Style), shown, strict=True):
        assert split(text, limit=280, measure=length, links=links, style=style) == tuple(parts.split("\n---\n"))
