"""Forms that programs of the wild write, beside those of the samples."""

from __future__ import annotations

import json

import pytest

from contentkit.sources import parse_source


def said(text: str, name: str) -> list[tuple[str, str]]:
    """Who says what."""
    return [(passage.speaker, passage.text) for passage in parse_source(text.encode(), name).passages]


@pytest.mark.parametrize(
    "event", ["— bea why not", "⇐ cleo quit (~cleo@example.org): Quit", "→ cleo joined", "cleo is now known as cl"]
)
def test_a_line_with_the_stamp_of_the_log_continues_no_message(event: str) -> None:
    log = (
        "[2026-03-04 10:32:11] <ana> we sold 40\n[2026-03-04 10:32:20] <bea> how?\n"
        f"[2026-03-04 10:32:30] <ana> by hand\n[2026-03-04 10:32:40] {event}\n"
    )

    assert said(log, "irc.txt") == [("ana", "we sold 40"), ("bea", "how?"), ("ana", "by hand")]


def captions(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"00:0{row}.000 --> 00:0{row + 1}.000\n{cue}" for row, cue in enumerate(cues))


def test_names_in_brackets_on_their_own_lines_part_two_people() -> None:
    told = captions(
        "(Ana Torres)\nWhere did", "(Ana Torres)\nyou begin?\n-\n \n(Bob Li)\nIn May.", "(Ana Torres)\nGood."
    )

    assert said(told, "call.vtt") == [
        ("Ana Torres", "Where did you begin?"),
        ("Bob Li", "In May."),
        ("Ana Torres", "Good."),
    ]


def test_nobody_has_the_words_of_who_speaks_once_among_names_in_brackets() -> None:
    told = captions("[Ana Torres] We sold 40.", "Bob: And the money?", "[Ana Torres] It is spent.")

    assert [text for speaker, text in said(told, "call.vtt") if speaker] == ["We sold 40.", "It is spent."]


def test_a_noise_in_brackets_is_no_speaker() -> None:
    told = captions("[Upbeat Music] We sold 40.", "All in May.", "[Upbeat Music] It was hard.", "Then we left.", "Yes.")
    told += "\n\n00:06.000 --> 00:07.000\nGood night."

    assert {speaker for speaker, _ in said(told, "call.vtt")} == {"Speaker"}


def test_a_label_within_a_cue_ends_the_words_of_whoever_spoke() -> None:
    told = captions("Ana: We sold 40.", "Ana: By hand.\nBob: And the money?", "Ana: It is spent.")

    assert [text for speaker, text in said(told, "call.vtt") if speaker == "Ana"] == [
        "We sold 40. By hand.",
        "It is spent.",
    ]


def test_times_without_padding_are_those_of_captions() -> None:
    told = (
        "WEBVTT\n\n6e2b1f0c-0a1b-4c2d-8e3f-0123456789ab/12-0\n0:0:0.0 --> 0:0:3.540\n<v Ana Torres>We sold 40.</v>\n\n"
        "6e2b1f0c-0a1b-4c2d-8e3f-0123456789ab/15-0\n0:0:3.540 --> 0:1:2.9\n<v Bob Li>How?</v>\n"
    )

    assert said(told, "call.vtt") == [("Ana Torres", "We sold 40."), ("Bob Li", "How?")]


def test_a_name_alone_above_the_words_of_each_cue_speaks_them() -> None:
    told = (
        "0:0:0.0 --> 0:0:3.540\nAna Torres\nWe sold 40.\n\n0:0:3.540 --> 0:0:9.0\nBob Li\nHow?\n\n"
        "0:0:10.0 --> 0:0:12.0\nAna Torres\nBy hand.\n"
    )

    assert said(told, "call.md") == [("Ana Torres", "We sold 40."), ("Bob Li", "How?"), ("Ana Torres", "By hand.")]


def test_a_name_alone_with_blank_lines_around_it_speaks_them_too() -> None:
    told = (
        "0:0:0.0 --> 0:0:3.540\n\nAna Torres\n\nWe sold 40.\n\n0:0:3.540 --> 0:0:9.0\n\nBob Li\n\nHow?\n\n"
        "0:0:10.0 --> 0:0:12.0\n\nAna Torres\n\nBy hand.\n"
    )

    assert said(told, "call.md") == [("Ana Torres", "We sold 40."), ("Bob Li", "How?"), ("Ana Torres", "By hand.")]


