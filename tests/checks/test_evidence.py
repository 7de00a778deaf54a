from __future__ import annotations

from dataclasses import replace

from contentkit.checks import check_draft
from contentkit.models import Draft, Evidence, Post
from tests.checks.notes import NOTE, citing, draft_of, found, ids, note

SOURCE = note("The queue lost 112 jobs.", "", "We moved on.")
FAITHFUL = citing(SOURCE, "The queue lost 112 jobs.", 1, 1)


def draft_citing(evidence: Evidence) -> Draft:
    return draft_of(replace(FAITHFUL, evidence=(evidence,)))


def test_evidence_that_still_holds_is_no_problem() -> None:
    assert check_draft(draft_of(FAITHFUL), {NOTE: SOURCE}) == []


def test_evidence_written_by_hand_needs_no_hash() -> None:
    assert check_draft(draft_citing(Evidence(source=NOTE, first=1, last=1)), {NOTE: SOURCE}) == []


def test_a_post_without_evidence_is_an_error_at_its_line() -> None:
    problems = check_draft(draft_of(Post(text="The queue lost jobs.", line=9)), {NOTE: SOURCE})
    assert [(each.check, each.severity, each.place, each.post) for each in problems] == [
        ("CK101", "error", "drafts/x.md:9", 0)
    ]


def test_a_post_without_evidence_is_told_where_its_words_stand() -> None:
    [problem] = check_draft(draft_of(Post(text="The queue lost 112 jobs.", line=9)), {NOTE: SOURCE})
    assert f"add <!-- evidence: {SOURCE.evidence(1, 1)} --> below it" in problem.remedy


def test_a_post_of_a_few_words_with_a_number_needs_evidence_despite_its_link() -> None:
    draft = draft_of(Post(text="112 jobs: https://example.org"), link="https://example.org")
    assert "CK101" in ids(check_draft(draft, {NOTE: SOURCE}))


def test_an_unknown_source_is_named_with_the_nearest_one() -> None:
    problems = check_draft(draft_citing(Evidence(source="notes/cal.md", first=1, last=1)), {NOTE: SOURCE})
    assert (ids(problems), problems[0].remedy) == (["CK102"], f"did you mean {NOTE}?")


def test_lines_past_the_end_are_an_error_that_says_how_long_the_source_is() -> None:
    problems = check_draft(draft_citing(Evidence(source=NOTE, first=1, last=7)), {NOTE: SOURCE})
    assert ids(problems) == ["CK103"]
    assert "3 lines" in problems[0].message


def test_columns_past_the_end_of_their_line_are_an_error_that_says_how_long_it_is() -> None:
    for evidence in (SOURCE.evidence(1, 1, 99), SOURCE.evidence(1, 1, 2, 99)):
        [problem] = check_draft(draft_citing(replace(evidence, sha="")), {NOTE: SOURCE})
        assert problem.check == "CK103"
        assert "line 1 of notes/call.md has 24 characters, the evidence points at column 99" in problem.message


def test_lines_that_say_nothing_are_an_error() -> None:
    assert "CK103" in ids(check_draft(draft_citing(Evidence(source=NOTE, first=2, last=2)), {NOTE: SOURCE}))


def test_a_source_that_changed_since_is_an_error() -> None:
    changed = note("The queue lost 112 jobs, or 113.", "", "We moved on.")
    problems = check_draft(draft_of(FAITHFUL), {NOTE: changed})
    assert ids(problems) == ["CK104"]
    assert "the source changed since" in problems[0].message


def test_lines_that_only_moved_are_found_again() -> None:
    moved = note("A new first line.", *SOURCE.lines)
    (problem,) = [each for each in check_draft(draft_of(FAITHFUL), {NOTE: moved}) if each.check == "CK104"]
    assert str(moved.evidence(2, 2)) in problem.remedy
    assert "contentkit evidence drafts/x.md --mend" in problem.remedy


def test_words_that_stand_in_several_places_now_are_pointed_at_by_a_person() -> None:
    twice = note("New.", SOURCE.lines[0], "", SOURCE.lines[0])
    [problem] = [each for each in check_draft(draft_of(FAITHFUL), {NOTE: twice}) if each.check == "CK104"]
    assert "several places" in problem.remedy


def test_without_any_source_only_the_missing_evidence_is_reported() -> None:
    assert found(check_draft(draft_of(Post(text="Ana lost 112 jobs in May."), sources=()), {})) == [("CK101", "")]


def test_a_source_that_the_draft_does_not_name_supports_nothing() -> None:
    other = replace(note("Ana lost 113 jobs."), path="notes/other.md")
    post = citing(SOURCE, "The queue lost 113 jobs.", 1, 1)
    assert ids(check_draft(draft_of(post), {NOTE: SOURCE, "notes/other.md": other})) == ["CK201"]
