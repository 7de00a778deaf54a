"""What runs of ``post`` leave for monitoring: a heartbeat, a ping, a log. None of it is in the way of publishing."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request
from tests.cli.alerting import write_machine
from tests.cli.shell import DRAFT, PARTS, Shell, entry, time_in


@dataclass
class Switch:
    """What a dead man's switch heard, and what it answers."""

    replies: list[Reply] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, request: Request) -> Reply:
        self.heard.append(f"{request.method} {request.target}")
        return self.replies.pop(0) if self.replies else Answer(status=200, body=b"OK")


@pytest.fixture
def switch() -> Iterator[Switch]:
    switch = Switch()
    with LoopbackServer(switch.answer) as server:
        switch.url = server.url
        yield switch


def approve(shell: Shell, **at: float) -> None:
    shell.enter(entry("launch", at=time_in(**(at or {"seconds": -60}))))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0


def hold(shell: Shell) -> None:
    approve(shell)
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))


def heartbeat(shell: Shell) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((shell.state / "heartbeat.json").read_bytes())
    return values


# -- the heartbeat


def test_each_run_leaves_a_heartbeat_for_its_owner_only(shell: Shell) -> None:
    hold(shell)
    for code in (4, 0):
        before = datetime.now(UTC).replace(microsecond=0)
        assert shell.run("post").code == code
        told = heartbeat(shell)
        assert before <= datetime.fromisoformat(told["at"]) <= datetime.now(UTC)
        assert (told["code"], told["waiting"]) == (code, 1)
    path = shell.state / "heartbeat.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(shell.state.glob(".heartbeat*")), "nothing is left beside it"


def test_where_it_cannot_be_written_the_run_goes_on(shell: Shell) -> None:
    approve(shell)
    (shell.state / "heartbeat.json").mkdir()
    ran = shell.run("post")
    assert (ran.code, "3/3 on try: sent" in ran.out, ran.err) == (0, True, "")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"at": 5}', b'{"at": "x", "code": 0, "waiting": 0, "said": {}}']
)
def test_a_heartbeat_that_makes_no_sense_is_as_none(shell: Shell, content: bytes) -> None:
    approve(shell, hours=1)
    (shell.state / "heartbeat.json").write_bytes(content)
    assert "The last" not in shell.run("status").err
    assert shell.run("post").code == 0
    assert heartbeat(shell)["code"] == 0


def test_status_tells_the_last_run_and_what_is_next(shell: Shell) -> None:
    approve(shell, hours=3, minutes=10)
    shell.run("post")
    ran = shell.run("status")
    assert (ran.code, ran.out) == (0, "Nothing waits for a person.\n")
    assert re.fullmatch(
        r"The last 'contentkit post' ended (now|1 min ago)\.\nNext: launch on try, due in 3 h; planned: 1\.\n", ran.err
    )
    assert shell.run("status", "--json").err == ""


def test_status_tells_a_run_that_failed_until_one_goes_well(shell: Shell) -> None:
    approve(shell, hours=3)
    machine = write_machine(shell, "[approval]\ntrust = 'nobody'\n")
    assert shell.run("post").code == 1
    machine.unlink()
    ran = shell.run("status")
    assert (ran.code, "contentkit post: failed: " in ran.out) == (4, True)
    assert "with exit code 1" in ran.err
    assert shell.run("post").code == 0
    assert shell.run("status").code == 0


# -- the ping


def test_each_run_reports_how_it_ended(shell: Shell, switch: Switch) -> None:
    write_machine(shell, f'[alerts]\nping = "{switch.url}/key/{{project}}?rid=7"\n')
    hold(shell)
    assert [shell.run("post").code for _ in range(2)] == [4, 0]
    assert switch.heard == ["GET /key/our-posts/fail?rid=7", "GET /key/our-posts?rid=7"]


def test_a_code_in_the_address_is_filled_in(shell: Shell, switch: Switch) -> None:
    hold(shell)
    address = f"{switch.url}/key/{{code}}"
    assert [shell.run("post", "--ping", address).code for _ in range(2)] == [4, 0]
    assert switch.heard == ["GET /key/4", "GET /key/0"]


