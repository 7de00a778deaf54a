"""The list of accounts: who they are, where their secrets are, what is known to stand in their way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.cli.shell import CONFIG, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

TOKEN = "4f0c-not-a-real-token"
OURS = '\n[accounts.ours]\nplatform = "mastodon"\nserver = "https://social.example"\nhandle = "us"\n'
ON_X = '\n[accounts.on-x]\nplatform = "x"\n'


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def keep(shell: Shell, text: str, mode: int = 0o600) -> None:
    folder = shell.home / "config/contentkit"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "secrets.toml").write_text(text)
    (folder / "secrets.toml").chmod(mode)


def test_each_account_stands_on_a_line_with_the_places_of_its_secrets(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + OURS + ON_X)
    keep(shell, f"[ours]\ntoken = '{TOKEN}'\n[on-x]\naccess_token = '{TOKEN}'\n")
    ran = shell.run("accounts", variables={"CONTENTKIT_ON_X_API_KEY": TOKEN})
    assert (ran.code, ran.err) == (0, "")
    assert ran.rows == [
        ["try", "console", "-", "-", "none needed", "-"],
        ["ours", "mastodon", "https://social.example", "@us", "secrets.toml", "-"],
        ["on-x", "x", "-", "-", "environment, secrets.toml, missing: api_secret, access_secret", "-"],
    ]


def test_programs_read_the_same_with_nothing_for_what_is_missing(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + OURS + 'id = "109"\n')
    told = shell.run("accounts", "--json").json
    assert told[1] == {
        "name": "ours",
        "platform": "mastodon",
        "server": "https://social.example",
        "handle": "us",
        "id": "109",
        "secrets": {"token": None},
        "trouble": "",
    }


@pytest.mark.parametrize("arguments", ["accounts", "accounts --json"])
def test_no_secret_is_ever_shown(shell: Shell, arguments: str) -> None:
    shell.write("contentkit.toml", CONFIG + OURS + ON_X)
    keep(shell, f"[ours]\ntoken = '{TOKEN}'\n")
    ran = shell.run(*arguments.split(), variables={"CONTENTKIT_ON_X_API_KEY": TOKEN})
    assert TOKEN not in ran.out + ran.err


def test_the_table_fits_a_terminal_of_80_columns(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + OURS + ON_X)
    ran = shell.run_in_terminal("accounts")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", ran.out).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["account", "platform", "server", "handle", "secrets"]
    assert "https://social.example" in ran.out


def test_what_cannot_be_known_is_trouble_and_hides_nothing_else(shell: Shell) -> None:
    strange = '\n[accounts.new]\nplatform = "mastodn"\n'
    shell.write("contentkit.toml", CONFIG + OURS + strange)
    keep(shell, f"[ours]\ntoken = '{TOKEN}'\n", 0o644)
    told = {one["name"]: one for one in shell.run("accounts", "--json").json}
    assert told["ours"]["secrets"] is None
    assert "others can read it" in told["ours"]["trouble"]
    assert "no platform 'mastodn' is installed (did you mean 'mastodon'?)" in told["new"]["trouble"]
    assert told["try"]["trouble"] == ""


def test_the_trouble_that_the_journal_knows_is_shown(shell: Shell, server: CompatibleServer) -> None:
    shell.connect(server.url)
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": "revoked"}).code == 4
    assert "HTTP 401" in shell.run("accounts").rows[1][-1]


def test_a_journal_that_cannot_be_read_is_told_behind_the_accounts(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    assert shell.run("approve", "launch", "--yes").code == 0
    (shell.state / "journal.db").write_bytes(b"no database at all, but long enough to look like one" * 100)
    ran = shell.run("accounts")
    assert (ran.code, ran.rows) == (1, [["try", "console", "-", "-", "none needed", "-"]])
    assert "journal.db" in ran.err


def test_a_look_leaves_nothing_behind(shell: Shell) -> None:
    assert shell.run("accounts").code == 0
    assert {path.name for path in shell.home.iterdir()} == {"project"}


def test_a_project_without_accounts_says_how_to_get_one(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG.partition("[accounts")[0])
    ran = shell.run("accounts")
    assert (ran.code, ran.out, ran.err) == (0, "", "There is no account yet: contentkit accounts add NAME\n")
    assert shell.run("accounts", "--json").json == []
