"""What was typed in a talk is told line by line: whom it is about, what was counted, decided, said, and in its order."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentError
from contentkit.sources import read_source
from tests.drafting.made import brief

FIRST = "they bake for 3 villages with one oven"
SECOND = "400 loaves a day now, was 90 in january"


def texts_of(folder: Path, *lines: str) -> list[str]:
    note = folder / "call.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [post.text for post in ExtractiveDrafter().draft(read_source(note, "notes/call.md"), brief()).posts]


@pytest.mark.parametrize(
    ("top", "who"),
    [
        ("call w/ Ines Lindq (Halvo Ferries) — 14 oct, 40 min, phone", "Ines Lindq (Halvo Ferries)"),
        ("call w/ ingrid (reed & rush), tue 17 nov, she was on a train", "Ingrid (reed & rush)"),
        ("# Llamada con Remedios Aguado, quesería La Umbría (Gredos) – 3 de noviembre", ""),
        ("# Coffee with Leila (Tidepool), Thursday", "Leila (Tidepool)"),
        ("## notes: Ibrahim, Second Lens (camera lenses) – call 3 Nov 14:00", "Ibrahim, Second Lens (camera lenses)"),
        ("# Notes: Amara Okafor / Sunpot", "Amara Okafor / Sunpot"),
        ("## 2025-11-18 – phone, Marit (Fyrlys AS)", "Marit (Fyrlys AS)"),
        ("Account: Northwind Dairy Co-op", "Northwind Dairy Co-op"),
        ("llamada Nuria (Pan de Barrio) – jue 8 oct – 25 min", "Nuria (Pan de Barrio)"),
    ],
)
def test_above_the_first_post_stands_whom_the_talk_was_with(tmp_path: Path, top: str, who: str) -> None:
    who = who or "Remedios Aguado, quesería La Umbría (Gredos)"
    assert texts_of(tmp_path, top, "", f"- {FIRST}", f"- {SECOND}") == [f"{who}:\n\n• {FIRST}\n• {SECOND}"]


@pytest.mark.parametrize("top", ["sync w/ growth, 3 nov", "# Weekly, Tue 4 March", "mon 16/11 ops call"])
def test_above_the_first_post_of_others_stands_nothing(tmp_path: Path, top: str) -> None:
    assert texts_of(tmp_path, top, "", f"- {FIRST}", f"- {SECOND}") == [f"• {FIRST}\n• {SECOND}"]


@pytest.mark.parametrize(
    "head", ["Marit", "Call notes", "What they told me", "What I liked most", "Lo que más me gustó"]
)
def test_no_name_of_the_thread_and_no_head_of_who_took_notes_stands_above_lines(tmp_path: Path, head: str) -> None:
    lines = (f"**{head}**", "", f"- {FIRST}", f"- {SECOND}")
    texts = texts_of(tmp_path, "# Call with Marit (Fyrlys)", "", "- 31 ovens were sold in May.", "", *lines)
    assert texts[-1] == f"• {FIRST}\n• {SECOND}"


def test_what_a_talk_gave_as_its_news_is_told(tmp_path: Path) -> None:
    news = "Novedad: desde el 1 de diciembre venden el bagazo seco; hasta ahora lo tiraban."
    texts = texts_of(tmp_path, "# Llamada con Lola (Telares)", "", f"- {FIRST}", f"- {SECOND}", "", news)
    assert news in texts


def test_no_item_of_a_short_list_is_left_out(tmp_path: Path) -> None:
    items = ("- 97 members!", "- $10,000 in the bank!", "- $1,500/month in the black!")
    texts = texts_of(tmp_path, "# Members meeting", "", "Currently:", *items)
    assert texts[0].startswith("Currently:\n\n• 97 members!\n• $10,000")


def test_of_minutes_in_paragraphs_the_whole_sentences_are_told(tmp_path: Path) -> None:
    told = (
        "We finished November 200 euros ahead. We should talk (due to PayPal problems?). Mike joined, and nobody left."
    )
    texts = texts_of(tmp_path, "# Members meeting", "", "## Money", "", told, "", "## Oven", "", f"- {SECOND}")
    assert texts[0].endswith("We finished November 200 euros ahead.\n\nMike joined, and nobody left.")


def test_no_post_ends_with_what_is_announced(tmp_path: Path) -> None:
    told = "We finished November 200 euros ahead. Here is the summary:"
    texts = texts_of(tmp_path, "# Members meeting", "", told, "", "## Oven", "", f"- {SECOND}", f"- {FIRST}")
    assert not [text for text in texts if text.endswith(":")]


def test_short_bullets_of_one_matter_are_one_post_and_a_quotation_is_its_own(tmp_path: Path) -> None:
    quoted = '"Everybody designs for noon. Nobody eats at noon."'
    texts = texts_of(tmp_path, "# Weekly sync", "", "**Oven**", "", f"- {FIRST}", f"- {SECOND}", f"- {quoted}")
    assert texts == [f"Oven:\n\n• {FIRST}\n• {SECOND}", quoted]


def test_bullets_below_bold_lines_are_told_below_them(tmp_path: Path) -> None:
    oven, rye = "- 4 ovens live since 2 Sept, target was 3.", "- 90 loaves of rye a day now, was 30."
    texts = texts_of(
        tmp_path, "## Monday sync", "", "**Pilot Ulm**", oven, "- None of 90 doors jammed.", "", "**Rye**", rye
    )
    assert texts[0].startswith("Pilot Ulm:\n\n• 4 ovens")
    assert texts[1] == rye.removeprefix("- ")


@pytest.mark.parametrize("head", ["For me", "Para nosotros", "Actions", "He wants", "Lowlights", "Renewal", "Tareas"])
def test_nothing_below_a_head_for_those_who_met_is_told(tmp_path: Path, head: str) -> None:
    told = (f"- {FIRST}", f"- {SECOND}", "", f"**{head}**", "- 900 euros went to the miller in May.")
    assert "miller" not in "\n".join(texts_of(tmp_path, "# Weekly sync", "", "**Oven**", *told))


def test_of_nested_minutes_the_leaves_are_told_and_heads_without_any_are_not(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        "# Acta de la junta",
        "",
        "1. Tareas anteriores y grupos",
        "   1. Web",
        "      1. Elegimos Gatsby porque era lo que mejor dominaban las estudiantes.",
        "   2. Estatutos",
        "      1. Sin novedades.",
        "   3. Patrocinios",
        "      1. De momento 3 oros (500 €) y 2 platas (250 €), 2000 € en total.",
    )
    text = "\n".join(texts)
    assert "Elegimos Gatsby" in text
    assert "2000 €" in text
    assert "Estatutos" not in text
    assert "novedades" not in text


def test_a_weekly_status_is_told_without_whose_it_is(tmp_path: Path) -> None:
    lines = (
        "* [@wim](https://example.org/wim)",
        "  * New mutation API done.",
        "    * Internal app is all ported.",
        "    * Less memory impact than expected.",
        "* [@yun](https://example.org/yun)",
        "  * Waiting on Lee for 2 releases.",
    )
    texts = texts_of(tmp_path, "# Agenda", "", "## Status Updates", "", *lines)
    assert texts == ["New mutation API done.\n\n• Internal app is all ported.\n• Less memory impact than expected."]


def test_where_a_talk_came_to_something_the_opinions_before_it_are_not_told(tmp_path: Path) -> None:
    talk = ("- @mina prefers an absolute path, it is safer", "- Stages are unstable and may have many forms")
    ruled = "- Resolution: we keep the behaviour and add new wording to the message."
    texts = texts_of(tmp_path, "# Monthly meeting", "", "## Paths", "", *talk, ruled, "", "## Oven", "", f"- {SECOND}")
    assert texts == [
        "Paths:\n\nResolution: we keep the behaviour and add new wording to the message.",
        SECOND,
    ]


def test_a_decision_stands_with_what_was_decided(tmp_path: Path) -> None:
    lines = ("- Purchase of a name for the fair", "- Approved (4 for, 1 abstention), in force from June.")
    texts = texts_of(tmp_path, "# Board meeting", "", "## Fair", "", *lines)
    assert texts == [
        "Fair:\n\n• Purchase of a name for the fair\n• Approved (4 for, 1 abstention), in force from June."
    ]


@pytest.mark.parametrize(
    "line",
    [
        "There was no SC meeting on September 6 as it was a holiday.",
        "The council met with Luca, the developer in residence. The group discussed 12 reviews.",
        "Mina: approved",
        "Minutes of the last meeting were approved by 12 members.",
        "The meeting was called to order at 18:02 with a quorum of 12.",
        "Reports of the 3 groups (10 mins)",
        "5 Members in attendance: Noah Tipp, Mina Kirk, Will Coll",
        "His hourly rate is 90 euros.",
        "Article 4 says that the board shall have 5 members.",
        "Two of 12 shops need help, wants that in the thread",
        "Udit absent for the call on May 15, and 12 others",
        "Round of names. Two newcomers, welcome Ikram and Stellan.",
        "This page serves as the agenda of the meeting on 13 May.",
    ],
)
def test_what_a_meeting_does_to_be_one_is_not_told(tmp_path: Path, line: str) -> None:
    texts = texts_of(tmp_path, "# Weekly sync", "", "## Oven", "", f"- {line}", f"- {SECOND}", "- 31 ovens were sold.")
    assert line not in "\n".join(texts)


def test_rows_with_labels_are_lines_of_their_own(tmp_path: Path) -> None:
    rows = ("Tomasz", "  done: cut the app from 48 to 19 MB", "  today: the same for the other 2", "  blocked: no")
    text = "\n".join(texts_of(tmp_path, "# Standup", "", *rows, "", f"- {SECOND}"))
    assert "ut the app from 48 to 19 MB" in text
    assert "today" not in text


def test_minutes_that_give_who_said_what_are_drafted_as_a_note(tmp_path: Path) -> None:
    texts = texts_of(
        tmp_path,
        "# Gearloan – general meeting",
        "",
        "Rena: The trailer was out 74 of 90 days this spring.",
        "",
        "Mara: I would rather fix the 2 old ones first.",
        "",
        "Rena: Proposal: we buy a second trailer, for at most 1,200 euros.",
        "",
        "Olek: Unanimously approved.",
    )
    text = "\n".join(texts)
    assert "for at most 1,200 euros.\n\nUnanimously approved." in text
    assert "rather" not in text


def test_minutes_that_something_takes_are_told(tmp_path: Path) -> None:
    told = "The import now takes 40 seconds instead of 9 minutes."
    assert texts_of(tmp_path, told) == [told]
    assert told in "\n".join(texts_of(tmp_path, "# Weekly sync", "", f"- {told}", f"- {SECOND}"))


def test_a_note_of_which_nothing_may_be_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        texts_of(tmp_path, "# Weekly sync", "", "## For me", "", f"- {SECOND}")
