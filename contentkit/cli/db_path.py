"""``contentkit db path``."""

from __future__ import annotations


def command() -> None:
    """Print where contentkit.db is, for other programs.

    \b
    datasette "$(contentkit db path)"
    sqlite3 "$(contentkit db path)" 'select * from campaigns'
    """
    from contentkit.cli.db import NONE_YET
    from contentkit.cli.output import say, show_document
    from contentkit.cli.project import open_project
    from contentkit.store.database import DATABASE_NAME, has_database

    project = open_project()
    # Letter for letter: another program opens it.
    show_document(f"{project.root / DATABASE_NAME}\n")
    if not has_database(project.root):
        say(NONE_YET)
