"""What an address answers, made ready for ``reading_of``: bytes that say their encoding, and the address they are of."""

from __future__ import annotations

import codecs
import html
import re

from contentkit.errors import PlatformError
from contentkit.patterns import regex
from contentkit.sources.web_pages.encoding import with_charset
from contentkit.sources.web_pages.facts import DATE_OF_ITEM, is_same_site
from contentkit.sources.web_pages.feed_items import has_whole_text, page_of
from contentkit.sources.web_pages.feed_places import base_of_feed, known_as
from contentkit.sources.web_pages.items import Item
from contentkit.sources.web_pages.keys import without_keys
from contentkit.sources.web_pages.page import PAGE
from contentkit.sources.web_pages.release_addresses import api_address
from contentkit.web import Fetch, Fetched

Readable = tuple[bytes, str]
_ENDS = regex(rb"</(?:body|html)\b", re.IGNORECASE)


def readable_at(address: str, fetch: Fetch) -> Readable:
    """What is at this address; of a release's page what its server tells programs, which is the notes and nothing else.

    Raises what ``fetch`` raises, and ContentError for an encoding that nobody knows.
    """
    for_programs = api_address(address)
    if for_programs:
        try:
            return readable_answer(fetch(for_programs))
        except PlatformError:
            pass  # asked too often, or not allowed to: the page says the same
    return readable_answer(fetch(address))


def readable_item(item: Item, fetch: Fetch, feed_address: str) -> Readable:
    """An item of the feed at this address: itself, or the page it links to (see ``stands_in_feed``).

    Raises as ``readable_at``.
    """
    if not stands_in_feed(item, feed_address):
        data, address = readable_at(item.facts.link, fetch)
        return (_dated(data, item.facts.date) if is_same_site(address, feed_address) else data), address
    # The address of a feed is none to send readers to.
    name = item.facts.link or f"an item of {known_as(feed_address)}"
    return page_of(item, base="" if item.facts.link else base_of_feed(feed_address)), name


def stands_in_feed(item: Item, feed_address: str) -> bool:
    """Whether an item is read from its feed: the feed has all of it, and speaks for its own host only.

    Whoever writes a feed must not put words into the mouth of another address.
    """
    link = item.facts.link
    return not link or (has_whole_text(item) and is_same_site(link, feed_address))


def _dated(data: bytes, date: str) -> bytes:
    """The page with the day that its feed tells of it; what is no page, or not in bytes of ASCII's kind, as it is."""
    if not date or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not PAGE.recognises(data, ""):
        return data
    # What stands behind the end of the body is read by nobody.
    end = min((found.start() for found in _ENDS.finditer(data)), default=len(data))
    return b"%s<meta name='%s' content='%s'>%s" % (
        data[:end], DATE_OF_ITEM.encode(), html.escape(date).encode(), data[end:],
    )  # fmt: skip


def readable_answer(answer: Fetched) -> Readable:
    """The bytes of an answer and its address, without keys. Raises ContentError for an encoding that nobody knows."""
    kind, address = answer.content_type, without_keys(answer.address)
    is_text = not kind or kind.startswith("text/") or kind.endswith(("xml", "json"))
    return with_charset(answer.body, answer.charset, address) if is_text else answer.body, address
