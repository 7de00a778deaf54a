"""Each key of the review does what its command does, and says so."""

from __future__ import annotations

from tests.cli.shell import Shell
from tests.views.review.driven import Driven, desk_of, drive


def calendar(shell: Shell) -> str:
    return (shell.project / "calendar.yaml").read_text()


def test_a_approves_after_a_yes_to_a_sentence_that_says_exactly_what(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("launch · Tue 24 Nov 09:30 UTC", "Every team we talked to")
        await review.press("a")
        await review.see(
            "Approve launch as Ana Torres: exactly these 4 parts on try, other, at Tue 24 Nov 09:30 UTC (in 1 day)?"
        )
        await review.press("y")
        await review.see("launch: approved by Ana Torres: 4 parts on try, other", "1 of 2 to approve")

    drive(desk_of(shell), steps)
    assert [row[4] for row in shell.run("queue").rows[1:3]] == ["planned", "planned"]


def test_who_says_no_has_not_approved(shell: Shell) -> None:
    before = shell.files()

    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("a")
        await review.see("Approve launch")
        await review.press("n")
        await review.see("launch: not approved.")

    drive(desk_of(shell), steps)
    assert shell.files() == before
