import re
from datetime import date

import pytest

from contentkit.errors import ContentError
from contentkit.models import Passage, Source
from contentkit.sources import parse_source


def read(text: str, name: str = "blog/post.md") -> Source:
    return parse_source(text.encode(), name)


def post(*front: str) -> Source:
    return read("\n".join(["---", *front, "---", "", "Hello there."]))


def test_the_front_matter_of_a_post_is_read() -> None:
    source = post(
        "title: 'Slow is  smooth'",
        "date: 2026-03-04T10:00:00-06:00",
        "author: Ana Ruiz",
        "description: What we",
        "  learned.",
        "tags: [python, tech notes]",
        "lang: es",
        "canonical_url: https://a.example/slow",
        "url: /blog/slow.html",
        "unknown: {x: [y]}",
    )

    assert (source.kind, source.title, source.written) == ("post", "Slow is smooth", date(2026, 3, 4))
    assert (source.author, source.description, source.language) == ("Ana Ruiz", "What we learned.", "es")
    assert (source.tags, source.link, source.site_path) == (
        ("python", "tech notes"),
        "https://a.example/slow",
        "/blog/slow.html",
    )


def test_toml_front_matter_is_read() -> None:
    source = read(
        '+++\ntitle = "T"\ndate = 2026-05-06\nauthors = ["Ana", "Bob"]\n[taxonomies]\ntags = ["a"]\n+++\nHello.'
    )

    assert (source.kind, source.title, source.written) == ("post", "T", date(2026, 5, 6))
    assert (source.author, source.tags) == ("Ana, Bob", ("a",))


def test_a_description_is_told_without_its_markdown() -> None:
    source = post(
        "title: Slow", "description: The story of __the queue__, [its log](https://example.org) and snake_case"
    )
    assert source.description == "The story of the queue, its log and snake_case"
    assert source.description in [passage.text for passage in source.passages if passage.aside]


def test_title_and_description_are_asides_with_the_lines_to_quote() -> None:
    source = post("title: Slow", "excerpt: What we", "  learned.")

    assert source.passages[:2] == (
        Passage(kind="paragraph", text="Slow", first=2, last=2, aside=True),
        Passage(kind="paragraph", text="What we learned.", first=3, last=4, aside=True),
    )


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("tags: NumPy", ("NumPy",)),
        ("tags: a, b c,", ("a", "b c")),
        ("tags:\n- a\n- a\n- 3", ("a", "3")),
        ("tags: {a: b}", ()),
    ],
)
def test_tags_may_be_a_list_or_a_text(tags: str, expected: tuple[str, ...]) -> None:
    assert post("title: x", tags).tags == expected


@pytest.mark.parametrize(
    ("line", "link", "site_path"),
    [
        ("canonical: https://a.example/x", "https://a.example/x", ""),
        ("canonicalUrl: https://a.example/x", "https://a.example/x", ""),
        ("canonicalURL: https://a.example/x", "https://a.example/x", ""),
        ("seo: {canonical: https://a.example/x}", "https://a.example/x", ""),
        ("url: https://a.example/x", "https://a.example/x", ""),
        ("permalink: /x/", "", "/x/"),
        ("permalink: /blog/:year/:title/", "", ""),
        ("url: javascript:alert(1)", "", ""),
        ("canonical: //a.example/x", "", ""),
    ],
)
def test_only_absolute_addresses_are_links(line: str, link: str, site_path: str) -> None:
    source = post("title: x", line)

    assert (source.link, source.site_path) == (link, site_path)


@pytest.mark.parametrize(
    ("lines", "alt", "target"),
    [
        (["image:", "  src: a.png", "  alt: A graph"], "A graph", "a.png"),
        (["image: a.png"], "", "a.png"),
        (["cover:", "  image: a.png", "  alt: A graph"], "A graph", "a.png"),
        (["images: [a.png, b.png]"], "", "a.png"),
        (["header:", "  teaser: a.png", "  image_description: A graph"], "A graph", "a.png"),
        (["params:", "  cover:", "    src: a.png", "    alt: A graph"], "A graph", "a.png"),
        (
            ["resources:", "  - {src: b.png}", "  - {name: cover, src: a.png, params: {alt: A graph}}"],
            "A graph",
            "a.png",
        ),
    ],
)
def test_the_picture_of_a_post_is_a_passage(lines: list[str], alt: str, target: str) -> None:
    image = next(passage for passage in post("title: x", *lines, "toc: true").passages if passage.kind == "image")

    assert image == Passage(kind="image", text=alt, target=target, first=3, last=2 + len(lines))


