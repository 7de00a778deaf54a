"""Sign-ins that end: told a week ahead and when they have ended, wherever somebody looks, and once where nobody does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.cli.expiries import AHEAD, end_of, expiries, note_expiry
from contentkit.cli.project import Project
from contentkit.config import load_config
from tests.cli.alerting import with_alerts
from tests.cli.conversation import Conversation
from tests.cli.shell import Ran, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = 24 * 60 * 60
ADD = "contentkit accounts add ours"


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def sign_in(shell: Shell, server: CompatibleServer) -> Ran:
    with Conversation(shell, "accounts", "add", "ours", "--platform", "mastodon", "--server", server.url) as talk:
        page = f"{server.url}/oauth/authorize"
        talk.wait_for(page)
        talk.answer("code", server.approve(page + talk.wait_for("\n").strip()))
        talk.answer("Is this 'ours'?", "y")
        return talk.end()


def expiries_file(shell: Shell) -> Path:
    return shell.state / "expiries.json"


def let_time_pass(shell: Shell, **time: float) -> str:
    """As if the sign-in of ``ours`` had been made so much earlier. Returns when it ends."""
    values = json.loads(expiries_file(shell).read_text())
    kept = values["accounts"]["ours"]
    before = datetime.fromisoformat(kept["at"]) - timedelta(**time)
    kept["at"] = f"{before.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    expiries_file(shell).write_text(json.dumps(values))
    return f"{before.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def project(shell: Shell, **variables: str) -> Project:
    return Project(shell.project, load_config(shell.project), shell.environment(variables))


def noted(shell: Shell, at: datetime | None, token: str = "a-token") -> Project:
    """A project whose account ``ours`` was given a token that works until then."""
    shell.connect("https://social.example")
    here = project(shell)
    note_expiry(here, here.config.accounts["ours"], {"token": token}, at)
    return here


def test_a_sign_in_that_ends_is_told_from_a_week_ahead_by_each_who_looks(
    shell: Shell, server: CompatibleServer
) -> None:
    server.desk.life = 10 * DAY
    signed = sign_in(shell, server)
    assert signed.code == 0
    assert expiries_file(shell).stat().st_mode & 0o777 == 0o600
    assert shell.run("status").code == 0

    at = let_time_pass(shell, days=4)
    ran = shell.run("status")
    assert (ran.code, ran.out) == (4, f"ours: expires soon: its sign-in ends {at}\n    {ADD}\n")
    [waits] = shell.run("today", "--json").json["waits"]
    assert (waits["what"], waits["state"], waits["who"], waits["next"]) == ("ours", "expires soon", "you", [ADD])
    doctor = shell.run("doctor")
    assert ["warning", "account ours", f"its sign-in ends {at}", ADD] in doctor.rows

    at = let_time_pass(shell, days=7)
    assert shell.run("status").out == f"ours: expired: its sign-in ended {at}\n    {ADD}\n"
    doctor = shell.run("doctor")
    assert doctor.code == 1
    assert ["error", "account ours", f"its sign-in ended {at}", ADD] in doctor.rows


def test_a_new_sign_in_takes_the_place_of_the_old_one_and_one_without_end_forgets_it(
    shell: Shell, server: CompatibleServer
) -> None:
    server.desk.life = 2 * DAY
    sign_in(shell, server)
    assert shell.run("status").code == 4
    server.desk.life = 90 * DAY
    later = sign_in(shell, server)
    assert "This sign-in ends " in later.out
    assert shell.run("status").code == 0
    server.desk.life = None
    assert "This sign-in ends " not in sign_in(shell, server).out
    assert json.loads(expiries_file(shell).read_text())["accounts"] == {}


def test_a_run_tells_it_once_and_once_more_when_it_has_ended(shell: Shell) -> None:
    program = with_alerts(shell)
    shell.enter(entry("launch", at=time_in(days=2)))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    noted(shell, datetime.now(UTC) + timedelta(days=8))
    assert (shell.run("post").code, program.kinds) == (0, [])

    at = let_time_pass(shell, days=2)
    ran = shell.run("post")
    assert (ran.code, ran.out) == (4, f"ours: EXPIRES SOON: its sign-in ends {at}: {ADD}\n")
    ran = shell.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", "")

    at = let_time_pass(shell, days=7)
    ran = shell.run("post")
    assert (ran.code, ran.out) == (4, f"ours: EXPIRED: its sign-in ended {at}: {ADD}\n")
    assert shell.run("post").code == 0
    assert program.kinds == [["expiring"], ["expired"]]


@pytest.mark.parametrize(
    "life", [0, -1, -(10**30), 10**30, 10**11, 3600.5, 1e300, True, "3600", "soon", "", [3600], {"seconds": 1}]
)
def test_what_is_no_length_of_time_is_no_end(shell: Shell, server: CompatibleServer, life: object) -> None:
    from contentkit.platforms.mastodon_login import sign_in as log_in

    server.desk.life = life
    pages: list[str] = []
    given = log_in(server.url, pages.append, lambda _: server.approve(pages[-1]))
    assert given["token"] in server.desk.tokens
    assert end_of(given.get("expires_in", ""), NOW) is None


@pytest.mark.parametrize("seconds", ["", "-5", "1e9", "٣", "1.5", "0", "9" * 5000])
def test_what_another_network_says_may_be_as_wrong(seconds: str) -> None:
    assert end_of(seconds, NOW) is None


def test_an_end_is_told_from_seven_days_ahead_to_the_second(shell: Shell) -> None:
    at = end_of("2592000", NOW)
    assert at == NOW + timedelta(days=30)
    here = noted(shell, at)
    assert expiries(here, at - AHEAD - timedelta(seconds=1)) == []
    [soon] = expiries(here, at - AHEAD)
    [over] = expiries(here, at)
    assert (soon.kind, over.kind) == ("expiring", "expired")


def test_secrets_that_were_put_in_the_place_of_those_are_not_warned_of(shell: Shell) -> None:
    here = noted(shell, NOW)
    assert [one.account for one in expiries(here, NOW)] == ["ours"]
    assert expiries(project(shell, CONTENTKIT_OURS_TOKEN="a-token"), NOW) == expiries(here, NOW)
    assert expiries(project(shell, CONTENTKIT_OURS_TOKEN="another"), NOW) == []
    file = here.settings / "secrets.toml"
    file.parent.mkdir(parents=True)
    file.touch(0o600)
    file.write_text('[ours]\ntoken = "another"\n')
    assert expiries(here, NOW) == []


def test_an_account_that_has_moved_or_gone_is_not_warned_of(shell: Shell) -> None:
    noted(shell, NOW)
    shell.connect("https://elsewhere.example")
    assert expiries(project(shell), NOW) == []
    shell.write("contentkit.toml", 'version = 1\nproject = "our-posts"\n')
    assert expiries(project(shell), NOW) == []


def test_nothing_is_kept_where_no_end_was_said(shell: Shell) -> None:
    noted(shell, None)
    assert not shell.state.exists()


@pytest.mark.parametrize(
    "words",
    ["", "{", "[]", '{"accounts": 5}', '{"accounts": {"ours": 5}}', '{"accounts": {"ours": {"at": "soon"}}}',
     '{"accounts": {"ours": {"at": "2026-11-23T09:30:00Z", "server": "https://social.example", "marks": 1}}}'],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_as_none_and_is_replaced(shell: Shell, words: str) -> None:
    here = noted(shell, NOW)
    expiries_file(shell).write_text(words)
    assert expiries(here, NOW) == []
    noted(shell, NOW)
    assert len(expiries(here, NOW)) == 1


def test_no_secret_is_kept(shell: Shell) -> None:
    noted(shell, NOW, token="a-token-of-the-server")
    assert "a-token-of-the-server" not in expiries_file(shell).read_text()
