"""What readers see of a link: networks show its beginning without its dress, and hide the rest."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_DRESS = regex(r"https?://(?:www\.)?", re.I)


def cut_link(link: str, longest: int) -> str:
    """The link without scheme and ``www.``, after so many characters cut with an ellipsis."""
    words = link[dress.end() :] if (dress := _DRESS.match(link)) else link
    return words if len(words) <= longest else words[:longest] + "…"