def test_a_name_in_capitals_behind_a_change_of_speaker_is_one_though_it_speaks_once() -> None:
    told = captions(">> ANA: We sold 40.", ">> BOB: How?", ">> ANA: By hand.", "All of them.")

    assert said(told, "call.vtt") == [("ANA", "We sold 40."), ("BOB", "How?"), ("ANA", "By hand. All of them.")]


@pytest.mark.parametrize(
    "cue",
    [
        "we<00:00:00.300><c> sold</c><00:00:00.600><c> 40</c>",
        "<c>we</c> <c>sold</c> <c>40</c>",
        "we<00:00:00.300> <c>sold</c><00:00:00.600> <i>40</i>",
        "<i>we</i>&nbsp;<b>so</b>ld <u></u><u>40</u>",
    ],
)
def test_a_space_between_two_tags_parts_words(cue: str) -> None:
    assert said(captions(f"<v Ana>{cue}</v>"), "call.vtt") == [("Ana", "we sold 40")]


def test_messages_of_a_finnish_phone_are_a_chat() -> None:
    chat = "13.6.2018 klo 21.25.15 - Ana: moi\n13.6.2018 klo 21.26.15 - Bea: hei\n13.6.2018 klo 21.27.15 - Ana: joo\n"

    assert said(chat, "chat.txt") == [("Ana", "moi"), ("Bea", "hei"), ("Ana", "joo")]


def test_a_file_that_a_german_phone_attached_is_nobodys_words() -> None:
    chat = "10.12.2026, 14:30 - Ana: Hallo\n10.12.2026, 14:31 - Bea: IMG-1.jpg (Datei angehängt)\n10.12.2026, 14:32 - Ana: Gut\n"

    assert said(chat, "chat.txt") == [("Ana", "Hallo"), ("Ana", "Gut")]


def test_a_name_with_a_particle_is_one_although_it_is_heard_once() -> None:
    source = parse_source(b"WEBVTT\n\n1\n00:01.000 --> 00:02.000\nJose de la Cruz: Hello there, all.\n", "notes/a.vtt")

    assert source.speakers == {"Jose de la Cruz": 3}


MEET = """Weekly - Transcript
Attendees
Ana Torres, lea bsp, josé

Transcript
00:00:00
Ana Torres: We shipped the new release on Monday.
lea bsp: We never asked for money.
Ana Torres: Right. The honest answer: nobody asked us.
josé: But it was hard.
Ana Torres: So it was.
lea bsp: We lost the data once.
Meeting ended after 00:10:00 👋
"""


def test_who_writes_their_name_small_has_words_of_their_own() -> None:
    turns = [
        ("Ana Torres", "We shipped the new release on Monday."),
        ("lea bsp", "We never asked for money."),
        ("Ana Torres", "Right. The honest answer: nobody asked us."),
        ("josé", "But it was hard."),
        ("Ana Torres", "So it was."),
        ("lea bsp", "We lost the data once."),
    ]
    assert [turn for turn in said(MEET, "call.txt") if turn[0]] == turns
    apart = "\n\n".join(f"**{name}:** {words}" for name, words in turns)
    assert said(apart, "call.md") == turns
    assert (
        said("\n".join(f"{name}: {words}" for name, words in turns).replace("Ana", "Bo", 1), "call.txt")[1:]
        == turns[1:]
    )


def test_words_before_a_colon_in_small_letters_stay_with_who_says_them() -> None:
    told = (
        "Ana Torres: We had three weeks.\n\nand then it happened: we lost the data. All of it.\n\nBob: And?\n\n"
        "Ana Torres: my honest answer: luck.\n\nfrom then on: backups.\n"
    )
    assert {speaker for speaker, _ in said(told, "call.txt")} == {"Ana Torres", "Bob"}


@pytest.mark.parametrize(
    "end",
    ["Meeting ended after 02:01:19 👋", "### Meeting ended after 00:50:32 👋", "Transcription ended after 00:50:32"],
)
def test_the_end_that_a_program_writes_is_nobody_s_words(end: str) -> None:
    told = f"Harry Rook:  Perfect.\n\nVaibhav:  We wrap it up then.\n\nHarry Rook:  Thanks.\n\n{end}\n"
    assert [words for speaker, words in said(told, "call.txt") if speaker] == [
        "Perfect.", "We wrap it up then.", "Thanks.",
    ]  # fmt: skip


