"""Hostile transcripts: a result or a ContentError within the limits of a process with 20 s of CPU and 512 MiB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS, MEGABYTES = 20, 512
_READ = f"""
import resource, sys
from contentkit.errors import ContentError
from contentkit.sources import parse_source
# What importing took is no reading.
parse_source(b"WEBVTT\\n\\n00:00.000 --> 00:01.000\\n<v Ana>a", "warm.vtt")
used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + 1
resource.setrlimit(resource.RLIMIT_CPU, (used + {SECONDS}, used + {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))
try:
    parse_source(open(sys.argv[1], "rb").read(), sys.argv[1])
except ContentError:
    pass
print("answered")
"""
_OPENINGS = {
    "captions": "WEBVTT\n\n00:00.000 --> 00:01.000\n",
    "headings": "Ana  0:12\nhello\n\nBob  0:13\nyes\n\nAna  0:15\n",
    "messages": "[10:32] ana: hi\n[10:33] bob: yo\n[10:34] ana: x\n",
    "chat": "Ana\n  10:32 AM\nhttp://a.b hi\nBob\n  10:33 AM\nyo\nAna\n  10:34 AM\n",
    "segments": "[00:00.000 --> 00:01.000]  Ana: hi\n[00:01.000 --> 00:02.000]  Bob: yo\n",
    "table": "start\tend\ttext\n0\t1\tAna: hi\n1\t2\tBob: yo\n",
    "times": "0:00\nhi\n0:01\nyo\n0:02\nyes\n",
    "whatsapp": "[04/03/26, 10:32] Ana: hi\n[04/03/26, 10:32] Bob: yo\n[04/03/26, 10:32] Ana: ",
    "meet": "Call - Transcript\n00:00:00\nAna: hi\nBob: yo\nAna: x\n",
}
_PIECES = [
    "<c>a</c>", "<c ", "<v ", "&amp", "{\\an8", "[", "a", " ", "\t", ":", "1", "10:32 ", "\n", "a\n", "- ", ">> ",
    "~ a added ", "aa", "a.b\n", ":a: ",
    "[00:01.000 --> 00:02.000]  ", "0\t1\ta\n", "[04/03/26, 10:32] Ana: ~ a b c d e f g added\n", "0:01\na\n",
    "00:00.000 --> 00:01.000\n", "NOTE a\n\n", "Aaa Bbb Ccc Ddd Eee Fff - - - - 0:1\n", "Ana  0:12\n", "00:00:00\n",
    "Abcdefghijkl 12 de Abcdefghijkl de 2025 a las 10:3\n", "[10:32] ana: ", "ana: ", "(", "\u200e", "http://a.b ",
]  # fmt: skip


# The ones that cost most.
_COSTLY = [("captions", "<c>a</c>"), ("captions", "00:00.000 --> 00:01.000\n"), ("captions", "\n"), ("messages", "ana: "),
           ("segments", "[00:01.000 --> 00:02.000]  a\n"), ("table", "0\t1\ta\n"), ("times", "0:01\na\n"),
           ("whatsapp", "[04/03/26, 10:32] Ana: ~ a b c d e f g added\n"), ("chat", "http://a.b "),
           ("headings", "Aaa Bbb Ccc Ddd Eee Fff - - - - 0:1\n"), ("meet", "00:00:00\n")]  # fmt: skip


@pytest.mark.parametrize(("opening", "piece"), _COSTLY)
def test_a_mebibyte_of_one_piece_is_answered_in_time_and_memory(tmp_path: Path, opening: str, piece: str) -> None:
    _answered(tmp_path, opening, piece)


@pytest.mark.nightly
@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("opening", _OPENINGS)
def test_a_mebibyte_of_any_piece_is_answered_in_time_and_memory(tmp_path: Path, opening: str, piece: str) -> None:
    _answered(tmp_path, opening, piece)


def _answered(folder: Path, opening: str, piece: str) -> None:
    size = 1024 * 1024 - 4096
    hostile = folder / "hostile.txt"
    hostile.write_text(_OPENINGS[opening] + (piece * (size // len(piece.encode()))), encoding="utf-8")

    found = subprocess.run([sys.executable, "-c", _READ, hostile], capture_output=True, text=True, timeout=60)

    assert found.stdout == "answered\n", found.stderr
