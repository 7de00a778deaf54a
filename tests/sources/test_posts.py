import pytest

from contentkit.models import Link, Passage
from contentkit.sources import parse_source


def passages(body: str) -> list[Passage]:
    """The passages of a post with this body; the first line of the body is line 4."""
    source = parse_source(f"---\nlayout: post\n---\n{body}".encode(), "blog/post.md")
    return list(source.passages)


def texts(body: str) -> list[str]:
    return [passage.text for passage in passages(body)]


def test_blocks_become_passages_with_their_lines() -> None:
    read = passages(
        "# Head\n\nOne\ntwo.\n\n- item\n  goes on\n  - nested\n- last\n\n> Said\n> so\n\n```py\nx = 1\n```\n"
    )

    assert [(p.kind, p.level, p.text, p.first, p.last) for p in read] == [
        ("heading", 1, "Head", 4, 4),
        ("paragraph", 0, "One two.", 6, 7),
        ("item", 1, "item goes on", 9, 10),
        ("item", 2, "nested", 11, 11),
        ("item", 1, "last", 12, 12),
        ("quotation", 0, "Said so", 14, 15),
        ("code", 0, "x = 1", 17, 19),
    ]


@pytest.mark.parametrize("mark", ['{{< param "growth" >}}', "{{% y %}}", "{{ site.growth }}"])
def test_what_only_the_site_knows_stays_where_a_sentence_would_lack_it(mark: str) -> None:
    assert texts(f"It grew by {mark} in May.\n\nIt is {mark}.") == [f"It grew by {mark} in May.", f"It is {mark}."]
    assert texts(f"It grew. {mark} In May.\n\n{mark}\n\n[It]({mark}/x) grew.") == ["It grew. In May.", "It grew."]


def test_a_note_of_pandoc_in_a_sentence_is_a_footnote() -> None:
    read = passages("We moved^[In May, with *nine*\nothers.] and stayed^[For good.].\n")

    assert [(passage.kind, passage.text, passage.aside) for passage in read] == [
        ("footnote", "In May, with nine others.", True),
        ("paragraph", "We moved and stayed.", False),
        ("footnote", "For good.", True),
    ]


def test_what_is_indented_within_components_is_no_code() -> None:
    body = (
        "<Tabs>\n  <TabItem value='a' label='Apple'>\n    We grew in May.\n\n    - One\n      - Two\n\n    ```sh\n    make\n"
        "      all\n    ```\n  </TabItem>\n</Tabs>\n\n    x = 1\n"
    )

    assert [(passage.kind, passage.text, passage.first) for passage in passages(body)] == [
        ("paragraph", "We grew in May.", 6),
        ("item", "One", 8),
        ("item", "Two", 9),
        ("code", "make\n  all", 11),
        ("code", "x = 1", 18),
    ]


def test_the_shortcodes_of_wordpress_leave_their_words() -> None:
    body = (
        '[caption id="a_1" width="300"]![A mill](a.jpg) Our mill[/caption]\n\nWe moved. [embed]https://a.b/c[/embed]\n\n'
        '[vc_row][vc_column width="1/2"]In May.[/vc_column][/vc_row]\n\n[gallery ids="1,2"]\n\n'
        "[video](http://a.b) [Gist]\n\n[Gist]: /x\n"
    )
    read = [(passage.kind, passage.text, passage.aside) for passage in passages(body)]

    assert read == [
        ("image", "A mill", True),
        ("admonition", "Our mill", True),
        ("paragraph", "We moved.", False),
        ("paragraph", "In May.", False),
        ("paragraph", "video Gist", False),
    ]


@pytest.mark.parametrize("shortcode", ["sourcecode language='java'", "terminal"])
def test_code_between_shortcodes_is_code(shortcode: str) -> None:
    opening, closing = f"[{shortcode}]", f"[/{shortcode.split(maxsplit=1)[0]}]"
    hugo = f"{{{{< {shortcode} >}}}}", f"{{{{< /{shortcode.split(maxsplit=1)[0]} >}}}}"

    for begins, ends in ((opening, closing), hugo):
        assert [passage.kind for passage in passages(f"So:\n\n{begins}\nx = [1]\n\ny = 2\n{ends}\n\nNow.\n")] == [
            "paragraph",
            "code",
            "paragraph",
        ]


