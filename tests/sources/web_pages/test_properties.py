"""Soups of tags and of items: no exception but ours, and a copy that says what the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources.front_matter import front_matter_of
from contentkit.sources.web_pages.feed_items import has_whole_text, page_of
from contentkit.sources.web_pages.feeds import feed_of
from contentkit.sources.web_pages.page import PAGE
from contentkit.sources.web_pages.releases import RELEASE

ADDRESS = "https://a.example.org/x"
TAGS = [
    "<p>", "</p>", "<div>", "</div>", "<article>", "</article>", "<main>", "<h1>", "</h1>", "<h2 id=a>", "<ul>",
    "<li>", "</ul>", "<ol start=3>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<pre>", "<code>", "</code>",
    "</pre>", "<blockquote>", "<figure>", "<figcaption>", "<img src=a.png alt=b>", "<img>", "<a href=/b>",
    "<a href='javascript:x'>", "</a>", "<br>", "<hr>", "<sup>", "<b>", "</b>", "<em>", "<span hidden>", "</span>",
    "<p style='display:none'>", "<style>.a{display:none}</style>", "<p class=a>", "<div class='share'>", "<nav>",
    "</nav>", "<header>", "<footer>", "<aside>", "<form>", "<svg>", "<script>", "</script>",
    "<script type='application/ld+json'>{\"@type\": \"Article\", \"author\": [7, {\"name\": \"Ana\"}]}</script>",
    "<template>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-8'?>", "<meta charset=utf-8>",
    "<meta charset=x-user-defined>", "<meta name=author content=Ana>", "<meta property=og:title content='We grew'>",
    "<link rel=canonical href=//b>", "<base href=/c/>", "<html lang=en>", "<body>", "<title>", "</title>",
    "<time datetime=2026-13-45>", "<time datetime=2026-03-10>", "<div itemprop=articleBody>", "<", ">", "&", "&amp;",
    "&#0;", "&#xD800;", "&nbsp;", '"', "'", "\x00", "\x1b[2J", "\u202e", "\u200b", "é", "👋", "\n", " ", "---\n",
    "[off the record]", "We grew. ", "A scheduler that is faster than before, for 3,400 people in 12 towns. ",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(TAGS), max_size=40).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
ITEM_TAGS = [
    "<item>", "</item>", "<entry>", "</entry>", "<guid>7</guid>", "<id>8</id>", "<link>https://a.example.org/</link>",
    "<link href='/b'/>", "<link rel='enclosure' href='x'/>", "<title>", "</title>",
    "<title type='html'>&lt;b&gt;We grew</title>", "<description>", "</description>",
    "<content:encoded><![CDATA[<p>We grew.</p>]]></content:encoded>", "<content type='xhtml'>",
    "<content type='html'>&lt;p&gt;We grew.</content>", "</content>",
    "<pubDate>Tue, 10 Mar 2026 09:30:00 GMT</pubDate>", "<pubDate>never</pubDate>",
    "<updated>2026-03-10T09:30:00Z</updated>", "<dc:date>2026-03-10</dc:date>", "<category>c</category>",
    "<category term='d'/>", "<author><name>Ana</name></author>", "<author>a@example.org (Ana)</author>",
    "<dc:creator/>", "<media:thumbnail url='x'/>", "<source>", "<div xmlns='http://www.w3.org/1999/xhtml'>", "</div>",
    "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE a>", "<!ENTITY a 'b'>", "&a;", "&nbsp;", "&#0;", "<", ">", "&",
    "\x00", "\ufffe", "\u202e", "é", "We grew. ", "\n",
]  # fmt: skip
ROOTS = st.sampled_from(
    [
        "<rss version='2.0'><channel>{}</channel></rss>",
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>",
        "<rss><channel><item>{}</item>",
        "{}",
    ]
)
FEED_SOUP = st.builds(str.format, ROOTS, st.lists(st.sampled_from(ITEM_TAGS), max_size=30).map("".join))


def a_page_is_read_or_refused(soup: str) -> None:
    try:
        manuscript = PAGE.manuscript(soup.encode(), ADDRESS)
    except ContentError:
        return
    assert any(line.strip() for line in manuscript.lines)
    assert not any("\n" in line or "\r" in line for line in manuscript.lines)
    front = front_matter_of(manuscript.lines, "page.md")
    assert not any(re.search(r"\]\(<?javascript:", line) for line in manuscript.lines)
    assert "javascript:" not in front.text("canonical") + front.text("image")
    assert set(front.values) <= {
        "title",
        "canonical",
        "author",
        "date",
        "language",
        "description",
        "image",
        "image_alt",
        "tags",
    }


def a_feed_is_read_or_refused(soup: str) -> None:
    try:
        feed = feed_of(soup.encode(), "", ADDRESS)
    except ContentError:
        return
    assert len({item.id for item in feed.items}) == len(feed.items)
    for item in feed.items:
        assert item.id
        assert item.facts.title.isprintable()
        assert item.date is None or item.date.tzinfo is not None
        assert isinstance(has_whole_text(item), bool)
        a_page_is_read_or_refused(page_of(item).decode())


def odd_json_is_read_or_refused(value: object) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "7", "title": value}, value],
        "authors": value,
    }
    for item in feed_of(json.dumps(feed).encode(), "", ADDRESS).items:
        a_page_is_read_or_refused(page_of(item).decode())
    release = dict.fromkeys(("name", "author", "html_url", "published_at", "_links"), value)
    text = json.dumps({**release, "tag_name": value, "body": "We grew."})
    try:
        manuscript = RELEASE.manuscript(text.encode(), "release.json")
    except ContentError:
        return
    assert manuscript.lines[-1] == "We grew."


PROPERTIES = pytest.mark.parametrize(
    ("strategy", "holds"),
    [(SOUP, a_page_is_read_or_refused), (FEED_SOUP, a_feed_is_read_or_refused), (JSON, odd_json_is_read_or_refused)],
    ids=["page", "feed", "json"],
)


@PROPERTIES
def test_soup_is_read_or_refused(strategy: st.SearchStrategy[object], holds: Callable[[object], None]) -> None:
    settings(max_examples=200, deadline=None)(given(strategy)(holds))()


@pytest.mark.nightly
@PROPERTIES
def test_much_soup_is_read_or_refused(strategy: st.SearchStrategy[object], holds: Callable[[object], None]) -> None:
    settings(max_examples=50_000, deadline=None)(given(strategy)(holds))()


WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_the_facts_of_an_item_reach_its_front_matter_and_break_nothing(
    title: str, author: str, content: str, tags: list[str]
) -> None:
    from contentkit.sources.web_pages.facts import Facts, seen
    from contentkit.sources.web_pages.items import Item

    facts = Facts(title=seen(title), author=seen(author), tags=tuple(map(seen, tags)))
    item = Item(id="7", facts=facts, date=datetime(2026, 3, 10, tzinfo=UTC), content=f"<p>We grew.</p>{content}")

    manuscript = PAGE.manuscript(page_of(item), ADDRESS)
    front = front_matter_of(manuscript.lines, "page.md")

    assert front.text("title") == seen(title)
    assert "We grew" in "\n".join(manuscript.lines[front.body :])
