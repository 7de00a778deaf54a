"""Addresses in a text: links, handles, hashtags. What a post links to or names must be known from somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from contentkit.models import Draft, Source
from contentkit.patterns import regex
from contentkit.text import urls_in
from contentkit.values import dataclass

_HANDLE = regex(r"(?<![\w/@.=])@([A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*(?:@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)?)")
_HASHTAG = regex(r"(?<![\w&/])#(?=\w*[^\W\d_])\w+")
_PROFILE = regex(
    r"https?://(?:www\.)?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})/@([A-Za-z0-9_.-]{1,60})(?=[/?#)\s>\"']|$)",
    re.I,
)
_NAMED_PROFILE = regex(
    r"https?://(?:www\.)?(?:x|twitter|instagram|github)\.com/([A-Za-z0-9_-]{1,40})(?=[/?#)\s>\"']|$)", re.I
)
_PERSON = regex(r"@\{[^{}\n]*\}")


@dataclass(frozen=True, kw_only=True)
class Address:
    """A link, handle or hashtag: where it stands, as it stands, and what it is compared by."""

    start: int
    end: int
    words: str
    key: str


def links_in(text: str) -> list[Address]:
    """The http(s) links of a text, compared without scheme, ``www.``, trailing slash, fragment and link tags."""
    return [
        Address(start=start, end=end, words=text[start:end], key=link_key(text[start:end]))
        for start, end in urls_in(text)
    ]


def handles_in(text: str) -> list[Address]:
    """The ``@handles`` of a text, outside of links; ``@{person}`` is not one."""
    if "@" not in text:
        return []
    spans = urls_in(text)
    found = [Address(start=m.start(), end=m.end(), words=m[0], key=m[1].casefold()) for m in _HANDLE.finditer(text)]
    return _outside(found, spans)


def hashtags_in(text: str) -> list[Address]:
    """The hashtags of a text, outside of links; ``#12`` is the number of an issue."""
    if "#" not in text:
        return []
    spans = urls_in(text)
    found = [
        Address(start=m.start(), end=m.end(), words=m[0], key=m[0][1:].casefold()) for m in _HASHTAG.finditer(text)
    ]
    return _outside(found, spans)


def _outside(found: list[Address], spans: list[tuple[int, int]]) -> list[Address]:
    """The addresses that are no part of a span; both lists are in order."""
    kept, index = [], 0
    for address in found:
        while index < len(spans) and spans[index][1] <= address.start:
            index += 1
        if index == len(spans) or address.start < spans[index][0]:
            kept.append(address)
    return kept


def people_in(text: str) -> list[Address]:
    """Each ``@{person}`` of a text, by the key of people.yaml."""
    return [Address(start=m.start(), end=m.end(), words=m[0], key=m[0][2:-1].strip()) for m in _PERSON.finditer(text)]


def handles_of_links(text: str) -> Iterator[str]:
    """The keys of the handles whose profiles the links of a text lead to: ``https://social.example/@mira``."""
    for host, name in _PROFILE.findall(text) if "://" in text else ():
        yield name.casefold()
        yield f"{name}@{host}".casefold()
    for name in _NAMED_PROFILE.findall(text) if "://" in text else ():
        yield name.casefold()


def without_people(text: str) -> str:
    """The text without each ``@{person}``: it is a wish to name somebody, and tells of nobody."""
    return _PERSON.sub(" ", text) if "@{" in text else text


def without_addresses(text: str) -> str:
    """The text with links, handles, hashtags and ``@{person}`` blanked out; every other character keeps its place."""
    if "://" not in text and "@" not in text and "#" not in text:
        return text
    spans = urls_in(text) + [(address.start, address.end) for address in (*handles_in(text), *hashtags_in(text))]
    spans += [match.span() for match in _PERSON.finditer(text)]
    pieces, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            pieces += [text[end:start], " " * (stop - start)]
            end = stop
    return "".join(pieces) + text[end:]


def link_key(url: str) -> str:
    """What two ways of writing one address have in common."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.lower().startswith("utm_"))
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + (f"?{query}" if query else "")


def known_links(draft: Draft, sources: Iterable[Source]) -> frozenset[str]:
    """The keys of the links that a draft may carry: its own, its sources' own, and those that stand in its sources."""
    homes = [draft.link, draft.canonical]
    known, paths = set(), []
    for source in sources:
        homes.append(source.link)
        paths.append(source.site_path)
        for passage in source.passages:
            for url in filter(None, (passage.target, *(link.url for link in passage.links))):
                paths.append(url) if url.startswith("/") else known.add(link_key(url))
        known.update(link.key for line in source.lines if "://" in line for link in links_in(line))
        for handle in (each for line in source.lines if "@" in line for each in handles_in(line)):
            name, _, host = handle.key.partition("@")
            known.update((f"{host}/@{name}",) if host else ())
    known.update(link_key(home) for home in homes if home)
    hosts = {link_key(home).split("/")[0] for home in homes if home}
    known.update(host + link_key(path) for host in hosts for path in paths if path)
    return frozenset(known - {""})
