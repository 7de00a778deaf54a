"""Several threads from one long post or from notes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from contentkit.drafting import TellsStories
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.rules import rules_for
from contentkit.drafting.series import parts_of
from contentkit.models import Draft
from contentkit.sources import read_source
from tests.drafting.made import brief, example, post_of

HARBOUR = {
    "The crane": (
        "Our harbour has one crane, and it is older than everybody who works here. In 2019 it stood still for 61 days.",
        "Nobody makes its bearings any more. A retired turner in the next town made 12 of them by hand, and they still run.",
        "We learned to ask old people before we ask the catalogue. A machine lives while somebody remembers how it was built.",
        "The insurance wanted a new crane for 4 million. The turner wanted a cake and a seat at the summer party every year.",
        "Spare parts now have a shelf of their own, with drawings. Nobody after us will need to know the right phone number.",
    ),
    "The tides": (
        "Ships arrive with the tide, and the tide does not care about shifts. For 30 years our nights were planned on paper.",
        "A volunteer wrote a calendar that knows the tides of the next decade. It cut the empty night shifts by 40 percent.",
        "The first version was wrong on every last Sunday in March, because summer time was forgotten. Sailors noticed at once.",
        "Good tools are allowed to be wrong, but never silently. Today the calendar prints the table that it was computed from.",
        "Two other harbours run the same calendar now. They sent corrections for their own coasts, and we took every single one.",
    ),
    "The apprentices": (
        "We offer 4 apprenticeships a year, and for a decade we filled 1. Young people do not look for work in a harbour.",
        "In 2022 we opened the gates for one Saturday a month. Children may ring the bell and steer the small ferry.",
        "Three summers later we have a waiting list of 20 names. Most of them say that it began with the bell on a Saturday.",
        "Advertising had cost us 9,000 a year and had brought nobody. An open gate costs one Saturday and a lot of lemonade.",
        "People choose work that they have seen with their own eyes. Every company has a bell that visitors could ring.",
    ),
}


def series(number: int) -> list[Draft]:
    paragraphs = [text for heading, body in HARBOUR.items() for text in (f"# {heading}", *body)]
    source = post_of(*paragraphs, title="A harbour in three stories", link="https://harbour.example.org/three")
    return list(ExtractiveDrafter().stories(source, brief(), number))


def test_the_drafter_says_that_it_tells_stories() -> None:
    assert isinstance(ExtractiveDrafter(), TellsStories)


def test_each_part_of_a_long_post_is_a_thread_under_its_own_heading() -> None:
    assert {draft.title for draft in series(3)} == set(HARBOUR)
    assert {draft.slug for draft in series(3)} == {"the-crane", "the-tides", "the-apprentices"}


def test_a_thread_of_a_series_is_told_in_the_words_of_its_part() -> None:
    for draft in series(3):
        said = " ".join(HARBOUR[draft.title])
        for post in draft.posts[:-1]:
            assert all(paragraph in said for paragraph in post.text.split("\n\n"))


def test_no_two_threads_of_a_series_rest_on_the_same_line() -> None:
    for one, other in combinations(series(3), 2):
        mine = {(each.first, each.last) for post in one.posts for each in post.evidence if each.first > 1}
        theirs = {(each.first, each.last) for post in other.posts for each in post.evidence if each.first > 1}
        assert not mine & theirs


def test_every_thread_of_a_series_ends_with_the_link() -> None:
    assert all("https://harbour.example.org/three" in draft.posts[-1].text for draft in series(3))


def test_no_more_threads_are_told_than_were_asked_for() -> None:
    assert len(series(2)) == 2


def test_what_carries_one_thread_only_is_told_as_one() -> None:
    source = post_of(*HARBOUR["The crane"])
    assert ExtractiveDrafter().stories(source, brief(), 3) == [ExtractiveDrafter().draft(source, brief())]


def test_the_author_s_description_opens_no_part() -> None:
    drafts = ExtractiveDrafter().stories(example("queue-without-redis.md"), brief(), 4)
    assert len(drafts) == 1 or not any("nine milliseconds and ended" in draft.posts[0].text for draft in drafts)


def test_notes_give_a_thread_for_each_heading_that_carries_one(tmp_path: Path) -> None:
    note = tmp_path / "call.md"
    note.write_text(
        "# Call with the harbour\n\n"
        + "".join(
            f"## {heading}\n\n" + "".join(f"- {text}\n" for text in body) + "\n" for heading, body in HARBOUR.items()
        ),
        encoding="utf-8",
    )
    drafts = ExtractiveDrafter().stories(read_source(note, "notes/call.md"), brief(), 3)
    assert {draft.title for draft in drafts} == set(HARBOUR)


def test_a_post_of_many_sections_is_cut_into_a_few_parts_more_than_are_wanted() -> None:
    paragraphs = [
        text for number in range(4) for heading, body in HARBOUR.items() for text in (f"# {heading} {number}", *body)
    ]
    sections = sections_of(post_of(*paragraphs), rules_for("en"))
    parts = parts_of(sections, "post", 2)
    assert [section for part in parts for section in part] == sections
    assert len(parts) == 4
