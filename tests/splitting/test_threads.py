from __future__ import annotations

import pytest

from contentkit.splitting import Style, Unsplittable, split
from tests.splitting.samples import length, links


def parts_of(text: str, limit: int, style: Style = "sentence-first") -> tuple[str, ...]:
    return split(text, limit=limit, measure=length, links=links, style=style)


def test_a_text_that_fits_comes_back_letter_for_letter() -> None:
    assert parts_of(" One.\n\nTwo. \n", 280) == (" One.\n\nTwo. \n",)


def test_what_is_too_long_is_cut_between_sentences() -> None:
    text = "The scheduler drops no ticks any more. It also logs fewer lines. Upgrade when you have time."
    assert parts_of(text, 70) == (
        "The scheduler drops no ticks any more. It also logs fewer lines.",
        "Upgrade when you have time.",
    )


def test_a_code_block_longer_than_a_part_is_refused_by_name() -> None:
    text = "Run this:\n\n```\n" + "make all\n" * 40 + "```\n\nDone."
    with pytest.raises(Unsplittable, match=r"the code block '``` make all .*' counts \d+, but a part has room for 280"):
        parts_of(text, 280)


def test_what_is_counted_of_every_part_takes_its_room_once() -> None:
    def with_number(part: str) -> int:
        return len(f"{part} 1/2".lstrip())

    parts = split("We shipped it. It works.", limit=18, measure=with_number, links=links, style="balanced")
    assert parts == ("We shipped it.", "It works.")
