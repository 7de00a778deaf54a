"""JSON Feed (jsonfeed.org), versions 1 and 1.1."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any

from contentkit.errors import ContentError
from contentkit.sources.web_pages.facts import Facts, iso_date, seen, web_address
from contentkit.sources.web_pages.items import Feed, Item, item_of, once

_MOST_ITEMS = 2000


def json_feed_of(text: str, address: str) -> Feed:
    """The feed in this text. Raises ContentError for what is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ContentError(f"{address}: cannot be read as JSON", hint="does the address lead to a feed?") from None
    if not isinstance(data, dict) or "jsonfeed.org/version/" not in _words(data.get("version")):
        raise ContentError(f"{address}: is JSON, but no feed", hint="does the address lead to a feed?")
    items = [item for item in _listed(data.get("items"))[:_MOST_ITEMS] if isinstance(item, dict)]
    return Feed(title=seen(_words(data.get("title"))), items=tuple(once(_item(item, data, address) for item in items)))


def _item(item: dict[str, Any], feed: dict[str, Any], address: str) -> Item | None:
    date = _moment(_words(item.get("date_published")) or _words(item.get("date_modified")))
    facts = Facts(
        title=seen(_words(item.get("title"))[:2000]),
        link=web_address(_words(item.get("url")), address),
        author=_authors(item) or _authors(feed),
        date=date.isoformat() if date else "",
        language=_words(item.get("language")) or _words(feed.get("language")),
        description=seen(_words(item.get("summary"))[:2000]),
        tags=tuple(seen(tag) for tag in _listed(item.get("tags"))[:50] if isinstance(tag, str)),
        image=web_address(_words(item.get("image")), address),
    )
    content = _words(item.get("content_html")) or _paragraphs(_words(item.get("content_text")))
    identity = item.get("id")
    known_by = str(identity) if isinstance(identity, (str, int, float)) else ""
    return item_of(known_by, facts, date, content=content, summary=_words(item.get("summary")))


def _authors(owner: dict[str, Any]) -> str:
    people = [*_listed(owner.get("authors")), owner.get("author")]
    names = [seen(_words(person.get("name"))[:120]) for person in people if isinstance(person, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line parts paragraphs."""
    blocks = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    return "\n".join(f"<p>{html.escape(block)}</p>" for block in blocks if block.strip())


def _moment(words: str) -> datetime | None:
    date = iso_date(words)
    if not date:
        return None
    moment = datetime.fromisoformat(date)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
