import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.sources import parse_source

MARKUP = [
    "[", "]", "(", ")", "](", "\\", "*", "**", "_", "`", "```\n", "~~~\n", "~~", "<", ">", "<!--", "-->", "{{<",
    ">}}", "{{%", "%}}", "{%", "%}",
    "{:", "}", "[^1]", "[^1]: ", "|", "| a | b |\n|---|---|\n", "- ", "  - ", "1. ", "> ", "# ", "---\n", "+++\n",
    "===\n", "title: x\n", "a: [",
    "[otr]", "[/otr]", "OTR: ", "Ana: ", "**Bob:** ", "[00:10] ", "<div class='note'>", "</div>", "<a href='x'>",
    "</a>", "<img src='a'>", "<pre>",
    "</pre>", "<li>", "<h2>", "<blockquote>", "</blockquote>", "<table><tr><td>", "</table>",
    "{{< figure src='a' >}}", "{{< note >}}", "{{< /note >}}",
    "{% comment %}", "{% highlight py %}\n", "> [!NOTE]\n", "!!! note\n", ":::x\n", ":::\n", "• ", "&lt;",
    "http://a.b ", "\n", "\n\n", "\t", "    ",
    "\x0c", "\x85", "\u2028", "\u200b", "é", "👋", "word ", "Two words. ",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(MARKUP), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_soup_is_read_or_refused_and_lines_are_real(soup: str) -> None:
    try:
        source = parse_source(soup.encode(), "notes/soup.md")
    except ContentError:
        return
    for passage in source.passages:
        assert 1 <= passage.first <= passage.last <= len(source.lines)
        assert source.lines[passage.first - 1].strip(), "a passage begins with a blank line"
        assert source.lines[passage.last - 1].strip(), "a passage ends with a blank line"
        assert passage.text.strip() or passage.kind == "image"


BLOCKS = st.sampled_from(
    [
        "{}",
        "# {}",
        "- {}\n  {}\n  - {}",
        "> {}\n> {}",
        "{}\n{}",
        "**{}** and *{}*",
        "[{}](http://a.b)\n{}",
        "| {} | {} |\n|---|---|\n| {} | {} |",
        "```\n{}\n```",
        "<p>{}</p>",
        "{{{{< note >}}}}\n{}\n{{{{< /note >}}}}",
        "![{}](a.png)",
        "<!-- {} -->",
        "{} <b>{}</b>[^1]",
        "\n\n{}  \n{}",
        "Ana: {}\nBob: {}",
        "**Ana:** {}\n\n{}",
        "[otr] {} [/otr]\n{}",
        "OTR: {}\n\n{}",
        "1. {}\n\n   {}",
        "<div class='note'>\n\n{}\n</div>",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_the_words_of_a_passage_stand_in_its_lines_and_nowhere_else(blocks: list[str]) -> None:
    count = sum(block.replace("{{{{", "").replace("}}}}", "").count("{}") for block in blocks)
    words = iter(f"word{number}x" for number in range(count))
    text = "\n\n".join(block.format(*(next(words) for _ in range(block.count("{}")))) for block in blocks)
    try:
        source = parse_source(text.encode(), "notes/call.md")
    except ContentError:
        return

    for passage in source.passages:
        spoken = re.findall(r"word\d+x", passage.text)
        quoted = source.quoted(passage.first, passage.last)
        assert all(word in quoted for word in spoken)
        assert sorted(set(spoken)) == sorted(spoken), "no word is said twice"


HOSTILE = [
    "[", "![", "{{<", "{{", "{%", "{:", "<", "<a ", '<a x="', "<a href=x>", "<div>", "</div>", "<!--", "*a_",
    "`` ` ", "> ", "- ", "[a](", "[[a", "[otr: ",
    "[otr] ", "[^a]: \n", "{{< note >}}\n", "<pre>", "<table>", "<del>a", "\\", "&", "http://a(", "OTR: a ",
    "Ana Bea Cruz ", "[00:10] ", "~~a", "](<",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_input_is_read_in_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000].encode()
    began = time.process_time()
    with contextlib.suppress(ContentError):
        parse_source(text, "x.md")
    # A quadratic reader takes half a minute for this.
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    "front",
    ["---\na: " + "[" * 100_000, "---\na:\n  " + "- " * 50_000 + "\n---\nx", "+++\na = " + "[" * 100_000 + "\n+++\nx"],
)
def test_hostile_front_matter_is_refused_in_time(front: str) -> None:
    began = time.process_time()
    with pytest.raises(ContentError):
        parse_source(front.encode(), "x.md")

    assert time.process_time() - began < 15
