"""Each dialect as a soup of its own marks: read or refused with our own error, on lines that are there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source
from tests.sources.dialects.golden import NAMES, SAMPLES

WORDS = [
    "word ",
    "Two words. ",
    "\n",
    "\n\n",
    "    ",
    "  ",
    "é",
    "👋",
    "`",
    "*",
    ":",
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
]
SOUPS = {
    "hugo.md": [
        "{{< ", " >}}", "{{% notice %}}\n", "{{% /notice %}}\n", "{{< highlight go >}}\n",
        "{{< /highlight >}}\n", "{#x}", "[^1]", "[^1]: ", "+++\n", "title = 'x'\n", "<!--", "-->", "{{< kbd x >}}",
        "{{< param x >}}", "{{< terminal >}}\n", "{{< /terminal >}}\n",
    ],
    "jekyll.md": [
        "{% ", " %}", "{: .x}", "{:x}", "{{ site.x }}", "{% highlight x %}\n", "{% endhighlight %}\n",
        "{% comment %}", "{% endcomment %}", "<div class='notice'>", "</div>", "---\n", "title: x\n",
        "{: .notice}\n", "[caption x='1']", "[/caption]", "[embed]", "[/embed]", "[vc_row]", "[sourcecode]\n", "[/sourcecode]\n",
    ],
    "myst.md": [
        "```{note}\n", "```{figure} a.png\n", "````{tip}\n", "```\n", "````\n", ":::{tip}\n", "::::\n",
        ":::\n", "{ref}`", "{cite}`x`", "(x)=\n", "% x\n", ":alt: y\n", "---\n", "```{code-cell}\n",
        "```{toctree}\n",
    ],
    "docusaurus.mdx": [
        "import X from 'y';\n", "export const x = 1\n", "<Tabs>", "</Tabs>", "<X a={b} ", "/>", "{/*", "*/}",
        ":::tip\n", ":::\n", "<Admonition type='x'>", "</Admonition>", "{x => y}",
        "<Tabs>\n", "</Tabs>\n",
    ],
    "quarto.qmd": [
        "```{python}\n", "#| fig-cap: x\n", "```\n", "::: {.callout-note}\n", ":::\n", "@fig-x ", "[@a2020]",
        "[see @b; ", "{{< video x >}}", "{#fig-x}", "---\n", "format: html\n", "^[", "x~1~", "x^1^",
    ],
    "obsidian.md": [
        "[[x|y]]", "![[a.png]]", "![[", "]]", "> [!note]- T\n", "> ", "#tag ", "^abc123\n", "==", "%%",
        "- [x] ",
    ],
    "github.md": [
        "> [!NOTE]\n", "> ", "<details>", "</details>", "| a | b |\n|---|---|\n", "~~", "- [ ] ", "[^1]",
        "[^1]: ", "# ",
    ],
    "python-blog.rst": [
        ".. note::", ".. code-block:: x\n", ".. image:: a.png\n", ".. [1] ", ".. _x: y\n",
        ".. |x| replace:: y\n", ".. ", "   ", "\n   :alt: y\n", "::\n\n", "====\n", "----\n", "~~~~\n",
        "x\n====\n", "`a <b>`_", "`a\n<b>`_", ":ref:`a\n<b>`", "x_ ", "|x|", "[1]_", "+--+--+\n",
        "| a | b |\n", "==  ==\n", ">>> ", "#. ", "| ", ":a: b\n",
    ],
    "notion.md": [
        "# x\n", "Created: x\n", "Tags: y\n", "Date: z\n", "<aside>\n", "</aside>\n", "- [x]  ",
        "[a](b%20c.md)",
    ],
    "google-docs.md": [
        "\\-", "\\[", "\\]", "![][image1]", "[image1]: <data:image/png;base64,AAAA>\n", " {#x}\n", "# **x**",
        "  \n",
    ],
    "mail.txt": [
        "From: a\n", "Subject: b\n", "Date: c\n", "> ", ">> ", "-- \n", "On Mon, Ana wrote:\n", "  * ",
    ],
}  # fmt: skip


def read_a_soup(name: str, soup: list[str]) -> None:
    text = "".join(soup)
    try:
        source = parse_source(text.encode(), f"notes/{name}")
    except ContentError:
        return
    assert len(source.lines) == len(text.split("\n"))
    for passage in source.passages:
        assert 1 <= passage.first <= passage.last <= len(source.lines)
        assert source.lines[passage.first - 1].strip(), "a passage begins with a blank line"
        assert source.lines[passage.last - 1].strip(), "a passage ends with a blank line"
        assert passage.text.strip() or passage.kind == "image"


def test_every_sample_has_its_soup() -> None:
    assert list(SOUPS) == [name for name in SOUPS if name in NAMES]
    assert set(SOUPS) == set(NAMES)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", SOUPS)
def test_a_soup_of_its_marks_is_read_or_refused(name: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.sampled_from(SOUPS[name] + WORDS), max_size=40))
    def reading(soup: list[str]) -> None:
        read_a_soup(name, soup)

    reading()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", SOUPS)
def test_a_sample_that_was_cut_and_sewn_is_read_or_refused(name: str) -> None:
    pieces = (SAMPLES / name).read_text(encoding="utf-8").splitlines(keepends=True)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.sampled_from(pieces), max_size=30))
    def reading(soup: list[str]) -> None:
        read_a_soup(name, soup)

    reading()


@pytest.mark.parametrize(
    ("name", "soup"),
    [
        ("jekyll.md", "<title: x\n</div>{% endcomment %}"),
        ("python-blog.rst", "`==  ==\n.. note::[\n\n   `a\n<b>`_"),
        ("python-blog.rst", "`a\n\nb`_ and :role:`c\n \nd`"),
    ],
)
def test_soups_that_were_misread_are_read(name: str, soup: str) -> None:
    read_a_soup(name, [soup])


@pytest.mark.nightly
@pytest.mark.parametrize("name", SOUPS)
def test_a_great_many_soups_are_read_or_refused(name: str) -> None:
    @settings(max_examples=50_000, deadline=None)
    @given(st.lists(st.sampled_from(SOUPS[name] + WORDS), max_size=40))
    def reading(soup: list[str]) -> None:
        read_a_soup(name, soup)

    reading()
