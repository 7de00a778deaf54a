from __future__ import annotations

import json
import re

import pytest

from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer


def texts_at(shell: Shell, account: str = "try") -> list[str]:
    """What the console account has published."""
    path = shell.state / f"{account}.console.jsonl"
    return [json.loads(line)["text"] for line in path.read_text().splitlines()] if path.exists() else []


def test_an_approval_is_told_with_its_digest_and_copied_into_the_calendar(shell: Shell) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    ran = shell.run("approve", "launch", "--yes", "--by", 'Ana "the boss" Torres')
    assert ran.code == 0
    first, second = ran.out.splitlines()
    assert first == 'launch: approved by Ana "the boss" Torres: 3 parts on try at Tue 1 Jan 09:30 UTC'
    digest = re.fullmatch(r"  (sha256:[0-9a-f]{64})", second)
    assert digest
    text = (shell.project / "calendar.yaml").read_text()
    assert digest.group(1) in text
    assert 'by: "Ana \\"the boss\\" Torres"' in text
    assert shell.run("queue").rows[1][4:6] == ["planned", 'approved by Ana "the boss" Torres']


def test_what_somebody_else_had_approved_is_told_when_it_is_replaced(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    assert "replaces" not in shell.run("approve", "launch", "--yes", "--by", "Ana Torres").err
    said = "launch: Ana Torres had approved just this; the approval of Ben Cruz replaces that\n"
    assert shell.run("approve", "launch", "--yes", "--by", "Ben Cruz").err == said
    assert shell.run("approve", "launch", "--yes", "--by", "Ben Cruz").err == ""


def test_an_approval_of_other_words_replaces_nobodys(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana Torres").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("stranger's", "stranger\u2019s"))
    assert "replaces" not in shell.run("approve", "launch", "--yes", "--by", "Ben Cruz").err


def test_a_terminal_gets_what_was_approved_in_lines_that_end_between_words(shell: Shell) -> None:
    shell.enter(entry("launch", at="2199-01-01 09:30"))
    lines = shell.run_in_terminal("approve", "launch", "--yes", "--by", "Ana Torres of the founders").out.splitlines()
    assert max(map(len, lines[:2])) <= 80
    told = "launch: approved by Ana Torres of the founders: 3 parts on try at Tue 1 Jan 09:30 UTC"
    assert " ".join(lines[:2]) == told


def test_a_terminal_shows_the_exact_threads_and_asks(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    ran = shell.run_in_terminal("approve", "launch", typed=b"y\n")
    assert ran.code == 0
    shown = " ".join(ran.out.replace("│", " ").split())
    assert all(part in shown for part in PARTS)
    assert "Approve launch: exactly this? [y/N]" in ran.err
    assert "launch: approved by " in ran.out


@pytest.mark.parametrize(("typed", "code"), [(b"n\n", 4), (b"\n", 4), (b"\x04", 130)])
def test_whoever_does_not_say_yes_has_not_approved(shell: Shell, typed: bytes, code: int) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    before = shell.files()
    assert shell.run_in_terminal("approve", "launch", typed=typed).code == code
    assert shell.files() == before
    assert shell.run("post", "--json").json == []


def test_where_nobody_can_be_asked_yes_must_be_said(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    before = shell.files()
    ran = shell.run("approve", "launch")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: an approval needs somebody to ask")
    assert shell.files() == before


def test_errors_of_the_draft_stop_an_approval_and_are_shown(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("Every team", "All 250 teams"))
    shell.enter(entry("launch", at=time_in(days=1)))
    before = shell.files()
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 4
    assert re.match(r"drafts/launch\.md:\d+:\d+: error CK\d{3}: ", ran.err)
    assert "contentkit: calendar.yaml:4: entry 'launch': not approved: 1 error\n" in ran.err
    assert shell.files() == before


def test_one_entry_that_cannot_be_approved_stops_all_that_were_named_with_it(shell: Shell) -> None:
    shell.enter(entry("good", at=time_in(days=1)), entry("bad", at=time_in(days=1), draft="drafts/none.md"))
    before = shell.files()
    assert shell.run("approve", "good", "bad", "--yes").code == 1
    assert shell.files() == before


def test_a_next_slot_that_no_slot_gives_is_not_approved(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1), more="late: next slot"))
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "'late: next slot', but no slot has all of try" in ran.err) == (1, True)


def test_what_would_only_be_held_as_late_is_not_approved(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(minutes=-30), more="late: hold"))
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "was due" in ran.err) == (1, True)


def test_how_late_an_entry_may_be_is_approved_with_it(shell: Shell) -> None:
    at = time_in(hours=-2)
    shell.enter(entry("launch", at=at, more="late: post within 3h"))
    shell.run("approve", "launch", "--yes")
    shell.enter(entry("launch", at=at, more="late: post within 30d"))
    ran = shell.run("post")
    assert (ran.code, "edited after the approval" in ran.out, texts_at(shell)) == (4, True, [])


