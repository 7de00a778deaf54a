"""Evidence that supports nothing any more, and sentences that lack theirs."""

from __future__ import annotations

from dataclasses import replace

from contentkit.checks import check_draft
from contentkit.checks.records.verbatim import Searched, verbatim_elsewhere
from contentkit.models import Evidence, Post, Problem, Source
from tests.checks.notes import NOTE, draft_of, note

SOURCE = note(
    "The queue lost 112 jobs in one night.",
    "",
    "Every account has a lane of its own now.",
    "",
    "We moved on. The office has a new coffee machine. We like it.",
)


def told(text: str, *evidence: Evidence, source: Source = SOURCE) -> list[Problem]:
    draft = draft_of(Post(text=text, line=9, evidence=evidence))
    return [one for one in check_draft(draft, {NOTE: source}) if one.check in ("CK105", "CK106")]


def test_evidence_of_which_the_post_has_no_word_any_more_is_told() -> None:
    [problem] = told("The queue lost 112 jobs.", SOURCE.evidence(1, 1), SOURCE.evidence(3, 3))
    assert (problem.check, problem.severity) == ("CK105", "information")
    assert problem.words == str(SOURCE.evidence(3, 3))


def test_evidence_of_which_the_post_has_a_word_is_told_by_nobody() -> None:
    assert told("The queue lost 112 jobs. Accounts have lanes.", SOURCE.evidence(1, 1), SOURCE.evidence(3, 3)) == []


def test_a_post_in_other_words_than_all_it_cites_is_left_alone() -> None:
    assert told("Se perdieron trabajos.", SOURCE.evidence(1, 1), SOURCE.evidence(3, 3)) == []


def test_the_only_evidence_of_a_post_is_never_idle() -> None:
    assert told("Lost: 112 jobs.", SOURCE.evidence(3, 3)) == []


def test_evidence_that_changed_is_no_idle_one_beside_that() -> None:
    stale = replace(SOURCE.evidence(3, 3), sha="00000000")
    assert told("The queue lost 112 jobs.", SOURCE.evidence(1, 1), stale) == []


def test_a_sentence_that_stands_elsewhere_is_told_with_the_comment_to_add() -> None:
    text = "The queue lost 112 jobs. Every account has a lane of its own now."
    [problem] = told(text, SOURCE.evidence(1, 1))
    assert (problem.check, problem.severity) == ("CK106", "information")
    assert f"<!-- evidence: {SOURCE.evidence(3, 3)} -->" in problem.remedy
    assert problem.at == text.index("Every")


def test_with_that_comment_nothing_is_told() -> None:
    text = "The queue lost 112 jobs in one night. Every account has a lane of its own now."
    assert told(text, SOURCE.evidence(1, 1), SOURCE.evidence(3, 3)) == []


def test_a_sentence_within_a_line_is_offered_with_its_columns() -> None:
    post = Post(text="The office has a new coffee machine.", evidence=(SOURCE.evidence(1, 1),))
    [found] = verbatim_elsewhere(post, Searched.of({NOTE: SOURCE}))
    assert found.evidence.said_in(SOURCE.lines) == "The office has a new coffee machine."
    assert found.evidence == SOURCE.evidence(5, 5, 14, 50)


def test_a_sentence_that_stands_twice_is_offered_nowhere() -> None:
    twice = note(*SOURCE.lines, SOURCE.lines[2])
    post = Post(text=SOURCE.lines[2], evidence=(twice.evidence(1, 1),))
    assert verbatim_elsewhere(post, Searched.of({NOTE: twice})) == []


def test_a_sentence_that_anybody_may_say_is_offered_nowhere() -> None:
    post = Post(text="We moved on. We like it.", evidence=(SOURCE.evidence(1, 1),))
    assert verbatim_elsewhere(post, Searched.of({NOTE: SOURCE})) == []


def test_the_first_words_of_a_longer_word_are_not_those_words() -> None:
    post = Post(text="Every account has a lane of its own no.", evidence=(SOURCE.evidence(1, 1),))
    assert verbatim_elsewhere(post, Searched.of({NOTE: SOURCE})) == []