def test_a_run_that_fails_as_a_whole_reports_it_each_time(shell: Shell, switch: Switch) -> None:
    approve(shell)
    (shell.state / "journal.db").unlink()
    for _ in range(2):
        assert shell.run("post", "--ping", f"{switch.url}/k").code == 1
    assert switch.heard == ["GET /k/fail"] * 2


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Answer(status=404), "HTTP 404"),
        (Answer(status=302, headers=(("Location", "/elsewhere"),)), "HTTP 302"),
        (HangUp.RST, "no answer"),
    ],
)
def test_a_ping_that_does_not_arrive_is_said_once_and_changes_nothing(
    shell: Shell, switch: Switch, reply: Reply, why: str
) -> None:
    switch.replies = [reply, reply]
    write_machine(shell, f'[alerts]\nping = "{switch.url}/secret-key"\n')
    approve(shell)
    ran = shell.run("post")
    assert (ran.code, ran.out.count(": sent: ")) == (0, 3)
    assert ran.err == f"contentkit: the ping did not arrive: {why}\n"
    assert shell.run("post").err == ""
    status = shell.run("status")
    assert (status.code, f"ping: did not arrive: {why}" in status.out) == (4, True)
    assert shell.run("post").code == 0
    assert switch.heard == ["GET /secret-key"] * 3, "no redirect is followed"
    assert shell.run("status").code == 0
    told = ran.out + ran.err + status.out + status.err + (shell.state / "heartbeat.json").read_text()
    assert "secret-key" not in told


@pytest.mark.parametrize(
    "address", ["http://hc.example/k", "hc.example/k", "https://me:pass@hc.example/k", "https://hc.example/a b"]
)
def test_an_address_that_others_could_read_is_refused_and_not_repeated(shell: Shell, address: str) -> None:
    ran = shell.run("post", "--ping", address)
    assert (ran.code, "hc.example" in ran.err) == (2, False)
    write_machine(shell, f'[alerts]\nping = "{address}"\n')
    ran = shell.run("post")
    assert (ran.code, "machine.toml:3" in ran.err, "hc.example" in ran.err) == (1, True, False)


def test_a_quiet_run_that_pings_loads_no_library_for_it(shell: Shell, switch: Switch) -> None:
    approve(shell, hours=1)
    shell.run("post")
    ran = shell.run("post", "--ping", switch.url, variables={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = {line.rpartition("|")[2].strip() for line in ran.err.splitlines()}
    assert switch.heard == ["GET /"]
    assert "contentkit.web.exchange" in loaded
    assert not loaded & {"requests", "urllib3", "mastodon", "tweepy", "rich"}


# -- the log


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_log_has_a_line_for_each_fact_and_grows(shell: Shell) -> None:
    path = shell.home / "logs.jsonl"
    write_machine(shell, '[log]\nfile = "~/logs.jsonl"\n')
    approve(shell)
    shell.run("post")
    assert [(one["kind"], one["entry"], one["part"], one["url"]) for one in lines_of(path)] == [
        ("sent", "launch", number, f"console://try/{number + 1}") for number in range(3)
    ]
    assert len({one["run"] for one in lines_of(path)}) == 1
    assert {one["project"] for one in lines_of(path)} == {"our-posts"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    shell.run("post")
    assert path.read_bytes() == before, "a quiet run says nothing"
    assert not any(part.encode() in before for part in PARTS)


def test_a_log_that_was_moved_away_begins_anew(shell: Shell) -> None:
    path = shell.home / "log"
    hold(shell)
    shell.run("post", "--log", str(path))
    path.rename(shell.home / "log.1")
    shell.run("resolve", "launch", "--skip")
    shell.write("drafts/launch.md", DRAFT)
    shell.enter(entry("second", at=time_in(seconds=-60)))
    assert shell.run("approve", "second", "--yes").code == 0
    shell.run("post", "--log", str(path))
    assert [one["kind"] for one in lines_of(shell.home / "log.1")] == ["held"]
    assert [one["kind"] for one in lines_of(path)] == ["sent"] * 3


@pytest.mark.parametrize("place", ["folder", "nowhere", "pipe", "full"])
def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(shell: Shell, place: str) -> None:
    (shell.home / "folder").mkdir()
    os.mkfifo(shell.home / "pipe")
    path = {"nowhere": "no/such/folder/log", "full": "/dev/full"}.get(place, place)
    write_machine(shell, f'[log]\nfile = "{shell.home / path}"\n')
    approve(shell)
    ran = shell.run("post")
    assert (ran.code, ran.out.count(": sent: ")) == (0, 3)
    assert f"contentkit: {shell.home / path}: cannot be written: " in ran.err
    assert shell.run("post").err == ""
    assert shell.run("status").code == 4


def test_nothing_of_it_is_left_where_another_machine_publishes(shell: Shell) -> None:
    shell.run("post")
    assert not (shell.home / "state").exists()
