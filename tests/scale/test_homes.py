from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.cli.scale.homes import home_of, lives_in, settle_in
from contentkit.errors import StateError
from contentkit.places import HOME_NAME
from contentkit.publishing.seal import KEY_NAME, mark_of_key


def environment(folder: Path) -> dict[str, str]:
    return {"XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder)}


def test_a_workspace_lives_where_it_was_imported_last(tmp_path: Path) -> None:
    known = environment(tmp_path)
    for name in ("before", "now"):
        (tmp_path / name).mkdir()
        settle_in("our-posts", tmp_path / name, known)

    assert home_of("our-posts", known) == tmp_path / "now"
    assert lives_in("our-posts", tmp_path / "now", known)
    assert not lives_in("our-posts", tmp_path / "before", known)


def test_a_workspace_that_nobody_imported_here_lives_nowhere(tmp_path: Path) -> None:
    assert home_of("our-posts", environment(tmp_path)) is None


@pytest.mark.parametrize("words", [b"", b"team", b"../team"])
def test_a_note_that_names_no_folder_from_the_root_is_refused(tmp_path: Path, words: bytes) -> None:
    known = environment(tmp_path)
    settle_in("our-posts", tmp_path, known)
    (tmp_path / "state/contentkit/our-posts" / HOME_NAME).write_bytes(words)

    with pytest.raises(StateError, match="names no folder") as caught:
        home_of("our-posts", known)
    assert "import" in caught.value.hint


def test_a_link_in_the_place_of_the_note_is_not_followed(tmp_path: Path) -> None:
    known = environment(tmp_path)
    settle_in("our-posts", tmp_path, known)
    note = tmp_path / "state/contentkit/our-posts" / HOME_NAME
    note.rename(tmp_path / "elsewhere")
    note.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StateError, match="cannot be read"):
        home_of("our-posts", known)


def test_the_mark_of_a_key_is_that_of_its_copy_and_of_no_other_key(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("ours", "copied", "other")]
    for folder in folders:
        folder.mkdir()
    ours = mark_of_key(folders[0])
    (folders[1] / KEY_NAME).write_bytes((folders[0] / KEY_NAME).read_bytes())
    (folders[1] / KEY_NAME).chmod(0o600)

    assert mark_of_key(folders[1]) == ours == mark_of_key(folders[0])
    assert mark_of_key(folders[2]) != ours
    assert (folders[0] / KEY_NAME).read_bytes().hex() not in ours
