"""Marks of what is off the record in a page's comments and classes, which nobody reads."""

from __future__ import annotations

import pytest

from contentkit.errors import ContentError
from contentkit.sources import parse_source
from tests.sources.web_pages.test_pages import page, source

WORDS = "We grew by a third this year, and nobody left us. " * 5


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{WORDS}</p><!-- [off the record] --><p>{WORDS}</p><!-- [/off the record] -->",
        f'<p>{WORDS}</p><div class="note off-the-record"><p>{WORDS}</p></div>',
        f'<p>{WORDS}</p><p class="otr">{WORDS}</p>',
        f"<p>{WORDS}<s>[off the record]</s> {WORDS}</p>",
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


HEADS = {
    "its title": "<title>[off the record] Growth</title>",
    "its description": '<meta name="description" content="We grew. [otr] Bob leaves us in May, says everybody who knows him.">',
    "its author": '<meta name="author" content="[off the record] Ana Torres">',
    "one of its tags": '<meta property="article:tag" content="[otr] growth">',
    "its picture's alt text": '<meta property="og:image" content="https://a.example/x.png">'
    '<meta property="og:image:alt" content="[otr] Bob at a table">',
}


@pytest.mark.parametrize("what", HEADS)
def test_a_mark_that_is_open_in_a_pages_head_is_told_by_the_name_of_its_place(what: str) -> None:
    html = f"<html><head>{HEADS[what]}</head><body><article><p>{WORDS}</p></article></body></html>"

    with pytest.raises(
        ContentError, match=f": {what} holds a mark of what is off the record that is not closed"
    ) as caught:
        parse_source(html.encode(), "page.html")
    assert "Bob" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<meta name="keywords" content="growth, off the record">', "growth, off the record"),
        ('<meta name="description" content="We grew. [otr] Bob leaves. [/otr] A lot, and then a bit.">', "A lot"),
    ],
)
def test_a_mark_that_is_whole_in_a_pages_head_takes_what_it_encloses_only(head: str, said: str) -> None:
    html = f"<html><head>{head}</head><body><article><p>{WORDS}</p></article></body></html>"
    source = parse_source(html.encode(), "page.html")

    assert said in f"{source.description} {', '.join(source.tags)}"
    assert "Bob" not in "\n".join(source.lines)
    assert source.passages[-1].text == WORDS.strip()