@pytest.mark.parametrize(
    "line",
    [
        "date: soon",
        "date: 2026-13-45",
        "x: !ruby/object y",
        "x: &a [1]\ny: *a",
        "<<: {title: y}",
        "author: {email: a@b.c}",
        "x: *nowhere",
        "image: {src: {}}",
        "tags: [[a], {b: c}]",
        "1: 2",
        "[a, b]: c",
        "Title: again",
    ],
)
def test_an_odd_value_does_not_stand_in_the_way(line: str) -> None:
    source = post("title: First", line)

    assert source.title == "First"
    assert source.written is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Boxes: what comes next: a talk", "Boxes: what comes next: a talk"),
        ('title: "The "big" boxes"', 'The "big" boxes'),
        ("title: @ana says 'it works'", "@ana says 'it works'"),
        ("title: `box` is out", "`box` is out"),
        ("title: 'It's out'", "It's out"),
        ("title: [News] Boxes", "[News] Boxes"),
    ],
)
def test_a_title_without_its_quotes_is_understood(line: str, title: str) -> None:
    source = post(line, "author: Ana Ruiz")

    assert (source.title, source.author) == (title, "Ana Ruiz")


@pytest.mark.parametrize("line", ["author: Ana: CEO", "on_record: no: maybe", "title: >x\n y: z: a"])
def test_other_broken_lines_are_refused_where_they_stand(line: str) -> None:
    with pytest.raises(ContentError, match=r"^blog/post.md:\d+: "):
        post("title: First: second", line)


@pytest.mark.parametrize("again", ["title: again", "x: {a: 1, b: 2, a: 3}", "x:\n  a: 1\n  a: 2"])
def test_of_two_equal_keys_nobody_can_say_which_is_meant(again: str) -> None:
    with pytest.raises(ContentError, match=r"^blog/post.md:[345]: '(title|a)' stands here twice") as caught:
        post("title: First", again)

    assert "keep one" in caught.value.hint


def test_an_alias_is_the_value_it_names() -> None:
    assert post("who: &ana Ana Ruiz", "author: *ana").author == "Ana Ruiz"


def test_a_bomb_of_aliases_is_harmless() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    ]

    assert post("title: x", *lines, "tags: *k").tags == ()


def test_a_key_that_is_a_bomb_is_harmless() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    ]

    assert post("title: x", *lines, "? *k", ": y", "? [*k]", ": z").title == "x"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["x: " + "y" * 262_144], "blog/post.md:1: the front matter is larger than 256 KiB"),
        (["x: [" + "1," * 20_001 + "]"], "blog/post.md:2: more values than a front matter has"),
        (["x: " + "[" * 30 + "]" * 30], "blog/post.md:2: nested more than 20 deep"),
    ],
)
def test_front_matter_has_limits(lines: list[str], message: str) -> None:
    with pytest.raises(ContentError, match=re.escape(message)):
        post(*lines)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("published: 2026/3/4", date(2026, 3, 4)),
        ("pubDate: 2026-03-04T10:00:00Z", date(2026, 3, 4)),
        ("publishDate: March 4, 2026 9:30 AM", date(2026, 3, 4)),
        ("date: Wed, 4 Mar 2026 09:30:00 +0100", date(2026, 3, 4)),
        ("date: 4 de marzo de 2026", date(2026, 3, 4)),
        ("published: true\ncreated: 2026-03-04", date(2026, 3, 4)),
        ("date: 03/04/2026", None),
        ("date: 31 February 2026", None),
    ],
)
def test_a_day_may_have_many_names_and_forms(line: str, day: date | None) -> None:
    assert post("title: x", line).written == day


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (["authors:", "  - name: Ana Ruiz", "    orcid: 0000", "  - Bob Li"], "Ana Ruiz, Bob Li"),
        (["author:", "  - name: {given: Ana, family: Ruiz}"], "Ana Ruiz"),
        (["author: {name: Ana Ruiz, url: x}"], "Ana Ruiz"),
        (["params:", "  author: Ana Ruiz"], "Ana Ruiz"),
        (["author: []", "byline: Ana Ruiz"], "Ana Ruiz"),
        (["author: '[Ana Ruiz](https://ana.example), [Bob Li](https://bob.example)'"], "Ana Ruiz, Bob Li"),
    ],
)
def test_authors_may_have_many_forms(lines: list[str], author: str) -> None:
    assert post("title: x", *lines).author == author


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["categories: [Blog, time series]"], ("time series",)),
        (["categories: [news]", "tags: [a]"], ("a",)),
        (["keywords: a, b"], ("a", "b")),
    ],
)
def test_without_tags_the_categories_count_that_say_something(lines: list[str], tags: tuple[str, ...]) -> None:
    assert post("title: x", *lines).tags == tags


