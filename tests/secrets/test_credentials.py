from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked

from contentkit.errors import StateError
from contentkit.secrets.credentials import SECRETS_NAME, place_of_secret, secret, variable_of

TOKEN = "4f0c-not-a-real-token"
VARIABLE = "CONTENTKIT_OUR_MASTODON_TOKEN"


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """Never the keyring of whoever runs the tests."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


class Keyring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Locked(Keyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"the prompt was dismissed; {TOKEN}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"the prompt was dismissed; {TOKEN}")


class Broken(Keyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise OSError(f"the bus is gone; {TOKEN}")


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


def test_the_file_comes_before_the_keyring(tmp_path: Path) -> None:
    ours = Keyring()
    ours.set_password("contentkit", "our-mastodon/token", "from the keyring")
    keyring.set_keyring(ours)
    settings = settings_with(tmp_path, f"[our-mastodon]\ntoken = '{TOKEN}'\n")
    assert secret("our-mastodon", "token", settings=settings, environment={}) == TOKEN


def test_the_keyring_is_asked_last(tmp_path: Path) -> None:
    ours = Keyring()
    ours.set_password("contentkit", "our-mastodon/token", f"{TOKEN}\n")
    keyring.set_keyring(ours)
    assert secret("our-mastodon", "token", settings=tmp_path, environment={}) == TOKEN


@pytest.mark.parametrize(
    ("backend", "told"), [(Locked, "it is locked"), (Broken, "it fails (OSError)")], ids=["locked", "broken"]
)
def test_a_keyring_that_cannot_be_read_is_told_once_no_other_place_has_the_secret(
    tmp_path: Path, backend: type[Keyring], told: str
) -> None:
    keyring.set_keyring(backend())
    error = refusal(tmp_path)
    assert error.message == "account 'our-mastodon' has no token"
    assert error.hint.endswith(f"; the keyring cannot be read: {told}")


@pytest.mark.parametrize("backend", [NoKeyring, NullKeyring], ids=["fail", "null"])
def test_where_there_is_no_keyring_it_is_not_spoken_of(tmp_path: Path, backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    assert "the keyring" not in refusal(tmp_path).hint


def test_the_keyring_is_imported_only_when_the_other_places_have_nothing(tmp_path: Path) -> None:
    settings_with(tmp_path, "[ours]\ntoken = 'x'\n")
    code = f"""
import sys
from pathlib import Path
from contentkit.secrets.credentials import place_of_secret
asked = dict(settings=Path({str(tmp_path)!r}), environment={{"CONTENTKIT_OURS_KEY": "x"}})
print(place_of_secret("ours", "token", **asked), place_of_secret("ours", "key", **asked), "keyring" in sys.modules)
sys.modules["keyring"] = None  # as if it were not installed
print(place_of_secret("ours", "other", **asked))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "secrets.toml environment False\nNone\n"


def test_the_place_of_a_secret_is_told_without_the_secret(tmp_path: Path) -> None:
    ours = Keyring()
    keyring.set_keyring(ours)

    def place(environment: dict[str, str]) -> str | None:
        return place_of_secret("our-mastodon", "token", settings=tmp_path, environment=environment)

    assert place({}) is None
    ours.set_password("contentkit", "our-mastodon/token", TOKEN)
    assert place({}) == "keyring"
    settings_with(tmp_path, f"[our-mastodon]\ntoken = '{TOKEN}'\n")
    assert place({}) == "secrets.toml"
    assert place({VARIABLE: TOKEN}) == "environment"


def test_the_place_is_not_told_as_missing_where_it_cannot_be_known(tmp_path: Path) -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(StateError) as caught:
        place_of_secret("our-mastodon", "token", settings=tmp_path, environment={})
    assert caught.value.message == "the keyring cannot be read: it is locked"
    assert TOKEN not in caught.value.message + caught.value.hint


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
