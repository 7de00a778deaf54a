"""Who acts next, and what they type: the same in the queue, in explain and on the screen of today."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, PARTS, Shell, entry, time_in

RULES = """version = 1
[approval]
[[approval.rules]]
by = ["Mara Quist", "Ravi Iyer"]
count = 2
"""


def machine(shell: Shell, text: str) -> None:
    path = shell.home / "config" / "contentkit" / "machine.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def row(shell: Shell, name: str = "launch") -> dict[str, Any]:
    [found] = shell.run("queue", name, "--json").json
    assert isinstance(found, dict)
    return found


def turn(shell: Shell, name: str = "launch") -> tuple[str, str]:
    found = row(shell, name)
    return found["state"], found["who"]


def approved(shell: Shell, *, at: str, more: str = "") -> None:
    shell.enter(entry("launch", at=at, more=more))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0


def test_those_act_whom_the_rules_of_this_machine_ask_for(shell: Shell) -> None:
    machine(shell, RULES)
    shell.enter(entry("launch", at=time_in(hours=5)))
    assert turn(shell) == ("", "Mara Quist and Ravi Iyer")
    assert shell.run("approve", "launch", "--yes", "--by", "Mara Quist").code == 0
    assert turn(shell) == ("", "Ravi Iyer")
    assert "Ravi Iyer" in row(shell)["why"]
    assert shell.run("approve", "launch", "--yes", "--by", "Ravi Iyer").code == 0
    assert turn(shell) == ("planned", "cron")


def test_what_was_taken_back_waits_for_an_approval_and_says_by_whom(shell: Shell) -> None:
    approved(shell, at=time_in(hours=5))
    assert shell.run("approve", "--revoke", "launch", "--by", "Ana", "--yes").code == 0
    found = row(shell)
    assert (found["state"], found["who"], found["next"]) == ("", "you", ["contentkit approve launch"])
    assert found["why"].startswith("revoked by Ana at ")


def test_what_a_person_skipped_is_nobodys_turn_whatever_changes(shell: Shell) -> None:
    approved(shell, at=time_in(seconds=-60))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    assert turn(shell) == ("held", "you")
    shell.run("resolve", "launch", "--skip", "--reason", "enough was said")
    assert turn(shell) == ("skipped", "nobody")
    assert row(shell)["why"].startswith("skipped by ")


def test_a_page_that_nobody_has_looked_at_is_crons_turn_and_one_that_was_not_there_a_persons(shell: Shell) -> None:
    approved(shell, at=time_in(seconds=-60), more='when: {url: "https://localhost:9/launch"}')
    assert turn(shell) == ("planned", "cron")
    shell.run("post")
    found = row(shell)
    assert (found["state"], found["who"]) == ("planned", "you")
    assert found["next"] == ["see to the page; each run looks again"]


def test_a_source_that_changed_is_a_persons_turn_although_it_goes_out(shell: Shell) -> None:
    marked = DRAFT.replace("notes/call.md#L5 -->", "notes/call.md#L5 sha:00000000 -->")
    assert marked != DRAFT
    approved(shell, at=time_in(hours=5))
    assert turn(shell) == ("planned", "cron")
    shell.write("drafts/launch.md", marked)
    found = row(shell)
    assert (found["who"], "stale: the sources changed" in found["why"]) == ("you", True)
    assert found["next"][-1] == "contentkit check drafts/launch.md"


def test_an_account_in_trouble_is_the_networks_turn_or_a_persons(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    shell.run("approve", "launch", "--yes", "--by", "Ana")
    shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": "x"})
    assert turn(shell) == ("planned", "the network")
    shell.run("post")  # without its token
    assert turn(shell) == ("planned", "you")


@pytest.mark.parametrize("mark", ["OTR: ", "[embargo until 2090-01-01 09:00 UTC] "])
def test_what_nobody_may_say_any_more_is_told_before_its_hour(shell: Shell, mark: str) -> None:
    approved(shell, at=time_in(hours=5))
    shell.write("notes/call.md", NOTE.replace(PARTS[1], mark + PARTS[1]))
    out = shell.run("explain", "launch").out
    assert "Mind: cannot go out: drafts/launch.md:" in out or "Approval: none that holds" in out
    assert PARTS[1] not in out


def test_two_accounts_that_stand_alike_are_told_once_by_today(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.b]\nplatform = "console"\n')
    shell.enter(entry("launch", at=time_in(hours=5), accounts="try, b"))
    [waits] = shell.run("today", "--json").json["waits"]
    assert waits["accounts"] == ["b", "try"]
