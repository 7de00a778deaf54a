"""Neighbours of one paragraph become one post, or two halves of it."""

from __future__ import annotations

import pytest

from contentkit.drafting.reading.sections import Section, sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span, windows
from contentkit.drafting.spans.knitting import blocks_of, keeps_together, knit
from tests.drafting.made import post_of

RULES = rules_for("en")
HOOK = "Larkspur moved its job queue out of Redis in March."
FIRST = "We kept both queues for six weeks and compared each of the jobs that went through them."
SECOND = "Nobody noticed."
THIRD = "We turned the old one off on a Tuesday morning, with all of us in one room."
OTHER = "Four people were on call before, and today nobody is, for the first time in eleven years."


def spans_of(*paragraphs: str, limit: int = 500) -> tuple[Section, list[Span]]:
    section = sections_of(post_of(*paragraphs), RULES)[0]
    return section, list(windows(section.sentences, section, RULES, lambda text: len(text) <= limit))


def span_of(spans: list[Span], *sentences: str) -> Span:
    return next(one for one in spans if [sentence.text for sentence in one.said] == list(sentences))


def texts(thread: list[Span]) -> list[str]:
    return [span.text for span in thread]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(((FIRST,), (SECOND, THIRD)), id="cut in two"),
        pytest.param(((FIRST,), (THIRD,)), id="with a hole"),
    ],
)
def test_what_one_post_holds_of_a_paragraph_is_one_post(parts: tuple[tuple[str, ...], ...]) -> None:
    _, spans = spans_of(HOOK, f"{FIRST} {SECOND} {THIRD}", OTHER)
    thread = [span_of(spans, HOOK), *(span_of(spans, *part) for part in parts), span_of(spans, OTHER)]
    assert texts(knit(thread, spans)) == [HOOK, f"{FIRST} {SECOND} {THIRD}", OTHER]


def test_a_longer_paragraph_is_cut_near_its_middle() -> None:
    _, spans = spans_of(HOOK, f"{FIRST} {SECOND} {THIRD} {OTHER}", limit=200)
    thread = [span_of(spans, HOOK), span_of(spans, FIRST), span_of(spans, SECOND, THIRD, OTHER)]
    assert texts(knit(thread, spans)) == [HOOK, f"{FIRST} {SECOND}", f"{THIRD} {OTHER}"]


def test_a_line_joins_the_paragraph_beside_it_and_whole_paragraphs_stay_apart() -> None:
    _, spans = spans_of(HOOK, SECOND, FIRST, OTHER)
    thread = [span_of(spans, one) for one in (HOOK, SECOND, FIRST, OTHER)]
    assert texts(knit(thread, spans)) == [HOOK, f"{SECOND}\n\n{FIRST}", OTHER]


def test_a_hook_takes_the_rest_of_its_paragraph_only_while_it_is_short() -> None:
    _, spans = spans_of(f"{HOOK} {FIRST}")
    assert texts(knit([span_of(spans, HOOK), span_of(spans, FIRST)], spans)) == [f"{HOOK} {FIRST}"]
    _, spans = spans_of(f"{HOOK} {FIRST} {THIRD} {OTHER} {OTHER}")
    thread = [span_of(spans, HOOK), span_of(spans, FIRST, THIRD, OTHER, OTHER)]
    assert knit(thread, spans) == thread


def test_nothing_begins_in_the_middle_of_a_paragraph_that_a_post_holds() -> None:
    section, spans = spans_of(f"{FIRST} {SECOND} {THIRD}", OTHER)
    blocks, told = blocks_of([section]), section.sentences[1].number
    torn = span_of(spans, THIRD)
    assert not keeps_together(torn, blocks, frozenset(), lambda _: True)
    assert keeps_together(torn, blocks, frozenset(), lambda text: len(text) < 120)
    assert keeps_together(torn, blocks, frozenset([told]), lambda _: True)
    assert keeps_together(span_of(spans, OTHER), blocks, frozenset(), lambda _: True)


def test_nothing_ends_with_the_cry_of_the_next_paragraph() -> None:
    section, spans = spans_of(FIRST, "Hooray for us!", THIRD)
    blocks = blocks_of([section])
    assert not keeps_together(span_of(spans, FIRST, "Hooray for us!"), blocks, frozenset(), lambda _: True)
    assert keeps_together(span_of(spans, "Hooray for us!", THIRD), blocks, frozenset(), lambda _: True)