def test_a_paragraph_with_the_class_of_a_notice_is_a_call_out() -> None:
    body = "One.\n\nTwo\nthree.\n{: .notice--info}\n\n{: .prompt-tip }\nFour.\n\nFive.\n{: .text-center}\n"

    assert [(passage.kind, passage.text) for passage in passages(body)] == [
        ("paragraph", "One."),
        ("admonition", "Two three."),
        ("admonition", "Four."),
        ("paragraph", "Five."),
    ]


def test_a_title_is_told_without_the_escapes_of_html() -> None:
    assert parse_source(b"---\ntitle: Mills &amp; sails\n---\nWe moved.\n", "blog/post.md").title == "Mills & sails"


def test_a_table_is_one_passage_and_an_empty_row_is_none() -> None:
    (table,) = passages("| a | b |\n|---|---|\n| 1 | [x](http://y.z) |\n| | |\n")

    assert (table.kind, table.text, table.first, table.last) == ("table", "a | b\n1 | x", 4, 7)
    assert table.links == (Link(text="x", url="http://y.z", line=4),)


def test_a_second_paragraph_of_an_item_belongs_to_it() -> None:
    (item,) = passages("1. One\n\n   more\n")

    assert (item.text, item.first, item.last) == ("One more", 4, 6)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold** *it* ***both*** `a_b` ~~wrong~~ right", "bold it both a_b right"),
        ("AT&amp;T &lt;3 \\*stars\\* 5 < 6", "AT&T <3 *stars* 5 < 6"),
        ("List<String> and {:ok, value} and {{name}}", "List<String> and {:ok, value} and {{name}}"),
        ("hard  \nbreak\\\nhere<br>now", "hard break here now"),
        ("text[^1] goes on[^long-name].", "text goes on."),
        ("[button](http://a.b){: .btn target='x'} now", "button now"),
        ("[button](http://a.b){.btn} now", "button now"),
        ('<i class="fa fa-x"></i> Icon <b>b</b> <kbd>Q</kbd>', "Icon b Q"),
        ("10<sup>6</sup> users<sup><a href='#f'>1</a></sup>", "10⁶ users"),
        ("one <!-- hidden --> two", "one two"),
        ("a {{< ref x >}} b. {{% y %}} C {% z %} d: {{ site.url }} E", "a b. C d: E"),
        ("see^[5](https://a.example/5) and", "see^5 and"),
        ("H~2~O and 2^10^ in ~/a~b, and x^2 y^2, a ^b^", "H2O and 2¹⁰ in ~/a~b, and x^2 y^2, a ^b^"),
        ("Press {{< kbd Ctrl-C >}} to stop CO{{< sub 2 >}}", "Press Ctrl-C to stop CO2"),
        ("it has {{< hl >}}nine{{< /hl >}} parts", "it has nine parts"),
        ("`{{< kept >}}` and `<b>`", "{{< kept >}} and <b>"),
        ("[text][nowhere] and [x]({{< ref y >}}) and [a](b c)", "text and x and a"),
        ("# Head {#id .class}", "Head"),
        (":rocket: stays, 👋 too", ":rocket: stays, 👋 too"),
        ("It <del>never</del> works", "It works"),
        ("- [x] done", "done"),
        ("a {: .b}", "a"),
        ("See <https://a.b/watch?v=c> and <https://a.b/c/>", "See https://a.b/watch?v=c and https://a.b/c/"),
        ("Write <mailto:ana@a.b?subject=c>", "Write mailto:ana@a.b?subject=c"),
        (
            'a {{< glossary_tooltip text="Pod" term_id="pod" >}} b {{< glossary_tooltip term_id="node-pool" >}} c',
            "a Pod b node pool c",
        ),
        ('{{< button text="Read" >}} a', "a"),
        ("See {% post_link first-post 'the first post' %} too", "See the first post too"),
        ('a {{ youtube(id="x", autoplay=true) }} b {# nobody reads this #} c', "a b c"),
        ("[Small words]{.smallcaps} and [x]{#y}", "Small words and x"),
        ("We lost 3 [name=Ana] [time=Tue, Mar 4, 2025 2:30 PM] [color=#907bf7]", "We lost 3 (Ana)"),
        ("##Head", "Head"),
        ("#launch is on", "#launch is on"),
    ],
)
def test_text_is_plain(markdown: str, text: str) -> None:
    assert texts(markdown) == [text]


