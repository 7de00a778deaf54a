"""What each element of HTML is in Markdown: what is done when it begins, and what when it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from contentkit.patterns import regex
from contentkit.sources.documents.blocks import Code, List, language_in, table_of
from contentkit.sources.documents.phrases import Look, Run, cell_of, is_silent, line_of, lines_of, paragraphs_in
from contentkit.sources.documents.tags import Tag
from contentkit.sources.documents.walk import Enter, Leave, Walk

_LOOKS: dict[str, Look] = {
    "b": "bold", "strong": "bold", "cite": "italic", "dfn": "italic", "em": "italic", "i": "italic",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_LONGEST_LINK = 4000
_NOTE_CLASS = regex(r"footnote|noteref", re.IGNORECASE)
# What leads from a heading to itself.
_PERMALINKS = frozenset(("#", "¶", "§", "🔗", "\u200b"))
_START = regex(r"[0-9]{1,6}")


def _look(walk: Walk, tag: Tag) -> Leave:
    if walk.code:
        walk.code.language = walk.code.language or language_in(tag.attributes.get("class", ""))
    look = _LOOKS[tag.name]
    walk.looks.append(look if look != "code" or walk.code_spans else "plain")
    return lambda: _drop_last(walk.looks)


def _superscript(walk: Walk, _tag: Tag) -> Leave:
    walk.raised += 1

    def leave() -> None:
        walk.raised -= 1

    return leave


def _anchor(walk: Walk, tag: Tag) -> Leave | None:
    href, kind = tag.attributes.get("href", "").strip(), tag.attributes.get("class", "")
    within = href.startswith("#") and len(href) > 1
    refers = bool(walk.raised or _NOTE_CLASS.search(kind) or "data-footnote-ref" in tag.attributes)
    if within and (walk.in_note or refers):
        if not walk.in_note:
            walk.runs.append(Run("", note=walk.notes.setdefault(href[1:], len(walk.notes) + 1)))
        walk.skip()
        return None
    walk.links.append(_resolved(walk, href) if href and not within else "")
    above = len(walk.runs)

    def leave() -> None:
        walk.links.pop()
        if within and "".join(run.text for run in walk.runs[above:]).strip() in _PERMALINKS:
            del walk.runs[above:]

    return leave


def _resolved(walk: Walk, link: str) -> str:
    """The address a link leads to; empty when it is none that a reader could follow."""
    try:
        url = urljoin(walk.address, link)
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return url if scheme in ("", "http", "https", "mailto") and len(url) <= _LONGEST_LINK else ""


def _picture(walk: Walk, tag: Tag) -> None:
    given = tag.attributes
    if walk.code or any(given.get(side, "").strip() in ("0", "1") for side in ("width", "height")):
        return  # One dot in size: it counts readers.
    sources = (given.get(key, "").strip() for key in ("src", "data-src"))
    source = next((one for one in sources if one and not one.lower().startswith("data:")), "")
    if source or given.get("alt", "").strip():
        walk.runs.append(Run(given.get("alt", ""), picture=_resolved(walk, source) if source else ""))


def _break(walk: Walk, _tag: Tag) -> None:
    if walk.code:
        walk.code.text.append("\n")
    else:
        walk.runs.append(Run("\n"))


def _rule(walk: Walk, _tag: Tag) -> None:
    walk.flush()
    if not walk.flat and not walk.code:
        walk.page.add(["* * *"])


def _heading(walk: Walk, tag: Tag) -> Leave:
    mark = "#" * int(tag.name[1])
    return walk.flattened(lambda runs: walk.page.add([f"{mark} {line_of(runs)}"]))


def _caption(walk: Walk, _tag: Tag) -> Leave:
    # A paragraph that is emphasised as a whole is an aside.
    return walk.flattened(lambda runs: walk.page.add(lines_of(run._replace(look="italic") for run in runs)))


def _quotation(walk: Walk, _tag: Tag) -> Leave:
    container = None if walk.flat else walk.page.quote()

    def leave() -> None:
        walk.flush()
        walk.page.close(container)

    return leave


def _list(walk: Walk, tag: Tag) -> Leave:
    start = tag.attributes.get("start", "").strip()
    of = List(tag.name == "ol", int(start) if _START.fullmatch(start) else 1)
    walk.lists.append(of)

    def leave() -> None:
        walk.flush()
        walk.page.close_items(of)
        walk.lists.pop()

    return leave


def _item(walk: Walk, tag: Tag) -> Leave | None:
    if walk.flat or walk.code or not walk.lists:
        return None
    if tag.attributes.get("id") in walk.notes:
        return _note(walk, tag)
    # A list beside an item belongs to that item, so that an item ends only where the next begins.
    walk.page.close_items(walk.lists[-1])
    walk.page.item(walk.lists[-1])
    return None


def _note(walk: Walk, tag: Tag) -> Leave | None:
    """A block that a reference led to is a footnote."""
    number = walk.notes.get(tag.attributes.get("id", ""), 0)
    if not number or walk.flat or walk.code:
        return None
    ends = walk.flattened(lambda runs: walk.page.add_outside([f"[^{number}]: {cell_of(runs)}"]))
    walk.in_note = True

    def leave() -> None:
        walk.in_note = False
        ends()

    return leave


def _preformatted(walk: Walk, tag: Tag) -> Leave | None:
    if walk.flat or walk.code:
        walk.looks.append("code" if walk.code_spans else "plain")
        return lambda: _drop_last(walk.looks)
    code = walk.code = Code(language_in(tag.attributes.get("class", "")))

    def leave() -> None:
        walk.code = None
        if code.fenced():
            walk.page.add_code(code.fenced())

    return leave


def _table(walk: Walk, _tag: Tag) -> Leave | None:
    if walk.flat or walk.code:
        return None
    rows: list[list[list[Run]]] = []
    walk.rows = rows

    def leave() -> None:
        walk.flush()
        walk.rows = []
        _put_table(walk, [row for row in rows if not all(is_silent(cell) for cell in row)])

    return leave


def _put_table(walk: Walk, rows: Sequence[Sequence[list[Run]]]) -> None:
    if len(rows) == 1 and sum(not is_silent(cell) for cell in rows[0]) == 1:
        # A box around words.
        for paragraph in paragraphs_in([run for cell in rows[0] for run in cell]):
            walk.page.add(lines_of(paragraph))
    elif rows:
        walk.page.add(table_of([[cell_of(cell) for cell in row] for row in rows]))


def _row(walk: Walk, _tag: Tag) -> None:
    if not walk.flat:
        walk.rows.append([])


def _cell(walk: Walk, _tag: Tag) -> Leave | None:
    if walk.flat or walk.code or not walk.names["table"]:
        return None
    if not walk.rows:
        walk.rows.append([])
    cells = walk.rows[-1]
    walk.flat = True

    def leave() -> None:
        cells.append(walk.runs)
        walk.runs = []
        walk.flat = False

    return leave


def _drop_last(stack: list[Any]) -> None:
    stack.pop()


ELEMENTS: dict[str, Enter] = {
    **dict.fromkeys(_LOOKS, _look),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("dir", "menu", "ol", "ul"), _list),
    **dict.fromkeys(("td", "th"), _cell),
    **dict.fromkeys(("aside", "dd", "div", "p"), _note),
    **dict.fromkeys(("caption", "figcaption"), _caption),
    "a": _anchor,
    "blockquote": _quotation,
    "br": _break,
    "hr": _rule,
    "img": _picture,
    "li": _item,
    "pre": _preformatted,
    "sup": _superscript,
    "table": _table,
    "tr": _row,
}
