"""Off the record as people say it, in transcripts and chats."""

import pytest

from contentkit.models import Source
from contentkit.sources import parse_source, reading_of

BEFORE = "Ana: Hello and welcome to all of you out there, I am glad that you came.\n"
AFTER = "\nAna: What a number.\nBob: It is, and we ship on Tuesday.\nAna: Good."


def read(said: str, after: str = AFTER) -> Source:
    return parse_source(f"{BEFORE}Bob: {said}{after}".encode(), "notes/call.md")


def words(source: Source) -> list[str]:
    return [passage.text for passage in source.passages[1:]]


@pytest.mark.parametrize(
    "phrase",
    [
        "Off the record from here.",
        "From here on off the record.",
        "We're going off the record now.",
        "So, we're off the record now, right.",
        "OK, this is off the record.",
        "Can we go off the record?",
        "What follows is off the record:",
        "A partir de aquí, off the record.",
        "Esto es extraoficial.",
        "*Off the record* from now on.",
        "Оff thе rеcord from here.",
        "Off\u00a0the\u00a0record from here.",
        "Off the record, from here.",
    ],
)
def test_what_announces_it_cuts_to_the_end_of_the_file(phrase: str) -> None:
    source = read(f"We grew a lot. {phrase} CANARY.", "\nAna: CANARY?\nBob: CANARY.")

    assert words(source) == ["We grew a lot."]
    assert "CANARY" not in repr(source)


@pytest.mark.parametrize(
    "phrase",
    [
        "Back on the record.",
        "OK, we're back on the record now.",
        "So, on the record again.",
        "And again on the record.",
        "De vuelta en el registro.",
    ],
)
def test_back_on_the_record_ends_it_with_its_sentence_and_keeps_who_speaks(phrase: str) -> None:
    source = read(
        "We grew. Off the record from here. CANARY.", f"\nAna: CANARY?\nBob: CANARY. {phrase} We ship.\nAna: Good."
    )

    assert [(passage.speaker, passage.text) for passage in source.passages[1:]] == [
        ("Bob", "We grew."),
        ("Bob", "We ship."),
        ("Ana", "Good."),
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "When we're back on the record I say more.",
        "Are we back on the record?",
        "We are not back on the record.",
        "Tell me if we're really, finally back on the record.",
    ],
)
def test_who_only_speaks_of_coming_back_does_not(phrase: str) -> None:
    assert "CANARY" not in repr(read("Off the record from here.", f"\nAna: {phrase}\nBob: CANARY"))


@pytest.mark.parametrize("mention", ["Between us, off the record, we", "Off the record, we", "We, off the record,"])
def test_a_mention_cuts_from_its_sentence_to_the_end_of_the_turn(mention: str) -> None:
    source = read(f"We grew. {mention} are at CANARY. And CANARY.")

    assert words(source) == ["We grew.", "What a number.", "It is, and we ship on Tuesday.", "Good."]


def test_a_mention_reaches_to_where_somebody_is_back_on_the_record() -> None:
    source = read(
        "We grew. Between us, off the record, CANARY.",
        "\nAna: CANARY?\nBob: Yes. Back on the record. We ship.\nAna: Good.",
    )

    assert words(source) == ["We grew.", "We ship.", "Good."]


@pytest.mark.parametrize(
    "phrase",
    [
        "That was off the record.",
        "Please keep that off the record.",
        "Don't quote me on that.",
        "All of this was off the record, of course.",
        "This stays between us.",
        "Eso fue extraoficial.",
        "No me cites.",
    ],
)
def test_what_looks_back_cuts_the_whole_turn(phrase: str) -> None:
    source = read(f"CANARY and CANARY are those of whom we speak when we say that they leave. {phrase} CANARY.")

    assert words(source) == ["What a number.", "It is, and we ship on Tuesday.", "Good."]


def test_what_looks_back_at_another_turn_cuts_that_one_too() -> None:
    source = read(
        "CANARY is the one of whom we all spoke for so long.", "\nAna: That was off the record?\nBob: Yes.\nAna: Good."
    )

    assert "CANARY" not in repr(source)
    assert words(source) == ["Yes.", "Good."]


@pytest.mark.parametrize(
    "phrase",
    [
        "Nothing here is off the record.",
        "Is that on or off the record?",
        "Off the record or on the record?",
        "I'm not going off the record.",
        "We were never off the record.",
        "Nada de esto es extraoficial.",
    ],
)
def test_what_is_no_mark_is_a_doubt(phrase: str) -> None:
    source = read(f"We grew. {phrase}")

    assert source.redactions == 0
    assert source.doubts == (2,)


