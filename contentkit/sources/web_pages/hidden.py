"""What stands in a page and no reader sees: it is taken out before anything else looks at the page, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contentkit.patterns import regex
from contentkit.sources.hidden_elements import is_unseen
from contentkit.sources.web_pages.cutting import without
from contentkit.sources.web_pages.tree import taken_out

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# These hold no words of the page, whoever can see them.
_NO_WORDS = frozenset({
    "applet", "audio", "button", "canvas", "datalist", "embed", "iframe", "input", "link", "map", "meta", "meter",
    "noframes", "noscript", "object", "option", "progress", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
})  # fmt: skip
_SMALL = regex(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_CUT_OFF = regex(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_SIMPLE_SELECTOR = regex(r"\s*(?:[a-z0-9]{1,20})?([.#][\w-]{1,80})\s*", re.IGNORECASE)
_EVERYWHERE = regex(r"@(?:media\s+(?:only\s+)?(?:all|screen)|layer\b.*|supports\b.*)\s*", re.IGNORECASE | re.DOTALL)
_DEEPEST_RULE = 5
_LONGEST_STYLE = 2000
_LARGEST_SHEET = 512 * 1024
_WORD = regex(r"\w")


def hidden_taken_out(tree: HtmlElement) -> list[HtmlElement]:
    """Takes out what cannot be seen and what holds no words. Returns the element that each hidden text stood in."""
    from lxml import etree

    names = _hidden_names("\n".join(style.text or "" for style in tree.iter("style")))
    parents, doomed = [], []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        wordless = not isinstance(element.tag, str) or element.tag in _NO_WORDS
        if not wordless and (element.tag in ("html", "head", "body") or not _is_hidden(element, names)):
            continue
        doomed.append(element)
        if not wordless and any(_WORD.search(text) for text in element.itertext()):
            parents.append(element.getparent())
        walk.skip_subtree()  # it goes with what it stands in, and is not counted again
    for element in doomed:
        taken_out(element)
    return parents


def _is_hidden(element: HtmlElement, names: frozenset[str]) -> bool:
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    if is_unseen(element.attrib) or _is_cut_off(element.get("style", "")):
        return True
    own = {f".{name}" for name in element.get("class", "")[:_LONGEST_STYLE].split()} | {f"#{element.get('id', '')}"}
    return not names.isdisjoint(own)


def _is_cut_off(style: str) -> bool:
    """Whether a style leaves no room for what stands in the element."""
    style = style[:_LONGEST_STYLE]
    return bool(_SMALL.search(style) and _CUT_OFF.search(style))


def _hidden_names(sheet: str) -> frozenset[str]:
    """The classes and ids that the page's own style hides in every window."""
    names: set[str] = set()
    for selectors, declarations in _rules(without(sheet[:_LARGEST_SHEET], "/*", "*/")):
        if is_unseen({"style": declarations}) or _is_cut_off(declarations):
            matches = map(_SIMPLE_SELECTOR.fullmatch, selectors[:_LONGEST_STYLE].split(","))
            names.update(match[1] for match in matches if match)
    return frozenset(names)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that holds in every window: not of those for phones or printers."""
    open_rules: list[str] = []
    start = 0
    for mark in re.finditer(r"[{}]", sheet):
        inner = sheet[start : mark.start()]
        start = mark.end()
        if mark[0] == "{":
            open_rules.append(inner.rpartition(";")[2].strip())
        elif open_rules:
            selectors = open_rules.pop()
            if not selectors.startswith("@") and all(map(_EVERYWHERE.fullmatch, open_rules[-_DEEPEST_RULE:])):
                yield selectors, inner
