"""RSS, Atom and JSON feeds: what they hold, as items. They are given as bytes; nothing is fetched."""

from __future__ import annotations

import html
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.web_pages.cutting import without
from contentkit.sources.web_pages.encoding import text_of, with_charset
from contentkit.sources.web_pages.facts import Facts, breaks_off, seen, web_address
from contentkit.sources.web_pages.items import Feed, Item, item_of, once
from contentkit.sources.web_pages.tree import without_web

LARGEST = 5 * 1024 * 1024
_MOST_ITEMS = 2000
_MOST_TAGS = 60_000
_DEEPEST = 500
_TAG = regex(r"<(/?)[A-Za-z][^<>]*?(/?)>")
_LONGEST_CONTENT = 1024 * 1024
# Before the first element may stand a declaration, instructions and comments; a document type may define entities.
_PROLOG = regex(r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = regex(r"<(?:\w{1,20}:)?(rss|feed|RDF)[\s>]")
_DECLARATION = regex(r"\s*<\?xml[^>]{0,400}\?>")
_DATES = ("published_parsed", "updated_parsed", "created_parsed")
_YEARS = range(1990, 2100)
_TOP_OF_PAGE = 256 * 1024
_LINK = regex(r"<link\b([^<>]{1,1000})>", re.IGNORECASE)
_FEED_KIND = regex(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_TARGET = regex(r"\bhref\s{0,5}=\s{0,5}[\"']?([^\"'\s<>]{1,800})", re.IGNORECASE)
_REMEDY = "does the address lead to a feed? Readers of feeds call it RSS or Atom"


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin as a feed does. Cheap."""
    top = data[:4000].replace(b"\x00", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xfe\xff")
    if top.lstrip().startswith("{"):
        return "https://jsonfeed.org/version/" in top.replace("\\/", "/")
    return bool(_ROOT.match(top, _prolog(top)))


def _prolog(top: str) -> int:
    found = _PROLOG.match(top)
    return found.end() if found else 0


def feed_of(data: bytes, charset: str, address: str) -> Feed:
    """The feed in these bytes, which were read at this address. Items without anything to know them by are left out.

    Raises ContentError for what is no feed, and for one that is hostile or too large.
    """
    if len(data) > LARGEST:
        raise ContentError(
            f"{address}: larger than {LARGEST // 1024 // 1024} MiB", hint="feeds are shorter; check the address"
        )
    text = text_of(with_charset(data, charset, address), address)[0]
    if text.lstrip().startswith("{"):
        from contentkit.sources.web_pages.json_feeds import json_feed_of

        return json_feed_of(text, address)
    start = _prolog(text)
    if text[start : start + 2] == "<!" and not text[start : start + 15].lower().startswith("<!doctype html"):
        raise ContentError(
            f"{address}: has a document type, which feeds do not need", hint="ask its owner for RSS 2.0 or Atom"
        )
    if not _ROOT.match(text, start):
        raise ContentError(f"{address}: is no feed", hint=_announced(text, address) or _REMEDY)
    _refuse_deep(without(text, "<![CDATA[", "]]>"), address)
    return _parsed(_DECLARATION.sub("", text, count=1), address)


def _refuse_deep(text: str, address: str) -> None:
    """Raises ContentError for elements within elements without end, and for more of them than a feed can have."""
    depth = 0
    for number, tag in enumerate(_TAG.finditer(text)):
        depth = max(0, depth - 1) if tag[1] else depth + (not tag[2])
        if depth > _DEEPEST or number > _MOST_TAGS:
            what = f"nested more than {_DEEPEST} deep" if depth > _DEEPEST else f"more than {_MOST_TAGS} tags"
            raise ContentError(
                f"{address}: {what}", hint="feeds are shorter; ask its owner for one of the newest posts"
            )


def _announced(text: str, address: str) -> str:
    """Where a page says that its feed is."""
    for link in _LINK.findall(text[:_TOP_OF_PAGE]):
        target = _TARGET.search(link)
        found = web_address(html.unescape(target[1]), address) if target and _FEED_KIND.search(link) else ""
        if found:
            return f"it is a page, and says that its feed is at {found}"
    return ""


def _parsed(text: str, address: str) -> Feed:
    try:
        import feedparser
    except ImportError:
        raise without_web(address) from None
    # Bytes alone: a text would be taken for a path or an address. What its HTML holds is cleaned where a page is read.
    found = feedparser.parse(
        text.encode(),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    if not found.version and not found.entries:
        raise ContentError(f"{address}: cannot be read as a feed", hint=_REMEDY)
    language = _words(found.feed.get("language"))
    # Of RSS it would be the address of whoever keeps the server.
    author = _plain(found.feed.get("author")) if found.version.startswith("atom") else ""
    items = (_item(entry, language, author, address) for entry in found.entries[:_MOST_ITEMS])
    return Feed(title=_plain(found.feed.get("title")), items=tuple(once(items)))


def _item(entry: Any, language: str, author: str, address: str) -> Item | None:
    link = web_address(_words(entry.get("link")), address)
    contents = [
        part
        for part in entry.get("content") or ()
        if "html" in _words(part.get("type")) or "text" in _words(part.get("type"))
    ]
    content = max((_words(part.get("value")) for part in contents), key=len, default="")[:_LONGEST_CONTENT]
    summary = _words(entry.get("summary"))[:_LONGEST_CONTENT]
    described = _plain(summary)
    # Without the names that feedparser lends to each other, with a warning.
    date = next((found for key in _DATES if (found := _moment(dict.get(entry, key)))), None)
    facts = Facts(
        title=_plain(entry.get("title")),
        link=link,
        author=_plain(entry.get("author"))[:120] or author,
        date=_local(_words(dict.get(entry, "published") or dict.get(entry, "updated")), date),
        language=next((words for part in contents if (words := _words(part.get("language")))), language),
        description="" if not content or breaks_off(described) else described,
        tags=tuple(_plain(tag.get("term")) for tag in (entry.get("tags") or ())[:50] if tag.get("term")),
    )
    return item_of(_words(entry.get("id")), facts, date, content=content, summary=summary)


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _plain(value: Any) -> str:
    """A title as a reader sees it: many feeds write HTML there."""
    words = _words(value)[:2000]
    return seen(html.unescape(re.sub(r"</?[A-Za-z][^<>]{0,500}>", "", words)))


def _local(words: str, moment: datetime | None) -> str:
    """The time as its author wrote it, with their own day; else in UTC."""
    if moment is None:
        return ""
    from email.utils import parsedate_to_datetime

    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            written = read(words.strip())
        except (ValueError, TypeError, OverflowError):
            continue
        if written.tzinfo is not None and written == moment:
            return written.isoformat()
    return moment.isoformat()


def _moment(parsed: Any) -> datetime | None:
    """The time that feedparser understood, which is UTC."""
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    # Feeds are younger, and a number that was misread lies far ahead.
    return moment if moment and moment.year in _YEARS else None


class _FeedFile:
    """A feed where a source was expected: what is in it are many sources."""

    name = "feed"

    def recognises(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - as the others
        return is_feed(data)

    def manuscript(self, data: bytes, name: str) -> Manuscript:  # noqa: ARG002 - as the others
        raise ContentError(f"{name}: is a feed", hint="take what is new in it: contentkit ingest --feed ADDRESS")


FEED_FILE = _FeedFile()
