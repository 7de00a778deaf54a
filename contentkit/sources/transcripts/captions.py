"""The cues of WebVTT, SubRip and YouTube's SBV: which lines of a file hold words, and when they are said.

Only the lines with times are trusted, because what was off the record left blank lines in the middle of cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.transcripts.clocks import ELAPSED, UNPADDED, seconds_of
from contentkit.values import dataclass

_TIMING = regex(
    rf"[ \t]*(?P<begins>{UNPADDED}|{ELAPSED})[ \t]*(?:-{{1,2}}>|→|,)[ \t]*(?P<ends>{UNPADDED}|{ELAPSED})(?![\w:])(?P<rest>.*)"
)
# Settings of a cue (align:start position:0%, X1:40); anything else behind the times is words.
_SETTINGS = regex(r"(?:[ \t]+[A-Za-z]\w{0,20}:[^\s:]{1,40})*[ \t]*")
_BLOCK = regex(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_NUMBER = regex(r"[ \t]*\d{1,7}[ \t]*")
# As Teams names its cues.
_ID = regex(r"[ \t]*[0-9a-fA-F-]{36}(?:/\d{1,7}(?:-\d{1,7})?)?[ \t]*")


@dataclass(frozen=True, kw_only=True)
class Cue:
    """The indexes of the lines with words, and when they are said, in seconds; None where nobody knows.

    ``after_cut``: something was cut out before it, and perhaps somebody's name with it.
    """

    begins: float | None
    ends: float | None
    rows: tuple[int, ...]
    after_cut: bool = False


def is_timing(line: str) -> bool:
    """Whether the line says from when to when its cue is spoken, and nothing else."""
    if not line[:1].isdigit() and not line[:1].isspace():
        return False
    match = _TIMING.match(line)
    return match is not None and _SETTINGS.fullmatch(match["rest"]) is not None


def cues_of(lines: Sequence[str], start: int) -> Iterator[Cue]:
    """The cues with words from the line with index ``start`` on, in order.

    A cut shows in a cue without words, in words behind a blank line, which have no times, and in a gap between cues that
    is wider than usual.
    """
    times = [row for row in range(start, len(lines)) if is_timing(lines[row])]
    if not times:
        return
    usual = _usual_gap(lines, times)
    cut = False
    for row, following in zip(times, [*times[1:], len(lines)], strict=True):
        cut = cut or _gap_before(lines, row) > usual
        match = _TIMING.match(lines[row])
        assert match is not None
        begins, ends = seconds_of(match["begins"]), seconds_of(match["ends"])
        end = _end_of(lines, row + 1, following)
        whole, torn = _parted(lines, row + 1, end)
        if whole:
            yield Cue(begins=begins, ends=ends, rows=tuple(whole), after_cut=cut)
        # A line of one space was said before (see ``rolling``); a blank one was cut.
        cut = not whole and not any(lines[row + 1 : end])
        if torn:
            yield Cue(begins=None, ends=None, rows=tuple(torn), after_cut=True)
            cut = True


def _end_of(lines: Sequence[str], first: int, following: int) -> int:
    """The index behind the last line that may hold words: the name of the next cue does not."""
    last = following - 1
    if following == len(lines) or last < first:
        return following
    alone = last == first or not lines[last - 1].strip()
    named = _NUMBER.fullmatch(lines[last]) or (lines[last].strip() and last > first and alone)
    return last if named else following


def _parted(lines: Sequence[str], first: int, end: int) -> tuple[list[int], list[int]]:
    """The rows with words up to the first blank line, and those behind it; comments, styles and lost names are neither."""
    rows: tuple[list[int], list[int]] = ([], [])
    behind, comment = 0, False
    for row in range(first, end):
        if not lines[row].strip():
            # YouTube begins its cues with a line of one space.
            behind, comment = 1 if rows[0] or not lines[row] else behind, False
        elif comment or (not lines[row - 1].strip() and _is_no_speech(lines[row])):
            comment = bool(comment or _BLOCK.match(lines[row]))
        else:
            rows[behind].append(row)
    return rows


def _is_no_speech(line: str) -> bool:
    return bool(_BLOCK.match(line) or _NUMBER.fullmatch(line) or _ID.fullmatch(line))


def _gap_before(lines: Sequence[str], row: int) -> int:
    """How many empty lines stand before this row, or before the name of its cue."""
    above = row - 1
    if above > 0 and lines[above].strip() and not lines[above - 1].strip():
        above -= 1
    count = 0
    while above - count >= 0 and not lines[above - count]:
        count += 1
    return count


def _usual_gap(lines: Sequence[str], times: Sequence[int]) -> int:
    """The gap that most cues have."""
    gaps = sorted(_gap_before(lines, row) for row in times[1:])
    return gaps[len(gaps) // 2] if gaps else 1
