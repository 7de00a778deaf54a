"""Times of day in words, English and Spanish: "ten past three", "at nine in the morning", "a la una y veinte"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.patterns import regex
from contentkit.words.within import FIGURE, Opened, words_within


def _numbered(words: str, *numbers: int) -> dict[str, int]:
    return dict(zip(words.split(), numbers, strict=True))


_ENGLISH = _numbered("one two three four five six seven eight nine ten eleven twelve", *range(1, 13))
_SPANISH = _numbered("una dos tres cuatro cinco seis siete ocho nueve diez once doce", *range(1, 13))
_PARTS = _numbered("half quarter media cuarto five cinco ten diez twenty veinte", 30, 15, 30, 15, 5, 5, 10, 10, 20, 20)
_PARTS |= {"twenty-five": 25, "twenty five": 25, "veinticinco": 25}
_BEFORE, _BEFORE_LAS = "at|until|till|by|since|around|before|after", "a|hasta|desde|sobre|hacia|de|entre"
# What may stand behind an hour that is no number of things.
_ENDS = r"(?=\s*(?:[.,;:!?)\n]|$|(?:sharp|utc|and|on|in\s+the|y|no|se|ya|de\s+la|en\s+punto)(?!\w)))"
_OF_DAY = (
    r"(?:\s*,?\s*(?:(?P<morning>a\.?m\b|in\s+the\s+morning|de\s+la\s+(?:mañana|madrugada))"
    r"|(?P<later>p\.?m\b|in\s+the\s+(?:afternoon|evening)|at\s+night|de\s+la\s+(?:tarde|noche))))"
)


def _hours(names: dict[str, int]) -> str:
    return rf"(?P<hour>{'|'.join(names)}|1[0-2]|[1-9])(?![\w%]|[.,:]\d)"


# "Five to eight" is a range as often as a time of day; "a quarter to eight" and "at five to eight" are none.
_PAST = Opened(
    ["a", *_PARTS],
    regex(
        rf"(?<!\w)(?:a\s+)?(?P<part>half|quarter|five|ten|twenty(?:[- ]five)?)\s+(?P<turn>past|(?<=quarter\s)to)\s+"
        rf"{_hours(_ENGLISH)}{_OF_DAY}?",
        re.I,
    ),
)
_AT_TO = Opened(
    ["five", "ten", "twenty"],
    regex(
        rf"(?<!\w)(?<=at\s)(?P<part>five|ten|twenty(?:[- ]five)?)\s+(?P<turn>to)\s+{_hours(_ENGLISH)}{_OF_DAY}?", re.I
    ),
)
_AT = Opened(
    _BEFORE.split("|"),
    regex(
        rf"(?<!\w)(?:{_BEFORE})\s+{_hours(_ENGLISH)}(?:(?:\s+o['’]clock)?{_OF_DAY}|\s+o['’]clock)(?!\w)",
        re.I,
    ),
)
_A_LAS = Opened(
    _BEFORE_LAS.split("|"),
    regex(
        rf"(?<!\w)(?:{_BEFORE_LAS})\s+las?\s+{_hours(_SPANISH)}"
        rf"(?:\s+(?P<turn>y|menos)\s+(?P<part>media|cuarto|cinco|diez|veinte|veinticinco)(?!\w))?(?:{_OF_DAY}|{_ENDS})",
        re.I,
    ),
)
_WORDS = frozenset((*_ENGLISH, *_SPANISH, FIGURE))
_CUES = frozenset(
    ("past", "to", "clock", "morning", "afternoon", "evening", "night", "am", "pm", "a", "p", "la", "las")
)


def clocks(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, times as ``15:10``) of each; both halves of the day where the text does not say which."""
    words = words_within(text)
    if _CUES.isdisjoint(words) or _WORDS.isdisjoint(words):
        return
    for pattern in (_PAST, _AT_TO, _AT, _A_LAS):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), tuple(_times(match.groupdict()))


def _times(said: dict[str, str | None]) -> Iterator[str]:
    name = (said["hour"] or "").lower()
    hour = _ENGLISH.get(name) or _SPANISH.get(name) or int(name)
    minutes = _PARTS[(said.get("part") or "").lower()] if said.get("part") else 0
    if (said.get("turn") or "").lower() in ("to", "menos"):
        hour, minutes = hour - 1, 60 - minutes
    for half in (0, 12):
        if not (half and said["morning"]) and not (not half and said["later"]):
            yield f"{hour % 12 + half}:{minutes:02}"
