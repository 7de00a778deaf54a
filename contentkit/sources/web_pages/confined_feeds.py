"""A feed read in a process of its own: see ``contentkit.sources.confined``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from contentkit.sources.confined import converted
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.web_pages.encoding import with_charset
from contentkit.sources.web_pages.facts import Facts
from contentkit.sources.web_pages.feeds import feed_of
from contentkit.sources.web_pages.items import Feed, Item


class _Items:
    """The feed as lines of JSON, the first of which is its title: how it leaves the other process."""

    name = "items of a feed"

    def recognises(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - as the others
        return False

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        feed = feed_of(data, "", name)
        return Manuscript(lines=(_json(feed.title), *(_json(asdict(item)) for item in feed.items)), converted=True)


ITEMS = _Items()


def confined_feed(data: bytes, charset: str, address: str) -> Feed:
    """As ``feed_of``, whatever the bytes do to what reads them."""
    place = f"{__name__}:ITEMS"
    title, *items = converted(place, with_charset(data, charset, address), address).lines
    return Feed(title=json.loads(title), items=tuple(_item(json.loads(item)) for item in items))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=datetime.isoformat)


def _item(values: dict[str, Any]) -> Item:
    facts = Facts(**{**values["facts"], "tags": tuple(values["facts"]["tags"])})
    date = datetime.fromisoformat(values["date"]) if values["date"] else None
    return Item(**{**values, "facts": facts, "date": date})
