from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.checks.beside import Beside, Cited, Said
from contentkit.errors import ContentError
from contentkit.media import MediaFile, Picture
from contentkit.models import Account, Entry, Evidence, Limits, Media, Part, Post, Rendition
from contentkit.money.prices import Prices, cost_of
from contentkit.platforms import Platform
from contentkit.platforms.mastodon import Mastodon
from contentkit.platforms.x import X
from contentkit.views.pictures import Pictures
from contentkit.views.threads import Preview, heading, thread_lines, thread_view
from tests.views.terminal import coloured, shown

ACCOUNT = Account(name="ours", platform="mastodon", server="https://mastodon.example", limits=Limits(characters=60))
EVIDENCE = Evidence(source="notes/call.md", first=3, last=5, sha="3f9a61c2")
POST = Post(text="Each account is a lane.", evidence=(EVIDENCE,))
PART = Part(post=0, text=POST.text, length=23, visibility="unlisted")
THREAD = Rendition(
    account=ACCOUNT, parts=(PART, replace(PART, post=1)), visibility="unlisted", warning="", language="en"
)
ENTRY = Entry(id="launch", draft="drafts/launch.md", at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), accounts=("ours",))


def preview(*parts: Part, **changes: object) -> Preview:
    """A preview of these parts of one post; ``changes`` are of the thread."""
    return Preview(
        rendition=replace(THREAD, parts=parts or THREAD.parts, **changes),  # type: ignore[arg-type]
        posts=(POST, POST),
        platform=Mastodon(),
        pictures={},
    )


def part(text: str) -> Part:
    return replace(PART, text=text, length=len(text))


def frames(text: str, width: int = 80, platform: Platform | None = None) -> list[str]:
    one = replace(preview(part(text)), platform=platform or Mastodon())
    return shown(thread_view(one, width), width)


def test_the_heading_says_where_and_how_it_goes_out() -> None:
    assert heading(preview()) == "ours · mastodon https://mastodon.example · 2 parts · unlisted · en"
    warned = heading(replace(preview(warning="Numbers"), entry=ENTRY))
    assert warned.endswith(" · warning: Numbers · Tue 24 Nov 09:30 UTC")


def test_what_a_post_rests_on_stands_below_its_last_part_where_somebody_asked() -> None:
    said = Said(speaker="Odile", text="Each account is a lane of its own.", shared=((0, 22),))
    cited = Cited(evidence=EVIDENCE, state="holds", said=(said,))
    beside = (Beside(number=1, line=6, text=POST.text, cited=(cited,)),) * 2
    told = replace(preview(PART, PART, replace(PART, post=1)), beside=beside)
    lines = list(thread_lines(told))
    assert [line[:10] for line in lines[1:]] == [
        "--- 1/3  2",
        "Each accou",
        "--- 2/3  2",
        "Each accou",
        "[evidence]",
        "[evidence]",
        "--- 3/3  2",
        "Each accou",
        "[evidence]",
        "[evidence]",
    ]
    assert lines[5:7] == [
        "[evidence] notes/call.md#L3-L5 · holds · Odile",
        "[evidence]   _Each account is a lane_ of its own.",
    ]
    framed = shown(thread_view(told, 80))
    assert [line.strip() for line in framed].count("Each account is a lane of its own.") == 2
    assert "lane of its own" not in "\n".join(shown(thread_view(preview(PART), 80)))


def test_the_heading_counts_one_part_as_one() -> None:
    assert " · 1 part · " in heading(preview(PART))


def test_each_part_has_a_frame_with_its_place_its_evidence_and_its_length() -> None:
    lines = shown(thread_view(preview(), 80))
    assert lines[1].startswith("╭─ 1/2 ──")
    assert lines[2].strip("│ ") == "Each account is a lane."
    assert lines[3].endswith("notes/call.md#L3-L5  23/60 ─╯")
    assert lines[4].startswith("╭─ 2/2 ──")


def test_a_part_that_is_too_long_stands_out_in_words_and_colour() -> None:
    too_long = preview(replace(PART, length=61))
    assert shown(thread_view(too_long, 80))[-1].endswith("61/60, 1 too many ─╯")
    assert "\x1b[31m" in coloured(thread_view(too_long, 80))
    assert "\x1b[31m" not in coloured(thread_view(preview(), 80))


