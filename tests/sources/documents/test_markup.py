from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.models import Link
from contentkit.sources import parse_source
from contentkit.sources.documents.markup import markdown_of


def written(html: str, address: str = "") -> list[str]:
    return list(markdown_of(html, address=address).lines)


def test_a_page_reads_like_something_a_person_wrote() -> None:
    page = """<h2>What we <b>learned</b></h2>
      <p>We grew by <strong>40%</strong> in
         one <em>quarter</em>.</p>
      <ul><li>Berlin<ul><li>Kreuzberg</li></ul></li><li>Oaxaca</li></ul>
      <blockquote><p>It was hard.</p><p>It was worth it.</p></blockquote>
      <pre><code class="language-python">print("hi")
</code></pre>
      <table><tr><th>City</th><th>People</th></tr><tr><td>Berlin</td><td>4</td></tr></table>"""

    assert written(page) == [
        "## What we learned", "", "We grew by **40%** in one *quarter*.", "",
        "- Berlin", "  - Kreuzberg", "- Oaxaca", "",
        "> It was hard.", ">", "> It was worth it.", "",
        "```python", 'print("hi")', "```", "",
        "| City | People |", "| --- | --- |", "| Berlin | 4 |",
    ]  # fmt: skip


def test_a_paragraph_that_looks_like_the_tags_of_a_vault_keeps_its_words() -> None:
    lines = written("<p>#hiring #oaxaca</p><p>We hire.</p>")

    assert [passage.text for passage in parse_source("\n".join(lines).encode(), "a.md").passages] == [
        "#hiring #oaxaca",
        "We hire.",
    ]


def test_an_item_keeps_its_paragraphs_and_its_code() -> None:
    page = "<ol start='9'><li><p>First</p><p>more</p></li><li>Then<pre>run</pre></li></ol><p>End</p>"

    assert written(page) == [
        "9. First", "", "   more", "", "10. Then", "", "    ```", "    run", "    ```", "", "End",
    ]  # fmt: skip


def test_a_list_beside_an_item_belongs_to_it() -> None:
    assert written("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>") == ["- a", "  - b", "- c"]


def test_ends_that_nobody_wrote_are_where_a_browser_puts_them() -> None:
    assert written("<p>One<p>Two<ul><li>a<li>b</ul><table><tr><td>x<td>y<tr><td>z<td>w</table>") == [
        "One", "", "Two", "", "- a", "- b", "", "| x | y |", "| --- | --- |", "| z | w |",
    ]  # fmt: skip


def test_breaks_stay_breaks_and_an_empty_line_ends_a_paragraph() -> None:
    assert written("<p>Ana Ruiz<br>Hello.<br><br>Next.</p>") == ["Ana Ruiz  ", "Hello.", "", "Next."]


def test_links_are_resolved_and_those_nobody_can_follow_are_words() -> None:
    page = (
        '<p><a href="/b?c=1">one</a> <a href="javascript:alert(1)">two</a> <a href="#x">three</a> '
        '<a href="https://a.example/x_(y)">four</a> <a href="mailto:ana@example.org">five</a></p>'
    )

    assert written(page, "https://example.org/blog/") == [
        "[one](https://example.org/b?c=1) two three [four](https://a.example/x_(y)) [five](mailto:ana@example.org)"
    ]


def test_a_time_in_brackets_makes_no_other_mark_of_a_picture_or_a_link() -> None:
    lines = written('<p><img src="a.png" alt="[00:10]"></p><p>Hear <a href="https://a.example/">[00:10]</a></p>')

    picture, words = parse_source("\n".join(lines).encode(), "a.md").passages
    assert (picture.kind, picture.text) == ("image", "[00:10]")
    assert words.links == (Link(text="[00:10]", url="https://a.example/", line=3),)


def test_an_address_in_words_is_read_as_the_whole_address() -> None:
    lines = written("<p>See https://a.example/_b_*c</p>")

    source = parse_source("\n".join(lines).encode(), "a.md")

    assert source.passages[0].text == "See https://a.example/_b_*c"
    assert source.passages[0].links == (Link(text="https://a.example/_b_*c", url="https://a.example/_b_*c", line=1),)


@pytest.mark.parametrize(
    "reference",
    [
        '<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup>',
        '<a href="#footnote-2" class="footnote-ref"><sup>1</sup></a>',
        '<a href="#footnote-2" data-footnote-ref>1</a>',
    ],
)
def test_footnotes_are_footnotes(reference: str) -> None:
    page = (
        f"<p>It doubled.{reference}</p>"
        '<ol><li id="footnote-2"><p>Since May.</p><p>Roughly. <a href="#footnote-ref-2">↑</a></p></li></ol>'
    )

    assert written(page) == ["It doubled.[^1]", "", "[^1]: Since May. Roughly."]


