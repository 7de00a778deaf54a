"""What was typed for those who met is in no post: tasks, what is open, what the writer of the notes said."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentError
from contentkit.sources import read_source
from tests.drafting.made import brief

TOP = ("# Kiln call, 3 May", "", "Present: Rosa, Milan, Tove", "", "## Kiln", "")
RESULT = "The new kiln burns 40 pots a day instead of 22."


def texts_of(folder: Path, *lines: str) -> list[str]:
    note = folder / "call.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [post.text for post in ExtractiveDrafter().draft(read_source(note, "notes/call.md"), brief()).posts]


@pytest.mark.parametrize(
    "internal",
    [
        "The glaze held on 12 pots, but we should not claim that",
        "Gas costs 90 euros less; not for publication",
        "Gas costs 90 euros less. Not for outside.",
        "One pot costs 18 euros, keep out",
        "One pot costs us 18 euros to burn. Internal only.",
        "A second shop opens in May (internal)",
        "A museum in Ulm wants 300 bowls, NOT ANNOUNCED until December",
        "Gas costs 90 euros less. That stays in the room.",
        "El gas cuesta 90 euros menos. No es para fuera.",
        "El gas cuesta 90 euros menos, que no salga de aquí",
        "A shop wants 300 bowls. Nothing is signed.",
        "The museum asked for 40 vases, in principle yes",
        "Milan wants to sell the old kiln for 800 euros",
        "New shop in Ulm with 40 shelves -> embargo until 20 May",
        "Would like to open 2 shops next year",
        "Still waiting for 3 permits from the city",
        "We need to order 20 bags of clay",
        "Se aplaza la compra de 2 tornos",
        "Rosa writes to the 11 suppliers",
        "Confidential: a bank lends us 4,000 euros",
        "A bank lends us 4,000 euros; keep it between us until June",
        "Between us: the old kiln cost 800 euros too much",
        "Milan asked us not to tell the 40 members of the kiln",
        "Entre nosotros: el horno costó 800 euros de más",
        "Nos pidió que no contemos lo de los 12 tornos",
        "Se propone subir la cuota de 5 a 7 euros. No hay acuerdo.",
        "Two more shops in May. No decision",
        "El tejado cuesta 95 euros, lo mira Tove",
        "The next 3 sponsors, not naming names",
        "Milan is on holiday from 12 June",
        "wants: 1 post now, photos of 3 kilns come thursday",
        "En la ciudad de Ulm, siendo las 18 horas, se celebra la asamblea",
        "A line of hers on glaze; can we quote, yes but not her name",
    ],
)
def test_what_was_said_to_those_who_met_is_in_no_post(tmp_path: Path, internal: str) -> None:
    text = "\n".join(
        texts_of(tmp_path, *TOP, f"- {internal}", f"- {RESULT}", "- We sold 31 bowls at the fair in April.")
    )
    assert internal not in text
    assert "burns 40 pots" in text


@pytest.mark.parametrize(
    "secret",
    [
        "- New shop in Ulm with 40 shelves, embargo until 20 May, and a rent of 900 euros",
        "- A museum wants 300 bowls in the summer. Nothing is signed with them yet.",
        "- Between us: Rosa sold her house in May to pay for the second kiln of 4,000 euros.",
    ],
)
def test_a_note_of_nothing_else_is_in_no_post_either(tmp_path: Path, secret: str) -> None:
    with pytest.raises(ContentError, match="hardly anything here"):
        texts_of(tmp_path, secret, "- We need to order 20 bags of clay")


@pytest.mark.parametrize(
    "secret",
    [
        "The city will pay for a second one in May. Rosa asked us not to write about that.",
        "The city will pay 4,000 euros for a second one in May; not for publication.",
        "The city will pay 4,000 euros for a second one. Please don't share this with the members.",
        "- The city will pay 4,000 euros for a second one, under embargo",
        '> "The city pays us 4,000 euros, but that is off the record," said Rosa.',
    ],
)
def test_what_was_told_in_confidence_is_in_no_post_of_prose(tmp_path: Path, secret: str) -> None:
    told = "The kiln stood cold for eleven months, and in the end a pupil found the crack with a bag of flour."
    text = "\n".join(texts_of(tmp_path, "# A cold kiln", "", told, "", secret))
    assert told in text
    assert "city" not in text


@pytest.mark.parametrize("top", [TOP, ("# The second kiln", "", "It came in May, from a school that closed. " * 5, "")])
def test_a_list_below_what_is_not_to_be_told_is_in_no_post_either(tmp_path: Path, top: tuple[str, ...]) -> None:
    secret = (
        "- The museum, embargoed until 20 May:",
        "   - It wants 40 vases in June.",
        "   - It pays 4,000 euros for them.",
    )
    text = "\n".join(texts_of(tmp_path, *top, f"- {RESULT}", "- We sold 31 bowls at the fair in April.", *secret))
    assert RESULT in text
    assert "museum" not in text
    assert "40 vases" not in text
    assert "4,000 euros" not in text


def test_bullets_right_below_who_was_there_become_posts(tmp_path: Path) -> None:
    top = ("# Kiln call, 3 May", "", "Present: Rosa Lind, Milan, Tove", "")
    assert RESULT in "\n".join(texts_of(tmp_path, *top, f"- {RESULT}", "- We sold 31 bowls at the fair in April."))


def test_minutes_without_headings_in_spanish_become_posts(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        "# Acta de la asamblea, 14 de octubre",
        "",
        "Asisten: Lucía Vega, Pablo Soto, Inés Marín",
        "",
        "1. Huerto",
        "   - Este año recogimos 740 kilos de tomate, el año pasado fueron 410.",
        "   - El riego por goteo costó 320 euros y gasta la mitad de agua.",
        "2. Varios",
        '   - "Nadie creía que aquí creciera nada", dijo Lucía.',
    )
    assert "740 kilos" in texts[0]
    assert "Varios" not in "\n".join(texts)


def test_an_item_is_told_as_far_as_what_is_for_those_who_met(tmp_path: Path) -> None:
    text = "\n".join(texts_of(tmp_path, *TOP, f"- {RESULT} Rosa calls the factory.", "- We sold 31 bowls at the fair."))
    assert RESULT in text
    assert "factory" not in text


def test_what_was_wanted_stays_with_what_was_decided(tmp_path: Path) -> None:
    settled = "Tove wants to close on Mondays. Agreed: from June on the shop is closed on Mondays."
    assert settled in "\n".join(texts_of(tmp_path, *TOP, f"- {settled}", f"- {RESULT}"))


def test_bullets_typed_in_small_letters_become_posts(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        "call w/ Rosa (potter), 40 min",
        "",
        "* 63 shops sell her bowls now, was 22 in january. all by word of mouth, no ads",
        '* "people do not buy a bowl, they buy the hand that made it" – laughs',
        "* new since october: orders go out by post at noon instead of by van. 9 of 10 shops switched in a week",
        "* money: 12 pots a day pay the rent, no investor (revenue: not for publication)",
        "* next: a pilot with the city of Ulm starts 1 feb, 6 kitchens",
        "",
        "need: photo of the kiln",
    )
    bowls = "63 shops sell her bowls now, was 22 in january. all by word of mouth, no ads"
    assert texts[0] == f"Rosa (potter):\n\n{bowls}"
    assert '"People do not buy a bowl, they buy the hand that made it"' in texts
    assert texts[-1].endswith("• a pilot with the city of Ulm starts 1 feb, 6 kitchens")
    assert not any(
        "call w/" in text or "pay the rent" in text or "new since" in text or "laughs" in text or "photo" in text
        for text in texts
    )


def test_prose_that_was_typed_in_no_talk_keeps_what_it_says(tmp_path: Path) -> None:
    plan = "We need to build a second kiln, and I said so to everybody who bought one of our 300 bowls last year."
    assert plan in "\n".join(texts_of(tmp_path, "# A second kiln", "", plan))


def test_the_number_of_a_point_of_the_agenda_is_no_part_of_its_heading(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path, *TOP[:4], "## 2. Fair", "", "- We sold 31 bowls in two days", "- The stall cost 80 euros less"
    )
    assert any(text.startswith("Fair:\n\n•") for text in texts)


def test_what_is_said_by_initials_is_in_no_post(tmp_path: Path) -> None:
    talk = "The board moved 40 pots to the new hall in May. MD: should we count them? JB: They are 40."
    texts = texts_of(tmp_path, *TOP, talk, "", f"- {RESULT}", "- We sold 31 bowls at the fair.")
    assert any("The board moved 40 pots" in text for text in texts)
    assert not any("MD:" in text or "JB:" in text for text in texts)


def test_a_single_line_without_a_subject_stands_under_its_heading(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, *TOP, f"- {RESULT}", "", "## Glaze 2.3", "", "- Released to 12 potters in October.")
    assert "Glaze 2.3:\n\nReleased to 12 potters in October." in texts


def test_a_list_stands_under_the_item_that_leads_to_it(tmp_path: Path) -> None:
    lines = ("- Tove showed the test.", "  - 12 pots, 8 weeks, one kiln", "  - Gas down 31% compared with April")
    texts = texts_of(tmp_path, *TOP, *lines, "", "## Glaze", "", f"- {RESULT}", "- We sold 31 bowls at the fair.")
    told = "Tove showed the test.\n\n• 12 pots, 8 weeks, one kiln\n• Gas down 31% compared with April"
    assert told in texts


def test_what_bullets_without_a_heading_say_first_is_told(tmp_path: Path) -> None:
    lines = (
        "- sensors in bowls: weight, warmth, sound",
        "- 870 bowls listen now, in march it was 210",
        "- one costs 49 euros, the first cost 180",
    )
    assert any("ensors in bowls" in text for text in texts_of(tmp_path, "call with Teo", "", *lines, "- the tea room"))


def test_lines_typed_without_marks_become_posts_and_what_stands_above_them_does_not(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        "mon 4/5 kiln call",
        "",
        "present rosa, milan, tove (late)",
        "",
        "kilns",
        "",
        "the new kiln burns 40 pots a day, the old one burnt 22",
        "",
        "what's new: glaze comes from a mine 12 km away, costs a third less",
        "",
        "rosa writes to the 11 suppliers",
        "",
        "todo",
        "",
        "milan calls 3 museums about the fair in june",
    )
    kilns = "• the new kiln burns 40 pots a day, the old one burnt 22"
    assert texts == [f"Kilns:\n\n{kilns}\n• glaze comes from a mine 12 km away, costs a third less"]


def test_a_line_that_makes_the_others_of_its_list_public_later_keeps_them_back(tmp_path: Path) -> None:
    secret = ("## City", "", "- the city pays for 60 more docks", "- not public until thursday 19th!!!", "")
    texts = texts_of(tmp_path, *TOP, f"- {RESULT}", "- We sold 31 bowls at the fair in April.", "", *secret)
    assert texts
    assert "docks" not in "\n".join(texts)


@pytest.mark.parametrize("heading", ["## Not decided yet", "## Off the record"])
def test_nothing_below_a_heading_of_what_is_not_to_be_told_is_in_a_post(tmp_path: Path, heading: str) -> None:
    secret = (heading, "", "- We buy 3 more kilns in June", "- Rents of 900 euros went down to 700")
    texts = texts_of(tmp_path, *TOP, f"- {RESULT}", "- We sold 31 bowls at the fair in April.", "", *secret)
    assert texts
    assert "Rents" not in "\n".join(texts)


def test_a_founders_words_that_leave_it_open_are_in_no_post(tmp_path: Path) -> None:
    said = "> A shop in Ulm wants 300 bowls, nothing is signed yet."
    texts = texts_of(tmp_path, *TOP, f"- {RESULT}", "- We sold 31 bowls at the fair in April.", "", "## Ulm", "", said)
    assert texts
    assert "Ulm" not in "\n".join(texts)


def test_what_a_call_says_first_of_its_people_opens_with_the_next_line(tmp_path: Path) -> None:
    first = "they plan for bakeries how many rolls to bake"
    second = "63 bakeries now, was 22 in january"
    texts = texts_of(tmp_path, "call w/ Jonas (founder), 40 min", "", f"- {first}", f"- {second}")
    assert texts == [f"Jonas (founder):\n\n• {first}\n• {second}"]


def test_however_is_no_embargo_in_spanish(tmp_path: Path) -> None:
    told = "Sin embargo, los 12 hornos gastan ahora la mitad de gas."
    texts = texts_of(tmp_path, "# Reunión del horno", "", "Vendimos 31 cuencos en abril.", told)
    assert told in "\n".join(texts)


def test_what_was_agreed_below_a_task_is_told(tmp_path: Path) -> None:
    agreed = "a second kiln from June for 800 euros, everybody in favour"
    texts = texts_of(
        tmp_path, *TOP, f"- {RESULT}", "- Rosa asks for more room", f"  - {agreed}", "  - 12 bowls a day more"
    )
    assert agreed in "\n".join(texts)


@pytest.mark.parametrize(("asked", "is_told"), [(" Please keep it between us.", False), ("", True)])
def test_a_note_with_a_title_keeps_back_what_was_told_in_confidence(tmp_path: Path, asked: str, is_told: bool) -> None:
    texts = texts_of(
        tmp_path,
        *("---", "title: Kiln call", "---", "", RESULT, "", "Our pots are fired for six hours, at night.", ""),
        *(f"A bank lends us 4,000 euros for the second kiln.{asked}", ""),
        "The workshop opens for visitors on the first Saturday of June, at ten.",
    )
    assert any("4,000" in text for text in texts) == is_told
    assert any("40 pots" in text for text in texts)
