"""Raw HTML in Markdown: tags leave the text, elements that are no prose become passages, call-outs become asides."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from contentkit.patterns import regex
from contentkit.sources.page import Cut, Page
from contentkit.sources.raw_html import SUPERSCRIPT, Tag, anchors_in, component_at, plain_words, tag_at, without_tags

_ASIDE_CLASS = regex(
    r"\b(?:notice|note|admonition|callout|alert|warning|tip|info|hint|caution|sidebar|cta|banner)", re.I
)
_EMBED_CLASS = regex(r"tweet|instagram|mastodon|bluesky|tiktok|embed", re.I)
_EMPTY_LINE = regex(r"\n[ \t]*\n")
_IMAGE = regex(r"<img\b", re.I)
_CONTAINERS = frozenset({"article", "center", "div", "section"})
# HTML's own, and the components of MDX.
_CALL_OUTS = frozenset({
    "admonition", "aside", "callout", "caution", "danger", "details", "hint", "important", "info", "note", "tip", "warning",
})  # fmt: skip
# What is crossed out was not said; the rest is no text.
_DROPPED = frozenset({
    "audio", "del", "figcaption", "iframe", "math", "noscript", "object", "s", "script", "select", "strike",
    "style", "svg", "template", "video",
})  # fmt: skip
_BREAKS = frozenset({
    "article", "aside", "br", "center", "dd", "details", "div", "dl", "dt", "footer", "header", "hr", "li", "ol",
    "p", "section", "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip


def html_mark(page: Page, start: int) -> Cut | None:
    """What to cut at a ``<``: a tag, an element with all it holds; None when it is text."""
    tag = tag_at(page.text, start) or _component(page, start)
    if tag is None:
        return None
    if tag.closes:
        page.close(tag.name, start)
        return tag.end, _left_by(page, tag, start)
    whole = _element(page, tag, start)
    if whole:
        return whole
    if tag.name in _CONTAINERS or tag.name in _CALL_OUTS:
        aside = tag.name in _CALL_OUTS or bool(_ASIDE_CLASS.search(tag.attributes.get("class", "")))
        page.open(tag.name, start, aside=aside)
    elif tag.name == "img":
        page.picture(tag.attributes.get("src", ""), tag.attributes.get("alt", ""), start, tag.end)
    return tag.end, _left_by(page, tag, start)


def _component(page: Page, start: int) -> Tag | None:
    """A component of MDX that has both an opening and a closing tag."""
    tag = component_at(page.text, start)
    name = page.text[start + 1 : start + 1 + len(tag.name)] if tag else ""
    return tag if tag and (tag.closes or page.find(f"</{name}>", tag.end) >= 0) else None


def _left_by(page: Page, tag: Tag, start: int) -> str:
    """What a lone tag means in Markdown."""
    if not page.starts_line(start):
        return " " if tag.name in _BREAKS else ""
    if not tag.closes and tag.name == "li":
        return "- "
    if not tag.closes and tag.name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "#" * int(tag.name[1]) + " "
    return ""


def _element(page: Page, tag: Tag, start: int) -> Cut | None:
    """Cuts a whole element, when it is of a kind that is read as a whole and has an end."""
    if tag.name not in _DROPPED and tag.name not in _ELEMENTS:
        return None
    closing = _closing_tag(page, tag)
    if closing is None:
        return None
    inner = page.text[tag.end : closing[0]]
    left = _ELEMENTS[tag.name](page, tag, inner, start) if tag.name in _ELEMENTS else ""
    return closing[1], left


def _closing_tag(page: Page, tag: Tag) -> tuple[int, int] | None:
    for name in (tag.name, tag.name.upper()):
        found = page.find(f"</{name}", tag.end)
        closing = tag_at(page.text, found) if found >= 0 else None
        if closing:
            return found, closing.end
    return None


def _anchor(page: Page, tag: Tag, inner: str, start: int) -> str:
    for match in _IMAGE.finditer(inner):
        image = tag_at(inner, match.start())
        if image:
            page.picture(image.attributes.get("src", ""), image.attributes.get("alt", ""), start, tag.end + len(inner))
    words, url = without_tags(inner), tag.attributes.get("href", "")
    if not words.strip():
        return ""
    plain = not url or re.search(r"[<>\s]", url) or re.search(r"[\[\]]", words) or _EMPTY_LINE.search(words)
    return words if plain else f"[{words}](<{url}>)"


def _code(_page: Page, _tag: Tag, inner: str, _start: int) -> str:
    words = without_tags(inner)
    return words if "`" in words or "\n" in words or not words.strip() else f"`{html.unescape(words)}`"


def _superscript(_page: Page, _tag: Tag, inner: str, _start: int) -> str:
    return "" if "<a" in inner else without_tags(inner).translate(SUPERSCRIPT)


def _preformatted(page: Page, tag: Tag, inner: str, start: int) -> str:
    page.take("code", html.unescape(without_tags(inner)).strip("\n"), start, tag.end + len(inner))
    return ""


def _table(page: Page, tag: Tag, inner: str, start: int) -> str:
    rows = [re.split(r"</t[dh]\s?>", row, flags=re.I) for row in re.split(r"</tr\s?>", inner, flags=re.I)]
    cells = [[words for cell in row if (words := plain_words(cell))] for row in rows]
    text = "\n".join(" | ".join(row) for row in cells if row)
    page.take("table", text, start, tag.end + len(inner), links=anchors_in(inner, page.line(tag.end)))
    return ""


def _quotation(page: Page, tag: Tag, inner: str, start: int) -> str:
    embedded = bool(_EMBED_CLASS.search(tag.attributes.get("class", "")))
    links = anchors_in(inner, page.line(tag.end))
    page.take("quotation", plain_words(inner), start, tag.end + len(inner), links=links, aside=embedded)
    return ""


_ELEMENTS: dict[str, Callable[[Page, Tag, str, int], str]] = {
    "a": _anchor,
    "blockquote": _quotation,
    "code": _code,
    "pre": _preformatted,
    "sup": _superscript,
    "table": _table,
}
