"""Threads of interviews that were printed as questions and answers."""

from __future__ import annotations

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.sources.read import parse_source
from tests.drafting.made import brief

ANSWERS = {
    "How did you start the lamp shop?": "We started the lamp shop in a barn in 2011, with nobody who knew glass. It had no roof.",
    "What went wrong? And what did you do then?": "Every lamp of the winter broke. We lost 212 orders in one night of frost.",
    "Why do you still do it?": "People never forget the lamp they read by. We have never sold one that we would not repair.",
    "What comes next?": "Next year we open a second barn by the lake. It has a roof, and nine people who know glass.",
}
SOURCE = parse_source(
    (
        "---\ntitle: The lamp shop\ntype: interview\ninterviewee_name: Ana Ruiz\n---\n\nWe love the lamps of our guest.\n\n"
        + "\n\n".join(f"## {question}\n\n{answer}" for question, answer in ANSWERS.items())
        + "\n"
    ).encode(),
    "lamps.md",
)


def texts() -> list[str]:
    return [post.text for post in ExtractiveDrafter().draft(SOURCE, brief()).posts]


def test_only_answers_are_drafted_under_the_name_of_whoever_answers() -> None:
    assert texts()[0].startswith("Ana Ruiz: ")
    assert "We love the lamps of our guest" not in " ".join(texts())


def test_no_thread_opens_with_the_question() -> None:
    assert "?" not in texts()[0]


def test_of_two_questions_in_one_heading_none_is_printed() -> None:
    assert not any("What went wrong" in text or "what did you do then" in text for text in texts())


def test_the_whole_is_told_to_the_last_answer() -> None:
    assert "nine people who know glass" in texts()[-1] + texts()[-2]


def test_what_leaves_open_what_is_off_the_record_is_in_no_post() -> None:
    spoken = "What I say from here on is off the record. We owe the bank 90,000 euros for the second barn."
    for kind in ("interview", "blog"):
        front = f"---\ntitle: The lamp shop\ntype: {kind}\n---\n\n"
        answers = [*ANSWERS.values()][:-1]
        told = "\n\n".join(f"## {asked}\n\n{said}" for asked, said in zip(ANSWERS, [*answers, spoken], strict=True))
        source = parse_source(f"{front}{told}\n".encode(), "lamps.md")
        assert source.doubts
        drafted = " ".join(post.text for post in ExtractiveDrafter().draft(source, brief()).posts)
        assert "212 orders" in drafted
        assert "90,000" not in drafted
        assert "off the record" not in drafted
