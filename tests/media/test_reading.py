"""Only plain files of the project are read, whatever the draft names; nothing blocks."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.media import load_each, load_media, reading
from tests.media import pictures
from tests.media.pictures import put

PICTURE = pictures.png(1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a picture, beside a picture that is none of its business."""
    put(tmp_path, "outside.png", PICTURE)
    put(tmp_path, "project/drafts/images/chart.png", PICTURE)
    return tmp_path / "project"


def refused(path: str, project: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        load_media(path, project)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("path", ["drafts/images/chart.png", "./drafts//images/./chart.png"])
def test_a_picture_of_the_project_is_read(project: Path, path: str) -> None:
    assert load_media(path, project).path == path


def test_the_project_itself_may_lie_behind_a_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project)
    assert load_media("drafts/images/chart.png", tmp_path / "link").width


@pytest.mark.parametrize("path", ["../outside.png", "drafts/../../outside.png", "..", "/etc/passwd", "a\0b.png"])
def test_a_path_that_leads_out_of_the_project_is_refused(project: Path, path: str) -> None:
    assert refused(path, project).message == f"{path}: leads out of the project"


def test_a_full_path_into_the_project_is_refused_too(project: Path) -> None:
    path = f"{project}/drafts/images/chart.png"
    assert refused(path, project).message == f"{path}: leads out of the project"


@pytest.mark.parametrize("path", ["https://example.org/a.png", "HTTP://example.org/a.png", "file:///a.png", "data:x"])
def test_an_address_is_no_picture_of_the_project(project: Path, path: str) -> None:
    assert refused(path, project).message == f"{path}: a picture is a file of the project, not an address"


@pytest.mark.parametrize("target", ["../../../outside.png", "chart.png", "nowhere.png"])
def test_a_link_is_not_followed_wherever_it_leads(project: Path, target: str) -> None:
    (project / "drafts/images/link.png").symlink_to(target)
    error = refused("drafts/images/link.png", project)
    assert error.message == "drafts/images/link.png: leads over a symbolic link"


@pytest.mark.parametrize("target", ["..", "drafts"])
def test_a_linked_folder_is_not_entered_wherever_it_leads(project: Path, target: str) -> None:
    (project / "linked").symlink_to(target)
    assert refused("linked/outside.png", project).message == "linked/outside.png: leads over a symbolic link"


def test_nobody_waits_for_a_pipe(project: Path) -> None:
    os.mkfifo(project / "pipe.png")
    assert refused("pipe.png", project).message == "pipe.png: is not a plain file"


def test_a_socket_is_no_picture(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.png")
        assert refused("socket.png", project).message.startswith("socket.png: ")


def test_a_missing_picture_names_the_nearest(project: Path) -> None:
    error = refused("drafts/images/chrat.png", project)
    assert error.message == "drafts/images/chrat.png: there is no such file"
    assert error.hint == "did you mean 'chart.png'?"


def test_a_missing_picture_that_nothing_is_like_is_not_answered_with_a_list(project: Path) -> None:
    assert refused("drafts/images/zebra-at-noon.webp", project).hint == "put the file there, or correct the path"


def test_for_a_missing_folder_no_file_is_offered(project: Path) -> None:
    (project / "drafts/picts.md").write_text("x")
    assert refused("drafts/picts/x.png", project).hint == "put the file there, or correct the path"


def test_a_missing_folder_names_the_nearest(project: Path) -> None:
    assert refused("drafts/image/chart.png", project).hint == "did you mean 'images'?"


@pytest.mark.parametrize("path", ["drafts", "drafts/images/", "."])
def test_a_folder_is_no_picture(project: Path, path: str) -> None:
    assert refused(path, project).message == f"{path}: is a folder"


def test_a_file_is_no_folder(project: Path) -> None:
    path = "drafts/images/chart.png/x.png"
    assert refused(path, project).message == f"{path}: chart.png is not a folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_picture_says_so(project: Path) -> None:
    (project / "drafts/images/chart.png").chmod(0)
    assert "cannot be read: " in refused("drafts/images/chart.png", project).message


def test_a_name_longer_than_any_file_is_refused(project: Path) -> None:
    assert "cannot be read: " in refused("x" * 300, project).message


def test_an_empty_file_is_no_picture(project: Path) -> None:
    put(project, "empty.png", b"")
    assert refused("empty.png", project).message == "empty.png: is empty"


def test_a_file_that_no_network_takes_is_not_even_read(project: Path) -> None:
    with (project / "huge.mp4").open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    assert refused("huge.mp4", project).message == "huge.mp4: 512 MiB is more than any network takes"


def test_one_broken_picture_does_not_hide_the_others(project: Path) -> None:
    put(project, "empty.png", b"")
    known = load_each(["empty.png", "drafts/images/chart.png", "empty.png"], project)
    assert list(known) == ["empty.png", "drafts/images/chart.png"]
    assert isinstance(known["empty.png"], ContentError)
    assert not isinstance(known["drafts/images/chart.png"], ContentError)


def test_the_digest_is_of_the_bytes_and_of_nothing_else(project: Path) -> None:
    before = load_media("drafts/images/chart.png", project).digest
    put(project, "copy.jpg", PICTURE)
    os.utime(project / "copy.jpg", (0, 0))
    assert load_media("copy.jpg", project).digest == before
    put(project, "other.png", pictures.png(1, mode="L"))
    assert load_media("other.png", project).digest != before
