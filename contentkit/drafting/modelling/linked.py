"""What a network would make a link, a mention or a tag of. A model is shown none of it and may write none of it.

Whoever wants something into a draft that readers tap on has to get it past a person, not past a model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from contentkit.counters import mastodon, x
from contentkit.patterns import regex
from contentkit.text import HIDDEN, urls_in
from contentkit.words.lookalikes import folded

SIGN = "[link]"
# Beside what networks take for an address: any scheme, hosts that are only names here, addresses that readers put together,
# people as a draft names them, handles, tags of letters, cashtags.
_BY_SIGNS = regex(
    r"\b[a-z][a-z0-9+.-]{1,20}:/{2,}\S+|\bwww\.\S+|\b(?:mailto|tel|sms|magnet|javascript|data):\S+"
    r"|(?<![\w.])(?:[\w-]{1,63}\.){1,9}(?:example|test|invalid|localhost|local|internal|onion|i2p)\b(?:[:/]\S*)?"
    r"|\b[A-Za-z0-9-]{2,63}(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|[。．｡])[A-Za-z]{2,24}\b"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}"
    r"|[@＠]\{[^{}\n]*\}|(?<!\w)[@＠]\w[\w.@＠-]*|(?<!\w)[#＃](?!\d+\b)\w+|(?<!\w)\$[A-Za-z]{1,6}\b",
    re.I,
)
_RUN = regex(r"\S+")
# A mark that hides in an address would keep it from being found, and a network may take it out again.
_HIDDEN = dict.fromkeys(HIDDEN)


def linked(text: str) -> list[tuple[int, int]]:
    """The places of all of it in a text, in order, none over another."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted({*_found(text), *_disguised(text)}):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def without_links(text: str) -> str:
    """The text without hidden characters, and with a sign where something of the kind stood."""
    text = text.translate(_HIDDEN)
    text = _masked(text, linked(text))
    # What is taken away may have kept what stands behind it from being found: then all goes that has no space between.
    if spans := linked(text):
        text = _masked(text, _runs_around(text, spans))
    return text


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], SIGN]
        position = end
    return "".join((*pieces, text[position:]))


def _runs_around(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches without a space in which these spans begin or end."""
    places = sorted({place for start, end in spans for place in (start, max(start, end - 1))})
    runs = (run.span() for run in _RUN.finditer(text))
    return [(start, end) for start, end in runs if bisect_left(places, start) < bisect_left(places, end)]


def _disguised(text: str) -> Iterator[tuple[int, int]]:
    """The places of what would be found if letters that look like plain ones were those."""
    if text.isascii():
        return
    plain, offsets = folded(text)
    for start, end in _found(plain):
        yield offsets[start], offsets[end]


def _found(text: str) -> Iterator[tuple[int, int]]:
    yield from urls_in(text)
    yield from x.links_in(text)
    yield from mastodon.links_in(text)
    yield from (match.span() for match in _BY_SIGNS.finditer(text))
