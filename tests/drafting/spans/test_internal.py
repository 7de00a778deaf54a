"""What was typed for those who met is in no post: tasks, what is open, what the writer of the notes said."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
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
        "A shop wants 300 bowls. Nothing is signed.",
        "The museum asked for 40 vases, in principle yes",
        "Milan wants to sell the old kiln for 800 euros",
        "New shop in Ulm with 40 shelves -> embargo until 20 May",
        "Would like to open 2 shops next year",
        "Still waiting for 3 permits from the city",
        "We need to order 20 bags of clay",
        "Se aplaza la compra de 2 tornos",
        "Rosa writes to the 11 suppliers",
    ],
)
def test_what_was_said_to_those_who_met_is_in_no_post(tmp_path: Path, internal: str) -> None:
    text = "\n".join(
        texts_of(tmp_path, *TOP, f"- {internal}", f"- {RESULT}", "- We sold 31 bowls at the fair in April.")
    )
    assert internal not in text
    assert "burns 40 pots" in text


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
    assert texts[0] == '"People do not buy a bowl, they buy the hand that made it"'
    assert "63 shops sell her bowls now, was 22 in january. all by word of mouth, no ads" in texts
    assert texts[-1] == "A pilot with the city of Ulm starts 1 feb, 6 kitchens"
    assert "12 pots a day pay the rent, no investor" in "\n".join(texts)
    assert not any(
        "call w/" in text or "revenue" in text or "new since" in text or "laughs" in text or "photo" in text
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
    assert "Glaze 2.3:\n\n• Released to 12 potters in October." in texts


def test_half_a_line_leaves_no_list_to_open_the_thread(tmp_path: Path) -> None:
    lines = ("- Tove showed the test.", "  - 12 pots, 8 weeks, one kiln", "  - Gas down 31% compared with April")
    texts = texts_of(tmp_path, *TOP, *lines, "", "## Glaze", "", f"- {RESULT}", "- We sold 31 bowls at the fair.")
    assert texts[0] == RESULT
    assert any("• 12 pots, 8 weeks, one kiln\n• Gas down 31%" in text for text in texts)


def test_what_bullets_without_a_heading_say_first_is_told(tmp_path: Path) -> None:
    lines = (
        "- sensors in bowls: weight, warmth, sound",
        "- 870 bowls listen now, in march it was 210",
        "- one costs 49 euros, the first cost 180",
    )
    assert any("ensors in bowls" in text for text in texts_of(tmp_path, "call with Teo", "", *lines, "- the tea room"))
