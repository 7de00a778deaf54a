"""Which items of a feed are taken when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.errors import Unavailable
from contentkit.sources import parse_source
from contentkit.sources.web_pages.answers import readable_at, readable_item
from contentkit.sources.web_pages.facts import Facts
from contentkit.sources.web_pages.feed_items import new_items, news_of
from contentkit.sources.web_pages.feed_places import item_place, known_as
from contentkit.sources.web_pages.items import Feed, Item
from contentkit.store.feeds import KnownFeed
from contentkit.web import Fetched

ADDRESS = "https://blog.example.org/feed/"


def item(name: str, day: int | None = None, *, content: str = "<p>We grew.</p>") -> Item:
    when = datetime(2026, 11, day, 9, 0, tzinfo=UTC) if day else None
    return Item(id=name, facts=Facts(title=name, link=f"https://blog.example.org/{name}"), date=when, content=content)


FEED = Feed(title="B", items=(item("c", 20), item("b", 10), item("a", 1)))


def known(taken: str = "", passed: str = "", etag: str = "") -> KnownFeed:
    return KnownFeed(etag=etag, modified="", taken=frozenset(taken), passed=frozenset(passed))


def names(items: list[Item]) -> str:
    return "".join(item.id for item in items)


def test_the_first_run_takes_nothing() -> None:
    assert names(new_items(FEED, None)) == ""


def test_a_later_run_takes_what_is_new_the_oldest_first() -> None:
    assert names(new_items(FEED, known(passed="a"))) == "bc"


def test_what_was_taken_is_never_taken_again() -> None:
    assert names(new_items(FEED, known(taken="b", passed="a"))) == "c"
    assert names(new_items(FEED, known(taken="cb"), latest=9)) == "a"
    assert names(new_items(FEED, known(taken="cb"), since=date(2026, 1, 1))) == "a"


def test_an_item_that_was_edited_is_not_new() -> None:
    edited = Feed(title="B", items=(item("a", 22, content="<p>We grew a lot.</p>"),))

    assert new_items(edited, known(taken="a")) == []


def test_who_asks_for_the_latest_gets_them_in_the_first_run_too() -> None:
    assert names(new_items(FEED, None, latest=2)) == "bc"
    assert names(new_items(FEED, known(passed="abc"), latest=1)) == "c"


def test_who_asks_for_the_latest_again_gets_none_that_is_older() -> None:
    assert names(new_items(FEED, known(taken="bc", passed="a"), latest=2)) == ""
    assert names(new_items(FEED, known(taken="b", passed="a"), latest=2)) == "c"


def test_who_asks_since_a_day_gets_that_day_and_later() -> None:
    assert names(new_items(FEED, None, since=date(2026, 11, 10))) == "bc"
    assert names(new_items(FEED, None, since=date(2026, 11, 1), latest=1)) == "c"


def test_an_item_without_a_date_is_new_but_not_since_a_day() -> None:
    undated = Feed(title="B", items=(item("x"), item("a", 20)))

    assert names(new_items(undated, known())) == "ax"
    assert names(new_items(undated, None, since=date(2026, 11, 1))) == "a"


def test_the_newest_are_told_by_date_whatever_the_order_of_the_feed() -> None:
    assert names(new_items(Feed(title="B", items=FEED.items[::-1]), None, latest=1)) == "c"


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.sets(st.sampled_from("abcdefgh")),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_each_item_is_taken_once_or_passed(order: list[str], taken: set[str], passed: set[str]) -> None:
    feed = Feed(title="B", items=tuple(item(name) for name in order))

    found = {item.id for item in new_items(feed, known("".join(taken), "".join(passed)))}

    assert found == set(order) - taken - passed


RSS = b"<rss version='2.0'><channel><title>B</title><item><guid>a</guid></item><item><guid>b</guid></item></channel></rss>"


class Web:
    """Answers as it was told to, and remembers what it was asked."""

    def __init__(self, **answers: Fetched) -> None:
        self.answers = {address.replace("_", "/"): answer for address, answer in answers.items()}
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        self.asked.append((address, etag, modified))
        answer = next((answer for end, answer in self.answers.items() if address.endswith(end)), None)
        if answer is None:
            raise Unavailable(f"{address}: asks us to slow down")
        return answer


def answered(body: bytes, *, status: int = 200, kind: str = "text/html", charset: str = "", etag: str = "") -> Fetched:
    return Fetched(
        address="https://blog.example.org/end", status=status, content_type=kind, charset=charset, body=body, etag=etag
    )


def test_the_news_of_a_feed_are_its_new_items_its_other_ones_and_what_to_ask_with_next_time() -> None:
    web = Web(feed_=answered(RSS, kind="application/rss+xml", etag='"v2"'))

    news = news_of(ADDRESS, web, known(passed="a", etag='"v1"'))

    assert news is not None
    assert web.asked == [(ADDRESS, '"v1"', "")]
    assert ([one.id for one in news.items], news.left, news.etag) == (["b"], ("a",), '"v2"')
    # What its items may lead to is decided by where it came from, not by where it was asked for.
    assert news.address == "https://blog.example.org/end"


def test_a_feed_that_did_not_change_has_no_news() -> None:
    assert news_of(ADDRESS, Web(feed_=answered(b"", status=304)), known()) is None


def test_who_asks_for_old_items_is_not_told_that_nothing_changed() -> None:
    web = Web(feed_=answered(RSS))
    news_of(ADDRESS, web, known(etag='"v1"'), latest=1)

    assert web.asked == [(ADDRESS, "", "")]


def test_an_item_with_only_a_summary_is_read_from_its_page() -> None:
    web = Web(b=answered("<p>Canción</p>".encode("iso-8859-1"), charset="iso-8859-1"))

    data, name = readable_item(item("b", content=""), web, ADDRESS)

    assert (data.decode("utf-8-sig"), name) == ("<p>Canción</p>", "https://blog.example.org/end")


@pytest.mark.parametrize(
    ("feed", "head", "day"),
    [
        (ADDRESS, "", date(2026, 11, 20)),
        (ADDRESS, "<meta name=date content=2026-11-19>", date(2026, 11, 19)),
        ("https://planet.example.net/feed", "", None),
    ],
    ids=["feed", "page", "other host"],
)
def test_the_day_of_a_page_that_tells_none_is_the_one_of_its_own_feed(feed: str, head: str, day: date | None) -> None:
    web = Web(b=answered(f"<html><head>{head}</head><body><p>We grew this year.</p></body></html>".encode()))
    told = Item(id="b", facts=Facts(link="https://blog.example.org/b", date="2026-11-20T09:00:00+00:00"), date=None)

    source = parse_source(*readable_item(told, web, feed))

    assert source.written == day
    assert source.passages[-1].text == "We grew this year."


def test_an_item_with_its_whole_text_asks_nobody() -> None:
    web = Web()
    data, name = readable_item(item("b"), web, ADDRESS)

    assert b"We grew." in data
    assert name == "https://blog.example.org/b"
    assert web.asked == []


def test_an_item_that_links_to_another_host_is_read_there() -> None:
    web = Web(b=answered(b"<p>What the page says.</p>"))

    data, _ = readable_item(item("b"), web, "https://planet.example.net/feed")

    assert data == b"<p>What the page says.</p>"


def test_an_item_without_a_link_says_no_address_and_no_key_and_its_links_lead_somewhere() -> None:
    alone = Item(id="a", facts=Facts(title="A"), date=None, content="<p>We grew, and <a href='why'>say why</a>.</p>")

    source = parse_source(*readable_item(alone, Web(), "https://blog.example.org/feed/all?key=h4x0r"))

    assert source.link == ""
    assert [link.url for one in source.passages for link in one.links] == ["https://blog.example.org/feed/why"]
    assert "h4x0r" not in repr(source)


@pytest.mark.parametrize("query", ["key=h4x0r", "h4x0r", "a=1&key=h4x0r&b", "a=1;token=x=h4x0r#h4x0r"])
def test_a_feed_is_known_by_an_address_without_the_values_of_its_query(query: str) -> None:
    assert "h4x0r" not in known_as(f"{ADDRESS}?{query}")
    assert known_as(f"{ADDRESS}?{query}") != known_as(f"{ADDRESS}?{query.replace('h4x0r', 'other')}")
    assert known_as(ADDRESS) == ADDRESS


def test_items_are_told_apart_by_the_whole_of_a_long_id() -> None:
    assert item_place(ADDRESS, "x" * 300 + "a") != item_place(ADDRESS, "x" * 300 + "b")


def test_a_release_is_asked_for_as_programs_do_and_else_as_readers_do() -> None:
    page = "https://github.com/o/r/releases/tag/v1"

    assert readable_at(page, Web(tags_v1=answered(b"{}", kind="application/json")))[0] == b"{}"
    assert readable_at(page, Web(tag_v1=answered(b"<p>v1</p>")))[0] == b"<p>v1</p>"


def test_bytes_of_a_document_are_left_as_they_are() -> None:
    word = answered(b"PK\x03\x04\xff", kind="application/vnd.openxmlformats", charset="iso-8859-1")

    assert readable_at("https://blog.example.org/b", Web(b=word))[0] == b"PK\x03\x04\xff"


def test_what_cannot_be_had_is_said() -> None:
    with pytest.raises(Unavailable):
        readable_at("https://blog.example.org/b", Web())
