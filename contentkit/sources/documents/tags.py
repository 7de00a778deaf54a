"""HTML as texts and tags, in one pass and linear time.

The standard library's parser reads the rest of a text again for each tag that does not end: 60 kB take half a minute.
Here, as in browsers, what does not end is read once and dropped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field

from contentkit.patterns import regex
from contentkit.values import dataclass

# Raw text: whatever looks like a tag in it is none.
_RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())  # noqa: SIM905
_MARKUP = regex(r"<[A-Za-z/!?]")
_NAME = regex(r"[A-Za-z][^\s/>]*+")
_ATTRIBUTE = regex(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?:\s*=\s*(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?"
)
_CONTROL = regex(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One tag: its lower-case name, whether it closes, and its attributes by lower-case name, entities resolved."""

    name: str
    closes: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def pieces_of(text: str) -> Iterator[str | Tag]:
    """The texts between the tags, entities resolved, and the tags. Comments, scripts, styles and control characters are
    left out."""
    text = _CONTROL.sub("", text)
    end = 0
    while end < len(text):
        start = text.find("<", end)
        if start < 0:
            yield _words(text[end:])
            return
        if not _MARKUP.match(text, start):
            yield _words(text[end : start + 1])
            end = start + 1
            continue
        if start > end:
            yield _words(text[end:start])
        tag, end = _tag(text, start)
        yield from (tag,) if tag else ()


def _words(text: str) -> str:
    return _CONTROL.sub("", html.unescape(text))


def _behind(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)


def _tag(text: str, start: int) -> tuple[Tag | None, int]:
    """The tag that begins here, and the offset behind it; no tag for comments and declarations."""
    following = text[start + 1]
    if following == "/":
        name = _NAME.match(text, start + 2)
        return Tag(name=name.group().lower(), closes=True) if name else None, _behind(text, ">", start)
    if following in "!?":
        return None, _behind(text, "-->" if text.startswith("<!--", start) else ">", start + 2)
    return _opening(text, start)


def _opening(text: str, start: int) -> tuple[Tag | None, int]:
    """The tag that opens here, and the offset behind it: of raw text behind all of it. No tag when it does not end."""
    match = _NAME.match(text, start + 1)
    assert match
    name, end = match.group().lower(), match.end()
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(text, end):
        value = next((found[key] for key in ("double", "single", "bare") if found[key] is not None), "")
        attributes.setdefault(found["name"].lower(), _words(value))
        end = found.end()
    closing = text.find(">", end)
    if closing < 0:
        return None, len(text)
    if name in _RAW:
        raw_end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, closing)
        return None, _behind(text, ">", raw_end.start()) if raw_end else len(text)
    return Tag(name=name, attributes=attributes), closing + 1
