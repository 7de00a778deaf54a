import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import off_record, parse_source


def read(text: str) -> Source:
    return parse_source(text.encode(), "notes/call.md")


def words(source: Source) -> list[str]:
    return [passage.text for passage in source.passages]


@pytest.mark.parametrize(
    "marked",
    [
        "[off the record] CANARY [/off the record]",
        "[OFF THE RECORD]CANARY[/Off The Record]",
        "[off-the-record] CANARY [/off-the-record]",
        "[otr] CANARY [/otr]",
        "**[otr]** CANARY **[/otr]**",
        "[**otr**] CANARY [/**otr**]",
        "[extraoficial] CANARY [/extraoficial]",
        "\\[off the record\\] CANARY \\[/off the record\\]",
        "[off the record: CANARY]",
        "[otr: CANARY [laughs] CANARY]",
        "[otr] CANARY [sic] CANARY [/otr]",
        "[otr] CANARY [otr] CANARY [/otr] CANARY [/otr]",
        "[otr] CANARY [otr: CANARY] CANARY [/otr]",
        "[otr]\nCANARY\n\n- CANARY\n\n[/otr]\n",
        "[off the\nrecord] CANARY [/off\nthe record]",
        "`[otr]` CANARY `[/otr]`",
    ],
)
def test_a_marked_span_is_cut_and_the_rest_stays(marked: str) -> None:
    source = read(f"Before it. {marked} After it.")

    assert "CANARY" not in repr(source)
    assert source.redactions == 1
    assert "Before it." in " ".join(words(source))
    assert "After it." in " ".join(words(source))


@pytest.mark.parametrize(
    "mark",
    ["OTR:", "otr:", "**OTR:**", "*OTR*:", "Off the record:", "Off-the-record:", "Extraoficial:", "(Off the record:"],
)
def test_a_colon_mark_reaches_to_the_end_of_its_paragraph(mark: str) -> None:
    source = read(f"We grew.\n\n{mark} CANARY one\nCANARY two\n\nWe ship in May.")

    assert "CANARY" not in repr(source)
    assert words(source) == ["We grew.", "We ship in May."]


def test_a_colon_mark_within_a_paragraph_spares_what_stands_before_it() -> None:
    assert words(read("We raised. OTR: CANARY\nCANARY\n\nNext.")) == ["We raised.", "Next."]


def test_a_colon_mark_in_an_item_takes_the_whole_item_and_no_other() -> None:
    source = read("- one\n- OTR: CANARY\n  CANARY\n  - CANARY\n\n  CANARY\n- two\n")

    assert "CANARY" not in repr(source)
    assert words(source) == ["one", "two"]


def test_a_colon_mark_that_announces_a_list_takes_the_list() -> None:
    source = read("OTR: the investors are:\n\n- CANARY\n\n- CANARY\n\nOn the record again.")

    assert words(source) == ["On the record again."]


def test_a_colon_mark_in_a_turn_ends_where_the_next_one_speaks() -> None:
    source = read("Ana: hello\nBob: hello\nAna: [00:10] OTR: CANARY\nCANARY\nBob: and now this\nAna: yes")

    assert "CANARY" not in repr(source)
    assert words(source) == ["hello", "hello", "and now this", "yes"]


def test_a_label_that_is_new_does_not_end_what_somebody_says_off_the_record() -> None:
    source = read("Ana: hello\nBob: hello\nAna: OTR: the terms\nValuation: CANARY\nLead: CANARY\nBob: and now this")

    assert "CANARY" not in repr(source)
    assert words(source)[-1] == "and now this"


def test_what_looks_like_a_label_does_not_end_an_off_the_record_paragraph() -> None:
    source = read("Notes.\n\nOTR: the plan\nBudget: CANARY\nLead: CANARY\n\nEnd.")

    assert "CANARY" not in repr(source)