def test_a_part_of_a_post_that_was_split_says_which() -> None:
    split = preview(PART, replace(PART, post=1), replace(PART, post=1))
    assert [line for line in thread_lines(split) if line.startswith("---")] == [
        "--- 1/3  23/60",
        "--- 2/3  23/60  post 2, part 1 of 2",
        "--- 3/3  23/60  post 2, part 2 of 2",
    ]
    assert "2/3 · post 2, part 1 of 2 ──" in "\n".join(shown(thread_view(split, 80)))


def test_who_sees_a_part_is_told_where_it_is_not_who_sees_the_first() -> None:
    first, reply = replace(PART, visibility="public"), replace(PART, post=1, visibility="unlisted")
    lines = list(thread_lines(preview(first, reply, visibility="public")))
    assert lines[1] == "--- 1/2  23/60"
    assert lines[3] == "--- 2/2  23/60  unlisted"


def test_a_content_warning_covers_each_part() -> None:
    lines = list(thread_lines(preview(warning="Numbers")))
    assert lines[1:] == [
        "--- 1/2  23/60  warning: Numbers",
        POST.text,
        "--- 2/2  23/60  warning: Numbers",
        POST.text,
    ]
    framed = shown(thread_view(preview(warning="Numbers"), 80))
    assert sum("[content warning] Numbers" in line for line in framed) == 2


def test_a_network_without_content_warnings_shows_none() -> None:
    bare = replace(preview(warning="Numbers", visibility="public"), platform=X())
    assert "  warning: " not in "\n".join(thread_lines(bare))
    assert "no content warning: the network has none" in heading(bare)


def test_an_account_that_gets_nothing_is_told_so() -> None:
    nothing = replace(preview(), rendition=replace(THREAD, parts=()))
    assert list(thread_lines(nothing))[1:] == ["Nothing of this draft is for this account."]
    assert shown(thread_view(nothing, 80))[1:] == ["Nothing of this draft is for this account."]


LONG = "https://www.example.org/blog/2026/how-we-write/?utm_source=social"


def test_a_link_looks_as_on_its_network_and_its_whole_address_stands_below() -> None:
    lines = [line.strip("│ ") for line in frames(f"Read {LONG} now.")]
    assert lines[2:4] == ["Read example.org/blog/2026/how-we-w… now.", f"[link] {LONG}"]
    lines = [line.strip("│ ") for line in frames(f"Read {LONG} now.", platform=X())]
    assert lines[2] == "Read example.org/blog/2026/how-… now."


def test_a_short_link_needs_no_line_below() -> None:
    assert not any("[link]" in line for line in frames("Read https://example.org/a now."))


def test_a_dotted_name_that_x_makes_a_link_of_is_told() -> None:
    x = replace(preview(part("Look at setup.py, and at setup.py again.")), platform=X())
    assert list(thread_lines(x))[3:] == ["[link] setup.py will be a link"]
    assert any("[link] setup.py will be a link" in line for line in shown(thread_view(x, 80)))
    assert not any("[link]" in line for line in frames("Look at setup.py."))


def test_on_a_network_that_bills_each_part_and_the_whole_have_their_price() -> None:
    prices = Prices(create=Decimal("0.015"), create_with_link=Decimal("0.200"))
    plain, linked = PART, replace(part("https://example.org"), post=1)
    costly = preview(plain, linked)
    costly = replace(costly, cost=cost_of(costly.rendition, prices, Mastodon().links))
    lines = list(thread_lines(costly))
    assert " · 2 parts · costs $0.215 · " in lines[0]
    assert [line for line in lines if line.startswith("---")] == ["--- 1/2  23/60  $0.015", "--- 2/2  19/60  $0.20"]


def test_links_mentions_and_hashtags_stand_out_without_colour_too() -> None:
    seen = coloured(thread_view(preview(part("See https://example.org @ana #Python")), 80))
    assert "\x1b[4;34mexample.org\x1b[0m" in seen
    assert "\x1b[1;35m@ana\x1b[0m" in seen
    assert "\x1b[1;35m#Python\x1b[0m" in seen


