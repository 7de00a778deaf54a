"""What is known of something on the web beside its words, and the front matter that says it in a copy."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from contentkit.patterns import regex
from contentkit.text import hidden_characters, one_line
from contentkit.values import dataclass

# A description is read, a list of tags is looked at; what is longer was not written for people.
_LONGEST = {"title": 300, "description": 500, "author": 120, "image_alt": 1000}
_LONGEST_TAG = 60
# The name of a statement that is added to a page: the day that the feed of its own site tells, where the page tells none.
DATE_OF_ITEM = "contentkit:date-of-item"
# How begins what is told of a statement that everybody can see, and that is not taken over.
NOT_BELIEVED = "its canonical address"
_MOST_TAGS = 20
_LONGEST_ADDRESS = 2000
_BREAKS_OFF = regex(
    r"(?:…|\.\.\.|\[&#8230;\]|\[&hellip;\]|read more|continue reading|leer más|seguir leyendo)\W{0,4}$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Title, author and so on, each empty where it is not known. ``date`` is ISO 8601, ``link`` and ``image`` are absolute."""

    title: str = ""
    link: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""


def front_matter(facts: Facts, *, kind: str = "") -> tuple[str, ...]:
    """The facts as YAML, each on one line, between two fences; nothing where nothing is known.

    ``kind`` is said where the words alone would be taken for a source of another kind.
    """
    written = {
        "kind": kind,
        "title": facts.title,
        "canonical": web_address(facts.link),
        "author": facts.author,
        "date": facts.date,
        "language": facts.language,
        "description": facts.description,
        "image": web_address(facts.image),
        "image_alt": facts.image_alt if web_address(facts.image) else "",
    }
    lines = [f"{key}: {_quoted(words, _LONGEST.get(key))}" for key, words in written.items() if seen(words)]
    tags = list(dict.fromkeys(_quoted(tag, _LONGEST_TAG) for tag in facts.tags if seen(tag)))[:_MOST_TAGS]
    if tags:
        lines.append(f"tags: [{', '.join(tags)}]")
    return ("---", *lines, "---", "") if lines else ()


def _quoted(words: str, longest: int | None) -> str:
    """Double quotes with the escapes of JSON, all of which YAML understands."""
    words = seen(words)
    return json.dumps(one_line(words, longest) if longest else words, ensure_ascii=False)


def seen(words: str) -> str:
    """What a reader sees of a text: on one line, without control characters and what has no shape."""
    if not words.isascii() or not words.isprintable():
        words = "".join(
            " " if one.isspace() else one
            for one in words
            if one.isspace() or not (unicodedata.category(one) in ("Cc", "Cs", "Cn", "Co") or hidden_characters(one))
        )
    return " ".join(words.split())


def breaks_off(words: str) -> bool:
    """Whether these are the first words of something longer."""
    return bool(_BREAKS_OFF.search(words[-200:]))


def iso_date(words: str | None) -> str:
    """The date or time as ISO 8601; empty for whatever is written otherwise."""
    try:
        return datetime.fromisoformat((words or "").strip()[:40]).isoformat()
    except ValueError:
        return ""


def web_address(address: str, base: str = "") -> str:
    """The absolute http(s) address that is meant; empty for every other scheme, for userinfo and for what is no address."""
    if not address.strip():
        return ""
    try:
        whole = urljoin(base, address.strip()) if base else address.strip()
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    clean = len(whole) <= _LONGEST_ADDRESS and not any(one.isspace() or not one.isprintable() for one in whole)
    return whole if usable and clean else ""


def address_in(name: str) -> str:
    """The name of a source if it is an address; empty for a file's."""
    return name if name.startswith(("http://", "https://")) else ""


def believed_link(stated: str, address: str) -> tuple[str, tuple[str, ...]]:
    """Where a thread about a source leads: what the source states of itself, if it is on the site where it was read.

    ``address`` is where that was; a file may state any. Also says, in words, what was not believed.
    """
    if not address or not stated or is_same_site(stated, address):
        return stated or address, ()
    return address, (f"{NOT_BELIEVED}, which is on another host: {stated}",)


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are on the same host; ``www.`` and ``api.`` make no difference.

    Any other sub-domain does: it may be somebody else's.
    """
    return _site(one) == _site(other) != ""


def _site(address: str) -> str:
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("api.")
