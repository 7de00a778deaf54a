"""``contentkit db backup``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project

_FOLDER = "backups"


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A new file, or a folder for one that is named by its time.", show_default=False
        ),
    ] = None,
) -> None:
    """Copy contentkit.db as it is at this moment, also while 'contentkit sync' writes.

    Without FILE the copy lies in this machine's private folder of the project, named by its time in UTC. Only you can read
    it, and a file that is there is never replaced. To go back to it, copy it to where 'contentkit db path' says while no
    command runs, and take contentkit.db-wal and contentkit.db-shm away.

    \b
    contentkit db backup
    contentkit db backup /media/usb/
    contentkit db backup before-the-move.db
    """
    from contentkit.cli.db import NONE_YET
    from contentkit.cli.output import say, show_document
    from contentkit.cli.project import open_project
    from contentkit.errors import StateError
    from contentkit.store.backups import back_up
    from contentkit.store.database import has_database
    from contentkit.views.database import size_in_words

    project = open_project()
    if not has_database(project.root):
        raise StateError("there is nothing to back up", hint=NONE_YET[:1].lower() + NONE_YET[1:])
    target = _target(project, file)
    size = back_up(project.root, target)
    show_document(f"{target}\n")
    say(f"{size_in_words(size)} are copied.")


def _target(project: Project, file: Path | None) -> Path:
    """Where the copy will be. Raises StateError where the private folder cannot be made."""
    from contentkit.clock import SystemClock
    from contentkit.places import make_private_folder
    from contentkit.store.backups import name_of_backup

    name = name_of_backup(SystemClock().now())
    if file is None:
        return make_private_folder(make_private_folder(project.state) / _FOLDER) / name
    return file / name if file.is_dir() else file
