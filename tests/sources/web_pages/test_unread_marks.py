"""Marks of what is off the record in a page's comments and classes, which nobody reads."""

from __future__ import annotations

import pytest

from contentkit.errors import ContentError
from tests.sources.web_pages.test_pages import page, source

WORDS = "We grew by a third this year, and nobody left us. " * 5


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WORDS}</p><!-- [off the record] --><p>{WORDS}</p><!-- [/off the record] -->",
        f'<p>{WORDS}</p><div class="note off-the-record"><p>{WORDS}</p></div>',
        f'<p>{WORDS}</p><p class="otr">{WORDS}</p>',
    ],
)
def test_a_mark_in_a_place_nobody_reads_refuses_the_page(body: str) -> None:
    with pytest.raises(ContentError, match="marks something as off the record in a place that is not read"):
        source(page(f"<article><h1>Growth</h1>{body}</article>"))


@pytest.mark.parametrize(
    "body",
    [
        f'<p class="column-off-the-record">{WORDS}</p>',
        f"<p>{WORDS}</p><!-- the template of our column, which has been called Off the Record since the spring of 2019 -->",
    ],
)
def test_a_column_of_that_name_is_read(body: str) -> None:
    assert source(page(f"<article><h1>Growth</h1>{body}</article>")).passages