def test_turns_with_times_below_a_summary_are_a_transcript() -> None:
    told = """Boxes, weekly
Meeting started: Jun 5, 2026, 2:31:14 PM
Meeting participants: Adan Rocha, Mila S.
Short summary
One paragraph of a summary, with more than one sentence. Nobody says it.
Transcript
00:00 Adan R.: We sold 40 boxes.
00:05 Mila S.: Who bought them?
00:10 Adan R.: A school did.
"""
    assert [turn for turn in said(told, "call.txt") if turn[0]] == [
        ("Adan R.", "We sold 40 boxes."), ("Mila S.", "Who bought them?"), ("Adan R.", "A school did."),
    ]  # fmt: skip


HEADS = [
    ("**Ana Torres** *00:00:02*", "**Bob Li** *00:00:10*"),
    ("**Ana Torres** *[00:02]*", "**Bob Li** *[00:10]*"),
    ("[03/04/2025 10:32 AM] ana#1234", "[03/04/2025 10:35 AM] bob.l"),
    ("[00:02](https://calls.example/x?t=2) Ana Torres", "[00:10](https://calls.example/x?t=10) Bob Li"),
    ("**Ana Torres** [(00:02)](https://calls.example/x?t=2)", "**Bob Li** [(00:10)](https://calls.example/x?t=10)"),
    (
        "Ana Torres\n0 minutes 2 seconds0:02\nAna Torres 0 minutes 2 seconds",
        "Bob Li\n0 minutes 10 seconds0:10\nBob Li 0 minutes 10 seconds",
    ),
]


@pytest.mark.parametrize(("ana", "bob"), HEADS)
def test_times_in_italics_and_dates_before_nicks_stand_above_words(ana: str, bob: str) -> None:
    told = f"{ana}\n\nHow many?\n\n{bob}\n\nWe sold 40.\n\nBy hand.\n\n{ana}\n\nGood.\n"

    first, second = said(told, "call.md")[0][0], said(told, "call.md")[1][0]
    assert said(told, "call.md") == [
        (first, "How many?"),
        (second, "We sold 40."),
        (second, "By hand."),
        (first, "Good."),
    ]
    assert first != second
    assert first in ana
    assert second in bob


def test_a_chapter_between_turns_is_nobodys_nor_what_stands_below_without_a_name() -> None:
    told = "**Ana Torres** *00:02*\n\nHow many?\n\n## (00:05) The boxes\n\nForty.\n\n**Bob Li** *00:10*\n\nForty.\n\n"
    told += "**Ana Torres** *00:20*\n\nGood.\n"

    assert said(told, "call.md") == [
        ("Ana Torres", "How many?"),
        ("", "(00:05) The boxes"),
        ("", "Forty."),
        ("Bob Li", "Forty."),
        ("Ana Torres", "Good."),
    ]


def test_one_time_alone_between_names_with_times_is_no_word() -> None:
    told = "**Ana Torres** (00:02):\nHow many?\n\n**Bob Li** (00:10):\nForty.\n\n(00:15):\nBy hand.\n\n"
    told += "**Ana Torres** (00:20):\nGood.\n"

    assert [text for _, text in said(told, "call.md")] == ["How many?", "Forty.", "By hand.", "Good."]