def test_who_was_off_the_record_by_a_written_mark_may_say_that_they_are_back() -> None:
    source = read("We grew. [off the record: CANARY.]", "\nAna: CANARY?\nBob: Back on the record. We ship.\nAna: Good.")

    assert words(source) == ["We grew.", "We ship.", "Good."]


def test_a_label_behind_which_nothing_is_left_goes_too() -> None:
    source = read("We grew. [otr] CANARY", "\nAna: CANARY [/otr]\nBob: We ship.\nAna: Good.")

    assert source.lines[1:] == ("Bob: We grew. ", "", "Bob: We ship.", "Ana: Good.")


def test_back_on_the_record_without_ever_leaving_it_is_a_doubt() -> None:
    assert read("We fell behind.", "\nAna: We are back on record growth.\nBob: Good.").doubts == (3,)


@pytest.mark.parametrize(
    "answer",
    [
        "Sure, tell me and then we go back on the record.",
        "We'll be back on the record in five minutes.",
        "Say back on the record to end it.",
        "So, back on the record, right?",
        "What is on the record now is thin.",
    ],
)
def test_who_is_not_back_now_closes_nothing(answer: str) -> None:
    source = read("We grew. Off the record from here.", f"\nAna: {answer}\nBob: CANARY.\nAna: Good.")

    assert "CANARY" not in repr(source)


