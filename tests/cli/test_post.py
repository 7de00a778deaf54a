from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contentkit.publishing.lock import publisher_lock
from tests.cli.shell import CONFIG, DRAFT, PARTS, Shell, entry, finished, time_in
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def approve(shell: Shell, *, at: str = "", accounts: str = "try", more: str = "") -> None:
    shell.enter(entry("launch", at=at or time_in(seconds=-60), accounts=accounts, more=more))
    ran = shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 0, ran


def test_with_nothing_due_it_is_silent_and_leaves_nothing_behind(shell: Shell) -> None:
    ran = shell.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert shell.run("post", "--json").json == []
    assert not (shell.home / "state").exists()
    approve(shell, at=time_in(hours=1))
    ran = shell.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_what_is_due_goes_out_once_and_is_told_in_order(shell: Shell) -> None:
    approve(shell)
    ran = shell.run("post")
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if line.startswith("    ")] == [f"    {part}" for part in PARTS]
    assert "launch 3/3 on try: sent: console://try/3" in ran.out
    assert shell.run("post").out == ""
    assert len((shell.state / "try.console.jsonl").read_text().splitlines()) == 3


def test_the_outcomes_are_values_for_a_program(shell: Shell) -> None:
    approve(shell)
    outcomes = shell.run("post", "--json").json
    assert [one["text"] for one in outcomes] == PARTS
    assert set(outcomes[0]) == {
        "kind",
        "entry",
        "account",
        "part",
        "parts",
        "text",
        "url",
        "reason",
        "publication",
        "notice",
        "amendment",
        "live",
    }


def test_a_dry_run_shows_exactly_what_would_be_sent_and_sends_nothing(shell: Shell) -> None:
    ran = shell.run("post", "--dry-run")
    assert (ran.code, ran.out, ran.err) == (0, "", "0 parts would be sent now; nothing was.\n")
    approve(shell)
    before = shell.files()
    ran = shell.run("post", "--dry-run")
    assert [line for line in ran.out.splitlines() if not line.startswith("---")] == PARTS
    assert ran.err == "3 parts would be sent now; nothing was.\n"
    assert [row["text"] for row in shell.run("post", "--dry-run", "--json").json] == PARTS
    assert shell.files() == before
    assert not (shell.state / "try.console.jsonl").exists()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("threw", "tossed", "edited since its approval"),
        ("---\nversion: 1", "---\nversion: 2", "version 2 is not known"),
    ],
)
def test_a_dry_run_says_why_something_would_not_be_sent(shell: Shell, old: str, new: str, why: str) -> None:
    approve(shell)
    shell.write("drafts/launch.md", DRAFT.replace(old, new))
    ran = shell.run("post", "--dry-run")
    assert ran.out == ""
    assert "launch on try: would not be sent: " in ran.err
    assert why in ran.err


def edit_draft(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))


def remove_entry(shell: Shell) -> None:
    shell.enter()


def edit_account(shell: Shell) -> None:
    path = shell.project / "contentkit.toml"
    path.write_text(path.read_text().replace('language = "en"', 'language = "en"\nvisibility = "private"'))


