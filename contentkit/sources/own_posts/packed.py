"""The wanted parts of a folder, a zip or a tar file, by name, each read with a counter."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from contentkit.errors import ContentError

LARGEST = 256 * 1024 * 1024
_MOST_ENTRIES = 500_000
# Deflate packs a thousand zeros into one byte; the posts of a person are packed ten- or twentyfold.
_STEEPEST = 200
# Of a tar file all that stands before a part must be unpacked, too.
_STEEPEST_TAR = 60
_STEEP_FROM = 1024 * 1024
_BLOCK = 512
_PIECE = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


def parts_of(path: Path, name: str, wanted: re.Pattern[str]) -> dict[str, bytes]:
    """The parts whose whole path within the archive the pattern matches, by path. Empty for what is no archive.

    A folder is looked into two levels deep. Raises ContentError for an archive that is broken, too large, or made to do
    harm.
    """
    parts: dict[str, bytes] = {}
    room = LARGEST
    for part, content in _parts(path, name, wanted):
        room -= len(content)
        if room < 0:
            raise _too_large(name)
        parts[part] = content
    return parts


def _parts(path: Path, name: str, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            yield from _in_folder(path, name, wanted)
            return
        # A pipe would be waited for, and read empty for whoever reads it as something else.
        if not path.is_file():
            return
        with path.open("rb") as file:
            head = file.read(_BLOCK)
            file.seek(0)
            if head.startswith(b"PK\x03\x04"):
                yield from _in_zip(file, name, wanted)
            elif head.startswith(b"\x1f\x8b"):
                most = _STEEPEST_TAR * path.stat().st_size + _STEEP_FROM
                yield from _in_tar(cast(BinaryIO, gzip.GzipFile(fileobj=file)), name, wanted, most)
            elif head[257:262] == b"ustar":
                yield from _in_tar(file, name, wanted, path.stat().st_size)
            elif wanted.fullmatch(path.name):
                yield path.name, _whole(file, name)
    except _BROKEN:
        raise ContentError(f"{name}: is broken, or no archive of posts", hint="download it again") from None


def _in_folder(folder: Path, name: str, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    home = folder.resolve()
    for path in sorted((*folder.glob("*"), *folder.glob("*/*"))):
        part = path.relative_to(folder).as_posix()
        # A link may lead to any file of this machine.
        if wanted.fullmatch(part) and path.is_file() and path.resolve().is_relative_to(home):
            with path.open("rb") as file:
                yield part, _whole(file, f"{name}/{part}")


def _in_zip(file: IO[bytes], name: str, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise _too_large(name)
        # The same name twice: one of them is there to be overlooked.
        found = {entry.filename: entry for entry in entries if wanted.fullmatch(entry.filename)}
        for part, entry in sorted(found.items()):
            if entry.flag_bits & 0x1:
                raise ContentError(f"{name}: is locked with a password", hint="unpack it, and name the folder")
            if entry.file_size > _STEEP_FROM and entry.file_size > _STEEPEST * max(1, entry.compress_size):
                raise ContentError(f"{name}: is packed as no network packs an archive", hint="download it again")
            with archive.open(entry) as packed:
                yield part, _whole(packed, name)


def _in_tar(file: IO[bytes], name: str, wanted: re.Pattern[str], most: int) -> Iterator[tuple[str, bytes]]:
    """The parts of a tar file that is read once from its beginning.

    Not by the standard library, which takes the extended headers of a stranger's file into memory whatever their size.
    """
    read = 0
    while len(head := file.read(_BLOCK)) == _BLOCK and head.strip(b"\0"):
        size = int(head[124:136].strip(b" \0") or b"0", 8)
        padded = -(-size // _BLOCK) * _BLOCK
        read += _BLOCK + padded
        if size < 0 or read > most:
            raise ContentError(f"{name}: is packed as no network packs an archive", hint="download it again")
        part = head[:100].rstrip(b"\0").decode("utf-8", "replace").removeprefix("./")
        if head[156:157] in (b"0", b"\0") and wanted.fullmatch(part):
            yield part, _part(file, name, size)
            padded -= size
        _skip(file, padded)


def _part(file: IO[bytes], name: str, size: int) -> bytes:
    if size > LARGEST:
        raise _too_large(name)
    content = file.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _skip(file: IO[bytes], size: int) -> None:
    while size > 0 and (piece := file.read(min(size, _PIECE))):
        size -= len(piece)


def _whole(file: IO[bytes], name: str) -> bytes:
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _too_large(name)
    return content


def _too_large(name: str) -> ContentError:
    return ContentError(f"{name}: holds more than can be read", hint="name the file with the posts itself")
