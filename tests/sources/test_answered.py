"""Interviews as sites print them: questions as headings or in bold, answers without a name."""

from __future__ import annotations

import pytest

from contentkit.models import Source
from contentkit.sources.read import parse_source

QUESTIONS = ("How did you start?", "What broke first?", "Would you do it again?", "What do you read?")
FRONT = 'title: "The lamp shop"\ntype: interview\ninterviewee_name: Ana Ruiz\n'


def printed(
    front: str = FRONT, questions: tuple[str, ...] = QUESTIONS, mark: str = "### {}", intro: str = ""
) -> Source:
    asked = "\n\n".join(
        f"{mark.format(question)}\n\nWe sold lamp {number}." for number, question in enumerate(questions)
    )
    return parse_source(f"---\n{front}---\n\n{intro}{asked}\n".encode(), "interview.md")


def answers(source: Source) -> list[str]:
    return [passage.text for passage in source.passages if passage.speaker]


@pytest.mark.parametrize("mark", ["## {}", "#### {}", "**{}**", "__{}__"])
def test_whoever_answers_speaks_below_each_question(mark: str) -> None:
    source = printed(mark=mark)
    assert source.kind == "transcript"
    assert source.speakers == {"Ana Ruiz": 16}
    assert answers(source) == [f"We sold lamp {number}." for number in range(4)]


def test_answers_may_be_set_as_quotations() -> None:
    asked = "\n\n".join(f"**{question}**\n\n> We sold lamps.\n>\n> Many." for question in QUESTIONS)
    source = parse_source(f"---\n{FRONT}---\n\n{asked}\n\nWe thank her.\n".encode(), "interview.md")
    assert answers(source) == ["We sold lamps.", "Many."] * 4
    assert "We thank her." not in answers(source)


def test_a_quotation_in_an_answer_is_somebody_elses() -> None:
    asked = "\n\n".join(f"**{question}**\n\nWe sold lamps.\n\n> Mine is broken." for question in QUESTIONS)
    assert set(answers(parse_source(f"---\n{FRONT}---\n\n{asked}\n".encode(), "interview.md"))) == {"We sold lamps."}


def test_questions_in_spanish_are_put_to_somebody() -> None:
    asked = ("¿Cómo empezaste?", "¿Qué hiciste después?", "¿Qué lees?", "Cuéntanos: ¿qué sigue?")
    assert printed("title: Entrevista a una lamparera\n", asked).kind == "transcript"


def test_what_stands_before_the_first_question_is_the_hosts() -> None:
    assert "lovely guest" not in " ".join(answers(printed(intro="We have a lovely guest this week.\n\n")))


def test_a_heading_at_the_top_is_a_title_too() -> None:
    asked = "\n\n".join(f"## {question}\n\nWe sold a lamp." for question in QUESTIONS)
    source = parse_source(f"# Interview with Ana Ruiz\n\n{asked}\n".encode(), "interview.md")
    assert list(source.speakers) == ["Ana Ruiz"]


def test_what_stands_below_a_heading_that_asks_nothing_is_not_said() -> None:
    source = printed(questions=(*QUESTIONS, "About us"))
    assert "We sold lamp 4." not in answers(source)


@pytest.mark.parametrize(
    ("front", "who"),
    [
        ('title: "Daniel Rask"\n', "Daniel Rask"),
        ('title: "Interview with Zora Quist, who builds lamps"\n', "Zora Quist"),
        ('title: "Lamps"\nseo_title: "An Interview With the Lamp\'s Daniel Rask"\n', "Daniel Rask"),
        ('title: "Entrevista a Ana Ruiz"\n', "Ana Ruiz"),
        ('title: "The lamp shop"\ndescription: "In this interview Ana tells of lamps."\n', "interviewee"),
        ('title: "The lamp shop"\ninterviewee: "María De La Cruz"\n', "María De La Cruz"),
        ('title: "Interview with In-ho Kim"\n', "In-ho Kim"),
        # What goes on in capitals is no name, neither is what is no more than a role.
        ('title: "Interview With Ana Ruiz About Lamps"\n', "Ana Ruiz"),
        ('title: "Interview With Our New Maintainer"\n', "interviewee"),
        ('title: "Interview With The Founders Of Acme"\n', "interviewee"),
    ],
)
def test_who_answers_is_told_by_the_title(front: str, who: str) -> None:
    assert list(printed(front).speakers) == [who]


@pytest.mark.parametrize(
    ("front", "questions"),
    [
        # What is often asked: nobody is spoken to.
        ("title: Questions\n", ("How do I start?", "What has changed?", "Which OS is it for?", "¿Existe un plan?")),
        # An author who speaks to readers, and answers.
        (
            "title: Lamps in practice\n",
            ("Why should you care?", "When do you need them?", "How do you start?", "Will you pay?"),
        ),
        # Lists of what is asked elsewhere, and posts that somebody else wrote.
        (
            "title: Lamps\ncategory: Interview Questions\n",
            ("What is a lamp?", "What is oil?", "What is a wick?", "Is it hot?"),
        ),
        (
            "title: Lamps\nguest: true\n",
            ("Why should you care?", "When do you need them?", "How do you start?", "Will you pay?"),
        ),
        # Others were interviewed for it.
        (
            "title: Lamps\ndescription: We interviewed 40 lamp makers.\n",
            ("Why should you care?", "When do you need them?", "How do you start?", "Will you pay?"),
        ),
        # A post with a few questions.
        ("title: Lamps\n", ("How did you start?", "What do you read?", "Who cares?")),
        # Its author says what it is.
        (FRONT + "kind: post\n", QUESTIONS),
    ],
)
def test_other_posts_with_questions_are_posts(front: str, questions: tuple[str, ...]) -> None:
    assert printed(front, questions).kind == "post"
