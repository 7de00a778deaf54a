"""Reads addresses and feeds, under the rules of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentkit.cli.ingesting.original import Original
from contentkit.cli.project import Project
from contentkit.errors import ContentkitError
from contentkit.sources.web_pages.keys import without_keys
from contentkit.text import one_line

if TYPE_CHECKING:
    from contentkit.sources.web_pages.feed_items import News
    from contentkit.sources.web_pages.items import Item
    from contentkit.web.reader import Reader


def reader(project: Project) -> Reader:
    """The one way to the web: public hosts, and those that the user of this machine allows."""
    from contentkit.settings.machine import MACHINE_NAME, load_machine
    from contentkit.web.reader import Reader

    return Reader(hosts=load_machine(project.settings).web_hosts, allowed_in=str(project.settings / MACHINE_NAME))


def page(address: str, project: Project) -> tuple[bytes, str]:
    """What is at this address, and the address it has come from in the end. Raises ContentkitError."""
    from contentkit.sources.web_pages.answers import readable_at

    with _naming(address):
        return readable_at(address, reader(project))


@contextmanager
def _naming(address: str) -> Iterator[None]:
    """Errors of the address name all of it but keys: of several on one host, the host alone does not tell which."""
    try:
        yield
    except ContentkitError as error:
        host = urlsplit(address).netloc
        if host and error.message.startswith(f"{host}: "):
            error.message = f"{without_keys(address)}{error.message.removeprefix(host)}"
        raise


def feed_news(
    project: Project, address: str, now: datetime, *, since: date | None, latest: int | None
) -> tuple[list[Original], str]:
    """What is new in a feed, and what to say of it. That it was asked is remembered; what is taken, when it is.

    Raises ContentkitError.
    """
    from contentkit.sources.web_pages.feed_items import news_of
    from contentkit.sources.web_pages.feed_places import known_as
    from contentkit.store.database import database_in
    from contentkit.store.feeds import known_feed, remember_asking, remember_feed

    feed = known_as(address)
    with database_in(project.root) as database:
        known = known_feed(database, feed)
        with _naming(feed):
            news = news_of(address, reader(project), known, since=since, latest=latest)
        if news is None:
            remember_asking(database, feed, now)
            return [], f"{feed}: nothing new"
        waiting = [item.id for item in news.items]
        said = {"title": news.feed.title, "etag": news.etag, "modified": news.modified}
        remember_feed(database, feed, **said, waiting=waiting, passed=news.left, now=now)
    return [_original(project, feed, news.address, item) for item in news.items], _told(
        feed, news, is_first=known is None
    )


def _original(project: Project, feed: str, address: str, item: Item) -> Original:
    """An item of the feed that is known by this name, and was read at this address."""
    from contentkit.sources.web_pages.answers import stands_in_feed
    from contentkit.sources.web_pages.feed_places import item_place

    # What stands in a feed is filed as the feed's, so that it never takes the place of what another address said.
    place = item_place(feed, item.id)
    link = item.facts.link
    return Original(
        name=link or place,
        address=place if stands_in_feed(item, address) else link,
        # Whoever writes a feed must not choose what is read in the own network.
        read=partial(_item, item, reader(project).beside(address), address),
        feed=feed,
        item=item.id,
    )


def _item(item: Item, fetch: Reader, address: str) -> tuple[bytes, str]:
    from contentkit.sources.web_pages.answers import readable_item

    with _naming(item.facts.link):
        return readable_item(item, fetch, address)


def pass_over(project: Project, original: Original) -> None:
    """Remembers that an item of a feed cannot be read, so that it is told once. Raises StateError."""
    from contentkit.store.database import database_in
    from contentkit.store.feeds import remember_passed

    with database_in(project.root) as database:
        remember_passed(database, original.feed, original.item)


def _told(name: str, news: News, *, is_first: bool) -> str:
    feed = f"{name} ({one_line(news.feed.title, 60)})" if news.feed.title else name
    if news.items:
        return f"{feed}: {len(news.items)} to take"
    if is_first and news.left:
        there = f"the {len(news.left)} that are there" if len(news.left) > 1 else "the one that is there"
        return f"{feed}: takes what is new from now on; ask for {there} with --latest NUMBER or --since DATE"
    return f"{feed}: nothing new"
