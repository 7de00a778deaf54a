"""How people mark what is off the record, and what only looks like it, one text a line: cut, told of, or left alone.

Each text stands between two paragraphs that are on the record. ``QUOKKA`` is what nobody may read.
"""

import pytest

from contentkit.errors import ContentError
from contentkit.models import Source
from contentkit.sources import parse_source

BEFORE, AFTER = "We ship on Tuesday.", "We hire two people."


def read(text: str) -> Source:
    return parse_source(f"# Call\n\n{BEFORE}\n\n{text}\n\n{AFTER}\n".encode(), "notes/call.md")


def said(source: Source) -> str:
    return "\n".join(source.lines) + repr(source.passages)


CLOSED = [
    "[&#111;ff the record] QUOKKA [/off the record]",
    "[&#x6F;ff&nbsp;the record] QUOKKA [/&#111;ff the record]",
    "&lsqb;off the record&rsqb; QUOKKA &lsqb;/off the record&rsqb;",
    "&#91;off the record&#93; QUOKKA &#91;/off the record&#93;",
    "[%6Fff%20the%20record] QUOKKA [/off the record]",
    "[\\u006fff the record] QUOKKA [/off the record]",
    "[OTR START] QUOKKA [OTR END]",
    "[begin off the record] QUOKKA [end off the record]",
    "[going off the record] QUOKKA [back on the record]",
    "[🔒 off the record] QUOKKA [/off the record]",
    "[offtherecord] QUOKKA [/offtherecord]",
    "[off the rec-\nord] QUOKKA [/off the record]",
    "[fuera del registro] QUOKKA [/fuera del registro]",
    "{off the record} QUOKKA\n\nQUOKKA {/off the record}",
    "<otr>\nQUOKKA\n\nQUOKKA\n</otr>",
    "![QUOKKA [off the record] QUOKKA [/off the record]](chart.png)",
    "![QUOKKA, off the record: QUOKKA](chart.png)",
    '<img src="a.png" alt="QUOKKA [otr] QUOKKA [/otr]">',
    "**Off the record:**\n\nQUOKKA",
    "## Runway (off the record)\n\nQUOKKA\n\n## Hiring",
    "Off the record. QUOKKA.",
    "OFF THE RECORD!! QUOKKA",
    "OTR… QUOKKA",
    "OTR => QUOKKA",
    "OTR | QUOKKA",
    "- **OTR** QUOKKA\n- Hiring",
    "***OTR*** QUOKKA",
    "==OTR== QUOKKA",
    "QUOKKA (this is off the record)",
    "(please keep this off the record) QUOKKA",
    "[this is off the record: QUOKKA]",
    "- QUOKKA -- off the record\n- Hiring",
    "- QUOKKA, off the record\n- Hiring",
    "- QUOKKA – OTR\n- Hiring",
    "- QUOKKA. Off the record.\n- Hiring",
    "- Hiring.\n  - QUOKKA. *OTR.*\n- Hiring",
    "QUOKKA. OTR",
    "QUOKKA.\nQUOKKA! (This is off the record.)",
    "> QUOKKA. Fuera de micrófono.",
    "- Hiring\n- QUOKKA\n- (off the record)\n- Hiring",
    "1. QUOKKA\n2. (**OTR**)\n3. Hiring",
    "- QUOKKA\n  - QUOKKA\n  - (off the record)\n- Hiring",
    "| Topic | What | Status |\n|---|---|---|\n| Sale | QUOKKA | off the record |",
    "| Sale | QUOKKA | off the record |\n|---|---|---|\n| Hiring | two | ok |",
    "| Topic | Off the record |\n|---|---|\n| Sale | QUOKKA |",
    "| Topic | OTR | What |\n|---|---|---|\n| Sale | OTR | QUOKKA |",
]


