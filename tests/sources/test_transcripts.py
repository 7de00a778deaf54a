import pytest

from contentkit.models import Link, Source
from contentkit.sources import parse_source


def read(text: str) -> Source:
    return parse_source(text.encode(), "notes/call.md")


CALL = """\
# A call

Recorded in May.

**Ana Ruiz:** \\[00:10\\] Why did you
start [it](https://a.b)?

**Bob:** Because nobody else did.

\\[00:42\\] And it was *fun*.

## Part two

Some editor's words.

**Ana Ruiz:** Yes.
"""


def test_turns_carry_their_speaker_and_lines() -> None:
    source = read(CALL)

    assert source.kind == "transcript"
    assert [(p.kind, p.speaker, p.text, p.first, p.last) for p in source.passages] == [
        ("heading", "", "A call", 1, 1),
        ("paragraph", "", "Recorded in May.", 3, 3),
        ("turn", "Ana Ruiz", "Why did you start it?", 5, 6),
        ("turn", "Bob", "Because nobody else did.", 8, 8),
        ("turn", "Bob", "And it was fun.", 10, 10),
        ("heading", "", "Part two", 12, 12),
        ("paragraph", "", "Some editor's words.", 14, 14),
        ("turn", "Ana Ruiz", "Yes.", 16, 16),
    ]
    assert source.passages[2].links == (Link(text="it", url="https://a.b", line=6),)
    assert source.speakers == {"Bob": 8, "Ana Ruiz": 6}


@pytest.mark.parametrize(
    "label",
    [
        "Ana:", "ANA:", "**Ana:**", "**Ana**:", "__Ana:__", "Ana Ruiz:", "Ana de la Cruz:", "Ana (CEO):",
        "**Ana (CEO):**", "Dr. Ana O’Hara-Li:", "**Ana Ruiz, M.D.:**", "Ana Ruiz, PhD:", "**Ana, CEO:**",
        "[00:12] Ana:", "00:12 Ana:", "00:01:12 Ana:", "Ana [00:12]:", "**Ana** [00:12]:", "**Ana [00:12]:**",
        "\\[01:00:12.50\\] **Ana:**",
        "Ana: [00:12]", "Speaker 1:", "Łukasz:", "王芳:", "*Ana:*", "_Ana_:", "**[00:00:12] Ana:**", "`00:12` **Ana**:",
        "[SPEAKER_00]:", "Ana [4.5s - 9.2s]:",
    ],
)  # fmt: skip
def test_labels_of_many_forms_name_a_speaker(label: str) -> None:
    source = read(f"{label} hello there\nBob: hi\n{label} again")

    assert [passage.text for passage in source.passages] == ["hello there", "hi", "again"]
    assert len(source.speakers) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Host: Why did you start?\n\nAna: Because nobody else did.",
        "Ana:\nhello\n\nBob:\nhi\n\nAna:\nbye",
        "**Ana:** one\n\n**Ana:** two\n\n**Ana:** three",
        "---\nlanguage: en\n---\nAna: hi\nBob: hi\nAna: bye",
        "- Ana is here\n\nAna: hi\n\nBob: hi\n\nAna: bye",
        "## Money\n\nAna: Who pays?\n\nBob: Teams.\n\n## Work\n\nAna: Who works?\n\nBob: Teams.",
        "## Money\n\nAna: hi\n\nBob: hi\n\nAna: so\n\n## Work\n\nAna: hi\n\nBob: hi",
        "## Who pays?\n\n**Ana:** Teams.\n\n## Who works?\n\n**Ana:** Teams.\n\n## Why?\n\n**Ana:** Teams.",
    ],
)
def test_people_who_speak_make_a_transcript(text: str) -> None:
    assert read(text).kind == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "TODO: call Bob\nWhy: he asked\nTODO: call Ana",
        "TODO: call Bob\n\nWhy: he asked",
        "Pricing: 20\nLaunch: May\nPricing: 30",
        "We met today.\n\nAna: will call\n\nBob: will write",
        "- Ana: will call\n- Bob: will write\n- Ana: will pay",
        "Note: one\n\nNote: two\n\nNote: three",
        "Decisión: sí\nFecha: mayo\nDecisión: no",
        "http://a.b\nhttp://c.d\nhttp://a.b",
        "we said this: yes\nthey said that: no\nwe said this: no",
        "\n\n".join(["A long post."] * 20 + ["Ana: hi", "Bob: hi", "Ana: bye"]),
        "\n\n".join(["Ana: hi", "Bob: hi", "Ana: bye"] + ["A long post."] * 20),
        "```\nAna: hi\n```",
        "## Slow lanes\n\n**Symptom:** one\n\n**Remedy:** two\n\n## Lost lanes\n\n**Symptom:** three\n\n**Remedy:** four",
        "### 1. Reminder\n\n**Effect on Others**: one\n\n### 2. Ban\n\n**Effect on Others**: two\n\n### 3. End\n\n"
        "**Effect on Others**: three",
    ],
)
def test_words_with_a_colon_do_not_make_a_transcript(text: str) -> None:
    assert read(text).kind == "note"


