"""A drawn chart as part of a page: words are words, colours are the sheet's own, and no name is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from contentkit.patterns import regex
from contentkit.views.page.markup import Html, element
from contentkit.views.report.drawing import COLOURS

_LEFT_OUT = ("metadata", "style")
_VARIABLES = {colour: f"var({name})" for name, colour in COLOURS.items()}
_COLOUR = regex(r"#[0-9a-f]{6}")
_FONT = regex(r"font-family:[^;]*;?\s*")
_REFERENCE = regex(r"#([A-Za-z]\w*)")
_PAPER = "#ffffff"


def inlined(drawn: bytes, name: str, title: str, told: str) -> Html:
    """The SVG element of a document that the library wrote. ``name`` is the chart's own; ``title`` and ``told`` are read out."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - written a moment ago, not read from anywhere
    labels = {"title": f"{name}-title", "desc": f"{name}-told"}
    return element(
        "svg",
        element("title", title, id=labels["title"]),
        element("desc", told, id=labels["desc"]),
        *_children(root, name),
        viewBox=root.get("viewBox"), role="img", aria_labelledby=labels["title"], aria_describedby=labels["desc"],
    )  # fmt: skip


def _children(parent: ElementTree.Element, name: str) -> Iterator[Html]:
    for one in parent:
        tag = one.tag.rpartition("}")[2]
        if tag in _LEFT_OUT or _is_paper(one) or (tag in ("defs", "g") and not len(one)):
            continue
        content = (one.text,) if tag == "text" and one.text else ()
        yield element(tag, *content, *_children(one, name), **_attributes(one, tag, name))


def _is_paper(one: ElementTree.Element) -> bool:
    """The ground that the library paints under everything: a page has its own."""
    return one.get("style", "") in (f"fill: {_PAPER}", "fill: none")


def _attributes(one: ElementTree.Element, tag: str, name: str) -> dict[str, str]:
    kept = {}
    for key, value in one.attrib.items():
        plain = key.rpartition("}")[2]
        if plain == "id" and tag == "g":
            continue
        if plain == "id":
            value = f"{name}-{value}"
        elif plain in ("href", "clip-path"):
            value = _REFERENCE.sub(rf"#{name}-\1", value)
        elif plain == "style":
            value = _COLOUR.sub(lambda colour: _VARIABLES.get(colour[0], colour[0]), _FONT.sub("", value))
        kept[plain] = " ".join(value.split())
    return kept
