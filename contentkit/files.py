"""Files that people own: read as they stand, replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from contentkit.errors import ContentError, StateError

# A document with pictures in it may be large.
LARGEST_SOURCE = 32 * 1024 * 1024


def read_bytes(path: Path, name: str, missing: str = "check the name") -> bytes:
    """The bytes of a file, called ``name`` in messages; ``missing`` says what to do when there is none.

    Raises ContentError when it is missing, a folder or unreadable.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise ContentError(f"{name}: there is no such file", hint=missing) from None
    except IsADirectoryError:
        raise ContentError(f"{name}: is a folder", hint="name a file in it") from None
    except OSError as error:
        raise ContentError(f"{name}: cannot be read: {error.strerror}", hint="check its permissions") from None


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a source of at most ``LARGEST_SOURCE``. Raises ContentError when it cannot be read or is larger."""
    # Larger files are refused before they are read; whatever stands in the way of looking is said by reading.
    with contextlib.suppress(OSError):
        refuse_large(path.stat().st_size, LARGEST_SOURCE, name)
    return read_bytes(path, name)


def refuse_large(size: int, most: int, name: str) -> None:
    """Raises ContentError for more than so many bytes, or characters."""
    if size > most:
        limit = f"{most // 1024} KiB" if most < 1024 * 1024 else f"{most // 1024 // 1024} MiB"
        raise ContentError(f"{name}: larger than {limit}", hint="split it, or take the part you need")


class NotPlain(OSError):
    """A folder, a pipe or a device where a plain file was expected."""


@contextlib.contextmanager
def plain_file(path: Path) -> Iterator[tuple[int, os.stat_result]]:
    """An open plain file, and what is known of it. No link is followed, and no pipe is waited for.

    Raises OSError: ELOOP for a link, NotPlain for what is no plain file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode):
            raise NotPlain(errno.EINVAL, "is no plain file")
        yield handle, known
    finally:
        os.close(handle)


def plain_bytes(path: Path, most: int = -1) -> bytes:
    """What a plain file holds, of a longer one its first ``most`` bytes. Raises OSError as ``plain_file`` does."""
    with plain_file(path) as (handle, _), os.fdopen(os.dup(handle), "rb") as file:
        return file.read(most)


def lies_below(path: Path, folder: Path) -> bool:
    """Whether a file lies in this folder or deeper, wherever the links on the way to either lead.

    Links in a circle lead nowhere, and raise nothing.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def lies_in_git(path: Path) -> bool:
    """Whether a file lies in a folder called .git, wherever the links on the way to it lead."""
    return ".git" in (part.lower() for part in Path(os.path.realpath(path)).parts)


def decoded(data: bytes, name: str) -> str:
    """UTF-8 as text, byte order mark and line ends as they stand. Raises ContentError with ``name:line``."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError(f"{name}:{line}: not UTF-8 text", hint="save the file as UTF-8") from None


def text_of(data: bytes, name: str) -> str:
    """UTF-8 as text, without BOM and with plain line ends. Raises ContentError with ``name:line``."""
    return decoded(data, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path, name: str, missing: str = "check the name") -> str:
    """A text file a person wrote, as UTF-8 without BOM and with plain line ends. Raises ContentError.

    ``missing`` says what to do when there is none.
    """
    return text_of(read_bytes(path, name, missing), name)


def create_file(path: Path, data: bytes) -> None:
    """Write a new file. Raises ContentError when it exists already, StateError when it cannot be written.

    The whole file appears at once: a reader, or a crash, never sees a part of it.
    """
    temporary = _written_beside(path, data, mode=0o666 & ~_umask())
    try:
        # A hard link fails when the name is taken, whoever took it since we looked; a rename would overwrite it.
        os.link(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        _create_plainly(path, data)
    finally:
        temporary.unlink(missing_ok=True)
    settle_folder(path.parent)


def place_new(written: Path, path: Path) -> None:
    """Gives a file that is safely on the disk its name in the same folder. Raises as ``create_file`` does."""
    try:
        os.link(written, path)
        written.unlink()
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        _move_plainly(written, path)
    settle_folder(path.parent)


def _move_plainly(written: Path, path: Path) -> None:
    """For file systems without hard links: an empty file holds the name until the whole one takes its place."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        written.replace(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from None


def _taken(path: Path) -> ContentError:
    return ContentError(f"{path}: exists already", hint="choose another name, or remove it first")


def make_private_file(path: Path) -> None:
    """An empty file for its owner only, unless there is one: what replaces it keeps its mode, so no content is ever in a
    wider one. Raises StateError where it cannot be made."""
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StateError(
            f"{path}: cannot be written: {error.strerror}", hint="make its folder one that you may write to"
        ) from None


def replace_file(path: Path, data: bytes, expected: bytes | None) -> None:
    """Put ``data`` in the place of a file in one step, keeping its mode.

    ``expected`` are the bytes that the caller read before it decided what to write: when the file holds others by
    now, somebody edited it meanwhile. None replaces whatever is there. A link is followed, not replaced.
    Raises ContentError when the file changed or is gone, StateError when it cannot be written; then nothing changed.
    """
    path = path.resolve() if path.is_symlink() else path
    mode = _mode_of(path)
    if mode is None and expected is not None:
        raise ContentError(f"{path}: is gone", hint="somebody moved it meanwhile; run the command again")
    temporary = _written_beside(path, data, mode=0o666 & ~_umask() if mode is None else mode)
    try:
        # As late as can be: what is left is the instant between this reading and the rename.
        if expected is not None and read_bytes(path, str(path)) != expected:
            raise ContentError(f"{path}: was edited meanwhile", hint="nothing was written; run the command again")
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise
    settle_folder(path.parent)


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode & 0o7777
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unwritable(path, error) from None


def _umask() -> int:
    """The mask for new files. It can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _written_beside(path: Path, data: bytes, mode: int) -> Path:
    """A temporary file in the same folder that holds ``data``, safely on the disk."""
    temporary: Path | None = None
    try:
        # Not by ``tempfile``: it takes a third of the time in which Python starts.
        beside = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.tmp")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        temporary = beside
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):  # Windows has no such modes
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise
    return temporary


def _create_plainly(path: Path, data: bytes) -> None:
    """For file systems without hard links: still never over another file, but a reader may see it grow."""
    try:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise _unwritable(path, error) from None


def settle_folder(folder: Path) -> None:
    """Make the new name durable. Some file systems cannot; the file itself is complete either way."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"{path}: cannot be written: {error.strerror or error}",
        hint="nothing was changed; make room, or check that the folder exists and may be written to",
    )
