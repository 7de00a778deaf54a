"""The page for whoever approves: all of it is there, nothing leaves it, and it can be read."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.models import Media, Part
from contentkit.text import printable
from contentkit.views.page import MARKER, Page, Quote, page
from tests.views.document import Element, parsed
from tests.views.page_samples import (
    CHART,
    DIGEST,
    EVIDENCE,
    LINK,
    ON_X,
    PAGE,
    PICTURE,
    PREVIEW,
    TEXTS,
    WORK,
    with_preview,
    with_text,
)

STRANGE = st.text() | st.text("<>&\"'/= \n-!ab;#x\u202e\x00\x1b\ud800é", max_size=60)


def read(shown: Page = PAGE) -> Element:
    return parsed(page(shown))


# -- nothing leaves the page, nothing runs in it


def test_the_policy_forbids_everything_but_what_the_page_brings_along() -> None:
    head = read().only("head")
    policies = [one for one in head if one.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    said = policies[0].attributes["content"].split("; ")
    assert {"default-src 'none'", "img-src data:", "style-src 'unsafe-inline'"} <= set(said)
    names = [one.name for one in head]
    assert list(head).index(policies[0]) < names.index("style")


def test_a_page_has_no_element_that_runs_or_fetches() -> None:
    allowed = {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "h1", "h2", "h3",
        "p", "dl", "div", "dt", "dd", "small", "time", "code", "ol", "li", "b", "span", "a", "details", "summary", "figure",
        "figcaption", "img", "blockquote", "mark",
    }  # fmt: skip
    assert {one.name for one in read()} <= allowed


def test_a_page_has_no_address_but_links_for_people_and_pictures_within() -> None:
    for one in read():
        for name, value in one.attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if one.name == "a" and name == "href":
                assert value.startswith(("https://", "http://"))
            elif name == "src":
                assert value.startswith("data:image/")
            else:
                assert "://" not in value


def test_the_style_fetches_nothing() -> None:
    style = read().only("style").text
    assert "url(" not in style
    assert "@import" not in style


def test_a_page_says_whose_it_is_where_it_begins() -> None:
    assert MARKER in page(PAGE)[:1000]


# -- what is shown is what goes out


def test_every_text_stands_there_with_its_line_breaks() -> None:
    shown = [one.text for one in read(with_text("One.\n\n  Two: <b>no</b> & *no*\n")).classed("text")]
    assert shown == ["One.\n\n  Two: <b>no</b> & *no*\n"]


@settings(max_examples=300, deadline=None)
@given(text=STRANGE.filter(bool))
def test_whatever_a_text_says_it_stays_text(text: str) -> None:
    document = read(with_text(f"x {text}"))
    [shown] = document.classed("text")
    assert {one.name for one in shown} <= {"div", "a", "span"}
    # Python's own reader of HTML takes a carriage return for a line break, as browsers do.
    written = "".join(shown.text.split())
    links = [one.text for one in shown.all("a")]
    assert links or written == "".join(printable(f"x {text}").split())


@settings(max_examples=200, deadline=None)
@given(words=STRANGE)
def test_whatever_else_comes_from_outside_stays_text(words: str) -> None:
    account = replace(PREVIEW.rendition.account, handle=words, name=words)
    media = Media(path=words, alt=words)
    part = Part(post=0, text="x", length=1, media=(media,))
    rendition = replace(PREVIEW.rendition, account=account, parts=(part,), warning=words, language=words)
    one = replace(PREVIEW, rendition=rendition, pictures={words: ContentError(words)})
    quote = Quote(place=words, words=(words,), why=words)
    work = replace(WORK, title=words, approval=words, name=words, findings=words, previews=(one,))
    strange = read(replace(PAGE, works=(replace(work, quotes={EVIDENCE: quote}),)))
    plain = {"html", "head", "body", "main", "style", "title"}
    assert {one.name for one in strange if one.name in plain | {"script", "iframe"}} == plain
    assert strange.only("h1").text.replace("\n", " ").split() == printable(words).split()


def test_a_link_is_shown_as_on_its_network_and_leads_to_its_whole_address() -> None:
    [mastodon, x] = read().all("a")
    assert (mastodon.text, x.text) == ("example.org/grebe/2026/how-we-…", "example.org/grebe/2026/how…")
    assert mastodon.attributes == {"href": LINK, "rel": "noopener noreferrer"}
    assert sum(f"Leads to {LINK}" in one.text for one in read().classed("foot")) == 2


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/"])
def test_only_the_web_is_linked(text: str) -> None:
    assert read(with_text(text)).all("a") == []


def test_a_dotted_name_looks_like_the_link_that_x_makes_of_it_and_leads_nowhere() -> None:
    text = "Look at setup.py now."
    dotted = replace(ON_X, rendition=replace(ON_X.rendition, parts=(Part(post=1, text=text, length=21),)), cost=None)
    document = read(with_preview(dotted))
    assert [one.text for one in document.classed("bare")] == ["setup.py"]
    assert document.all("a") == []
    assert "setup.py will be a link" in document.classed("foot")[0].text


def test_a_content_warning_covers_the_part_and_opens_without_a_script() -> None:
    warned = replace(PREVIEW, rendition=replace(PREVIEW.rendition, warning="Numbers"))
    covers = read(with_preview(warned)).classed("warning")
    assert [one.only("summary").text for one in covers] == ["Content warning: Numbers"] * 2
    assert covers[0].classed("text")[0].text == TEXTS[0]


def test_a_network_without_content_warnings_says_so() -> None:
    bare = replace(ON_X, rendition=replace(ON_X.rendition, warning="Numbers"))
    document = read(with_preview(bare))
    assert document.classed("warning") == []
    assert "which this network does not have" in document.classed("about")[0].text


def test_a_picture_is_there_as_it_will_be_sent_with_its_alt_text_to_read() -> None:
    [figure] = read(with_preview(PREVIEW)).classed("picture")
    image = figure.only("img")
    kind, _, data = image.attributes["src"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == PICTURE.data
    assert image.attributes["alt"] == CHART.alt
    assert figure.only("figcaption").text == f"Alt text: {CHART.alt}"


def test_a_film_is_named_and_not_embedded() -> None:
    film = replace(PICTURE, kind="video", mime="video/mp4", data=bytes(3_355_443))
    [figure] = read(with_preview(replace(PREVIEW, pictures={CHART.path: film}))).classed("picture")
    assert figure.all("img") == []
    assert figure.only("p").text == f"Film {CHART.path} (MP4, 24 x 40, 3.2 MiB)"


def test_a_picture_that_cannot_be_sent_says_why() -> None:
    broken = replace(PREVIEW, pictures={CHART.path: ContentError(f"{CHART.path}: is empty")})
    [figure] = read(with_preview(broken)).classed("picture")
    assert figure.only("p").text == f"{CHART.path} cannot be sent: is empty"


def test_each_text_says_its_language_and_takes_its_direction_from_its_words() -> None:
    arabic = replace(PREVIEW, rendition=replace(PREVIEW.rendition, language="ar"))
    texts = read(with_preview(arabic)).classed("text")
    assert {(one.attributes["lang"], one.attributes["dir"]) for one in texts} == {("ar", "auto")}
    # The page itself is English, and a text of an unknown language must not pass for it.
    unknown = replace(PREVIEW, rendition=replace(PREVIEW.rendition, language=""))
    assert {one.attributes["lang"] for one in read(with_preview(unknown)).classed("text")} == {""}


def test_below_each_part_stands_what_sets_it_apart() -> None:
    feet = [[one.text for one in foot.content if isinstance(one, Element)] for foot in read().classed("foot")]
    assert feet[0][0] == "45/500"
    assert feet[1][:2] == ["70/500", "unlisted"]
    assert feet[2][:2] == ["45/280", "$0.02"]
    assert feet[3][:2] == ["70/280", "$0.20"]


def test_a_part_that_is_too_long_stands_out() -> None:
    part = Part(post=0, text="x", length=501)
    document = read(with_preview(replace(PREVIEW, rendition=replace(PREVIEW.rendition, parts=(part,)))))
    assert len(document.classed("wrong")) == 1
    assert document.classed("alarm")[0].text == "501/500, 1 too many"


def test_an_account_of_which_nothing_is_for_it_says_so() -> None:
    nothing = replace(PREVIEW, rendition=replace(PREVIEW.rendition, parts=()))
    assert "Nothing of this draft is for this account." in read(with_preview(nothing)).text


# -- when, who, what it rests on, and which version this is


def facts(document: Element) -> dict[str, str]:
    return {one.only("dt").text: one.only("dd").text for one in document.only("dl") if one.name == "div"}


def test_the_page_says_when_it_goes_out_who_approved_it_and_what_it_costs() -> None:
    assert facts(read()) == {
        "Goes out": "Tue 24 Nov 2026, 09:30 CSTAmerica/Mexico_City",
        "Approval": "not approved yet",
        "Price": "$0.22",
        "Version": "9f2c41ab07d3name it when you answer",
    }


def test_what_is_left_to_mend_is_told() -> None:
    assert facts(read(replace(PAGE, works=(replace(WORK, findings="1 error"),))))["Still to mend"] == "1 error"


def test_a_draft_without_a_time_says_so_and_a_paused_entry_too() -> None:
    assert facts(read(replace(PAGE, works=(replace(WORK, entry=None),))))["Goes out"] == "not on the calendar yet"
    assert WORK.entry
    paused = replace(WORK, entry=replace(WORK.entry, paused=True))
    assert facts(read(replace(PAGE, works=(paused,))))["Paused"].startswith("yes")


def test_an_entry_that_waits_for_another_says_for_which() -> None:
    assert WORK.entry
    waiting = replace(WORK, entry=replace(WORK.entry, after="grebe-1"))
    assert facts(read(replace(PAGE, works=(waiting,))))["Waits for"] == "grebe-1"


def test_the_whole_digest_stands_at_the_end() -> None:
    end = read().classed("colophon")[0].text
    assert DIGEST in end
    assert "Made Sun 22 Nov 2026, 11:20 UTC by contentkit 0.1.0" in end


def test_each_post_names_what_it_rests_on_once_with_its_words() -> None:
    split = replace(PREVIEW.rendition, parts=(PREVIEW.rendition.parts[0], Part(post=0, text="y", length=1)))
    document = read(with_preview(replace(PREVIEW, rendition=split)))
    [rests] = [one for one in document.all("summary") if one.text.startswith("Rests on ")]
    assert rests.text == "Rests on notes/call.md, lines 3 to 5"
    assert document.only("blockquote").text == "Odile: We restore in six minutes."


def test_the_words_that_the_post_has_too_are_marked_and_the_others_are_not() -> None:
    quotes = {EVIDENCE: Quote(place="notes/call.md, line 3", words=("Odile: Restoring takes <6> minutes.",))}
    document = read(replace(with_preview(PREVIEW), works=(replace(WORK, previews=(PREVIEW,), quotes=quotes),)))
    assert [one.text for one in document.all("mark")] == ["Restoring takes <6> minutes"]
    assert "Underlined: words that the post has, too." in document.text
    quotes = {EVIDENCE: Quote(place="notes/call.md, line 3", words=("Nothing like that.",))}
    document = read(replace(with_preview(PREVIEW), works=(replace(WORK, previews=(PREVIEW,), quotes=quotes),)))
    assert document.all("mark") == []
    assert "Underlined" not in document.text


def test_what_is_not_quoted_says_why() -> None:
    quotes = {EVIDENCE: Quote(place="notes/call.md, line 3", why="changed since")}
    document = read(replace(with_preview(PREVIEW), works=(replace(WORK, previews=(PREVIEW,), quotes=quotes),)))
    assert document.all("blockquote") == []
    assert "notes/call.md, line 3: changed since" in document.text


# -- it can be read


def test_headings_begin_with_one_and_leave_out_no_level() -> None:
    for shown in (PAGE, replace(PAGE, works=(WORK, WORK))):
        levels = [int(one.name[1]) for one in read(shown) if re.fullmatch(r"h[1-6]", one.name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_there_are_landmarks_and_every_section_has_a_name() -> None:
    document = read()
    assert [one.name for one in document.only("body").content if isinstance(one, Element)] == [
        "header",
        "main",
        "footer",
    ]
    names = {one.attributes["id"] for one in document if "id" in one.attributes}
    for section in document.all("section"):
        label = section.attributes.get("aria-labelledby")
        assert label in names if label else section.attributes["aria-label"]


def test_no_name_is_given_twice() -> None:
    names = [one.attributes["id"] for one in read(replace(PAGE, works=(WORK, WORK))) if "id" in one.attributes]
    assert len(names) == len(set(names)) == 4


def colours(style: str) -> tuple[dict[str, str], dict[str, str]]:
    """The light and the dark palette, by the names of their colours."""
    screen, _, _ = style.partition("@media print")
    light, dark = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in screen.split(":root {")[1:3]]
    return light, dark


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 computes it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_every_colour_of_letters_can_be_read_on_every_ground_in_both_themes() -> None:
    style = read().only("style").text
    letters = set(re.findall(r"[^-]color: var\(--(\w+)\)", style))
    grounds = set(re.findall(r"background: var\(--(\w+)\)", style))
    assert "ink" in letters
    assert {"paper", "card", "note"} <= grounds
    for palette in colours(style):
        assert palette.keys() >= letters | grounds
        for letter in letters:
            for ground in grounds:
                assert contrast(palette[letter], palette[ground]) >= 4.5, (letter, ground, palette)


def test_the_palettes_are_the_only_colours() -> None:
    style = read().only("style").text
    outside = re.sub(r"--\w+: #[0-9a-f]{6};", "", style)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", outside) == []


def test_a_hundred_parts_without_pictures_stay_below_a_megabyte() -> None:
    parts = tuple(Part(post=0, text=f"{number} & " + "<words> " * 60, length=490) for number in range(100))
    quote = Quote(place="notes/call.md, lines 3 to 5", words=("It was said like this. " * 18,) * 4)
    long = replace(PREVIEW, rendition=replace(PREVIEW.rendition, parts=parts))
    work = replace(WORK, previews=(long,), quotes={EVIDENCE: quote})
    assert len(page(replace(PAGE, works=(work,))).encode()) < 1_000_000


def test_the_same_is_always_the_same_page() -> None:
    assert page(PAGE) == page(PAGE)
