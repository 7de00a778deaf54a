"""The file of a page: written whole or not at all, and never in the place of a file that is somebody else's."""

from __future__ import annotations

from pathlib import Path

import typer

from contentkit.cli.person import can_be_asked
from contentkit.errors import NeedsPerson, UsageError
from contentkit.files import create_file, read_bytes, replace_file

# Where the marker of a page stands, and some room.
_BEGINNING = 2000


def put(path: Path, data: bytes, marker: str, option: str) -> None:
    """Writes the page, whole or not at all. A file that is no page of ours is replaced only when somebody says so.

    Ours have the ``marker`` near their beginning; ``option`` is what another file is named with.

    Raises UsageError where nobody can be asked, NeedsPerson when they say no, StateError when it cannot be written.
    """
    if not path.exists():
        create_file(path, data)
        return
    if not path.is_file() and not path.is_dir():
        raise UsageError(f"{path}: is no plain file", hint="name a file, or '-' for standard output")
    before = read_bytes(path, str(path))
    if marker.encode() not in before[:_BEGINNING]:
        if not can_be_asked():
            raise UsageError(f"{path}: exists, and is no page of contentkit", hint=f"name another file behind {option}")
        if not typer.confirm(f"{path} is no page of contentkit. Replace it?", err=True):
            raise NeedsPerson(f"{path}: kept as it is", hint=f"name another file behind {option}")
    replace_file(path, data, before)
