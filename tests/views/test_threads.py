from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from contentkit.errors import ContentError
from contentkit.media import MediaFile, Picture
from contentkit.models import Account, Entry, Evidence, Limits, Media, Part, Post, Rendition
from contentkit.views.threads import heading, rendition_lines, rendition_view
from tests.views.terminal import coloured, shown

ACCOUNT = Account(name="ours", platform="mastodon", server="https://mastodon.example", limits=Limits(characters=60))
EVIDENCE = Evidence(source="notes/call.md", first=3, last=5, sha="3f9a61c2")
POST = Post(text="Each account is a lane.", evidence=(EVIDENCE,))
PART = Part(post=0, text=POST.text, length=23)
THREAD = Rendition(account=ACCOUNT, parts=(PART, PART), visibility="unlisted", warning="", language="en")
ENTRY = Entry(id="launch", draft="drafts/launch.md", at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), accounts=("ours",))


def frames(text: str, width: int = 80) -> list[str]:
    return shown(rendition_view(replace(THREAD, parts=(replace(PART, text=text),)), (POST,), None, width, {}), width)


def test_the_heading_says_where_and_how_it_goes_out() -> None:
    assert heading(THREAD, None) == "ours · mastodon https://mastodon.example · unlisted · en"
    warned = heading(replace(THREAD, warning="Numbers"), ENTRY)
    assert warned.endswith(" · warning: Numbers · Tue 24 Nov 09:30 UTC")


def test_each_part_has_a_frame_with_its_place_its_evidence_and_its_length() -> None:
    lines = shown(rendition_view(THREAD, (POST,), None, 80, {}))
    assert lines[1].startswith("╭─ 1/2 ──")
    assert lines[2].strip("│ ") == "Each account is a lane."
    assert lines[3].endswith("notes/call.md#L3-L5  23/60 ─╯")
    assert lines[4].startswith("╭─ 2/2 ──")


def test_a_part_that_is_too_long_stands_out() -> None:
    too_long = replace(THREAD, parts=(replace(PART, length=61),))
    assert "\x1b[31m" in coloured(rendition_view(too_long, (POST,), None, 80, {}))
    assert "\x1b[31m" not in coloured(rendition_view(THREAD, (POST,), None, 80, {}))


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
    pictures = {} if picture is None else {CHART.path: picture}
    thread = replace(THREAD, parts=(replace(PART, media=(CHART,)),))
    lines = list(rendition_lines(thread, None, pictures))[3:]
    framed = [line[2:-2].rstrip() for line in shown(rendition_view(thread, (POST,), None, 80, pictures))]
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
    thread = replace(THREAD, parts=(replace(PART, media=(Media(path="a\x1b[2J.png", alt="\u202ex"),)),))
    lines = "".join(shown(rendition_view(thread, (POST,), None, 80, {})))
    assert "\x1b" not in lines
    assert "\u202e" not in lines


def test_long_evidence_keeps_its_end_and_the_length() -> None:
    post = replace(POST, evidence=tuple(replace(EVIDENCE, first=line, last=line) for line in range(1, 30)))
    bottom = shown(rendition_view(replace(THREAD, parts=(PART,)), (post,), None, 80, {}))[-1]
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


def test_words_are_never_markup() -> None:
    assert any("[bold]x[/bold] [/]" in line for line in frames("[bold]x[/bold] [/]"))


def test_a_pipe_gets_the_text_letter_for_letter() -> None:
    text = "One.\n\n  Two: [red]x[/] 漢字"
    lines = list(rendition_lines(replace(THREAD, parts=(replace(PART, text=text),)), None, {}))
    assert lines[1:] == ["--- 1/1  23/60", text]
