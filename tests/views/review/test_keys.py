"""Each key of the review does what its command does, and says so."""

from __future__ import annotations

import pytest

from contentkit.cli.reviewing.items import Wanted
from tests.cli.shell import Shell, entry
from tests.views.review.driven import Driven, desk_of, drive

SLOTS = 'slots:\n  morning: {days: [mon, tue, wed, thu, fri], time: "11:00", accounts: [try, other]}\n'


def calendar(shell: Shell) -> str:
    return (shell.project / "calendar.yaml").read_text()


def state_of(shell: Shell, name: str) -> set[str]:
    return {row["state"] for row in shell.run("queue", "--json").json if row["entry"] == name}


def test_a_approves_after_a_yes_to_a_sentence_that_says_exactly_what(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("launch · Tue 24 Nov 09:30 UTC", "Every team we talked to")
        await review.press("a")
        exactly = "exactly these 4 parts on try, other, at Tue 24 Nov 09:30 UTC (in 1 day)?"
        await review.see(f"Approve launch as Ana Torres: {exactly}")
        await review.press("y")
        await review.see("launch: approved by Ana Torres: 4 parts on try, other", "1 of 2 to approve")

    drive(desk_of(shell), steps)
    assert state_of(shell, "launch") == {"planned"}


@pytest.mark.parametrize("key", ["n", "escape", "q", "ctrl+c"])
def test_any_key_but_yes_approves_nothing(shell: Shell, key: str) -> None:
    before = shell.files()

    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("a")
        await review.see("Approve launch")
        await review.press("enter", "space", key)
        await review.see("launch: not approved.")

    drive(desk_of(shell), steps)
    assert shell.files() == before


def test_after_an_approval_the_next_that_waits_is_shown(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team we talked to")
        await review.press("a")
        await review.see("Approve launch")
        await review.press("y")
        await review.see("launch: approved", "trouble · Wed 25 Nov", "Nothing waits for 40 strangers'")

    drive(desk_of(shell), steps)


def test_what_stands_in_the_way_is_shown_in_the_place_of_the_question(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team", "1 to mend")
        await review.press("down")
        await review.see("In the way: one finding, to mend (e) or to waive (w)", "error CK201")
        await review.press("a")
        await review.see("trouble cannot be approved yet: one finding")

    drive(desk_of(shell), steps)
    assert state_of(shell, "trouble") == {""}


def test_w_waives_a_finding_by_name_with_a_reason(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("w")
        await review.see("Nothing was found here that anybody could waive.")
        await review.press("down")
        await review.see("error CK201")
        await review.press("w")
        await review.see("Waive CK201: no source says 40", "Why is it fine?")
        await review.type("counted in the audit")
        await review.press("enter")
        await review.see("CK201 “40” waived by Ana Torres: counted in the audit", "Not approved yet.")
        await review.see_gone("In the way")

    drive(desk_of(shell), steps)
    note = '<!-- waive: CK201 "40" by Ana Torres: counted in the audit -->'
    assert note in (shell.project / "drafts/trouble.md").read_text()
    assert shell.run("check", "trouble").code == 0


def test_a_waiver_without_a_reason_is_none(shell: Shell) -> None:
    before = shell.files()

    async def steps(review: Driven) -> None:
        await review.see("error CK201")
        await review.press("w")
        await review.see("Why is it fine?")
        await review.press("enter")
        await review.see("Nothing was waived: a waiver needs a reason.")

    drive(desk_of(shell, Wanted(names=["trouble"])), steps)
    assert shell.files() == before


def test_of_several_findings_one_is_chosen(shell: Shell) -> None:
    draft = shell.project / "drafts/trouble.md"
    draft.write_text(draft.read_text().replace("40 strangers", "40 strangers and 17 friends"))

    async def steps(review: Driven) -> None:
        await review.see("2 findings, to mend")
        await review.press("w")
        await review.see("Waive which finding?")
        await review.press("down", "enter")
        await review.see("Why is it fine?")
        await review.type("counted")
        await review.press("enter")
        await review.see("waived by Ana Torres: counted")

    drive(desk_of(shell, Wanted(names=["trouble"])), steps)
    assert draft.read_text().count("waive: CK201") == 1


def test_p_pauses_with_a_reason_and_ends_the_pause(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("p")
        await review.see("Pause launch. Why?")
        await review.type("legal reads it")
        await review.press("enter")
        await review.see("launch: paused (legal reads it)", "Paused: legal reads it", "p unpause")
        assert 'paused: "legal reads it"' in calendar(shell) or "paused: legal reads it" in calendar(shell)
        await review.press("p")
        await review.see("launch: no longer paused", "p pause ")

    drive(desk_of(shell, Wanted(names=["launch"])), steps)
    assert "paused" not in calendar(shell)


def test_what_somebody_began_to_type_is_there_again(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("p")
        await review.see("Why?")
        await review.type("legal rea")
        await review.press("escape")
        await review.see_gone("Why?")
        await review.press("p")
        await review.see("Why?", "legal rea")
        await review.type("ds it")
        await review.press("enter")
        await review.see("paused (legal reads it)")

    drive(desk_of(shell), steps)


def test_m_moves_to_a_time_and_says_what_that_does_to_the_approval(shell: Shell) -> None:
    shell.run("approve", "launch", "--yes")

    async def steps(review: Driven) -> None:
        await review.see("launch", "approved")
        await review.press("m")
        await review.see("Move launch to when?")
        await review.type("2099-11-26 15:00")
        await review.press("enter")
        await review.see("launch: moved to Thu 26 Nov 15:00 UTC (in 3 days); the approval of", "is void")
        await review.see("launch · Thu 26 Nov 15:00", "Changed since the last approval:", "approval void")

    drive(desk_of(shell, Wanted(names=["launch"])), steps)
    assert "at: 2099-11-26 15:00," in calendar(shell)


@pytest.mark.parametrize(("words", "said"), [("yesterday", "cannot read the time"), ("2020-01-01 09:00", "is past")])
def test_a_time_that_cannot_be_is_told_and_changes_nothing(shell: Shell, words: str, said: str) -> None:
    before = shell.files()

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("m")
        await review.see("to when?")
        await review.type(words)
        await review.press("enter")
        await review.see(said)

    drive(desk_of(shell), steps)
    assert shell.files() == before


def test_n_moves_to_the_next_slot_after_a_yes(shell: Shell) -> None:
    shell.write("calendar.yaml", calendar(shell).replace("entries:", f"{SLOTS}entries:"))

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("n")
        await review.see("Move launch to Tue 24 Nov 11:00 UTC (in 1 day), slot morning?")
        await review.press("y")
        await review.see("launch: moved to Tue 24 Nov 11:00 UTC (in 1 day), slot morning")

    drive(desk_of(shell), steps)
    assert "slot: morning" in calendar(shell)


def test_what_is_in_the_way_of_a_time_is_told(shell: Shell) -> None:
    blackout = "blackout:\n  - {from: 2099-11-26, to: 2099-11-27, why: holidays}\n"
    shell.write("calendar.yaml", calendar(shell).replace("entries:", f"{blackout}entries:"))

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("m")
        await review.see("to when?")
        await review.type("2099-11-26 15:00")
        await review.press("enter")
        await review.see("launch: moved to Thu 26 Nov 15:00 UTC (in 3 days);", "blackout (holidays)")

    drive(desk_of(shell), steps)


def test_without_slots_n_says_so(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("n")
        await review.see("the calendar has no slots")

    drive(desk_of(shell), steps)


def test_tab_shows_the_thread_on_the_next_account_and_arrows_choose_the_post(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Account 1 of 2 (Tab: next): try", "Post 1: notes/call.md#L3", "> 3 Every team")
        await review.press("right")
        await review.see("Post 2: notes/call.md#L5", "> 5 We threw the queue away")
        await review.press("tab")
        await review.see("Account 2 of 2 (Tab: next): other", "Post 1: notes/call.md#L3")
        await review.press("shift+tab")
        await review.see("Account 1 of 2")

    drive(desk_of(shell), steps)


def test_the_evidence_has_the_lines_around_it(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Post 1:")
        await review.press("right")
        await review.see("3 Every team we talked", "> 5 We threw the queue away", "7 Nothing waits for a")

    drive(desk_of(shell), steps, size=(120, 40))


def test_enter_shows_everything_on_one_page(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("enter")
        await review.see("Escape: back", "╭─ 1/2", "Post 1: notes/call.md#L3", "╭─ 2/2")
        await review.press("escape")
        await review.see("a approve")

    drive(desk_of(shell), steps)


def test_a_filter_shows_the_entries_that_have_all_its_words(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("launch", "trouble")
        await review.press("slash")
        await review.see("Show only the entries")
        await review.type("winter other")
        await review.press("enter")
        await review.see("filter: winter other (1)")
        await review.see_gone("25 Nov 10:00")
        await review.press("escape")
        await review.see("25 Nov 10:00")
        await review.press("slash")
        await review.see("Show only the entries")
        await review.type("nobody")
        await review.press("enter")
        await review.see("No entry has these words.")
        await review.press("a")
        await review.see("choose an entry that can be shown")

    drive(desk_of(shell), steps)


def test_a_thread_in_other_words_that_nobody_looked_at_is_told_before_the_yes(shell: Shell) -> None:
    draft = shell.project / "drafts/launch.md"
    draft.write_text(f"{draft.read_text()}<!-- only: try -->\n")

    async def steps(review: Driven) -> None:
        await review.see("Account 1 of 2")
        await review.press("a")
        await review.see("Not looked at yet, and in other words: other (Tab shows it).", "Approve launch")
        await review.press("n")
        await review.press("tab")
        await review.see("Account 2 of 2")
        await review.press("a")
        await review.see("Approve launch")
        assert "Not looked at yet" not in review.flat

    drive(desk_of(shell), steps)


def test_help_names_every_key(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("question_mark")
        await review.see(
            "approve", "pause, or unpause", "edit", "next slot", "move", "waive", "open the source", "filter"
        )

    drive(desk_of(shell), steps)


def test_an_empty_calendar_says_what_comes_next(shell: Shell) -> None:
    shell.enter()

    async def steps(review: Driven) -> None:
        await review.see("Nothing is on the calendar that is not out yet.", "contentkit schedule DRAFT")
        await review.press("a", "p", "e", "n", "m", "w", "o", "enter", "tab", "right", "pagedown")
        await review.see("choose an entry that can be shown")
        await review.press("q")

    assert drive(desk_of(shell), steps) == "done"


def test_an_account_or_a_founder_narrows_the_list(shell: Shell) -> None:
    async def steps(review: Driven) -> None:
        await review.see("1 of 1 to approve", "launch")

    drive(desk_of(shell, Wanted(account="other")), steps)


def test_what_is_out_is_not_in_the_list(shell: Shell) -> None:
    shell.enter(entry("launch", at="2020-01-01 09:30", more="late: post within 9999d"))
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post").code == 0

    async def steps(review: Driven) -> None:
        await review.see("0 of 0 to approve")

    drive(desk_of(shell), steps)


def test_n_takes_the_zone_of_the_slot_with_its_opening(shell: Shell) -> None:
    slot = SLOTS.replace("time:", "timezone: Asia/Tokyo, time:")
    shell.write("calendar.yaml", calendar(shell).replace("entries:", f"{slot}entries:"))

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("n")
        await review.see("Move launch to Wed 25 Nov 11:00 JST (in 2 days), slot morning?")
        await review.press("y")
        await review.see("launch: moved to Wed 25 Nov 11:00 JST")

    drive(desk_of(shell), steps)
    assert "at: 2099-11-25 11:00" in calendar(shell)
    assert "timezone: Asia/Tokyo" in calendar(shell).partition("entries:")[2]
