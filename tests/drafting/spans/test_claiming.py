"""The beginning of a section under a heading that says something."""

from __future__ import annotations

import pytest

from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.claiming import under_claims
from tests.drafting.made import post_of

LEAD = "The workshop is in Lugo, and eleven people work there."
BEGINNING = "Glass is heavy, and the old van of the workshop broke in spring."
LATER = "Since then a tram carries every box to the market in the town."


def headed(heading: str, *, limit: int = 500, language: str = "en") -> list[Span]:
    rules = rules_for(language)
    sections = sections_of(
        post_of(
            "# The workshop", LEAD, f"# {heading}", f"{BEGINNING} {LATER}", title="The workshop", language=language
        ),
        rules,
    )

    def fits(text: str) -> bool:
        return len(text) <= limit

    return list(under_claims(candidates(sections, rules, fits), sections, rules, fits))


def test_what_begins_a_section_is_offered_under_its_heading() -> None:
    texts = [span.text for span in headed("2. Nobody drives any more")]
    assert texts == [f"Nobody drives any more\n\n{BEGINNING}", f"Nobody drives any more\n\n{BEGINNING} {LATER}"]


def test_the_heading_is_evidence_and_the_words_below_it_are_what_is_said() -> None:
    span = headed("Nobody drives any more")[0]
    assert [line for line, _ in span.lines] == [5, 7]
    assert [sentence.text for sentence in span.said] == [BEGINNING]


@pytest.mark.parametrize(
    "label",
    [
        "Trams",
        "Why nobody drives any more",
        "Does anybody drive any more?",
        "Trams for the boxes of the workshop",
        "This is how nobody drives any more",
        "The old van of the workshop broke",
    ],
)
def test_a_label_a_question_and_what_is_said_again_are_put_above_nothing(label: str) -> None:
    assert headed(label) == []


def test_a_heading_that_does_not_fit_is_left_out() -> None:
    assert [span.text for span in headed("Nobody drives any more", limit=100)] == [
        f"Nobody drives any more\n\n{BEGINNING}"
    ]
