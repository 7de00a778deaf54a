"""The alert command: told once of each new fact that needs a person, until it went through; never in the way of publishing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cli.alerting import AlertProgram, alert_program, with_alerts, write_machine
from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def program(shell: Shell) -> AlertProgram:
    return with_alerts(shell)


def approve(shell: Shell, name: str = "launch", *, accounts: str = "try") -> None:
    shell.enter(entry(name, at=time_in(seconds=-60), accounts=accounts))
    assert shell.run("approve", name, "--yes", "--by", "Ana").code == 0


def hold(shell: Shell) -> None:
    """An approved thread that the next run holds."""
    approve(shell)
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))


def waiting(shell: Shell) -> dict[str, Any]:
    path = shell.state / "alerts.json"
    values: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return values


def let_time_pass(shell: Shell, **time: float) -> None:
    """As if the last try had been made so much earlier."""
    path, values = shell.state / "alerts.json", waiting(shell)
    before = datetime.fromisoformat(values["not_before"]) - timedelta(**time)
    path.write_text(json.dumps({**values, "not_before": f"{before.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}))


def test_what_newly_needs_a_person_is_told_once(shell: Shell, program: AlertProgram) -> None:
    hold(shell)
    ran = shell.run("post")
    assert (ran.code, "HELD" in ran.out, ran.err) == (4, True, "Somebody has to look: contentkit status\n")
    assert shell.run("post").out == ""
    [start] = program.starts
    assert start["words"] == ["--urgent"]
    assert start["message"]["summary"] == "our-posts: launch 1/3 on try: HELD: edited after the approval"
    [fact] = start["message"]["facts"]
    assert (fact["kind"], fact["entry"], fact["account"], fact["part"]) == ("held", "launch", "try", 0)
    assert waiting(shell) == {}


def test_what_goes_out_is_nobodys_alarm(shell: Shell, program: AlertProgram) -> None:
    approve(shell)
    assert shell.run("post").code == 0
    assert shell.run("post").code == 0
    assert program.starts == []


def test_neither_words_of_posts_nor_secrets_reach_the_command(
    shell: Shell, program: AlertProgram, server: CompatibleServer
) -> None:
    shell.connect(server.url)
    approve(shell, accounts="ours")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    secret = {"CONTENTKIT_OURS_TOKEN": server.token, "LD_PRELOAD": "", "PYTHONSTARTUP": "x"}
    assert shell.run("post", variables=secret).code == 4
    [start] = program.starts
    told = json.dumps(start)
    assert server.token not in told
    assert not any(part in told for part in PARTS)
    assert set(start["environment"]) <= {"HOME", "PATH", "LC_ALL", "LC_CTYPE"}
    # Others on this machine can read arguments.
    assert start["words"] == ["--urgent"]


def test_a_command_that_fails_is_said_once_and_tried_again_until_it_took_it(
    shell: Shell, program: AlertProgram
) -> None:
    program.ends_with(7)
    hold(shell)
    ran = shell.run("post")
    assert ran.code == 4, "its failure changes nothing"
    assert "contentkit: the alert command did not take it: it ended with exit code 7\n" in ran.err
    ran = shell.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", ""), "a minute has not passed"
    assert len(program.starts) == 1
    for tries in (2, 3):
        let_time_pass(shell, hours=2)
        assert shell.run("post").err == ""
        assert len(program.starts) == tries
    program.ends_with(0)
    let_time_pass(shell, hours=2)
    shell.run("post")
    shell.run("post")
    assert program.kinds == [["held"]] * 4
    assert waiting(shell) == {}


def test_between_tries_the_time_grows_to_two_hours(shell: Shell, program: AlertProgram) -> None:
    program.ends_with(1)
    hold(shell)
    waits = []
    for _ in range(9):
        shell.run("post")
        until = datetime.fromisoformat(waiting(shell)["not_before"])
        waits.append(round((until - datetime.now(UTC)).total_seconds() / 60))
        let_time_pass(shell, hours=3)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120]


def test_a_new_fact_does_not_wait_and_takes_along_what_does(shell: Shell, program: AlertProgram) -> None:
    program.ends_with(1)
    hold(shell)
    shell.run("post")
    program.ends_with(0)
    second = entry("second", at=time_in(seconds=-60))
    shell.write("drafts/launch.md", DRAFT)
    shell.enter(entry("launch", at=time_in(seconds=-60)), second)
    assert shell.run("approve", "second", "--yes").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    assert shell.run("post").code == 4
    assert program.kinds == [["held"], ["held", "held"]]
    assert program.messages[1]["summary"].endswith(" (and 1 more)")


@pytest.mark.parametrize("words", ['["/nowhere/alert"]', '["alert-that-nobody-has"]'])
def test_a_program_that_is_not_there_is_said_and_stops_nothing(shell: Shell, words: str) -> None:
    write_machine(shell, f"[alerts]\ncommand = {words}\n")
    hold(shell)
    ran = shell.run("post")
    assert (ran.code, "HELD" in ran.out) == (4, True)
    assert "cannot be started: No such file or directory" in ran.err
    status = shell.run("status")
    assert "alerts: not delivered" in status.out
    assert "cannot be started" in status.out


def test_the_end_of_a_trouble_is_told_if_its_beginning_was(
    shell: Shell, program: AlertProgram, server: CompatibleServer
) -> None:
    shell.connect(server.url)
    approve(shell, accounts="ours")
    assert shell.run("post").code == 4, "there is no token"
    assert shell.run("post").code == 0
    ran = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    assert (ran.code, server.threads()) == (0, [PARTS])
    assert program.kinds == [["paused"], ["recovered"]]
    assert program.messages[1]["summary"] == "our-posts: ours: works again"
    assert shell.run("post").code == 0
    assert len(program.starts) == 2


def test_a_run_that_fails_as_a_whole_alerts_once_and_is_said_once(shell: Shell, program: AlertProgram) -> None:
    approve(shell)
    journal = (shell.state / "journal.db").read_bytes()
    (shell.state / "journal.db").unlink()
    ran = shell.run("post")
    assert (ran.code, "journal was lost" in ran.err) == (1, True)
    for _ in range(2):
        ran = shell.run("post")
        assert (ran.code, ran.out, ran.err) == (1, "", ""), "cron has sent the mail"
    (shell.state / "journal.db").write_bytes(journal)
    ran = shell.run("post")
    assert (ran.code, len(ran.out.splitlines())) == (0, 6)
    assert program.kinds == [["failed"], ["recovered"]]
    assert "journal was lost" in program.messages[0]["summary"]


def test_a_person_at_a_terminal_hears_each_time_why_a_run_failed(shell: Shell) -> None:
    approve(shell)
    (shell.state / "journal.db").unlink()
    for _ in range(2):
        ran = shell.run_in_terminal("post")
        assert (ran.code, "journal was lost" in " ".join(ran.err.split())) == (1, True)


def test_where_alerts_cannot_be_kept_that_is_said_and_stops_nothing(shell: Shell, program: AlertProgram) -> None:
    hold(shell)
    (shell.state / "alerts.lock").mkdir()
    ran = shell.run("post")
    assert (ran.code, "HELD" in ran.out) == (4, True)
    assert "contentkit: alerts cannot be kept: " in ran.err
    assert program.starts == []


def test_a_damaged_file_of_alerts_stops_nothing(shell: Shell, program: AlertProgram) -> None:
    hold(shell)
    (shell.state / "alerts.json").write_text('{"news": [{"kind": ')
    assert shell.run("post").code == 4
    assert program.kinds == [["held"]]


def test_the_settings_that_name_a_command_cannot_come_with_the_project(shell: Shell) -> None:
    hold(shell)
    theirs = alert_program(shell.home / "theirs")
    alerts = f'[alerts]\ncommand = ["{theirs.path}"]\n'
    config = shell.project / "contentkit.toml"
    before = config.read_text()
    config.write_text(before + alerts)
    ran = shell.run("post")
    assert (ran.code, "no key 'alerts'" in ran.err) == (1, True)
    config.write_text(before)
    shell.write("contentkit/machine.toml", f"version = 1\n{alerts}").chmod(0o600)
    ran = shell.run("post", variables={"XDG_CONFIG_HOME": str(shell.project)})
    assert (ran.code, "where a pull request could change it" in ran.err) == (1, True)
    assert theirs.starts == []


def test_doctor_sends_a_test_alert_and_shows_what_the_program_says(shell: Shell, program: AlertProgram) -> None:
    ran = shell.run("doctor", "--alert")
    assert (ran.code, "the program's own words" in ran.out) == (0, True)
    [message] = program.messages
    assert (message["test"], message["summary"]) == (True, "our-posts: a test: alerts arrive")
    program.ends_with(3)
    ran = shell.run("doctor", "--alert")
    assert (ran.code, "it ended with exit code 3" in ran.out) == (1, True)


def test_doctor_says_how_to_name_a_command(shell: Shell) -> None:
    ran = shell.run("doctor", "--alert")
    assert (ran.code, "[alerts]" in ran.out) == (4, True)


def test_a_dead_token_alerts_hours_before_the_slot(
    shell: Shell, program: AlertProgram, server: CompatibleServer
) -> None:
    shell.connect(server.url)
    shell.enter(entry("launch", at=time_in(hours=3), accounts="ours"))
    assert shell.run("approve", "launch", "--yes").code == 0
    ran = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": "taken-back"})
    assert (ran.code, ran.out.startswith("ours: PAUSED: ")) == (4, True)
    assert "contentkit accounts add" in ran.out
    assert program.kinds == [["paused"]]
    assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": "taken-back"}).out == ""
    assert server.statuses == []
