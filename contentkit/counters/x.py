"""Text as X counts it: weighted characters, every link as one size, every emoji as two.

Written from X's published rules. Where the answer depends on what only X knows (which list of top-level domains, which edition
of Unicode), the larger number is taken: a text that is a little shorter than it might be goes out, one that is too long does
not. Pure functions, linear time; nothing is compiled or loaded for text that needs none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from contentkit.counters.characters import DIRECTIONS, LATIN, REFUSED, SPACES
from contentkit.counters.composition import composed, places
from contentkit.counters.domain_ends import Ends, all_ends, readings
from contentkit.counters.link_search import Found, Grammar, search
from contentkit.patterns import regex
from contentkit.values import dataclass

# A longer address is none for X.
_LONGEST_ADDRESS = 4096
_LONGEST_LABEL = 63
_LONGEST_SHORT_LINK = 40
# No link without a scheme stands behind these.
_NO_PREFIX = ("-", "_", ".", "/")


@dataclass(frozen=True)
class _Link:
    """A link from ``start`` to ``end``. What stands in it behind ``counted`` counts besides."""

    start: int
    end: int
    counted: int


def weighted_length(text: str, *, url_length: int = 23) -> int:
    """The length that X counts, never less, after Unicode's composition (NFC).

    A link counts ``url_length`` with or without ``https://`` (``setup.py`` is one: ``.py`` is a country's), an emoji 2 with
    all that is joined to it, other characters 1 in most alphabets and in common punctuation, else 2.
    """
    text = composed(text)
    if not _may_have_link(text):
        return _weight(text)
    return max(_length(text, url_length, ends) for ends in readings(text))


def links_in(text: str) -> list[tuple[int, int]]:
    """What X takes for links, as (start, end), in order, with or without a scheme. A post with one of them costs more."""
    if not _may_have_link(text):
        return []
    whole, place = places(text)
    spans: list[tuple[int, int]] = []
    for link in _links(whole, all_ends()):
        start, end = place(link.start, link.end)
        spans.append((max(start, spans[-1][1]) if spans else start, end))
    return spans


def _may_have_link(text: str) -> bool:
    return "." in text and bool(_dotted().search(text))


def _length(text: str, size: int, ends: Ends) -> int:
    """The length by one list of top-level domains."""
    length = end = 0
    for link in _links(text, ends):
        length += _weight(text[end : link.start]) + size + _pieces(text[link.counted : link.end])
        end = link.end
    return length + _weight(text[end:])


def _weight(text: str) -> int:
    """The weight of text without links."""
    if text.isascii():
        return len(text)
    patterns = _patterns()
    if patterns.joined.search(text):
        # One character beyond the light ranges weighs what a whole emoji does.
        text = patterns.emoji.sub("\u2b50", text)
    return _pieces(text)


def _pieces(text: str) -> int:
    """The weight of each character on its own."""
    return len(text) + len(_patterns().heavy.findall(text))


def _links(text: str, ends: Ends) -> Iterator[_Link]:
    for found in search(text, _patterns().grammar, ends):
        if not _is_address(text, found):
            continue
        if found.host > found.start:
            yield from _schemed(text, found, ends)
        elif found.before not in _NO_PREFIX:
            yield from _bare(text, found, ends)


def _is_address(text: str, found: Found) -> bool:
    """Whether the address is not too long, with its scheme once more, and no label of its host."""
    if found.end - found.start <= _LONGEST_LABEL and text[found.start : found.host_end].isascii():
        return True
    if _units(text[found.start : found.end]) + (found.host - found.start or len("https://")) > _LONGEST_ADDRESS:
        return False
    host = text[found.host : found.host_end]
    if found.before == host[:1] > "\uffff":
        # X reads in UTF-16, where the host begins with the second half of its first character.
        host = chr(0xDC00 | ord(host[0]) & 0x3FF) + host[1:]
    return all(_label_length(label) <= _LONGEST_LABEL for label in host.split("."))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _label_length(label: str) -> int:
    """The length of a label as DNS writes it. Other scripts have full stops of their own."""
    if label.isascii() or len(label) > _LONGEST_LABEL:
        return len(label)
    parts = _patterns().full_stops.split(label)
    return len(parts) - 1 + sum(len(part if part.isascii() else b"xn--" + part.encode("punycode")) for part in parts)


def _schemed(text: str, found: Found, ends: Ends) -> Iterator[_Link]:
    """The link with this ``https://``. X's own short links end with their slug, and with a long slug are none."""
    slug = _patterns().short_link.match(text, found.start, found.end)
    if slug and len(slug[1]) <= _LONGEST_SHORT_LINK:
        yield _Link(found.start, slug.end(), slug.end())
    if slug or (text.startswith("xn--", found.host) and not any(_latin_parts(text, found, ends))):
        return
    yield _Link(found.start, found.end, found.end)