@pytest.mark.parametrize("opening", ["[otr]", "[off the record]", "[otr: ", "[off the record begins]", "[otr"])
def test_an_unclosed_mark_reaches_to_the_end_of_the_file(opening: str) -> None:
    source = read(f"On the record.\n\n{opening} CANARY\n\nCANARY\n\n# CANARY\n")

    assert "CANARY" not in repr(source)
    assert words(source) == ["On the record."]


def test_a_closing_mark_without_an_opening_one_is_an_error_with_its_line() -> None:
    with pytest.raises(ContentError, match=r"^notes/call.md:3: .*never opened") as caught:
        read("Fine.\n\n[of the record] CANARY [/off the record]")

    assert "CANARY" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    "front",
    [
        "---\noff_record: true\n---\n",
        "---\ntitle: x\noff_record: 'Yes' # hm\n---\n",
        "\n\n---\noff_record: true\n---\n",
        "---\n{off_record: true}\n---\n",
        "+++\noff_record = true\n+++\n",
        "off_record: true\n\n",
        "---\n{title: x, off_record: true}\n---\n",
        "---\no.t.r.: yes\n---\n",
        "---\nextraoficial: sí\n---\n",
        '---\n"off\\u005frecord": true\n---\n',
        '---\n"off_\\u200brecord": true\n---\n',
    ],
)
def test_a_file_that_is_off_the_record_is_not_read(front: str) -> None:
    with pytest.raises(ContentError, match="nothing on the record is left"):
        read(front + "CANARY")


@pytest.mark.parametrize(
    "switch",
    [
        "off_record: ture", "off_record:", "off_record: [true]", "off_record: partly # ask Ana", "OFF RECORD = maybe",
        "otr: maybe", "otr:", "  otr: maybe", '"otr": maybe', "- otr: perhaps", "otr: no, but ask Ana", "extraoficial: quizás",
        "оtr: maybe", '"off\\u005frecord": maybe',
    ],
)  # fmt: skip
def test_a_switch_that_says_neither_yes_nor_no_is_an_error_rather_than_a_leak(switch: str) -> None:
    with pytest.raises(ContentError, match=r"call.md:\d: \S.* must be true or false"):
        read(f"---\ntitle: x\n{switch}\nauthor: Ana\n---\nCANARY")


@pytest.mark.parametrize(
    "switch", ["off_record: false", "otr: no", "otr: 'off'", "{otr: false}", "Off-Record: 0", "otr: n"]
)
def test_a_switch_that_says_false_changes_nothing(switch: str) -> None:
    source = read(f"---\n{switch}\n---\nHello there.")

    assert (words(source), source.redactions) == (["Hello there."], 0)


@pytest.mark.parametrize(
    "text", ["[otr] CANARY [/otr]", "OTR: CANARY", "---\ntitle: Call\n---\n- OTR: CANARY\n", "#\n\nOTR: CANARY"]
)
def test_a_note_wholly_off_the_record_is_an_error(text: str) -> None:
    with pytest.raises(ContentError, match="nothing on the record is left"):
        read(text)


def test_back_on_the_record_closes_all_marks_that_are_open() -> None:
    assert words(read("We grew. [otr] CANARY [otr] CANARY [back on the record] We ship.")) == ["We grew. We ship."]


def test_lines_keep_their_numbers() -> None:
    source = read("one\n[otr]\nCANARY\n[/otr]\nfive [otr] CANARY\nCANARY [/otr] six")

    assert source.lines == ("one", "", "", "", "five ", " six")


def test_front_matter_is_redacted_too() -> None:
    source = read("---\ntitle: Call [otr]CANARY[/otr]\nexcerpt: OTR: CANARY\n---\nHello.")

    assert "CANARY" not in repr(source)
    assert source.title == "Call"


def test_the_digest_does_not_depend_on_what_was_cut() -> None:
    assert read("a [otr] CANARY [/otr] b").digest == read("a [otr] other [/otr] b").digest


def test_drafts_can_be_checked_against_what_nobody_may_hold() -> None:
    forbidden = off_record(b"We grew. [otr] The lead investor is Sequoia Capital [/otr] OTR: Bob leaves us")

    assert forbidden.leaks_in("and the lead investor is Sequoia")
    assert forbidden.leaks_in("we hear that Bob leaves us")
    assert not forbidden.leaks_in("We grew.")


