"""A draft says until when it has to wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Draft, Post, Source
from tests.drafting.made import brief, post_of

SOON = datetime(2026, 12, 1, 9, tzinfo=UTC)
LATER = SOON + timedelta(days=1)


def source() -> Source:
    open_one, *held = post_of("We moved the queue.", "It is twice as fast.", "It is free.").passages
    first, second = held
    passages = (open_one, replace(first, embargo=SOON), replace(second, embargo=LATER))
    return replace(post_of("We moved the queue.", "It is twice as fast.", "It is free."), passages=passages)


def resting_on(*ranges: tuple[int, int]) -> Draft:
    return Draft(slug="a", posts=tuple(Post(text="x", evidence=(source().evidence(*lines),)) for lines in ranges))


def waits(draft: Draft, source: Source) -> datetime | None:
    """Until when what rests on this source has to wait."""
    return source.embargo_on(one for post in draft.posts for one in post.evidence)


def test_the_latest_time_of_all_cited_lines_counts() -> None:
    assert waits(resting_on((3, 3)), source()) == SOON
    assert waits(resting_on((1, 1), (2, 5)), source()) == LATER


def test_of_an_hour_that_comes_twice_the_second_is_later() -> None:
    first = datetime(2026, 10, 25, 2, 45, tzinfo=ZoneInfo("Europe/Berlin"))
    second = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    held = source()
    passages = (
        held.passages[0],
        *(replace(one, embargo=at) for one, at in zip(held.passages[1:], (first, second), strict=True)),
    )
    assert waits(resting_on((1, 5)), replace(held, passages=passages)) == second


def test_without_embargoed_lines_there_is_nothing_to_wait_for() -> None:
    assert waits(resting_on((1, 1)), source()) is None
    assert waits(resting_on((5, 5)), replace(source(), path="notes/another.md")) is None


def test_the_offline_drafter_may_use_what_is_under_embargo() -> None:
    said = (
        "Our database froze on a Monday, and 300 shops could not open their tills.",
        "We now restore a random backup every night and publish how long it took on a public page.",
    )
    held = post_of(*said)
    held = replace(held, passages=tuple(replace(one, embargo=SOON) for one in held.passages))
    assert waits(ExtractiveDrafter().draft(held, brief()), held) == SOON