def test_the_same_words_planned_twice_are_told_by_schedule_and_by_approve(shell: Shell) -> None:
    shell.run("schedule", "launch", "--at", "2199-01-01 09:30")
    ran = shell.run("schedule", "launch", "--at", "2199-01-02 09:30")
    assert "launch-2: the same draft is on the calendar as launch, at Tue 1 Jan 09:30 UTC, on try" in ran.err
    ran = shell.run("approve", "launch", "launch-2", "--yes")
    told = [line for line in ran.err.splitlines() if "the same words" in line]
    assert told == ["launch-2 on try: the same words are planned as launch, at Tue 1 Jan 09:30 UTC"]


def test_a_published_entry_is_not_approved_again(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    shell.run("post")
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "contentkit: launch: nothing is left to publish"
    assert texts_at(shell) == PARTS


def test_an_account_that_has_it_does_not_stop_the_approval_for_another(shell: Shell) -> None:
    at = time_in(seconds=-60)
    shell.write(
        "contentkit.toml", (shell.project / "contentkit.toml").read_text() + '[accounts.b]\nplatform="console"\n'
    )
    shell.enter(entry("launch", at=at))
    shell.run("approve", "launch", "--yes")
    shell.run("post")
    shell.enter(entry("launch", at=at, accounts="try, b"))
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 0
    assert ran.out.startswith("launch: approved by ")
    assert ": 3 parts on try, b at " in ran.out
    assert [row["account"] for row in shell.run("post", "--json").json] == ["b"] * 3
    assert (texts_at(shell), texts_at(shell, "b")) == (PARTS, PARTS)


def test_words_that_are_out_already_cannot_be_approved_otherwise(shell: Shell) -> None:
    at = time_in(seconds=-60)
    shell.enter(entry("launch", at=at))
    shell.run("approve", "launch", "--yes")
    shell.run("post")
    (shell.project / "receipts.jsonl").unlink()  # the journal alone remembers
    front, first, second, third = DRAFT.removeprefix("---").split("---\n")
    shell.write("drafts/launch.md", "---" + "---\n".join([front, second, first, third]))
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "launch on try: part 1 is published already, with other words" in ran.err) == (1, True)
    shell.write("drafts/launch.md", "---" + "---\n".join([front, first, second]))
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "launch on try: part 3 is published already, and is no longer in the draft" in ran.err) == (
        1,
        True,
    )


def receipt(part: int, **values: object) -> str:
    from contentkit.publishing.publications import fingerprint

    known = {
        "entry": "launch",
        "account": "try",
        "part": part,
        "parts": 3,
        "fingerprint": fingerprint(PARTS[part]),
        "remote_id": str(part + 1),
        "url": f"https://example.org/{part + 1}",
        "at": "2026-11-18T09:30:00Z",
    }
    return json.dumps({**known, **values}) + "\n"


def test_what_another_machine_published_is_not_published_again(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.write("receipts.jsonl", "".join(receipt(part) for part in range(3)))
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "nothing is left to publish" in ran.err) == (1, True)
    assert shell.run("post", "--json").json == []
    assert texts_at(shell) == []


def test_a_thread_that_another_machine_began_is_planned_from_where_it_stands(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    shell.write("receipts.jsonl", receipt(0))
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, ": 2 parts on try at " in ran.out) == (0, True)
    state, why = shell.run("queue").rows[1][4:6]
    assert (state, why.split("; ")[0]) == ("planned", "1 of 3 out")


def test_receipts_with_a_hole_need_a_person(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    shell.write("receipts.jsonl", receipt(0) + receipt(2))
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 4
    assert "part 3 is published, but not part 2" in ran.err


def test_a_post_that_may_be_on_its_way_is_not_approved_over(shell: Shell) -> None:
    from tests.servers.faulty_proxy import FaultyProxy

    with CompatibleServer() as server, FaultyProxy(server.url, ["bad_gateway"]) as proxy:
        server.set_visible_after(60)
        shell.connect(proxy.url)
        shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
        shell.run("approve", "launch", "--yes")
        ran = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
        assert (ran.code, "UNKNOWN, may have been published" in ran.out) == (4, True)
        ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "launch on ours: a post may be on its way" in ran.err) == (4, True)


def test_a_condition_added_after_the_approval_holds_the_thread(shell: Shell) -> None:
    at = time_in(seconds=-60)
    shell.enter(entry("launch", at=at))
    shell.run("approve", "launch", "--yes")
    shell.enter(entry("launch", at=at, more="when: {url: https://orchard.example/not-there-yet}"))
    ran = shell.run("post")
    assert (ran.code, "edited after the approval" in ran.out, texts_at(shell)) == (4, True, [])
