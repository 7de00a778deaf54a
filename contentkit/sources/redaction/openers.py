"""Written marks that take what they open: a heading, a call-out, a paragraph that says nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.paragraphs import last_line, last_of_section
from contentkit.sources.redaction.phrases import BRACKETED, WRITTEN
from contentkit.sources.redaction.projection import Projection

_LEADS = (
    "start|begin|beginning|going|go|now|this|the|all|next|part|bit|following|everything|rest|below|is|we|we're|are|from"
    "|here|on|starting|of|strictly|note|class"
)
_TRAILS = "from|here|on|now|start|starts|begin|begins|section|part|onwards?|until|further|notice"
_HEADING = regex(
    rf" {{0,3}}(?P<marks>#{{1,6}})[ \t][^\n]{{0,200}}?(?<![\w/]){WRITTEN}(?![^\W_]|[\s-]{{1,3}}(?:messag|protocol))"
)
_OPENS = regex(
    rf"[\W_]{{0,16}}(?:(?:{_LEADS})[\W_]{{1,4}}){{0,6}}{WRITTEN}(?:[\W_]{{1,4}}(?:{_TRAILS})){{0,4}}[\W_]{{0,16}}"
)
_CLOSES = regex(
    rf"[\W_]{{0,16}}(?:(?:we're|we are|and|now)[\W_]{{1,4}}){{0,2}}(?:(?:back[\W_]{{1,4}})?on[\W_]{{1,4}}the[\W_]{{1,4}}record"
    rf"(?:[\W_]{{1,4}}(?:again|now|from|here)){{0,3}}|(?:end|ends|end of|fin)[\W_]{{1,4}}{WRITTEN}"
    rf"|{WRITTEN}[\W_]{{1,4}}(?:end|ends|ended|over))[\W_]{{0,16}}|[\W_]{{0,8}}/[\W_]{{0,4}}{WRITTEN}[\W_]{{0,16}}"
)
_QUOTED = regex(rf"[ \t]{{0,3}}>[ \t>]{{0,6}}\[![a-z]{{1,20}}\][+-]?[^\n]{{0,60}}?(?<!\w){WRITTEN}(?!\w)")
_INDENTED = regex(rf"[ \t]{{0,12}}(?:!!!|\?\?\?\+?)[ \t][a-z]{{1,20}}[ \t][^\n]{{0,80}}?(?<!\w){WRITTEN}(?!\w)")
_FENCED = regex(rf"[ \t]{{0,8}}(?P<fence>:{{3,8}}|`{{3,8}})[^\n]{{0,60}}?(?<!\w){WRITTEN}(?!\w)")
_DETAILS = regex(rf"[^\n]{{0,80}}<summary>[^\n]{{0,60}}?(?<!\w){WRITTEN}(?!\w)")
_CURLY = regex(rf"(?:\{{|<)[ \t%!<-]{{0,4}}{BRACKETED}[ \t%>-]{{0,4}}(?:\}}|>)")
_CURLY_END = regex(rf"(?:\{{|<)[ \t%!<-]{{0,4}}(?:/|end)[ \t]{{0,3}}{BRACKETED}")
# "Off the record" and nothing else is read by section_spans; a switch that says no is none; brackets are brackets'.
_IS_PLAIN = regex(
    rf"[ \t>*_~`\\-]{{0,12}}{WRITTEN}[ \t*_~`\\:.#]{{0,12}}|[^\n]*\\?\[[*_]{{0,3}}{WRITTEN}[*_]{{0,3}}\\?\][^\n]*"
)
_MAY_MARK = regex(r"record|otr|o\.t\.r|oficial|fuera")


def opened_spans(text: Projection, lines: Sequence[str], turns: Sequence[int]) -> list[Span]:
    """The spans of the original that headings with a mark, call-outs and paragraphs of nothing but a mark open.

    Where people speak only headings count: what else stands on a line of its own was said, and is read as that.
    """
    plain = list(_plain_lines(text))
    curly_ends = [row for row, line in enumerate(plain) if line and _CURLY_END.search(line)]
    spans: list[Span] = []
    behind = 0
    for row, line in enumerate(plain):
        if row < behind or not line:
            continue
        last = _last_under_heading(lines, line, row)
        if last < row and not turns:
            last = _last_of_block(lines, plain, row)
        if last < row and not turns and _CURLY.search(line):
            closing = bisect_left(curly_ends, row)
            last = curly_ends[closing] if closing < len(curly_ends) else last_line(lines, row)
        if last >= row:
            spans.append((text.starts[row], text.starts[last] + len(lines[last])))
            behind = last + 1
    return spans


def _plain_lines(text: Projection) -> Iterator[str]:
    """The lines of the original as they look alike, where a mark may stand in them; the others empty."""
    begins = [text.at(start) for start in text.starts]
    for begin, end in pairwise([*begins, len(text.plain)]):
        line = text.plain[begin:end].rstrip("\n")
        yield line if _MAY_MARK.search(line) else ""


def _last_under_heading(lines: Sequence[str], line: str, row: int) -> int:
    heading = _HEADING.match(line)
    return last_of_section(lines, row, len(heading["marks"])) if heading else -1


def _last_of_block(lines: Sequence[str], plain: Sequence[str], row: int) -> int:
    """The index of the last line of what this one opens, -1 where it opens nothing."""
    line, count = plain[row], len(lines)
    if _QUOTED.match(line):
        return next((at for at in range(row + 1, count) if not lines[at].lstrip().startswith(">")), count) - 1
    if _INDENTED.match(line):
        return next((at for at in range(row + 1, count) if lines[at].strip() and not lines[at][0].isspace()), count) - 1
    if fenced := _FENCED.match(line):
        fence = fenced["fence"]
        return next((at for at in range(row + 1, count) if lines[at].strip() == fence), count - 1)
    if _DETAILS.match(line):
        return next((at for at in range(row, count) if "</details>" in lines[at].lower()), count - 1)
    begins = row == 0 or not lines[row - 1].strip()
    if begins and _OPENS.fullmatch(line) and not (_IS_PLAIN.fullmatch(line) or _CLOSES.fullmatch(line)):
        return next((at for at in range(row + 1, count) if plain[at] and _CLOSES.fullmatch(plain[at])), count - 1)
    return -1