def test_a_question_in_a_tag_closes_nothing() -> None:
    said = ("Hello and welcome, we grew.", "Off the record from here.", "Back on the record?", "CANARY")
    cues = [f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n<v Ana>{words}</v>\n" for at, words in enumerate(said)]

    assert "CANARY" not in repr(parse_source(("WEBVTT\n\n" + "\n".join(cues)).encode(), "notes/call.vtt"))


@pytest.mark.parametrize(
    "question",
    [
        "Can I tell you something off the record?",
        "Is it okay if I tell you this off the record?",
        "Are we still off the record?",
    ],
)
def test_who_asks_for_leave_goes_off_the_record(question: str) -> None:
    assert "CANARY" not in repr(read(f"We grew. {question}", "\nAna: Yes.\nBob: CANARY."))


@pytest.mark.parametrize(
    "said",
    [
        "People told us don't use that database.",
        "It is between us and the bank.",
        "You can go off the record at any time.",
        "Now we don't write this by hand.",
    ],
)
def test_ordinary_words_cut_nothing(said: str) -> None:
    assert read(said).redactions == 0


LONG = "QUOKKA buys all of us, and we signed it on Monday with the whole board."


def test_who_speaks_behind_a_number_takes_it_off_the_record_too() -> None:
    said = [
        "Ana: We are 40 bakers.",
        "Bob: And money?",
        "Ana: It is fine. Off the record from here. CANARY.",
        "Bob: CANARY? Back on the record.",
        "Ana: A shop in Bilbao.",
    ]
    listed = "\n".join(f"{number}. {turn}" for number, turn in enumerate(said, 1))

    source = parse_source(listed.encode(), "notes/minutes.md")

    assert "CANARY" not in repr(source)
    assert [passage.text for passage in source.passages] == [
        "Ana: We are 40 bakers.",
        "Bob: And money?",
        "Ana: It is fine.",
        "Ana: A shop in Bilbao.",
    ]


def talk(*said: str) -> Source:
    """Two people, one after the other, between a greeting and a goodbye that are on the record."""
    turns = [
        "Hello and welcome, it is good to have you here.",
        "We ship the scheduler, and people like it a lot.",
        *said,
    ]
    turns += ["" for _ in range(len(turns) % 2)]
    turns += ["Let us talk of lanes.", "Each account has one of its own."]
    lines = [f"{'Bob' if at % 2 else 'Ana'}: {words}" for at, words in enumerate(turns) if words]
    return parse_source("\n".join(lines).encode(), "notes/call.txt")


def heard(source: Source) -> str:
    return "\n".join(source.lines) + repr(source.passages)


@pytest.mark.parametrize(
    "said",
    [
        (LONG, "Was that off the record?", "Yes."),
        (LONG, "Is that on the record?", "No, off the record please, QUOKKA would mind."),
        (LONG, "Can I quote you on that?", "No, please don't, QUOKKA would mind."),
        (LONG, "May I use that?", "I'd rather not."),
        (LONG, "Do you mind if I quote that?", "I would rather you didn't, yes."),
        (LONG, "Is that on or off the record?", "Off."),
        (LONG, "¿Puedo citarte?", "No, mejor no."),
        (LONG, "Wow.", "Please leave out what I just said."),
        (LONG, "Wow.", "Could you cut that out?"),
        (LONG + " (otr)",),
        ("Off the record from here.", "QUOKKA, really?", "[back on the record] And now to work."),
        (LONG, "Am I allowed to use that?", "No, sorry."),
        (LONG, "Can I write about that?", "Not yet."),
        (LONG, "Can that be in the piece?", "No."),
        (LONG, "Is it okay to quote you on that?", "No way."),
        (LONG, "Would you mind if I used that?", "I would, yes."),
        (LONG, "¿Lo puedo publicar?", "No, eso no."),
        (LONG, "Are we on the record?", "Yes.", "Then forget what I just said."),
        (LONG + " You didn't hear that from me.",),
        (LONG + " Strike that from the record.",),
        ("That can't leave the room: QUOKKA buys us, and we signed it on Monday with the whole board.",),
        ("Not to be quoted, but QUOKKA buys us.",),
        ("You can't quote me on this, but QUOKKA buys us.",),
        ("I'm not saying this on the record, but QUOKKA buys us.",),
        ("Not on the record: QUOKKA buys us all.",),
        ("Te lo digo en off: QUOKKA nos compra.",),
    ],
)
def test_what_somebody_takes_back_is_cut_and_the_talk_goes_on(said: tuple[str, ...]) -> None:
    source = talk(*said)

    assert "QUOKKA" not in heard(source)
    assert "people like it" in heard(source)
    assert "Each account" in heard(source)


@pytest.mark.parametrize(
    "said",
    [
        ("Is this on the record?", "No.", "QUOKKA buys us."),
        ("Is this on or off the record?", "Off.", "QUOKKA buys us."),
        ("This is off, uh, the record.", "Sure.", "QUOKKA buys us."),
        ("This is off the-- off the record.", "Sure.", "QUOKKA buys us."),
        ("This is off the the record.", "Sure.", "QUOKKA buys us."),
        ("This is off the [laughs] record.", "Sure.", "QUOKKA buys us."),
        ("This isn't on the record.", "Sure.", "QUOKKA buys us."),
        ("This is OTR.", "Sure.", "QUOKKA buys us."),
        ("off the record okay", "Sure.", "QUOKKA buys us."),
        ("On or off the record?", "Off.", "QUOKKA buys us."),
        ("The rest of this call is off the record.", "Sure.", "QUOKKA buys us."),
        ("What I am about to say is off the record, I fear, and long.", "Sure.", "QUOKKA buys us."),
        ("I'd like to say the next thing off the record.", "Sure.", "QUOKKA buys us."),
        ("This is, of course, off the record.", "Sure.", "QUOKKA buys us."),
        ("We are, like, off the record.", "Sure.", "QUOKKA buys us."),
        ("Quiero que esto sea off the record.", "Vale.", "QUOKKA nos compra."),
        ("This is not for publication.", "Sure.", "QUOKKA buys us."),
        ("Esto va en off.", "Vale.", "QUOKKA nos compra."),
        ("Te lo cuento de manera extraoficial.", "Vale.", "QUOKKA nos compra."),
    ],
)
def test_what_somebody_announces_is_cut_to_the_end(said: tuple[str, ...]) -> None:
    source = talk(*said)

    assert "QUOKKA" not in heard(source)
    assert "people like it" in heard(source)


@pytest.mark.parametrize(
    "said",
    [
        ("Can we go off the record?", "No, sorry."),
        ("Was that off the record?", "No, it is fine."),
        ("Is that on the record?", "Yes, of course."),
        ("If you want anything off the record just tell me.", "Thanks."),
        ("I took the needle off the record and we went home.", "Nice."),
        ("See https://example.org/off-the-record for all of it.", "Thanks."),
        ("In our podcast, Off the Record, we said it.", "Nice."),
        ("We can't say that on the record yet.", "Fine."),
        ("It is off the record list of our apps.", "Nice."),
        ("Just between you, me and the wall, we grew.", "Nice."),
        ("Not for the podcast: we grew.", "Nice."),
        ("This is embargoed: we grew.", "Nice."),
        ("[back on the record] We grew.", "Nice."),
        ("Is it public already?", "No, not yet."),
        ("I just stopped the recording.", "Thanks."),
        ("The recorder is off now, so we grew.", "Thanks."),
        ("I have turned the recorder off, we grew.", "Thanks."),
        ("We're not recording this.", "Thanks."),
        ("Ya apagué la grabadora, crecimos.", "Bien."),
    ],
)
def test_what_brings_nothing_about_is_a_doubt_and_not_cut(said: tuple[str, ...]) -> None:
    source = talk(*said)

    assert source.redactions == 0
    assert source.doubts == (3,)


@pytest.mark.parametrize(
    "said",
    [
        ("Can I quote you on that?", "Of course."),
        ("We do not use that any more.",),
        ("I don't share that.",),
        ("You didn't hear this? It was great.",),
        ("That doesn't leave the room for bugs.",),
        ("Can you share that screen?", "No."),
        ("We cut that out of the next version.",),
        ("We stopped recording their clicks in May.",),
        ("It is not recording studios that we sell to.",),
    ],
)
def test_who_gives_leave_or_speaks_of_others_things_cuts_nothing(said: tuple[str, ...]) -> None:
    assert talk(*said).redactions == 0


@pytest.mark.parametrize(
    "said",
    [
        ("Are we recording?", "I stopped it."),
        ("Is it still recording?", "No, I just turned it off."),
        ("Is this being recorded?", "Not any more."),
        ("Are we still on tape?", "It's off."),
        ("Did you stop the recording?", "Yes."),
        ("Is the recorder off?", "Yes, it is."),
        ("¿Estamos grabando?", "Ya no, la apagué."),
    ],
)
def test_who_stopped_the_recorder_goes_on_off_the_record_and_it_is_a_doubt(said: tuple[str, ...]) -> None:
    source = talk(*said, "QUOKKA buys us.", "Really? QUOKKA?")

    assert "QUOKKA" not in heard(source)
    assert source.passages[-1].text.endswith("people like it a lot.")
    assert source.doubts == (3,)


def test_who_comes_back_on_the_record_after_the_recorder_stopped_is_read() -> None:
    source = talk("Are we recording?", "I stopped it.", "QUOKKA buys us.", "Wow.", "So, back on the record.", "Yes.")

    assert "QUOKKA" not in heard(source)
    assert "Each account" in heard(source)


def test_that_nothing_is_recorded_is_a_doubt_and_cuts_nothing() -> None:
    source = talk("Are we recording?", "No.")

    assert (source.redactions, source.doubts) == (0, (3,))


@pytest.mark.parametrize(
    "said",
    [
        ("Are we recording?", "Not yet. Okay, now we are."),
        ("Are we recording?", "Yes, it runs."),
        ("We stopped recording their clicks in May.",),
        ("It is not recording studios that we sell to.",),
    ],
)
def test_a_recorder_that_runs_and_other_recordings_are_no_doubts(said: tuple[str, ...]) -> None:
    assert talk(*said).doubts == ()


@pytest.mark.parametrize(
    "said",
    [
        ("Are we recording?", "Yes, it runs."),
        ("Did you stop the recording?", "No, it runs."),
        ("Are you recording demos?", "We stopped last year."),
    ],
)
def test_who_says_that_the_recorder_runs_or_speaks_of_others_cuts_nothing(said: tuple[str, ...]) -> None:
    assert talk(*said).redactions == 0


@pytest.mark.parametrize("question", ["Can we go off the record?", "Do you mind if we go off the record?"])
@pytest.mark.parametrize("answer", ["No problem.", "No, of course, go ahead.", "No? Well, I say it: QUOKKA."])
def test_who_says_no_and_means_yes_goes_off_the_record(question: str, answer: str) -> None:
    assert "QUOKKA" not in heard(talk(question, answer, "QUOKKA buys us."))


@pytest.mark.parametrize(
    "said",
    [
        (LONG, "Good.", "What I told you about the sale is off the record."),
        ("I told him something off the record, and he printed it.",),
        ("Los datos que quedan fuera de registro se borran.",),
        ("We do, off the record.",),
    ],
)
def test_where_it_is_unclear_how_far_somebody_reaches_the_cut_is_a_doubt(said: tuple[str, ...]) -> None:
    source = talk(*said)

    assert source.redactions == 1
    assert source.doubts == (2 + len(said),)


@pytest.mark.parametrize("head", ["{}  10:{:02} AM\n", "<v {}>", "**{}:** ", "[10:{1:02}] {0}: "])
def test_names_times_and_tags_are_no_words_to_look_back_on(head: str) -> None:
    said = [
        "Hello and welcome to all of you.",
        "It ships, and they like it a lot.",
        "QUOKKA buys us.",
        "Can I use it?",
        "Off the record.",
    ]
    said[-1] = "No, keep it off the record."
    said += ["Fine, let us talk of lanes.", "Each account has one of its own."]
    gap = "\n\n" if "*" in head else "\n"
    lines = [head.format("Ana Ruiz" if at % 2 else "Ben Okafor", at) + words for at, words in enumerate(said)]
    text = gap.join(lines)
    if head.startswith("<v"):
        text = "WEBVTT\n\n" + "\n\n".join(
            f"00:0{at}:00.000 --> 00:0{at}:02.000\n{line}</v>" for at, line in enumerate(lines)
        )
    source = parse_source(text.encode(), "notes/call.vtt" if head.startswith("<v") else "notes/call.md")

    assert "QUOKKA" not in heard(source)
    assert "Each account" in heard(source)


def test_prose_that_speaks_of_it_is_a_doubt() -> None:
    source = parse_source(b"# Talking to the press\n\nNever say off the record unless you mean it.", "posts/press.md")

    assert (source.redactions, source.doubts) == (0, (3,))


CUES = """WEBVTT

1
00:00:00.000 --> 00:00:02.000
<v Ana>So tell me about the plan.</v>

2
00:00:02.000 --> 00:00:04.000
<v Bob>We ship on Tuesday. And off the</v>

3
00:00:04.000 --> 00:00:06.000
<v Bob>record from here CANARY leaves</v>

4
00:00:06.000 --> 00:00:08.000
<v Ana>CANARY, really?</v>

5
00:00:08.000 --> 00:00:10.000
<v Bob>Yes. OK, back on the</v>

6
00:00:10.000 --> 00:00:12.000
<v Bob>record. We are happy with that.</v>
"""


def test_marks_torn_by_cues_are_marks() -> None:
    source = parse_source(CUES.encode(), "notes/call.vtt")

    assert "CANARY" not in repr(source)
    assert [(passage.speaker, passage.text) for passage in source.passages] == [
        ("Ana", "So tell me about the plan."),
        ("Bob", "We ship on Tuesday."),
        ("Bob", "We are happy with that."),
    ]


def test_words_torn_by_cues_are_found_in_a_draft() -> None:
    text = CUES.replace("CANARY leaves", "the lead investor").replace("CANARY, really", "is Northwind, really")
    forbidden = reading_of(text.replace("<v Ana>is", "<v Bob>is").encode(), "notes/call.vtt").forbidden

    assert [leak.kind for leak in forbidden.leaks_in("Now the lead investor is Northwind.")] == ["words"]


CHAT = """[10:32] ana: hello all
[10:33] bob: hi ana
[10:34] ana: {}
[10:34] ana: CANARY too
[10:35] bob: noted
[10:37] ana: yes please"""


@pytest.mark.parametrize("mark", ["off the record, CANARY is gone", "OTR: CANARY is gone"])
def test_a_mark_in_a_chat_ends_where_somebody_else_writes(mark: str) -> None:
    source = parse_source(CHAT.format(mark).encode(), "notes/chat.txt")

    assert "CANARY" not in repr(source)
    assert words(source) == ["hi ana", "noted", "yes please"]


@pytest.mark.parametrize(
    "text", [CUES, CHAT.format("off the record, CANARY"), BEFORE + "Bob: Off the record from here." + AFTER]
)
def test_reading_a_copy_cuts_nothing_more(text: str) -> None:
    first = reading_of(text.encode(), "notes/call.vtt")
    again = reading_of("\n".join(first.copy).encode(), "notes/call.vtt")

    assert (again.source.lines, again.source.redactions) == (first.source.lines, 0)


def test_where_nobody_wrote_full_stops_a_breath_is_cut_and_not_the_whole_call() -> None:
    cues = [f"so in {year} we grew a lot and people like it and they tell us" for year in range(2010, 2020)]
    cues += [
        "and now off the record from here CANARY",
        "is gone we have no plan yet okay back on the record",
        "we ship on tuesday",
    ]
    text = "WEBVTT\n\n" + "\n\n".join(f"00:{at:02}:00.000 --> 00:{at:02}:02.000\n{cue}" for at, cue in enumerate(cues))
    source = parse_source(text.encode(), "notes/call.vtt")

    assert "CANARY" not in repr(source)
    assert "we grew a lot" in source.passages[0].text
    assert source.passages[-1].text.endswith("we ship on tuesday")
