"""A draft, read and written: what is published letter for letter, and the line of every mistake."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contentkit.drafts import format_draft, parse_draft, read_draft
from contentkit.drafts.posts import fence_after
from contentkit.errors import ContentError
from contentkit.models import VISIBILITIES, Alternative, Draft, Evidence, Media, Post, Waiver

FRONT = "---\nversion: 1\n---\n"


def posts(body: str) -> tuple[Post, ...]:
    return parse_draft(FRONT + body, "drafts/launch.md").posts


def text(body: str) -> str:
    (post,) = posts(body)
    return post.text


def refused(whole: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse_draft(whole, "drafts/launch.md")
    return caught.value


def test_a_whole_draft_means_what_it_says() -> None:
    draft = parse_draft(
        """\
---
version: 1
title: TimeGPT-2
sources: [notes/call.vtt]
link: https://example.org/launch
language: en
tags: [forecasting, open source]
---
We proved that it works.

Today it enters preview.
<!-- evidence: notes/call.vtt#L12-L14 sha:3f9a61c2 -->

---

<!-- To Ana: is this number final? -->
Up to 60% more accurate.

![Bar chart: errors](images/launch.png)
<!-- evidence: notes/call.vtt#L20 -->
<!-- only: mastodon, x -->
<!-- waive: CK201 "60%" by Ana: she checked the paper -->
""",
        "drafts/launch.md",
    )
    assert draft == Draft(
        slug="launch",
        path="drafts/launch.md",
        title="TimeGPT-2",
        sources=("notes/call.vtt",),
        link="https://example.org/launch",
        language="en",
        tags=("forecasting", "open source"),
        posts=(
            Post(
                text="We proved that it works.\n\nToday it enters preview.",
                evidence=(Evidence(source="notes/call.vtt", first=12, last=14, sha="3f9a61c2"),),
                line=9,
            ),
            Post(
                text="Up to 60% more accurate.",
                media=(Media(path="drafts/images/launch.png", alt="Bar chart: errors"),),
                evidence=(Evidence(source="notes/call.vtt", first=20, last=20),),
                only=("mastodon", "x"),
                waivers=(Waiver(check="CK201", words="60%", by="Ana", reason="she checked the paper"),),
                line=16,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("One.\n\n\n\nTwo, far below.", "One.\n\n\n\nTwo, far below."),
        ("One.\n\n\n\nTwo.\n<!-- evidence: a.md#L1 -->", "One.\n\n\n\nTwo."),
        ("One.\n\n<!-- note -->\n\nTwo.", "One.\n\nTwo."),
        ("One.\n<!-- note -->\nTwo.", "One.\nTwo."),
        ("One.\n\n![a](a.png)\n<!-- note -->\n\n\nTwo.", "One.\n\nTwo."),
        ("One, <!-- note --> two.", "One, two."),
        ("One. <!-- note -->", "One."),
        ("One <!-- a --><!-- b\nc --> two.", "One\ntwo."),
        ("<!-- a\n---\nb -->\nOne.", "One."),
        ("```html\n<!-- kept -->\n---\n![kept](a.png)\n```", "```html\n<!-- kept -->\n---\n![kept](a.png)\n```"),
        ("~~~\n```\n---\n~~~\nOne.", "~~~\n```\n---\n~~~\nOne."),
        ("````\n```\n---\n````\nOne.", "````\n```\n---\n````\nOne."),
        ("```inline``` code\nOne.", "```inline``` code\nOne."),
        ("\\---", "---"),
        ("\\\\---", "\\---"),
        ("a \\---", "a \\---"),
        ("Write \\<!-- in HTML.", "Write <!-- in HTML."),
        ("Write \\\\<!-- in HTML.", "Write \\<!-- in HTML."),
        ("\\![a](b.png)", "![a](b.png)"),
        ("See ![a](b.png) here", "See ![a](b.png) here"),
        ("# not a heading\n* not a list\n\\* as it stands", "# not a heading\n* not a list\n\\* as it stands"),
        ("Hello @{ana}", "Hello @{ana}"),
        ("\n\n  One.  \n\n", "One."),
    ],
)
def test_the_text_is_published_letter_for_letter_without_notes_and_images(body: str, published: str) -> None:
    assert text(body) == published


@pytest.mark.parametrize(
    ("line", "media"),
    [
        ("![A chart](a.png)", Media(path="drafts/a.png", alt="A chart")),
        ("  ![](a.png)  ", Media(path="drafts/a.png", alt="")),
        ("![A chart](images/a b.png)", Media(path="drafts/images/a b.png", alt="A chart")),
        ("![A chart](images/a%20b.png)", Media(path="drafts/images/a b.png", alt="A chart")),
        ("![A chart](../images/./a.png)", Media(path="images/a.png", alt="A chart")),
        ("![A chart](https://example.org/a%20b.png)", Media(path="https://example.org/a%20b.png", alt="A chart")),
        ("![A chart](<images/a (1).png>)", Media(path="drafts/images/a (1).png", alt="A chart")),
        ('![A chart](a.png "hover")', Media(path="drafts/a.png", alt="A chart")),
        (r"![A \[sic\] \\ chart](a.png)", Media(path="drafts/a.png", alt=r"A [sic] \ chart")),
    ],
)
def test_an_image_on_a_line_of_its_own_is_an_attachment(line: str, media: Media) -> None:
    (post,) = posts(f"One.\n\n{line}")
    assert (post.text, post.media) == ("One.", (media,))


def test_evidence_may_be_listed_in_one_note() -> None:
    (post,) = posts("One.\n<!-- evidence: a.md#L1; b c.md#L2-L3\nd.md#L4-5 sha:00000000 -->")
    assert [str(evidence) for evidence in post.evidence] == ["a.md#L1", "b c.md#L2-L3", "d.md#L4-L5 sha:00000000"]


def test_a_post_starts_at_its_first_line_that_is_not_blank() -> None:
    assert [post.line for post in posts("\nOne.\n---\n\n\nTwo.\n---\n---\nThree.")] == [5, 9, 12]


def test_posts_without_text_and_images_are_none() -> None:
    assert [post.text for post in posts("One.\n\n---\n\n<!-- a note only -->\n\n---\n")] == ["One."]


def test_evidence_may_name_columns_as_links_of_code_hosts_do() -> None:
    (post,) = posts("One.\n<!-- evidence: a.md#L3C5-L4C20 sha:00000000; b.md#L3C5; c.md#L3-L3C20; d.md#L3C2-3C9 -->")
    assert [(each.first, each.from_column, each.last, each.to_column) for each in post.evidence] == [
        (3, 5, 4, 20),
        (3, 5, 3, 0),
        (3, 0, 3, 20),
        (3, 2, 3, 9),
    ]
    assert [str(each) for each in post.evidence] == [
        "a.md#L3C5-L4C20 sha:00000000",
        "b.md#L3C5",
        "c.md#L3-L3C20",
        "d.md#L3C2-L3C9",
    ]


def test_an_alternative_is_read_with_its_evidence_and_published_nowhere() -> None:
    [post] = posts("One.\n<!-- alternative: notes/call.md#L3-L4; notes/call.md#L9\nTwo,\n\nover lines.\n-->\n")
    first = Evidence(source="notes/call.md", first=3, last=4)
    second = Evidence(source="notes/call.md", first=9, last=9)
    assert post.alternatives == (Alternative(text="Two,\n\nover lines.", evidence=(first, second)),)
    assert (post.text, post.evidence, post.comments) == ("One.", (), ())


@pytest.mark.parametrize(
    ("whole", "message"),
    [
        ("", "drafts/launch.md: the draft is empty"),
        (" \n\n", "drafts/launch.md: the draft is empty"),
        ("Hello\n", "drafts/launch.md:1: a draft starts with front matter"),
        ("---\nversion: 1\n", "drafts/launch.md:1: the front matter does not end"),
        ("---\n---\nHello\n", "drafts/launch.md:1: the front matter is empty"),
        ("---\ntitle: x\n---\nHello\n", "drafts/launch.md:2:1: the file does not say its version"),
        ("---\nversion: 1\ntitel: x\n---\nHello\n", "drafts/launch.md:3:1: a draft has no key 'titel'"),
        ("---\nversion: 1\ntitle: [x]\n---\nHello\n", "drafts/launch.md:3:8: title must be text"),
        ("---\nversion: 1\n\nvisibility: pubic\n---\nHi\n", "drafts/launch.md:4:13: no visibility 'pubic'"),
        (
            "---\nversion: 1\nlink: example.org\n---\nHi\n",
            "drafts/launch.md:3:7: 'example.org' is not an http(s) address",
        ),
        ("---\nversion: 1\nsources: [a, ~]\n---\nHi\n", "drafts/launch.md:3:14: an item of sources is empty"),
        (FRONT, "drafts/launch.md:4: the draft has no post"),
        (FRONT + "One.\n\n<!-- open\nTwo.\n---\nThree.", "drafts/launch.md:6: the comment does not end"),
        (FRONT + "One.\n---\nTwo.\n```\ncode\n---\nThree.", "drafts/launch.md:7: the code fence does not end"),
        (FRONT + "One.\n<!-- evidence: a.md -->", "drafts/launch.md:5: cannot read the evidence 'a.md'"),
        (FRONT + "One.\n<!-- evidence: a.md#L0 -->", "drafts/launch.md:5: cannot read the evidence 'a.md#L0'"),
        (FRONT + "One.\n<!--\n\nevidence: a.md#L1\nb.md -->", "drafts/launch.md:8: cannot read the evidence 'b.md'"),
        (
            FRONT + "One.\n<!-- evidence: a.md#L3-L2 -->",
            "drafts/launch.md:5: the evidence ends before it begins: L3-L2",
        ),
        (
            FRONT + "One.\n<!-- evidence: a.md#L3C7-L3C7 -->",
            "drafts/launch.md:5: the evidence holds no character: a.md#L3C7-L3C7",
        ),
        (
            FRONT + "One.\n<!-- evidence: a.md#L3-L3C1 -->",
            "drafts/launch.md:5: the evidence holds no character: a.md#L3-L3C1",
        ),
        (FRONT + "One.\n<!-- evidence: a.md#L3C0 -->", "drafts/launch.md:5: cannot read the evidence 'a.md#L3C0'"),
        (FRONT + "One.\n<!-- waive: CK201 Ana -->", "drafts/launch.md:5: cannot read the waiver 'CK201 Ana'"),
        (FRONT + "One.\n<!-- waive: CK201 by Ana: -->", "drafts/launch.md:5: cannot read the waiver 'CK201 by Ana:'"),
        (
            FRONT + "One.\n<!-- alternative: a.md#L1 -->",
            "drafts/launch.md:5: the alternative has no text",
        ),
        (FRONT + "One.\n<!-- alternative: a.md\nx -->", "drafts/launch.md:5: cannot read the evidence 'a.md'"),
        (FRONT + "One.\n<!-- only: -->", "drafts/launch.md:5: 'only' names no platform"),
        (
            FRONT + "One.\n---\nTwo.\n<!-- instead: x -->\n<!-- only: mastodon -->",
            "drafts/launch.md:8: one post has both 'only' and 'instead'",
        ),
    ],
)
def test_a_draft_that_cannot_be_used_says_where_and_why(whole: str, message: str) -> None:
    error = refused(whole)
    assert error.message == message
    assert error.hint or "must be text" in message


@pytest.mark.parametrize(
    ("comment", "begins", "kind"),
    [
        ("insted: x", "insted:", "instead"),
        ("Only: mastodon", "Only:", "only"),
        ("ONLY: mastodon", "ONLY:", "only"),
        ("onyl : mastodon", "onyl :", "only"),
        ("only; mastodon", "only;", "only"),
        ("only mastodon", "only", "only"),
        ("Only Mastodon and x", "Only", "only"),
        ("instead x, our-x", "instead", "instead"),
        ("evidense: notes/call.md#L1", "evidense:", "evidence"),
        ("evidence notes/call.md#L1-L2", "evidence", "evidence"),
        ("waived: CK201 by Ana: she checked", "waived:", "waive"),
        ("waive CK201 by Ana: she checked", "waive", "waive"),
        ("alternatives: a.md#L1", "alternatives:", "alternative"),
        ("Alternative a.md#L1", "Alternative", "alternative"),
    ],
)
def test_a_comment_that_is_nearly_a_note_is_refused(comment: str, begins: str, kind: str) -> None:
    error = refused(f"{FRONT}One.\n---\nTwo.\n<!--\n{comment} -->")
    expected = f"a comment for people begins with '{begins}', as a note to contentkit nearly does"
    assert error.message == f"drafts/launch.md:8: {expected}"
    assert f"'{kind}:'" in error.hint


@pytest.mark.parametrize(
    "comment",
    [
        "only Ana knows whether this holds",
        "Only if Ana agrees: ask her",
        "instead of the old opening, which nobody liked",
        "Instead of this: the chart",
        "evidence is thin here, ask Odile",
        "waive the fee in the second year?",
        "note: mastodon",
        "TODO: mastodon",
        "online: mastodon",
        "Written by contentkit",
        "one: x",
        "",
        ": x",
        "on" * 500_000,
        "only " + "a , " * 250_000 + "!",
        "only" + " " * 1_000_000 + "!",
    ],
    ids=lambda comment: comment[:20],
)
def test_an_ordinary_comment_to_people_is_none_of_contentkits_business(comment: str) -> None:
    (post,) = posts(f"One.\n<!-- {comment} -->")
    assert [words for _, words in post.comments] == [comment.strip()]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"---\nversion: 1\n---\nCaf\xe9\n", "drafts/a.md:4: not UTF-8 text"),
        (b"\xef\xbb\xbf---\r\nversion: 1\r\n---\r\nCaf\xe9\r\n", "drafts/a.md:4: not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\x00", "drafts/a.md:1: not UTF-8 text"),
        (b"", "drafts/a.md: the draft is empty"),
        (None, "drafts/a.md: there is no such file"),
    ],
)
def test_a_file_that_is_no_draft_says_why(tmp_path: Path, data: bytes | None, message: str) -> None:
    (tmp_path / "drafts").mkdir()
    if data is not None:
        (tmp_path / "drafts" / "a.md").write_bytes(data)
    with pytest.raises(ContentError) as caught:
        read_draft(tmp_path / "drafts" / "a.md", tmp_path)
    assert caught.value.message == message


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_of_other_systems_mean_nothing(tmp_path: Path, line_end: str, mark: str) -> None:
    whole = FRONT + "One.\nTwo.\n---\nThree.\n<!-- evidence: a.md#L1 -->\n"
    (tmp_path / "a.md").write_bytes((mark + whole.replace("\n", line_end)).encode())
    assert read_draft(tmp_path / "a.md", tmp_path) == parse_draft(whole, "a.md")


@pytest.mark.parametrize("draft", ["a.md", "drafts/a.md", "drafts/autumn/a.md"])
@pytest.mark.parametrize(
    "path",
    ["a.png", "drafts/a.png", "a b.png", "a (1).png", 'a"b.png', " a.png", "(a).png", "é.png", "100%.png", "a%20b.png"],
)
def test_any_name_of_a_picture_can_be_written(path: str, draft: str) -> None:
    post = Post(text="x", media=(Media(path=path, alt="A <!-- chart --> [sic] \\"),))
    written = format_draft(Draft(slug="a", path=draft, posts=(post,)))
    assert parse_draft(written, draft).posts[0].media == post.media


def test_a_picture_knows_its_line() -> None:
    (post,) = posts("One.\n\n![A chart](a.png)\n![Another](b.png)")
    assert [media.line for media in post.media] == [6, 7]


def test_a_note_that_would_end_early_is_never_written() -> None:
    waiver = Waiver(check="CK201", by="Ana", words="x", reason="see --> Buy now")
    with pytest.raises(ContentError, match="cannot stand in a note"):
        format_draft(Draft(slug="a", posts=(Post(text="x", waivers=(waiver,)),)))


def test_a_text_with_half_a_code_block_is_never_written() -> None:
    with pytest.raises(ContentError, match="a code fence does not end"):
        format_draft(Draft(slug="a", posts=(Post(text="```\ncode"),)))


# Texts made of everything that means something in a draft.
_PIECES = [
    "One.",
    " ",
    "\n",
    "\n\n",
    "---",
    "\\",
    "\n---\n",
    "<!--",
    "-->",
    "![a](b.png)",
    "```",
    "~~~~",
    '"',
    "é",
    "👩‍🔬",
    "#",
    "]",
]
_TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r")), st.lists(st.sampled_from(_PIECES)).map("".join)
)
_WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
_NAMES = st.from_regex(r"[a-zé][a-zé0-9 /._-]{0,20}[a-z]", fullmatch=True)
_EVIDENCE = st.builds(
    lambda source, first, more, sha, columns: Evidence(
        source=source, first=first, last=first + more, sha=sha, from_column=columns[0], to_column=columns[1]
    ),
    _NAMES,
    st.integers(1, 999),
    st.integers(0, 9),
    st.sampled_from(["", "3f9a61c2"]),
    st.sampled_from([(0, 0), (1, 0), (5, 0), (0, 2), (5, 60), (1, 999)]),
)
_WAIVERS = st.builds(
    Waiver,
    check=st.sampled_from(["CK201", "CK305"]),
    words=st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20),
    by=_NAMES,
    reason=_NAMES,
)
_ALTERNATIVES = st.builds(
    Alternative,
    text=st.one_of(_TEXTS, st.just(r'a "b" \\" --> c')).map(str.strip).filter(bool),
    evidence=st.lists(_EVIDENCE, max_size=2).map(tuple),
)
_MEDIA = st.builds(
    Media,
    path=_NAMES.map(posixpath.normpath),
    alt=st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20),
)


def is_closed(words: str) -> bool:
    fence = ""
    for line in words.split("\n"):
        fence = fence_after(fence, line)
    return not fence


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    def post() -> Post:
        words = draw(_TEXTS).strip()
        assume(is_closed(words))
        return Post(
            text=words or "One.",
            media=tuple(draw(st.lists(_MEDIA, max_size=2))),
            evidence=tuple(draw(st.lists(_EVIDENCE, max_size=2))),
            only=draw(st.sampled_from([(), ("mastodon",), ("mastodon", "x")])),
            waivers=tuple(draw(st.lists(_WAIVERS, max_size=1))),
            alternatives=tuple(draw(st.lists(_ALTERNATIVES, max_size=2))),
        )

    return Draft(
        slug="launch",
        path="drafts/launch.md",
        posts=tuple(post() for _ in range(draw(st.integers(1, 3)))),
        title=draw(_WORDS),
        sources=tuple(draw(st.lists(_WORDS.filter(bool), max_size=2))),
        founder=draw(_WORDS),
        link=draw(st.sampled_from(["", "https://example.org/a?b=c#d", "https://example.org/ñ:x,y"])),
        language=draw(st.sampled_from(["", "en", "no", "es-MX"])),
        tags=tuple(draw(st.lists(_WORDS.filter(bool), max_size=2))),
        visibility=draw(st.sampled_from(["", *VISIBILITIES])),
        warning=draw(_WORDS),
        drafter=draw(st.sampled_from(["", "extractive"])),
    )


@given(drafts())
def test_a_draft_reads_back_as_it_was_written(draft: Draft) -> None:
    written = format_draft(draft)
    read = parse_draft(written, "drafts/launch.md")
    assert replace(read, posts=tuple(replace(post, line=0) for post in read.posts)) == draft
    assert format_draft(read) == written


@given(st.lists(st.sampled_from([*_PIECES, "evidence: a.md#L1", "only: x", "\n"])).map("".join))
def test_whatever_stands_in_a_draft_it_is_read_or_refused_with_its_line(body: str) -> None:
    error = None
    try:
        read = parse_draft(FRONT + body, "drafts/launch.md")
    except ContentError as caught:
        error = caught
    if error:
        assert error.message.startswith("drafts/launch.md:")
    elif all(is_closed(post.text) for post in read.posts):
        again = parse_draft(format_draft(read), "drafts/launch.md")
        assert [post.text for post in again.posts] == [post.text for post in read.posts]


@pytest.mark.parametrize("code", ["english", "EN", "e", "en_US"])
def test_a_language_is_a_code(code: str) -> None:
    with pytest.raises(ContentError, match=rf"drafts/a\.md:3:11: '{code}' is not the code of a language"):
        parse_draft(f"---\nversion: 1\nlanguage: {code}\n---\nText.\n", "drafts/a.md")


@pytest.mark.parametrize(
    "hostile", ["\\" * 300_000, "\\" * 300_000 + "<!-- a -->", "\\<!--" * 50_000, "<!-- a -->" * 50_000]
)
def test_hostile_lines_are_read_and_written_in_linear_time(hostile: str) -> None:
    draft = parse_draft(f"{FRONT}x\n{hostile}\n", "drafts/launch.md")
    assert [post.text for post in parse_draft(format_draft(draft), "drafts/launch.md").posts] == [draft.posts[0].text]


def test_a_file_that_is_longer_than_any_thread_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(FRONT + "a" * (1024 * 1024))
    with pytest.raises(ContentError) as caught:
        read_draft(path, tmp_path)
    assert caught.value.message == "a.md: 1.0 MiB are more than any thread has"


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("/dev/zero")
    with pytest.raises(ContentError) as caught:
        read_draft(tmp_path / "a.md", tmp_path)
    assert caught.value.message == "a.md: is no plain file"
