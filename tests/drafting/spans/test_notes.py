"""What of minutes and rough notes becomes posts: decisions, numbers and what was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import Section, sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.bullets import note_hooks
from contentkit.drafting.spans.lists import note_lists
from contentkit.errors import ContentError
from contentkit.sources import read_source
from tests.drafting.made import brief

ENGLISH = rules_for("en")
LINK = "https://weavers.example.org/minutes/may"
DONE = (
    "## Looms",
    "",
    "- We moved 40 looms to the new hall in one weekend",
    "- Repaired the dye bath that had leaked since autumn",
    "",
    "## Money",
    "",
    "- The board agreed to pay apprentices from June",
    "- Yarn costs 12% less since two workshops order together",
)


def texts_of(folder: Path, *lines: str, link: str = LINK) -> list[str]:
    note = folder / "minutes.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    source = read_source(note, "notes/minutes.md")
    return [post.text for post in ExtractiveDrafter().draft(source, brief(link=link)).posts]


def test_with_whom_somebody_talked_is_no_topic_of_minutes(tmp_path: Path) -> None:
    first = "Every weaver we talked to had mended the same loom."
    texts = texts_of(tmp_path, "# A call about looms", "", first, "", "We threw the old looms away.", link="")

    assert first in texts[0]


@pytest.mark.parametrize(
    "empty",
    [
        "Placeholder for discussion of the summer fair",
        "No updates from the dyers this month",
        "Ida: yes, please",
        "Dye plan: TBD in June",
        "Tintes: sin novedades desde marzo",
        "Sí, de acuerdo con eso",
    ],
)
def test_a_line_that_holds_a_place_or_only_answers_is_in_no_post(tmp_path: Path, empty: str) -> None:
    lines = [*DONE[:4], f"- {empty}", *DONE[4:]]
    texts = texts_of(tmp_path, "# Weavers in May", "", *lines)
    assert any("dye bath" in text for text in texts)
    assert not any(empty in text for text in texts)


def test_a_list_of_what_was_only_talked_about_gives_way_to_what_was_decided(tmp_path: Path) -> None:
    talk = ("## Where to meet", "", "- The tea room behind the hall", "- The library for long talks with guests", "")
    texts = texts_of(tmp_path, "# Weavers in May", "", *talk, *DONE)
    assert any("agreed to pay" in text for text in texts)
    assert not any("tea room" in text for text in texts)


def test_minutes_in_which_little_happened_become_their_best_post_and_the_link(tmp_path: Path) -> None:
    talk = (
        "- The tea room behind the hall",
        "- Travel grants for guests perhaps",
        "- The board agreed to meet in June",
    )
    texts = texts_of(tmp_path, "# Weavers in May", "", "## Talk", "", *talk)
    assert len(texts) == 2
    assert "agreed to meet in June" in texts[0]
    assert texts[1] == f"More: Weavers in May\n{LINK}"


def test_minutes_in_which_little_happened_become_one_post_where_there_is_no_link(tmp_path: Path) -> None:
    talk = (
        "- The tea room behind the hall",
        "- Travel grants for guests perhaps",
        "- The board agreed to meet in June",
    )
    assert len(texts_of(tmp_path, "# Weavers in May", "", "## Talk", "", *talk, link="")) == 1


def test_minutes_of_nothing_but_placeholders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        texts_of(tmp_path, "# Weavers in May", "", "- Placeholder for the fair", "- No updates from the dyers", link="")


def test_no_note_opens_with_what_somebody_did_whom_nobody_knows(tmp_path: Path) -> None:
    opening = "- Thomas repaired 30 looms in one night, and nobody else in the hall could have done it"
    first, *_ = texts_of(tmp_path, "# Looms of May in the new hall", "", *DONE, "", "## Hall", "", opening)
    assert "Thomas" not in first


def test_minutes_of_nothing_but_the_course_of_a_meeting_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        texts_of(
            tmp_path,
            "# 2024-06-07",
            "",
            "## Notes",
            "",
            "- Check-in",
            "- Assign roles",
            "- Turn on recording",
            "- Consent to agenda",
            "- Agenda items",
        )


def test_a_code_of_conduct_is_in_no_post(tmp_path: Path) -> None:
    order = "Everybody must adhere to the Code of Conduct. If you see 1 violation, tell the committee at once."
    texts = texts_of(tmp_path, "# Weavers in May", "", order, "", *DONE)
    assert not any("violation" in text for text in texts)


def test_the_title_of_notes_without_a_hook_stands_in_one_post_with_the_first_list(tmp_path: Path) -> None:
    lists = (
        ("## Looms", "", "- Looms: moved to the new hall", "- Dye bath: repaired in the spring", ""),
        ("## Money", "", "- Wages: paid to apprentices from June", "- Yarn: ordered with the other workshop", ""),
    )
    texts = texts_of(
        tmp_path, "# Weavers of Larkspur, what came of spring", "", *(line for one in lists for line in one)
    )
    assert texts[0].startswith("Weavers of Larkspur, what came of spring\n\nLooms:\n\n• ")
    assert sum("Weavers" in text for text in texts[:-1]) == 1


def sections_in(folder: Path, *lines: str) -> list[Section]:
    note = folder / "minutes.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sections_of(read_source(note, "notes/minutes.md"), ENGLISH)


def lists_of(folder: Path, *items: str, limit: int = 500) -> list[str]:
    rows = ["Since spring we have done the following :", "", *(f"- {item}" for item in items)]
    spans = note_lists(sections_in(folder, *rows), ENGLISH, lambda text: len(text) <= limit, frozenset())
    return [span.text for span in spans]


LONG = (
    "We compensated the painters for nine weeks of work on the doors of the harbour, and three of them stayed with us.",
    "We moved the lamps of the harbour into a shed behind the station, and nobody has missed them in the winter.",
    "We closed the office of the harbour in May, and since then letters are answered by the captain himself.",
)


def test_the_line_that_leads_to_a_list_is_said_once_and_a_single_item_needs_no_bullet(tmp_path: Path) -> None:
    first, *rest = lists_of(tmp_path, *LONG, LONG[0].replace("nine", "ten"), limit=200)
    assert first.startswith("Since spring")
    assert rest
    assert not any("Since spring" in text for text in rest)
    assert all(text.startswith("\u2022 ") == ("\n" in text) for text in rest)


@pytest.mark.parametrize(
    "item",
    [
        "Discussed the lamps of the harbour and the painters of the doors",
        "SC reviewed the plan of the harbour for the lamps of the winter",
        "Captain and crew went over the list of the lamps that were lost",
        "The crew reviewed and answered the letters that are open on",
        "The crew wrote to the office of the harbour and the",
        "Se habló de las lámparas del puerto y de sus puertas",
    ],
)
def test_what_was_only_talked_about_or_breaks_off_is_no_item(tmp_path: Path, item: str) -> None:
    kept = ["Agreed to sell 30 lamps of the harbour", "Moved the office to the shed in May"]
    assert item not in "\n".join(lists_of(tmp_path, *kept, item))


@pytest.mark.parametrize(
    "item",
    [
        "Discussed the lamps of the harbour and agreed to sell 30 of them",
        "Discussion of the doors: the crew decided to paint all of them",
        "A shed for the lamps that nobody has a use for",
        "The crew found a captain that people listen to",
    ],
)
def test_what_came_of_a_talk_and_what_ends_with_its_preposition_is_an_item(tmp_path: Path, item: str) -> None:
    assert item in "\n".join(lists_of(tmp_path, "Agreed to sell 30 lamps of the harbour", item))


@pytest.mark.parametrize(
    "item",
    ["PEP 686, PEP 687, PEP 659, PEP 681", "Harbour Group #431 Ana and Ben: 3 lamps can be taken off the list"],
)
def test_numbers_of_things_and_what_somebody_said_of_them_open_no_thread(tmp_path: Path, item: str) -> None:
    sections = sections_in(tmp_path, "# Crew", "", f"- {item}", "- Agreed to sell 30 lamps of the harbour")
    assert [span.text for span in note_hooks(sections, ENGLISH, lambda _: True)] == [
        "Agreed to sell 30 lamps of the harbour"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Present: Ida, Tom and Mika of the dye house.",
        "Minutes by Tom, checked by all 9 of us.",
        "Next meeting is on 4 June at seven.",
        "Tomadas por Ida Ruiz; se pueden citar.",
        "Próxima reunión: el 4 de junio, a las siete.",
    ],
)
def test_what_is_said_of_the_note_itself_is_in_no_post(tmp_path: Path, line: str) -> None:
    texts = texts_of(tmp_path, "# Weavers in May", "", line, "", *DONE, f"- {line}")
    assert not any(line[:20] in text for text in texts)


def test_no_post_begins_in_the_middle_of_an_item(tmp_path: Path) -> None:
    jammed = "Two doors of the kiln jammed in March. Mika thinks it is the hinge, and 14 new ones arrive on Monday."
    texts = texts_of(tmp_path, "# Weavers in May", "", *DONE, f"- {jammed}")
    assert not any(text.startswith(("Mika", "It is the hinge")) for text in texts)


def test_what_somebody_only_thinks_does_not_open_a_thread(tmp_path: Path) -> None:
    opinion = "Mika thinks that 90% of the yarn is wasted on samples, not on cloth."
    texts = texts_of(tmp_path, "# Weavers in May", "", "## Yarn", "", f"- {opinion}", "", *DONE)
    assert opinion not in texts[0]


def test_a_title_that_says_what_it_is_about_stands_above_posts_that_do_not(tmp_path: Path) -> None:
    named = ("## Tools", "", "- The hall of Loomly got 3 new lamps", "- Members of Loomly wove 40 rugs for Loomly", "")
    told = "Loomly in May\n\nLooms:\n\n• We moved 40 looms"
    assert texts_of(tmp_path, "# Loomly in May", "", *DONE, "", *named)[0].startswith(told)
    assert not texts_of(tmp_path, "# Loomly in May", "", *named, "", *DONE)[0].startswith("Loomly in May\n\n")


@pytest.mark.parametrize("title", ["2026-05-06 Meetup", "Organisers notes", "Asamblea general de mayo"])
def test_a_title_that_only_says_that_people_met_stands_above_no_post(tmp_path: Path, title: str) -> None:
    named = ("## Tools", "", "- The hall of Loomly got 3 new lamps", "- Members of Loomly wove 40 rugs for Loomly", "")
    texts = texts_of(tmp_path, f"# {title}", "", *DONE, "", *named, link="")
    assert texts[0].startswith("Looms:")


@pytest.mark.parametrize("title", ["2026-05-06 Loomly Meetup", "Loomly Meetup – 6 May"])
def test_of_a_title_that_says_who_met_the_name_stands_above_the_first_post(tmp_path: Path, title: str) -> None:
    assert texts_of(tmp_path, f"# {title}", "", *DONE, link="")[0].startswith("Loomly Meetup\n\nLooms:")