@pytest.mark.parametrize(
    "form",
    [
        "{name} 00:00:{second} {words}", "0:00:{second}.2 **{name}** {words}", "[{name}]: {words}",
        "{name} [{second}.5s - {second}.9s]: {words}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_names_and_times_stand_before_words_on_one_line(form: str, gap: str) -> None:
    turns = [("Ana Torres", "How many?"), ("Bob Li", "We sold 40 in May."), ("Ana Torres", "Good."), ("Bob Li", "Yes.")]
    told = gap.join(form.format(name=name, second=10 + row, words=words) for row, (name, words) in enumerate(turns))

    assert said(told, "call.txt") == turns


def test_what_is_off_the_record_goes_where_names_and_times_stand_before_words() -> None:
    told = "Ana Torres 00:00:10 How many boxes do you sell in a year of work?\n\nBob Li 00:00:12 Forty. OTR: they broke.\n\n"
    told += "Ana Torres 00:00:20 Good.\n\nBob Li 00:00:22 Yes.\n"

    assert said(told, "call.txt")[1:] == [("Bob Li", "Forty."), ("Ana Torres", "Good."), ("Bob Li", "Yes.")]


def test_what_a_program_puts_into_a_log_of_discord_is_nobodys() -> None:
    told = "=====\nGuild: Acme\n=====\n\n[03/04/2025 10:32 AM] ana\nWe sold 40.\n\n{Reactions}\n👍 (2)\n\n"
    told += "[03/04/2025 10:35 AM] bob\nBoxes (40).\n\n[03/04/2025 10:36 AM] ana\nYes.\n\n==========\nExported 3 message(s)\n"

    assert [(name, text) for name, text in said(told, "log.txt") if name] == [
        ("ana", "We sold 40."),
        ("bob", "Boxes (40)."),
        ("ana", "Yes."),
    ]


def test_what_parts_a_podcast_is_no_message() -> None:
    told = "[00:00:01] JM: Hello.\n\n[SPONSOR MESSAGE]\n\n[00:01:00] JM: How many?\n\n[00:01:05] BH: Forty.\n\n[END]\n"

    assert [text for _, text in said(told, "show.txt")] == ["Hello.", "How many?", "Forty."]


def test_what_somebody_says_of_seconds_is_not_what_teams_reads_out() -> None:
    told = "Ana Torres\n0:02\nHow long?\n\nBob Li\n0:10\nBob says 10 seconds\nAbout 2 minutes 30 seconds\n\n"
    told += "Ana Torres\n0:20\nGood.\n"

    assert ("Bob Li", "Bob says 10 seconds About 2 minutes 30 seconds") in said(told, "call.txt")


def test_segments_may_have_their_times_in_seconds() -> None:
    told = "[0.92 --> 1.64] We sold 40.\n[1.78 --> 2.84] By hand.\n[2.92 --> 66.92] In May.\n"

    assert said(told, "show.txt") == [("Speaker", "We sold 40. By hand. In May.")]


def test_times_that_lead_to_the_recording_may_stand_before_the_words() -> None:
    told = "## Chapters\n\n- [0:00](https://v.example/?t=0) - Boxes\n\n"
    told += "Ana Torres\n[(00:00:00)](https://v.example/?t=0) How many?\n\n"
    told += "Bob Li\n[(00:00:10)](https://v.example/?t=10) We sold 40.\n\n[(00:00:20)](https://v.example/?t=20) By hand.\n\n"
    told += "Ana Torres\n[(00:00:30)](https://v.example/?t=30) Good.\n"

    assert said(told, "call.md")[2:] == [
        ("Ana Torres", "How many?"),
        ("Bob Li", "We sold 40."),
        ("Bob Li", "By hand."),
        ("Ana Torres", "Good."),
    ]


@pytest.mark.parametrize(
    "segments",
    [
        '[{"start": 0.1, "end": 2.6, "speaker": "Ana", "text": "We sold 40."},'
        ' {"start": 3, "end": 4, "speaker": "Ana", "text": "Yes."}]',
        '{"version": "1.0.0", "segments": [{"speaker": "Ana", "startTime": 0.1, "endTime": 2.6, "body": "We sold 40."},'
        ' {"speaker": "Ana", "startTime": 3, "endTime": 4, "body": "Yes."}]}',
    ],
)
def test_segments_alone_and_those_of_podcasts_are_read(segments: str) -> None:
    assert said(segments, "show.json") == [("Ana", "We sold 40. Yes.")]


def test_the_transcript_of_a_podcast_on_a_page_names_who_speaks() -> None:
    turns = [("Ana", "We sold forty boxes to a school."), ("Bob", "To which school did you sell them, and why?")] * 2
    told = "".join(
        f"<cite>{name}:</cite>\n<time>0:{row}0</time>\n<p>{text}</p>\n" for row, (name, text) in enumerate(turns)
    )

    assert said(f"<html><head><title>Show</title></head><body>{told}</body></html>", "show.html")[1:] == turns


SMALL_TALK = """call with lea, second take

lea: so why ink on paper?

sam: because people keep it. we printed 400 copies
and they were gone in a week.

lea: and then?

sam: off the record from here. my bank said no twice.

lea: wow.

sam: back on the record. in the end i paid it myself.
"""


def test_a_talk_may_have_all_its_names_in_small_letters() -> None:
    turns = [turn for turn in said(SMALL_TALK, "call.txt") if turn[0]]
    assert turns == [
        ("lea", "so why ink on paper?"),
        ("sam", "because people keep it. we printed 400 copies and they were gone in a week."),
        ("lea", "and then?"),
        ("sam", "in the end i paid it myself."),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "feat: pages in ink\nfix: margins\nfeat: a lens\nfix: the lamp\n",
        "error: no such file\nhelp: see the manual\nerror: no such lens\nhelp: do you have one?\n",
        "host: example.org\nport: 80\n\nhost: example.net\nport: 81\n",
        "lea: what did we sell?\n\nWe sold ink, and that was all of it.\n\nNobody came.\n\nlea: so we closed.\n\nsam: i cried.\n",
        "ink: we sold 40\npaper: we sold 10\nglue: who needs it?\n",
        "lea: i count. lea: we count.\nlea: and you?\nsam: me too.\n",
    ],
)
def test_small_words_before_colons_are_no_talk(lines: str) -> None:
    assert not [speaker for speaker, _ in said(lines, "call.txt") if speaker]


TURNS_BY_NAME = [
    ("Lea Brandt", "So why ink?"),
    ("Sam Ortega", "Because people keep it. We printed 400 copies."),
    ("Lea Brandt", "And then?"),
    ("Sam Ortega", "My bank said no twice. I paid it myself."),
]


def test_a_role_beside_a_name_above_the_words_is_no_part_of_it() -> None:
    talk = "\n\n".join(f"**{name} (Fold & Co)**\n\n{words}" for name, words in TURNS_BY_NAME)

    assert [turn for turn in said(talk, "chat.md") if turn[0]] == TURNS_BY_NAME


@pytest.mark.parametrize(
    "head", ["**{}**\n\n", "**{}**\n", "**{}:**\n\n", "__{}__\n\n", "### {}\n\n", "## {} ##\n", "{}\n"]
)
@pytest.mark.parametrize(
    "top", ["", "# A chat\n\n", "---\ntitle: A chat\n---\n\n# A chat\n\nIn May, on the phone.\n\n"]
)
def test_a_name_on_a_line_of_its_own_tells_who_speaks_below_it(head: str, top: str) -> None:
    talk = top + "\n\n".join(head.format(name) + words for name, words in TURNS_BY_NAME) + "\n"

    assert [turn for turn in said(talk, "chat.md") if turn[0]] == TURNS_BY_NAME


def test_what_is_off_the_record_ends_where_the_other_one_is_named() -> None:
    talk = "\n\n".join(f"**{name}**\n\n{words}" for name, words in TURNS_BY_NAME).replace(
        "My bank said no twice.", "Off the record from here. My bank said no twice. Back on the record."
    )

    assert [turn[1] for turn in said(talk, "chat.md")] == [
        "So why ink?", "Because people keep it. We printed 400 copies.", "And then?", "I paid it myself.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "### Known Issues\n\nDo you print?\n\n### Other Changes\n\nWe did.\n\n### Known Issues\n\nYou may.\n",
        "**Paper**\n\nWe like it.\n\n**Ink**\n\nDo you?\n\n**Paper**\n\nYou may.\n\n**Ink**\n\nWe do.\n",
        "**Lea Brandt**\n\nI print.\n\n**Sam Ortega**\n\nI fold. You?\n\n**Bea Roth**\n\nI sell.\n\n**Al Gray**\n\nI bind.\n",
        "Lea Brandt\ncame in May.\n\nWhat did we do?\n\nLea Brandt\nprinted.\n\nWe folded.\n\nSam Ortega\nfolded. I sold.\n\n"
        "You may ask.\n\nSam Ortega\nsold.\n\nWe closed.\n\nI left.\n",
    ],
)
def test_lines_that_come_back_are_not_always_names(text: str) -> None:
    assert not [speaker for speaker, _ in said(text, "text.md") if speaker]


