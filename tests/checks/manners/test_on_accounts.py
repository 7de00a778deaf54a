from __future__ import annotations

import pytest

from contentkit.checks import check_cashtags, check_topics
from contentkit.checks.manners.numbering import misnumbered
from contentkit.counters.cashtags import cashtags_in
from contentkit.models import Account, Draft, Media, Part, Post, Rendition

TOPICS = {"health": ["burnout", "depress*"], "war": ["air raid"]}


def thread(*texts: str, warning: str = "", media: tuple[Media, ...] = ()) -> tuple[Rendition, Draft]:
    draft = Draft(slug="x", path="drafts/x.md", posts=tuple(Post(text=text, line=9) for text in texts))
    parts = tuple(Part(post=index, text=text, length=len(text), media=media) for index, text in enumerate(texts))
    account = Account(name="ours", platform="x")
    return Rendition(account=account, parts=parts, visibility="public", warning=warning, language="en"), draft


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We buy $ABCD now", ["$ABCD"]),
        ("$A.B and $abcdef, yes", ["$A.B", "$abcdef"]),
        ("It costs $5, US$ and a$AB", []),
        ("$ABCDEFG is too long", []),
        ("run $HOME/bin", ["$HOME"]),
    ],
)
def test_what_x_takes_for_a_cashtag(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in cashtags_in(text)] == found


def test_two_cashtags_in_one_part_are_an_error() -> None:
    (problem,) = check_cashtags(*thread("So $ABCD fell, and $WXYZ rose"))
    assert (problem.check, problem.severity, problem.words, problem.at) == ("CK349", "error", "$WXYZ", 19)


def test_one_cashtag_in_each_part_is_fine() -> None:
    assert check_cashtags(*thread("So $ABCD fell", "and $WXYZ rose")) == []


@pytest.mark.parametrize(
    ("text", "words"), [("Set $HOME first", "$HOME"), ("the $scope of it", "$scope"), ("`a $AB b`", "$AB")]
)
def test_a_variable_that_becomes_a_cashtag_is_a_warning(text: str, words: str) -> None:
    (problem,) = check_cashtags(*thread(text))
    assert (problem.check, problem.severity, problem.words) == ("CK350", "warning", words)


def test_a_share_is_meant_and_no_variable() -> None:
    assert check_cashtags(*thread("So $ABCD fell, and `$SHELL` is none")) == []


def test_a_thread_on_a_topic_without_a_warning_is_an_error_for_each_topic() -> None:
    problems = check_topics(*thread("We had a Burnout.", "Depression after an air-raid.", "burnout again"), TOPICS)
    assert [(one.check, one.severity, one.words, one.post) for one in problems] == [
        ("CK351", "error", "Burnout", 0),
        ("CK351", "error", "air-raid", 1),
    ]


def test_a_topic_that_only_an_alt_text_speaks_of_is_found_on_its_line() -> None:
    picture = Media(path="a.png", alt="A graph of burnout", line=14)
    (problem,) = check_topics(*thread("Look.", media=(picture,)), TOPICS)
    assert (problem.place, problem.at) == ("drafts/x.md:14", None)


def test_with_a_warning_and_without_the_words_a_thread_is_fine() -> None:
    assert check_topics(*thread("We had a burnout.", warning="health"), TOPICS) == []
    assert check_topics(*thread("We burn out of fuel, and had no raid."), TOPICS) == []


def misnumbered_in(*texts: str) -> list[tuple[int, str]]:
    """The posts whose own numbers are wrong, on two accounts, and their words."""
    rendition, draft = thread(*texts)
    return [(index, finding.words) for index, finding in misnumbered(draft, [rendition, rendition])]


def test_posts_whose_own_numbers_are_not_those_of_the_thread_are_told_once() -> None:
    assert misnumbered_in("1/3 We left", "It took a year (2/3)") == [(0, "1/3"), (1, "(2/3)")]


@pytest.mark.parametrize(
    "texts",
    [
        ("1/2 We left", "2/2 It took a year"),
        ("1/3 of us left", "and 1/3 stayed"),
        ("We left on 3/4", "It grew by 2/3"),
        ("1/5 We left",),
    ],
)
def test_true_numbers_fractions_and_dates_are_fine(texts: tuple[str, ...]) -> None:
    assert misnumbered_in(*texts) == []


@pytest.mark.parametrize(
    "text", ["1/3\nWe left", "(1/3) we left", "1/3: we left", "1/3 🚀 we", "We left. 1/3", "We left\n1/3"]
)
def test_a_number_may_stand_before_or_behind_the_post(text: str) -> None:
    assert len(misnumbered_in(text, "It took a year")) == 1
