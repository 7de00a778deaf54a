"""The author's title above the first post, where that does not say what the title says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contentkit.drafting.reading.terms import roots
from contentkit.drafting.rules import straight
from contentkit.drafting.spans.candidates import Fits, Span, balanced, flawed
from contentkit.drafting.spans.scoring import Measure
from contentkit.patterns import regex

# A title of so many words that count tells something; a shorter one does with a verb ("Lumen is shutting down").
_TELLING, _STATING = 4, 2
# A first post with more of the title says it.
_SAID, _SAID_OF_A_SHORT_ONE = 0.45, 0.5
_NUMBER = regex(r"\d[\d.,]*\d|\d")
# Words for whoever files a text: "Draft: …", "2026-11-24 …", "…, part 2", "… (2/3)", "… | Our blog"; or marks of Markdown.
_FILED = regex(
    r"^\W*(?:(?:draft|wip|re|fwd?|borrador)\s*[:\]]|\d{4}-\d\d-\d\d)|:\s*$|\s[|»·]\s|\*\*|(?<!\w)[*_]\w|\(\d+/\d+\)"
    r"|\b(?:part|parte|devlog) (?:\d+|[ivx]+|one|two|three|uno|dos|tres)(?=\s*(?:$|[^\w\s]|of \d|de \d))",
    re.I,
)


def under_headline(thread: Sequence[Span], title: Span | None, measure: Measure, fits: Fits) -> list[Span]:
    """The thread, below the title where its first post says neither the words nor a number of it.

    What its author wrote beside the title, which no sentence of the text is, says what it should.
    """
    if title is None or not _is_for_readers(title.text, measure) or not thread or thread[0].start < 0:
        return list(thread)
    if not _adds(title.text, thread[0].text, measure):
        return list(thread)
    text = f"{title.text}\n\n{thread[0].text}"
    first = replace(thread[0], text=text, named=title.lines[0]) if fits(text) else thread[0]
    return [first, *thread[1:]]


def _is_for_readers(title: str, measure: Measure) -> bool:
    """Whether a title may open a thread as it is."""
    return balanced(title) and not _FILED.search(title) and not flawed(title, measure.rules)


def _adds(title: str, first: str, measure: Measure) -> bool:
    if set(_NUMBER.findall(title)) & set(_NUMBER.findall(first)):
        return False
    number = len(measure.title)
    said = len(measure.title & roots(first, measure.rules))
    if number >= _TELLING:
        return said <= _SAID * number
    states = bool(measure.rules.finite.search(straight(title)))
    return number >= _STATING and states and said <= _SAID_OF_A_SHORT_ONE * number
