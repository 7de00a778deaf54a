"""The workspaces of a database: which teams' journals it holds, which hosts may publish each, and whether one may at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg

from contentkit.errors import StateError, UsageError
from contentkit.patterns import regex
from contentkit.strict_yaml import nearest
from contentkit.text import printable
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database

# A workspace is told by its project's name, which its folder brings along; people call it by a name of their own.
WORKSPACES = """
CREATE TABLE workspaces (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  project TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('moving', 'open', 'closed')),
  hosts TEXT NOT NULL DEFAULT '[]',
  seal TEXT NOT NULL,
  moved_from TEXT NOT NULL DEFAULT '',
  digest TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL DEFAULT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
);
"""
NAME = regex(r"[a-z0-9][a-z0-9._-]{0,63}")
HOST = regex(r"[A-Za-z0-9_.-]{1,253}")
NAME_HINT = "small letters, digits, dots, dashes and underscores, as in 'nixtla'"


class Standing(StrEnum):
    """Whether a workspace's journal is here: ``moving`` has it elsewhere still, ``closed`` is kept and publishes no more."""

    MOVING = "moving"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """One team's place in the database. ``hosts`` may publish it, where it is empty any on which it was imported.

    ``seal`` tells the key that seals its approvals from others, ``moved_from`` is the id of the SQLite journal that was moved
    here, ``digest`` that of its rows as they were then.
    """

    id: int
    name: str
    project: str
    state: Standing
    hosts: tuple[str, ...]
    seal: str
    moved_from: str
    digest: str
    made_at: str

    def may_run_on(self, host: str) -> bool:
        """Whether this host may publish it now."""
        return self.state is Standing.OPEN and (not self.hosts or host in self.hosts)


def all_workspaces(database: Database) -> list[Workspace]:
    """Every one that was ever imported, by name."""
    return [_workspace(row) for row in database.execute("SELECT * FROM workspaces ORDER BY name").fetchall()]


def workspace_of(database: Database, project: str) -> Workspace | None:
    """The workspace of this project; None where it was not imported."""
    row = database.execute("SELECT * FROM workspaces WHERE project = ?", (project,)).fetchone()
    return _workspace(row) if row else None


def workspace_named(database: Database, name: str) -> Workspace:
    """The workspace that people call so. Raises UsageError that names the nearest one."""
    row = database.execute("SELECT * FROM workspaces WHERE name = ?", (name,)).fetchone()
    if row:
        return _workspace(row)
    known = [one.name for one in all_workspaces(database)]
    raise UsageError(f"there is no workspace '{printable(name)}'", hint=nearest(name, known))


def imported_workspace(database: Database, project: str) -> Workspace:
    """The workspace of this project. Raises StateError where it was not imported."""
    known = workspace_of(database, project)
    if known is None:
        raise StateError(
            f"the database has no workspace of the project '{project}'",
            hint="run 'contentkit import-workspace . --name NAME' in its folder",
        )
    return known


def workspace_with_journal(database: Database, project: str) -> Workspace:
    """The workspace of this project, whose journal is here, be it open or removed. Raises StateError where it is not."""
    known = imported_workspace(database, project)
    if known.state is Standing.MOVING:
        raise StateError(
            f"the journal of the workspace '{known.name}' is still on its way here",
            hint="run 'contentkit migrate' where the project was published so far",
        )
    return known


def refuse_to_send(workspace: Workspace, host: str) -> None:
    """Raises StateError where this host may not publish the workspace now, with what to do."""
    if workspace.state is Standing.CLOSED:
        raise StateError(
            f"the workspace '{workspace.name}' was removed: it publishes nothing any more",
            hint=f"to open it again: contentkit import-workspace . --name {workspace.name}",
        )
    if not workspace.may_run_on(host):
        hosts = " ".join(f"--host {name}" for name in (*workspace.hosts, host))
        raise StateError(
            f"the workspace '{workspace.name}' is published by {', '.join(workspace.hosts)}, not by this host, '{host}'",
            hint=f"leave it to these, or let this host, too: contentkit import-workspace . --name {workspace.name} {hosts}",
        )


def enter(
    database: Database, *, name: str, project: str, hosts: Iterable[str], seal: str, state: Standing
) -> Workspace:
    """Makes room for a team, in one statement. Raises UsageError for a name that cannot be one, or is another team's."""
    refuse_name(name)
    row = database.execute(
        """INSERT INTO workspaces (name, project, state, hosts, seal) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING RETURNING *""",
        (name, project, state, _listed(hosts), seal),
    ).fetchone()
    if row:
        return _workspace(row)
    raise UsageError(f"there is a workspace '{name}' already, or one of this project", hint="see 'contentkit scale'")


def let_run_on(database: Database, workspace: Workspace, hosts: Iterable[str]) -> Workspace:
    """Says which hosts may publish it from now on. Raises UsageError for what cannot be a host."""
    return _changed(database, workspace, "hosts", _listed(hosts))


def rename(database: Database, workspace: Workspace, name: str) -> Workspace:
    """Calls it by another name. Raises UsageError as ``enter``."""
    refuse_name(name)
    try:
        return _changed(database, workspace, "name", name)
    except psycopg.errors.UniqueViolation:
        raise UsageError(f"there is a workspace '{name}' already", hint="see 'contentkit scale'") from None


def set_standing(database: Database, workspace: Workspace, state: Standing) -> Workspace:
    """Opens or closes it; what its journal says stays."""
    return _changed(database, workspace, "state", state)


def refuse_name(name: str) -> None:
    """Raises UsageError for what cannot be the name of a workspace."""
    if not NAME.fullmatch(name):
        raise UsageError(f"'{printable(name)}' cannot be the name of a workspace", hint=NAME_HINT)


def _changed(database: Database, workspace: Workspace, column: str, value: str) -> Workspace:
    row = database.execute(
        f"UPDATE workspaces SET {column} = ? WHERE id = ? RETURNING *",  # noqa: S608 - no words from outside
        (value, workspace.id),
    ).fetchone()
    if row is None:
        raise StateError(f"the workspace '{workspace.name}' is gone", hint="see 'contentkit scale'")
    return _workspace(row)


def _listed(hosts: Iterable[str]) -> str:
    names = sorted(set(hosts))
    for name in names:
        if not HOST.fullmatch(name):
            raise UsageError(
                f"'{printable(name)}' cannot be the name of a host", hint="say it as 'hostname' does there"
            )
    return json.dumps(names)


def _workspace(row: Any) -> Workspace:
    return Workspace(
        id=row["id"], name=row["name"], project=row["project"], state=Standing(row["state"]),
        hosts=tuple(json.loads(row["hosts"])), seal=row["seal"], moved_from=row["moved_from"], digest=row["digest"],
        made_at=row["made_at"],
    )  # fmt: skip
