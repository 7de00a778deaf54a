"""Posts of people who do not exist, in two manners that can be told apart."""

from __future__ import annotations

from datetime import date, timedelta

from contentkit.models import OwnPost

_SUBJECTS = (
    "the restore test", "our backup job", "the release", "a new index", "the old server", "the mailing list", "this bug",
    "the nightly build", "our docs", "the migration",
)  # fmt: skip
_DRY = (
    "We shipped {0} today. It took two weeks; nobody noticed.",
    "I broke {0} on Friday. So I wrote down why.",
    "Turns out {0} was fine. We just never looked (until now).",
)
_LOUD = (
    "Wow!!! {0} is AMAZING, and you are going to love it! 🎉🎉",
    "Hey folks! Who else has been waiting for {0}?! 🚀 Tell us everything!",
    "So happy! {0} is here, it is beautiful, and it is all thanks to you! 🎉",
)


def posts(manner: tuple[str, ...], number: int) -> list[OwnPost]:
    return [
        OwnPost(
            text=f"{manner[at % len(manner)].format(f'{_SUBJECTS[at % len(_SUBJECTS)]} {at}')}",
            written=date(2026, 1, 1) + timedelta(days=at),
            key=f"x:{1000 + at}",
        )
        for at in range(number)
    ]


def dry(number: int) -> list[OwnPost]:
    """Short sentences, semicolons, brackets, no exclamation marks."""
    return posts(_DRY, number)


def loud(number: int) -> list[OwnPost]:
    """Exclamation marks, emoji, questions to everybody."""
    return posts(_LOUD, number)
