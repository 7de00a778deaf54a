"""Saved pages in the shapes of well-known site generators: what is read of them, and where it stands in the copy."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.models import Origin, Passage, Source
from contentkit.sources import copied, parse_source
from contentkit.sources.read import Reading, reading_of

SAMPLES = Path(__file__).parent / "samples"
PAGES = sorted(path.stem for path in SAMPLES.glob("*.html"))
READ = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@cache
def reading(stem: str) -> Reading:
    return reading_of((SAMPLES / f"{stem}.html").read_bytes(), f"pages/{stem}.html")


def listed(passage: Passage) -> str:
    """One line of a golden list: where, what, how deep, aside or not, the words and where a picture is."""
    lines = f"{passage.first}-{passage.last}" if passage.last > passage.first else f"{passage.first}"
    kind = f"{passage.kind}{passage.level or ''}{' (aside)' if passage.aside else ''}"
    text = passage.text.replace("\n", "⏎")
    links = "".join(f" [{link.text}]({link.url})" for link in passage.links)
    return f"{lines:>7}  {kind}: {text}{f' <{passage.target}>' if passage.target else ''}{links}"


@pytest.mark.parametrize("stem", PAGES)
def test_a_page_says_what_its_golden_list_says(stem: str) -> None:
    golden = (SAMPLES / f"{stem}.golden").read_text(encoding="utf-8").splitlines()

    assert [listed(passage) for passage in reading(stem).source.passages] == golden


@pytest.mark.parametrize("stem", PAGES)
def test_the_copy_of_a_page_says_the_same_at_the_same_lines(stem: str) -> None:
    read = reading(stem)
    assert read.copy is not None

    copy = parse_source(copied(read.copy, Origin(place="https://example.org/", read=READ)), "notes/page.md")

    assert copy.passages == read.source.passages


@pytest.mark.parametrize("stem", PAGES)
def test_the_words_of_a_passage_stand_in_its_lines(stem: str) -> None:
    source = reading(stem).source
    # The alt text of a front matter's picture stands on a line of its own.
    for passage in (passage for passage in source.passages if passage.kind != "image"):
        quoted = source.quoted(passage.first, passage.last)
        assert [word for word in re.findall(r"\w+", passage.text) if word not in quoted] == []


@pytest.mark.parametrize(
    ("stem", "facts"),
    [
        ("wordpress", ("Mara Quist", date(2026, 3, 10), "en-US", ("Releases", "scheduler"))),
        ("ghost", ("Idris Vale", date(2026, 4, 2), "en", ("Engineering", "Incidents"))),
        ("hugo", ("Tomoko Abe", date(2026, 1, 21), "en", ("release", "parquet"))),
        ("jekyll", ("Wren Okafor", date(2026, 2, 14), "en", ())),
        ("medium", ("Lior Benami", date(2026, 5, 6), "en", ())),
        ("substack", ("Ines Farrow", date(2026, 6, 9), "en", ())),
        ("docusaurus", ("", None, "en", ())),
        ("periodico", ("Joaquín Prado", date(2026, 7, 15), "es-MX", ("cooperativas", "software libre"))),
    ],
)
def test_a_page_tells_who_wrote_it_when_and_in_which_language(stem: str, facts: tuple[object, ...]) -> None:
    source = reading(stem).source

    assert (source.author, source.written, source.language, source.tags) == facts


FURNITURE = [
    "Home", "About", "Sign in", "Subscribe", "Share", "Powered by", "Previous:", "Table of Contents", "thoughts on", "Related",
    "min read", "Copyright", "©", "Filed under", "Edit this page", "Archivado", "PUBLICIDAD", "Lo más leído", "Follow",
    "previous instructions", "cookies", "More from", "Más información", "Great news", "ferries",
]  # fmt: skip


@pytest.mark.parametrize("stem", PAGES)
def test_nothing_of_the_site_around_the_article_gets_in(stem: str) -> None:
    said = "\n".join(passage.text for passage in reading(stem).source.passages)

    assert [words for words in FURNITURE if words in said] == []


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>We grew</title>{head}</head><body>{body}</body></html>".encode()


ARTICLE = (
    "<main><h1>We grew</h1><p>In March we were three people, and now we are eleven people in two cities.</p></main>"
)


def source(data: bytes, name: str = "pages/growth.html") -> Source:
    return parse_source(data, name)


def test_relative_links_lead_to_where_the_page_was_read() -> None:
    read = source(
        page("<main><p>Read <a href='../why.html'>why we did that</a> first, it is not long.</p></main>"),
        "https://a.example.org/b/c/",
    )

    assert [link.url for passage in read.passages for link in passage.links] == ["https://a.example.org/b/why.html"]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,hi", "vbscript:x", "JaVaScRiPt:alert(1)"])
def test_links_that_run_something_lead_nowhere(target: str) -> None:
    read = source(
        page(f"<main><p>Read <a href='{target}'>why we did that</a> first, it is not long.</p></main>"),
        "https://a.example.org/",
    )

    assert "why we did that" in read.passages[-1].text
    assert [link.url for passage in read.passages for link in passage.links] == []
    assert not any(target.partition(":")[0].lower() in line.lower() for line in read.lines)


def test_a_page_may_name_its_own_address_on_its_own_site() -> None:
    head = "<link rel=canonical href='/growth'>"

    assert source(page(ARTICLE, head), "https://www.example.org/growth?utm=1").link == "https://www.example.org/growth"
    assert (
        source(
            page(ARTICLE, "<link rel=canonical href='https://example.org/growth'>"), "https://www.example.org/g"
        ).link
        == "https://example.org/growth"
    )


def test_an_address_on_another_host_is_told_and_not_taken() -> None:
    read = source(
        page(ARTICLE, "<link rel=canonical href='https://other.example.com/growth'>"), "https://example.org/growth"
    )

    assert read.link == "https://example.org/growth"
    assert read.removed == ("its canonical address, which is on another host: https://other.example.com/growth",)


def test_a_saved_page_is_where_it_says_it_was() -> None:
    assert (
        source(page(ARTICLE, "<link rel=canonical href='https://example.org/growth'>")).link
        == "https://example.org/growth"
    )


@pytest.mark.parametrize(
    "canonical", ["javascript:alert(1)", "ftp://example.org/", "https://me@example.org/", "//", "http://[::1", ""]
)
def test_what_is_no_web_address_is_no_canonical_one(canonical: str) -> None:
    assert source(page(ARTICLE, f"<link rel=canonical href='{canonical}'>")).link == ""


def test_a_page_without_words_says_that_a_browser_may_be_needed() -> None:
    with pytest.raises(ContentError, match=r"^pages/growth.html: says nothing") as caught:
        source(page("<div id=root></div><script>render()</script>"))

    assert "browser" in caught.value.hint


def test_an_article_of_one_line_is_read() -> None:
    assert [passage.text for passage in source(page("<p>We grew.</p>")).passages][-1] == "We grew."


def test_markdown_that_begins_with_html_is_no_page() -> None:
    read = source(b"<div align='center'>\n\n# Sluice\n\n</div>\n\nWe *grew*.\n", "notes/readme.md")

    assert read.passages[-1].text == "We grew."
    assert read.lines[0] == "<div align='center'>"


def test_what_begins_like_a_tag_and_is_none_is_no_page() -> None:
    assert parse_source(b"<title: x\n</div> We grew.", "notes/call.md").lines == ("<title: x", "</div> We grew.")


def test_the_alt_text_of_the_pages_picture_is_found_in_the_page() -> None:
    head = "<meta property=og:image content=/a.png>"
    body = ARTICLE.replace("</main>", "<img src='https://example.org/a.png' alt='Eleven people'></main>")

    assert 'image_alt: "Eleven people"' in source(page(body, head), "https://example.org/growth").lines


@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("lxml", "from contentkit.sources.web_pages.page import PAGE; PAGE.manuscript(b'<p>We grew.</p>', 'a.html')"),
        ("feedparser", "from contentkit.sources.web_pages.feeds import feed_of; feed_of(b'<rss></rss>', '', 'a.html')"),
    ],
)
def test_without_the_libraries_for_the_web_it_is_said_how_to_install_them(library: str, call: str) -> None:
    code = (
        f"import sys; sys.modules[{library!r}] = None\ntry:\n    {call}\nexcept Exception as error: print(error.words)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.startswith("a.html: pages and feeds need more")
    assert "contentkit[web]" in said


def test_a_description_that_was_cut_off_is_none() -> None:
    head = "<meta name=description content='{}'><meta name=twitter:description content='{}'>"

    cut = source(page(ARTICLE, head.format("We were three people, and now we are elev...", "We grew.")))
    assert cut.description == "We grew."
    assert source(page(ARTICLE, head.format("We were three, and now …", ""))).description == ""


COMMENTS = "".join(
    f"<div class='sf_comment' id='sf_comment_{number}'><p>Valve fan<br>{number} minutes ago</p></div>"
    "<div class='sf_comment_text'><p>I never trusted that valve, and my neighbour did not either.</p></div>"
    for number in range(30)
)


@pytest.mark.parametrize(
    "furniture",
    [
        COMMENTS,
        "<div id='lista_comentarios'><h2>Comentar</h2><p>Normas de uso</p></div>",
        "<ul class='star-rating'><li>Rated 1 of 5</li><li>Rate it 2 stars</li></ul>",
        "<div id='x_sharebar1'><div class='c_sharetitle'>SHARE THIS</div></div>",
        "<div id='storyGalleryNav00Next'>&gt;&gt;</div><div id='gallerySlideTitle7'>Valves</div>",
        "<div class='GalleryCaptionControlText'>HIDE CAPTION</div>",
    ],
    ids=["comments", "comentarios", "stars", "share", "gallery", "caption"],
)
def test_what_readers_write_and_press_is_no_part_of_the_article(furniture: str) -> None:
    read = source(page(ARTICLE.replace("</main>", f"{furniture}</main>")))

    assert [one.text for one in read.passages if one.kind == "paragraph" and not one.aside] == [
        "In March we were three people, and now we are eleven people in two cities."
    ]
    assert not [one.text for one in read.passages if one.kind == "item"]


@pytest.mark.parametrize(
    "kept",
    [
        "<div class='gallery'><figure><img src=a.png><figcaption>The valve we sold.</figcaption></figure></div>",
        "<dl class='gallery-item'><dd class='gallery-caption'>The valve we sold.</dd></dl>",
        f"<div class='rating'><p>The valve we sold. {'It held for long, and then it did not. ' * 10}</p></div>",
        "<p class='commentary'>The valve we sold.</p>",
    ],
)
def test_the_words_of_galleries_and_reviews_are_the_articles(kept: str) -> None:
    read = source(page(ARTICLE.replace("</main>", f"{kept}</main>")))

    assert "The valve we sold." in "\n".join(read.lines)


STATES = "".join(
    f"<p><strong>{place}:</strong> The valve may be sold from January on.</p>"
    for place in ("Lowmark", "Overwater", "Lowmark", "Tarnby", "Overwater", "Essing", "Tarnby")
)
TALK = "".join(
    f"<p><strong>{name}:</strong> {words}</p>"
    for name, words in (
        ("Ana Ruiz", "Why did you throw the queue away?"),
        ("Bo Lind", "It made each of us wait for all others."),
        ("Ana Ruiz", "Did anybody ask for it since?"),
        ("Bo Lind", "Nobody did."),
    )
)
TIMES = "".join(f"<p><strong>Bo Lind</strong> [0{minute}:00]: We grew, and we say so.</p>" for minute in range(5))


@pytest.mark.parametrize(("body", "kind"), [(STATES, "post"), (TALK, "transcript"), (TIMES, "transcript")])
def test_a_page_is_a_transcript_only_where_people_speak_beyond_doubt(body: str, kind: str) -> None:
    assert source(page(f"<main><h1>We grew</h1>{body}</main>")).kind == kind


def test_the_words_before_a_colon_are_words_of_the_page_and_of_its_copy() -> None:
    read = reading_of(page(f"<main><h1>We grew</h1>{STATES}</main>"), "pages/states.html")
    copy = parse_source(copied(read.copy, Origin(place="", read=READ)), "notes/states.md")

    assert [one.text for one in copy.passages][-1] == "Tarnby: The valve may be sold from January on."
    assert copy.passages == read.source.passages


def test_an_article_in_a_column_of_a_table_is_no_table() -> None:
    body = (
        "<table><tr><td><a href=/>Home</a><br><a href=/a>Archive of everything</a></td><td>Yesterday we replaced the valve, which"
        " took eleven hours and four people.<br><br>It was not the valve. We should have asked Ana first.</td></tr></table>"
    )
    assert [(one.kind, one.text) for one in source(page(body)).passages[1:]] == [
        ("paragraph", "Yesterday we replaced the valve, which took eleven hours and four people."),
        ("paragraph", "It was not the valve. We should have asked Ana first."),
    ]
