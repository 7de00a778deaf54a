"""``contentkit db export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="TABLE...", help="Tables and views; all of them when left out.", show_default=False),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FOLDER", help="Write NAME.csv there.", show_default=False)
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FOLDER", help="Write NAME.parquet there.", show_default=False)
    ] = None,
) -> None:
    """Write tables and views as CSV or Parquet files, all of one moment.

    In CSV, text stands in quotation marks; nothing at all stands for what is not known, and "" for empty text. Text that a
    spreadsheet would take for a formula gets an apostrophe before it. Parquet keeps text letter for letter, whole numbers,
    days and moments; it needs the extra 'parquet'. The files are for their owner only, and replace nothing.

    \b
    contentkit db export --csv exports
    contentkit db export --csv exports thread_engagement campaigns
    contentkit db export --parquet "exports/$(date +%F)"
    """
    from contentkit.cli.db import NONE_YET
    from contentkit.cli.output import say, show_document
    from contentkit.cli.project import open_project
    from contentkit.errors import StateError, UsageError
    from contentkit.store.database import has_database
    from contentkit.store.exports import export
    from contentkit.views.database import rows_in_words

    if (csv is None) == (parquet is None):
        raise UsageError("as CSV or as Parquet?", hint="contentkit db export --csv FOLDER, or --parquet FOLDER")
    project = open_project()
    if not has_database(project.root):
        raise StateError("there is nothing to export", hint=NONE_YET[:1].lower() + NONE_YET[1:])
    folder = csv or parquet
    assert folder is not None
    written = export(
        project.root,
        folder,
        "csv" if csv else "parquet",
        names or (),
        told=lambda one: say(f"{one.name}: {rows_in_words(one.rows)}"),
    )
    show_document("".join(f"{one.file}\n" for one in written))
