"""Writes the copy of an original into ``notes/``: whole or not at all, never over a file that is not ours."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from contentkit.cli.ingesting.naming import name_for
from contentkit.cli.ingesting.original import Original
from contentkit.cli.ingesting.raw_files import alone, raw_files, remember_raw
from contentkit.cli.ingesting.whereabouts import NOTES, lies_in
from contentkit.cli.project import Project
from contentkit.errors import ContentError, StateError
from contentkit.files import create_file, plain_bytes, replace_file, text_of
from contentkit.models import Origin
from contentkit.sources import Reading, copied
from contentkit.sources.copies import is_made_of, is_untouched

State = Literal["new", "changed", "known"]


def write_copy(
    project: Project, original: Original, reading: Reading, now: datetime, changed: str | None
) -> tuple[str, State]:
    """The path of the copy from the project's root, and whether it is new, changed or was there already.

    ``changed`` is when the original was last changed before it was read (see ``raw_files``).

    Raises ContentError when somebody has edited the copy and the original changed, too; StateError when it cannot be
    written. Nothing is half-written.
    """
    _make_folder(project)
    if not project.config.project:
        name = name_for(project, original, reading, {}, now)
        return name, _written(project, name, original, reading, now)
    with alone(project.state):
        name = name_for(project, original, reading, raw_files(project.state), now)
        if original.path:
            # Before the copy: one that lacks words is never there without the way to what it lacks.
            remember_raw(project.state, name, original.path, changed)
        return name, _written(project, name, original, reading, now)


def _make_folder(project: Project) -> None:
    folder = project.root / NOTES
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StateError(f"{folder}: cannot be made: {error.strerror}", hint="make it a folder of yours") from None
    if not lies_in(folder, project):
        raise StateError(f"{NOTES}: leads out of the project", hint="make it a folder, not a link")


def _written(project: Project, name: str, original: Original, reading: Reading, now: datetime) -> State:
    cut = reading.source.redactions
    origin = Origin(place=_place(project, original, cut), read=now, cut=cut, unclear=reading.unclear)
    data = copied(reading.copy, origin)
    path = project.root / name
    before = _content(path, name)
    if before is None:
        create_file(path, data)
        return "new"
    there = _lines(before)
    if is_made_of(there, reading.copy):
        return "known"
    if not is_untouched(there):
        raise ContentError(
            f"{name}: was edited since it was copied, and {original.name} changed since",
            hint=f"bring the edit into the original, or move {name} away; then ingest again. Nothing was changed",
        )
    replace_file(path, data, before)
    return "changed"


def _place(project: Project, original: Original, cut: int) -> str:
    """What the copy says of where it came from. Of a file with words off the record, nobody is told even the name."""
    if original.path is None or cut:
        return original.address
    return original.name if lies_in(original.path, project) else original.path.name


def _content(path: Path, name: str) -> bytes | None:
    """What stands under the name of the copy; None when nothing does. Raises ContentError for a link or a folder."""
    try:
        return plain_bytes(path)
    except FileNotFoundError:
        return None
    except OSError:
        hint = "move it away, then ingest again"
        raise ContentError(f"{name}: is no file that could be a copy", hint=hint) from None


def _lines(data: bytes) -> list[str]:
    try:
        return text_of(data, NOTES).split("\n")
    except ContentError:
        return []
