"""The rows of publications, as the rooms of the journal read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.publishing.publications import Publication
from contentkit.publishing.records import publication_of

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database


def rows_where(connection: Database, where: str, values: Sequence[object] = ()) -> list[Publication]:
    """The publications of which this condition holds, thread by thread, in order."""
    query = f"SELECT * FROM publications WHERE {where} ORDER BY entry, account, part"  # noqa: S608 - no words from outside
    # All at once: as long as a row is still to be read, the publisher could commit nothing.
    return [publication_of(row) for row in connection.execute(query, tuple(values)).fetchall()]
