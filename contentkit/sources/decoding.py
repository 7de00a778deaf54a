"""From the bytes of a file to its lines, or one sentence that says why not."""

from __future__ import annotations

import codecs
import contextlib
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.files import decoded, read_bytes

LARGEST = 5 * 1024 * 1024
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (perhaps a Word or Pages document)",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a sound, video or WebP file",
    b"ID3": "an MP3 sound",
    b"OggS": "an Ogg sound",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich-text (RTF) document",
    b"SQLite format 3": "an SQLite database",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_SHARE_OF_CONTROLS = 0.05


def bytes_of(path: Path, name: str) -> bytes:
    """The content of a file of at most 5 MiB. Raises ContentError when it cannot be read or is larger."""
    # Larger files are refused before they are read; whatever stands in the way of looking is said by reading.
    with contextlib.suppress(OSError):
        _refuse_large(path.stat().st_size, name)
    return read_bytes(path, name)


def lines_of(data: bytes, name: str) -> tuple[str, ...]:
    """The lines of a text file, without BOM and line ends.

    Raises ContentError when it is too large, empty, not text, or not UTF-8. The encoding is never guessed: a wrong
    guess would put wrong letters into somebody's mouth.
    """
    _refuse_large(len(data), name)
    _refuse_binary(data, name)
    text = decoded(data.removeprefix(codecs.BOM_UTF8), name)
    if not text.strip():
        raise ContentError(f"{name}: is empty", hint="put the words of the founder into it")
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _refuse_large(size: int, name: str) -> None:
    if size > LARGEST:
        limit = LARGEST // 1024 // 1024
        raise ContentError(f"{name}: larger than {limit} MiB", hint="split it, or take the part you need")


def _refuse_binary(data: bytes, name: str) -> None:
    looks_like = next((what for magic, what in _MAGIC.items() if data.startswith(magic)), "")
    controls = len(data.translate(None, bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r\f\x1b")))
    if looks_like or b"\x00" in data or controls > len(data) * _SHARE_OF_CONTROLS:
        what = f"looks like {looks_like}" if looks_like else "is binary"
        raise ContentError(f"{name}: {what}, not text", hint="export it as plain text or Markdown in UTF-8")
