"""Whole screens, kept as text in ``screens/``: what one of them looks like is read there, and changed there."""

from __future__ import annotations

import os

import pytest

from contentkit.cli.reviewing.items import Wanted
from tests.cli.shell import Shell
from tests.views.review.driven import Driven, desk_of, drive, screen_at

SIZES = [(80, 24), (120, 40)]


async def compare(review: Driven, name: str) -> None:
    """Holds the screen to the kept one. ``KEEP_SCREENS=1`` keeps what is shown now: then look at it before you commit it."""
    await review.rest()
    path = screen_at(name)
    if os.environ.get("KEEP_SCREENS"):
        path.write_text(f"{review.text}\n")
    assert review.text == path.read_text().removesuffix("\n")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_screen_as_it_opens(shell: Shell, size: tuple[int, int]) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to", "1 to mend")
        await compare(review, f"opened-{size[0]}x{size[1]}")

    drive(desk_of(shell), steps, size=size)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_entry_with_an_error(shell: Shell, size: tuple[int, int]) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to", "1 to mend")
        await review.press("down")
        await review.see("error CK201")
        await compare(review, f"blocked-{size[0]}x{size[1]}")

    drive(desk_of(shell), steps, size=size)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_question_before_an_approval(shell: Shell, size: tuple[int, int]) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to", "1 to mend")
        await review.press("a")
        await review.see("Approve launch")
        await compare(review, f"question-{size[0]}x{size[1]}")

    drive(desk_of(shell), steps, size=size)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_changed_since_the_last_approval(shell: Shell, size: tuple[int, int]) -> None:
    assert shell.run("approve", "launch", "--yes", "--by", "Ana Torres").code == 0
    draft = shell.project / "drafts/launch.md"
    draft.write_text(draft.read_text().replace("threw the queue", "threw the whole queue"))

    async def steps(review: Driven) -> None:
        await review.see("Changed since the last approval:", "{+whole")
        await compare(review, f"changed-{size[0]}x{size[1]}")

    drive(desk_of(shell, Wanted(names=["launch"])), steps, size=size)


def test_the_help(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("question_mark")
        await review.see("approve exactly what is shown")
        await compare(review, "help-80x24")

    drive(desk_of(shell), steps, size=(80, 24))


def test_a_resize_loses_nothing(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to", "1 to mend")
        await review.press("down")
        await review.see("error CK201")
        await review.pilot.resize_terminal(120, 40)
        await compare(review, "blocked-120x40")
        await review.pilot.resize_terminal(80, 24)
        await compare(review, "blocked-80x24")

    drive(desk_of(shell), steps, size=(80, 24))


def test_a_screen_too_small_for_anything_still_runs(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.pilot.resize_terminal(20, 5)
        await review.press("down", "a", "escape", "enter", "escape")
        await review.pilot.resize_terminal(80, 24)
        await review.see("Nothing waits for 40")

    drive(desk_of(shell), steps)