def test_what_was_said_on_the_record_too_may_be_repeated() -> None:
    text = b"We doubled our revenue this year. [otr] We doubled our revenue this year and fired Bob. [/otr]"
    forbidden = off_record(text)

    assert not forbidden.leaks_in("We doubled our revenue this year")
    assert forbidden.leaks_in("our revenue this year and fired")


@pytest.mark.parametrize(
    "marked",
    [
        "CANARY (off the record), CANARY\nCANARY",
        "CANARY (**OTR**)",
        "Off the record, CANARY",
        "Off the record — CANARY.",
        "> Off the record; CANARY\n> CANARY",
        "| x | OTR: CANARY |\n| y | CANARY |",
        "**Off the record**: CANARY",
        "1. Off the record: CANARY",
        "ｏｆｆ ｔｈｅ ｒｅｃｏｒｄ： CANARY",
        "Оff thе rеcоrd: CANARY",
        "Off\u00a0the\u00a0record: CANARY",
        "O\u200bT\u00adR: CANARY",
        "[off the record] CANARY [back on the record]",
        "[otr] CANARY [end otr]",
        "[otr] CANARY [otr ends]",
    ],
)
def test_a_mark_in_any_dress_takes_its_paragraph_and_no_other(marked: str) -> None:
    source = read(f"We grew.\n\n{marked}\n\nWe ship.")

    assert "CANARY" not in repr(source)
    assert (words(source)[0], words(source)[-1]) == ("We grew.", "We ship.")


@pytest.mark.parametrize("heading", ["## Off the record", "## OTR:", "## **Off the record**"])
def test_a_heading_that_says_so_takes_its_section(heading: str) -> None:
    code = "```sh\n# CANARY\n```"
    source = read(f"We grew.\n\n{heading}\n\nCANARY\n\n### CANARY\n\n{code}\n\nCANARY\n\n## Next\n\nWe ship.")

    assert "CANARY" not in repr(source)
    assert words(source) == ["We grew.", "Next", "We ship."]


@pytest.mark.parametrize("end", ["# Next", "On the record", "**Back on the record**"])
def test_a_line_of_its_own_takes_what_follows(end: str) -> None:
    source = read(f"We grew.\n\n**Off the record**\n\nCANARY\n\nCANARY\n\n{end}\n\nWe ship.")

    assert "CANARY" not in repr(source)
    assert words(source)[-1] == "We ship."


@pytest.mark.parametrize("mark", ["Off the record.", "(off the record)", "- OTR", "> *Extraoficial.*"])
def test_a_mark_that_nothing_follows_takes_what_stands_before_it(mark: str) -> None:
    assert words(read(f"We grew.\n\nCANARY\nCANARY\n\n{mark}\n")) == ["We grew."]


def test_an_item_that_is_a_mark_takes_the_item_it_is_part_of() -> None:
    source = read("We grew.\n\n- one\n- CANARY\n  - CANARY\n  - off the record\n\n## Next\n\nWe ship.")

    assert words(source) == ["We grew.", "one", "Next", "We ship."]


@pytest.mark.parametrize("mark", ["Off the record", "- OTR"])
def test_what_stands_before_a_mark_of_its_own_is_a_doubt(mark: str) -> None:
    source = read(f"We grew.\n\n- two\n- three\n  or four\n{mark}\n- CANARY\n\n## Next\n\nWe ship.")

    assert words(source) == ["We grew.", "two", "three or four", "Next", "We ship."]
    assert source.doubts == (4, 5)


def test_a_parenthesis_in_an_item_takes_that_item_only() -> None:
    assert words(read("- one\n- CANARY leaves (off the record)\n  CANARY\n- three")) == ["one", "three"]


def test_a_mark_that_was_torn_by_another_is_a_mark() -> None:
    source = read("We grew. [o[otr]x[/otr]tr] CANARY")

    assert "CANARY" not in repr(source)
    assert words(source) == ["We grew."]