@pytest.mark.parametrize("above", ["**{}**\n\n", "### {}\n\n", "{}\n"])
@pytest.mark.parametrize("names", [("Opening Hours", "Ticket Prices"), ("Before Christmas", "After Christmas")])
def test_headings_of_everyday_words_that_come_back_are_nobody(above: str, names: tuple[str, str]) -> None:
    words = ("When do we open? At nine.", "What do you pay? I pay five euros.", "And you? We open at ten.", "So do I.")
    told = "\n\n".join(above.format(name) + line for name, line in zip(names * 2, words, strict=True))
    assert parse_source(told.encode(), "posts/hours.md").kind != "transcript"
    people = told.replace(names[0], "Mara Lind").replace(names[1], "Young Kim")
    assert set(parse_source(people.encode(), "posts/hours.md").speakers) == {"Mara Lind", "Young Kim"}


def minuted(*messages: str) -> list[tuple[str, str, bool]]:
    """What is read of a meeting that a bot minutes: kind, words, whether nothing may be drafted from them."""
    log = "\n".join(f"10:3{row} {message}" for row, message in enumerate(["<ana> #startmeeting Sails", *messages]))
    passages = parse_source(log.encode(), "sails.log").passages
    return [(passage.kind, passage.text, passage.aside) for passage in passages[1:]]


