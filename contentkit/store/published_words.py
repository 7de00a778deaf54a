"""The words of what is out, with what came of them, as ``contentkit.db`` has them; read past whoever is writing there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from contentkit.errors import StateError
from contentkit.stamps import moment_if_any
from contentkit.store.database import DATABASE_NAME, refuse_links, remedy
from contentkit.store.reading import read_only, version_of

# The first form of the database that has figures.
_SINCE = 2
_QUERY = """
SELECT entry, account, platform, post, url, published_at, text, likes, shares, replies FROM latest_figures
WHERE text <> '' AND state IS NOT 'deleted' ORDER BY id"""


class PublishedWords(NamedTuple):
    """One status. ``entry`` is None for what contentkit did not publish, ``post`` where nobody knows of which post it is;
    figures are None where no network told them. ``published_at`` is as it is stored: of tens of thousands few are looked at."""

    entry: str | None
    account: str
    platform: str
    post: int | None
    url: str
    published_at: str
    text: str
    likes: int | None
    shares: int | None
    replies: int | None

    @property
    def at(self) -> datetime | None:
        return moment_if_any(self.published_at)


def published_words(root: Path) -> list[PublishedWords]:
    """Every status whose words are known and that nobody has deleted; none where there is no database.

    Raises StateError for a database that cannot be read, or has no figures yet.
    """
    path = root / DATABASE_NAME
    if not path.is_file():
        return []
    refuse_links(root)
    with read_only(path, remedy) as connection:
        if version_of(connection) < _SINCE:
            raise StateError(f"{path}: is of an older contentkit", hint="'contentkit stats' brings it up to date")
        return [PublishedWords._make(row) for row in connection.execute(_QUERY)]
