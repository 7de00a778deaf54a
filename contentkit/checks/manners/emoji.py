"""CK335 to CK337: emoji, each of which a screen reader reads out by its whole name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_RUN = 3
_MOST = 6
_LIST = 3
# What is shown as a picture by itself, and after the bar what is one with a variation selector behind it.
_PICTURES = (
    r"\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236"
    r"\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001faff\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe"
    r"\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3"
    r"\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c"
    r"\u2b50\u2b55"
)
_ONE = rf"(?:[{_PICTURES}]|[\u00a9\u00ae\u203c-\u3299]\ufe0f)[\ufe0f\U0001f3fb-\U0001f3ff]*"
_EMOJI = regex(
    # Joined ones, flags, keys of a telephone.
    rf"{_ONE}(?:\u200d(?:{_ONE}|[\u2600-\u27bf]))*|[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
)
_LINE_START = regex(r"^[ \t]*", re.M)
# Words that want another one behind them: where a picture stands instead, whoever hears it must guess which.
_WANTING = "a|an|the|our|my|your|their|of|with|un|una|el|la|los|las|mi|nuestro|nuestra|de|con"
_WANTED = regex(rf"(?<![\w'’])(?:{_WANTING}|(?P<maybe>(?i:i|we|yo|{_WANTING})))[ ]$")
_GOES_ON = regex(r"[ ]\w")
# So far back such a word can begin.
_BACK = 10


def check_emoji(prose: Prose) -> Iterator[Finding]:
    """Those in a row and the many, those before each line of a list, and those in the place of a word."""
    text = prose.text
    if text.isascii():
        return
    found = [match.span() for match in _EMOJI.finditer(text)]
    yield from _check_rows(text, found)
    listed = _at_line_starts(text, found)
    if len(listed) >= _LIST:
        start, end = listed[0]
        message = f"{len(listed)} lines begin with an emoji, and screen readers read its name before each"
        yield warning("CK336", message, words=text[start:end], at=start, remedy="begin them with a dash, or a word")
    elif len(found) > _MOST:
        start, end = found[_MOST]
        message = f"{len(found)} emoji in one post, screen readers read each of them out"
        yield warning("CK335", message, words=text[start:end], at=start, remedy=f"keep at most {_MOST}, at its end")
    yield from _check_instead_of_words(text, found)


def _check_rows(text: str, found: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    row: list[tuple[int, int]] = []
    for span in (*found, None):
        if span and row and not text[row[-1][1] : span[0]].strip(" \u00a0"):
            row.append(span)
            continue
        if len(row) >= _RUN:
            start, end = row[0][0], row[-1][1]
            message = f"{len(row)} emoji in a row, screen readers read each of them out"
            yield warning("CK335", message, words=text[start:end], at=start, remedy="keep one of them")
        row = [span] if span else []


def _at_line_starts(text: str, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those with nothing before them on their line, and with words behind."""
    starts = {match.end() for match in _LINE_START.finditer(text)}
    return [(start, end) for start, end in found if start in starts and text[end : end + 1] not in ("", "\n")]


def _check_instead_of_words(text: str, found: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    for start, end in found:
        before = _WANTED.search(text, max(0, start - _BACK), start)
        # A capital letter may be a name (``version A``), unless the sentence goes on.
        if before and (not before["maybe"] or _GOES_ON.match(text, end)):
            message = f"{text[start:end]} stands for a word: whoever hears its name has to guess which"
            yield warning("CK337", message, words=text[start:end], at=start, remedy="write the word, put it behind")