@pytest.mark.parametrize("change", [edit_draft, remove_entry, edit_account])
def test_what_is_edited_or_gone_in_mid_thread_is_held_with_what_is_out_told(
    shell: Shell, server: CompatibleServer, change: Callable[[Shell], None]
) -> None:
    with FaultyProxy(server.url, ["hold"]) as proxy:
        shell.connect(proxy.url)
        approve(shell, accounts="ours")
        process = shell.start("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
        proxy.wait_until_held(20)
        change(shell)
        proxy.release()
        ran = finished(process)
    assert ran.code == 4
    assert "launch 1/3 on ours: sent: http" in ran.out
    assert "launch 2/3 on ours: HELD: " in ran.out
    assert server.threads() == [PARTS[:1]]
    row = shell.run("queue", "--json").json[0]
    assert (row["state"], row["why"].startswith("1 of 3 out; ")) == ("held", True)


def test_settings_that_are_half_saved_in_mid_thread_keep_the_rest_waiting(
    shell: Shell, server: CompatibleServer
) -> None:
    with FaultyProxy(server.url, ["hold"]) as proxy:
        shell.connect(proxy.url)
        approve(shell, accounts="ours")
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        process = shell.start("post", variables=token)
        proxy.wait_until_held(20)
        whole = (shell.project / "contentkit.toml").read_text()
        shell.write("contentkit.toml", whole + "[accounts.")
        proxy.release()
        ran = finished(process)
        assert (ran.code, "contentkit.toml" in ran.out, server.threads()) == (4, True, [PARTS[:1]])
        shell.write("contentkit.toml", whole)
        assert shell.run("post", variables=token).code == 0
    assert server.threads() == [PARTS]


def test_stop_sends_nothing_until_start(shell: Shell) -> None:
    approve(shell)
    assert shell.run("stop", "--reason", "wrong figures").code == 0
    assert (shell.run("post").out, shell.run("status").code) == ("", 4)
    assert "wrong figures" in shell.run("status").out
    assert shell.run("post", "--dry-run").err.startswith("Publishing is stopped (")
    assert "Publishing is stopped" in shell.run("queue").err
    shown = shell.run("start", "--dry-run").out
    assert shown.splitlines()[0] == "Publishing would go on with the next 'contentkit post'."
    assert re.fullmatch(r"  launch on try, due .+: goes out", shown.splitlines()[1])
    assert shell.run("status").code == 4
    assert shell.run("start").code == 0
    assert [one["kind"] for one in shell.run("post", "--json").json] == ["sent"] * 3
    assert shell.run("status").code == 0


@pytest.mark.parametrize(("minutes", "code"), [(5, 0), (16, 1)])
def test_who_loses_the_lock_is_silent_until_the_other_hangs(shell: Shell, minutes: int, code: int) -> None:
    approve(shell)
    with publisher_lock(shell.state, datetime.now(UTC) - timedelta(minutes=minutes)):
        ran = shell.run("post")
    assert (ran.code, ran.out, "has been at work since" in ran.err) == (code, "", code == 1)
    assert shell.run("post").out.count(": sent") == 3


def test_a_thread_that_the_caps_do_not_let_begin_is_told_before_its_run(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + "caps = { day = 2 }\n")
    approve(shell)
    why = "has 3 parts, contentkit.toml allows 2 in a day"
    assert f"launch on try: would not be sent: {why}" in shell.run("post", "--dry-run").err
    (row,) = shell.run("queue", "--json").json
    assert (row["why"], row["who"], "allow more in contentkit.toml" in row["next"][0]) == (why, "you", True)
    ran = shell.run("post")
    assert (ran.code, why in ran.out) == (4, True)
    assert (shell.run("post").code, shell.run("post").out) == (0, "")
    shell.write("contentkit.toml", CONFIG + "caps = { day = 3 }\n")
    assert shell.run("post").out.count(": sent") == 3


def test_without_a_token_the_account_is_paused_and_said_once(shell: Shell, server: CompatibleServer) -> None:
    shell.connect(server.url)
    approve(shell, accounts="ours")
    ran = shell.run("post")
    assert ran.code == 4
    assert (
        "ours: PAUSED: account 'ours' has no token (contentkit accounts add ours; or set CONTENTKIT_OURS_TOKEN"
        in ran.out
    )
    ran = shell.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert shell.run("status").code == 4
    assert "has no token" in shell.run("queue").rows[1][5]
    assert server.history == ()


def test_a_server_out_of_reach_is_a_failure_said_once(shell: Shell) -> None:
    with CompatibleServer() as server:
        url = server.url
    shell.connect(url)
    approve(shell, accounts="ours")
    token = {"CONTENTKIT_OURS_TOKEN": "x"}
    ran = shell.run("post", variables=token)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("ours: waits: ")
    ran = shell.run("post", variables=token)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_second_run_at_the_same_time_ends_at_once_and_in_silence(shell: Shell, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["hold"]) as proxy:
        shell.connect(proxy.url)
        approve(shell, accounts="ours")
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        process = shell.start("post", variables=token)
        proxy.wait_until_held(20)
        second = shell.run("post", variables=token)
        proxy.release()
        assert finished(process).code == 0
    assert (second.code, second.out, second.err) == (0, "", "")
    assert server.threads() == [PARTS]


def test_what_a_server_says_cannot_steer_the_terminal(shell: Shell, server: CompatibleServer) -> None:
    approve(shell)
    shell.write("drafts/launch.md", DRAFT.replace("version: 1", "\x1b]0;title\x07: 1"))
    shell.run("post")
    for command in ("queue", "status", "queue --json", "status --json"):
        out = shell.run(*command.split()).out
        assert "launch" in out
        assert "\x1b" not in out
        assert "\x07" not in out
