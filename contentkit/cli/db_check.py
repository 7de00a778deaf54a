"""``contentkit db check``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> int:
    """Look whether contentkit.db is sound; exit 1 when it is not.

    Looks at every page, index and reference, and whether all tables, views and triggers are as contentkit makes them. Changes
    nothing, and does not open the journal: 'contentkit doctor' looks at that.

    \b
    contentkit db check
    contentkit db check --json | jq '.faults[].what'
    """
    from contentkit.cli.db import NONE_YET
    from contentkit.cli.output import say, show_json, show_sentences
    from contentkit.cli.project import open_project
    from contentkit.store.database import DATABASE_NAME, has_database
    from contentkit.store.soundness import faults_in

    project = open_project()
    has_one = has_database(project.root)
    faults = faults_in(project.root) if has_one else []
    if as_json:
        show_json({"path": str(project.root / DATABASE_NAME) if has_one else None, "faults": faults})
    elif not has_one:
        say(NONE_YET)
    elif faults:
        show_sentences(*(f"{DATABASE_NAME}: {fault.what}" for fault in faults))
        say(*dict.fromkeys(f"  {fault.remedy}" for fault in faults))
    else:
        say(f"{DATABASE_NAME} is sound.")
    return 1 if faults else 0
