"""A report as one page: a file that needs no script, no network and no other file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files

from contentkit.views.page.frame import framed
from contentkit.views.page.markup import Html, element
from contentkit.views.report.blocks import Block, Cell, Content, Drawn, Items, Paragraph, Quoted, Section, Source, Table
from contentkit.views.report.charts import Chart

# Tells a page of ours from any other file.
MARKER = '<meta name="generator" content="contentkit report">'
_ADDRESSES = ("http://", "https://")
# A chart is there twice, with letters of the same size: for a desk, and for a phone. The sheet shows one of them.
WIDE, NARROW = 720, 310


def page_with_charts(content: Content) -> str:
    """The whole document. The library that draws must be installed."""
    return _page(content, _figures(content.charts()))


def page_without_charts(content: Content) -> str:
    """The whole document, with the tables that stand behind charts in their place."""
    return _page(content, {})


def _page(content: Content, figures: dict[str, Html]) -> str:
    head = element(
        "header",
        element("p", "Report", class_="kicker"),
        element("h1", content.title, dir="auto"),
        element("p", content.about, class_="about"),
    )
    places = (element("li", element("a", one.title, href=f"#{one.name}")) for one in content.sections)
    contents = element("nav", element("ul", *places), aria_label="Contents", class_="contents")
    sections = (_section(one, 2, figures) for one in content.sections)
    foot = element("footer", element("p", content.maker), class_="colophon")
    body = element("body", head, contents, element("main", *sections), foot, class_="report")
    style = files("contentkit.views.report").joinpath("report.css").read_text(encoding="utf-8")
    return framed(content.title, MARKER, body, style)


def _section(section: Section, level: int, figures: dict[str, Html]) -> Html:
    blocks = (
        _section(one, level + 1, figures) if isinstance(one, Section) else _block(one, level, figures)
        for one in section.blocks
    )
    heading = element(f"h{level}", section.title, id=section.name)
    return element("section", heading, *blocks, aria_labelledby=section.name)


def _block(block: Block, level: int, figures: dict[str, Html]) -> Html:
    """``level`` is that of the heading above it."""
    if isinstance(block, Paragraph):
        return element("p", block.words, dir="auto")
    if isinstance(block, Items):
        return element("ul", *(element("li", words, dir="auto") for words in block.words))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Drawn):
        return _drawn(block, figures)
    return _quoted(block, level + 1) if isinstance(block, Quoted) else _source(block)


def _table(table: Table) -> Html:
    """In a box of its own, which moves sideways where the screen is narrower, by the keyboard, too."""
    heads = (element("th", words, scope="col") for words in table.headings)
    rows = (
        element("tr", element("th", *_cell(first), scope="row"), *map(_figure_cell, rest))
        for first, *rest in table.rows
    )
    content = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
    )
    return element("div", content, class_="sideways", role="region", aria_label=table.caption, tabindex="0")


def _figure_cell(cell: Cell) -> Html:
    return element("td", *_cell(cell))


def _cell(cell: Cell) -> Iterator[Html]:
    yield element("span", cell.words, dir="auto")
    if cell.base:
        yield Html(" ")
        yield element("small", cell.base)


def _drawn(drawn: Drawn, figures: dict[str, Html]) -> Html:
    if drawn.chart.name not in figures:
        return _table(drawn.table)
    behind = element("details", element("summary", "The figures of this chart"), _table(drawn.table))
    return element(
        "figure", element("figcaption", drawn.chart.title), figures[drawn.chart.name], behind, class_="chart"
    )


def _figures(charts: Sequence[Chart]) -> dict[str, Html]:
    """Each chart by its name, drawn for wide screens and for narrow ones."""
    from contentkit.views.report.drawing import svgs_of
    from contentkit.views.report.svg import inlined

    wanted = [(chart, name, width) for chart in charts for name, width in (("wide", WIDE), ("narrow", NARROW))]
    drawn: dict[str, list[Html]] = defaultdict(list)
    for (chart, name, _), svg in zip(wanted, svgs_of((chart, width) for chart, _, width in wanted), strict=True):
        content = inlined(svg, f"{chart.name}-{name}", chart.title, chart.told)
        drawn[chart.name].append(element("div", content, class_=name))
    return {name: element("div", *both) for name, both in drawn.items()}


def _quoted(quoted: Quoted, level: int) -> Html:
    """``level`` is that of its own heading."""
    title = element(f"h{level}", quoted.title, dir="auto")
    if quoted.url.lower().startswith(_ADDRESSES):
        link = element("p", element("a", quoted.url, href=quoted.url, rel="noopener noreferrer"), class_="address")
    else:
        link = element("p", quoted.url, class_="address") if quoted.url else Html("")
    if quoted.text is None:
        words = element("p", quoted.why)
    else:
        words = element("blockquote", element("div", quoted.text, class_="text", lang=quoted.language, dir="auto"))
    return element("article", title, element("p", quoted.about, class_="about"), words, link, class_="card")


def _source(source: Source) -> Html:
    query = element("pre", element("code", source.query), tabindex="0", role="region", aria_label="Query")
    return element(
        "details",
        element("summary", "How this was counted"),
        element("p", source.rule),
        *((element("p", "The query for contentkit.db:"), query) if source.query else ()),
        class_="source",
    )
