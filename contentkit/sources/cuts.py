"""The text of a page without what is cut out of it: one walk from opener to opener, whatever is looked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from contentkit.sources.code_spans import code_regions
from contentkit.sources.page import Page

# From the offset of an opener and its letters to where its cut begins, the offset behind it, and what stays in its place.
CutAt = Callable[[int, str], tuple[int, int, str] | None]


def without_cuts(page: Page, openers: re.Pattern[str], cut_at: CutAt) -> str:
    """The text, leaving code and escaped openers alone; each cut leaves its line ends behind, so that lines keep their number."""
    text, pieces, end = page.text, [], 0
    regions = iter([*code_regions(page.lines), (len(text), len(text) + 1)])
    code = next(regions)
    match = openers.search(text)
    while match:
        start, following = match.start(), match.end()
        while code[1] <= start:
            code = next(regions)
        if start >= code[0]:
            following = code[1]
        elif not match.group().startswith("\\") and (cut := cut_at(start, match.group())):
            begin, stop, left = cut
            pieces += [text[end:begin], left, "\n" * (text.count("\n", begin, stop) - left.count("\n"))]
            end = following = stop
        match = openers.search(text, following)
    return "".join([*pieces, text[end:]])
