"""Tags of raw HTML in Markdown, and the plain words between them."""

from __future__ import annotations

import html
import re

from contentkit.models import Link
from contentkit.patterns import regex
from contentkit.values import dataclass

# Atomic and bounded, so that no soup of brackets and quotes is read twice.
_TAG = regex(
    r"<(?P<closes>/?)(?P<name>[A-Za-z][\w.:-]{0,40})(?P<rest>(?>(?:[^<>\"'{]|\"[^\"]{0,4000}\"|'[^']{0,4000}'"
    r"|\{(?:[^{}\n]|\{[^{}\n]{0,500}\}){0,500}\}|\{){0,4000}))>"
)
SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_ATTRIBUTE = regex(r"([A-Za-z_][\w:.-]{0,40})\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>`=]{1,2000}))")
_QUOTED = regex(r"\"[^\"]*\"|'[^']*'")
_HIDDEN = regex(r"(?<![\w=-])hidden(?![\w=-])", re.IGNORECASE)
_ANCHOR = regex(r"<a\b(?P<attributes>[^<>]{0,2000})>(?P<text>.{0,2000}?)</a>", re.IGNORECASE | re.DOTALL)
_KNOWN = frozenset(
    "a abbr acronym address article aside audio b big blockquote body br button caption center cite code col colgroup "  # noqa: SIM905
    "dd del details dfn div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header "
    "hr html i iframe img input ins kbd label legend li link main map mark math meta nav noscript object ol option p "
    "param path picture pre q s samp script section select small source span strike strong style sub summary sup svg "
    "table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr".split()
)


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One tag: its lower-case name, whether it closes, its attributes, and the offset behind it."""

    name: str
    closes: bool
    attributes: dict[str, str]
    end: int


def tag_at(text: str, offset: int) -> Tag | None:
    """The HTML tag that starts here, if it is one: ``List<String>``, ``<3`` and ``<https://ana.example/?a=b>`` are none."""
    match = _TAG.match(text, offset)
    if not match or match["rest"].startswith("//") or match["name"].lower().startswith(("mailto:", "tel:")):
        return None
    name, rest = match["name"], match["rest"]
    component = "-" in name or rest.endswith("/") or "=" in rest
    if name.lower() not in _KNOWN and not component:
        return None
    attributes = attributes_of(rest) if rest else {}
    if rest and _HIDDEN.search(_QUOTED.sub("", rest)):
        attributes.setdefault("hidden", "")
    return Tag(name=name.lower(), closes=bool(match["closes"]), attributes=attributes, end=match.end())


def component_at(text: str, offset: int) -> Tag | None:
    """A tag of MDX, whose components begin with a capital letter: ``<Tabs>``. Without its end it may be a type."""
    match = _TAG.match(text, offset)
    if not match or not match["name"][0].isupper():
        return None
    attributes = attributes_of(match["rest"])
    return Tag(name=match["name"].lower(), closes=bool(match["closes"]), attributes=attributes, end=match.end())


def attributes_of(rest: str) -> dict[str, str]:
    """``key="value"`` pairs by lower-case key, with entities resolved."""
    return {
        match[1].lower(): html.unescape(next((value for value in match.groups()[1:] if value is not None), ""))
        for match in _ATTRIBUTE.finditer(rest)
    }


def without_tags(inner: str, space: str = "") -> str:
    """The text without its tags, line ends kept; each tag leaves ``space`` behind."""
    pieces, end = [], 0
    start = inner.find("<")
    while start >= 0:
        tag = tag_at(inner, start)
        if tag:
            pieces += [inner[end:start], space]
            end = tag.end
        start = inner.find("<", max(end, start + 1))
    return "".join([*pieces, inner[end:]])


def plain_words(inner: str) -> str:
    """The words of an HTML fragment on one line."""
    return " ".join(html.unescape(without_tags(_spaced(inner))).split())


def _spaced(inner: str) -> str:
    """A space before each tag that breaks a line, so that words on both sides stay two."""
    return re.sub(r"(?i)(?=</?(?:br|p|li|td|th|tr|div|h[1-6])\b)", " ", inner)


def anchors_in(inner: str, line: int) -> tuple[Link, ...]:
    """The links of an HTML fragment whose first line has this number."""
    links = []
    for match in _ANCHOR.finditer(inner):
        url = attributes_of(match["attributes"]).get("href", "")
        if url:
            links.append(
                Link(text=plain_words(match["text"]), url=url, line=line + inner.count("\n", 0, match.start()))
            )
    return tuple(links)