def test_an_attribute_list_of_its_own_line_is_no_text() -> None:
    assert texts("> Said.\n{: .quote}\n\nText.\n{: .lead }") == ["Said.", "Text."]


def test_a_comment_over_lines_is_cut_and_lines_keep_their_numbers() -> None:
    (after,) = passages("<!-- one\n\ntwo -->\nAfter.")

    assert (after.text, after.first) == ("After.", 7)


def test_links_are_recorded_with_their_words_and_line() -> None:
    (paragraph,) = passages(
        'See [the *docs*](https://a.b/c)\nand <a href="https://d.e">that</a>, https://f.g or <http://h.i>.'
    )

    assert paragraph.text == "See the docs and that, https://f.g or http://h.i."
    assert [(link.text, link.url, link.line) for link in paragraph.links] == [
        ("the docs", "https://a.b/c", 4),
        ("that", "https://d.e", 5),
        ("https://f.g", "https://f.g", 5),
        ("http://h.i", "http://h.i", 5),
    ]


@pytest.mark.parametrize(
    "image",
    [
        "![A *graph*](g.png)",
        '{{< figure src="g.png" alt="A graph" caption="c" >}}',
        '{% include figure image_path="g.png" alt="A graph" %}',
        '<img width="1" src="g.png" alt="A graph">',
        '<figure><img src="g.png" alt="A graph"><figcaption>c</figcaption></figure>',
        '<a href="http://a.b"><img src="g.png" alt="A graph"></a>',
        "[![A graph](g.png)](http://a.b)",
        "![A graph](g.png){: .align-center}",
    ],
)
def test_pictures_are_passages_of_their_own(image: str) -> None:
    assert passages(f"Before.\n\n{image}\n\nAfter.")[1:-1] == [
        Passage(kind="image", text="A graph", target="g.png", first=6, last=6)
    ]


def test_a_picture_within_a_paragraph_leaves_its_words() -> None:
    paragraph, image = passages("See\n![g](g.png) this.")

    assert (image.kind, image.first) == ("image", 5)
    assert paragraph.text == "See this."


@pytest.mark.parametrize(
    "call_out",
    [
        '{{< admonition type="info" title="T" >}}\n\nIn it.\n\n{{< /admonition >}}',
        "{{% notice %}}\nIn it.\n{{% /notice %}}",
        "{% callout %}\nIn it.\n{% endcallout %}",
        '<div class="notice--info" markdown="1">\nIn it.\n</div>',
        '<div class="notice">\n<div>\n\nIn it.\n\n</div>\n</div>',
        "<details>\n\nIn it.\n\n</details>",
        "> [!NOTE]\n> In it.",
        '!!! note "T"\n    In it.',
        ":::tip\nIn it.\n:::",
        "*In it.*",
        "[^1]: In it.",
        '<blockquote class="twitter-tweet"><p>In it.</p></blockquote>\n<script src="x"></script>',
    ],
)
def test_call_outs_and_editors_notes_are_asides(call_out: str) -> None:
    read = passages(f"Before.\n\n{call_out}\n\nAfter.")

    assert [(passage.text, passage.aside) for passage in read] == [
        ("Before.", False),
        ("In it.", True),
        ("After.", False),
    ]


def test_a_plain_div_is_no_aside() -> None:
    assert not passages('<div class="columns">\n\nText.\n\n</div>')[0].aside


def test_an_emphasised_word_does_not_make_an_editors_note() -> None:
    assert not passages("*One* and *two*")[0].aside


