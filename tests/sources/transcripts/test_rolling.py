from contentkit.sources import parse_source, reading_of

# Each line three times, as YouTube writes them: with the times of its words, alone, and above the next one.
ROLLING = """\
WEBVTT

00:00.000 --> 00:02.000 align:start position:0%
\u0020
we<00:00.400><c> sold</c><00:00.900><c> 40</c>

00:02.000 --> 00:02.010 align:start position:0%
we sold 40
\u0020

00:02.010 --> 00:04.000 align:start position:0%
we sold 40
[otr]<00:02.400><c> to</c><00:02.900><c> Northgate</c>

00:04.000 --> 00:04.010 align:start position:0%
[otr] to Northgate
\u0020

00:04.010 --> 00:06.000 align:start position:0%
[otr] to Northgate
[/otr]<00:04.400><c> and</c><00:05.000><c> are</c><00:05.200><c> glad.</c>

00:06.000 --> 00:06.010 align:start position:0%
[/otr] and are glad.
\u0020
"""


def test_captions_that_roll_up_say_every_word_once() -> None:
    source = parse_source(ROLLING.replace("[otr]", "so").replace("[/otr]", "far").encode(), "talk.vtt")

    assert [(p.text, p.first, p.last) for p in source.passages] == [
        ("we sold 40 so to Northgate far and are glad.", 5, 21)
    ]


def test_what_is_off_the_record_stands_in_no_line_that_rolled_up() -> None:
    reading = reading_of(ROLLING.encode(), "talk.vtt")

    assert "Northgate" not in "\n".join((*reading.source.lines, *reading.copy))
    assert reading.source.redactions == 1
    assert [passage.text for passage in reading.source.passages] == ["we sold 40", "and are glad."]


def test_lines_that_rolled_up_keep_their_numbers() -> None:
    source = parse_source(ROLLING.replace("[otr]", "so").replace("[/otr]", "far").encode(), "talk.vtt")

    assert len(source.lines) == ROLLING.count("\n") + 1
    assert [number for number, line in enumerate(source.lines, 1) if "sold" in line] == [5]


def test_a_caption_that_grows_word_by_word_is_said_once() -> None:
    grown = ["we", "we sold", "we sold 40", "we sold 40 today.", "And", "And we", "And we are glad."]
    cues = [f"00:{number:02}.000 --> 00:{number + 1:02}.000\n{words}\n" for number, words in enumerate(grown)]
    source = parse_source("\n".join(["WEBVTT\n", *cues]).encode(), "live.vtt")

    assert [passage.text for passage in source.passages] == ["we sold 40 today. And we are glad."]


def test_who_says_a_thing_twice_said_it_twice() -> None:
    said = ["Yes.", "Yes.", "We sold 40.", "To whom?", "To all who asked.", "And then?", "Then we went home."]
    cues = [f"00:{number:02}.000 --> 00:{number + 1:02}.000\n{words}\n" for number, words in enumerate(said)]
    source = parse_source("\n".join(["WEBVTT\n", *cues]).encode(), "call.vtt")

    assert " ".join(passage.text for passage in source.passages) == " ".join(said)
