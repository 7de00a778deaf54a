"""What is never said without the words that refuse it, suppose it, or give it as somebody else's."""

from __future__ import annotations

import re
import time

import pytest

from contentkit.drafting.pools import pool_of
from contentkit.drafting.reading.frames import frames_of
from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import candidates
from contentkit.drafting.spans.hooks import described, titled
from contentkit.sources import reading_of
from tests.drafting.made import post_of

LIMIT = 500
SPANISH = re.compile("haremos|Descartamos|Imaginemos")
SAFE = "The workshop repaired 212 bicycles in May because nobody in the town could buy a new one."


def texts_of(text: str, *, post: bool = False) -> list[str]:
    """All that any post of a draft of this could say."""
    front = "---\ntitle: Bicycles\nlink: https://example.org/b\n---\n\n" if post else "# Bicycles\n\n"
    source = reading_of(f"{front}{text}\n\n## May\n\n{SAFE}\n".encode(), "notes/a.md").source
    rules = rules_for("es" if SPANISH.search(text) else "en")
    pool = pool_of(source, rules, lambda one: len(one) <= LIMIT, limit=LIMIT, angle="")
    found = [*(hook.span.text for hook in pool.hooks), *(span.text for span in pool.beside(frozenset()))]
    assert any(SAFE in one for one in found)
    return found


@pytest.mark.parametrize("post", [True, False])
@pytest.mark.parametrize(
    ("above", "needed"),
    [
        ("## What we will not do", "will not do"),
        ("## Rejected ideas", "Rejected ideas"),
        ("We decided against all of this last week:", "against"),
        ("We don't", "We don't"),
        ("Should we:", "Should we"),
        ("They said:", "They said"),
        ("## Lo que no haremos", "no haremos"),
        ("Descartamos todo lo que sigue:", "Descartamos"),
    ],
)
def test_an_item_is_never_said_without_what_refuses_it(above: str, needed: str, post: bool) -> None:
    items = "1. Sell the names of our 20,000 riders to a company.\n2. Charge 40 dollars for every repair of a wheel."
    assert all(
        needed in text for text in texts_of(f"{above}\n\n{items}", post=post) if "Sell" in text or "Charge" in text
    )


def test_a_heading_that_refuses_holds_for_the_lists_of_its_subsections() -> None:
    text = "## Rejected\n\n### Money\n\n- Charge 40 dollars for every repair of a wheel.\n- Sell 300 wheels in May."
    assert not any("Charge" in one for one in texts_of(text))


def test_an_item_under_an_open_lead_in_may_be_said_alone() -> None:
    text = "We did a lot in May:\n\n- We sold 300 wheels to the school of the town.\n- We painted 12 frames."
    assert any("300 wheels" in one for one in texts_of(text))


@pytest.mark.parametrize("post", [True, False])
def test_a_quotation_that_a_paragraph_leads_to_is_nothing_without_a_name(post: bool) -> None:
    text = "Our loudest critic wrote a letter to us:\n\n> Your workshop lost 4 of my wheels in May.\n>\n> It hides 300 faults."
    assert not any("wheels" in one or "300 faults" in one for one in texts_of(text, post=post))


@pytest.mark.parametrize("post", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "> I lost 3 nights over this bicycle and I want them back.\n\n— Jana Rowe, Example",
        "Jana Rowe, a rider, wrote to us:\n\n> I lost 3 nights over this bicycle and I want them back.",
    ],
)
def test_a_quotation_says_who_is_quoted_around_it(text: str, post: bool) -> None:
    found = [one for one in texts_of(text, post=post) if "3 nights" in one]
    assert found
    assert all("“I lost 3 nights" in one and "\n— Jana Rowe" in one for one in found)


@pytest.mark.parametrize(
    ("announcing", "told"),
    [
        (
            "The following is what an agency proposed to us.\n\n",
            "Our workshop is the fastest of the world. We repair 900 wheels.",
        ),
        ("The rumour goes like this. ", "The founders sold the workshop in 2023 for 40 million dollars."),
        ("Imagine that it is 2030. ", "Our workshop has won 90% of the market. Every school rides with us."),
        (
            "An agency proposed this to us last week. They claimed that all is well. ",
            "We sell 900 wheels in every month of May.",
        ),
        ("Imaginemos el año 2030. ", "Nuestro taller ganó el 90% del mercado. Cada escuela usa nuestras bicicletas."),
    ],
)
def test_what_is_announced_as_the_words_of_others_is_not_said_without_it(announcing: str, told: str) -> None:
    beginning = announcing.split(".", maxsplit=1)[0]
    for text in texts_of(announcing + told):
        assert beginning in text or not any(sentence in text for sentence in told.rstrip(".").split(". "))


def test_a_label_is_not_cut_from_what_it_labels() -> None:
    text = (
        "**Myth 1.** A wheel loses 40% of its air in a single night.\n\n**Truth.** No wheel did in the 3 tests of May."
    )
    assert not any("40% of its air" in one and "Myth" not in one for one in texts_of(text))


@pytest.mark.parametrize("post", [True, False])
@pytest.mark.parametrize("mark", ["@{odile}", "{link}", "{name}"])
def test_a_sentence_with_a_placeholder_is_not_drafted(mark: str, post: bool) -> None:
    text = (
        f"The workshop of {mark} repaired 40 bicycles a week in a cold barn.\n\n- Ask {mark} for 40 new wheels in May."
    )
    assert not any("{" in one for one in texts_of(text, post=post))


@pytest.mark.parametrize(
    ("answer", "going_on"),
    [
        ("For some, maybe they do.", "However, a wheel costs 12 dollars in each of the 3 towns."),
        ("But perhaps they are.", "A wheel costs 12 dollars in each of the 3 towns."),
        ("Para algunos, quizá sí.", "Una rueda cuesta 12 euros en cada uno de los 3 pueblos y nadie la vende."),
    ],
)
def test_no_post_begins_with_an_answer_to_what_is_not_there(answer: str, going_on: str) -> None:
    language = "es" if "sí" in answer else "en"
    sections = sections_of(post_of(f"{answer} {going_on}", language=language), rules_for(language))
    spans = candidates(sections, rules_for(language), lambda _: True)
    assert not any(one.text.startswith(answer) for one in spans)


def test_a_title_with_a_placeholder_opens_no_draft() -> None:
    source = post_of("# The bakery of @{odile} burned", SAFE, title="The bakery of @{odile} burned")
    assert titled(source, lambda _: True) is None


def test_a_description_is_not_begun_behind_what_only_supposes_it() -> None:
    told = "Our workshop has won 90% of the market in every town."
    text = f"---\ntitle: Bicycles\ndescription: Imagine the year 2030. {told}\n---\n\n{SAFE}\n"
    source = reading_of(text.encode(), "notes/a.md").source
    hooks = [hook.span.text for hook in described(source, rules_for("en"), lambda _: True)]
    assert hooks
    assert told not in hooks


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("unit", ["a", "a ", "no ", "they ", "for maybe ", "said ", "A a, ", "{", "@{", "críticos "])
def test_hostile_text_is_read_in_linear_time(unit: str, language: str) -> None:
    rules = rules_for(language)
    source = reading_of(
        f"# A\n\n{unit * 20_000}\n\n- {unit * 20_000}\n- b\n\n> {unit * 9000}\n".encode(), "notes/a.md"
    ).source
    before = time.process_time()
    frames_of(sections_of(source, rules), rules)
    assert time.process_time() - before < 10
