"""The items of a long JSON list, one after another: no more of a stranger's file is ever in memory as objects than one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex

# An item is first looked for in so many characters, then in more; no post is longer.
_SLICES = (16_384, 262_144, 2_097_152)
_BETWEEN = regex(r"[ \t\r\n]*,?[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def items_of(text: str, start: int, name: str) -> Iterator[dict[str, Any]]:
    """The objects of the list whose bracket is at ``start``; what else is in it is passed over. Raises ContentError."""
    at = _next(text, start + 1)
    while at < len(text) and text[at] != "]":
        item, length = _item(text, at, name)
        if isinstance(item, dict):
            yield item
        at = _next(text, at + length)
    if at >= len(text):
        raise _broken(name)


def _next(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _item(text: str, at: int, name: str) -> tuple[Any, int]:
    for size in _SLICES:
        try:
            return _DECODER.raw_decode(text[at : at + size])
        except RecursionError:
            break
        except ValueError:
            if at + size >= len(text):
                break
    raise _broken(name)


def place_of(name: str, part: str) -> str:
    """How a part of an archive is called; a file that was named itself has its name already."""
    return name if name.endswith(part) else f"{name}/{part}"


def _broken(name: str) -> ContentError:
    return ContentError(f"{name}: is no list of posts, or cut off", hint="download the archive again")


def text_at(item: Any, *path: str) -> str:
    """The text at this path of keys; empty where there is none."""
    for key in path:
        item = item.get(key) if isinstance(item, dict) else None
    return item if isinstance(item, str) else ""


def objects_at(item: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of the list at this path of keys; none where there is no such list."""
    for key in path:
        item = item.get(key) if isinstance(item, dict) else None
    return [one for one in item if isinstance(one, dict)] if isinstance(item, list) else []


def texts_at(item: Any, *path: str) -> list[str]:
    """The texts of the list at this path of keys; none where there is no such list."""
    for key in path:
        item = item.get(key) if isinstance(item, dict) else None
    return [one for one in item if isinstance(one, str)] if isinstance(item, list) else []
