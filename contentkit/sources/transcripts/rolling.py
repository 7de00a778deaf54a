"""Captions that roll up: each cue says again what the one before said, as YouTube writes them.

The lines that repeat are blanked before anything else reads them: what was off the record would else stand there a second
time. The times of single words go as well, which are most of such a file. Line numbers stay true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.transcripts.beginnings import below_front_matter, first_said, is_endless
from contentkit.sources.transcripts.captions import cues_of, is_timing
from contentkit.sources.transcripts.payload import spoken

_WORD_TIMES = regex(r"<\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}>|</?c>")
# A cue that begins like the one before it is chance; so many of them are a machine.
_SHARE = 0.4
_FEWEST = 3

# The index of a line with words, and the words.
_Row = tuple[int, str]


def undoubled(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines; of captions that roll up with one space in place of each that is said again."""
    if is_endless(lines) or not any(map(is_timing, first_said(lines))):
        return lines
    cues = [_rows(lines, cue.rows) for cue in cues_of(lines, below_front_matter(lines))]
    said = [cue for cue in cues if cue]
    again = [list(_again(above, cue)) for above, cue in pairwise(said)]
    if sum(map(bool, again)) < max(_FEWEST, _SHARE * len(said)):
        return lines
    blank = {row for rows in again for row in rows}
    return tuple(" " if row in blank else _WORD_TIMES.sub("", line) for row, line in enumerate(lines))


def _rows(lines: Sequence[str], rows: Sequence[int]) -> list[_Row]:
    return [(row, text) for row in rows if (text := spoken(row, lines[row], frozenset()).text)]


def _again(above: Sequence[_Row], cue: Sequence[_Row]) -> Iterator[int]:
    """The rows that are said twice: of this cue where it begins as the one above ended, of the one above where this grew."""
    ended, begun = [text for _, text in above], [text for _, text in cue]
    for count in range(min(len(ended), len(begun)), 0, -1):
        if ended[-count:] == begun[:count]:
            yield from (row for row, _ in cue[:count])
            return
    if begun[0].startswith(f"{ended[-1]} ") and len(above) == 1:
        yield above[0][0]
