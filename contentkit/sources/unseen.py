"""What stands in the Markdown of a page and not on the page: comments, and elements that a style hides.

Nobody who read the page has read it, so it supports no claim and reaches no drafter. It leaves the lines, which keep their
numbers, and is told of. Code is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from contentkit.patterns import regex
from contentkit.sources.cuts import without_cuts
from contentkit.sources.hidden import counted
from contentkit.sources.hidden_elements import is_unseen
from contentkit.sources.page import Page
from contentkit.sources.raw_html import tag_at

_OPENER = regex(
    r"\\[<{%]|<!--|<(?=[A-Za-z])|\{/\*|\{%-?[ \t]*comment[ \t]*-?%\}|^%%(?!%)|(?<![\w%])%%(?=[^\s%])|^%(?=[ \t])", re.M
)
_ENDS = {"<!--": "-->", "{/*": "*/}", "%%": "%%"}
_MYST = regex(r"^[ \t]*(?:`{3,}|:{3,})\{[\w:-]+\}|\{[a-z][\w:-]*\}`|^\([^()\n]+\)=[ \t]*$", re.M)
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Written without an end, these end with the paragraph.
_SHORT = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})
_BLANK = regex(r"\n[ \t]*\n")
_LONGEST_REMARK = 4000


def without_unseen(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines without what no reader of the page sees, and what that was, in words."""
    page = Page(lines)
    if not _OPENER.search(page.text):
        return tuple(lines), ()
    remarks = bool(_MYST.search(page.text))
    found: Counter[str] = Counter()

    def cut_at(start: int, opener: str) -> tuple[int, int, str] | None:
        cut = _unseen(page, start, opener, remarks=remarks)
        if not cut:
            return None
        found[cut[1]] += 1
        return start, cut[0], ""

    plain = without_cuts(page, _OPENER, cut_at)
    return tuple(plain.split("\n")), counted(found)


def _unseen(page: Page, start: int, opener: str, *, remarks: bool) -> tuple[int, str] | None:
    """The offset behind what is hidden from ``start`` on, and what it is."""
    if opener == "<":
        return _hidden_element(page, start)
    if opener == "%":
        return (page.end_of_line(start), "comment") if remarks else None
    if opener.startswith("{%"):
        closing = page.find("endcomment", start)
        stop = page.text.find("%}", closing, closing + 20) if closing >= 0 else -1
        return (stop + 2 if stop >= 0 else len(page.text)), "comment"
    stop = page.find(_ENDS[opener], start + len(opener))
    if opener == "<!--":
        # As browsers do: a comment that does not end hides all that follows.
        return (stop + 3 if stop >= 0 else len(page.text)), "comment"
    return (stop + len(_ENDS[opener]), "comment") if start < stop < start + _LONGEST_REMARK else None


def _hidden_element(page: Page, start: int) -> tuple[int, str] | None:
    tag = tag_at(page.text, start)
    if not tag or tag.closes or not is_unseen(tag.attributes):
        return None
    if tag.name in _EMPTY:
        return tag.end, "hidden element"
    if tag.name in _SHORT:
        closing, blank = page.find(f"</{tag.name}>", tag.end), _BLANK.search(page.text, tag.end)
        end = blank.start() if blank else len(page.text)
        return (closing + len(tag.name) + 3 if 0 <= closing < end else end), "hidden element"
    depth = 1
    for match in re.compile(rf"<(?P<closes>/?){re.escape(tag.name)}\b[^<>]{{0,4000}}>", re.I).finditer(
        page.text, tag.end
    ):
        depth += -1 if match["closes"] else 1
        if depth == 0:
            return match.end(), "hidden element"
    return len(page.text), "hidden element"