CHART = Media(path="images/a.png", alt="A chart")
FILE = MediaFile(
    path="images/a.png",
    kind="image",
    mime="image/png",
    data=bytes(86_016),
    width=1200,
    height=675,
    removed=("GPS position", "text"),
)


def told(picture: Picture | None) -> list[str]:
    """What a pipe and what a terminal gets of a thread with one picture."""
    pictures: Pictures = {} if picture is None else {CHART.path: picture}
    one = replace(preview(replace(PART, media=(CHART,))), pictures=pictures)
    lines = list(thread_lines(one))[3:]
    framed = [line[2:-2].rstrip() for line in shown(thread_view(one, 80))]
    assert framed[3 : 3 + len(lines)] == lines
    return lines


def test_pictures_are_told_with_their_alt_text() -> None:
    assert told(None) == ["[picture] images/a.png: A chart"]


def test_what_is_sent_of_a_picture_is_told_and_what_was_taken_out() -> None:
    assert told(FILE)[1] == "    PNG, 1200 x 675, 84 KiB; removed: GPS position, text"
    assert told(replace(FILE, removed=()))[1] == "    PNG, 1200 x 675, 84 KiB"


def test_what_moves_is_told_as_what_it_is() -> None:
    assert told(replace(FILE, kind="gif", mime="image/gif"))[0] == "[animated GIF] images/a.png: A chart"
    film = told(replace(FILE, kind="video", mime="video/quicktime", data=bytes(3_355_443)))
    assert film[0] == "[film] images/a.png: A chart"
    assert film[1].startswith("    QuickTime, 1200 x 675, 3.2 MiB;")


def test_a_picture_that_cannot_be_sent_says_why_in_its_place() -> None:
    assert told(ContentError("images/a.png: is empty"))[1] == "    cannot be sent: is empty"


def test_the_name_of_a_picture_steers_no_terminal() -> None:
    one = preview(replace(PART, media=(Media(path="a\x1b[2J.png", alt="\u202ex"),)))
    lines = "".join(shown(thread_view(one, 80)))
    assert "\x1b" not in lines
    assert "\u202e" not in lines


def test_long_evidence_keeps_its_end_and_the_length() -> None:
    post = replace(POST, evidence=tuple(replace(EVIDENCE, first=line, last=line) for line in range(1, 30)))
    bottom = shown(thread_view(replace(preview(PART), posts=(post,)), 80))[-1]
    assert "…" in bottom
    assert bottom.endswith("notes/call.md#L29  23/60 ─╯")


@given(
    text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Cc", "Cf", "So"]), max_size=300),
    width=st.integers(40, 120),
)
def test_every_line_fits_the_terminal_and_steers_nothing(text: str, width: int) -> None:
    lines = frames(text, width)
    assert max(wcswidth(line) for line in lines) <= min(width, 80)
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)


def test_wide_letters_and_emoji_keep_the_frame_straight() -> None:
    lines = frames("漢字" * 40 + " 🎉 👍🏽 é")
    assert {wcswidth(line) for line in lines[1:]} == {80}


@pytest.mark.parametrize("text", ["\U0001f1e6", "a\U0001f1e6b", "\U0001f3fd", "x\U0001f3fd", "\U0001f1e6" * 3])
def test_half_a_flag_and_a_lone_skin_tone_keep_the_frame_straight(text: str) -> None:
    assert {wcswidth(line) for line in frames(text)[1:]} == {80}
    assert "\\u{1f" in "".join(frames(text))


def test_whole_flags_and_hands_are_shown_as_they_are() -> None:
    assert any("🇲🇽 👍🏽" in line for line in frames("🇲🇽 👍🏽"))


def test_words_are_never_markup() -> None:
    assert any("[bold]x[/bold] [/]" in line for line in frames("[bold]x[/bold] [/]"))


def test_a_pipe_gets_the_text_letter_for_letter() -> None:
    text = "One.\n\n  Two: [red]x[/] 漢字"
    lines = list(thread_lines(preview(replace(PART, text=text, visibility="unlisted"))))
    assert lines[1:] == ["--- 1/1  23/60", text]
