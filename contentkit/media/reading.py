"""A file of the project by its path, and only of the project: no way out of it, no link, no pipe, nothing that blocks."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.patterns import regex

# More than any network takes; nothing of a larger file is read.
LARGEST = 512 * 1024 * 1024
_COPY = "put a copy into the project, beside the draft for example"
_ADDRESS = regex(r"[a-z][a-z0-9+.-]*://|data:", re.I)


# What changes with every change of a file, as far as its file system counts: device, number, size, times.
FileState = tuple[int, int, int, int, int]


def read_inside(path: str, root: Path) -> bytes:
    """The bytes of the plain file at this path from ``root``.

    Raises ContentError: not inside of it, behind a link, no plain file, missing, unreadable, empty, or too large.
    """
    with _file_inside(path, root) as file:
        return _content(file, path)


def state_inside(path: str, root: Path) -> FileState:
    """What tells one state of the file at this path from another, without reading it.

    Raises ContentError when the way there is none that ``read_inside`` goes.
    """
    with _file_inside(path, root) as file:
        known = os.fstat(file)
        return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns


@contextmanager
def _file_inside(path: str, root: Path) -> Iterator[int]:
    *folders, name = _parts(path)
    # Each folder is opened in the one before: whatever is moved or linked meanwhile, the way never leaves the project.
    # Opening a pipe must not wait for somebody to write into it.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with ExitStack() as way:
        at = way.enter_context(_opened(str(root), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, None, path))
        for folder in folders:
            at = way.enter_context(_opened(folder, flags | os.O_DIRECTORY, at, path))
        yield way.enter_context(_opened(name, flags, at, path))


def is_address(path: str) -> bool:
    """Whether this names something on the web, and no file."""
    return bool(_ADDRESS.match(path))


def _parts(path: str) -> list[str]:
    """The names on the way. Raises ContentError for a path that leads out of the project, whatever is there."""
    if is_address(path):
        raise ContentError(f"{path}: a picture is a file of the project, not an address", hint=_COPY)
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "\0" in path:
        raise ContentError(f"{path}: leads out of the project", hint=_COPY)
    return [part for part in parts if part not in ("", ".")] or ["."]


@contextmanager
def _opened(name: str, flags: int, folder: int | None, path: str) -> Iterator[int]:
    try:
        file = os.open(name, flags, dir_fd=folder)
    except OSError as error:
        raise _refusal(name, folder, path, error) from None
    try:
        yield file
    finally:
        os.close(file)


def _refusal(name: str, folder: int | None, path: str, error: OSError) -> ContentError:
    """Why this name on the way could not be opened."""
    from contentkit.strict_yaml import nearest

    try:
        is_link = stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        is_link = False
    if is_link:
        return ContentError(f"{path}: leads over a symbolic link", hint="put the file itself there")
    if isinstance(error, FileNotFoundError):
        known = _names_in(folder, folders=not path.endswith(name))
        near = nearest(name, known) if known else ""
        # A list of all that lies there helps nobody.
        hint = near if near.startswith("did you mean") else "put the file there, or correct the path"
        return ContentError(f"{path}: there is no such file", hint=hint)
    if isinstance(error, NotADirectoryError):
        return ContentError(f"{path}: {name} is not a folder", hint="check the path")
    return ContentError(f"{path}: cannot be read: {error.strerror}", hint="check its permissions")


def _names_in(folder: int | None, *, folders: bool) -> list[str]:
    """What lies in an open folder: its folders, or its files."""
    if folder is None:
        return []
    with os.scandir(folder) as found:
        return [one.name for one in found if one.is_dir() == folders and not one.name.startswith(".")]


def _content(file: int, path: str) -> bytes:
    known = os.fstat(file)
    if stat.S_ISDIR(known.st_mode):
        raise ContentError(f"{path}: is a folder", hint="name a file in it")
    if not stat.S_ISREG(known.st_mode):
        raise ContentError(f"{path}: is not a plain file", hint=_COPY)
    if known.st_size > LARGEST:
        size = known.st_size // (1024 * 1024)
        raise ContentError(f"{path}: {size} MiB is more than any network takes", hint="shorten or compress it")
    with os.fdopen(file, "rb", closefd=False) as stream:
        data = stream.read(LARGEST)
    if not data:
        raise ContentError(f"{path}: is empty", hint="export it again from the program that made it")
    return data
