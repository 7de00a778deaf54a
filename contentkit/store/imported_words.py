"""The words of posts that were imported, as something to learn from; what contentkit drafted and published is not among them."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from contentkit.models import OwnPost
from contentkit.stamps import moment_of
from contentkit.store.database import DATABASE_NAME, refuse_links, remedy
from contentkit.store.reading import read_only

_QUERY = """
SELECT platform, remote_id, url, published_at, text, language FROM publications
WHERE origin <> 'here' AND text <> '' AND account IN (SELECT value FROM json_each(?))
  AND (SELECT lost FROM snapshots WHERE publication = publications.id ORDER BY number DESC LIMIT 1) IS NOT 'deleted'
ORDER BY published_at, part"""


def imported_posts(root: Path, accounts: Collection[str]) -> list[OwnPost]:
    """Those of these accounts that nobody has deleted, the oldest first; none where there is no database.

    Raises StateError for a database that cannot be read, or of a contentkit that imported nothing.
    """
    path = root / DATABASE_NAME
    if not path.is_file():
        return []
    refuse_links(root)
    with read_only(path, remedy) as connection:
        return [
            OwnPost(
                text=text,
                written=moment_of(published).date(),
                language=language or "",
                key=f"{platform}:{remote_id if platform == 'x' else url or remote_id}",
            )
            for platform, remote_id, url, published, text, language in connection.execute(
                _QUERY, (json.dumps(sorted(accounts)),)
            )
        ]
