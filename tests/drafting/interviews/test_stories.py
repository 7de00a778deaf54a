"""The stories of an interview: told in a row, each with a hook, a title and an end of its own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.counters.mastodon import mastodon_length
from contentkit.drafting import TellsStories
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentError
from contentkit.models import Draft, Source
from tests.drafting.made import brief, example, interview_of

WORD = re.compile(r"\w+")
BACKUPS = example("backups.md")


def told(source: Source, speaker: str, number: int) -> list[Draft]:
    return list(ExtractiveDrafter().stories(source, brief(speaker=speaker), number))


def lines_of(draft: Draft) -> set[int]:
    return {line for post in draft.posts for one in post.evidence for line in range(one.first, one.last + 1)}


STORIES = told(BACKUPS, "Ines", 3)


def test_the_extractive_drafter_tells_stories() -> None:
    assert isinstance(ExtractiveDrafter(), TellsStories)


def test_several_stories_are_told_of_one_interview() -> None:
    assert len(STORIES) == 3


def test_two_stories_share_no_sentence() -> None:
    texts = [
        sentence for draft in STORIES for post in draft.posts for sentence in re.split(r"(?<=[.?!])\s+", post.text)
    ]
    assert len(texts) == len(set(texts))


def test_each_story_has_a_title_and_a_slug_of_its_own() -> None:
    assert len({draft.title for draft in STORIES}) == len({draft.slug for draft in STORIES}) == 3


def test_a_title_is_in_the_words_of_the_speaker() -> None:
    said = " ".join(passage.text for passage in BACKUPS.passages if passage.speaker == "Ines Calder")
    for draft in STORIES:
        assert draft.title.casefold() in said.casefold()


def test_no_story_runs_through_two_subjects() -> None:
    subjects = [range(1, 10), range(11, 18), range(19, 26)]
    for draft in STORIES:
        assert any(lines_of(draft) <= set(subject) for subject in subjects)


def test_every_word_of_a_post_was_said_in_this_order() -> None:
    for draft in STORIES:
        for post in draft.posts:
            first, last = post.evidence[0].first, post.evidence[-1].last
            said = " ".join(one.text for one in BACKUPS.passages if first <= one.first and one.last <= last)
            rest = iter(WORD.findall(said.casefold()))
            text = post.text.removeprefix("Owen Bright: ").replace("Ines Calder: ", "", 1).casefold()
            assert all(word in rest for word in WORD.findall(text))


def test_the_posts_behind_the_hook_stand_in_the_order_in_which_they_were_said() -> None:
    for draft in STORIES:
        firsts = [post.evidence[0].first for post in draft.posts[1:]]
        assert firsts == sorted(firsts)


def test_no_post_is_over_the_limit_of_a_short_network() -> None:
    for draft in ExtractiveDrafter().stories(BACKUPS, brief(280, speaker="Ines"), 3):
        assert all(mastodon_length(post.text) <= 280 for post in draft.posts)


def test_a_draft_goes_through_all_that_the_stories_stay_in_a_part_of() -> None:
    draft = ExtractiveDrafter().draft(BACKUPS, brief(speaker="Ines"))
    assert all(lines_of(draft) & lines_of(story) for story in STORIES)


def test_other_hooks_of_a_story_are_from_the_same_story() -> None:
    for draft in STORIES:
        others = {
            line for one in draft.posts[0].alternatives for where in one.evidence for line in (where.first, where.last)
        }
        assert all(min(lines_of(draft)) - 2 <= line <= max(lines_of(draft)) + 2 for line in others)


def test_other_hooks_of_a_draft_are_from_its_own_story() -> None:
    draft = ExtractiveDrafter().draft(BACKUPS, brief(speaker="Ines"))
    others = {one.first for other in draft.posts[0].alternatives for one in other.evidence}
    assert all(min(lines_of(draft)) - 2 <= line <= max(lines_of(draft)) + 2 for line in others)


TALK = st.lists(
    st.sampled_from(
        [
            "I lost nine boats in 2019.", "But nobody had told me about the roof.", "So, um, we we began again.",
            "That was great.",
            "You either win or you learn.", "They said no...", "We had -- we had no plan for the winter at all.",
            "And it was late.",
            "Peter laughed for an hour.", "My boss Peter paid for nine new lamps in May.", "I said \"We are done.\"", "Right?",
            "A roof is worth more than a logo, and I wrote that on the door of the barn.", "Because of the rain, you know.",
        ]
    ),
    min_size=1,
    max_size=24,
).map(" ".join)  # fmt: skip
TURNS = st.lists(st.tuples(st.sampled_from(["Ann", "Bo"]), TALK), min_size=1, max_size=8)


def _holds(turns: list[tuple[str, str]]) -> None:
    source = interview_of(*turns, ("Bo", "We sold 300 lamps in the first month, and nobody asked us about the barn."))
    try:
        drafts = told(source, "Bo", 3)
    except ContentError:
        return
    for draft in drafts:
        for post in draft.posts:
            lines = {line for one in post.evidence for line in range(one.first, one.last + 1)}
            said = " ".join(one.text for one in source.passages if one.first in lines)
            rest = iter(WORD.findall(said.casefold()))
            text = re.sub(r"^Ann: ", "", post.text)
            assert all(word in rest for word in WORD.findall(text.casefold()))
            assert mastodon_length(post.text) <= 500
    firsts = [{one.first for one in post.evidence} for draft in drafts for post in draft.posts]
    assert all(firsts)


@given(TURNS)
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_no_word_is_put_in_and_every_post_has_evidence(turns: list[tuple[str, str]]) -> None:
    _holds(turns)


@pytest.mark.nightly
@given(TURNS)
@settings(max_examples=50_000, deadline=None)
def test_whatever_is_said_at_length_no_word_is_put_in(turns: list[tuple[str, str]]) -> None:
    _holds(turns)


def test_fewer_stories_than_asked_for_are_no_error() -> None:
    assert 1 <= len(told(BACKUPS, "Ines", 9)) <= 4


def test_an_interview_of_which_little_can_be_told_is_told_all_the_same() -> None:
    endless = "and then we moved the hall, and then the roof, and then the machines, " * 12 + "and then we slept."
    turn = f"We lost nine boats in 2019, and nobody had told us about the roof. So {endless} And {endless}"
    question = ("Ann", "What was your worst day at sea in all of these ten long years with the boats?")
    found = told(interview_of(question, ("Bo", turn)), "Bo", 3)
    assert [len(draft.posts) for draft in found] == [1]


def test_the_stories_come_in_the_same_order_every_time() -> None:
    assert told(BACKUPS, "Ines", 3) == STORIES


def test_an_angle_chooses_the_story() -> None:
    angle = replace(brief(speaker="Ines"), angle="investors offers money")
    assert lines_of(ExtractiveDrafter().draft(BACKUPS, angle)) & {13, 15, 17}


def test_an_angle_chooses_a_story_that_pulls_less() -> None:
    asked = f"Let us speak about something else now. {'We have come a long way from there. ' * 8}What else is new?"
    strong = (
        "I lost nine boats in 2019, and we nearly ran out of money. Nobody had told us that the roof of the barn was broken. "
        "We sold 300 lamps in one night, and every one of them came back. I learned that a roof matters more than a logo. "
        "We had to rebuild the barn from scratch in seven weeks. You either insure a boat or you lose it."
    )
    between = (
        "The harbour has two cranes and a long wall of stone. The cranes of the harbour were painted green by the town. "
        "The wall keeps the storms of the winter out of the harbour. A small train goes along the wall in the summer."
    )
    weak = (
        "The workshop stands in the village in the hills. Each of the apprentices works in the workshop for some years. "
        "The workshop has a kitchen and a garden behind the house. Most people like the mornings in the garden. "
        "The older people of the village visit the workshop in the summer. Our kitchen is open to the whole village then."
    )
    source = interview_of(*[turn for words in (strong, between, weak) for turn in (("Ann", asked), ("Bo", words))])
    drafts = {
        angle: ExtractiveDrafter().draft(source, replace(brief(240, speaker="Bo", posts=3), angle=angle))
        for angle in ("", "apprentices")
    }
    assert 2 in lines_of(drafts[""])
    assert 6 not in lines_of(drafts[""])
    assert [one.first for one in drafts["apprentices"].posts[0].evidence] == [6]
    assert 2 not in lines_of(drafts["apprentices"])


def test_somebody_without_an_introduction_is_not_spoken_of() -> None:
    question = ("Ann", "Let us speak about something else now, if that is fine for you today, and about your office?")
    yard = (
        "We moved the whole shop into a barn in 2019, and I painted 40 doors myself. "
        "I asked Peter for help with the roof, and Peter laughed for an hour. "
        "We lost nine weeks to the rain that spring. I learned that a roof matters more than a logo. "
        "We sold 300 lamps in the first month, and nobody asked about the barn."
    )
    source = interview_of(question, ("Bo", yard), question, ("Bo", yard.replace("barn", "boat")), question)
    posts = [post.text for draft in told(source, "Bo", 2) for post in draft.posts]
    assert posts
    assert not [text for text in posts if "Peter" in text]


MONOLOGUE = " ".join(
    f"In {year} we moved {year - 1900} servers into a new hall, and {year - 1990} of them never came back. "
    f"I learned that a list of {year} on paper is worth more than {year - 1994} good memories."
    for year in range(1995, 2025)
)


def test_a_monologue_has_stories() -> None:
    found = told(interview_of(("Bo", MONOLOGUE)), "Bo", 3)
    assert len(found) > 1


PANEL = [
    ("Ann", "What was your worst day at sea, each of you, in these ten years?"),
    (
        "Bo",
        "I lost nine boats in 2019, and we had to begin again from a rented barn. Nobody had told us about the roof.",
    ),
    ("Cy", "I sold 300 lamps in one night, and every one of them came back broken in the morning after the storm."),
    ("Di", "We had no money for seven months, and I learned that a list on paper is worth more than a good memory."),
    ("Ed", "Nobody asked us about the barn, and I think that was the worst mistake of all these years at sea."),
    (
        "Bo",
        "We never insured anything again. A roof that cannot fail is worse than no roof, and I wrote that on the door.",
    ),
]


@pytest.mark.parametrize("speaker", ["Bo", "Cy", "Di", "Ed"])
def test_of_a_panel_only_one_is_quoted(speaker: str) -> None:
    said = " ".join(words for who, words in PANEL if who == speaker)
    for draft in told(interview_of(*PANEL), speaker, 2):
        assert all(
            sentence.strip() in said for post in draft.posts for sentence in re.split(r"\n\n|(?<=[.])\s", post.text)
        )


def test_two_stories_of_one_beginning_are_called_differently() -> None:
    turn = (
        "A roof is a promise. I lost {0} boats in 20{0}, and we had to begin again in a barn near the {1} harbour. "
        "Nobody had told us about the rain. I learned that a {1} roof matters more than a logo. We sold {0} lamps that year."
    )
    ask = (
        "Ann",
        "Let us speak about something else now, if that is fine for you today, and about all of your other offices?",
    )
    turns = [one for n, place in ((11, "northern"), (12, "southern")) for one in (ask, ("Bo", turn.format(n, place)))]
    titles = [draft.title for draft in told(interview_of(*turns), "Bo", 2)]
    assert len(titles) == len(set(titles))
