"""Whatever a page says, our own reader of Markdown reads it again: the same texts, as the same kinds."""

from __future__ import annotations

import html
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.sources import parse_source
from contentkit.sources.documents.markup import markdown_of

MARKS = [
    "*", "**", "_", "__", "`", "``", "```", "~", "~~", "~~~", "[", "]", "](", "[x](y)", "![", "(", ")", "<", ">", "<b>",
    "</b>", "<!--", "-->", "<a href='x'>", "{", "}", "{{<", ">}}", "{{% x %}}", "{%", "%}", "{:", "{.x}", "{#x}", "[^1]",
    "[^1]: ", "|", "||", "---", "- ", "-", "+ ", "+++", "1. ", "2) ", "2026. ", "# ", "## ", "#", "===", "=", "> ", ":", ":::",
    "::: note", "!!! note", "??? x", "!", "\\", "\\\\", "&amp;", "&lt;", "&#35;", "&", "'", '"', "“", "”", "…", "$$", "%%",
    "% x", ".. x", "..", "^", "^1", "title: x", "x: y", "Ana:", "[00:10]", "(00:10)", "https://a.example/b_c_d",
    "http://a.example/*x*", "@ana", "#tag", "[ ]", "[x]", "é", "日本", "👋", "\u00a0", "\n", "\t", "  ",
]  # fmt: skip
WORDS = st.lists(
    st.one_of(st.sampled_from(MARKS), st.sampled_from(["word", "Two words.", "40%", "a", "B"]), st.just(" ")),
    min_size=1,
    max_size=8,
).map("".join)


# There is always something said.
LAST = "The end."


def plain(text: str) -> str:
    return " ".join(text.split())


# A bullet that somebody typed is an item to readers of notes, and "[!" makes a call-out of a quotation.
TEXT = WORDS.map(plain).filter(lambda text: bool(text) and not text.startswith(("•", "[!")))
URL = st.sampled_from(
    ["https://a.example/", "https://a.example/b_(c)?d=1&e=*", "http://a.example/a b", "https://b.example/[x]"]
)


class Part(NamedTuple):
    """A piece of a page: its HTML, and the (kind, text) that it has to be read as."""

    markup: str
    said: list[tuple[str, str]]


def escaped(text: str) -> str:
    return html.escape(text)


@st.composite
def inlines(draw: st.DrawFn) -> tuple[str, str]:
    """The HTML of a paragraph's inside, and its words."""
    markup, words = [], []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(WORDS.filter(str.strip))
        shape = draw(
            st.sampled_from(
                ["{}", "{}", "<b>{}</b>", "<em>{}</em>", "<code>{}</code>", "<a href='{url}'>{}</a>", "<span>{}</span>"]
            )
        )
        markup.append(shape.format(escaped(text), url=escaped(draw(URL))))
        words.append(text)
    return "".join(markup), plain("".join(words))


def said(kind: str, text: str) -> list[tuple[str, str]]:
    return [(kind, text)] if text else []


HEADINGS = st.tuples(st.integers(1, 6), inlines()).map(
    lambda it: Part(f"<h{it[0]}>{it[1][0]}</h{it[0]}>", said("heading", it[1][1]))
)
PARAGRAPHS = inlines().map(lambda it: Part(f"<p>{it[0]}</p>", said("paragraph", it[1])))
IMAGES = TEXT.map(lambda alt: Part(f'<p><img src="a.png" alt="{escaped(alt)}"></p>', [("image", alt)]))
CODE_LINES = st.lists(
    st.lists(st.sampled_from([mark for mark in MARKS if mark not in "\n\t\u00a0"]), max_size=4).map("".join),
    min_size=1,
    max_size=4,
)


def code(lines: list[str]) -> Part:
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return Part(f"<pre><code>{escaped(chr(10).join(lines))}</code></pre>", said("code", text if text.strip() else ""))


CODES = CODE_LINES.map(code)


@st.composite
def tables(draw: st.DrawFn) -> Part:
    width, height = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    rows = [[draw(inlines()) for _ in range(width)] for _ in range(height)]
    markup = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell, _ in row) + "</tr>" for row in rows)
    texts = [" | ".join(text for _, text in row) for row in rows if any(text for _, text in row)]
    return Part(f"<table>{markup}</table>", said("table", "\n".join(texts)))


@st.composite
def lists(draw: st.DrawFn, depth: int = 1) -> Part:
    tag = draw(st.sampled_from(["ul", "ol", "ol start=7"]))
    markup: list[str] = []
    told: list[tuple[str, str]] = []
    for _ in range(draw(st.integers(1, 3))):
        words, text = draw(inlines().filter(lambda it: bool(it[1])))
        below = draw(st.one_of(st.just(Part("", [])), CODES, lists(depth + 1) if depth < 3 else CODES))
        markup.append(f"<li>{words}{below.markup}</li>")
        told += [("item", text), *below.said]
    return Part(f"<{tag}>{''.join(markup)}</{tag.split()[0]}>", told)


def quoted(parts: list[Part]) -> Part:
    told = [
        ("quotation" if kind in ("paragraph", "item") else kind, text) for part in parts for kind, text in part.said
    ]
    return Part(f"<blockquote>{''.join(part.markup for part in parts)}</blockquote>", told)


QUOTATIONS = st.lists(st.one_of(PARAGRAPHS, lists(), CODES), min_size=1, max_size=3).map(quoted)
BOXES = st.one_of(PARAGRAPHS, lists()).map(lambda part: Part(f"<div><section>{part.markup}</section></div>", part.said))
PAGES = st.lists(
    st.one_of(HEADINGS, PARAGRAPHS, IMAGES, CODES, tables(), lists(), QUOTATIONS, BOXES), min_size=1, max_size=5
)


def read(markup: str) -> list[tuple[str, str]]:
    lines = ["---", "kind: post", "---", *markdown_of(markup).lines, "", LAST]
    source = parse_source("\n".join(lines).encode(), "page.md")
    return [(str(passage.kind), passage.text) for passage in source.passages[:-1]]


def same_page(parts: list[Part]) -> None:
    assert read("".join(part.markup for part in parts)) == [each for part in parts for each in part.said]


@settings(max_examples=100, deadline=None)
@example([Part("<ul><li>{%<b>%}</b><ul><li>{%<b>%}</b></li></ul></li></ul>", [("item", "{%%}"), ("item", "{%%}")])])
@example(
    [
        Part(
            "<table><tr><td>*</td></tr><tr><td>**<b>[00:10]</b>[00:10]</td></tr></table>",
            said("table", "*\n**[00:10][00:10]"),
        )
    ]
)
@example([Part("<p>^http://a.example/*x*</p>", said("paragraph", "^http://a.example/*x*"))])
@example([Part("<p>2^10^ and ^[a] ~b~ c</p>", said("paragraph", "2^10^ and ^[a] ~b~ c"))])
@example([Part("<p>^[00:10] b^[00:10] ^[x]</p>", said("paragraph", "^[00:10] b^[00:10] ^[x]"))])
@given(PAGES)
def test_every_text_is_read_again_as_what_it_was(parts: list[Part]) -> None:
    same_page(parts)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(PAGES)
def test_every_text_is_read_again_as_what_it_was_many_times(parts: list[Part]) -> None:
    same_page(parts)