def test_a_mistyped_mark_is_a_doubt() -> None:
    assert read("We grew.\n\n[of the record] We ship.").doubts == (3,)


SOUP = st.lists(
    st.sampled_from(
        [
            "word",
            "another.",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "# ",
            "*",
            "**",
            "`",
            "```",
            "[",
            "]",
            "(",
            ")",
            "](",
            "---",
            "+++",
            "Ana:",
            "Bob:",
            "TODO:",
            "[00:10]",
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "{{< note >}}",
            "{{% ",
            "{: .x}",
            "{% comment %}",
            "[^1]",
            "~~",
            "|",
            "\\",
            "title: x",
            "&amp;",
            "[link](http://a.b)",
            "![a](b)",
            ":::",
            "!!! note",
        ]
    ),
    max_size=25,
).map(" ".join)
MARKS = st.sampled_from(
    [
        ("[otr]", "[/otr]"),
        ("[off the record]", "[/off the record]"),
        ("\\[OTR\\]", "\\[/OTR\\]"),
        ("[otr:", "]"),
        ("[extraoficial] ", ""),
    ]
)


def outcome(text: str) -> str:
    """All that reading this text brings to light: the source, or the message of the refusal."""
    try:
        return repr(read(text))
    except ContentError as error:
        return error.message + error.hint


@settings(max_examples=150, deadline=None)
@given(before=SOUP, inside=SOUP, marks=MARKS, after=SOUP)
@example(before="---\ntitle: x\n", inside="\n---\n", marks=("[otr]", "[/otr]"), after="y")
@example(before="```\n", inside="\n```\n", marks=("[otr]", "[/otr]"), after="y")
def test_nothing_between_two_marks_is_anywhere_in_a_source(
    before: str, inside: str, marks: tuple[str, str], after: str
) -> None:
    # Brackets in a pair of brackets must balance to be inside of it.
    inside = inside.replace("[", "").replace("]", "")

    assert "CANARY" not in outcome(f"{before}{marks[0]} CANARY {inside} CANARY {marks[1]}{after}")


@settings(max_examples=150, deadline=None)
@given(before=SOUP, label=st.sampled_from(["", "- ", "1. ", "> ", "Ana: ", "**Ana:** ", "[00:10] ", "## "]), after=SOUP)
def test_nothing_behind_a_colon_mark_on_its_line_is_anywhere_in_a_source(before: str, label: str, after: str) -> None:
    assert "CANARY" not in outcome(f"{before}\n{label}OTR: CANARY word\n\n{after}\n\nthe end")


@pytest.mark.parametrize(
    "text",
    [
        "## Runway (off the record)\n\nCANARY\n\n## Hiring",
        "## Off the record: runway\n\nCANARY\n\n### More\n\nCANARY\n\n## Hiring",
        "## OTR - Runway\n\nCANARY\n\n## Hiring",
        "--- off the record from here ---\n\nCANARY\n\n--- back on the record ---",
        "(Off the record from here)\n\nCANARY\n\n(Back on the record)",
        "{OTR}\nCANARY\n{/OTR}",
        "OTR START\n\nCANARY\n\nOTR END",
        "> [!NOTE] Off the record\n> CANARY",
        '!!! note "Off the record"\n    CANARY',
        "<details><summary>Off the record</summary>\n\nCANARY\n\n</details>",
        "[off <b>the</b> record] CANARY [/off&nbsp;the record]",
        "**Off the record:**\n\nCANARY",
    ],
)
def test_what_a_mark_opens_is_cut_up_to_what_closes_it(text: str) -> None:
    source = read(f"We grew.\n\n{text}\n\nWe hire.\n")

    assert "CANARY" not in repr(source)
    assert words(source)[0] == "We grew."
    assert words(source)[-1] == "We hire."