@pytest.mark.parametrize("text", CLOSED)
def test_what_is_marked_is_cut_and_the_rest_stays(text: str) -> None:
    source = read(text)

    assert "QUOKKA" not in said(source)
    assert BEFORE in said(source)
    assert AFTER in said(source)


OPEN = [
    "[&#111;ff the record] QUOKKA",
    "[start off the record] QUOKKA\n\nQUOKKA",
    "[off\u200dthe record] QUOKKA",
    "QUOKKA [this is off the record].",
    "1) Off the record\n   QUOKKA\n2) QUOKKA",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_nothing_closes_is_cut_to_the_end(text: str) -> None:
    assert "QUOKKA" not in said(read(text))


ORDINARY = [
    "Read [Off the Record](https://example.org/podcast), our podcast.",
    "Listen to [**Off the Record**](/podcast), please.",
    "OTR: over the road. OTR drivers spend 200 nights away.",
    "Long hauls are called over the road (OTR) here.",
    "Off-the-Record Messaging (OTR) is a protocol of 2004.",
    "## Off the Record: our podcast\n\nIt has 40 episodes.",
    "Off the Record, our podcast, has 40 episodes.",
    "La fuente dijo que llueve. La nota extraoficial: nada.",
    "Embargo: a history of trade.",
    "Embargo until the war's end: a history.",
    "He said it, off the record",
    "[off the reccord] We grew. [/off the reccord]",
    "He said it [on the record], and we grew.",
    "(The above is off the record.)",
    "«off the record» is a phrase that we explain.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_looks_like_a_mark_is_told_of_and_not_cut(text: str) -> None:
    source = read(text)

    assert source.redactions == 0
    assert source.doubts


NO_WORD_OF_IT = [
    "She was two seconds off that record in 2019.",
    "Our OTRS server moved to new hardware.",
    "The arms embargo ended.",
    "[embargo] is a keyword of our tool.",
    "It was the hottest day on record.",
    "This costs 100%25 more, or &euro;9.",
]


@pytest.mark.parametrize("text", NO_WORD_OF_IT)
def test_other_words_are_not_even_told_of(text: str) -> None:
    source = read(text)

    assert (source.redactions, source.doubts) == (0, ())


@pytest.mark.parametrize(
    "field",
    [
        'title: "Call (off the record): QUOKKA"',
        'description: "Off the record, QUOKKA"',
        'description: "\\u006fff the record: QUOKKA"',
        "image: {src: a.png, alt: 'OTR: QUOKKA'}",
        "author: Ana # OTR: QUOKKA",
    ],
)
def test_a_mark_in_a_field_ends_with_it(field: str) -> None:
    source = parse_source(f"---\n{field}\ndate: 2026-11-01\n---\n\n{BEFORE}\n".encode(), "notes/call.md")

    assert "QUOKKA" not in said(source)
    assert BEFORE in said(source)


@pytest.mark.parametrize("field", ["tags: [otr, QUOKKA]", "tags:\n  - otr\n  - QUOKKA", "description: '[otr] QUOKKA'"])
def test_a_mark_that_leaves_its_field_takes_the_file(field: str) -> None:
    with pytest.raises(ContentError, match="nothing on the record is left"):
        parse_source(f"---\n{field}\n---\n\n{BEFORE}\n".encode(), "notes/call.md")


def test_a_title_like_a_name_is_no_mark() -> None:
    text = '---\ntitle: "Off the Record: a podcast"\n---\n\nIt has 40 episodes.\n'
    source = parse_source(text.encode(), "posts/show.md")

    assert (source.title, source.doubts) == ("Off the Record: a podcast", (2,))


def test_what_goes_on_behind_a_cut_is_a_doubt() -> None:
    assert read("OTR: QUOKKA\n\n(continued) and more of it").doubts == (7,)


def test_a_mark_that_an_embargo_tore_is_a_doubt() -> None:
    assert read("[off [embargo until 2027-01-01 09:00 UTC]the record] QUOKKA").doubts == (5,)
