"""What a written post may not begin with, because it goes on from something that nobody sees."""

from __future__ import annotations

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.reading.terms import roots
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.standing import goes_on, headed, spoiled, without_connective
from tests.drafting.made import brief, post_of

ENGLISH, SPANISH = rules_for("en"), rules_for("es")


def span_of(text: str, language: str = "en") -> Span:
    """The whole of a text as one span."""
    rules = rules_for(language)
    spans = candidates(sections_of(post_of(text, language=language), rules), rules, lambda _: True)
    return max(spans, key=lambda span: len(span.text))


@pytest.mark.parametrize(
    "text",
    [
        "We can also think of the winter, when nobody orders lamps and the workshop is cold.",
        "There is another reason for the delay, and it has to do with the glass that we buy.",
        "Where a lamp is counted as one that somebody lit for more than ten seconds on that day.",
        "To sell quickly: because the winter was near, the workshop wanted lamps in every window.",
        "To sell many lamps before the winter comes to the towns of the north.",
        "In any case the lamps of the workshop are sold with a number, and nobody asks for more.",
        "Similarly, the apprentices paint their own doors, and nobody checks the colour afterwards.",
        "Most notably, this includes lamps that were sold before the recall of the year 2019.",
        "Despite being only a few lines long, this was the letter that brought the customers back.",
        "We decided to take back every lamp with this fault, and we paid for the postage ourselves.",
        "Combining these two habits gives a workshop that is quiet and still earns some money.",
        "Or you could ask every customer for a photograph before you send anybody to their house.",
        "The remaining third of the lamps will eventually be repaired, and we pay for the postage.",
        "The changes we've described will be discussed in the workshop before the next winter sale.",
        "Until then, every lamp keeps the number that it was sold with, and nobody needs to act.",
        "What does a lamp cost when it is made by hand? Who would pay for it? And where would it hang?",
        "In other words, a lamp that you cannot repair is no lamp but a promise that ends one day.",
        "Of course, a workshop with nine people has other worries than the colour of its doors.",
        "Not because we do not want to sell lamps abroad, but because glass breaks on every ship.",
        "In retrospect it is clear that this was too early for a workshop with nine people in it.",
        "First we asked the painters for their colours, and the glazier waited for the glass.",
        "Hurrah! Other lamps of the workshop are still sold without a number, and nobody knows why.",
        "At least in the workshop you can see when a lamp was made, and by whom it was painted.",
        "The number of people who helped to build the workshop is actually far greater, and it grows.",
        "The glazier then simply asks every painter how long the door needs until it is dry again.",
        "Around this time, the glazier came back from a long winter that he had spent in the north.",
        "For the other places where we sold lamps, we asked ourselves whether anybody needed them.",
        "We did some other things along the way that are useful for a workshop with nine people.",
        "The troubles that we met with lamps in the north were not due to the glass either.",
        "Our workshop takes a fundamentally different way altogether. Nobody waits for the post.",
        "Last year it was 61 lamps. The largest of them hangs in the station, and nobody has painted it since.",
        "In the north they were afraid of lamps. Nobody there had seen one that did not smoke in the winter.",
        "Among the same 50 houses the lamps now burn a litre a day, and nobody has complained about the smell.",
        "One needed three wicks on every evening, the other went out whenever somebody opened a door.",
        "Lamps of glass are great, but most people of the town buy a candle and put it in the window.",
        "Surprisingly, the candle outlived the lamp. We had thought that a lamp burns for longer than that.",
        "We want these $300 to be well spent. Nobody asks for them twice, and nobody has asked for less.",
    ],
)
def test_a_beginning_that_goes_on_from_what_nobody_sees_is_told(text: str) -> None:
    assert goes_on(span_of(text), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "This year the workshop sold 300 lamps, and nobody had to work on a Sunday for it.",
        "People such as our glazier see the fault before any instrument of ours can see it.",
        "In late 2020 we moved the workshop, and for the first time the glass had its own room.",
        "At least 300 lamps went out this year, and each of them has a number of its own.",
        "The workshop is far larger than the one that we had before, and the light is better.",
        "Not only the lamps were late, but the letters that should have told people about it.",
        "We never sold as many lamps as in these days of rain, and nobody here knows the reason.",
        "In 2019 it became clear that nobody needs a lamp in June, so we closed the workshop in summer.",
        "In March they told us that glass would cost twice as much, and the glazier stopped to smile.",
        "We help those who paint their doors themselves, and we ask for nothing but a photograph.",
    ],
)
def test_a_beginning_that_stands_alone_is_not_taken_for_one(text: str) -> None:
    assert not goes_on(span_of(text), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "También puedes pintar la puerta, y nadie en la oficina va a preguntarte por el color.",
        "Además, el taller cierra los lunes para que los aprendices vayan juntos a la escuela.",
        "Decidimos recoger todas las lámparas con ese defecto y pagamos el correo nosotros mismos.",
        "Hoy tiene 300 lámparas y un farol, y nadie en el pueblo recuerda cómo eran las noches de antes.",
        "Entre los mismos vecinos se venden ahora más velas que lámparas, y nadie sabe muy bien por qué.",
    ],
)
def test_spanish_beginnings_that_go_on_are_told(text: str) -> None:
    assert goes_on(span_of(text, "es"), SPANISH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("However, glass is heavy and the van is old, so we drive slowly.", "Glass is heavy"),
        ("But Ines paints faster than any of us, and she sings while she paints.", "Ines paints"),
        ("Well, while we would love a second van, nobody here has the money.", "While we would love"),
        ("Because glass is heavy, the van drives slowly through the town.", "Because glass is heavy"),
        ("Glass is heavy and the van is old, so we drive slowly.", "Glass is heavy"),
    ],
)
def test_a_post_begins_behind_its_connective_unless_the_sentence_needs_it(text: str, expected: str) -> None:
    shorter = without_connective(span_of(text), ENGLISH)
    assert shorter.text.startswith(expected)
    assert shorter.sentences[0].text.startswith(expected)


