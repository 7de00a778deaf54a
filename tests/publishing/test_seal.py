from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contentkit.errors import StateError
from contentkit.publishing.seal import KEY_NAME, is_sealed, seal

AT = datetime(2026, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)
CONTENT: dict[str, Any] = {"entry": "launch", "digest": "sha256:1", "manifest": "{}", "by": "Ana", "at": AT}


def test_what_was_sealed_here_is_recognised(tmp_path: Path) -> None:
    assert is_sealed(tmp_path, seal(tmp_path, **CONTENT), **CONTENT)


@pytest.mark.parametrize("change", ["entry", "digest", "manifest", "by", "at"])
def test_any_change_breaks_the_seal(change: str, tmp_path: Path) -> None:
    sealed = seal(tmp_path, **CONTENT)
    other = AT + timedelta(milliseconds=1) if change == "at" else "other"
    assert not is_sealed(tmp_path, sealed, **{**CONTENT, change: other})


def test_a_seal_of_another_machine_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert not is_sealed(tmp_path / "b", seal(tmp_path / "a", **CONTENT), **CONTENT)


def test_words_cannot_move_from_one_field_to_the_next(tmp_path: Path) -> None:
    sealed = seal(tmp_path, **{**CONTENT, "entry": "launch", "digest": "x"})
    assert not is_sealed(tmp_path, sealed, **{**CONTENT, "entry": "launchx", "digest": ""})


def test_the_key_is_private_and_made_once(tmp_path: Path) -> None:
    seal(tmp_path, **CONTENT)
    key = (tmp_path / KEY_NAME).read_bytes()
    seal(tmp_path, **CONTENT)
    assert (tmp_path / KEY_NAME).read_bytes() == key
    assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600


def test_a_key_that_was_replaced_is_not_remembered(tmp_path: Path) -> None:
    sealed = seal(tmp_path, **CONTENT)
    assert is_sealed(tmp_path, sealed, **CONTENT)
    (tmp_path / KEY_NAME).unlink()
    assert not is_sealed(tmp_path, sealed, **CONTENT)


@pytest.mark.parametrize("damage", ["short", "readable by others"])
def test_a_key_that_cannot_be_trusted_is_refused(damage: str, tmp_path: Path) -> None:
    seal(tmp_path, **CONTENT)
    if damage == "short":
        (tmp_path / KEY_NAME).write_bytes(b"x")
    else:
        (tmp_path / KEY_NAME).chmod(0o644)
    with pytest.raises(StateError, match=KEY_NAME):
        seal(tmp_path, **CONTENT)