def test_a_meeting_that_a_bot_minutes_has_topics_and_the_words_of_people() -> None:
    assert minuted(
        "<zod> Meeting started Wed Mar  4 10:30:00 2026 UTC.  The chair is ana.",
        "<ana> #chair ana bob",
        "<zod> Current chairs: ana bob",
        "<ana> #topic cloth",
        "<bob> .hello bob",
        "<bob> #info 40 mills have new cloth",
        "<bob> it took a year. #1 was the hardest",
    ) == [
        ("heading", "cloth", False),
        ("turn", "40 mills have new cloth", False),
        ("turn", "it took a year. #1 was the hardest", False),
    ]


def test_what_a_minuted_meeting_agrees_is_nobodys_and_its_tasks_are_asides() -> None:
    assert minuted(
        "<ana> #agreed we buy more", "<bob> #action bob to buy it", "<ana> #link https://example.org", "<ana> so far"
    ) == [
        ("paragraph", "we buy more", False),
        ("paragraph", "bob to buy it", True),
        ("paragraph", "https://example.org", True),
        ("turn", "so far", False),
    ]


def test_a_hash_is_no_command_where_no_bot_minutes() -> None:
    log = "10:31 <ana> #info is a nice channel\n10:32 <bob> is it?\n10:33 <ana> #topic too\n"

    assert said(log, "irc.txt") == [("ana", "#info is a nice channel"), ("bob", "is it?"), ("ana", "#topic too")]


def test_the_tags_of_a_site_around_a_chat_are_nobodys_words() -> None:
    log = "{% irc %}\n10:31 <ana> we sold 40\n10:32 <bob> how?\n10:33 <ana> by hand\n{% endirc %}\n"

    assert [text for speaker, text in said(log, "irc.md") if speaker] == ["we sold 40", "how?", "by hand"]


def test_what_a_program_says_in_the_last_item_of_a_list_is_nobodys() -> None:
    call = "Call - Transcript\n\n### 00:00:00\n\n- Ana: We sold 40.\n- Bob: How?\n- Ana: By hand.\n"
    told = said(f"{call}- This editable transcript was computer generated and might contain errors.\n", "call.md")

    assert told[-1] == ("Ana", "By hand.")


PLAYED = (
    "How we built it\n\n0:00 hello everyone and\n0:03 welcome to the show. off the\n0:07 record from here two broke\n"
)


def test_words_behind_the_times_of_a_film_are_a_transcript_whose_marks_are_followed() -> None:
    told = f"{PLAYED}0:11 back on the record. we began in May\n0:15 all four of us\n0:17 in Oslo\n"

    assert [text for speaker, text in said(told, "film.txt") if speaker] == [
        "hello everyone and welcome to the show.", "we began in May", "all four of us in Oslo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "listed",
    [
        "0:00 Intro\n2:15 Why we built it\n7:40 The importer\n12:05 Questions\n",
        "9:00 Breakfast\n9:10 Talk by Ana\n9:15 Break\n9:20 Talk by Bob\n",
        "0:12 was our best time\n0:09 came next\n0:15 was the worst\n0:07 nobody believed\n",
    ],
)
def test_chapters_plans_and_figures_are_no_film(listed: str) -> None:
    assert parse_source(listed.encode(), "list.txt").kind == "note"


def test_names_behind_the_times_of_a_film_speak() -> None:
    told = "0:00 Ana: We sold 40.\n0:04 Bob: How?\n0:06 Ana: By hand.\n0:09 Bob: Well.\n"

    assert said(told, "film.txt")[:2] == [("Ana", "We sold 40."), ("Bob", "How?")]


