"""Baselines: the same shape as ours, words of the text only."""

from __future__ import annotations

from pathlib import Path

from benchmarks.drafts.baselines import central, lead, sentences_of, thread_by
from benchmarks.drafts.makers import threads_of
from benchmarks.drafts.summarisers import summarisers
from benchmarks.drafts.table import rows_of, table
from benchmarks.drafts.texts import texts_in
from tests.benchmarks.made import CALL, POST, text, thread


def test_a_baseline_has_as_many_posts_as_ours_and_its_closing() -> None:
    ours = thread("One.", "Two.", closing="Full post:\nhttps://example.org/queue")
    theirs = thread_by("lead", lead, text(), ours)
    assert theirs.posts == ("The queue of Fernhill moved to Postgres in March.", "The median fell from 40 ms to 25 ms.")
    assert theirs.closing == ours.closing


def test_a_baseline_never_takes_a_sentence_over_the_limit() -> None:
    assert all(len(one) <= 40 for one in sentences_of(text(limit=40)))


def test_a_baseline_of_an_interview_takes_the_speakers_words_only() -> None:
    assert not [one for one in sentences_of(text(CALL, "call.txt", "Bo Lind")) if one.endswith("?")]


def test_central_sentences_are_near_the_whole() -> None:
    pool = [
        "Queues lose messages at night.",
        "Lunch was good today, thank you.",
        "Messages that queues lose at night are found late.",
        "Rehearse rollbacks of queues before nights of releases.",
    ]
    assert 1 not in central(pool, 3)


def test_of_two_central_sentences_that_say_the_same_one_is_taken() -> None:
    pool = [
        "Queues lose messages at night.",
        "At night queues lose messages!",
        "Rehearsed rollbacks save releases of software.",
    ]
    assert sorted(central(pool, 2)) == [0, 2]


def test_the_posts_of_a_baseline_stand_in_the_order_of_the_text() -> None:
    theirs = thread_by("last first", lambda _, number: range(number, 0, -1), text(), thread("One.", "Two."))
    assert [sentences_of(text()).index(post) for post in theirs.posts] == [1, 2]


def test_without_sumy_its_baselines_are_left_out() -> None:
    assert set(threads_of(text())) == {"contentkit", "lead", "tf-idf", *summarisers("en")}


def test_a_folder_becomes_a_table_with_a_line_for_each_group_and_maker(tmp_path: Path) -> None:
    for group, name, body in (("posts", "queue.md", POST), ("calls", "call.txt", CALL)):
        (tmp_path / group).mkdir()
        (tmp_path / group / name).write_text(body, encoding="utf-8")
    (tmp_path / "calls" / "speakers.toml").write_text('"call.txt" = "Bo Lind"\n', encoding="utf-8")
    texts, unread = texts_in(tmp_path, "mastodon")
    rows, failed = rows_of(texts)
    assert (unread, failed) == ([], [])
    assert [line.split(" | ")[:2] for line in table(rows) if " contentkit " in line] == [
        ["| calls", "contentkit"],
        ["| posts", "contentkit"],
    ]


def test_the_language_of_a_text_that_does_not_say_it_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "He movido la cola de mensajes a Postgres con la ayuda del equipo.\n", encoding="utf-8"
    )
    (tmp_path / "b.md").write_text("The queue of messages was moved to Postgres with the team.\n", encoding="utf-8")
    assert [each.language for each in texts_in(tmp_path, "mastodon")[0]] == ["es", "en"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    texts, unread = texts_in(tmp_path, "x")
    assert texts == []
    assert len(unread) == 1