def test_words_behind_a_heading_without_a_label_are_nobodys() -> None:
    words = next(passage for passage in read(CALL).passages if passage.first == 14)

    assert words.speaker == ""


def test_a_break_in_a_recording_is_no_turn() -> None:
    source = read("**Ana:** hi\n\n**Bob:** hi\n\n**Break:** \\[24:00\\]\n\n**Ana:** bye")

    assert [passage.text for passage in source.passages] == ["hi", "hi", "bye"]


def test_items_in_a_turn_are_passages_of_its_speaker() -> None:
    source = read("Ana: hi\nBob: two things:\n- one\n- two\nAna: bye")

    assert [(p.speaker, p.text) for p in source.passages][1:4] == [
        ("Bob", "two things:"),
        ("Bob", "one"),
        ("Bob", "two"),
    ]


def said_in(text: str) -> list[tuple[str, str, str]]:
    return [(passage.kind, passage.speaker, passage.text) for passage in read(text).passages]


BOLD_QUESTIONS = """\
**Who are you?**

**Ana Ruiz**: I lead it. We are 40.

**How many boxes do you sell?**

**Bo Lind**: A thousand.

**And who pays?**

Teams do.

**Ana Ruiz**: Schools, too.

**Bo Lind**: **Yes!**

And parents.
"""


def test_a_question_in_bold_is_not_said_by_who_spoke_before_and_its_answer_neither() -> None:
    assert said_in(BOLD_QUESTIONS) == [
        ("paragraph", "", "Who are you?"),
        ("turn", "Ana Ruiz", "I lead it. We are 40."),
        ("paragraph", "", "How many boxes do you sell?"),
        ("turn", "Bo Lind", "A thousand."),
        ("paragraph", "", "And who pays?"),
        ("paragraph", "", "Teams do."),
        ("turn", "Ana Ruiz", "Schools, too."),
        ("turn", "Bo Lind", "Yes!"),
        ("turn", "Bo Lind", "And parents."),
    ]


def test_a_turn_may_be_as_bold_as_its_label_and_what_stands_below_is_not_of_who_asks() -> None:
    assert said_in("**Cleo: Who are you?**\n\n**Ana:** Ana.\n\n**Cleo: What is it?**\n\nA tool.\n\n**Ana:** Mine.") == [
        ("turn", "Cleo", "Who are you?"),
        ("turn", "Ana", "Ana."),
        ("turn", "Cleo", "What is it?"),
        ("paragraph", "", "A tool."),
        ("turn", "Ana", "Mine."),
    ]


def test_words_with_a_bold_beginning_are_no_label() -> None:
    assert read("**Ana: mine** is it\n\n**Bo: his** is it\n\n**Ana: mine** again").kind == "note"


def test_what_is_set_apart_from_the_turns_is_nobodys() -> None:
    text = """\
**Ana:** We began in May.

> We began in May, and nobody saw it.

*How was it paid?*

**Bo:** By us.

![The team](team.png)
*The team in May*

```python
print("x")

print("y")
```

*[Music]*

| a | b |
|---|---|
| 1 | 2 |

So it was.

**Ana:** It was.
"""
    assert said_in(text) == [
        ("turn", "Ana", "We began in May."),
        ("quotation", "", "We began in May, and nobody saw it."),
        ("paragraph", "", "How was it paid?"),
        ("turn", "Bo", "By us."),
        ("image", "", "The team"),
        ("paragraph", "", "The team in May"),
        ("code", "", 'print("x")\n\nprint("y")'),
        ("paragraph", "", "[Music]"),
        ("table", "", "a | b\n1 | 2"),
        ("turn", "Bo", "So it was."),
        ("turn", "Ana", "It was."),
    ]
    assert [(p.kind, p.first, p.last) for p in read(text).passages if p.kind in ("quotation", "code", "table")] == [
        ("quotation", 3, 3),
        ("code", 12, 16),
        ("table", 20, 22),
    ]