ALSO = "This year was also the first one in which nobody sent a lamp back to the workshop."


def test_what_stands_first_under_a_heading_may_add_to_what_stands_before_that() -> None:
    """The heading says what it speaks of."""
    span = span_of(ALSO)
    assert goes_on(span, ENGLISH)
    assert not goes_on(span, ENGLISH, introduced=frozenset({span.sentences[0].number}))
    sections = sections_of(post_of("# Lamps", "One lamp burns.", "# No returns", f"{ALSO} We kept count."), ENGLISH)
    assert headed(sections) == {sections[1].sentences[0].number}


def test_a_heading_introduces_nothing_that_points_elsewhere() -> None:
    other = span_of("Also, nobody in the north sent a lamp back to the workshop in the winter of 2019.")
    assert goes_on(other, ENGLISH, introduced=frozenset({other.sentences[0].number}))


def test_what_stands_around_a_request_at_the_end_is_no_thought() -> None:
    sections = sections_of(
        post_of(
            "Glass is heavy, and the van is old. We drive slowly through the town.",
            "We are always glad about ideas for lamps. Please contact us at the fair.",
        ),
        ENGLISH,
    )
    said = [sentence for section in sections for sentence in section.sentences]
    assert spoiled(sections, ENGLISH) == {one.number for one in said if "glad" in one.text or "contact" in one.text}


def test_what_comes_next_is_told_beside_a_request() -> None:
    outlook = "Once the new kiln is built, we will be firing glass again."
    sections = sections_of(post_of(f"{outlook} Please contact us at the fair."), ENGLISH)
    first, asking = sections[0].sentences
    assert (first.text, spoiled(sections, ENGLISH)) == (outlook, frozenset({asking.number}))


def test_what_the_title_names_may_be_pointed_at() -> None:
    span = span_of("The workshop spent 400 euros in total on this meeting of eleven people.")
    assert goes_on(span, ENGLISH)
    assert goes_on(span, ENGLISH, title=roots("A fair in Lugo", ENGLISH))
    assert not goes_on(span, ENGLISH, title=roots("Our first meeting", ENGLISH))


def test_no_post_holds_an_address() -> None:
    source = post_of(
        "The workshop moved in late 2020, and the new rooms have a wall of glass. See https://lamps.example.org/rooms now.",
        "Complaints go to help@lamps.example.org at night, too. We answer within a day, and we keep what we promised.",
        "A lamp that breaks within ten years is repaired for nothing. We repaired 14 of them so far, most after a move.",
    )
    text = "\n".join(post.text for post in ExtractiveDrafter().draft(source, brief()).posts)
    assert "repaired for nothing" in text
    assert "lamps.example.org" not in text
