"""The files of schedulers that keep one for each job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from contentkit.errors import StateError
from contentkit.files import replace_file


def found_files(paths: Iterable[Path]) -> dict[str, str]:
    """Those of these files that are there, with what they say. Raises StateError for one that cannot be read."""
    found: dict[str, str] = {}
    for path in paths:
        try:
            found[str(path)] = path.read_text("utf-8", errors="surrogateescape")
        except FileNotFoundError:
            continue
        except OSError as problem:
            raise StateError(f"{path}: cannot be read: {problem.strerror}", hint="check its permissions") from None
    return found


def write_files(contents: Mapping[str, str]) -> None:
    """Writes these files, each whole or not at all. Raises StateError for one that cannot be written."""
    for name, words in contents.items():
        path = Path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, words.encode("utf-8", errors="surrogateescape"), None)
        except OSError as problem:  # a folder that cannot be made
            raise StateError(f"{path}: cannot be written: {problem.strerror}", hint="check its permissions") from None