@pytest.mark.parametrize(
    "text", ["[off the record:] CANARY", "Off the record from here on.\n\nCANARY", "[otr:]\n\nCANARY\n\nCANARY"]
)
def test_an_opening_that_nothing_closes_reaches_to_the_end(text: str) -> None:
    assert "CANARY" not in repr(read(f"We grew.\n\n{text}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "[not for publication] We grew.",
        "[off teh record] We grew.",
        "Between you and me, we grew.",
        "This is off um the record.",
    ],
)
def test_what_may_have_been_meant_for_a_mark_is_a_doubt(text: str) -> None:
    assert read(f"We hire.\n\n{text}\n").doubts == (3,)


@pytest.mark.parametrize(
    "text",
    [
        "CANARY [off the record].",
        "- CANARY [OTR]\n- We hire.",
        "CANARY `[off the record]`.",
        "CANARY **[off the record]**",
        "CANARY ([off the record])",
        "CANARY “[off the record]”",
    ],
)
def test_an_open_mark_that_ends_a_paragraph_looks_back_too(text: str) -> None:
    assert "CANARY" not in repr(read(f"We grew.\n\n{text}\n\nWe hire.\n"))


@pytest.mark.parametrize(
    "text",
    [
        "<del>CANARY one</del> [off the record] CANARY two [/off the record]",
        "~~CANARY one~~ [off the record] CANARY two [/off the record]",
        "[off the record] CANARY two [/off the record]: <S class='x'>CANARY one</s>",
        "[off the record] CANARY [/off the record] ~~CANARY~~ [otr] CANARY [/otr]",
        "<strike>CANARY one [off the record]</strike> CANARY [/off the record]",
    ],
)
def test_what_is_struck_out_beside_a_mark_is_cut_with_it(text: str) -> None:
    source = read(f"We grew.\n\nNow: {text} We ship.\n\nWe ~~fired~~ hire.\n")

    assert "CANARY" not in repr(source.lines)
    assert source.lines[-2] == "We ~~fired~~ hire."


def test_what_is_struck_out_in_the_paragraph_of_a_mark_is_a_doubt() -> None:
    assert read("We ~~left~~ stay.\n\nWe <del>fired</del> hire. [otr] CANARY [/otr]\n").doubts == (3,)


def test_what_is_struck_out_where_nothing_is_marked_is_left_alone() -> None:
    source = read("We ~~fired~~ hire.")

    assert (source.redactions, source.doubts) == (0, ())


@pytest.mark.parametrize(
    "text", ["In it we write\notr: false # our default\nand go on.", "---\notr: no #\n---\nHello."]
)
def test_a_switch_that_says_false_with_a_comment_is_a_doubt_and_no_mark(text: str) -> None:
    source = read(text)

    assert source.redactions == 0
    assert source.doubts


def test_a_tag_behind_a_no_is_no_comment() -> None:
    assert "CANARY" not in repr(read("We grew.\n\nOTR: no #CANARY this year"))


def test_the_error_for_an_essay_with_such_a_title_says_how_to_write_it() -> None:
    essay = "Every reporter knows the phrase.\n\nFew agree on what it means."
    with pytest.raises(ContentError) as caught:
        read(f"# Off the record\n\n{essay}")

    assert "title: …" in caught.value.hint
    assert "Few agree on what it means." in words(read(f"---\ntitle: Off the record\n---\n{essay}"))


def test_what_follows_a_cut_in_a_turn_stays_its_speakers() -> None:
    source = read(
        "Ana: Hello there.\nBob: We grew. [off the record] CANARY\nAna: CANARY. [/off the record]\n"
        "And we ship on Tuesday.\nBob: Fine with me.\n"
    )

    assert [(passage.speaker, passage.text) for passage in source.passages] == [
        ("Ana", "Hello there."),
        ("Bob", "We grew."),
        ("Ana", "And we ship on Tuesday."),
        ("Bob", "Fine with me."),
    ]


def test_what_follows_a_cut_whose_speaker_is_not_known_is_nobodys() -> None:
    source = read("Bob: We grew. [off the record] CANARY\nAna: CANARY. [/off the record]\nAnd we ship on Tuesday.")

    assert "ship" not in repr(source)
