"""What a thread ends with, and that it says nothing twice."""

from __future__ import annotations

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.reading.terms import Terms
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import candidates
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, choose, without_echoes
from tests.drafting.made import brief, post_of

ENGLISH = rules_for("en")
FERRY = (
    "Our ferry crosses the river 30 times a day, and for a century nobody asked what it costs. In 2018 the engine broke in May.",
    "# The engine",
    "The engine was built in 1961, and its maker closed in 1990. A workshop took nine weeks to cast one part for it.",
    "For nine weeks 400 people drove around by the bridge, 22 kilometres each way. Three shops on our side closed that summer.",
    "# The money",
    "A new engine costs 80,000, and the ferry earns 12,000 a year. The bank laughed; the county wrote letters.",
    "We sold shares of 50 each at the landing. In six Sundays 1,100 people bought one, and some of them live far away.",
    "# What we learned",
    "People pay for what they would miss. A ferry that nobody misses for nine weeks should not be repaired at all.",
    "Next year the shareholders will choose the timetable. Our office smells of diesel and of the coffee that the captain makes.",
)


def test_the_last_post_before_the_link_is_a_lesson_or_what_comes_next() -> None:
    draft = ExtractiveDrafter().draft(post_of(*FERRY, link="https://ferry.example.org"), brief(280, posts=5))
    assert "would miss" in draft.posts[-2].text or "Next year" in draft.posts[-2].text


def test_a_sentence_of_the_hook_is_not_said_again() -> None:
    source = post_of(
        "A bell is not a clock. We ring ours when the river rises, and people know where to run, even at night.",
        *FERRY,
    )
    draft = ExtractiveDrafter().draft(source, brief(500))
    hook = draft.posts[0].text.split(". ")[0]
    assert not any(hook in post.text for post in draft.posts[1:])


def test_no_two_posts_begin_with_the_same_words_where_others_are_nearly_as_good() -> None:
    source = post_of(
        "If you run a bakery, bread has to cross the river before five, and no ferry leaves before six.",
        "If you run a cinema, your audience leaves before the end, since the last boat does not wait.",
        "A timetable is a promise to people whom you do not know, so tell everybody twice about it.",
    )
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    spans = [span for span in candidates(sections, ENGLISH, lambda _: True) if len(span.sentences) == 1]
    scores = [0.8 if span.text.startswith("A timetable") else 1.0 for span in spans]
    ranked = [Scored(span, score, terms.of_span(span.sentences)) for span, score in zip(spans, scores, strict=True)]
    chosen = choose(ranked, 2, [], sections=1, closing=lambda _: 0.0)
    assert len({span.text[:10] for span in chosen}) == 2


@pytest.mark.parametrize(
    ("language", "supposition", "point"),
    [
        (
            "en",
            "Suppose you run a ferry for 400 people in the spring.",
            "A ferry that nobody misses should not be repaired.",
        ),
        ("es", "Supongamos que 400 personas cruzan el río en mayo.", "Un barco que nadie extraña no se debe reparar."),
    ],
)
def test_a_supposition_ends_a_thread_worse_than_a_plain_sentence(language: str, supposition: str, point: str) -> None:
    rules = rules_for(language)
    sections = sections_of(post_of(supposition, point, language=language), rules)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], rules)
    measure = Measure.of(terms, "", rules, 500, sections)
    ends = {span.text: measure.closing(span) for span in candidates(sections, rules, lambda _: True)}
    assert ends[supposition] < ends[point] - 0.4


@pytest.mark.parametrize(
    ("language", "problem", "point"),
    [
        (
            "en",
            "There also wasn't a good way to cross the river at night in the winter.",
            "We cross the river at night in the winter with a boat of our own now.",
        ),
        (
            "es",
            "Hay un problema con los barcos que cruzan el río en mayo.",
            "Cambiamos los barcos que cruzan el río en mayo.",
        ),
    ],
)
def test_a_problem_without_what_was_done_about_it_ends_a_thread_worse(language: str, problem: str, point: str) -> None:
    rules = rules_for(language)
    sections = sections_of(post_of(problem, point, language=language), rules)
    terms = Terms.of([one for section in sections for one in section.sentences], rules)
    measure = Measure.of(terms, "", rules, 500, sections)
    ends = {span.text: measure.closing(span) for span in candidates(sections, rules, lambda _: True)}
    assert ends[problem] < ends[point] - 0.1


def test_a_short_post_that_says_the_hook_in_other_forms_is_left_out() -> None:
    hook = "The ferry has stopped burning diesel at night, and it keeps reducing what it burns by day."
    twin = "We are reducing how much diesel the ferry burns, and we make progress with our nights."
    more = "We are reducing how much diesel the ferry burns, and 30 nights are behind us."
    sections = sections_of(post_of(hook, twin, more, *FERRY), ENGLISH)
    terms = Terms.of([one for section in sections for one in section.sentences], ENGLISH)
    spans = {span.text: span for span in candidates(sections, ENGLISH, lambda _: True)}
    opening = Scored(spans[hook], 0.0, terms.of_text(hook))
    left = without_echoes([Scored(spans[text], 0.0, terms.of_text(text)) for text in (twin, more)], opening, terms)
    assert [one.span.text for one in left] == [more]
