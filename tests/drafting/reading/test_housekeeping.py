"""What notes hold for those who met, and what they give as the founder's very words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.rules import rules_for
from contentkit.sources import read_source
from tests.drafting.made import brief, post_of

FACTS = "# Sync\n\n## Release\n\n- 0.9 is out on Monday\n- it drops the old parser\n"


def posts_of(folder: Path, text: str) -> list[str]:
    note = folder / "sync.md"
    note.write_text(text, encoding="utf-8")
    return [post.text for post in ExtractiveDrafter().draft(read_source(note, "notes/sync.md"), brief()).posts]


def words_left(folder: Path, text: str) -> str:
    note = folder / "sync.md"
    note.write_text(text, encoding="utf-8")
    sections = sections_of(read_source(note, "notes/sync.md"), rules_for("en"))
    return " ".join(sentence.text for section in sections for sentence in section.sentences)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Next steps",
            "TODO",
            "To do:",
            "Action items (Rosa)",
            "Follow-ups",
            "Next steps & action items",
            "Logistics",
        ),
        *("Attendees", "Participants", "Present", "Agenda", "Metadata"),
        *("Pendientes", "Próximos pasos", "Tareas", "Asistentes"),
    ],
)
def test_nothing_is_drafted_from_under_a_heading_for_those_who_met(tmp_path: Path, heading: str) -> None:
    left = words_left(tmp_path, f"{FACTS}\n## {heading}\n\n- Rosa drafts the thread\n- Priya checks the numbers\n")
    assert "0.9 is out" in left
    assert "Rosa" not in left
    assert "Priya" not in left


@pytest.mark.parametrize(("heading", "is_kept"), [("Next steps", True), ("Attendees", False)])
def test_a_post_may_end_with_its_next_steps(heading: str, is_kept: bool) -> None:
    source = post_of("# Release", "Monday it is.", f"# {heading}", "Rosa opens the second workshop in spring.")
    left = " ".join(one.text for section in sections_of(source, rules_for("en")) for one in section.sentences)
    assert ("Rosa" in left) is is_kept


@pytest.mark.parametrize("label", ["TODO", "Next steps:", "**Action items**", "Pendientes:", "Present:"])
def test_nothing_is_drafted_from_a_list_under_such_a_line(tmp_path: Path, label: str) -> None:
    left = words_left(tmp_path, f"{FACTS}\n{label}\n\n- Rosa drafts the thread\n- by Friday\n\nWe ship on Monday.\n")
    assert "Rosa" not in left
    assert "Friday" not in left
    assert "We ship on Monday." in left


@pytest.mark.parametrize(
    "line",
    [
        "Attendees: me, Rosa, Tom",
        "Pendiente: mandarle el borrador a Rosa el viernes.",
        "TODO ask Rosa for a picture.",
        "- [ ] Rosa: draft the thread",
        "- [x] Rosa: check the numbers\n  - with Tom",
        "1. [ ] Rosa drafts",
        "- send the deck to Rosa #todo",
    ],
)
def test_tasks_and_labelled_lines_are_not_drafted_from(tmp_path: Path, line: str) -> None:
    left = words_left(tmp_path, f"{FACTS}\nBetween them.\n\n{line}\n")
    assert "Rosa" not in left
    assert "Tom" not in left


@pytest.mark.parametrize(
    "sentence",
    [
        "Present them with a choice, and people take the default.",
        "The agenda was too long for us, again.",
        "Participants told us that they want shorter courses.",
        "- [the parser](https://example.org/p) is ours",
    ],
)
def test_a_sentence_that_begins_with_such_a_word_may_be_drafted_from(tmp_path: Path, sentence: str) -> None:
    assert sentence.lstrip("- [").split()[-1] in words_left(tmp_path, f"{FACTS}\n## More\n\n{sentence}\n")


def test_lists_with_something_between_them_are_never_one_post(tmp_path: Path) -> None:
    text = "# Sync\n\n- beta ships in December\n- 412 companies use it\n\nA word between.\n\n- two more people\n- one desk\n"
    posts = posts_of(tmp_path, text)
    assert any("beta" in post for post in posts)
    assert not any("beta" in post and "desk" in post for post in posts)


def test_what_a_note_quotes_is_a_post_of_its_own(tmp_path: Path) -> None:
    quoted = "The first change should feel like being handed a cup of tea, not a form."
    posts = posts_of(tmp_path, f"{FACTS}\n## Quotes\n\n> {quoted}\n")
    assert posts[0].startswith("Release:")
    assert posts[-1] == quoted


@pytest.mark.parametrize(
    ("line", "post"),
    [
        (
            "- she said: the hardest part was to tell customers the truth",
            "The hardest part was to tell customers the truth",
        ),
        (
            "quote for the thread maybe: I never wanted a shop without a door",
            "I never wanted a shop without a door",
        ),
        ('- "we rewrote it twice because we were wrong"', '"We rewrote it twice because we were wrong"'),
        ("ella dijo: nunca quisimos competir con nadie", "Nunca quisimos competir con nadie"),
    ],
)
def test_the_very_words_of_the_founder_are_a_post_of_their_own(tmp_path: Path, line: str, post: str) -> None:
    assert post in posts_of(tmp_path, f"# Sync\n\n{line}\n")


@pytest.mark.parametrize("who", ["A customer", "Rosa", "The bank"])
def test_what_somebody_else_said_is_not_made_the_founder_s(tmp_path: Path, who: str) -> None:
    words = "we lost a night of data, and we told nobody"
    left = words_left(tmp_path, f"{FACTS}\n{who} said: {words}.\n")
    assert f"{who} said: {words}." in left


def test_nobody_else_s_words_in_a_mail_are_drafted_from(tmp_path: Path) -> None:
    mail = "# Notes\n\nWe opened the workshop to each school of the city.\n\nOn Wed, 9 Dec 2026, Ana wrote:\n> We lost it all.\n"
    assert posts_of(tmp_path, mail) == ["We opened the workshop to each school of the city."]


def test_items_that_speak_of_the_founder_or_doubt_are_left_out(tmp_path: Path) -> None:
    items = "- she's tired of the question\n- beta ships on 3 Dec (Tue? check)\n- a big name said yes (!!) get it in writing\n"
    assert posts_of(tmp_path, FACTS + items) == ["Release:\n\n• 0.9 is out on Monday\n• it drops the old parser"]


def test_an_answer_about_thanks_is_no_thanks(tmp_path: Path) -> None:
    assert (
        "Nobody thanks you"
        in posts_of(tmp_path, "# Sync\n\nNobody thanks you for a backup, and everybody needs one.\n")[0]
    )


def test_a_heading_of_brackets_takes_no_time(tmp_path: Path) -> None:
    before = time.process_time()
    assert "x" in words_left(tmp_path, f"{FACTS}\nTodo {'()' * 60_000} x\n\n- one\n")
    assert time.process_time() - before < 5


MINUTES = """\
# Harbour committee 2024-05-02

