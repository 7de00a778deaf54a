"""Feeds in each dialect: their items, and what an item says when it is read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import parse_source
from contentkit.sources.read import reading_of
from contentkit.sources.web_pages.feed_items import has_whole_text, page_of
from contentkit.sources.web_pages.feeds import feed_of
from contentkit.sources.web_pages.items import Feed, Item

FEEDS = Path(__file__).parent / "feeds"
ADDRESS = "https://blog.example.org/feed/"


def feed(name: str) -> Feed:
    return feed_of((FEEDS / name).read_bytes(), "", ADDRESS)


def rss(items: str, prolog: str = "", attributes: str = "") -> bytes:
    return f"{prolog}<rss version='2.0' {attributes}><channel><title>B</title>{items}</channel></rss>".encode()


def item(inner: str) -> Item:
    (found,) = feed_of(rss(f"<item>{inner}</item>"), "", ADDRESS).items
    return found


def read(item: Item) -> Source:
    return reading_of(page_of(item), item.facts.link or ADDRESS).source


@pytest.mark.parametrize(
    ("name", "title", "known_by", "authors", "dates"),
    [
        (
            "wordpress.rss",
            "Harvest Blog",
            ["https://blog.example.org/?p=1187", "https://blog.example.org/?p=1102"],
            ["Mara Quist", "Ola Berg"],
            [datetime(2026, 3, 10, 9, 30, tzinfo=UTC), datetime(2026, 2, 15, 4, 30, tzinfo=UTC)],
        ),
        (
            "jekyll.atom",
            "Rooftop notes",
            ["https://wren.example.org/2026/02/14/changelog", "https://wren.example.org/2026/01/03/support"],
            ["Wren Okafor", "Wren Okafor"],
            [datetime(2026, 2, 14, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)],
        ),
        (
            "planet.rdf",
            "Archivo del Sur",
            ["https://archivo.example.org/1"],
            ["Joaquín Prado"],
            [datetime(2026, 7, 15, 12, tzinfo=UTC)],
        ),
        (
            "microblog.json",
            "Keel notes",
            ["https://keel.example.org/tour", "41"],
            ["Lior Benami", "Noa Perl"],
            [datetime(2026, 5, 7, 5, tzinfo=UTC), datetime(2026, 5, 1, 8, tzinfo=UTC)],
        ),
    ],
)
def test_a_feed_tells_its_items_with_author_and_time(
    name: str, title: str, known_by: list[str], authors: list[str], dates: list[datetime]
) -> None:
    found = feed(name)

    assert found.title == title
    assert [item.id for item in found.items] == known_by
    assert [item.facts.author for item in found.items] == authors
    assert [item.date for item in found.items] == dates


def test_an_item_with_its_whole_text_is_read_from_the_feed() -> None:
    source = read(feed("wordpress.rss").items[0])

    assert (source.title, source.author, source.language) == (
        "Harvest 4.2: the scheduler, rewritten",
        "Mara Quist",
        "en-US",
    )
    assert source.link == "https://blog.example.org/2026/03/harvest-4-2-scheduler/"
    assert source.tags == ("Releases", "scheduler")
    assert [(one.kind, one.text, one.first, one.last) for one in source.passages if not one.aside] == [
        (
            "paragraph",
            "For four years, one loop decided what Harvest did next. Last week we deleted it, and nobody noticed.",
            10,
            10,
        ),
        ("heading", "What changed", 12, 12),
        ("item", "A job that is not due costs nothing.", 14, 14),
        ("item", "Adding one takes 3 microseconds.", 15, 15),
        ("code", "harvest upgrade < jobs.txt", 17, 19),
    ]
    assert source.passages[-2].links[0].url == "https://blog.example.org/numbers/"


def test_hidden_text_of_an_item_stays_out_and_is_told() -> None:
    source = read(feed("wordpress.rss").items[0])

    assert source.removed == ("1 hidden element",)
    assert not any("Acme" in line for line in source.lines)


def test_an_item_that_breaks_off_has_no_whole_text() -> None:
    whole = [has_whole_text(item) for name in ("wordpress.rss", "jekyll.atom") for item in feed(name).items]

    assert whole == [True, False, True, False]


def test_a_long_description_is_the_text_and_one_that_breaks_off_is_not() -> None:
    assert has_whole_text(item(f"<link>https://a.example.org/</link><description>{'We grew. ' * 100}</description>"))
    assert not has_whole_text(
        item(f"<link>https://a.example.org/</link><description>{'We grew. ' * 100}…</description>")
    )


def test_an_item_that_leads_nowhere_is_all_there_is() -> None:
    assert has_whole_text(item("<title>Short news</title><description>We grew.</description>"))


def test_titles_are_words_whatever_markup_they_hold() -> None:
    assert feed("jekyll.atom").items[0].facts.title == "Keeping a changelog for people"
    assert feed("wordpress.rss").items[1].facts.title == "Winter notes: three outages & what we learned"


def test_plain_text_of_a_json_feed_keeps_its_paragraphs() -> None:
    source = read(feed("microblog.json").items[1])

    assert [one.text for one in source.passages] == ["Import is twice as fast. It took us a week.", "That is all."]


@pytest.mark.parametrize(
    ("inner", "known_by"),
    [
        ("<guid>7</guid><link>https://a.example.org/</link><title>T</title>", "7"),
        ("<link>https://a.example.org/</link><title>T</title>", "https://a.example.org/"),
        ("<link>/relative</link><title>T</title>", "https://blog.example.org/relative"),
        ("<link>javascript:alert(1)</link><title>T</title>", "sha256:"),
        ("<title>T</title><pubDate>Tue, 10 Mar 2026 09:30:00 GMT</pubDate>", "sha256:"),
    ],
)
def test_an_item_is_known_by_its_id_else_its_link_else_its_title_and_date(inner: str, known_by: str) -> None:
    assert item(inner).id.startswith(known_by)


def test_items_of_the_same_title_on_two_days_are_two() -> None:
    days = "".join(f"<item><title>T</title><pubDate>{day} Mar 2026 09:30:00 GMT</pubDate></item>" for day in (10, 11))

    assert len(feed_of(rss(days), "", ADDRESS).items) == 2


def test_an_item_that_comes_twice_is_one_and_one_that_says_nothing_of_itself_is_none() -> None:
    items = "<item><guid>7</guid></item><item><guid>7</guid></item><item><description>x</description></item>"

    assert [item.id for item in feed_of(rss(items), "", ADDRESS).items] == ["7"]


@pytest.mark.parametrize("words", ["yesterday", "Tue, 99 Mar 2026", "9999999999999", "0000-00-00T00:00:00Z"])
def test_a_date_that_is_none_is_not_known(words: str) -> None:
    assert item(f"<guid>7</guid><pubDate>{words}</pubDate>").date is None


def test_the_encoding_is_what_the_header_says_before_what_the_feed_says() -> None:
    data = rss("<item><guid>7</guid><title>Canción</title></item>", "<?xml version='1.0' encoding='utf-8'?>")
    latin = data.decode().encode("iso-8859-1")

    assert feed_of(latin, "iso-8859-1", ADDRESS).items[0].facts.title == "Canción"
    assert feed_of(data, "", ADDRESS).items[0].facts.title == "Canción"
    assert feed_of(data.decode().encode("utf-16"), "", ADDRESS).items[0].facts.title == "Canción"


def test_a_feed_with_an_unknown_entity_is_read_all_the_same() -> None:
    found = feed_of(rss("<item><guid>7</guid><title>Fish&nbsp;&amp; chips</title></item>"), "", ADDRESS)

    assert [item.id for item in found.items] == ["7"]


BOMB = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    "prolog",
    [
        BOMB,
        "<?xml version='1.0'?><!-- hello -->\n" + BOMB,
        "<!DOCTYPE rss SYSTEM 'file:///etc/hostname'>",
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/rss-0.91.dtd'>",
        "<!doctype rss>",
    ],
)
def test_a_document_type_is_refused_before_anything_is_parsed(prolog: str) -> None:
    with pytest.raises(ContentError, match="document type") as caught:
        feed_of(rss("<item><guid>&b;</guid></item>", prolog), "", ADDRESS)

    assert caught.value.hint


def test_a_document_type_within_an_article_is_only_text() -> None:
    found = item(
        "<guid>7</guid><description><![CDATA[<pre>&lt;!DOCTYPE html&gt; <!DOCTYPE html></pre>]]></description>"
    )

    assert found.id == "7"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is no feed"),
        (b"<!doctype html><html><body>Our blog</body></html>", "is no feed"),
        (b"<opml version='2.0'></opml>", "is no feed"),
        (b'{"items": []}', "is JSON, but no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "cannot be read as JSON"),
        (b'{"a": ' + b"[" * 200_000, "cannot be read as JSON"),
        (b"<rss>" + b" " * (5 * 1024 * 1024), "larger than 5 MiB"),
        (rss("", "<?xml version='1.0' encoding='x-klingon'?>"), "unknown encoding"),
    ],
)
def test_what_is_no_feed_says_why(data: bytes, what: str) -> None:
    with pytest.raises(ContentError, match=f"^{ADDRESS}: .*{what}") as caught:
        feed_of(data, "", ADDRESS)

    assert caught.value.hint


def test_a_page_that_announces_its_feed_is_answered_with_its_address() -> None:
    page = b"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/rss.xml'></head></html>"

    with pytest.raises(ContentError) as caught:
        feed_of(page, "", "https://blog.example.org/")

    assert "https://blog.example.org/rss.xml" in caught.value.hint


def test_a_saved_feed_is_no_source() -> None:
    with pytest.raises(ContentError, match=r"^feed.xml: is a feed") as caught:
        parse_source((FEEDS / "wordpress.rss").read_bytes(), "feed.xml")

    assert "--feed" in caught.value.hint


ODD = ["\x1b]0;owned\x07", "\u202egnihton", "[bold red]x[/]", "\ud7ff\uffff", "a\nb", "\u200b"]


@pytest.mark.parametrize("odd", ODD)
def test_a_title_holds_nothing_that_cannot_be_seen(odd: str) -> None:
    found = feed_of(
        json.dumps(
            {"version": "https://jsonfeed.org/version/1", "items": [{"id": "7", "title": f"We grew{odd}"}]}
        ).encode(),
        "",
        ADDRESS,
    )
    title = found.items[0].facts.title

    assert title.startswith("We grew")
    assert title.isprintable()
    assert "\u202e" not in title


@pytest.mark.parametrize(
    "items", ["null", "7", '"x"', "{}", "[7, null, [], {}]", '[{"id": []}]', '[{"id": "7", "authors": 7, "tags": {}}]']
)
def test_a_json_feed_of_odd_values_is_read_as_far_as_it_goes(items: str) -> None:
    found = feed_of(f'{{"version": "https://jsonfeed.org/version/1", "items": {items}}}'.encode(), "", ADDRESS)

    assert [item.id for item in found.items] in ([], ["7"])


def test_the_day_of_an_item_is_its_authors() -> None:
    late = feed("wordpress.rss").items[1]

    assert late.facts.date == "2026-02-14T23:30:00-05:00"
    assert read(late).written == date(2026, 2, 14)


def test_an_excerpt_that_breaks_off_describes_nothing() -> None:
    assert feed("wordpress.rss").items[0].facts.description == ""
    assert feed("jekyll.atom").items[0].facts.description == "Nobody reads a list of commits."
