"""Which part of a page is the article, and what within it is the furniture of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from contentkit.patterns import regex
from contentkit.sources.web_pages.facts import Facts, seen
from contentkit.sources.web_pages.tree import first_words_in, taken_out, words_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# trafilatura takes about a second for so much.
_MOST_WORDS = 40_000
_MOST_ELEMENTS = 12_000
# The smallest element that holds so much of what trafilatura finds is the article.
_SHARE = 0.9
# Of a table, a cell with so much: it is how pages had columns before there were style sheets.
_SHARE_OF_CELL = 0.7
_FEWEST_LETTERS = 12
_WITHIN = frozenset(("a", "b", "blockquote", "em", "li", "ol", "p", "pre", "span", "table", "tbody", "tr", "ul"))
_CONTAINERS = ("//article", "//main", "//*[@role='main']", "//body")
_SITE = frozenset({"nav", "form", "menu", "dialog"})
_SITE_ROLES = frozenset({
    "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "form", "menu", "menubar", "navigation",
    "search", "toolbar",
})  # fmt: skip
# Parts of class names and ids, between hyphens; the second set are whole ones.
_SITE_NAMES = frozenset({
    "addtoany", "ads", "advert", "advertisement", "breadcrumb", "breadcrumbs", "byline", "comentar", "comentario",
    "comentarios", "comment", "commentlist", "comments", "compartir", "cookie", "cookies", "cta", "disqus", "etiquetas",
    "eyebrow", "firma", "footer", "kicker", "newsletter", "outbrain", "pagination", "paginav", "paywall", "promo",
    "publicidad", "recommended", "related", "relatedposts", "share", "sharebar", "sharedaddy", "sharelinks", "sharetitle",
    "sharing", "sidebar", "signup", "social", "subscribe", "subscription", "taboola", "toc",
})  # fmt: skip
_SITE_CLASSES = frozenset({
    "ad", "anchor-link", "author-bio", "author-box", "author-card", "button-wrapper", "comment-list",
    "comment-respond", "comments", "comments-area", "comments-section", "copy-button", "disqus_thread", "entry-meta",
    "footnote-backref", "hash-link", "headeranchor", "headerlink", "kg-callout-emoji", "most-read", "nav-links",
    "navigation", "page-nav", "post-meta", "post-nav", "post-navigation", "post-tags", "read-next", "reading-time",
    "screen-reader-text", "skip-link", "sr-only", "table-of-contents", "tags", "theme-edit-this-page",
    "visually-hidden", "widget",
})  # fmt: skip
# What readers press: only where hardly any words are in it, for reviews have ratings and stories have votes, too.
_PRESSED_NAMES = frozenset({
    "estrellas", "like", "likes", "rater", "rating", "ratings", "stars", "valora", "valoracion", "vote", "votes", "votos",
})  # fmt: skip
_MOST_PRESSED = 40
# Names of what moves a gallery on; the gallery's pictures and captions are the article's.
_OF_A_GALLERY = ({"gallery", "nav"}, {"gallery", "control"}, {"gallery", "slide", "title"}, {"galeria", "nav"})
_PART_OF_NAME = regex(r"[A-Z]?[a-z]+|[A-Z]+")
_WORDLESS = regex(r"[\W_]{0,8}")
_READING_TIME = regex(r"\d{1,3}[ -]min(?:ute)?s?(?: read| de lectura)?", re.IGNORECASE)
# So many words may stand above the title and still be no part of the article: a section's name, a path.
_MOST_ABOVE = 20
_LONGEST_FACT = 80
_MOST_WORDS_OF_A_DAY = 5


def main_part(tree: HtmlElement, facts: Facts) -> HtmlElement:
    """The element of the page that holds the article, without the site's furniture and what ``facts`` say already.

    Hidden elements are out already (``web_pages.hidden``). The tree is changed.
    """
    marked = set(tree.xpath("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]"))
    outermost = [one for one in marked if not any(outer in marked for outer in one.iterancestors())]
    main: HtmlElement = outermost[0] if len(outermost) == 1 and words_in(outermost[0]) else _found(tree)
    most = len(words_in(main)) // 2
    _take_out(main, lambda element: _is_furniture(element, most))
    _take_off_title(main, facts.title)
    _take_out(main, lambda element: _repeats(element, facts))
    _name_notes(main)
    return main


def _name_notes(main: HtmlElement) -> None:
    """Gives a footnote the name that its number has, where the number is a link back (Substack): the link is no note."""
    for number in main.xpath(".//div/a[@id and contains(@class, 'footnote-number')]"):
        number.getparent().set("id", number.get("id"))
        taken_out(number)


def _take_out(main: HtmlElement, doomed: Callable[[HtmlElement], bool]) -> None:
    """Removes the outermost elements of the kind; code is left as it is."""
    from lxml import etree

    found = []
    walk = etree.iterwalk(main, events=("start",))
    for _, element in walk:
        if element is main:
            continue
        if doomed(element):
            found.append(element)
        elif element.tag != "pre":
            continue
        walk.skip_subtree()
    for element in found:
        taken_out(element)


def _take_off_title(main: HtmlElement, title: str) -> None:
    """Removes the title, the header it stands in, and the few words above it."""
    heading = next((one for one in main.iter("h1", "h2") if seen(words_in(one)) == title), None)
    if heading is None or heading is main:
        return
    header = next((one for one in heading.iterancestors() if one is main or one.tag == "header"), main)
    last = heading if header is main else header
    above = _before(last, main)
    if sum(len(words_in(one).split()) for one in above) <= _MOST_ABOVE:
        for element in above:
            taken_out(element)
    if len(words_in(last)) * 2 < len(words_in(main)):
        taken_out(last)


def _before(element: HtmlElement, main: HtmlElement) -> list[HtmlElement]:
    """The elements that end before this one begins."""
    found: list[HtmlElement] = []
    while element is not main:
        found += element.itersiblings(preceding=True)
        element = element.getparent()
    return found


def _found(tree: HtmlElement) -> HtmlElement:
    """Where trafilatura finds the article; where it finds none, or there is too much, what the page calls its main part."""
    if sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS and len(words_in(tree).split()) <= _MOST_WORDS:
        article = _holding(tree, _article_texts(tree))
        if article is not None:
            return article
    for path in _CONTAINERS:
        found = max(tree.xpath(path), key=lambda one: len(words_in(one)), default=None)
        if found is not None and words_in(found):
            return found
    return tree


def _article_texts(tree: HtmlElement) -> frozenset[str]:
    """The runs of text that trafilatura takes for the article's, without their spaces."""
    from trafilatura import bare_extraction

    tree = deepcopy(tree)
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_links=True, include_formatting=True)
    except ValueError:
        return frozenset()  # it stumbles over control characters in attributes
    body = getattr(found, "body", None)
    return frozenset(_letters(text) for text in body.itertext()) if body is not None else frozenset()


