"""Which files are transcripts and chats; in doubt none."""

from __future__ import annotations

import pytest

from contentkit.sources import parse_source

NO_TRANSCRIPTS = [
    "Agenda\n\n10:00 Welcome\nAna opens.\n10:15 Demo\nBob shows it.\n11:00 Welcome\nAnd again.",
    "# Log\n\n[10:32] Deploy: started\n[10:40] Deploy: failed\n[10:50] Deploy: done",
    "[2026-03-04 10:32] error: disk full\n[2026-03-04 10:33] error: disk full\n[2026-03-04 10:34] warning: nearly full",
    "Lunch (12:00)\nSoup.\n\nLunch (13:00)\nPasta.",
    "Chapters\n0:00 Intro\n0:30 The planner\n1:20 Outro",
    "Monday, 10:32\nWe went.\nMonday, 11:32\nWe went on.",
    "John 3:16\nFor God so loved the world.\nJohn 3:17\nFor God did not send.",
    "# Captions\n\nA cue looks like this:\n\n    00:01.000 --> 00:02.000\n    Hello\n\nand that is all.",
    "Attendees: Ana, Bob\n\nTranscript\n\nWe did not record it.",
    "<ul>\n<li> one\n<li> two\n<li> three\n</ul>",
    "We meet at 10:32\nand go on.\nWe meet at 11:32\nand go home.",
    '[Guide]: guide.md\n[Ana]: https://ana.example\n[Guide]: <https://b.example> "Home"\n\nRead the [Guide].',
    "[2026-03-04 10:32] deploy\nIt began.\n[2026-03-04 10:40] rollback\nIt ended.\n[2026-03-05 10:40] again\nGood.",
    "Lunch 12:00:00 and soup\n\nDinner 18:00:00 and bread",
]


@pytest.mark.parametrize("text", NO_TRANSCRIPTS)
def test_times_beside_other_words_make_no_transcript(text: str) -> None:
    assert parse_source(text.encode(), "notes/day.md").format == "text"


CUE = "00:01.000 --> 00:02.000\n<v Ana Torres>We sold 40."


@pytest.mark.parametrize(
    "start", ["WEBVTT\n\n", "WEBVTT - call\n\n", "\n\nWEBVTT\n\n", "---\nlanguage: en\n---\nWEBVTT\n\n"]
)
@pytest.mark.parametrize("name", ["call.vtt", "call.txt", "notes/call.md"])
def test_captions_are_known_by_their_first_words_whatever_the_file_is_called(start: str, name: str) -> None:
    source = parse_source(f"{start}{CUE}".encode(), name)

    assert (source.format, source.speakers) == ("WebVTT", {"Ana Torres": 3})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_captions_are_read_in_the_encodings_and_with_the_line_ends_of_their_programs(
    encoding: str, line_end: str
) -> None:
    text = f"WEBVTT\n\n{CUE}\n".replace("\n", line_end)

    assert [(p.text, p.first) for p in parse_source(text.encode(encoding), "call.vtt").passages] == [("We sold 40.", 4)]


def test_front_matter_names_the_one_voice_of_captions() -> None:
    captions = "---\nspeaker: Ana Torres\n---\n1\n00:00:01,000 --> 00:00:02,000\nWe sold 40.\n"

    assert parse_source(captions.encode(), "talk.srt").speakers == {"Ana Torres": 3}


def test_a_word_before_a_colon_is_no_speaker_of_captions() -> None:
    cues = ["Ana Torres: We did it.", "Because: why not?", "Ana Torres: Note: it works.", "Bob Li: So: what now?"]
    captions = "\n\n".join(f"00:0{number}.000 --> 00:0{number + 1}.000\n{words}" for number, words in enumerate(cues))

    assert set(parse_source(f"WEBVTT\n\n{captions}".encode(), "call.vtt").speakers) == {"Ana Torres", "Bob Li"}


def test_who_speaks_once_under_a_first_name_is_not_who_spoke_before() -> None:
    cues = ["Ana: We did it.", "Ana: It works.", "Bob: I doubt it.", "Really.", "Ana: You will see."]
    captions = "\n\n".join(f"00:0{number}.000 --> 00:0{number + 1}.000\n{words}" for number, words in enumerate(cues))

    source = parse_source(f"WEBVTT\n\n{captions}".encode(), "call.vtt")
    assert [passage.text for passage in source.passages if passage.speaker == "Ana"] == [
        "We did it. It works.",
        "You will see.",
    ]


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_chat_in_which_nobody_writes_twice_is_no_film(between: str) -> None:
    writers = ("Ana", "Bob", "Lea", "Tom")
    chat = "\n".join(f"00:00:{n}0 From {who} to Everyone:{between}We are {n}." for n, who in enumerate(writers))

    said = [(p.speaker, p.text) for p in parse_source(chat.encode(), "chat.txt").passages]

    assert said == [(who, f"We are {n}.") for n, who in enumerate(writers)]


def test_a_direct_message_is_an_aside() -> None:
    chat = "10:00:01 From Ana to Everyone:\n\tHi all.\n10:00:02 From Bob to Ana(Direct Message):\n\tJust you.\n"

    assert [(p.text, p.aside) for p in parse_source(chat.encode(), "chat.txt").passages] == [
        ("Hi all.", False),
        ("Just you.", True),
    ]