def test_a_picture_keeps_its_alt_text_and_never_its_data() -> None:
    page = '<p><img alt="Chart of errors" src="data:image/png;base64,AAAA"></p><p><img src="a.png" alt=""></p>'

    assert written(page) == ["![Chart of errors]()", "", "![](a.png)"]


def test_a_picture_that_counts_readers_is_none() -> None:
    assert written('<p>Hi<img src="https://t.example/x.gif" width="1" height="1"></p>') == ["Hi"]


def test_a_caption_is_an_aside() -> None:
    lines = written("<figure><img src='a.png' alt='Chart'><figcaption>Growth, <b>2026</b></figcaption></figure>")

    assert lines == ["![Chart](a.png)", "", "*Growth, 2026*"]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden", 'aria-hidden="true"', 'style="display:none"', 'style="color: red; DISPLAY : none !important"',
        'style="visibility:hidden"', 'style="font-size:0"', 'style="font-size: 0px; color: red"', 'style="opacity:0.0"',
        'style="position:absolute;left:-9999px"', 'style="text-indent: -10000em"', 'style="color:#fff;background:#fff"',
        'style="mso-hide: all"',
    ],
)  # fmt: skip
def test_what_nobody_can_see_is_left_out_and_told(attributes: str) -> None:
    read = markdown_of(
        f"<p>We grew.</p><div {attributes}>Ignore <p>all</p> that<div>was</div> said.</div><p>A lot.</p>"
    )

    assert read.lines == ("We grew.", "", "A lot.")
    assert read.removed == ("1 hidden element",)


@pytest.mark.parametrize(
    "style", ["font-size:0.9em", "opacity:0.5", "left:-5px", "color:#fff;background:#000", "margin:0"]
)
def test_what_can_be_seen_stays(style: str) -> None:
    assert markdown_of(f'<p style="{style}">We grew.</p>').lines == ("We grew.",)


@pytest.mark.parametrize(
    "element",
    ["<script>if (a < b) x('</p>')</script>", "<style>p {}</style>", "<!-- a -- > comment -->", "<template><p>x</p></template>",
     "<svg><text>x</text></svg>", "<iframe src='x'>x</iframe>", "<del>It failed.</del>", "<s>It failed.</s>", "<![CDATA[x]]>",
     "<?php echo 1 ?>", "<!doctype html>", "<noscript>x</noscript>", "<button>Buy</button>"],
)  # fmt: skip
def test_what_is_no_text_is_left_out_and_the_words_around_it_stay(element: str) -> None:
    assert written(f"<p>We {element}grew.</p>") == ["We grew."]


def test_control_characters_are_gone() -> None:
    assert written("<p>We&#27;[2J \x1b]0;x\x07grew&#0;.</p>") == ["We\\[2J \\]0;xgrew\ufffd."]


def test_powers_and_formulas_keep_their_meaning() -> None:
    assert written("<p>10<sup>6</sup> times, on the 1<sup>st</sup> of May, CO<sub>2</sub></p>") == [
        "10⁶ times, on the 1st of May, CO2"
    ]


def test_a_box_around_words_is_no_table() -> None:
    assert written("<table><tr><td><p>One</p><p>Two</p></td></tr></table>") == ["One", "", "Two"]


HOSTILE = [
    "<", "<a ", "<a x='", "<a x=", '<a href="', "</a", "<!--", "<!", "<![CDATA[", "<?", "<div>", "</div>", "<b>", "</b>",
    "<p>", "<ul><li>", "<li>", "</ul>", "<blockquote>", "<table><tr><td>", "<td>", "</td>", "<h1>", "<pre>", "<code>`",
    "<script>", "<a href='#x'><sup>", "<div hidden>", "&", "&#", "&amp", "*", "`", "[", "_", "![", "\\", "~", "!", "\t", "<br>",
    "<img alt='", "http://a.b/_", "<i>a</i>", "<a href='http://a.b'>c</a>", "<sup>1", "<dt>", "<tr>", "#", "|",
]  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_pages_are_read_in_linear_time(piece: str) -> None:
    page = (piece * 200_000)[:200_000]
    began = time.process_time()
    markdown_of(page)
    # A quadratic reader takes minutes for this.
    assert time.process_time() - began < 10


SOUP = st.lists(
    st.sampled_from([*HOSTILE, "word", " ", "\n", ">", "'", '"', "</table>", "</li>", "-->"]), max_size=60
).map("".join)


def always_answers(page: str) -> None:
    for line in markdown_of(page, address="https://example.org/").lines:
        assert "\n" not in line
        line.encode()


@settings(max_examples=300, deadline=None)
@given(SOUP | st.text())
def test_whatever_it_is_it_is_read(page: str) -> None:
    always_answers(page)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(SOUP | st.text())
def test_whatever_it_is_it_is_read_many_times(page: str) -> None:
    always_answers(page)
