from __future__ import annotations

import os
from pathlib import Path

import pytest

from contentkit.credentials import SECRETS_NAME, secret, variable_of
from contentkit.errors import StateError

TOKEN = "4f0c-not-a-real-token"


def settings_with(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / SECRETS_NAME
    path.write_text(text)
    path.chmod(mode)
    return folder


def refusal(settings: Path) -> StateError:
    with pytest.raises(StateError) as caught:
        secret("our-mastodon", "token", settings=settings, environment={})
    assert TOKEN not in caught.value.message + caught.value.hint
    return caught.value


def test_the_variable_is_named_after_the_account() -> None:
    assert variable_of("our-mastodon.org", "token") == "CONTENTKIT_OUR_MASTODON_ORG_TOKEN"


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "[our-mastodon]\ntoken = 'from the file'\n")
    environment = {"CONTENTKIT_OUR_MASTODON_TOKEN": f" {TOKEN}\n"}
    assert secret("our-mastodon", "token", settings=settings, environment=environment) == TOKEN


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, f"[our-mastodon]\ntoken = '{TOKEN}'\n")
    assert (
        secret("our-mastodon", "token", settings=settings, environment={"CONTENTKIT_OUR_MASTODON_TOKEN": ""}) == TOKEN
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[other]\ntoken = 'x'\n",
        "[our-mastodon]\nkey = 'x'\n",
        "our-mastodon = 'x'\n",
        "[our-mastodon]\ntoken = 7\n",
    ],
)
def test_a_missing_secret_names_both_places(tmp_path: Path, text: str) -> None:
    error = refusal(settings_with(tmp_path, text))
    assert error.message == "account 'our-mastodon' has no token"
    assert "CONTENTKIT_OUR_MASTODON_TOKEN" in error.hint
    assert f"{tmp_path / SECRETS_NAME} under [our-mastodon]" in error.hint


def test_without_a_settings_folder_the_secret_is_missing_not_an_error_of_its_own(tmp_path: Path) -> None:
    assert "has no token" in refusal(tmp_path / "nowhere").message


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o666])
def test_a_file_that_others_can_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    error = refusal(settings_with(tmp_path, f"[our-mastodon]\ntoken = '{TOKEN}'\n", mode))
    assert "others can read it" in error.message
    assert error.hint == f"chmod 600 {tmp_path / SECRETS_NAME}"


def test_a_link_is_refused_even_to_a_private_file(tmp_path: Path) -> None:
    settings_with(tmp_path, f"[our-mastodon]\ntoken = '{TOKEN}'\n")
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / SECRETS_NAME).symlink_to(tmp_path / SECRETS_NAME)
    assert "is a link" in refusal(tmp_path / "settings").message


def test_a_folder_and_a_pipe_in_its_place_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one" / SECRETS_NAME).mkdir(parents=True)
    assert "is not a plain file" in refusal(tmp_path / "one").message
    (tmp_path / "two").mkdir()
    os.mkfifo(tmp_path / "two" / SECRETS_NAME, 0o600)
    assert "is not a plain file" in refusal(tmp_path / "two").message


@pytest.mark.parametrize("content", [f"[our-mastodon]\ntoken = {TOKEN}\n".encode(), f"{TOKEN}\xff".encode("latin-1")])
def test_a_broken_file_is_refused_without_repeating_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SECRETS_NAME).write_bytes(content)
    (tmp_path / SECRETS_NAME).chmod(0o600)
    assert "cannot be read as TOML" in refusal(tmp_path).message
