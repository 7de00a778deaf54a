"""A zip archive from a stranger: looked at as a whole before anything of it is unpacked, and then read with a counter."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import field

from contentkit.errors import ContentError
from contentkit.values import dataclass

_MOST_ENTRIES = 2000
_LARGEST_PART = 16 * 1024 * 1024
_LARGEST = 512 * 1024 * 1024
# Deflate packs a thousand zeros into one byte. A document's XML is packed ten- or twentyfold.
_STEEPEST = 200
_STEEP_FROM = 1024 * 1024
_AGAIN = "open it in the program that wrote it, and save it as .docx once more"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """The parts of an archive, by name. Its content stays packed until a part is asked for."""

    name: str
    entries: dict[str, zipfile.ZipInfo] = field(repr=False)
    file: zipfile.ZipFile = field(repr=False)

    def part(self, path: str) -> bytes | None:
        """The content of a part; None where there is none. Raises ContentError when it is too large or broken."""
        entry = self.entries.get(path)
        if entry is None:
            return None
        if _is_bomb(entry):
            raise _hostile(self.name)
        try:
            with self.file.open(entry) as packed:
                content = packed.read(_LARGEST_PART + 1)
        except _BROKEN:
            raise _broken(self.name) from None
        if len(content) > _LARGEST_PART:
            raise ContentError(
                f"{self.name}: holds more text than can be read", hint="split it, or take the part you need"
            )
        return content


def opened(data: bytes, name: str) -> Archive:
    """The archive in these bytes. Raises ContentError when it is broken, encrypted, or made to do harm."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise _broken(name) from None
    entries = file.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ContentError(f"{name}: is locked with a password", hint="save it without one")
    paths = {entry.filename for entry in entries}
    if (
        len(entries) > _MOST_ENTRIES
        or len(paths) < len(entries)
        or sum(entry.file_size for entry in entries) > _LARGEST
        or any(_leads_out(entry) for entry in entries)
        or _overlap(entries, len(data))
    ):
        raise _hostile(name)
    return Archive(name=name, entries={entry.filename: entry for entry in entries}, file=file)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    steep = entry.file_size > _STEEP_FROM and entry.file_size > _STEEPEST * max(1, entry.compress_size)
    return steep or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    """Whether unpacking it would write elsewhere. Nothing is unpacked to a disk; who writes such names means harm."""
    path = entry.orig_filename
    parts = path.replace("\\", "/").split("/")
    return (
        path.startswith(("/", "\\"))
        or "\0" in path
        or ".." in parts
        or parts[0].endswith(":")
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def _overlap(entries: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether two entries are packed in the same bytes, or one in bytes that are not there."""
    end = 0
    for start, stop in sorted(_stretches(entries)):
        if start < end:
            return True
        end = stop
    return end > size


def _stretches(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[int, int]]:
    for entry in entries:
        # A header is at least so long.
        yield entry.header_offset, entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size


def _broken(name: str) -> ContentError:
    return ContentError(f"{name}: is broken, or no Word document", hint=_AGAIN)


def _hostile(name: str) -> ContentError:
    return ContentError(f"{name}: is packed as no word processor packs a document", hint=_AGAIN)
