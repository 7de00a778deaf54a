"""What may open a thread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.reading.terms import Terms, roots
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import Hook, attraction, best_hook, described, headlines, spoken_up
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.standing import without_connective
from contentkit.models import Source
from tests.drafting.made import post_of

ENGLISH = rules_for("en")


def fits(text: str) -> bool:
    return len(text) <= 500


def hooks_of(description: str) -> list[str]:
    source = Source(path="a.md", kind="post", lines=("---", description, "---"), passages=(), description=description)
    return [hook.span.text for hook in described(source, ENGLISH, fits)]


def test_a_description_opens_without_the_sentences_that_only_announce() -> None:
    claim = "Nine milliseconds ended our night shifts."
    assert hooks_of(f"Hello everybody! {claim} Learn more about our queue. In this post we explain it.") == [claim]


def test_a_description_that_only_announces_is_no_hook() -> None:
    assert hooks_of("Discover how we moved our queue. Find out what it cost us.") == []


@pytest.mark.parametrize("cut", ["...", "…", '..."'])
def test_nothing_of_a_description_that_the_site_cut_off_is_a_hook(cut: str) -> None:
    assert hooks_of(f"Nine milliseconds ended our night shifts. The pictures look absolutely stun{cut}") == []


def test_a_description_that_begins_like_the_rest_of_a_sentence_is_no_hook() -> None:
    assert hooks_of("after nine years our queue has a new maintainer.") == []
    assert hooks_of("nsq is the queue that ended our night shifts.") == [
        "nsq is the queue that ended our night shifts."
    ]


def test_headings_that_claim_something_are_hooks_and_topics_are_not() -> None:
    claim = "Nobody should trust a backup that was not restored"
    source = post_of(
        f"# {claim}", "One.", "# Our backups in the year 2024", "Two.", "# Which backup should you trust?", "Three."
    )
    found = headlines(sections_of(source, ENGLISH), ENGLISH, fits)
    assert [hook.span.text for hook in found] == [claim]


def test_a_leading_but_may_be_left_out_of_a_hook() -> None:
    source = post_of("But nobody had ever restored a backup of that size before Monday.")
    spans = candidates(sections_of(source, ENGLISH), ENGLISH, fits)
    texts = [hook.span.text for hook in spoken_up(spans, ENGLISH)]
    assert "Nobody had ever restored a backup of that size before Monday." in texts


@pytest.mark.parametrize(
    "bland",
    [
        "Larkspur is a Python package for backups of shops.",
        "Learn how shops restore.",
        "How do shops restore a backup?",
        "A case study of how the harbour uses our kilns",
    ],
)
def test_a_definition_or_a_bare_question_does_not_win_for_being_the_author_s_own(bland: str) -> None:
    source = post_of("A restore took 11 hours, but we had promised four minutes to every shop.", title="Backups")
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    measure = Measure.of(terms, source.title, ENGLISH, 500, sections)
    strong = Hook(candidates(sections, ENGLISH, fits)[0], own=False)
    front = Source(path="a.md", kind="post", lines=("---", bland, "---"), passages=(), description=bland)
    assert best_hook([strong, *described(front, ENGLISH, fits)], measure) == strong


def attractions(*paragraphs: str) -> list[float]:
    """How attractive each paragraph is, as the hook of a post of all of them."""
    source = post_of("Our team restores backups of shops.", *paragraphs, title="Backups")
    sections = sections_of(source, ENGLISH)
    sentences = [sentence for section in sections for sentence in section.sentences]
    measure = Measure.of(Terms.of(sentences, ENGLISH), source.title, ENGLISH, 500, sections)
    spans = {span.text: span for span in candidates(sections, ENGLISH, fits)}
    return [attraction(Hook(spans[paragraph], own=False), measure) for paragraph in paragraphs]


def test_a_number_a_contrast_and_a_judgement_attract_more_than_an_announcement() -> None:
    strong, flat, announced = attractions(
        "A restore took 11 hours, but we had promised four minutes to every shop.",
        "A restore of the backup of shops runs on servers in several places.",
        "I am thrilled to announce a new restore of the backup for many shops.",
    )
    assert strong > flat > announced


def test_what_is_pointed_at_and_was_not_named_attracts_much_less() -> None:
    clear, unclear = attractions(
        "A decision of shops restored the backup on Monday, and nobody forgives this decision.",
        "A restore of shops decided the backup on Monday, and nobody forgives this attack.",
    )
    assert clear > unclear + 0.2


def test_a_count_below_ten_attracts_nobody_for_being_a_number() -> None:
    many, few = attractions(
        "The backup of shops has 30 parts that somebody restores.",
        "The backup of shops has 3 parts that somebody restores.",
    )
    assert many > few + 0.5


def test_a_doubled_word_attracts_less() -> None:
    clean, doubled = attractions(
        "A restore of the backup of shops is a flexible thing on servers in several places.",
        "A restore of the backup of shops is a a flexible thing on servers in several places.",
    )
    assert clean > doubled


def test_an_early_pronoun_without_a_noun_attracts_less() -> None:
    clear, unclear = attractions(
        "I decided to follow the advice of shops on backups that were never restored.",
        "I decided to follow their advice on backups of shops that were never restored.",
    )
    assert clear > unclear


LAMPS = (
    "# Glass",
    "Our glazier moved into the shop in spring, and since that week no lamp has left the house with a crack.",
    "Customers may watch him on Fridays. He talks about sand, about heat and about the patience that both of them need.",
    "# Doors",
    "Nine people paint the doors of the town, and each of them may choose the colour without asking the office.",
    "Painters who choose their colour paint slower. They also come back to look, and they repair what nobody paid for.",
)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # A share of something stops more people than a year.
        (
            "Of the lamps that we sold last year, 38% came back for a repair, and we kept every letter.",
            "Of the lamps that we sold in 2019, some came back for a repair, and we kept every letter.",
        ),
        (
            "The workshop sold lamps for a decade, and nobody ever asked how long they would last.",
            "Unfortunately, the workshop sold lamps for a decade, and nobody ever asked how long they would last.",
        ),
        (
            "We sold lamps for a decade, and nobody ever asked how long they would last.",
            "Although we sold lamps for a decade, nobody ever asked how long they would last.",
        ),
        (
            "Lamps from our workshop are repaired for ten years, and most of them never need it.",
            "How we made the lamps of our workshop last for ten years and more in most of the houses.",
        ),
        # Whoever has just begun to read does nothing yet.
        (
            "Lamps that nobody repairs are thrown away at night, alas, in every town of the north.",
            "Lamps that nobody repairs are thrown away at night, please, in every town of the north.",
        ),
        # Something happened.
        (
            "In spring the workshop cancelled its winter sale for good, and the town was silent.",
            "In spring the workshop prepared its winter sale for good, and the town was silent.",
        ),
        # What somebody means to do is no news.
        (
            "The workshop builds lamps that people can repair at home in the evening.",
            "The workshop aims to build lamps that people can repair at home in the evening.",
        ),
        # Our best is no judgement.
        (
            "The lamps of the workshop are the best that people of the town can buy.",
            "The people of the workshop try their best that lamps of the town can burn.",
        ),
    ],
)
def test_what_needs_nothing_else_and_says_a_share_is_the_better_hook(better: str, worse: str) -> None:
    source = post_of(better, worse, *LAMPS)
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    measure = Measure.of(terms, "", ENGLISH, 500, ())
    spans = {
        span.sentences[0].paragraph: without_connective(span, ENGLISH)
        for span in candidates(sections, ENGLISH, lambda _: True)
        if span.whole and len({one.paragraph for one in span.sentences}) == 1
    }
    assert attraction(Hook(spans[0], own=False), measure) > attraction(Hook(spans[1], own=False), measure)


def measured(title: str, *paragraphs: str) -> tuple[Measure, dict[str, Hook]]:
    """How the hooks of a post are measured, and its spans as hooks by their texts."""
    source = post_of(*paragraphs, title=title)
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    measure = replace(Measure.of(terms, title, ENGLISH, 500, sections), title=roots(title, ENGLISH))
    return measure, {span.text: Hook(span, own=False) for span in candidates(sections, ENGLISH, fits)}


LEAD = "For nine years the workshop repaired every lamp for free, and in winter it stopped."


def test_how_a_post_begins_attracts_more_than_the_same_words_at_its_end() -> None:
    at_once, hooks = measured("Lamps", LEAD, *LAMPS)
    at_last, others = measured("Lamps", *LAMPS, LEAD)
    assert attraction(hooks[LEAD], at_once) > attraction(others[LEAD], at_last) + 0.3


def test_a_beginning_that_tells_the_title_attracts_more() -> None:
    telling, hooks = measured("The workshop stopped to repair lamps for free", LEAD, *LAMPS)
    plain = replace(telling, title=roots("Boats", ENGLISH))
    assert attraction(hooks[LEAD], telling) > attraction(hooks[LEAD], plain) + 0.2


def test_a_beginning_without_the_matter_attracts_less() -> None:
    set_up = "Since the spring we have been talking about how the town could be a better place."
    measure, hooks = measured("Lamps", set_up, *LAMPS)
    about = replace(measure, subjects=frozenset({"lumen"}), title=roots("Boats", ENGLISH))
    named = replace(about, title=roots("The town", ENGLISH))
    assert attraction(hooks[set_up], named) > attraction(hooks[set_up], about) + 0.7


def test_a_cry_before_the_beginning_attracts_less_than_the_beginning() -> None:
    measure, hooks = measured("Lamps", f"We have great news! {LEAD}", *LAMPS)
    assert attraction(hooks[LEAD], measure) > attraction(hooks[f"We have great news! {LEAD}"], measure)


def test_what_the_source_takes_as_known_attracts_less() -> None:
    named = "In two winters the lamps of the north burned 300 litres of oil, and nobody had asked for that."
    known = "In two winters the lamps burned 300 litres of oil in the north, and nobody had asked for that."
    measure, hooks = measured("Lamps", *LAMPS, named, known)
    assert attraction(hooks[named], measure) > attraction(hooks[known], measure)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("The state of our workshop and where it may go", "Our workshop has lost its glazier"),
        ("Encouraging a workshop that sells lamps", "We encourage a workshop that sells lamps"),
    ],
)
def test_a_description_without_a_verb_of_its_own_is_a_label(label: str, told: str) -> None:
    measure, _ = measured("Lamps", *LAMPS)
    first, second = (Hook(described_span(text), own=True) for text in (label, told))
    assert attraction(second, measure) > attraction(first, measure) + 0.3


def described_span(text: str) -> Span:
    """A description as a span."""
    source = Source(path="a.md", kind="post", lines=("---", text, "---"), passages=(), description=text)
    return next(described(source, ENGLISH, fits)).span


def test_a_hook_that_names_what_the_source_is_about_attracts_more() -> None:
    source = post_of(*LAMPS)
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    measure = Measure.of(terms, "", ENGLISH, 500, ())
    spans = [span for span in candidates(sections, ENGLISH, fits) if "Nine people" in span.text]
    plain = attraction(Hook(spans[0], own=False), measure)
    assert attraction(Hook(spans[0], own=False), replace(measure, subjects=frozenset({"lampwright"}))) < plain


def test_the_first_short_paragraphs_may_open_the_thread_together() -> None:
    source = post_of("Lampwright is closing its shop in town.", "You need not worry about repairs.", *LAMPS)
    sections = sections_of(source, ENGLISH)
    terms = Terms.of([sentence for section in sections for sentence in section.sentences], ENGLISH)
    measure = Measure.of(terms, "", ENGLISH, 500, sections)
    spans = {span.text: span for span in candidates(sections, ENGLISH, fits)}
    both = spans["Lampwright is closing its shop in town.\n\nYou need not worry about repairs."]
    elsewhere = replace(both, sentences=tuple(replace(one, number=one.number + 5000) for one in both.sentences))
    assert attraction(Hook(both, own=False), measure) > attraction(Hook(elsewhere, own=False), measure) + 0.3
