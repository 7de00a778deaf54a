"""Text as Mastodon counts it: characters as readers see them, links as one size, ``@user@host`` as ``@user``, the warning too.

Written from the rules of Mastodon's length check, which finds links and mentions as its formatting does: only links with a
scheme are links, and their paths may be in any script. Other servers of the fediverse may count differently, for example
links in full: only they can say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from contentkit.counters.characters import DIRECTIONS, LATIN, REFUSED, SPACES
from contentkit.counters.domain_ends import Ends, all_ends, readings
from contentkit.counters.graphemes import graphemes
from contentkit.counters.link_search import Found, Grammar, search
from contentkit.counters.mentions import mentions_in
from contentkit.patterns import regex
from contentkit.values import dataclass

# A longer address is none.
_LONGEST_ADDRESS = 4096
_LONGEST_LABEL = 63
_LONGEST_SHORT_LINK = 40

Span = tuple[int, int]


def mastodon_length(text: str, warning: str = "", *, url_length: int = 23) -> int:
    """The length that Mastodon counts, never less: a link counts ``url_length``, a mention no host, a warning all its letters.

    A warning without a text is published as the text: it counts as the one or the other, whichever is longer.
    """
    shortest = _length(warning, url_length) if warning and not text.strip() else 0
    return max(graphemes(warning), shortest) + _length(text, url_length)


def links_in(text: str) -> list[Span]:
    """What Mastodon takes for links, as (start, end), in order: only what has a scheme."""
    return list(_links(text, all_ends())) if "://" in text else []


def _length(text: str, size: int) -> int:
    if "://" not in text:
        return graphemes(_shortened(text, [], size))
    return max(graphemes(_shortened(text, _links(text, ends), size)) for ends in readings(text))


def _shortened(text: str, links: Iterable[Span], size: int) -> str:
    """The text as long as it counts. Where links and mentions overlap, the first one is one."""
    mentions = mentions_in(text) if "@" in text else ()
    pieces, passed = [], 0
    for start, end, counted in sorted([*((*link, "x" * size) for link in links), *mentions]):
        if start >= passed:
            pieces += [text[passed:start], counted]
            passed = end
    return "".join((*pieces, text[passed:]))


def _links(text: str, ends: Ends) -> Iterator[Span]:
    for found in search(text, _patterns().grammar, ends):
        if found.host == found.start:
            continue
        slug = _patterns().short_link.match(text, found.start, found.end)
        end = slug.end() if slug else found.end
        if (not slug or len(slug[1]) <= _LONGEST_SHORT_LINK) and _is_address(text, found, end):
            yield found.start, end


def _is_address(text: str, found: Found, end: int) -> bool:
    """Whether the host can be written for DNS, as it was done in 2003, and the address is not too long with it."""
    host = text[found.host : found.host_end]
    length = end - found.start
    if length > _LONGEST_ADDRESS:
        return False
    if host.isascii():
        return all(len(label) <= _LONGEST_LABEL for label in host.split("."))
    written = [_written_for_dns(label) for label in _patterns().full_stops.split(host)]
    grown = sum(map(len, written)) + len(written) - 1 - len(host)
    return all(written) and length + max(grown, 0) <= _LONGEST_ADDRESS


def _written_for_dns(label: str) -> bytes:
    """The label in ASCII (RFC 3490), empty when it cannot be: it is too long, or has characters newer than Unicode 3.2."""
    import stringprep
    from encodings.idna import ToASCII

    if len(label) > _LONGEST_LABEL or any(map(stringprep.in_table_a1, label)):
        return b""
    try:
        return bytes(ToASCII(label))
    except UnicodeError:
        return b""


def _tail(text: str, position: int) -> int:
    """Where a link ends whose host ends here: behind its port, path and query, without the punctuation after it."""
    patterns = _patterns()
    if port := patterns.port.match(text, position):
        position = port.end()
    if text.startswith("/", position):
        position = _end_of_path(text, position + 1)
    query = patterns.query.match(text, position)
    return query.end() if query else position


def _end_of_path(text: str, position: int) -> int:
    """A path ends behind a character that may end one, or behind brackets with nothing but what X has in paths in them."""
    patterns = _patterns()
    end = position
    while piece := patterns.piece.match(text, position):
        position = piece.end()
        if piece["last"] or (piece["group"] and patterns.last_group.fullmatch(piece["group"])):
            end = position
    return end


@dataclass(frozen=True)
class _Patterns:
    grammar: Grammar
    full_stops: re.Pattern[str]
    short_link: re.Pattern[str]
    port: re.Pattern[str]
    piece: re.Pattern[str]
    last_group: re.Pattern[str]
    query: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when a text first needs them; no group is possessive, and nothing that could fail follows a repeated one."""
    no_host = rf"!\"#$%&'()*+,/:;<=>?@\[\]^`{{|}}~\x00-\x20\x7f{SPACES}{DIRECTIONS}{REFUSED}"
    inner = r"!*\"'\u300c\u300d;:=,.$%\[\]~&|@"
    path = rf"[^{SPACES}<>()?]"
    latin_path = rf"[A-Za-z0-9{LATIN}\u0400-\u052f!*';:=+,.$/%#\[\]\-\u2010-\u2015_~&|@]"
    # Letters of all scripts, but no spaces: Mastodon lets a query go on behind some of them.
    letters = r"\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff"
    letters += r"\ue000-\ufdcf\ufdf0-\uffef\U000e1000-\U000efffd"
    letters += "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17) if plane != 14)
    query, query_end = r"!?*'();:+$%\[\].,~|@^", rf"A-Za-z0-9_&=#/\-{letters}"
    return _Patterns(
        grammar=Grammar(
            run=regex(rf"[^{no_host}]++"),
            next_run=regex(rf"(?<![^{no_host}])(?:[^.{no_host}]++(?=://)|[^.{no_host}]*+\.[^{no_host}]*+)"),
            begin=regex(rf"(?<![A-Za-z0-9\u017f\u212a@#$\uff20\uff03{REFUSED}])[^\-_.{no_host}]"),
            schemes=("https", "http", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "gemini"),
            punycode=regex(r"[Xx][Nn]--[0-9A-Za-z]++"),
            halved=regex("(?!)"),
            tail=_tail,
        ),
        full_stops=regex("[.\u3002\uff0e\uff61]"),
        short_link=regex(r"https?://t\.co/([a-z0-9]++)", re.I | re.A),
        port=regex(":[0-9]++"),
        piece=regex(
            rf"(?P<last>[^{SPACES}()?<>{inner}]++)|[{inner}]++|(?P<group>\({path}++\)|\({path}*+\({path}++\){path}*+\))"
        ),
        last_group=regex(rf"\((?:{latin_path}++|{latin_path}*+\({latin_path}++\){latin_path}*+)\)"),
        query=regex(rf"\?(?:[{query}]*+[{query_end}]++)+"),
    )
