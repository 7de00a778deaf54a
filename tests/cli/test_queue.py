from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in
from tests.cli.test_approve import receipt
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

SOON = time_in(hours=2)
DUE = time_in(seconds=-60)


def approved(shell: Shell, *entries: str) -> None:
    shell.enter(*entries)
    names = [re.search(r"id: ([\w-]+)", one) for one in entries]
    assert shell.run("approve", *(name.group(1) for name in names if name), "--yes", "--by", "Ana").code == 0


def told(shell: Shell) -> list[tuple[str, str]]:
    """State and why of each row, as a pipe gets them."""
    heading, *rows = shell.run("queue").rows
    assert heading[:6] == ["when", "in", "entry", "account", "state", "why"]
    return [(row[4], row[5]) for row in rows]


def test_an_empty_calendar_says_what_is_next(shell: Shell) -> None:
    ran = shell.run("queue")
    assert (ran.code, ran.out) == (0, "")
    assert "contentkit schedule DRAFT" in ran.err
    assert shell.run("queue", "--json").json == []


def test_every_entry_is_told_on_each_account_by_time(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    shell.enter(entry("later", at=time_in(days=3)), entry("sooner", at=time_in(days=1), accounts="try, ours"))
    rows = shell.run("queue").rows[1:]
    assert [row[2:4] for row in rows] == [["sooner", "ours"], ["sooner", "try"], ["later", "try"]]
    assert re.fullmatch(r"\w{3} \d+ \w{3} \d\d:\d\d UTC", rows[0][0])
    assert [row[1] for row in rows] == ["in 1 day", "in 1 day", "in 3 days"]


def test_what_is_not_approved_says_so_and_a_look_makes_no_state_folder(shell: Shell) -> None:
    shell.enter(entry("a", at=DUE), entry("b", at=SOON, more="paused: true"), entry("c", at="2199-01-01 09:30"))
    shell.enter(*(shell.project / "calendar.yaml").read_text().split("\n  - ")[1:], entry("z", at="2020-01-01 09:30"))
    assert told(shell) == [
        ("-", "was never approved: move it to a time to come"),
        ("-", "to approve"),
        ("-", "to approve, paused"),
        ("-", "to approve"),
    ]
    assert not (shell.home / "state").exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [("", "approved by Ana"), ("paused: true", "paused")],
)
def test_what_is_planned_says_who_approved_it_or_what_keeps_it(shell: Shell, more: str, why: str) -> None:
    approved(shell, entry("launch", at=SOON))
    shell.enter(entry("launch", at=SOON, more=more))
    assert told(shell) == [("planned", why)]


def test_what_was_changed_since_its_approval_says_how(shell: Shell) -> None:
    shell.write("drafts/other.md", DRAFT)
    approved(
        shell,
        entry("edited", at=SOON, draft="drafts/other.md"),
        entry("moved", at=SOON),
        entry("removed", at=SOON),
        entry("unreadable", at=SOON),
    )
    shell.write("drafts/other.md", DRAFT.replace("threw", "tossed"))
    shell.write("drafts/broken.md", "no front matter")
    shell.enter(
        entry("edited", at=SOON, draft="drafts/other.md"),
        entry("moved", at=time_in(hours=3)),
        entry("unreadable", at=SOON, draft="drafts/broken.md"),
    )
    assert sorted(told(shell)) == [
        ("planned", "drafts/broken.md:1: a draft starts with front matter"),
        ("planned", "edited since its approval"),
        ("planned", "moved since its approval"),
        ("planned", "no longer on the calendar"),
    ]


def test_a_renamed_draft_is_no_change(shell: Shell) -> None:
    approved(shell, entry("launch", at=SOON))
    shutil.move(shell.project / "drafts/launch.md", shell.project / "drafts/renamed.md")
    shell.enter(entry("launch", at=SOON, draft="drafts/renamed.md"))
    assert told(shell) == [("planned", "approved by Ana")]


