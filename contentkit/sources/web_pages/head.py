"""What a page says of itself in its head: title, author, date, address. It is bounded, and checked before it is believed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contentkit.patterns import regex
from contentkit.sources.web_pages.facts import (
    DATE_OF_ITEM,
    Facts,
    believed_link,
    breaks_off,
    iso_date,
    seen,
    web_address,
)
from contentkit.sources.web_pages.tree import words_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = regex(r"\w*(?:Article|Posting|Report)")
_LANGUAGE = regex(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LARGEST_LINKED_DATA = 256 * 1024
_MOST_WORDS_OF_A_NAME = 6
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "publishdate", "publish_date", "pubdate", "parsely-pub-date",
    "citation_publication_date", "sailthru.date",
)  # fmt: skip


class Head:
    """The statements of a page about itself, by lower-case name, the first of each name first."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            key = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
            if value := seen(meta.get("content", "")[:5000]):
                self.metas.setdefault(key.strip().lower(), []).append(value)
        self.linked = next(_linked_data(tree), {})

    def meta(self, *names: str) -> str:
        """The first of these that is stated; empty when none is."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def links(self, relation: str) -> Iterator[HtmlElement]:
        """The elements that link somewhere in this relation."""
        return (link for link in self.tree.iter("link", "a") if relation in link.get("rel", "").lower().split())


def facts_of(tree: HtmlElement, address: str) -> tuple[Facts, tuple[str, ...]]:
    """What the page states of itself, before anything is taken out of it, and what of that was not believed, in words.

    ``address`` is where the page was read; empty for a file. A page may name a canonical address on its own site only: a
    thread would send its readers there.
    """
    head = Head(tree)
    base = base_of(tree, address)
    link, doubts = _link(head, base, address)
    image = web_address(head.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src"), base or link)
    facts = Facts(
        title=_title(head),
        link=link,
        author=_author(head),
        date=_date(head),
        language=_language(head),
        description=_description(head),
        tags=_tags(head),
        image=image,
        image_alt=head.meta("og:image:alt", "twitter:image:alt") or _alt_in(tree, image, base or link),
    )
    return facts, doubts


def _description(head: Head) -> str:
    """What the page is about, in its own words; the first words of something longer, cut off anywhere, are no description."""
    stated = (head.meta(name) for name in ("og:description", "description", "twitter:description"))
    return next((words for words in stated if words and not breaks_off(words)), "")


def _alt_in(tree: HtmlElement, image: str, base: str) -> str:
    """The alt text that the page itself has for this picture."""
    shown = (one.get("alt", "") for one in tree.iter("img") if image and web_address(one.get("src", ""), base) == image)
    return next((alt for alt in map(seen, shown) if alt), "")


def base_of(tree: HtmlElement, address: str) -> str:
    """The address that the links of the page are relative to; empty when nothing says."""
    base = next((element.get("href", "") for element in tree.iter("base")), "")
    return web_address(base, address) or address


def _link(head: Head, base: str, address: str) -> tuple[str, tuple[str, ...]]:
    stated = next((link.get("href", "") for link in head.links("canonical")), "") or head.meta("og:url")
    return believed_link(web_address(stated, base), address)


def _title(head: Head) -> str:
    """The heading that readers see where the head confirms it, else what the head says."""
    stated = [head.meta("og:title"), next((words_in(title) for title in head.tree.iter("title")), "")]
    for heading in head.tree.iter("h1"):
        shown = seen(words_in(heading)[:1000])
        if shown and any(seen(words).casefold().startswith(shown.casefold()) for words in stated):
            return shown
    candidates = (stated[0], _text(head.linked.get("headline")), head.meta("twitter:title"), stated[1])
    return next((words for words in map(seen, candidates) if words), "")


def _author(head: Head) -> str:
    linked = head.linked.get("author")
    named = [_text(one.get("name") if isinstance(one, dict) else one) for one in _listed(linked)]
    stated = [*head.metas.get("author", ()), *head.metas.get("article:author", ()), *head.metas.get("dc.creator", ())]
    shown = [words_in(link) for link in head.links("author")]
    shown += [words_in(one) for one in head.tree.xpath("//*[@itemprop='author' or contains(@class, 'p-author')]")[:5]]
    for names in (named, stated, shown):
        people = list(dict.fromkeys(name for name in map(seen, names) if _is_name(name)))
        if people:
            return ", ".join(people[:5])
    return ""


def _is_name(words: str) -> bool:
    """Whether somebody may be called so: short, and no address."""
    return (
        0 < len(words.split()) <= _MOST_WORDS_OF_A_NAME and len(words) <= 80 and "/" not in words and "@" not in words
    )


def _date(head: Head) -> str:
    """When it was published, as ISO 8601; a date that is not written so is not believed."""
    times = [time for time in head.tree.iter("time") if "datetime" in time.attrib and not _marks_change(time)]
    marked = [time.get("datetime") for time in times if _marks_publication(time)]
    stated = [head.meta(name) for name in _DATES]
    candidates = [*stated, _text(head.linked.get("datePublished")), *marked]
    if len({time.get("datetime", "")[:10] for time in times}) == 1:
        candidates.append(times[0].get("datetime"))
    candidates.append(head.meta(DATE_OF_ITEM))
    return next((date for date in map(iso_date, candidates) if date), "")


def _marks_change(time: HtmlElement) -> bool:
    names = " ".join(one.get("class", "") + one.get("itemprop", "") for one in (time, *time.iterancestors()))
    return bool(re.search(r"updat|modif|revis|comment", names, re.IGNORECASE))


def _marks_publication(time: HtmlElement) -> bool:
    names = {*time.get("class", "").split(), *time.get("itemprop", "").split()}
    return "pubdate" in time.attrib or not names.isdisjoint(
        {"dt-published", "datePublished", "entry-date", "published"}
    )


def _language(head: Head) -> str:
    stated = (
        head.tree.get("lang"),
        head.tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        head.tree.get("xml:lang"),
    )
    candidates = (*stated, head.meta("content-language", "og:locale"), _text(head.linked.get("inLanguage")))
    languages = ((words or "").strip().replace("_", "-") for words in candidates)
    return next((words for words in languages if _LANGUAGE.fullmatch(words)), "")


def _tags(head: Head) -> tuple[str, ...]:
    keywords = head.linked.get("keywords")
    linked = keywords.split(",") if isinstance(keywords, str) else [_text(one) for one in _listed(keywords)]
    sources = (
        head.metas.get("article:tag", []),
        [words_in(link).removeprefix("#") for link in head.links("tag")],
        linked,
        head.meta("keywords").split(","),
    )
    found = (tuple(tag for tag in map(seen, tags[:50]) if tag and len(tag.split()) <= 5) for tags in sources)
    return next((tags for tags in found if tags), ())


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles that the page describes as JSON-LD."""
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:_LARGEST_LINKED_DATA])
        except (ValueError, RecursionError):
            continue
        for one in _listed(data):
            graph = _listed(one.get("@graph")) if isinstance(one, dict) else []
            for thing in (one, *graph):
                kinds = _listed(thing.get("@type")) if isinstance(thing, dict) else []
                if any(isinstance(kind, str) and _ARTICLE.fullmatch(kind) for kind in kinds):
                    yield thing


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value[:5000] if isinstance(value, str) else ""