def test_a_fence_around_turns_and_one_without_an_end_are_no_code() -> None:
    said = "Ana: hi\n\nBo: hi\n\n```\nAna: one\n\nBo: two\n```\n\nAna: three\n\n```\n\nfour"

    assert [(speaker, text) for _, speaker, text in said_in(said)][2:] == [
        ("Ana", "one"),
        ("Bo", "two"),
        ("Ana", "three"),
        ("Ana", "four"),
    ]


def test_what_is_typed_beside_the_talk_is_said_by_who_typed_it() -> None:
    text = "Ana: we could begin\n\n<cleo> +1\n\nBo: so do I\n\n<ana> we all do\n\nBo: good"

    assert [(speaker, text) for _, speaker, text in said_in(text)] == [
        ("Ana", "we could begin"),
        ("cleo", "+1"),
        ("Bo", "so do I"),
        ("Ana", "we all do"),
        ("Bo", "good"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "ACTION: Bo writes it", "**Decision:** we wait", "RESOLUTION: published", "Regrets: Cleo", "Topic: money",
        "Acuerdo: se publica", "Presenter: Cleo Park (CP)", "Guests: Cleo Park, Dan Ode and Eli Fox",
    ],
)  # fmt: skip
def test_what_minutes_keep_between_the_turns_is_nobodys(line: str) -> None:
    found = said_in(f"Ana: hi\n\nBo: hello\n\n{line}\nmore of it\n\nAna: bye")

    assert [speaker for _, speaker, _ in found] == ["Ana", "Bo", "", "Ana"]


@pytest.mark.parametrize("line", ["Host: Welcome back, Ana.", "Guest: Thank you!", "Speaker: I am Ana."])
def test_who_has_a_part_may_speak(line: str) -> None:
    found = said_in(f"Ana: hi\n\n{line}\n\nAna: bye")

    assert [speaker for _, speaker, _ in found] == ["Ana", line.partition(":")[0], "Ana"]


@pytest.mark.parametrize(
    "line",
    [
        "Audience member: Who pays?", "Q: Who pays?", "Pregunta: ¿Quién paga?", "**Question from the room:** Who pays?",
        "**Tip:** Who pays?", "Q.  Who pays?", "(Somebody asks who pays.)", "*Cleo asks who pays.*", ">> Who pays?",
        "Photo: Cleo Marsh", "Figure 1: Who pays.",
    ],
)  # fmt: skip
def test_whoever_else_speaks_between_the_turns_is_not_who_spoke_before(line: str) -> None:
    dress = "**" if line.startswith("**") else ""
    found = said_in(f"{dress}Ana:{dress} hi\n\n{line}\n\n{dress}Bo:{dress} hello\n\n{dress}Ana:{dress} bye")

    assert [speaker for _, speaker, _ in found] == ["Ana", "", "Bo", "Ana"]


def test_whoever_speaks_behind_a_rule_says_so() -> None:
    assert said_in("Ana: hi\n\nBo: hello\n\n---\n\nThis hour is paid for.\n\n---\n\nBo: so\n\nAna: bye")[1:4] == [
        ("turn", "Bo", "hello"),
        ("paragraph", "", "This hour is paid for."),
        ("turn", "Bo", "so"),
    ]


@pytest.mark.parametrize("line", [">> Ana: Yes.", "Ana [laughs]: Yes.", "**Ana [off camera]:** Yes."])
def test_what_a_captioner_writes_beside_a_name_is_no_part_of_the_turn(line: str) -> None:
    dress = "**" if line.startswith("**") else ""
    found = said_in(f"{dress}Ana:{dress} hi\n\n{dress}Bo:{dress} hello\n\n{line}\n\n{dress}Bo:{dress} bye")

    assert found[2] == ("turn", "Ana", "Yes.")


