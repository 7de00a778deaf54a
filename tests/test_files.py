"""Files are replaced whole or not at all, and never over somebody's edit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contentkit.errors import ContentError, StateError
from contentkit.files import _create_plainly, create_file, decoded, read_bytes, replace_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_with_its_mode_and_nothing_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new", expected=b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["calendar.yaml"]


def test_an_edit_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_bytes(b"hers")
    with pytest.raises(ContentError, match="was edited meanwhile"):
        replace_file(path, b"mine", expected=b"old")
    assert path.read_bytes() == b"hers"
    assert names(tmp_path) == ["calendar.yaml"]


def test_a_file_that_was_moved_meanwhile_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is gone"):
        replace_file(tmp_path / "calendar.yaml", b"mine", expected=b"old")
    assert names(tmp_path) == []


def test_without_expectation_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        replace_file(tmp_path / "calendar.yaml", data, expected=None)
        assert (tmp_path / "calendar.yaml").read_bytes() == data


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    real, link = tmp_path / "shared" / "calendar.yaml", tmp_path / "calendar.yaml"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_file(link, b"new", expected=b"old")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_new_file_is_whole_and_readable_like_any_other(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        create_file(tmp_path / "launch.md", b"words")
    finally:
        os.umask(mask)
    assert (tmp_path / "launch.md").read_bytes() == b"words"
    assert (tmp_path / "launch.md").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["launch.md"]


def test_a_file_that_exists_is_never_overwritten_by_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "launch.md"
    path.write_bytes(b"hers")
    with pytest.raises(ContentError, match="exists already"):
        create_file(path, b"mine")
    assert path.read_bytes() == b"hers"
    assert names(tmp_path) == ["launch.md"]


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "launch.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(ContentError, match="exists already"):
        create_file(tmp_path / "launch.md", b"mine")
    assert names(tmp_path) == ["launch.md"]


@pytest.mark.parametrize("write", [create_file, lambda path, data: replace_file(path, data, expected=None)])
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, write: Callable[[Path, bytes], None]) -> None:
    # A file where the folder should be stops even root, whom permissions do not.
    (tmp_path / "drafts").write_bytes(b"not a folder")
    with pytest.raises(StateError) as caught:
        write(tmp_path / "drafts" / "launch.md", b"x")
    assert caught.value.message == f"{tmp_path}/drafts/launch.md: cannot be written: Not a directory"
    assert "nothing was changed" in caught.value.hint


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="No such file or directory"):
        create_file(tmp_path / "drafts" / "launch.md", b"x")


_ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from contentkit.errors import StateError
from contentkit.files import create_file, replace_file

# No file may grow beyond this: what a write meets is what it meets on a full disk, but for the number of the error.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
folder = Path(sys.argv[1])
for write in (
    lambda: replace_file(folder / "calendar.yaml", b"x" * 10_000, expected=b"old"),
    lambda: create_file(folder / "new.md", b"x" * 10_000),
):
    try:
        write()
    except StateError as error:
        sys.stdout.write(error.message + "\\n")
"""


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "calendar.yaml").write_bytes(b"old")
    ran = subprocess.run(
        [sys.executable, "-c", _ON_A_FULL_DISK, str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == [
        f"{tmp_path}/calendar.yaml: cannot be written: File too large",
        f"{tmp_path}/new.md: cannot be written: File too large",
    ]
    assert (tmp_path / "calendar.yaml").read_bytes() == b"old"
    assert names(tmp_path) == ["calendar.yaml"]


def test_a_file_is_read_as_it_stands_or_its_trouble_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\nb")
    assert decoded(read_bytes(tmp_path / "a.md", "a.md"), "a.md") == "\ufeffa\r\nb"
    with pytest.raises(ContentError, match=r"^b.md: there is no such file$"):
        read_bytes(tmp_path / "b.md", "b.md")
    with pytest.raises(ContentError, match=r"^x: is a folder$"):
        read_bytes(tmp_path, "x")
    with pytest.raises(ContentError, match=r"^a.md:3: not UTF-8 text$"):
        decoded(b"one\ntwo\n\xff", "a.md")


def test_where_files_cannot_be_linked_a_new_one_still_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "launch.md"
    _create_plainly(path, b"words")
    with pytest.raises(ContentError, match="exists already"):
        _create_plainly(path, b"others")
    assert path.read_bytes() == b"words"
    with pytest.raises(StateError, match="Not a directory"):
        _create_plainly(path / "below.md", b"words")