- Time: 17:00 UTC
- Join via Zoom at https://zoom.example.org/j/1
- [Minutes of all meetings](https://harbour.example.org/minutes)

**Code of Conduct**
Everybody who attends adheres to our Code of Conduct (https://harbour.example.org/conduct).

## Crane [#412](https://harbour.example.org/412)

- Bearings are made by hand now, 12 of them so far (#799, @omar-d)
- The insurance wants a second crane by March by @lena in https://harbour.example.org/pull/812
- No updates on the paint
- ask for the drawings
- Should we buy the old one?

## Tides

- Calendar
  - The new calendar cuts empty night shifts by 40 percent
  - Two other harbours run it on their own coasts
- Ferry: skipped
- Links: somewhere

## Contributors

- @lena
"""


@pytest.fixture
def minutes(tmp_path: Path) -> str:
    return "\n\n".join(posts_of(tmp_path, MINUTES))


@pytest.mark.parametrize(
    "words", ["17:00", "Zoom", "Minutes of all", "adheres", "No updates", "drawings", "Should we", "skipped", "@lena"]
)
def test_how_people_met_and_what_was_left_to_do_is_never_drafted_from(minutes: str, words: str) -> None:
    assert words not in minutes


def test_the_number_the_handle_and_the_address_at_the_end_of_a_line_are_left_out(minutes: str) -> None:
    assert "12 of them so far" in minutes
    assert "a second crane by March" in minutes
    for words in ("#799", "@omar", "pull/812", "#412", "https://"):
        assert words not in minutes


def test_items_below_an_item_stand_under_it(minutes: str) -> None:
    assert (
        "Calendar:\n\n• The new calendar cuts empty night shifts by 40 percent\n"
        "• Two other harbours run it on their own coasts" in minutes
    )


def test_an_agenda_with_what_was_said_below_its_items_is_drafted_from(tmp_path: Path) -> None:
    agenda = """\
# Harbour committee

## Agenda

1. Welcome
2. Where do we keep the drawings?
   - In the office of the harbour master, behind glass
   - Copies go to the school, because children ask the best questions
3. Who may ring the bell?
   - Every child once, on the first Saturday of the month
"""
    text = "\n\n".join(posts_of(tmp_path, agenda))
    assert "Where do we keep the drawings?\n\n• In the office" in text
    assert "Welcome" not in text


def test_minutes_open_with_their_title_where_it_says_who_met(tmp_path: Path) -> None:
    text = "# Harbour committee of 2 May\n\n## Crane\n\n- Omar made 12 bearings in May\n- Lena has ordered the paint\n"
    posts = posts_of(tmp_path, text)
    assert posts[0].startswith("Harbour committee of 2 May\n\nCrane:\n\n• Omar")


def test_the_chores_of_a_release_are_never_drafted_from(tmp_path: Path) -> None:
    text = (
        "# Harbour 4.2\n\n## Changes\n\n- docs: spell the tides right in the manual\n- chore(deps): renew the lock file\n"
        "- Bump bearings from 2 to 3\n- The calendar knows 12 harbours more than last year\n"
        "- The bell is rung once for every child that asks\n"
    )
    left = "\n".join(posts_of(tmp_path, text))
    assert "12 harbours" in left
    for words in ("manual", "lock file", "Bump"):
        assert words not in left


def test_a_talk_of_several_people_is_not_cut_into_words_of_nobody(tmp_path: Path) -> None:
    text = (
        "# Harbour committee of the second of May\n\n## Crane\n\n- The bearings are made by hand now, 12 of them so far\n"
        "- The paint lasts for three winters\n\n## Bell\n\n"
        "Omar: The bell should never be rung by grown people. My concern about the children is minimal. "
        "Lena: We have to limit the number of children at the rope. It is a question of order for everybody.\n"
    )
    left = "\n".join(posts_of(tmp_path, text))
    assert "bearings" in left
    assert "concern" not in left
    assert "rope" not in left