def test_a_file_name_tells_the_day_when_nothing_else_does() -> None:
    assert read("Hello.", "notes/2026-11-18-call.md").written == date(2026, 11, 18)
    assert read("Hello.", "notes/call.md").written is None


def test_prose_between_two_rules_is_no_front_matter() -> None:
    source = read("---\n\nThis is prose.\n\n---\n\nMore.")

    assert [passage.text for passage in source.passages] == ["This is prose.", "More."]


def test_the_first_heading_is_the_title_of_a_note() -> None:
    assert read("# Call with *Ana*\n\nHello.").title == "Call with Ana"


def test_a_picture_and_its_alt_text_may_stand_in_two_keys() -> None:
    source = post("title: x", "image: a.png", "image-alt: A graph")

    assert [(each.text, each.target) for each in source.passages if each.kind == "image"] == [("A graph", "a.png")]


PROPERTIES = {
    "mail": "From: Ana Ruiz <ana@mail.example>\nTo: Bob\nSubject: Re: the launch\nDate: Tue, 24 Nov 2026 09:30 +0100\n\nHi.",
    "correo": "De: Ana Ruiz\nPara: Bob\nAsunto: Re: the launch\nFecha: 24 de noviembre de 2026\n\nHi.",
    "pelican": "Title: Re: the launch\nDate: 2026-11-24\nAuthor: Ana Ruiz\nTags: a\n\nHi.",
    "hexo": "title: Re: the launch\ndate: 2026-11-24 09:30:00\nauthor: Ana Ruiz\ntags: a\n---\nHi.",
    "notion": "# Re: the launch\n\nCreated: November 24, 2026 9:30 AM\nOwner: Bob\nAuthor: Ana Ruiz\n\nHi.",
}


@pytest.mark.parametrize("form", PROPERTIES)
def test_lines_above_a_text_tell_of_it_and_are_no_words_of_it(form: str) -> None:
    source = read(PROPERTIES[form], "notes/x.md")

    assert (source.title, source.author, source.written) == ("Re: the launch", "Ana Ruiz", date(2026, 11, 24))
    assert [each.text for each in source.passages if not each.aside and each.kind != "heading"] == ["Hi."]


@pytest.mark.parametrize(
    "text",
    [
        "Pricing: 20 dollars\nLaunch: May\n\nMore.",
        "From: here\nit goes on\n\nMore.",
        "# Call\n\nDate: soon\nPricing: 20 dollars\n\nMore.",
        "Date: soon\n\nMore.",
    ],
)
def test_other_lines_with_colons_are_text(text: str) -> None:
    spoken = " ".join(each.text for each in read(text, "notes/x.md").passages)

    assert spoken.split() == text.replace("# ", "").split()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("---\ntitle: x\n---\nHello.", "post"),
        ("---\nfounder: ana\nlanguage: en\n---\nHello.", "note"),
        ("---\ntitle: x\nkind: note\n---\nHello.", "note"),
        ("---\ntitle: x\n---\nAna: Hi.\n\nBob: Hi.\n\nAna: So.", "transcript"),
        ("---\nkind: note\n---\nAna: Hi.\n\nBob: Hi.\n\nAna: So.", "note"),
        ("Hello.", "note"),
    ],
)
def test_the_kind_is_told_by_the_content_unless_the_front_matter_names_it(text: str, kind: str) -> None:
    assert read(text).kind == kind
