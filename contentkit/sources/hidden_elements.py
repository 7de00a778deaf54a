"""Elements that readers of a page cannot see, though they stand in it: of HTML, and of HTML in Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from contentkit.patterns import regex

_NOTHING = r"0+(?:\.0*)?(?:[a-z]{1,4}|%)?"
_STYLES = regex(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    rf"|font-size:{_NOTHING}|opacity:{_NOTHING}|(?:max-)?(?:width|height):{_NOTHING};overflow:hidden"
    r"|(?:left|top|right|bottom|text-indent|margin-left|margin-top):-\d{3,}(?:\.\d*)?(?:px|em|rem|pt|vw|vh|%)?"
    r"|clip:rect\((?:0|1)(?:px)?[,0-9px]*\)|clip-path:inset\((?:50|100)%\)|transform:scale\(0\))(?:;|$)"
)
_COLOR = regex(r"(?:^|;)color:([^;]+)")
_BACKGROUND = regex(r"(?:^|;)background(?:-color)?:([^;]+)")
_SPACE = regex(r"\s|!important|/\*[^*]*\*/")


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes is hidden from sight, as far as it says so itself."""
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = _SPACE.sub("", attributes.get("style", "")[:2000].lower())
    if not style:
        return False
    color, background = _COLOR.search(style), _BACKGROUND.search(style)
    return bool(_STYLES.search(style)) or bool(color and background and color[1] == background[1])
