"""Who speaks where a span ends: what is left of a turn keeps its label, or goes too.

A span that begins in one turn and ends in another would take that one's label with it, and what was said on the record
behind it would become another person's words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span

_TAGS = regex(r"[ \t]*(?:<[^<>\n]{1,60}>[ \t]*){1,4}")
_LABEL = regex(r"[^\n]{0,60}?[:>][*_]{0,2}(?=[ \t]|$)")
_TIME = regex(r"\d:\d\d")
_LETTERS = regex(r"[^\W\d_]+")
# The times of a cue are no words; any other number that stands alone on its line may have been said.
_TIMES = regex(r"[ \t]*(?:\d[\d:.,]{3,15}[ \t]*(?:-->|,)[ \t]*\d[\d:.]{3,15}[ \t]*)?")
_CLOCK = regex(r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?")
_MOST_WORDS = 6
_MOST_LINES = 3
_LONGEST_HEAD = 120


def with_heads(spans: Sequence[Span], lines: Sequence[str], starts: Sequence[int], turns: Sequence[int]) -> list[Span]:
    """The spans without the label of the turn in which each begins, and the label, number and time of that in which it ends.

    They stay only where a line that nothing is cut out of has the same label. Where the label at the end is not known like
    that, the span takes the rest of the turn.
    """
    known = _labels_outside(spans, lines, starts)
    kept: list[Span] = []
    for start, end in spans:
        first, last = _row(starts, start), _row(starts, end)
        length, name = head_of(lines[first])
        if start == starts[first] and name in known and start + length < end:
            start += length
        beyond = _end_of_turn(lines, starts, turns, end)
        if first == last or beyond == end:
            kept.append((start, end))
            continue
        heads = [
            (begin, stop, name) for begin, stop, name in _heads(lines, starts, last, first) if not name or name in known
        ]
        turn = bisect_right(turns, end - 1)
        if turns[turn - 1] > start and not any(name for _, _, name in heads):
            end = max(end, beyond)
        kept += _around(start, end, [(begin, stop) for begin, stop, _ in heads if start < begin and stop <= end])
    return kept


def _end_of_turn(lines: Sequence[str], starts: Sequence[int], turns: Sequence[int], end: int) -> int:
    """The end of the last words behind a span in the paragraph of the turn in which it ends.

    What introduces the next turn stands above its words, and is none of them.
    """
    last = _row(starts, end)
    beyond = turns[min(bisect_right(turns, end - 1), len(turns) - 1)] - 1
    if lines[last][end - starts[last] :].strip():
        end = starts[last] + len(lines[last])
    for row in range(last + 1, _row(starts, beyond) + 1):
        line = lines[row].rstrip()
        if not line or line.startswith("#"):
            break
        if head_of(line)[0] < len(line):
            end = starts[row] + len(lines[row])
    return end


def _row(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _around(start: int, end: int, heads: Sequence[Span]) -> Iterator[Span]:
    for begin, stop in sorted(heads):
        if start < begin:
            yield start, begin
        start = stop
    if start < end:
        yield start, end


def _heads(lines: Sequence[str], starts: Sequence[int], last: int, row: int) -> Iterator[tuple[int, int, str]]:
    """Where the words that introduce line ``last`` stand, on it and above it, and their letters."""
    length, name = head_of(lines[last])
    if length:
        yield starts[last], starts[last] + length, name
    for above in range(last - 1, max(row, last - 1 - _MOST_LINES), -1):
        length, name = head_of(lines[above])
        if length < len(lines[above].rstrip()) or not lines[above].strip():
            return
        yield starts[above], starts[above] + len(lines[above]), name


def head_of(line: str) -> tuple[int, str]:
    """How much of a line's beginning introduces what is said: a label, tags, or all of ``Ana Ruiz  0:12``; and what it says
    but for times, so that a label is known again and "We sold 90: …" is not taken for "We sold 12: …"."""
    words = _LETTERS.findall(line[:200])
    if not words and _TIMES.fullmatch(line):
        return len(line), ""
    match = _LABEL.match(line)
    has_time = len(line) <= _LONGEST_HEAD and len(words) <= _MOST_WORDS and _TIME.search(line)
    if has_time and (not match or match.end() == len(line.rstrip())):
        return len(line), _name(line)
    found = _TAGS.match(line) or match
    return (found.end(), _name(found[0])) if found else (0, "")


def _name(head: str) -> str:
    return "".join(filter(str.isalnum, _CLOCK.sub("", head)))


def _labels_outside(spans: Sequence[Span], lines: Sequence[str], starts: Sequence[int]) -> set[str]:
    """The labels of the lines that no span touches or that begin before one."""
    names = set()
    ends = [end for _, end in spans]
    for line, begin in zip(lines, starts, strict=True):
        length, name = head_of(line)
        following = bisect_right(ends, begin)
        if name and (following == len(spans) or begin + length <= spans[following][0]):
            names.add(name)
    return names
