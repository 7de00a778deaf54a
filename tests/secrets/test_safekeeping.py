from __future__ import annotations

import os
from pathlib import Path

import pytest

from contentkit.errors import ContentError, StateError
from contentkit.secrets.credentials import SECRETS_NAME, secret
from contentkit.secrets.safekeeping import keep_in_file

TOKEN = "4f0c-not-a-real-token"


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def file_in(folder: Path, text: str) -> Path:
    path = folder / SECRETS_NAME
    path.write_bytes(text.encode())
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_new_file_is_for_its_owner_only_whatever_the_mask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        path = keep_in_file("our-mastodon", {"token": TOKEN}, tmp_path / "config/contentkit")
    finally:
        os.umask(before)
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)
    assert secret("our-mastodon", "token", settings=path.parent, environment={}) == TOKEN


def test_what_else_the_file_holds_stays_letter_for_letter(tmp_path: Path) -> None:
    text = "\ufeff# mine\r\n[theirs]\r\ntoken = \"x\"   # old\r\n\r\n[our-mastodon]\r\nkey = 'k'\r\n"
    keep_in_file("our-mastodon", {"token": TOKEN}, file_in(tmp_path, text).parent)
    assert (tmp_path / SECRETS_NAME).read_bytes().decode() == text + f'token = "{TOKEN}"\r\n'


@pytest.mark.parametrize("text", [f"[theirs]\ntoken = {TOKEN}\n", f'our-mastodon = "{TOKEN}"\n'], ids=["broken", "odd"])
def test_a_file_that_cannot_be_edited_stays_and_is_not_repeated(tmp_path: Path, text: str) -> None:
    path = file_in(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        keep_in_file("our-mastodon", {"token": "new"}, tmp_path)
    assert TOKEN not in caught.value.message + caught.value.hint
    assert path.read_text() == text


def test_a_file_that_others_can_read_is_refused_and_stays(tmp_path: Path) -> None:
    path = file_in(tmp_path, "")
    path.chmod(0o644)
    with pytest.raises(StateError, match="others can read it"):
        keep_in_file("our-mastodon", {"token": TOKEN}, tmp_path)
    assert path.read_text() == ""


@pytest.mark.parametrize("value", ["to\nken", "tokén", "\x1b[2J"])
def test_what_no_secret_has_is_not_kept(tmp_path: Path, value: str) -> None:
    with pytest.raises(StateError, match="has characters that no token has"):
        keep_in_file("our-mastodon", {"token": value}, tmp_path)
    assert not (tmp_path / SECRETS_NAME).exists()
