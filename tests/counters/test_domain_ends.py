"""The lists of ends of domains, and when they matter."""

from __future__ import annotations

import pytest

from contentkit.counters.domain_ends import all_ends, readings


@pytest.mark.parametrize(
    "text", ["plain words", "example.org and setup.py", "a.company", "music and offers, active", "\u4e2d\u56fd.com"]
)
def test_where_the_lists_agree_a_text_is_read_once(text: str) -> None:
    assert readings(text) == (all_ends(),)


@pytest.mark.parametrize("text", ["news.guardian", "A.Music", "x.off.", "a.\u4e9a\u9a6c\u900a", "a.\u5de5\u884c/x"])
def test_where_the_lists_differ_a_text_is_read_by_each(text: str) -> None:
    published, today = readings(text)
    assert published != today
    assert all_ends().ascii == published.ascii | today.ascii
    assert all_ends().others == published.others | today.others


def test_the_published_list_is_whole() -> None:
    # A package with ends that were opened or closed since changes this number: they belong into one of the two lists.
    published, _ = readings("a.music")
    assert len(published.ascii) + len(published.others) == 1574
