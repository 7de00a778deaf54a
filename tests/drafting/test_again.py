"""A draft anew: what a person did stays, the rest is the drafter's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.again import Merge, merged
from contentkit.models import Evidence, Post

A, B, C, D = (
    "We threw the queue away in March.",
    "Each account has a lane today.",
    "Nobody waits for a stranger's trouble.",
    "The median restore takes fourteen minutes.",
)
B_EDITED = "Each account has a lane of its own today, and we like it."
C_TODAY = "Nobody waits for a stranger's trouble, not even on Mondays."
OWN = "My mother asked what a queue is."


def post(text: str, line: int = 0) -> Post:
    evidence = (Evidence(source="a.md", first=line, last=line, sha=f"{line:08x}"),) if line else ()
    return Post(text=text, evidence=evidence)


def posts(*texts: str | Post) -> list[Post]:
    return [one if isinstance(one, Post) else post(one) for one in texts]


def merge(base: list[Post], mine: list[Post], fresh: list[Post], *noted: str) -> Merge:
    return merged(base, mine, fresh, lambda one: one.text in noted)


def texts(made: Merge, mine: list[Post], fresh: list[Post]) -> list[str]:
    """The merged thread in its words."""
    return [fresh[place.fresh].text if place.fresh is not None else mine[place.mine or 0].text for place in made.places]


def thread(base: list[str], mine: list[str], fresh: list[str], *noted: str) -> list[str]:
    made = merge(posts(*base), posts(*mine), posts(*fresh), *noted)
    return texts(made, posts(*mine), posts(*fresh))


@pytest.mark.parametrize(
    ("mine", "fresh", "result"),
    [
        ([A, B, C], [A, B, C_TODAY], [A, B, C_TODAY]),
        ([A, B, C], [C_TODAY, D, A], [C_TODAY, D, A]),
        ([A, B_EDITED, C], [A, B, C_TODAY], [A, B_EDITED, C_TODAY]),
        ([A, B_EDITED, C], [A, C_TODAY], [A, B_EDITED, C_TODAY]),
        ([A, OWN, B, C], [A, B, C_TODAY], [A, OWN, B, C_TODAY]),
        ([OWN, A, B, C], [D, A, B, C], [OWN, D, A, B, C]),
        ([A, OWN, B, C], [A, D, B, C], [A, OWN, D, B, C]),
        ([A, C], [A, B, C_TODAY], [A, C_TODAY]),
        ([A, C], [A, B, C, D], [A, C, D]),
        ([C, A, B], [A, B, C_TODAY], [C_TODAY, A, B]),
        ([A, B, C], [A, C], [A, C]),
        ([A, B, C], [D], [D]),
        ([A, D, B, C], [A, B, C, D], [A, D, B, C]),
        ([B_EDITED], [A, B, C], [B_EDITED]),
    ],
    ids=[
        "what nobody touched follows the source",
        "and its order",
        "an edited post stays",
        "although the drafter would drop it",
        "an added post stays in its place",
        "above a new one, where it stood first",
        "and behind the one that it followed",
        "a deleted post stays out",
        "also where a new one comes behind it",
        "an order that a person chose stays",
        "what the source no longer says goes",
        "all of it if need be",
        "what a person wrote first is not said twice",
        "nothing comes back",
    ],
)
def test_the_merged_thread(mine: list[str], fresh: list[str], result: list[str]) -> None:
    assert thread([A, B, C], mine, fresh) == result


def test_it_is_told_what_became_of_each_post() -> None:
    base, mine, fresh = posts(A, B, C, D), posts(A, B_EDITED, OWN, D), posts(A, B, C_TODAY)
    made = merge(base, mine, fresh)
    assert (made.edited, made.added, made.dropped, made.deleted, made.noted) == ((1,), (2,), (3,), (2,), ())


def test_a_post_that_goes_stays_where_a_person_put_something_beside_it() -> None:
    assert thread([A, B, C], [A, B, C], [A, C_TODAY], B) == [A, B, C_TODAY]
    made = merge(posts(A, B, C), posts(A, B, C), posts(A, C_TODAY), B)
    assert (made.noted, made.dropped) == ((1,), ())


def test_a_post_with_other_evidence_than_it_was_drafted_with_is_a_persons() -> None:
    base, mine, fresh = posts(post(A, 1), post(B, 2)), posts(post(A, 7), post(B, 2)), posts(post(A, 3), post(B, 4))
    made = merge(base, mine, fresh)
    assert made.edited == (0,)
    assert [place.fresh for place in made.places] == [None, 1]


def test_a_post_that_points_at_lines_where_they_moved_to_is_untouched() -> None:
    moved = Post(text=A, evidence=(Evidence(source="a.md", first=30, last=30, sha=f"{3:08x}"),))
    merge = merged([post(A, 3)], [moved], [post(B)], lambda _: False)
    assert (merge.edited, merge.added, merge.dropped) == ((), (), (0,))


def test_lines_that_moved_tell_which_post_was_rewritten() -> None:
    base, mine = posts(post(A, 1), post(B, 2)), posts(post("Wholly other.", 1), post(B, 2))
    made = merge(base, mine, posts(post(A, 1), post(B, 2)))
    assert (made.edited, made.added, made.deleted) == ((0,), (), ())


def test_two_posts_with_the_same_words_are_two() -> None:
    assert thread([A, A], [A, A], [A, A]) == [A, A]
    assert thread([A, A], [A], [A, A]) == [A]


def test_short_posts_with_a_word_in_common_are_not_the_same() -> None:
    assert thread(["So.", A], [A], ["So it goes, and on we go.", A]) == ["So it goes, and on we go.", A]


_TEXTS = st.sampled_from([A, B, C, D, B_EDITED, C_TODAY, OWN, "One.", "Two words.", "", "Ñandú 日本語"])
_POSTS = st.lists(st.builds(post, _TEXTS, st.integers(0, 3)), max_size=6)


def check_merge(base: list[Post], mine: list[Post], fresh: list[Post], noted: set[str]) -> None:
    made = merged(base, mine, fresh, lambda one: one.text in noted)
    drafted = [(one.text, one.evidence) for one in base]
    # Every post of a person is there, as often and in the order in which it was.
    kept = [place.mine for place in made.places if place.mine is not None and place.fresh is None]
    for place, one in enumerate(mine):
        key = (one.text, one.evidence)
        if key in drafted:
            drafted.remove(key)
            assert place in kept or one.text not in noted or place in [each.mine for each in made.places]
        else:
            assert place in kept
    if mine != base:
        assert kept == sorted(kept)
    # No post of either thread stands twice, and each is accounted for.
    for ours in ([place.mine for place in made.places], [place.fresh for place in made.places]):
        numbers = [number for number in ours if number is not None]
        assert len(numbers) == len(set(numbers))
    assert {place.mine for place in made.places} | set(made.dropped) >= set(range(len(mine)))
    assert not set(made.dropped) & {place.mine for place in made.places}
    # Nothing that nobody touched keeps words that the source does not say any more.
    stays = {*made.edited, *made.added, *made.noted}
    assert all(place.fresh is not None for place in made.places if place.mine not in stays)


_NOTED = st.sets(_TEXTS)


@given(_POSTS, _POSTS, _POSTS, _NOTED)
@settings(max_examples=300, deadline=None)
def test_no_post_of_a_person_is_lost(base: list[Post], mine: list[Post], fresh: list[Post], noted: set[str]) -> None:
    check_merge(base, mine, fresh, noted)


@pytest.mark.nightly
@given(_POSTS, _POSTS, _POSTS, _NOTED)
@settings(max_examples=50_000, deadline=None)
def test_no_post_of_a_person_is_lost_at_length(
    base: list[Post], mine: list[Post], fresh: list[Post], noted: set[str]
) -> None:
    check_merge(base, mine, fresh, noted)


@given(_POSTS, _POSTS)
@settings(max_examples=200, deadline=None)
def test_what_nobody_touched_becomes_what_is_drafted_today(base: list[Post], fresh: list[Post]) -> None:
    made = merged(base, base, fresh, lambda one: False)
    assert [place.fresh for place in made.places] == list(range(len(fresh)))


@given(_POSTS, _POSTS)
@settings(max_examples=200, deadline=None)
def test_drafting_the_same_again_changes_nothing(base: list[Post], mine: list[Post]) -> None:
    made = merged(base, mine, base, lambda one: False)
    assert [place.mine for place in made.places if place.mine is not None] == list(range(len(mine)))
    assert all(
        place.fresh is None or mine[place.mine or 0] == base[place.fresh]
        for place in made.places
        if place.mine is not None
    )
