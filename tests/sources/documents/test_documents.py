"""Documents as people hand them over, read the whole way: what is said, by whom, on which lines of the copy."""

from __future__ import annotations

import json

import pytest

from contentkit.errors import ContentError
from contentkit.sources import Reading, parse_source, reading_of
from tests.sources.documents.word import BREAK, bold, docx, footnote, item, link, paragraph, picture, run, table

Told = list[tuple[str, str, str, int, int]]


def told(reading: Reading) -> Told:
    return [(each.kind, each.speaker, each.text, each.first, each.last) for each in reading.source.passages]


def same_again(reading: Reading) -> None:
    """The copy, read again, says the same on the same lines."""
    copy = parse_source("\n".join(reading.copy).encode(), "notes/copy.md")
    assert copy.passages == reading.source.passages


NOTES = docx(
    paragraph("Harvest, the week after launch", style="Title"),
    paragraph("Numbers", style="Heading1"),
    paragraph("We had ", bold("1,240 sign-ups"), " in four days, see ", link("the board", "rId5"), "."),
    item("Berlin: 400"), item("Oaxaca: 310"),
    paragraph(picture("Line chart: sign-ups per day")),
    paragraph("Churn fell by half.", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
    table(["Plan", "Price"], ["Team", "$20"]),
    links={"rId5": "https://board.example.org/d/7"}, notes=[footnote(1, "Since September.")],
)  # fmt: skip


def test_notes_in_word_are_told_with_the_lines_of_the_copy() -> None:
    reading = reading_of(NOTES, "notes/week.docx")

    assert not reading.in_place
    assert reading.source.title == "Harvest, the week after launch"
    assert told(reading) == [
        ("heading", "", "Harvest, the week after launch", 1, 1),
        ("heading", "", "Numbers", 3, 3),
        ("paragraph", "", "We had 1,240 sign-ups in four days, see the board.", 5, 5),
        ("item", "", "Berlin: 400", 7, 7),
        ("item", "", "Oaxaca: 310", 8, 8),
        ("image", "", "Line chart: sign-ups per day", 10, 10),
        ("paragraph", "", "Churn fell by half.", 12, 12),
        ("table", "", "Plan | Price\nTeam | $20", 14, 16),
        ("footnote", "", "Since September.", 18, 18),
    ]
    same_again(reading)


MEET = docx(
    paragraph("Launch call – 2026/11/18 10:00 CET – Transcript", style="Title"),
    paragraph("Attendees", style="Heading1"), paragraph("Ana Ruiz, Bob Stone"),
    paragraph("Transcript", style="Heading1"), paragraph("00:00:00", style="Heading2"),
    paragraph(bold("Bob Stone:"), " What changed since May?"),
    paragraph(bold("Ana Ruiz:"), " We grew by 40%. ", run("It was hard.")),
    paragraph("00:05:00", style="Heading2"),
    paragraph(bold("Bob Stone:"), " And now?"), paragraph(bold("Ana Ruiz:"), " We move to Oaxaca."),
)  # fmt: skip
TEAMS = docx(
    paragraph(bold("Launch call-20261118_100000-Meeting Recording")),
    paragraph("November 18, 2026, 9:00AM"), paragraph("31m 12s"),
    *(
        paragraph(BREAK, bold(name), run(f"   {time}"), BREAK, run(words))
        for name, time, words in [
            ("Bob Stone", "0:03", "What changed since May?"), ("Ana Ruiz", "0:09", "We grew by 40%. It was hard."),
            ("Bob Stone", "1:03", "And now?"), ("Ana Ruiz", "1:09", "We move to Oaxaca."),
        ]
    ),
)  # fmt: skip


@pytest.mark.parametrize("data", [MEET, TEAMS], ids=["Google Meet", "Teams"])
def test_a_transcript_in_word_has_its_speakers(data: bytes) -> None:
    reading = reading_of(data, "notes/call.docx")

    assert reading.source.kind == "transcript"
    assert [(each.speaker, each.text) for each in reading.source.passages if each.kind == "turn"] == [
        ("Bob Stone", "What changed since May?"),
        ("Ana Ruiz", "We grew by 40%. It was hard."),
        ("Bob Stone", "And now?"),
        ("Ana Ruiz", "We move to Oaxaca."),
    ]
    same_again(reading)


SECRET = "Acme buys us"
CODE = '<w:rStyle w:val="c"/>'
TORN = {
    "over runs": paragraph(
        "We grew. [off ", bold("the re"), run("cord", "<w:i/>"), f"] {SECRET} [/off the ", bold("record"), "] A lot."
    ),
    "over paragraphs": paragraph("We grew. [otr]") + paragraph(SECRET) + paragraph("[/otr] A lot."),
    "with a link in it": paragraph("We grew. [otr] ", link(SECRET, "rId5"), " [/otr] A lot."),
    "in code": paragraph("We grew. ", run("[otr]", CODE), SECRET, run("[/otr]", CODE), " A lot."),
    "over cells": paragraph("We grew.") + table(["[otr] Deal", SECRET], ["price [/otr]", "x"]) + paragraph("A lot."),
    "to the end of a cell": paragraph("We grew.") + table(["x", f"OTR: {SECRET}"]) + paragraph("A lot."),
    "to the end of an item": paragraph("We grew.") + item(f"OTR: {SECRET}") + paragraph("A lot."),
    "to the end of the paragraph": paragraph("We grew. A lot.") + paragraph(bold("OTR"), f": {SECRET}"),
    "with a footnote in it": paragraph("We grew. A lot. [otr]", '<w:r><w:footnoteReference w:id="1"/></w:r>', f" {SECRET}"),
}  # fmt: skip


@pytest.mark.parametrize("torn", TORN)
def test_marks_of_what_is_off_the_record_are_found_however_word_tears_them(torn: str) -> None:
    style = '<w:style w:type="character" w:styleId="c"><w:name w:val="HTML Code"/></w:style>'
    data = docx(
        TORN[torn], links={"rId5": "https://acme.example.org/deal"}, more_styles=[style], notes=[footnote(1, SECRET)]
    )

    reading = reading_of(data, "notes/call.docx")

    assert reading.source.redactions
    assert not any("cme" in line for line in (*reading.copy, *reading.source.lines))
    assert "We grew." in "\n".join(reading.copy)
    assert "A lot." in "\n".join(reading.copy)
    assert reading.forbidden.leaks_in(f"and {SECRET} in May")


def test_a_notebook_is_told_with_the_lines_of_the_copy() -> None:
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": "# Forecasts\n\nWe forecast every\nhour. [otr] Acme [/otr]",
        },
        {"cell_type": "code", "metadata": {}, "source": "#| fig-alt: Two lines\nplot()", "outputs": []},
        {"cell_type": "markdown", "metadata": {}, "source": "OTR: Acme leaves."},
        {"cell_type": "markdown", "metadata": {}, "source": "It works."},
    ]
    data = json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode()

    reading = reading_of(data, "notes/study.ipynb")

    assert told(reading) == [
        ("heading", "", "Forecasts", 5, 5),
        ("paragraph", "", "We forecast every hour.", 7, 8),
        ("image", "", "Two lines", 10, 10),
        ("paragraph", "", "It works.", 15, 15),
    ]
    assert reading.source.redactions == 2
    same_again(reading)


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 99, b"{"], ids=["docx", "ipynb"])
def test_a_broken_document_is_a_sentence(data: bytes) -> None:
    name = "notes/a.docx" if data.startswith(b"PK") else "notes/a.ipynb"
    with pytest.raises(ContentError, match="is broken"):
        reading_of(data, name)
