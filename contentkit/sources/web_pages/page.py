"""A web page, saved or fetched, as Markdown: its article, with what is known of it as front matter."""

from __future__ import annotations

import re

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.web_pages.encoding import text_of
from contentkit.sources.web_pages.facts import address_in, front_matter

_PAGE = regex(
    rb"[\s\x00]{0,100}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,400}>\s{0,20}){0,3}<(\w+|!doctype\s+html)(?=[\s>/])",
    re.I,
)
_BEGINS = frozenset({b"!doctype html", b"html", b"head", b"body", b"title", b"meta"})
_SUFFIXES = (".html", ".htm", ".xhtml")


class WebPage:
    """Reads HTML. The name of a fetched page is its address: what its links and its canonical address are compared with."""

    name = "web page"

    def recognises(self, data: bytes, name: str) -> bool:
        begins = _PAGE.match(data.lstrip(b"\xef\xbb\xbf\xff\xfe")[:2000].replace(b"\x00", b""))
        if not begins:
            return False
        return b" ".join(begins[1].lower().split()) in _BEGINS or name.lower().endswith(_SUFFIXES)

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        """The article as Markdown. Raises ContentError for what holds none, and when the extra ``web`` is not installed."""
        from contentkit.sources.documents.markup import markdown_of
        from contentkit.sources.documents.unread_marks import marks_in_classes, marks_in_comments, refuse_unread_marks
        from contentkit.sources.web_pages.conversations import is_no_conversation
        from contentkit.sources.web_pages.head import base_of, facts_of
        from contentkit.sources.web_pages.hidden import hidden_taken_out
        from contentkit.sources.web_pages.main_part import main_part
        from contentkit.sources.web_pages.open_marks import refuse_open_marks
        from contentkit.sources.web_pages.tree import refuse_long, tree_of

        text, broken = text_of(data, name)
        tree = tree_of(text, name)
        address = address_in(name)
        facts, doubts = facts_of(tree, address)
        refuse_open_marks(facts, name)
        base = base_of(tree, address) or facts.link
        hidden = hidden_taken_out(tree)
        refuse_long(tree, name)
        main = main_part(tree, facts)
        classes = (element.get("class", "") for element in main.iter())
        markdown = markdown_of(_written(main), address=base)
        refuse_unread_marks((*marks_in_comments(text), *marks_in_classes(classes), markdown.struck), name)
        if not any(line.strip() for line in markdown.lines):
            raise ContentError(
                f"{name}: says nothing", hint="the page may need a browser to show its words; copy them from there"
            )
        within = set(main.iter())
        unseen = _counted(sum(parent in within for parent in hidden))
        lines = (*front_matter(facts, kind="post" if is_no_conversation(markdown.lines) else ""), *markdown.lines)
        return Manuscript(lines=lines, converted=True, removed=(*broken, *unseen, *markdown.removed, *doubts))


def _written(element: object) -> str:
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _counted(hidden: int) -> tuple[str, ...]:
    return (f"{hidden} hidden element{'s' if hidden > 1 else ''}",) if hidden else ()


PAGE = WebPage()