def _bare(text: str, found: Found, ends: Ends) -> Iterator[_Link]:
    """The links without a scheme in this host: its parts in Latin letters. A path belongs to the last, with port and query."""
    parts = [*_latin_parts(text, found, ends)]
    for start, end in parts[:-1]:
        yield _Link(start, end, end)
    for start, end in parts[-1:]:
        if _has_path(text, found.host_end):
            # X counts as if the rest of the host stood at the end of the path, half a character for what UTF-16 has in halves.
            rest = text[end : found.host_end]
            yield _Link(start, found.end, max(end, found.end - _units(rest)))
        else:
            yield _Link(start, end, end)


def _latin_parts(text: str, found: Found, ends: Ends) -> Iterator[tuple[int, int]]:
    """The domains in Latin letters within a host, each up to the last end of a domain in it, where X believes them to stand."""
    patterns = _patterns()
    if patterns.plain.fullmatch(text, found.host, found.host_end):
        yield found.host, found.host_end
        return
    passed = found.host
    for run in patterns.latin.finditer(text, found.host, found.host_end):
        end, dot = 0, text.find(".", run.start(), run.end())
        while dot >= 0:
            following = text.find(".", dot + 1, found.host_end)
            limit = following if following >= 0 else found.host_end
            end = ends.stop(text, dot + 1, limit, patterns.grammar.punycode) or end
            dot = following if following < run.end() else -1
        if end:
            start = text.find(text[run.start() : end], passed)
            passed = start + end - run.start()
            yield start, passed


def _has_path(text: str, host_end: int) -> bool:
    port = _patterns().port.match(text, host_end)
    return text.startswith("/", port.end() if port else host_end)


def _tail(text: str, position: int) -> int:
    """Where a link ends whose host ends here: behind its port, path and query, without the punctuation after it."""
    patterns = _patterns()
    for pattern in (patterns.port, patterns.path, patterns.query):
        if found := pattern.match(text, position):
            position = found.end()
    return position


@cache
def _dotted() -> re.Pattern[str]:
    """What every link has: a dot, and behind it a letter."""
    return regex(r"\.[A-Za-z\x80-\U0010ffff]")


@dataclass(frozen=True)
class _Patterns:
    grammar: Grammar
    full_stops: re.Pattern[str]
    plain: re.Pattern[str]
    latin: re.Pattern[str]
    short_link: re.Pattern[str]
    port: re.Pattern[str]
    path: re.Pattern[str]
    query: re.Pattern[str]
    heavy: re.Pattern[str]
    joined: re.Pattern[str]
    emoji: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when a text first needs them, so that no input makes one look at a character again and again.

    Groups are not possessive: Python before 3.11.5 matches possessive groups wrongly. Nothing that could fail follows them.
    """
    from contentkit.counters.joined_emoji import JOINED_EMOJI

    no_host = rf"!'#%&()*+,\\/:;<=>?@\[\]^{{|}}~${SPACES}{DIRECTIONS}{REFUSED}"
    letters = rf"A-Za-z0-9{LATIN}\u0400-\u04ff"
    inner, last = r"!*';:,.$%\[\]\u2013~@|&", rf"{letters}+\-=_#/"
    group = rf"\([{inner}{last}]++\)|\([{inner}{last}]*+\([{inner}{last}]++\)[{inner}{last}]*+\)"
    query, query_end = r"!?*'@();:+$%\[\].,~|", r"A-Za-z0-9\-_&=#/"
    return _Patterns(
        grammar=Grammar(
            run=regex(rf"[^{no_host}]++"),
            next_run=regex(rf"(?<![^{no_host}])(?:[^.{no_host}]++(?=://)|[^.{no_host}]*+\.[^{no_host}]*+)"),
            begin=regex(rf"(?<![A-Za-z0-9@#$\uff20\uff03{REFUSED}])[^\-_.{no_host}]|(?P<half>[\U00010000-\U0010ffff])"),
            schemes=("https", "http"),
            punycode=regex(r"[Xx][Nn]--[0-9A-Za-z-]++"),
            halved=regex("[\U00010000-\U0010ffff]"),
            tail=_tail,
        ),
        full_stops=regex("[\u3002\uff0e\uff61]"),
        plain=regex("[A-Za-z0-9.-]++"),
        latin=regex(rf"[A-Za-z0-9{LATIN}-][A-Za-z0-9{LATIN}.-]*+"),
        short_link=regex(rf"https?://t\.co/([a-z0-9]++)(?:\?(?:[{query}]*+[{query_end}]++)+)?", re.I | re.A),
        port=regex(":[0-9]++"),
        # What stands in brackets ends a path right behind its other ends only.
        path=regex(rf"/(?:{group})*(?:[{inner}]*+(?:(?:{group})[{inner}]*+)*[{last}]++(?:{group})*)*"),
        query=regex(rf"\?(?:[{query}]*+[{query_end}]++)+"),
        heavy=regex("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]"),
        joined=regex("[\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]"),
        emoji=regex(JOINED_EMOJI),
    )
