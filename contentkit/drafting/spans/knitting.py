"""Posts that follow each other in one paragraph: one post where one holds them, else two halves of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.spans.candidates import Fits, Span, joined
from contentkit.drafting.spans.scoring import is_cry

# A hook is short: the rest of its paragraph joins it up to this length.
_LONGEST_HOOK = 360
# A paragraph as short as this joins the one beside it, up to this length of both.
_SCRAP, _LONGEST_BOTH = 70, 400

_Ends = Mapping[tuple[int, int], Span]


def knit(thread: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The thread, in the order of the source, with the neighbours of each paragraph joined or parted anew.

    A sentence that was left out between them is said where one post holds it too.
    """
    windows = {(span.start, span.end): span for span in spans if span.kind == "window"}
    knitted = list(thread[:1])
    for span in thread[1:]:
        knitted[-1:] = _knit(knitted[-1], span, windows, is_hook=len(knitted) == 1)
    return knitted


def blocks_of(sections: Sequence[Section]) -> Mapping[int, Sequence[Sentence]]:
    """By the number of a sentence, the sentences of its block."""
    return {one.number: block.sentences for section in sections for block in section.blocks for one in block.sentences}


def keeps_together(span: Span, blocks: Mapping[int, Sequence[Sentence]], told: Set[int], fits: Fits) -> bool:
    """Whether a span neither begins in the middle of a paragraph of which a post could hold the beginning too, nor ends with
    the cry of the next paragraph ("And then!").

    What is ``told`` already, by the numbers of its sentences, needs no post to hold it.
    """
    if span.kind != "window":
        return True
    first = span.said[0]
    beginning = [one for one in blocks[first.number] if one.paragraph == first.paragraph and one.number < first.number]
    is_torn = bool(beginning) and beginning[-1].number not in told and fits(joined([*beginning, *span.said]))
    return not is_torn and not _cries_on(span)


def _cries_on(span: Span) -> bool:
    last = span.said[-1]
    return len(span.said) > 1 and last.opens and is_cry(last)


def _knit(before: Span, span: Span, windows: _Ends, *, is_hook: bool) -> list[Span]:
    """One post, two halves, or both as they are."""
    if before.end > span.start or not _is_prose(before) or not _is_prose(span):
        return [before, span]
    whole = windows.get((before.start, span.end))
    if before.said[-1].paragraph != span.said[0].paragraph:
        return [whole] if whole and not is_hook and _is_scrap(before, span, whole) else [before, span]
    if whole and (not is_hook or len(whole.text) <= _LONGEST_HOOK):
        return [whole]
    halves = [(before, span), *([] if is_hook else _halves(before, span, windows))]
    return list(max(halves, key=lambda pair: min(len(half.text) for half in pair)))


def _is_prose(span: Span) -> bool:
    return span.kind == "window" and not span.headed


def _is_scrap(before: Span, span: Span, whole: Span) -> bool:
    """Whether nothing stands between them, and one of them is hardly a post."""
    is_all = len(whole.said) == len(before.said) + len(span.said)
    return is_all and min(len(before.text), len(span.text)) <= _SCRAP and len(whole.text) <= _LONGEST_BOTH


def _halves(before: Span, span: Span, windows: _Ends) -> list[tuple[Span, Span]]:
    """Both anew, with another sentence at the seam and none left out."""
    told = [one.number for one in (*before.said, *span.said)]
    if told[-1] - told[0] + 1 != len(told):
        return []
    pairs = ((windows.get((told[0], first)), windows.get((then, told[-1]))) for first, then in pairwise(told))
    return [(first, then) for first, then in pairs if first and then]
