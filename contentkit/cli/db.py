"""``contentkit db``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project

NONE_YET = "There is no contentkit.db yet: 'contentkit ingest' and 'contentkit sync' make it."


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show what contentkit.db holds: its tables and views, how many rows, how large it is.

    contentkit.db is SQLite beside the calendar, and yours: sources, figures, a copy of what was published. Nothing that
    publishing depends on is in it. Datasette and sqlite3 may read it while 'contentkit sync' writes.

    \b
    contentkit db
    contentkit db backup
    contentkit db export --csv exports
    datasette "$(contentkit db path)"
    """
    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.views.database import HEADINGS, cells, heading, relations_table

    about = _about(open_project())
    if as_json:
        show_json(about)
    elif about is None:
        say(NONE_YET)
    else:
        rows = [cells(one) for one in about["relations"]]
        say(heading(about))
        show_rows([HEADINGS, *rows], lambda: relations_table(about["relations"]))


def _about(project: Project) -> dict[str, Any] | None:
    """What is known of the database; None where there is none. Raises StateError when it cannot be read."""
    from contentkit.store.contents import count_of, relations_in
    from contentkit.store.database import DATABASE_FILES, DATABASE_NAME, STEPS, has_database, refuse_links, remedy
    from contentkit.store.descriptions import descriptions
    from contentkit.store.reading import one_moment, version_of

    if not has_database(project.root):
        return None
    refuse_links(project.root)
    path = project.root / DATABASE_NAME
    known = descriptions()
    with one_moment(path, remedy) as connection:
        form = version_of(connection)
        relations = [
            {
                "name": one.name,
                "kind": "view" if one.is_view else "table",
                "rows": None if one.is_view else count_of(connection, one),
                "one_row": known[one.name].row if one.name in known else "",
            }
            for one in relations_in(connection)
        ]
    files = [project.root / name for name in DATABASE_FILES]
    size = sum(file.stat().st_size for file in files if file.exists())
    return {"path": str(path), "bytes": size, "form": form, "newest_form": len(STEPS), "relations": relations}
