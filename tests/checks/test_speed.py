from __future__ import annotations

import time

import pytest

from contentkit.checks import check_draft
from contentkit.forbidden import Forbidden
from tests.checks.notes import NOTE, citing, draft_of, note

HOSTILE = (
    "`",
    "1/2/",
    "10:30:",
    "two ",
    "Um ",
    "a hundred ",
    "“a b c” ",
    "A-",
    "http://a.b/(",
    "[a](",
    "<a ",
    "A. ",
    "1'111",
    "e.g. A ",
    "{{<",
    "é",
    "not 3 because ",
    "one of the most ",
    "we may? No. ",
)


def seconds(text: str, source_text: str) -> float:
    source = note(*source_text.split("\n"))
    draft = draft_of(citing(source, text))
    start = time.process_time()
    check_draft(draft, {NOTE: source}, forbidden=Forbidden.of(["a b c d e f"], ""))
    return time.process_time() - start


def test_ten_posts_on_a_long_source_are_checked_in_a_moment() -> None:
    sentence = "In March 2024 Mira Okafor cut 40 ms of {} from TideQueue, which is not bad for week {}."
    source = note(*(sentence.format(f"part {number}", number) for number in range(470)))
    posts = [citing(source, source.lines[number * 40], number * 40 + 1, number * 40 + 1) for number in range(10)]
    draft = draft_of(*posts)
    start = time.process_time()
    assert check_draft(draft, {NOTE: source}) == []
    assert time.process_time() - start < 5.0  # 0.2 on an idle core; half a minute when each post reads the whole source


@pytest.mark.sampled(4)
@pytest.mark.parametrize("bit", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(bit: str) -> None:
    # Eight times as long: a machine that is busy with other things may make 16 of it, a square makes 64.
    short, long = (bit * (size // len(bit)) for size in (4_000, 32_000))
    assert seconds(long, long) < 0.3 + 32 * seconds(short, short)
