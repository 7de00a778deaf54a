from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.voice.background import background_of, shape
from contentkit.drafting.voice.card import Card
from contentkit.drafting.voice.learning import chosen, learnt_from
from contentkit.drafting.voice.likeness import Likeness, likeness_of
from contentkit.drafting.voice.loading import LearntVoice
from contentkit.drafting.voice.scoring import Profile
from contentkit.errors import ContentError
from contentkit.models import OwnPost
from tests.drafting.voice.invented import dry, loud

ENGLISH = background_of("en")
assert ENGLISH is not None
QUIET = "We moved the calendar to the new server. It took a day; nobody noticed."
NOISY = "Wow!!! The calendar is on the NEW server, and you are going to love it! 🎉"


def voice(posts: list[OwnPost], never: tuple[str, ...] = ()) -> LearntVoice:
    found = chosen(posts)
    return LearntVoice(
        name="Odile", written=Card(name="Odile", learnt=learnt_from(found), never=never), posts=found.posts
    )


DRY, LOUD = voice(dry(60)), voice(loud(60))


def likeness(text: str, whose: LearntVoice) -> Likeness:
    return likeness_of("drafts/a.md", [(3, text)], whose)


@pytest.mark.parametrize(("text", "own", "other"), [(QUIET, DRY, LOUD), (NOISY, LOUD, DRY)])
def test_a_post_is_more_like_the_one_whose_manner_it_has(text: str, own: LearntVoice, other: LearntVoice) -> None:
    assert likeness(text, own).likeness > 0.5 > likeness(text, other).likeness


def test_what_lowered_a_post_is_said_with_figures() -> None:
    [post] = likeness(NOISY, DRY).posts
    assert "an exclamation mark here; in 0 of 100 of theirs" in post.lowered
    assert "an emoji here; in 0 of 100 of theirs" in post.lowered


def test_what_lowered_a_draft_counts_its_posts() -> None:
    found = likeness_of("drafts/a.md", [(3, QUIET), (9, NOISY), (15, NOISY)], DRY)
    assert "an exclamation mark in 2 of 3; in 0 of 100 of theirs" in found.lowered
    assert [post.line for post in found.posts] == [3, 9, 15]


def test_long_sentences_are_told_beside_those_of_the_founder() -> None:
    long = "We moved the calendar to the new server and " + "then we looked at it once more and " * 8 + "went home."
    assert "75 words in a sentence, half way; theirs 6" in likeness(long, DRY).lowered


def test_a_phrase_that_is_never_said_comes_first_and_lowers_the_number() -> None:
    strict = voice(dry(60), never=("nobody noticed",))
    assert likeness(QUIET, strict).lowered[0].startswith('says "nobody noticed"')
    assert likeness(QUIET, strict).likeness < likeness(QUIET, DRY).likeness


def test_a_post_like_theirs_has_nothing_that_lowered_it() -> None:
    assert likeness(dry(3)[0].text, DRY).lowered == ()


def test_the_subject_of_a_post_does_not_count() -> None:
    assert likeness(QUIET, DRY).likeness == likeness(QUIET.replace("calendar", "accordion"), DRY).likeness


def test_only_words_of_manner_are_left_of_a_post() -> None:
    assert shape("We told Odile 3 times about grebe.example!", ENGLISH.words) == "\nwe * * 0 * about *.*!\n"  # type: ignore[union-attr]


def test_without_posts_nothing_can_be_told() -> None:
    with pytest.raises(ContentError, match="there are no posts to compare with"):
        likeness(QUIET, LearntVoice(name="Odile", written=Card(name="Odile")))


def test_in_a_language_that_nobody_measured_nothing_is_claimed() -> None:
    german = [
        OwnPost(text=f"Gestern haben wir zum {n}. Mal alles kaputt gemacht, und niemand merkte etwas.")
        for n in range(9)
    ]
    with pytest.raises(ContentError, match="nobody measured how others write in 'und'"):
        likeness("Heute nicht.", voice(german))


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_every_text_has_a_likeness_between_0_and_1(text: str) -> None:
    assert 0 <= Profile.of([post.text for post in dry(20)], ENGLISH).odds(text).likeness <= 1  # type: ignore[arg-type]


def test_the_shares_of_a_background_are_shares() -> None:
    assert ENGLISH is not None
    assert sum(ENGLISH.sizes) == pytest.approx(1, abs=0.01)
    assert sum(ENGLISH.words.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in ENGLISH.marks.values())
    assert all(share > 0 for share in ENGLISH.trigrams.values())
