"""contentkit.toml comes with git: a line of it must not send anybody's secrets to another server or another network."""

from __future__ import annotations

import pytest

from contentkit.cli.project import Project
from contentkit.config import parse_config
from contentkit.errors import StateError
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer

HEAD = 'version = 1\nproject = "p"\n'


def _project(shell: Shell, text: str, **environment: str) -> Project:
    return Project(
        shell.project, parse_config(HEAD + text, "contentkit.toml"), {**shell.environment(None), **environment}
    )


def test_a_token_does_not_follow_a_server_that_was_changed(shell: Shell) -> None:
    with CompatibleServer() as mine, CompatibleServer() as other:
        account = f'[accounts.ours]\nplatform = "mastodon"\nserver = "{mine.url}"\nlanguage = "en"\n'
        project = _project(shell, account)
        project.settings.mkdir(parents=True, exist_ok=True)
        path = project.settings / "secrets.toml"
        path.touch(0o600)
        path.write_text(f'[ours]\ntoken = "{mine.token}"\nserver = "{mine.url}/"\n')
        assert project.secrets(project.account("ours")) == {"token": mine.token}

        moved = _project(shell, account.replace(mine.url, other.url))
        with pytest.raises(
            StateError, match=f"its secrets are for {mine.url}/, but contentkit.toml now says {other.url}"
        ):
            moved.secrets(moved.account("ours"))
        shell.write("contentkit.toml", HEAD + account.replace(mine.url, other.url))
        for command in (("accounts", "check"), ("doctor", "--online")):
            ran = shell.run(*command)
            assert "its secrets are for" in " ".join((ran.out + ran.err).split())
        assert other.history == ()


def test_the_keys_of_x_do_not_follow_a_server_that_was_added(shell: Shell) -> None:
    names = ("api_key", "api_secret", "access_token", "access_secret")
    project = _project(shell, '[accounts.ours]\nplatform = "x"\n')
    project.settings.mkdir(parents=True, exist_ok=True)
    path = project.settings / "secrets.toml"
    path.touch(0o600)
    path.write_text("[ours]\n" + "".join(f'{name} = "1"\n' for name in names) + 'server = "x"\n')
    assert set(project.secrets(project.account("ours"))) == set(names)
    elsewhere = _project(shell, '[accounts.ours]\nplatform = "x"\nserver = "https://x.example"\n')
    with pytest.raises(StateError, match="its secrets are for x, but"):
        elsewhere.secrets(elsewhere.account("ours"))


def test_two_accounts_never_share_the_variable_of_a_secret(shell: Shell) -> None:
    text = (
        '[accounts.ours]\nplatform = "x"\n[accounts.ours-access]\nplatform = "mastodon"\nserver = "https://a.example"\n'
    )
    project = _project(shell, text, CONTENTKIT_OURS_ACCESS_TOKEN="x's own")
    for name in ("ours", "ours-access"):
        with pytest.raises(StateError, match="would take their secrets from the same variables"):
            project.secrets(project.account(name))
    apart = _project(shell, text.replace("ours-access", "ours-x"), CONTENTKIT_OURS_X_TOKEN="t")
    assert apart.secrets(apart.account("ours-x")) == {"token": "t"}
