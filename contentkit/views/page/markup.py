"""HTML built from values: whatever is not ``Html`` already is text, and text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from contentkit.text import printable

_VOID = ("img", "meta")


class Html(str):
    """Markup that this module has written."""

    __slots__ = ()


def text(words: str) -> Html:
    """Words as HTML shows them, between tags and in attributes; what nobody would see or what would steer is spelled out."""
    return Html(escape(printable(words), quote=True))


def joined(pieces: Iterable[str]) -> Html:
    """One after the other; what is no markup is escaped."""
    return Html("".join(piece if isinstance(piece, Html) else text(piece) for piece in pieces))


def element(name: str, /, *content: str, **attributes: str | None) -> Html:
    """``<name attributes>content</name>``. In an attribute's name ``_`` is a hyphen, at its end nothing; None leaves it out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{joined(content)}</{name}>")