@pytest.mark.parametrize(
    "told",
    [
        "Sonix is the world’s most advanced automated transcription, translation, and subtitling platform. Fast.",
        "This transcript was exported on Mar 16, 2021 - view latest version here.",
        "Transcript by Rev.com",
        "Transcribed by [Otter](https://otter.ai)",
        "Call 4 (Completed  03/16/21)",
        "Page 1 of 12",
    ],
)
def test_what_a_program_says_of_its_transcript_is_nobodys(told: str) -> None:
    labelled = f"Ana: We sold 40.\n\nBob: How?\n\nAna: By hand.\n\n{told}\n"
    headed = f"Ana (00:01):\nWe sold 40.\n\nBob (00:05):\nHow?\n\nAna (00:09):\nBy hand.\n\n{told}\n"

    assert [text for speaker, text in said(labelled, "call.txt") if speaker] == ["We sold 40.", "How?", "By hand."]
    assert [text for speaker, text in said(headed, "call.txt") if speaker] == ["We sold 40.", "How?", "By hand."]


def test_several_who_speak_at_once_are_not_whoever_spoke_before() -> None:
    told = (
        "Ana (00:01): We sold 40.\nBob (00:05): How?\nAna (00:09): By hand.\nOverlapping speakers (00:12): No. Yes.\n"
    )

    assert said(told, "call.txt")[-1] == ("", "No. Yes.")


TALK = [
    ("Ana Torres", "We began in May."),
    ("Bob Li", "How many were you?"),
    ("Ana Torres", "Four."),
    ("Bob Li", "And then?"),
]


@pytest.mark.parametrize(
    "turn",
    [
        "[{name}]\n{words}\n\n",
        "[{name} 00:0{row}] {words}\n",
        "**{name}** [00:0{row}](https://film.example.org/x?t={row}): {words}\n\n",
        "[00:0{row}](https://film.example.org/x?t={row}) **{name}:** {words}\n\n",
        "00:0{row} | {name}\n{words}\n\n",
    ],
)
def test_names_in_brackets_and_times_with_links_tell_who_speaks(turn: str) -> None:
    told = "".join(turn.format(name=name, words=words, row=row) for row, (name, words) in enumerate(TALK))

    assert said(told, "talk.md") == TALK


@pytest.mark.parametrize(
    "file",
    [
        [{"speaker": name, "text": words, "timestamp": "00:03"} for name, words in TALK],
        [{"sentence": words, "startTime": "00:03", "endTime": "00:09", "speaker_name": name} for name, words in TALK],
        {
            "sentences": [
                {"text": words, "start_time": 3, "end_time": 9.5, "speaker_name": name} for name, words in TALK
            ]
        },
        {
            "text": "…",
            "utterances": [
                {"speaker": name, "text": words, "start": 3 * 10**8, "end": 3 * 10**8} for name, words in TALK
            ],
        },
    ],
)
def test_the_turns_of_a_service_are_a_transcript(file: object) -> None:
    assert said(json.dumps(file), "call.json") == TALK


def test_a_voice_that_has_a_letter_or_a_number_only_is_a_speaker() -> None:
    file = [{"speaker": "AB"[row % 2] if row < 2 else row % 2, "text": words} for row, (_, words) in enumerate(TALK)]

    assert [speaker for speaker, _ in said(json.dumps(file), "call.json")] == [
        "Speaker A",
        "Speaker B",
        "Speaker 0",
        "Speaker 1",
    ]


def test_the_numbers_of_a_list_are_nobodys_names() -> None:
    listed = "# How to\n\n1. Setup: run it.\n2. Usage: call it.\n3. Setup: stop it.\n"

    assert parse_source(listed.encode(), "notes.md").kind == "note"


@pytest.mark.parametrize("mark", ["\\>\\>", ">>"])
def test_names_before_two_angles_in_bold_speak(mark: str) -> None:
    talk = f"**Bob Li{mark}** Where did you\nbegin?\n\n**Ana Torres{mark}** In a barn.\n\n**Bob Li{mark}** And then?\n"

    assert said(talk, "talk.md") == [
        ("Bob Li", "Where did you begin?"),
        ("Ana Torres", "In a barn."),
        ("Bob Li", "And then?"),
    ]
