"""How a feed and its items are called wherever they are written down: files, the database, messages."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from contentkit.patterns import regex

# A value in a query: behind a name, or alone.
_VALUE = regex(r"(?:(?<==)|(?<![^&;]))([^=&;]+)(?=[&;]|$)")
_LONGEST_ID = 200


def known_as(address: str) -> str:
    """The address of a feed with a short hash for each value of its query: one of them may be a key to it.

    Two feeds that differ in such a value are told apart.
    """
    place, mark, query = address.partition("#")[0].partition("?")
    return place + mark + _VALUE.sub(lambda value: f"~{_hash(value[1])[:8]}", query)


def item_place(address: str, item: str) -> str:
    """Where words are from that stand in the feed itself: its address, and by what the item is known in it."""
    return f"{known_as(address)}#{item if len(item) <= _LONGEST_ID else _hash(item)}"


def is_of_feed(place: str, feed: str) -> bool:
    """Whether this is a place in the feed that is known by such an address."""
    return bool(feed) and place.startswith(f"{feed}#")


def base_of_feed(address: str) -> str:
    """What the links of an item without an address of its own are relative to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