def _letters(text: str) -> str:
    return "".join(text.split())


def _holding(tree: HtmlElement, texts: frozenset[str]) -> HtmlElement | None:
    """The innermost element that holds nearly all of these texts; None when the page has none of them."""
    weights: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        own = sum(len(text) for text in map(_letters, _runs(element)) if len(text) >= _FEWEST_LETTERS and text in texts)
        weights[element] = own + sum(weights[child] for child in element)
    if not weights[tree]:
        return None
    main = tree
    while heavy := [child for child in main if weights[child] >= _share_of(child) * weights[tree]]:
        main = heavy[0]
    return _whole(main)


def _share_of(element: HtmlElement) -> float:
    return _SHARE_OF_CELL if element.tag == "td" else _SHARE


def _runs(element: HtmlElement) -> Iterator[str]:
    """The texts that stand directly in an element."""
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _whole(main: HtmlElement) -> HtmlElement:
    """A paragraph or list that is all of an article stands in what holds its headings and pictures, too."""
    while main.tag in _WITHIN:
        parent = main.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        main = parent
    return main


def _is_furniture(element: HtmlElement, most: int) -> bool:
    """Whether an element belongs to the site. What has more than ``most`` characters is the article, whatever it is called."""
    if element.tag in _SITE or element.get("role", "").strip().lower() in _SITE_ROLES:
        return True
    if element.tag == "a":
        # The sign beside a heading that links to it.
        return element.get("href", "").startswith("#") and bool(_WORDLESS.fullmatch(words_in(element)))
    if element.tag in ("span", "code", "h2", "h3"):
        return False
    names = (*element.get("class", "").split(), element.get("id", ""))
    parts = [{part.lower() for part in _PART_OF_NAME.findall(name)} for name in names]
    if any(mark <= named for named in parts for mark in _OF_A_GALLERY):
        return True
    every = {part for name in names for part in re.split(r"[-_]+", name.lower())}
    if {name.lower() for name in names}.isdisjoint(_SITE_CLASSES) and every.isdisjoint(_SITE_NAMES):
        return not every.isdisjoint(_PRESSED_NAMES) and len(words_in(element).split()) <= _MOST_PRESSED
    return len(words_in(element)) <= most


def _repeats(element: HtmlElement, facts: Facts) -> bool:
    """Whether an element says who wrote it, when, or how long it takes to read, and nothing else."""
    if element.tag in ("figcaption", "cite", "td", "th", "li", "h1", "h2", "h3"):
        return False
    words = seen(element.get("alt", "") if element.tag == "img" else first_words_in(element, _LONGEST_FACT))
    if not 0 < len(words) <= _LONGEST_FACT:
        return False
    return words == facts.author or _is_day(words, facts.date) or bool(_READING_TIME.fullmatch(words))


def _is_day(words: str, date: str) -> bool:
    """Whether a few words name this day in some language: no other numbers, and not many words."""
    numbers = {int(number) for number in re.findall(r"\d+", words)}
    if not date or len(words.split()) > _MOST_WORDS_OF_A_DAY:
        return False
    year, month, day = map(int, date[:10].split("-"))
    return {year, day} <= numbers <= {year, month, day}
