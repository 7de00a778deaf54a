from __future__ import annotations

import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from contentkit.cli.fleeting import bytes_of, put_fleeting

LARGEST = 1_000_000


def test_of_many_who_put_a_file_at_one_time_one_wins_whole(tmp_path: Path) -> None:
    said = [bytes([letter]) * (1000 + 50_000 * (letter % 3)) for letter in b"abcdefgh"]
    together, torn = threading.Barrier(len(said) + 1, timeout=30), []

    def put(words: bytes) -> None:
        together.wait()
        for _ in range(50):
            put_fleeting(str(tmp_path), "words", words)

    threads = [threading.Thread(target=put, args=(words,)) for words in said]
    put_fleeting(str(tmp_path), "words", said[0])
    for thread in threads:
        thread.start()
    together.wait()
    while any(thread.is_alive() for thread in threads):
        if (found := bytes_of(f"{tmp_path}/words", LARGEST)) not in said:
            torn.append(found)
    assert torn == []
    assert [path.name for path in tmp_path.iterdir()] == ["words"]


FULL = """
import sys
from contentkit.cli.fleeting import put_fleeting
try:
    put_fleeting(sys.argv[1], "words", b"new " * 1000)
except OSError as error:
    print(error.errno, error.strerror)
"""


def _no_room() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of the size of files stands in for a full disk")
def test_where_there_is_room_for_half_of_it_the_last_one_stays(tmp_path: Path) -> None:
    put_fleeting(str(tmp_path), "words", b"old")
    ran = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path], preexec_fn=_no_room, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("27 ")
    assert (tmp_path / "words").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["words"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        put_fleeting(str(tmp_path / "gone"), "words", b"x")
    assert list(tmp_path.iterdir()) == []