def test_a_word_with_a_colon_within_a_turn_is_of_who_speaks() -> None:
    assert [speaker for _, speaker, _ in said_in("Ana: hi\n\nBo: hello\n\nNote: I mean it.\n\nAna: bye")] == [
        "Ana",
        "Bo",
        "Bo",
        "Ana",
    ]


def test_a_question_in_italics_with_its_label_is_no_answer() -> None:
    assert said_in("*Cleo: Who are you?*\n\n*Ana:* Ana.\n\n*Cleo: And now.*\n\nIt is over.\n\n*Ana:* Yes.")[2:4] == [
        ("turn", "Cleo", "And now."),
        ("paragraph", "", "It is over."),
    ]


def test_a_year_at_the_beginning_of_a_line_is_no_number_of_an_item() -> None:
    assert said_in("Ana: It began in May of\n2027. We were three.\n\nBo: Good.\n\nAna: Yes.")[0] == (
        "turn",
        "Ana",
        "It began in May of 2027. We were three.",
    )


def test_whoever_speaks_on_from_the_middle_of_a_line_has_words_of_their_own() -> None:
    talk = "Ana: We were four. Bo: And **then?** Ana: We sold\nthe car. **Bo:** Good.\n\nBo: It was. Cleo: no.\n\nAna: Yes."

    assert said_in(talk) == [
        ("turn", "Ana", "We were four."),
        ("turn", "Bo", "And then?"),
        ("turn", "Ana", "We sold the car."),
        ("turn", "Bo", "Good."),
        ("turn", "Bo", "It was. Cleo: no."),
        ("turn", "Ana", "Yes."),
    ]


def test_a_turn_from_the_middle_of_a_line_on_knows_its_lines() -> None:
    source = read("Ana: We were four. Bo: And then? Ana: We sold\nthe car.\n\nBo: Good.\n\nAna: Yes.")

    assert [(passage.first, passage.last) for passage in source.passages[:3]] == [(1, 1), (1, 1), (1, 2)]


def test_names_of_many_words_are_names() -> None:
    talk = "Maria del Carmen Ortiz de la Torre: We sold 40.\n\nBo: How?\n\nMaria del Carmen Ortiz de la Torre: By hand."

    assert [speaker for _, speaker, _ in said_in(talk)] == [
        "Maria del Carmen Ortiz de la Torre", "Bo", "Maria del Carmen Ortiz de la Torre",
    ]  # fmt: skip


def test_who_has_a_long_label_in_bold_is_not_whoever_spoke_before() -> None:
    talk = "**Ana:** We sold 40.\n\n**A woman in the second row:** How?\n\n**Ana:** By hand.\n\n**Bo:** Well."

    assert said_in(talk)[1] == ("paragraph", "", "How?")


@pytest.mark.parametrize(
    "there",
    [
        "Present: Ana Ruiz (AR), Bo van Oss (BVO)",
        "| Name | |\n|---|---|\n| Ana Ruiz | AR |\n| Bo van Oss | BVO |\n| Cy Day | CDY |",
    ],
)
def test_initials_speak_by_the_names_that_the_list_of_those_present_gives(there: str) -> None:
    talk = "AR: I sold 40.\n\nBVO: How?\n\nAR: By hand.\n\nXY: Well?\n"

    assert read(f"# Council\n\n{there}\n\n{talk}").speakers == {"Ana Ruiz": 5, "Bo van Oss": 1, "XY": 1}


def test_fields_in_letters_without_capitals_are_nobodys_words() -> None:
    assert read("檢測語言: zh\n\n完整文本:\n你好。\n").kind == "note"
    assert read("小明: 你好。\n\n小红: 你好吗?\n\n小明: 好。\n").kind == "transcript"


def test_minutes_by_initials_in_which_nobody_talks_are_a_note() -> None:
    minutes = "AB: the release is out, 40 people have it.\n\nCD: two bugs were found.\n\nAB: docs are behind.\n"

    assert read(minutes).kind == "note"
    assert read(f"---\nkind: transcript\n---\n{minutes}").kind == "transcript"


def test_minutes_with_an_agenda_in_which_people_speak_by_their_initials_are_a_note() -> None:
    talk = "MD: Do we know how long it takes?\n\nJB: An hour in Berlin.\n\nMD: Good.\n"
    assert read(f"# Council\n\n## Agenda\n\n{talk}").kind == "note"
    assert read(f"# Council\n\n{talk}").kind == "transcript"
