"""A web page as a tree of elements, as lxml makes it of any bytes, and the words in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.errors import ContentError
from contentkit.patterns import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 5 * 1024 * 1024
# What a second is enough for; a long article has three thousand.
_MOST_ELEMENTS = 30_000
_IMPOSSIBLE = regex("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LONGEST_TEXT = 1024 * 1024


def tree_of(text: str, name: str) -> HtmlElement:
    """The tree of a page. Raises ContentError when lxml is not there, and for what is too large, too deep or no page."""
    try:
        from lxml import etree, html
    except ImportError:
        raise without_web(name) from None
    if len(text) > LARGEST:
        raise ContentError(f"{name}: larger than {LARGEST // 1024 // 1024} MiB", hint="save the part that you need")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_IMPOSSIBLE.sub("", text).encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        raise ContentError(f"{name}: holds no page", hint="save the page again, as HTML") from None
    # What is deeper or longer than it bears was left out by libxml2 without a word.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ContentError(f"{name}: is nested too deeply", hint="copy the words of the article into a file")
    if any(number > _MOST_ELEMENTS for number, _ in enumerate(tree.iter())):
        raise ContentError(f"{name}: has more than {_MOST_ELEMENTS} elements", hint="save the part that you need")
    _clean(tree)
    return tree


def _clean(tree: HtmlElement) -> None:
    """Takes out characters that no tree may hold and some pages do; an entity can bring them past the parser."""
    for element in tree.iter():
        if element.text and _IMPOSSIBLE.search(element.text):
            element.text = _IMPOSSIBLE.sub("", element.text)
        if element.tail and _IMPOSSIBLE.search(element.tail):
            element.tail = _IMPOSSIBLE.sub("", element.tail)


def refuse_long(tree: HtmlElement, name: str) -> None:
    """Raises ContentError for more words than an article can have. Scripts and styles are out already."""
    if sum(map(len, tree.itertext())) > _LONGEST_TEXT:
        raise ContentError(
            f"{name}: has more than {_LONGEST_TEXT // 1024 // 1024} MiB of words", hint="save the part that you need"
        )


def without_web(name: str) -> ContentError:
    """Why a page or feed cannot be read, where the libraries for them are not installed."""
    return ContentError(
        f"{name}: pages and feeds need more than the base installation",
        hint="install contentkit[web]; from a clone of contentkit: pipx install --force '.[web]'",
    )


def words_in(element: HtmlElement) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def first_words_in(element: HtmlElement, most: int) -> str:
    """As ``words_in``, without reading on where there are more than so many characters."""
    found, size = [], 0
    for text in element.itertext():
        found.append(text)
        size += len(text.strip())
        if size > most:
            break
    return " ".join("".join(found).split())


def taken_out(element: HtmlElement) -> None:
    """Removes an element and what it holds; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
