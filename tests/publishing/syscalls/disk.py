"""What may be on a disk when the power goes: every file and every name is there only as far as it was made durable.

The model is the harsh one that POSIX allows. What was written to a file survives for certain once that file was synced. A
name that was made, moved or removed survives for certain once its folder was synced. Of everything since then any part may
have reached the disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.publishing.syscalls.calls import OPENING, REMOVING, RENAMING, SYNCING, WRITING
from tests.publishing.syscalls.plans import Event

# What a sector holds at once; a longer write may be torn between two of them.
_SECTOR = 512


@dataclass(eq=False)
class _File:
    """What a file certainly holds."""

    content: bytes = b""


@dataclass(frozen=True, kw_only=True)
class _Change:
    """Something that is not durable yet: to a file's content, or to a folder's names. ``torn`` is half of it."""

    to: _File | str
    apply: Callable[[_Image], None]
    torn: Callable[[_Image], None] | None = None


@dataclass
class _Image:
    """A disk in the making: names, and contents of files that differ from the durable ones."""

    names: dict[str, _File]
    contents: dict[_File, bytes] = field(default_factory=dict)

    def content(self, file: _File) -> bytes:
        return self.contents.get(file, file.content)

    def files(self) -> dict[str, bytes]:
        return {name: self.content(file) for name, file in self.names.items()}


class Disk:
    """The files below some folders, from their state before a run on. Paths are whole ones."""

    def __init__(self, files: Mapping[str, bytes], folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._durable = {name: _File(content) for name, content in files.items()}
        self._now = dict(self._durable)
        self._pending: list[_Change] = []

    def take(self, event: Event) -> bool:
        """The next call of the run. One that failed changed nothing. True when it may leave another disk than before."""
        if event.result < 0 or not any(Path(event.path).is_relative_to(folder) for folder in self._folders):
            return False
        durable, pending = self._durable, list(self._pending)
        file = self._now.get(event.path)
        if event.call in OPENING:
            self._open(event)
        elif event.call in WRITING and file:
            self._write(file, event.data[: event.result], event.offset)
        elif event.call == "ftruncate" and file:
            self._cut(file, event.length)
        elif event.call in REMOVING:
            self._remove(event.path)
        elif event.call in RENAMING:
            self._rename(event.path, event.to)
        elif event.call in SYNCING:
            self._sync(event.path)
        return pending != self._pending or durable is not self._durable

    def images(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """What may be left, by a name for it: nothing that was not made durable, all of it, only names, only contents, each
        beginning of it in the order in which it was done, and each of these with the next write torn."""
        yield "only what is durable", self._image(self._pending[:0])
        yield "everything", self._image(self._pending)
        yield "names without contents", self._image([one for one in self._pending if isinstance(one.to, str)])
        yield "contents without names", self._image([one for one in self._pending if not isinstance(one.to, str)])
        for number in range(1, len(self._pending)):
            yield f"the first {number} changes", self._image(self._pending[:number])
        for number, change in enumerate(self._pending):
            if change.torn:
                yield f"{number} changes and a torn one", self._image(self._pending[:number], change.torn)

    def _image(self, changes: list[_Change], torn: Callable[[_Image], None] | None = None) -> dict[str, bytes]:
        image = _Image(dict(self._durable))
        for change in changes:
            change.apply(image)
        if torn:
            torn(image)
        return image.files()

    def _open(self, event: Event) -> None:
        if event.path not in self._now:
            if not event.flags & os.O_CREAT:
                return
            file = self._now[event.path] = _File()
            self._pending.append(_named(event.path, file))
        if event.flags & os.O_TRUNC:
            self._cut(self._now[event.path], 0)

    def _write(self, file: _File, data: bytes, offset: int) -> None:
        half = len(data) // 2 // _SECTOR * _SECTOR

        def written(size: int) -> Callable[[_Image], None]:
            return lambda image: image.contents.update({file: _with(image.content(file), data[:size], offset)})

        self._pending.append(_Change(to=file, apply=written(len(data)), torn=written(half) if half else None))

    def _cut(self, file: _File, length: int) -> None:
        def apply(image: _Image) -> None:
            image.contents[file] = image.content(file)[:length].ljust(length, b"\0")

        self._pending.append(_Change(to=file, apply=apply))

    def _remove(self, path: str) -> None:
        self._now.pop(path)
        self._pending.append(_Change(to=_folder(path), apply=lambda image: _forget(image, path)))

    def _rename(self, path: str, to: str) -> None:
        file = self._now[to] = self._now.pop(path)

        def apply(image: _Image) -> None:
            _forget(image, path)
            image.names[to] = file

        self._pending.append(_Change(to=_folder(to), apply=apply))

    def _sync(self, path: str) -> None:
        """Makes durable what is pending for this file, or for the names in this folder."""
        image = _Image(dict(self._durable))
        synced: _File | str = self._now.get(path, path)
        for change in self._pending:
            if change.to == synced:
                change.apply(image)
        self._durable = image.names
        for file, content in image.contents.items():
            file.content = content
        self._pending = [change for change in self._pending if change.to != synced]


def _named(path: str, file: _File) -> _Change:
    return _Change(to=_folder(path), apply=lambda image: image.names.update({path: file}))


def _folder(path: str) -> str:
    return str(Path(path).parent)


def _forget(image: _Image, path: str) -> None:
    image.names.pop(path, None)


def _with(content: bytes, data: bytes, offset: int) -> bytes:
    return content[:offset].ljust(offset, b"\0") + data + content[offset + len(data) :]
