"""What doctor looks at of contentkit.db, of which nothing depends but figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from contentkit.cli.project import Project
from contentkit.store.database import DATABASE_NAME, STEPS, refuse_links, remedy
from contentkit.store.reading import damage_in, is_half_written, read_only, version_of
from contentkit.views.doctor import Finding, error, fine


def look_at_database(project: Project) -> Iterator[Finding]:
    """Raises StateError when it cannot be read."""
    path = project.root / DATABASE_NAME
    refuse_links(project.root)
    if not path.exists():
        yield fine("database", f"no {DATABASE_NAME} yet")
        return
    with read_only(path, _remedy) as connection:
        version, damage = version_of(connection), damage_in(connection)
    if version > len(STEPS):
        yield error("database", f"{DATABASE_NAME}: written by a newer contentkit", "update contentkit")
    elif damage:
        yield error("database", f"{DATABASE_NAME}: is damaged: {damage}", "restore it from a backup")
    else:
        yield fine("database", f"{DATABASE_NAME} is sound")


def reads_spent(project: Project, today: date) -> int:
    """The reads that were charged in the month (UTC) of this day; 0 where nothing was ever read."""
    from sqlite_utils import Database

    from contentkit.stats.budget import spent

    path = project.root / DATABASE_NAME
    if path.is_symlink() or not path.exists():
        return 0
    with read_only(path, _remedy) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reads'").fetchone():
            return 0
        return spent(Database(connection, execute_plugins=False), today)


def _remedy(problem: Exception) -> str:
    if is_half_written(problem):
        return "nothing is lost: the next 'contentkit sync' repairs it"
    return remedy(problem)
