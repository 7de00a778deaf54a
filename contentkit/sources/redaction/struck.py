"""Words that were struck out beside a mark: ``<del>…</del> [off the record] …``.

Nobody reads them on the page, but they stand in the file. Whoever marked what follows began to say it there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.spans import merged, outside

_BLANK = regex(r"\n[ \t>]*(?=\n)")
_EDGE = regex(rf"~~|<(?P<close>/?)(?P<name>del|s|strike)(?![\w-])[^<>\n]{{0,200}}>|{_BLANK.pattern}", re.IGNORECASE)
# Spaces, emphasis, a dash or a full stop may stand between the two.
_BETWEEN = regex(r"[\W_]{0,12}")


def struck_beside(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """What is struck out right beside one of these spans, up to it, and where more is in a paragraph in which one begins or ends.

    ``spans`` are in order and apart.
    """
    struck = list(_struck(text)) if spans else []
    if not struck:
        return [], []
    starts = [start for start, _ in struck]
    cut: list[Span] = []
    for begin, stop in spans:
        before, after = bisect_left(starts, begin), bisect_left(starts, stop)
        for start, end in struck[max(0, before - 1) : before] + struck[max(0, after - 1) : after + 1]:
            if _beside(text, stop, start) and _beside(text, end, begin):
                cut.append((min(start, stop), max(end, begin)))
    blanks = [blank.start() for blank in _BLANK.finditer(text)]
    touched = {bisect_right(blanks, edge) for span in spans for edge in span}
    left = outside(struck, merged([*spans, *cut]))
    return cut, [start for start, _ in left if bisect_right(blanks, start) in touched]


def _beside(text: str, end: int, start: int) -> bool:
    """Whether nothing is said from the end of the one to the start of the other, or they overlap."""
    return start <= end or _BETWEEN.fullmatch(text, end, start) is not None


def _struck(text: str) -> Iterator[Span]:
    """What is struck out, with its marks; between tildes within one paragraph."""
    tilde = opened = -1
    name = ""
    for edge in _EDGE.finditer(text):
        tag = (edge["name"] or "").lower()
        if edge[0] == "~~" and tilde >= 0:
            yield tilde, edge.end()
            tilde = -1
        elif edge[0] == "~~":
            tilde = edge.start()
        elif not tag:
            tilde = -1
        elif opened < 0 and not edge["close"]:
            opened, name = edge.start(), tag
        elif opened >= 0 and edge["close"] and tag == name:
            yield opened, edge.end()
            opened = -1
