"""The page of a report, its charts and its Markdown: all of it is there, nothing runs, and everybody can read it."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from contentkit.text import printable
from contentkit.views.report.blocks import Content, Drawn, Quoted, Section, Table
from contentkit.views.report.charts import Chart, Range, Ranges
from contentkit.views.report.drawing import PICTURE_MARKER, png_of, svgs_of
from contentkit.views.report.markdown import MARKER, escaped, markdown
from contentkit.views.report.page import MARKER as PAGE_MARKER
from contentkit.views.report.page import page_with_charts, page_without_charts
from tests.reports.made import Made
from tests.views.document import Element, parsed
from tests.views.report_samples import HOSTILE, content_in

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return content_in(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def written(content: Content) -> str:
    return page_with_charts(content)


@pytest.fixture(scope="module")
def page(written: str) -> Element:
    return parsed(written)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return content_in(tmp_path_factory.mktemp("hostile"), Made(seed=2, threads=60, words=HOSTILE))


def tables(content: Content) -> list[Table]:
    found = [block for one in content.sections for block in one.blocks]
    return [block.table if isinstance(block, Drawn) else block for block in found if isinstance(block, Drawn | Table)]


def quoted(content: Content) -> list[Quoted]:
    inner = [block for one in content.sections for block in one.blocks if isinstance(block, Section)]
    return [block for one in inner for block in one.blocks if isinstance(block, Quoted)]


# -- nothing leaves the page, nothing runs in it


def assert_inert(document: Element) -> None:
    allowed = {
        "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "article", "h1", "h2",
        "h3", "h4", "p", "ul", "li", "a", "div", "span", "small", "figure", "figcaption", "details", "summary", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "pre", "code", "svg", "desc", "defs", "g", "path", "use",
        "text", "clippath", "rect",
    }  # fmt: skip
    assert {one.name for one in document} <= allowed
    for one in document:
        for name, value in one.attributes.items():
            assert not name.startswith("on")
            if name == "href":
                assert value.startswith(("#", "https://", "http://"))
            elif name == "clip-path":
                assert re.fullmatch(r"url\(#[\w-]+\)", value)
            else:
                assert "url(" not in value


def test_a_page_has_nothing_that_runs_or_fetches(page: Element) -> None:
    assert_inert(page)
    style = page.only("style").text
    assert "url(" not in style
    assert "@import" not in style


def test_words_from_outside_are_words(hostile: Content) -> None:
    page = parsed(page_with_charts(hostile))
    assert_inert(page)
    shown = page.text
    for one in quoted(hostile):
        assert printable(one.title) in shown
        assert one.text is None or printable(one.text) in shown
    assert {one.attributes["href"] for one in page.all("a")} == {f"#{one.name}" for one in hostile.sections}
    assert "javascript:alert(1)//" in shown


# -- everybody can read it


def test_headings_come_in_their_order(page: Element) -> None:
    levels = [int(one.name[1]) for one in page if re.fullmatch("h[1-6]", one.name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_name_is_there_once_and_every_reference_leads_somewhere(page: Element) -> None:
    names = [one.attributes["id"] for one in page if "id" in one.attributes]
    assert len(names) == len(set(names))
    led = [
        one.attributes[key] for one in page for key in ("aria-labelledby", "aria-describedby") if key in one.attributes
    ]
    led += [one.attributes["href"][1:] for one in page if one.attributes.get("href", "").startswith("#")]
    led += [one.attributes["clip-path"][5:-1] for one in page if "clip-path" in one.attributes]
    assert set(led) <= set(names)


def test_each_chart_says_what_it_shows_and_has_its_table_behind_it(page: Element, content: Content) -> None:
    figures = page.classed("chart")
    assert len(figures) == len(content.charts()) == 5
    for figure, chart in zip(figures, content.charts(), strict=True):
        for drawn in figure.all("svg"):
            assert drawn.attributes["role"] == "img"
            assert (drawn.only("title").text, drawn.only("desc").text) == (chart.title, chart.told)
        assert len(figure.all("svg")) == 2
        assert len(figure.only("details").only("tbody").all("tr")) > 1


def test_tables_have_the_figures_with_what_they_rest_on(page: Element, content: Content) -> None:
    shown = [one.text for one in page.all("td")]
    for table in tables(content):
        for row in table.rows:
            for cell in row[1:]:
                assert (f"{cell.words} {cell.base}" if cell.base else cell.words) in shown


def test_the_colours_of_charts_are_those_of_the_sheet(page: Element) -> None:
    drawn = [one for svg in page.all("svg") for one in svg if "style" in one.attributes]
    assert len(drawn) > 100
    assert not [one for one in drawn if "#" in one.attributes["style"]]
    names = {name for one in drawn for name in re.findall(r"var\((--[\w-]+)\)", one.attributes["style"])}
    assert names <= set(colours(page, dark=False))


def colours(page: Element, *, dark: bool) -> dict[str, str]:
    """What the sheet says of each colour, in the light or in the dark."""
    found: dict[str, str] = {}
    for block in re.finditer(r"(?P<media>@media [^{]*\{\s*)?:root \{(?P<said>[^}]*)\}", page.only("style").text):
        if not block["media"] or (dark and "dark" in block["media"]):
            found |= dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block["said"]))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_lines_can_be_told_from_what_they_stand_on(page: Element, dark: bool) -> None:
    said = colours(page, dark=dark)
    assert luminance(said["--ink"]) > 0.5 if dark else luminance(said["--ink"]) < 0.1
    for ground in ("--paper", "--card"):
        for words in ("--ink", "--quiet", "--link"):
            assert contrast(said[words], said[ground]) >= 4.5
    for number in range(1, 6):
        assert contrast(said[f"--series-{number}"], said["--card"]) >= 4.5


# -- charts


def test_the_same_figures_give_the_same_bytes(content: Content, written: str, tmp_path: Path) -> None:
    again = content_in(tmp_path)
    assert again == content
    assert page_with_charts(again) == written
    assert markdown(again) == markdown(content)
    first = content.charts()[0]
    assert png_of(first) == png_of(again.charts()[0])


def test_a_picture_for_a_slide_is_a_png_of_ours_and_large(content: Content) -> None:
    for chart in content.charts()[-2:]:
        data = png_of(chart)
        assert PICTURE_MARKER.encode() in data[:2000]
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.format, picture.size[0]) == ("PNG", 1440)


def test_labels_are_words_and_no_formulas() -> None:
    ranges = tuple(Range(label=words, value=1.5, low=0.0, high=float("inf"), n=7) for words in HOSTILE)
    chart: Chart = Ranges(name="kinds", title=HOSTILE[3], told="", ranges=ranges)
    drawn = svgs_of([(chart, 720)])[0].decode()
    for words in HOSTILE:
        label = f"{' '.join(printable(words).split())} (n 7)"
        assert label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in drawn
    assert png_of(chart)


def test_without_charts_their_tables_stand_there(content: Content) -> None:
    page = parsed(page_without_charts(content))
    assert page.all("svg") == []
    assert len(page.all("table")) == len(tables(content))
    assert PAGE_MARKER in page_without_charts(content)


# -- Markdown


def tokens(words: str) -> list[Token]:
    found = MARKDOWN.parse(words)
    return [inner for one in found for inner in (one, *(one.children or ()))]


def seen(words: str) -> str:
    """What a reader of the Markdown reads."""
    kinds = ("text", "text_special", "code_inline", "softbreak", "hardbreak")
    return "".join(" " if one.type.endswith("break") else one.content for one in tokens(words) if one.type in kinds)


@given(st.text() | st.text("\\`*_{}[]()<>#+-.!|~&:/@wW 1a=$^\n", max_size=30))
def test_escaped_words_are_read_as_they_are(words: str) -> None:
    flat = " ".join(printable(words).split())
    kinds = {one.type for one in tokens(escaped(words))}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert seen(escaped(words)) == flat


@pytest.mark.parametrize(
    "words", ["8 November 2026 09:30 on ours", "0.61x (0.5–0.8, n 9)", "+92 (n 23)", "1,204 (n 5)"]
)
def test_figures_and_times_can_be_read_in_the_file_itself(words: str) -> None:
    assert escaped(words) == words


@pytest.mark.parametrize(
    "words", ["at :100: and", "1:100: and", "1:23:45", "1. one", "1) one", "1.", "+ plus", "- dash", "---"]
)
def test_what_would_be_a_picture_or_a_list_is_words(words: str) -> None:
    assert escaped(words) != words
    assert seen(escaped(words)) == words


def test_markdown_of_hostile_words_has_no_markup_but_our_own(hostile: Content) -> None:
    words = markdown(hostile)
    assert words.startswith(f"{MARKER}\n\n# grebe: November 2026\n")
    found = tokens(words)
    assert [one.content for one in found if one.type == "html_block"] == [f"{MARKER}\n"]
    assert not [
        one
        for one in found
        if one.type in ("html_inline", "image", "link_open", "strong_open", "s_open", "code_inline")
    ]
    read = seen(words)
    for one in quoted(hostile):
        assert " ".join(printable(one.title).split()) in read
    assert {one.tag for one in found if one.type == "fence"} == {"code"}


def test_markdown_has_the_tables_whole(content: Content) -> None:
    found = tokens(markdown(content))
    cells = sum(len(row) for table in tables(content) for row in table.rows)
    assert sum(one.type == "td_open" for one in found) == cells


def test_an_address_is_a_link_where_it_is_nothing_else(content: Content) -> None:
    links = [one.attrGet("href") for one in tokens(markdown(content)) if one.type == "link_open"]
    assert links == [one.url for one in quoted(content)]


def test_what_stands_out_by_chance_is_told_to_come_together(content: Content) -> None:
    read = markdown(content)
    assert "kinds of threads are compared here. By chance alone" in read
    assert "The same threads are of several kinds (an hour, a day, a slot)" in read.replace("\\", "")
