"""What programs put beside the words of people is none of theirs, and what people say is not taken for it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import parse_source, reading_of


def said(text: str, name: str = "call.txt") -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in parse_source(text.encode(), name).passages if not one.aside]


def whatsapp(*messages: tuple[str, str]) -> list[str]:
    rest = [("Ana Torres", "Hello."), ("Bob Li", "Hello."), ("Ana Torres", "Bye.")]
    text = "\n".join(f"[04/03/26, 10:32:11] {writer}: {words}" for writer, words in [*messages, *rest])
    return [words for _, words in said(text)][: -len(rest)]


@pytest.mark.parametrize(
    "message",
    [
        ("Ana Torres", "Ana Torres added ~ Priya"),
        ("Ana Torres", "Ana Torres added Bob Li"),
        ("Ana Torres", "Ana Torres removed +52 55 1234 5678"),
        ("Ana Torres", "Ana Torres left"),
        ("Ana Torres", "You created this group"),
        ("~ Priya", "~ Priya joined using this group's invite link"),
        ("Bob Li", "Bob Li changed the group name to “Founders”"),
        ("Bob Li", "You're now an admin"),
        ("Bob Li", "Your security code with Ana Torres changed. Tap to learn more."),
        ("Bob Li", "Waiting for this message. This may take a while."),
        ("Ana Torres", "Ana Torres añadió a Bob Li"),
        ("Ana Torres", "Los mensajes y las llamadas están cifrados de extremo a extremo. Solo las personas lo leen."),
        ("Ana Torres", "Ana Torres hat Bob Li hinzugefügt"),
    ],
)
def test_what_whatsapp_tells_of_a_group_is_nobodys_message(message: tuple[str, str]) -> None:
    assert whatsapp(message) == []


@pytest.mark.parametrize(
    "message",
    [
        ("Ana Torres", "Ana Torres added up the numbers."),
        ("Ana Torres", "Bob Li left"),
        ("Ana Torres", "You left"),
        ("Ana Torres", "You added 40 trucks."),
        ("Ana Torres", "We added Bob Li to the group."),
        ("Bob Li", "Messages and calls are encrypted with us, too."),
    ],
)
def test_what_people_say_of_each_other_is_theirs(message: tuple[str, str]) -> None:
    assert whatsapp(message) == [message[1]]


def test_under_the_name_of_the_group_nobody_speaks() -> None:
    group = [
        ("Founders", "Messages and calls are end-to-end encrypted. Only people in this chat can read them."),
        ("Founders", "Bob Li left"),
    ]

    assert whatsapp(*group) == []


def slack_source(*lines: str) -> Source:
    answers = ["Bob Li", "  10:35 AM", "Good.", "Ana Torres", "  10:36 AM", "Bye."]
    return parse_source("\n".join(["Ana Torres", "  10:32 AM", *lines, *answers]).encode(), "chat.txt")


def slack(*lines: str) -> list[str]:
    return [one.text for one in slack_source(*lines).passages if one.speaker][:-2]


@pytest.mark.parametrize(
    "reactions", [[":tada: 3"], [":tada:", "3"], ["+1 2"], ["+1", "2"], [":+1::skin-tone-3: 2"], [":a: :b:", "12"]]
)
def test_who_reacted_to_a_message_said_nothing(reactions: list[str]) -> None:
    lines = slack("We sold 40.", *reactions)

    assert [line for line in lines if line != "+1"] == ["We sold 40."]


def test_a_number_that_is_a_message_stays() -> None:
    assert slack("How many did we sell?", "", "40") == ["How many did we sell?", "40"]


def test_an_edited_message_is_told_without_the_note() -> None:
    assert slack("We sold 40. (edited)") == ["We sold 40."]


@pytest.mark.parametrize("first", ["Acme blogAcme blog", "blog.acme.example", "www.blog.acme.example"])
def test_what_a_chat_shows_of_a_linked_page_is_an_aside_of_nobody(first: str) -> None:
    source = slack_source("Look: https://www.blog.acme.example/40", first, "How Acme sold 90.")

    shown = [(one.speaker, one.aside) for one in source.passages if "90" in one.text]
    assert shown == [("", True)]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://acme.example/blog/why-we-moved-to-rails-again", ["Why we moved to Rails again"]),
        ("https://acme.example/why-we-moved-to-rails", ["Acme", "Why we moved to Rails | Acme", "It took 2 years."]),
        ("https://acme.example/a/9", ["Acme VideosAcme Videos | Railway", "How we built it"]),
        ("https://acme.example/a/9", ["Acme", "How we built it"]),
        ("https://git.example/acme/rails", ["GitHub - acme/rails: Lay them", "Lay them fast."]),
        ("https://git.example/acme/rails/pull/12", ["Lay them by ana · Pull Request #12 · acme/rails"]),
    ],
)
def test_a_page_shows_by_the_words_of_its_address_and_its_site(link: str, shown: list[str]) -> None:
    source = slack_source(f"Look: {link}", *shown)

    assert next(one.text for one in source.passages if one.speaker) == f"Look: {link}"
    assert " ".join(one.text for one in source.passages if one.aside) == " ".join(shown)


@pytest.mark.parametrize(
    "words",
    [
        "haha",
        "We moved, too.",
        "Why did it take 2 years? We moved in one, and never looked back.",
        "bye bye",
        "Acme is us.",
    ],
)
def test_what_is_said_below_a_link_stays_with_who_says_it(words: str) -> None:
    link = "https://acme.example/blog/why-we-moved-to-rails-again"

    assert " ".join(slack(link, words)) == f"{link} {words}"


def test_what_follows_a_link_without_a_sign_of_its_page_is_said() -> None:
    assert slack("Look: https://acme.example/40", "We sold 40.") == ["Look: https://acme.example/40", "We sold 40."]


CAPTION = "{number}\n00:00:{number:02},000 --> 00:00:{number:02},900\n{words}\n"


def captions(*lines: str) -> list[tuple[str, str]]:
    return said("\n".join(CAPTION.format(number=number, words=words) for number, words in enumerate(lines, 1)), "a.srt")


def test_who_speaks_once_is_known_where_each_caption_has_a_name() -> None:
    heard = captions("Ana: Who?", "Bob: Not I.", "Ana: Who then?", "Bob: Ask.", "Carla: It was me.")

    assert heard[-1] == ("Carla", "It was me.")


def test_who_speaks_once_is_nobody_where_captions_seldom_have_names() -> None:
    heard = captions("Ana: Who?", "I wonder.", "Bob: Not I.", "No.", "Ana: Who then?", "Bob: Ask.", "Friday: we left.")

    assert heard[-1] == ("", "Friday: we left.")


def test_programs_that_tell_voices_apart_name_them_in_brackets() -> None:
    assert captions("[SPEAKER_00]: Who?", "[SPEAKER_01]: Not I.", "[SPEAKER_00]: Who then?") == [
        ("SPEAKER_00", "Who?"), ("SPEAKER_01", "Not I."), ("SPEAKER_00", "Who then?"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "9:00\nBreakfast\n9:30\nThe planner\n10:00\nThe price",
        "0:00\nIntro\n0:30\n\n1:00\nEnd",
        "0:00\n1:00\n2:00\n3:00\nWe met.",
        "0:00\nHi.\n2:00\nWe met.\n1:00\nBye.",
        "0:10\nHi.\n0:10\nWe met.\n0:10\nBye.",
    ],
)
def test_times_that_are_none_of_a_recording_make_no_transcript(text: str) -> None:
    assert parse_source(text.encode(), "a.txt").kind == "note"


def test_a_time_between_turns_is_no_word_of_anybody() -> None:
    text = "**Ana Torres:** We sold 40.\n\n05:00\n\n**Bob Li:** Good.\n\n**[06:00]**\n\n**Ana Torres:** Yes."

    assert said(text, "a.md") == [("Ana Torres", "We sold 40."), ("Bob Li", "Good."), ("Ana Torres", "Yes.")]


def test_what_stands_above_segments_is_an_aside() -> None:
    text = "Detected language: English\n[00:00.000 --> 00:01.000]  We sold 40.\n[00:01.000 --> 00:02.000]  Bye.\n"
    source = parse_source(text.encode(), "call.txt")

    assert [(one.text, one.aside) for one in source.passages] == [
        ("Detected language: English", True),
        ("We sold 40. Bye.", False),
    ]


def test_front_matter_names_the_one_voice_of_segments() -> None:
    assert said(
        "---\nspeaker: Ana Torres\n---\n[00:00.000 --> 00:01.000]  We sold 40.\n[00:01.000 --> 00:02.000]  Bye."
    ) == [("Ana Torres", "We sold 40. Bye.")]


@pytest.mark.parametrize(
    "text",
    [
        "[00:00.000 --> 00:01.000]  Ana: We sold 40.\n[00:01.000 --> 00:02.000]  [otr] Bob: To Acme.\n"
        "[00:02.000 --> 00:03.000]  Ana: No. [/otr] They are glad.\n[00:03.000 --> 00:04.000]  Ana: Bye.",
        "[00:00.000 --> 00:01.000]  Ana: We sold 40.\n[00:01.000 --> 00:02.000]  [otr]Bob:[/otr] They are glad.\n"
        "[00:02.000 --> 00:03.000]  Ana: Bye.\n[00:03.000 --> 00:04.000]  Bob: Bye.",
    ],
)
def test_segments_whose_name_was_cut_out_are_nobodys(text: str) -> None:
    assert [speaker for speaker, words in said(text) if "glad" in words] == [""]


def whisper_json(segments: Sequence[object], **more: object) -> Source:
    return parse_source(json.dumps({"segments": segments, **more}).encode(), "call.json")


SEGMENT = {"start": 0.0, "end": 1.5, "text": " We sold 40."}


def test_a_file_of_segments_needs_a_copy_that_reads_the_same() -> None:
    reading = reading_of(json.dumps({"segments": [SEGMENT, SEGMENT], "language": "en"}).encode(), "call.json")
    again = parse_source("\n".join(reading.copy).encode(), "notes/call.md")

    assert not reading.in_place
    assert (again.passages, again.language) == (reading.source.passages, "en")


def test_the_segments_of_whisper_cpp_are_read() -> None:
    stamps = {"timestamps": {"from": "00:00:00,000", "to": "00:00:01,500"}, "text": " We sold 40."}
    source = parse_source(json.dumps({"transcription": [stamps, stamps]}).encode(), "call.json")

    assert source.lines[0] == "[00:00:00.000 --> 00:00:01.500]  We sold 40."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"segments": [{"start": 0, "end": 1, "text": "a"}', "is no JSON from beginning to end"),
        ('{"segments": [{"start": 0, "end": 1, "text": "\\ud800"}]}', "is no JSON from beginning to end"),
        ('{"segments": {"start": 0, "end": 1, "text": "a"}}', "says nothing"),
        (
            '{"segments": [{"start": NaN, "end": 1, "text": "a"}, {"start": "x", "end": [], "text": "a"}, 3]}',
            "says nothing",
        ),
        ('{"segments": ' + "[" * 100_000 + '"start" "end" "text"', "is no JSON from beginning to end"),
    ],
)
def test_a_file_of_segments_that_cannot_be_read_says_so(text: str, why: str) -> None:
    with pytest.raises(ContentError, match=why):
        parse_source(text.encode(), "call.json")


def test_a_file_of_segments_that_calls_itself_off_the_record_is_not_read() -> None:
    with pytest.raises(ContentError, match="marks something as off the record"):
        whisper_json([SEGMENT, SEGMENT], off_record=True)


def test_a_mark_in_a_segment_is_obeyed() -> None:
    source = whisper_json([SEGMENT, {**SEGMENT, "text": "[otr] CANARY"}, {**SEGMENT, "text": "x [/otr] We left."}])

    assert (source.redactions, "CANARY" in "\n".join(source.lines)) == (1, False)
