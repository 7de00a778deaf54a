from __future__ import annotations

import stat
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.places import clone_id, machine_id, make_private_folder, settings_folder, state_folder


def test_state_and_settings_follow_xdg() -> None:
    environment = {"XDG_STATE_HOME": "/var/state", "XDG_CONFIG_HOME": "/etc/mine", "HOME": "/home/ana"}
    assert state_folder("our-posts", environment) == Path("/var/state/contentkit/our-posts")
    assert settings_folder(environment) == Path("/etc/mine/contentkit")


@pytest.mark.parametrize("value", ["", "relative/state", "~/state"])
def test_an_empty_or_relative_variable_is_ignored_as_the_specification_says(value: str) -> None:
    environment = {"XDG_STATE_HOME": value, "XDG_CONFIG_HOME": value, "HOME": "/home/ana"}
    assert state_folder("p", environment) == Path("/home/ana/.local/state/contentkit/p")
    assert settings_folder(environment) == Path("/home/ana/.config/contentkit")


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    state_folder("p", {"XDG_STATE_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_a_private_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = make_private_folder(tmp_path / "deep" / "state")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert make_private_folder(folder) == folder


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o755)
    make_private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(StateError, match="state/contentkit: cannot be used: Not a directory") as caught:
        make_private_folder(tmp_path / "state" / "contentkit")
    assert "XDG_STATE_HOME" in caught.value.hint


def test_the_machine_keeps_its_name_and_does_not_tell_what_it_is() -> None:
    name = machine_id()
    assert name == machine_id()
    assert len(name) == 16
    assert set(name) <= set("0123456789abcdef")


def test_a_clone_keeps_its_name_over_a_link_and_another_folder_has_another(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "one")
    assert clone_id(tmp_path / "one") == clone_id(tmp_path / "link")
    assert clone_id(tmp_path / "one") != clone_id(tmp_path / "two")
