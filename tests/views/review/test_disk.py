"""What is approved is what is shown: files that change meanwhile are noticed, before anything is done with them."""

from __future__ import annotations

import pytest

from contentkit.views.review.actions import Changed
from tests.cli.shell import Shell, entry
from tests.views.review.driven import Driven, desk_of, drive


def rewrite(shell: Shell, name: str, old: str, new: str) -> None:
    path = shell.project / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("drafts/launch.md", "each account a lane", "every account a lane"),
        ("calendar.yaml", "09:30", "09:31"),
        ("calendar.yaml", "campaign: winter", "late: hold"),
        ("contentkit.toml", 'platform = "console"\n\n', 'platform = "console"\nhandle = "@us"\n\n'),
        ("notes/call.md", "We threw the queue away", "We sold the queue"),
    ],
)
def test_what_is_no_longer_what_was_shown_is_not_approved(shell: Shell, name: str, old: str, new: str) -> None:
    desk = desk_of(shell)
    shown = desk.dossier("launch")
    rewrite(shell, name, old, new)
    with pytest.raises(Changed, match="no longer what was shown"):
        desk.approve(shown)
    assert shell.run("queue", "--json").json[0]["state"] == ""


def test_an_entry_added_above_it_is_no_change_of_what_was_shown(shell: Shell) -> None:
    desk = desk_of(shell)
    shown = desk.dossier("launch")
    rewrite(shell, "calendar.yaml", "entries:\n", f"entries:\n  - {entry('earlier', at='2099-11-23 09:00')}\n")
    assert desk.approve(shown).startswith("launch: approved by Ana Torres: 4 parts")


def test_a_finding_is_not_waived_in_words_that_are_others_by_now(shell: Shell) -> None:
    desk = desk_of(shell)
    shown = desk.dossier("trouble")
    rewrite(shell, "drafts/trouble.md", "any more", "at all")
    with pytest.raises(Changed):
        desk.waive(shown, shown.problems[0], "counted")
    assert "waive" not in (shell.project / "drafts/trouble.md").read_text()


def test_an_edit_outside_is_noticed_and_shown(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        rewrite(shell, "drafts/launch.md", "each account a lane", "every single account a lane")
        await review.see("Files changed on the disk", "every single account a lane")

    drive(desk_of(shell), steps)


def test_an_edit_while_the_question_stands_is_not_approved_but_shown(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("a")
        await review.see("Approve launch")
        rewrite(shell, "drafts/launch.md", "each account a lane", "every single account a lane")
        await review.press("y")
        await review.see("nothing was done", "every single account a lane")

    drive(desk_of(shell), steps)
    assert shell.run("queue", "--json").json[0]["state"] == ""


def test_a_reason_half_typed_outlives_an_edit_outside(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("p")
        await review.see("Why?")
        await review.type("legal ")
        rewrite(shell, "drafts/launch.md", "each account a lane", "every single account a lane")
        await review.see("every single account a lane", "Why?")
        await review.type("reads it")
        await review.press("enter")
        await review.see("launch: paused (legal reads it)")

    drive(desk_of(shell), steps)


def test_a_calendar_that_cannot_be_read_is_told_and_the_rest_stays(shell: Shell) -> None:
    good = (shell.project / "calendar.yaml").read_text()

    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        shell.write("calendar.yaml", good.replace("timezone: UTC", "timezone: Atlantis/Main"))
        await review.see("calendar.yaml:2", "there is no time zone")
        await review.press("a")
        await review.press("p")
        shell.write("calendar.yaml", good)
        await review.press("escape", "r")
        await review.see("Read again.", "Every team we talked to")

    drive(desk_of(shell), steps)


def test_a_draft_that_cannot_be_read_is_told_with_its_line(shell: Shell) -> None:
    rewrite(shell, "drafts/launch.md", "version: 1", "version: x")

    async def steps(review: Driven) -> None:
        await review.see("launch cannot be shown:", "drafts/launch.md:2")
        await review.press("down")
        await review.see("error CK201")

    drive(desk_of(shell), steps)


def test_what_the_review_writes_itself_is_no_edit_of_somebody_else(shell: Shell) -> None:
    desk = desk_of(shell)
    desk.items()
    desk.approve(desk.dossier("launch"))
    assert not desk.is_stale()
    desk.pause("trouble", "legal reads it")
    assert not desk.is_stale()
    rewrite(shell, "drafts/launch.md", "each account a lane", "every account a lane")
    assert desk.is_stale()
