"""Whether people speak on a page: paragraphs of articles begin with words and a colon for many other reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.labels import TIME, label_at, speakers_among

_TIME = regex(TIME)
_TIME_ALONE = regex(r"\s*\d{1,2}:\d{2}(?::\d{2})?\s*")
_ASKS = regex(r"\?(?!\w)")


def is_no_conversation(lines: Sequence[str]) -> bool:
    """Whether these lines of Markdown would be read as a transcript, and are none beyond doubt.

    Beyond doubt are times beside most labels; or two or more people who speak at least twice, hardly anybody else, in
    turns, and somebody asks something.
    """
    speakers = speakers_among(lines)
    labels = [(label, line) for line in lines if (label := label_at(line)) and label.name in speakers]
    if not labels:
        return False
    timed = (_TIME.search(line[: label.end]) or _TIME_ALONE.fullmatch(line[label.end :]) for label, line in labels)
    if sum(map(bool, timed)) * 2 > len(labels):
        return False
    turns = Counter(label.name for label, _ in labels)
    regular = [count for count in turns.values() if count > 1]
    changes = sum(one.name != other.name for (one, _), (other, _) in pairwise(labels))
    is_dialogue = len(regular) > 1 and sum(regular) * 5 >= len(labels) * 4 and changes * 2 >= len(labels)
    return not (is_dialogue and any(_ASKS.search(line) for _, line in labels))
