"""Archives that mean harm: whatever they do, the reader answers, and writes nothing."""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.sources.own_posts import own_posts_in
from tests.sources.own_posts.archives import note, outbox, tarred, tweet, unpacked, x_parts, zipped

LIST = outbox(note(1, "<p>We broke the restore test.</p>"))


def refusal(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        own_posts_in(path, "a.zip")
    return caught.value.message


def test_what_is_no_archive_of_posts_is_none(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("We broke it.")
    zipped(tmp_path / "letter.docx", {"word/document.xml": b"<a/>"})
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").write_bytes(b"")
    for name in ("note.md", "letter.docx", "folder", "empty"):
        assert own_posts_in(tmp_path / name, name) is None


def test_a_list_that_is_packed_a_thousandfold_is_refused(tmp_path: Path) -> None:
    bomb = b'{"orderedItems": [' + b" " * 30_000_000 + b"]}"
    assert "packed as no network packs" in refusal(zipped(tmp_path / "a.zip", {"outbox.json": bomb}))


def test_a_tar_file_that_unpacks_to_much_more_is_refused(tmp_path: Path) -> None:
    assert "packed as no network packs" in refusal(
        tarred(tmp_path / "a.tar.gz", {"media/0.png": b"\0" * 60_000_000, "outbox.json": LIST})
    )


@pytest.mark.parametrize("name", ["../outbox.json", "/outbox.json", "a/b/c/d/outbox.json", "..\\outbox.json"])
def test_a_list_that_lies_elsewhere_than_networks_put_it_is_not_read(name: str, tmp_path: Path) -> None:
    try:
        found = own_posts_in(zipped(tmp_path / "a.zip", {name: LIST}), "a.zip")
    except ContentError:
        found = None
    assert found is None or name == "../outbox.json"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


def test_a_link_in_a_folder_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(LIST)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/outbox.json").symlink_to(tmp_path / "secret.json")
    assert own_posts_in(tmp_path / "a", "a") is None


def test_a_link_in_a_tar_file_is_no_file(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        about = tarfile.TarInfo("outbox.json")
        about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(about)
    assert own_posts_in(tmp_path / "a.tar", "a.tar") is None


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert own_posts_in(tmp_path / "pipe", "pipe") is None


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"outbox.json": LIST})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert refusal(path) == "a.zip: is locked with a password"


@pytest.mark.parametrize("length", [5, 100, 300])
@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
def test_an_archive_that_was_cut_off_says_so(ending: str, length: int, tmp_path: Path) -> None:
    make = zipped if ending == ".zip" else tarred
    path = make(tmp_path / f"a{ending}", {"outbox.json": LIST})
    path.write_bytes(path.read_bytes()[:length])
    assert refusal(path).startswith("a.zip")


def test_a_tar_file_with_a_size_that_is_none_says_so(tmp_path: Path) -> None:
    data = bytearray(tarred(tmp_path / "a.tar", {"outbox.json": LIST}).read_bytes())
    data[124:136] = b"-77777777777"
    (tmp_path / "a.tar").write_bytes(data)
    refusal(tmp_path / "a.tar")


def test_an_extended_header_is_passed_over_and_never_held_in_memory(tmp_path: Path) -> None:
    """Five times more than the process may have, unless it is read piece by piece."""
    tar = io.BytesIO()
    about = tarfile.TarInfo("././@PaxHeader")
    about.type, about.size = tarfile.XHDTYPE, 2_000_000_000
    tar.write(about.tobuf())
    head = tar.getvalue()
    with gzip.open(tmp_path / "a.tar.gz", "wb") as file:
        file.write(head)
        noise = os.urandom(1 << 20)
        for _ in range(40):
            file.write(noise)
    program = (
        "import sys\nfrom pathlib import Path\nfrom contentkit.sources.own_posts import own_posts_in\n"
        "print(own_posts_in(Path(sys.argv[1]), 'a'))"
    )

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.tar.gz")],
        capture_output=True, text=True, preexec_fn=little, check=False,
    )  # fmt: skip
    assert run.stdout == "None\n"


def test_of_two_parts_with_one_name_one_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("outbox.json", LIST)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("outbox.json", LIST)
    found = own_posts_in(tmp_path / "a.zip", "a.zip")
    assert found is not None
    assert len(found.posts) == 1


def test_nothing_is_written_beside_an_archive(tmp_path: Path) -> None:
    own_posts_in(zipped(tmp_path / "a.zip", x_parts(tweet(1, "One."))), "a.zip")
    own_posts_in(unpacked(tmp_path / "b", x_parts(tweet(1, "One."))), "b")
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "a.zip", "account.js", "b", "data", "note-tweet.js", "tweets.js",
    ]  # fmt: skip
