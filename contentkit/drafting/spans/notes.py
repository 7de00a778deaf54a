"""The thread of a note: which of its posts say something, and what stands above the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.drafting.rules import Rules
from contentkit.drafting.rules.notes import note_rules
from contentkit.drafting.spans.candidates import Fits, Span
from contentkit.drafting.spans.jottings import tells


def telling(span: Span, rules: Rules) -> frozenset[int]:
    """The numbers of the sentences of a span that decide something, or say a number, a judgement or what was done.

    Of what is no list every sentence counts: somebody wrote it out.
    """
    return frozenset(
        one.number
        for one in span.sentences
        if span.kind != "list" or (not (one.text.endswith(":") or one.number == _head_of(span)) and tells(one, rules))
    )


def _head_of(span: Span) -> int | None:
    return span.sentences[0].number if span.headed else None


def under_title(spans: Sequence[Span], title: Span | None, fits: Fits, *, is_told: bool) -> list[Span]:
    """The spans of a thread with the title of the note above the first one: a title is no post.

    ``is_told`` says that the first posts name what the note is about, and need no title. One that is a post already,
    and does not fit above the next one, is left out; so is one that only says that people met.
    """
    if title is None or not spans:
        return list(spans)
    if note_rules().meetings.search(title.text):
        return [one for one in spans if one.text != title.text] or list(spans)
    is_bare = spans[0].text == title.text
    rest = spans[1:] if is_bare else spans
    if not rest or (is_told and not is_bare):
        return list(spans)
    first = rest[0]
    text = f"{title.text}\n\n{first.text}"
    if fits(text):
        first = replace(first, text=text, named=title.lines[0])
    return [first, *rest[1:]]
