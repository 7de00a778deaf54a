"""``contentkit db metadata``."""

from __future__ import annotations

import re
from typing import Any

# What a row of a table is called where others point to it.
_LABELS = {
    "published_parts": "url", "accounts": "name", "owners": "owner", "sources": "path", "entries": "id", "draftings": "slug",
    "feeds": "title",
}  # fmt: skip


def command() -> None:
    """Print what Datasette shows beside contentkit.db: what tables and columns mean, and queries to start from.

    \b
    contentkit db metadata > metadata.json
    datasette "$(contentkit db path)" --metadata metadata.json
    """
    from contentkit.cli.output import show_json

    show_json({"title": "What was published, and what it brought", "databases": {"contentkit": _metadata()}})


def _metadata() -> dict[str, Any]:
    """Descriptions of tables, views and columns in Datasette's form, and the queries of the documentation by name."""
    from contentkit.store.contents import relations_in
    from contentkit.store.descriptions import descriptions, questions
    from contentkit.store.soundness import new_database

    known = descriptions()
    with new_database() as connection:
        relations = relations_in(connection)
    tables = {
        one.name: {
            "description": f"One row is {known[one.name].row}. {known[one.name].about}".strip(),
            "columns": {column: known[one.name].of(column) for column in one.columns},
            **({"label_column": _LABELS[one.name]} if one.name in _LABELS else {}),
        }
        for one in relations
    }
    queries = {_named(question): {"title": question, "sql": query.strip()} for question, query in questions().items()}
    return {"tables": tables, "queries": queries}


def _named(question: str) -> str:
    """``Which threads found most?`` as a piece of an address."""
    return re.sub(r"\W+", "-", question.lower()).strip("-")