def test_what_is_sent_says_where_and_what_was_skipped_says_so(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    shell.run("post")
    assert told(shell) == [("sent", "console://try/1")]
    row = shell.run("queue", "--json").json[0]
    whole = "entry account at state why draft url cost who next founder campaign"
    assert set(row) == set(whole.split())
    assert row["url"] == "console://try/1"


def test_a_skipped_entry_does_not_ask_to_be_approved_again(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    assert told(shell)[0][0] == "held"
    shell.write("drafts/launch.md", DRAFT)
    assert shell.run("resolve", "launch", "--skip").code == 0
    assert [state for state, _ in told(shell)] == ["skipped"]


def test_a_thread_whose_rest_was_skipped_is_not_told_as_whole(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token}).code == 4
        [(state, why)] = told(shell)
        assert state == "held"
        assert why.startswith("1 of 3 out; refused: ")
        shell.run("resolve", "launch", "--skip", "--reason", "enough was said")
        [(state, why)] = told(shell)
    assert state == "sent"
    assert why.startswith("without the last 2: http")


def test_what_another_machine_sent_is_told_with_the_age_of_its_receipts(shell: Shell) -> None:
    shell.enter(entry("launch", at=SOON))
    shell.write("receipts.jsonl", receipt(0) + receipt(1))
    machine = r"by another machine, as of \d+ days ago: https://example\.org/1"
    [(state, why)] = told(shell)
    assert (state, bool(re.fullmatch(f"2 of 3 out, {machine}", why))) == ("sending", True)
    shell.write("receipts.jsonl", "".join(receipt(part) for part in range(3)) + "{broken\n")
    [(state, why)] = told(shell)
    assert (state, bool(re.fullmatch(machine, why))) == ("sent", True)
    assert shell.run("queue", "--json").json[0]["url"] == "https://example.org/1"


def test_what_was_published_long_ago_is_told_only_when_asked(shell: Shell) -> None:
    shell.enter(entry("launch", at="2020-01-01 09:30"))
    shell.write("receipts.jsonl", "".join(receipt(part) for part in range(3)))
    assert shell.run("queue").rows == []
    assert len(shell.run("queue", "--all").rows) == 2


def test_times_are_those_of_the_calendars_clock_whatever_the_entry_is_written_in(shell: Shell) -> None:
    shell.enter('{id: a, draft: drafts/launch.md, at: "2199-06-01 09:30", accounts: [try], timezone: Asia/Tokyo}')
    assert shell.run("queue").rows[1][0].endswith("00:30 UTC")
    assert shell.run("queue", "--json").json[0]["at"] == "2199-06-01T00:30:00+00:00"


def test_a_terminal_of_80_columns_shows_everything_however_long(shell: Shell) -> None:
    long_id, long_account = "a-" + "very-" * 14 + "long-id", "our-" + "very-" * 10 + "long-name"
    shell.write(
        "contentkit.toml",
        f'version = 1\nproject = "our-posts"\n[accounts.{long_account}]\nplatform = "console"\n',
    )
    shell.enter(entry(long_id, at=SOON, accounts=long_account, draft="drafts/" + "missing" * 8 + ".md"))
    ran = shell.run_in_terminal("queue")
    lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", ran.out).splitlines() if line.strip()]
    assert max(map(len, lines)) <= 80
    cells = [
        "".join(column).replace(" ", "") for column in zip(*(_columns(lines[0], line) for line in lines), strict=True)
    ]
    assert long_id in cells[1]
    assert long_account in cells[2]
    assert "missing" * 8 in cells[4]


def _columns(heading: str, line: str) -> list[str]:
    starts = [heading.index(word) for word in ("when", "entry", "account", "state", "why")]
    return [line[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def test_a_pipe_gets_no_colours_no_frames_and_one_row_a_line(shell: Shell) -> None:
    approved(shell, entry("launch", at=SOON))
    for command in ("queue", "status", "check", "preview launch", "ingest notes/call.md"):
        out = shell.run(*command.split(), variables={"FORCE_COLOR": "1"}).out
        assert not set(out) & set("\x1b│╭─┃")
    assert len(shell.run("queue").rows) == 2


def test_hostile_words_in_files_reach_no_terminal(shell: Shell) -> None:
    evil = "\\e]0;owned\\a \\e[2J [red]x[/] \\u202E \\u009b31m"
    shell.write("drafts/launch.md", DRAFT.replace("version: 1\n", f'version: 1\nwarning: "{evil}"\n'))
    shell.enter(entry("launch", at=SOON))
    for command in ("preview launch", "check", "approve launch --yes", "preview launch --json", "check --json"):
        for ran in (shell.run(*command.split()), shell.run_in_terminal(*command.split())):
            shown = re.sub(r"\x1b\[[0-9;]*m", "", ran.out + ran.err)
            assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert "[red]x[/]" in shell.run_in_terminal("preview", "launch").out


def test_status_is_quiet_until_something_waits_and_says_what_to_do(shell: Shell) -> None:
    ran = shell.run("status")
    assert (ran.code, ran.out) == (0, "Nothing waits for a person.\n")
    assert shell.run("status", "--json").json == []
    approved(shell, entry("launch", at=DUE))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    ran = shell.run("status")
    assert ran.code == 4
    assert ran.out.startswith("launch 1/3 on try: held: edited after the approval\n")
    assert "    contentkit resolve launch --account try --again" in ran.out
    [row] = shell.run("status", "--json").json
    assert set(row) == {"what", "state", "why", "diff", "next"}


def test_what_is_due_and_that_no_run_came_for_is_told_by_status(shell: Shell) -> None:
    approved(shell, entry("launch", at=time_in(minutes=-20)))
    assert shell.run("status").code == 0
    (shell.state / "publisher.lock").write_text(f"{datetime.now(UTC) - timedelta(minutes=16):%Y-%m-%dT%H:%M:%S}+00:00")
    ran = shell.run("status")
    assert (ran.code, "was due 20 min ago, and no 'contentkit post' has run here since" in ran.out) == (4, True)
    shell.run("stop")
    assert "no 'contentkit post' has run" not in shell.run("status").out


def test_resolve_needs_one_decision_about_something_held(shell: Shell) -> None:
    for decisions in (["--json", "--again"], ["--again", "--skip"], ["--published", "https://x.org/1", "--not-sent"]):
        ran = shell.run("resolve", "launch", *decisions)
        expected = "contentkit: say one of --published URL, --again, --not-sent, --skip"
        assert (ran.code, ran.err.splitlines()[0]) == (2, expected)
    for decisions in ([], ["--again"]):
        ran = shell.run("resolve", "launch", *decisions)
        assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: launch: nothing of it is held")
    assert not (shell.home / "state").exists()
    approved(shell, entry("launch", at=SOON))
    assert shell.run("resolve", "launch", "--account", "try", "--skip").code == 2


def test_resolve_asks_which_account_when_several_wait(shell: Shell) -> None:
    config = (shell.project / "contentkit.toml").read_text()
    shell.write("contentkit.toml", config + '[accounts.b]\nplatform = "console"\n')
    approved(shell, entry("launch", at=DUE, accounts="try, b"))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    ran = shell.run("resolve", "launch", "--skip")
    assert (ran.code, ran.err.splitlines()[1]) == (2, "  name one with --account: b, try")
    assert shell.run("resolve", "launch", "--account", "b", "--skip").code == 0
    assert {row["account"]: row["state"] for row in shell.run("queue", "--json").json}["try"] == "held"


def test_resolve_takes_only_an_address_that_continues_the_thread(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables=token)
        first = server.statuses[0]
        refusals = {
            f"{server.url}/@us/{first.id}": (1, "is another post of this calendar"),
            f"{server.url}/@us/nothing": (1, "is no post on this account's server"),
            "not an address": (2, "is no address of a post"),
        }
        for address, (code, words) in refusals.items():
            ran = shell.run("resolve", "launch", "--published", address, variables=token)
            assert (ran.code, words in ran.err) == (code, True), ran.err
        posted = reply_by_hand(server, first.id, PARTS[1])
        ran = shell.run("resolve", "launch", "--published", f"{server.url}/@us/{posted}?from=web", variables=token)
        assert (ran.code, ran.out) == (0, "launch 2/3 on ours: sent; the next 'contentkit post' goes on after it\n")
        assert f'"remote_id": "{posted}"' in (shell.project / "receipts.jsonl").read_text()
        assert shell.run("post", variables=token).code == 0
        assert server.threads() == [PARTS]


def reply_by_hand(server: CompatibleServer, parent: str, text: str) -> str:
    import requests

    answer = requests.post(
        f"{server.url}/api/v1/statuses",
        json={"status": text, "in_reply_to_id": parent},
        headers={"Authorization": f"Bearer {server.token}"},
        timeout=10,
    )
    return str(answer.json()["id"])


def test_a_takeover_of_what_is_ours_already_changes_nothing(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    ran = shell.run("takeover", "--yes")
    assert (ran.code, ran.out) == (0, "This machine is the publisher already. Nothing was changed.\n")
    assert [one["kind"] for one in shell.run("post", "--json").json] == ["sent"] * 3


def test_a_takeover_asks_and_holds_what_was_planned(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    (shell.state / "epoch.json").unlink()
    assert shell.run("post").code == 1
    assert shell.run("takeover").code == 2
    assert shell.run_in_terminal("takeover", typed=b"n\n").code == 4
    ran = shell.run("takeover", "--yes")
    assert (ran.code, "1 planned thread is held" in ran.out) == (0, True)
    assert (shell.run("post").out, shell.run("status").code) == ("", 4)
