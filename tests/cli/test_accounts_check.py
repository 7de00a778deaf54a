"""Who the network says we are: pinned, compared, written down; one account's trouble does not stop the others."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.cli.shell import CONFIG, Ran, Shell, entry, time_in
from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import MASTODON, CompatibleServer
from tests.servers.x_server import XServer

# What contentkit takes for usual on Mastodon.
USUAL = ServerLimits(max_characters=500, characters_reserved_per_url=23, max_media_attachments=4)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer(limits=USUAL) as server:
        yield server


def ours(server: CompatibleServer, more: str = "") -> str:
    account = f'\n[accounts.ours]   # the main one\nplatform = "mastodon"\nserver = "{server.url}"\nlanguage = "en"\n'
    return f"{CONFIG}{account}{more}{more and chr(10)}\n# the end\n"


def check(shell: Shell, server: CompatibleServer, *arguments: str) -> Ran:
    return shell.run("accounts", "check", *arguments, variables={"CONTENTKIT_OURS_TOKEN": server.token})


def settings(shell: Shell) -> str:
    return (shell.project / "contentkit.toml").read_text()


def test_the_id_is_pinned_and_everything_else_in_the_settings_stays(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    ran = check(shell, server, "ours")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0].endswith(f"on {server.url} (id {server.account_id}), secrets: environment")
    assert settings(shell) == ours(server, f'id = "{server.account_id}"')
    assert check(shell, server, "ours").out.splitlines() == ran.out.splitlines()[:1]
    assert settings(shell) == ours(server, f'id = "{server.account_id}"')


def test_a_byte_order_mark_and_the_line_ends_of_windows_stay(shell: Shell, server: CompatibleServer) -> None:
    def as_bytes(text: str) -> bytes:
        return ("\ufeff" + text.replace("\n", "\r\n")).encode()

    path = shell.write("contentkit.toml", as_bytes(ours(server)))
    assert check(shell, server, "ours").code == 0
    assert path.read_bytes() == as_bytes(ours(server, f'id = "{server.account_id}"'))


def test_limits_are_stated_where_they_differ(shell: Shell, server: CompatibleServer) -> None:
    server.set_limits(replace(USUAL, max_characters=5000))
    shell.write("contentkit.toml", ours(server, 'id = "x"\nlimits = { characters = 400, media = 4 } # so'))
    shell.write("contentkit.toml", settings(shell).replace('"x"', f'"{server.account_id}"'))
    before = settings(shell)
    assert "characters = 5000" in check(shell, server, "ours").out
    assert settings(shell) == before.replace("400", "5000")


def test_a_dry_run_tells_the_same_and_writes_nothing(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    told = check(shell, server, "--dry-run")
    assert settings(shell) == ours(server)
    assert f"id = {server.account_id}" in told.out


def test_another_account_than_the_pinned_one_is_an_error_that_names_both(
    shell: Shell, server: CompatibleServer
) -> None:
    shell.write("contentkit.toml", ours(server, 'id = "31337"'))
    ran = check(shell, server, "ours")
    assert ran.code == 1
    assert "account 'ours': logged in as another account" in ran.err
    assert server.account_id in ran.err
    assert "31337" in ran.err
    assert settings(shell) == ours(server, 'id = "31337"')


def test_an_account_that_the_journal_saw_first_is_not_pinned_as_another(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="ours"))
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token}).code == 0
    with CompatibleServer(limits=USUAL) as other:
        shell.write("contentkit.toml", ours(other))
        ran = check(shell, other, "ours")
        assert (ran.code, "logged in as another account" in ran.err) == (1, True)
        assert settings(shell) == ours(other)


def test_approvals_that_a_pinned_id_makes_void_are_named_and_a_person_is_needed(
    shell: Shell, server: CompatibleServer
) -> None:
    shell.write("contentkit.toml", ours(server))
    shell.enter(
        entry("launch", at=time_in(days=1), accounts="ours"), entry("other", at=time_in(days=2), accounts="try")
    )
    assert shell.run("approve", "launch", "other", "--yes").code == 0
    assert check(shell, server, "ours", "--dry-run").code == 0
    ran = check(shell, server, "ours")
    assert ran.code == 4
    assert "    approve again: contentkit approve launch\n" in ran.out
    assert "approve other" not in ran.out
    assert shell.run("approve", "launch", "--yes").code == 0
    assert check(shell, server, "ours").code == 0


def test_one_that_is_down_does_not_stop_the_others(shell: Shell, server: CompatibleServer) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        down = f'\n[accounts.down]\nplatform = "mastodon"\nserver = "http://127.0.0.1:{closed.getsockname()[1]}"\n'
        secretless = f'\n[accounts.new]\nplatform = "mastodon"\nserver = "{server.url}"\n'
        shell.write("contentkit.toml", CONFIG + down + secretless + ours(server).removeprefix(CONFIG))
        variables = {"CONTENTKIT_OURS_TOKEN": server.token, "CONTENTKIT_DOWN_TOKEN": "x"}
        ran = shell.run("accounts", "check", variables=variables)
        told = {one["name"]: one for one in shell.run("accounts", "check", "--json", variables=variables).json}
    assert ran.code == 1
    assert "contentkit: down: 127.0.0.1:" in ran.err
    assert "the server cannot be reached\n  check again later" in ran.err
    assert "account 'new' has no token\n  contentkit accounts add new" in ran.err
    assert f'id = "{server.account_id}"' in settings(shell)
    assert [name for name, one in told.items() if one["error"]] == ["down", "new"]
    assert (told["ours"]["id"], told["ours"]["secrets"]) == (server.account_id, {"token": "environment"})


def test_a_revoked_token_is_told_with_what_to_do(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    server.set_token("another")
    ran = shell.run("accounts", "check", "ours", variables={"CONTENTKIT_OURS_TOKEN": "revoked"})
    assert (ran.code, "HTTP 401" in ran.err) == (1, True)
    assert "'contentkit accounts add NAME' signs in anew" in ran.err
    assert "revoked" not in ran.err.replace("was revoked", "")


def test_a_name_that_is_none_is_told_with_the_nearest(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    ran = check(shell, server, "our")
    assert (ran.code, "did you mean 'ours'?" in ran.err) == (1, True)


def test_another_handle_than_the_settings_say_is_remarked(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server, 'handle = "yesterday"'))
    assert "contentkit.toml calls it @yesterday" in check(shell, server, "ours").out
    assert 'handle = "yesterday"' in settings(shell)


def test_what_the_token_may_not_do_is_remarked_where_the_server_tells(shell: Shell) -> None:
    with CompatibleServer(limits=USUAL, speaks=MASTODON) as server:
        shell.write("contentkit.toml", ours(server))
        assert "does not allow" not in check(shell, server, "ours").out
        server.set_scopes("read", "write:statuses")
        ran = check(shell, server, "ours")
        assert (ran.code, ran.out.count("does not allow")) == (0, 1)
        assert "    the token does not allow write:media: posts with pictures cannot be sent\n" in ran.out


def test_without_room_the_settings_stay_as_they_were(shell: Shell, server: CompatibleServer) -> None:
    shell.write("contentkit.toml", ours(server))
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    ran = shell.run_without_room(0, "accounts", "check", "ours", variables=token)
    assert (ran.code, "cannot be written" in ran.err) == (1, True)
    assert settings(shell) == ours(server)


def test_x_keeps_280_characters_unless_more_is_stated(shell: Shell) -> None:
    with XServer() as x:
        account = f'\n[accounts.on-x]\nplatform = "x"\nserver = "{x.url}"\n'
        shell.write("contentkit.toml", CONFIG + account)
        keys = {f"CONTENTKIT_ON_X_{name.upper()}": value for name, value in x.keys.as_secrets().items()}
        ran = shell.run("accounts", "check", "on-x", variables=keys)
        assert (ran.code, ran.err) == (0, "")
        assert "limits" not in settings(shell)
        shell.write("contentkit.toml", f"{settings(shell)}limits = {{ characters = 25000 }}\n")
        assert "characters = 280" in shell.run("accounts", "check", "on-x", variables=keys).out
        assert "limits = { characters = 280 }\n" in settings(shell)
