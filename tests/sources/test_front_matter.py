from datetime import date

import pytest

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
        "title: again",
        "author: {email: a@b.c}",
        "x: *nowhere",
        "image: {src: {}}",
        "tags: [[a], {b: c}]",
        "1: 2",
        "[a, b]: c",
    ],
)
def test_an_odd_value_does_not_stand_in_the_way(line: str) -> None:
    source = post("title: First", line)

    assert source.title == "First"
    assert source.written is None


def test_an_alias_is_the_value_it_names() -> None:
    assert post("who: &ana Ana Ruiz", "author: *ana").author == "Ana Ruiz"


def test_a_bomb_of_aliases_is_harmless() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
    ]

    assert post("title: x", *lines, "tags: *k").tags == ()


def test_a_file_name_tells_the_day_when_nothing_else_does() -> None:
    assert read("Hello.", "notes/2026-11-18-call.md").written == date(2026, 11, 18)
    assert read("Hello.", "notes/call.md").written is None


def test_prose_between_two_rules_is_no_front_matter() -> None:
    source = read("---\n\nThis is prose.\n\n---\n\nMore.")

    assert [passage.text for passage in source.passages] == ["This is prose.", "More."]


def test_the_first_heading_is_the_title_of_a_note() -> None:
    assert read("# Call with *Ana*\n\nHello.").title == "Call with Ana"


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
