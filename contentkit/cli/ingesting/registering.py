"""Enters sources into contentkit.db by their content: what is known stays as it is, and what changed is told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from contentkit.cli.ingesting.taking import Taken
from contentkit.cli.project import Project


def registered(project: Project, taken: Sequence[Taken], now: datetime) -> list[Taken]:
    """The same with what is new of each. Raises StateError when the database cannot be written."""
    from contentkit.store.database import has_source, open_database, register_source
    from contentkit.store.feeds import remember_taken

    if not taken:
        return []
    told = []
    with closing(open_database(project.root)) as database:
        for one in taken:
            if one.original.feed:
                remember_taken(database, one.original.feed, one.original.item, copy=one.source.path, now=now)
            was_known = has_source(database, one.source.path)
            is_new = register_source(database, one.source, now)
            # Of a copy the files know it; the database of this clone may never have seen the source.
            state = one.state if one.copied or not is_new else "changed" if was_known else "new"
            told.append(replace(one, state=state))
    return told
