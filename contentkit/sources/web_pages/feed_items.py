"""Which items of a feed are new, and how one becomes something to read."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, time

from contentkit.sources.web_pages.confined_feeds import confined_feed
from contentkit.sources.web_pages.facts import Facts, breaks_off
from contentkit.sources.web_pages.feed_places import known_as
from contentkit.sources.web_pages.items import Feed, Item
from contentkit.store.feeds import KnownFeed
from contentkit.values import dataclass
from contentkit.web import Fetch

# A description of fewer words, or one that breaks off, is a teaser.
_FEWEST_WORDS = 200


def new_items(
    feed: Feed, known: KnownFeed | None, *, since: date | None = None, latest: int | None = None
) -> list[Item]:
    """The items to take now, the oldest first; never one that was taken before.

    ``known`` is what earlier runs remember; the first one, which has None, leaves everything that is there. ``since`` and
    ``latest`` ask for old ones, too: those of that day (UTC) or later, and so many of the feed's newest, whether taken or
    not; both together, the newest of those.
    """
    asked = _newest_first(feed)
    if since is None and latest is None:
        asked = [item for item in asked if known is not None and item.id not in known.passed]
    if since is not None:
        begin = datetime.combine(since, time(), UTC)
        asked = [item for item in asked if item.date is not None and item.date >= begin]
    return [item for item in reversed(asked[:latest]) if known is None or item.id not in known.taken]


@dataclass(frozen=True, kw_only=True)
class News:
    """What a feed answered, and which of its items are to be taken now, the oldest first.

    ``address`` is where the answer came from, after redirects.
    """

    address: str
    feed: Feed
    items: tuple[Item, ...]
    etag: str
    modified: str

    @property
    def left(self) -> tuple[str, ...]:
        """The ids of all other items."""
        taken = {item.id for item in self.items}
        return tuple(item.id for item in self.feed.items if item.id not in taken)


def news_of(
    address: str, fetch: Fetch, known: KnownFeed | None, *, since: date | None = None, latest: int | None = None
) -> News | None:
    """Asks a feed for what is new (see ``new_items``); None when it says that nothing changed since it was asked last.

    Raises what ``fetch`` raises, and ContentError for an answer that is no feed.
    """
    # Who asks for old items wants to see them, whether the feed changed or not.
    if known is None or since is not None or latest is not None:
        answer = fetch(address)
    else:
        answer = fetch(address, etag=known.etag, modified=known.modified)
    if answer.status == 304:
        return None
    feed = confined_feed(answer.body, answer.charset, known_as(answer.address))
    items = tuple(new_items(feed, known, since=since, latest=latest))
    return News(address=answer.address, feed=feed, items=items, etag=answer.etag, modified=answer.modified)


def _newest_first(feed: Feed) -> list[Item]:
    """By date where all have one; feeds are in this order by custom."""
    if all(item.date is not None for item in feed.items):
        return sorted(feed.items, key=lambda item: item.date or datetime.min.replace(tzinfo=UTC), reverse=True)
    return list(feed.items)


def has_whole_text(item: Item) -> bool:
    """Whether the feed holds the post itself; else the page it links to has to be read, if there is one."""
    if item.content or not item.facts.link:
        return True
    words = re.sub(r"<[^<>]{0,2000}>", " ", item.summary).strip()
    return len(words.split()) >= _FEWEST_WORDS and not breaks_off(words)


def page_of(item: Item, *, base: str = "") -> bytes:
    """The item as a web page, so that it is read by the same road: hidden words and scripts go, facts become front matter.

    ``base`` is what its links are relative to, if that is not its own address.
    """
    facts = item.facts
    return "\n".join(
        (
            f"<!doctype html><html lang={_quoted(facts.language)}><head><meta charset='utf-8'>",
            f"<title>{html.escape(facts.title)}</title>",
            *([f"<base href={_quoted(base)}>"] if base else []),
            *_metas(facts),
            "</head><body>",
            f"<div itemprop='articleBody'>{item.content or item.summary}</div>",
            "</body></html>",
        )
    ).encode("utf-8", "replace")


def _metas(facts: Facts) -> list[str]:
    stated = [
        ("og:title", facts.title),
        ("author", facts.author),
        ("article:published_time", facts.date),
        ("description", facts.description),
        ("og:image", facts.image),
        ("og:image:alt", facts.image_alt),
        *(("article:tag", tag) for tag in facts.tags),
    ]
    metas = [f"<meta name={_quoted(key)} content={_quoted(words)}>" for key, words in stated if words]
    return [*metas, f"<link rel='canonical' href={_quoted(facts.link)}>"] if facts.link else metas


def _quoted(words: str) -> str:
    return f'"{html.escape(words)}"'