def test_code_in_html_and_liquid_is_code() -> None:
    read = passages("<pre><code>a &lt; b\n</code></pre>\n\n{% highlight py %}\nx = '{{ y }}'\n{% endhighlight %}\n")

    assert [(p.kind, p.text, p.first, p.last) for p in read] == [
        ("code", "a < b", 4, 5),
        ("code", "x = '{{ y }}'", 7, 9),
    ]


def test_blank_lines_at_the_end_of_an_element_are_not_its_lines() -> None:
    (code,) = passages("<pre>\na\n\n\n</pre>")

    assert (code.text, code.first, code.last) == ("a", 4, 5)


def test_a_html_list_and_heading_are_read_as_such() -> None:
    read = passages("<h3 class='x'>Head</h3>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>")

    assert [(p.kind, p.text, p.first) for p in read] == [("heading", "Head", 4), ("item", "one", 6), ("item", "two", 7)]


def test_scripts_and_frames_say_nothing() -> None:
    assert texts("<script>\n\nalert(1)\n\n</script>\n<iframe src='x'></iframe>\n\nText.") == ["Text."]


def test_a_sentence_over_a_rule_is_no_heading() -> None:
    assert [p.kind for p in passages("A sentence.\n---\n\nHead\n---\n")] == ["paragraph", "heading"]


def kinds(body: str) -> list[tuple[str, str, int, int, bool]]:
    return [(each.kind, each.text, each.first, each.last, each.aside) for each in passages(body)]


def test_footnotes_are_passages_of_their_own() -> None:
    read = kinds(
        "One[^1] two[^b].\n\n[^1]: First, *see* [it](http://a.b)\n    goes on.\n\n    More.\n[^b]: Second.\nThird.\n\nEnd."
    )

    assert read == [
        ("paragraph", "One two.", 4, 4, False),
        ("footnote", "First, see it goes on. More.", 6, 9, True),
        ("footnote", "Second. Third.", 10, 11, True),
        ("paragraph", "End.", 13, 13, False),
    ]


def test_prose_in_a_call_out_is_an_admonition_and_the_rest_stays_what_it_is() -> None:
    read = kinds(":::tip\nIn it.\n\n- item\n\n> said\n\n```\nx\n```\n:::")

    assert [(kind, aside) for kind, *_, aside in read] == [
        ("admonition", True),
        ("admonition", True),
        ("quotation", True),
        ("code", True),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[TOC]", "[[toc]]", "[[_TOC_]]", "* TOC\n{:toc}", "1. Contents\n{:toc}", "\\newpage", '+++ {"part": "abstract"}', "+++",
        "###### tags: `weekly`", "*[HTML]: a language",
    ],
)  # fmt: skip
def test_a_line_that_a_dialect_takes_for_no_text_is_none(line: str) -> None:
    assert [(passage.text, passage.first) for passage in passages(f"one\n\n{line}\n\ntwo")] == [
        ("one", 4),
        ("two", 8 + line.count("\n")),
    ]


def test_what_is_defined_and_what_names_a_table_are_items() -> None:
    text = "Box\n:   What we sell.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n: All boxes {#tbl-all}\n\n:tada: stays"

    assert [(passage.kind, passage.text) for passage in passages(text)] == [
        ("paragraph", "Box"),
        ("item", "What we sell."),
        ("table", "a | b\n1 | 2"),
        ("item", "All boxes"),
        ("paragraph", ":tada: stays"),
    ]


def test_comments_at_the_foot_are_no_words_of_the_text() -> None:
    text = "We sold 40[a] boxes.\n\nIn May.[b]\n\n[a]Is it 40?\n[b]I think so.\nOr June.\n"

    assert [(passage.kind, passage.text) for passage in passages(text)] == [
        ("paragraph", "We sold 40 boxes."),
        ("paragraph", "In May."),
        ("footnote", "Is it 40?"),
        ("footnote", "I think so. Or June."),
    ]


def test_letters_in_brackets_that_nothing_refers_to_are_text() -> None:
    assert texts("We sold 40 boxes.\n\n[a]Is it 40?\n[c]No.") == ["We sold 40 boxes.", "[a]Is it 40? [c]No."]
