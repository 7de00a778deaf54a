"""Short sources are told whole, in their own order."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.sources import read_source
from tests.drafting.made import brief, interview_of, post_of

INDEX = "It took us 11 weeks and 2 rewrites to get the index right. The second rewrite was the good one."
QUEUE = "We looked at the old queue and found 4,000 jobs that no longer had an owner. We deleted them. Nobody called."
SCHEDULER = "We shipped the new scheduler on Monday. It cut the nightly build from 52 minutes to 9."


def texts_of_note(folder: Path, *lines: str) -> list[str]:
    note = folder / "note.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [post.text for post in ExtractiveDrafter().draft(read_source(note, "notes/note.md"), brief()).posts]


def test_every_paragraph_of_a_short_note_is_told(tmp_path: Path) -> None:
    texts = texts_of_note(tmp_path, "# Standup", "", SCHEDULER, "", QUEUE, "", INDEX)
    assert all("\n\n".join(texts).count(paragraph) == 1 for paragraph in (SCHEDULER, QUEUE, INDEX))


def test_bullets_that_lean_on_each_other_stay_together_in_their_order(tmp_path: Path) -> None:
    bullets = ("We shipped the search.", "It answers in 40 milliseconds.", "Ana wrote it in 11 weeks.")
    assert texts_of_note(tmp_path, "# Search launch", "", *(f"- {text}" for text in bullets)) == [
        "Search launch:\n\n" + "\n".join(f"• {text}" for text in bullets)
    ]


def test_a_note_s_title_stands_above_no_list(tmp_path: Path) -> None:
    bullets = ("We moved 300 tests to one machine.", "The export takes 40 minutes less.", "9 of 10 customers use it.")
    texts = texts_of_note(tmp_path, "# Weekly call with Mia", "", *(f"- {text}" for text in bullets))
    assert not any("Weekly call" in text for text in texts)
    assert sum(text.count(bullet) for text in texts for bullet in bullets) == len(bullets)


def test_a_short_answer_is_told_from_its_expletive_on() -> None:
    source = interview_of(("Ann", "What did you learn from all of that?"), ("Bo", INDEX))
    draft = ExtractiveDrafter().draft(source, brief(speaker="Bo"))
    assert [post.text for post in draft.posts] == [INDEX]


def test_what_is_said_twice_is_told_once() -> None:
    texts = [post.text for post in ExtractiveDrafter().draft(post_of(SCHEDULER, QUEUE, SCHEDULER), brief()).posts]
    assert sorted(texts) == sorted([SCHEDULER, QUEUE])


@pytest.mark.parametrize("posts", [1, 2])
def test_a_short_source_is_chosen_from_when_fewer_posts_are_wanted(posts: int) -> None:
    assert len(ExtractiveDrafter().draft(post_of(SCHEDULER, QUEUE, INDEX), brief(posts=posts)).posts) == posts
