"""What a feed tells of, in whichever form it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from contentkit.sources.web_pages.facts import Facts, seen
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Item:
    """One post that a feed tells of. ``content`` is its HTML as the feed has it; empty where the feed has only a summary.

    ``id`` tells it from all others of the feed, however the item is edited. ``date`` is aware or None.
    """

    id: str
    facts: Facts
    date: datetime | None
    content: str = ""
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What an address answered: its title, and its items in the order of the feed."""

    title: str
    items: tuple[Item, ...]


def item_of(identity: str, facts: Facts, date: datetime | None, *, content: str, summary: str) -> Item | None:
    """The item; known by its id, else by its link, else by its title and date; None when it has none of them."""
    known_by = seen(identity[:2000]) or facts.link
    if not known_by and facts.title:
        known_by = "sha256:" + hashlib.sha256(f"{facts.title}\n{facts.date}".encode()).hexdigest()
    return Item(id=known_by, facts=facts, date=date, content=content, summary=summary) if known_by else None


def once(items: Iterator[Item | None]) -> Iterator[Item]:
    """The items that can be known by something, each once."""
    ids: set[str] = set()
    for item in items:
        if item is not None and item.id not in ids:
            ids.add(item.id)
            yield item
