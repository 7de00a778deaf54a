"""The text of a post that a network wrote as HTML. Linear, whatever somebody put into it."""

from __future__ import annotations

import re
from html import unescape

from contentkit.patterns import regex

# An opening sign that none closes is text.
_TAG = regex(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})?[^<>]*>")
_APART = ("p", "ul", "ol", "blockquote", "pre")


def plain(content: str) -> str:
    """Paragraphs apart, lines ended, addresses whole, without tags."""
    return re.sub(r"\n{3,}", "\n\n", unescaped(_TAG.sub(_shown, content))).strip()


def _shown(tag: re.Match[str]) -> str:
    name = (tag["name"] or "").lower()
    if tag["end"]:
        return ""
    return "\n" if name == "br" else "\n- " if name == "li" else "\n\n" if name in _APART else ""


def unescaped(text: str) -> str:
    """The text with entities as what they stand for; as it is where one of them stands for no number Python reads."""
    try:
        return unescape(text)
    except ValueError:
        return text
