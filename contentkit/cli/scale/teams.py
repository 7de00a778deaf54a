"""The workspaces that this host publishes: where each one's folder lies, read anew as often as things change."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contentkit.cli.project import Project
from contentkit.cli.scale.homes import home_of, this_host
from contentkit.cli.scale.migrating import refuse_two_journals
from contentkit.config import load_config
from contentkit.errors import ContentkitError, StateError
from contentkit.publishing.postgres.workspaces import Workspace, all_workspaces
from contentkit.publishing.statements import Database

if TYPE_CHECKING:
    from contentkit.cli.scale.events import Events

# How long what the database says of workspaces is taken for true, in seconds. Whether one is open is asked with each claim.
_GOOD_FOR = 10.0


class Teams:
    """The projects of this host by the numbers of their workspaces."""

    def __init__(self, environment: Mapping[str, str], events: Events) -> None:
        self._environment = environment
        self._events = events
        self._turn = threading.Lock()
        self._asked = float("-inf")
        self._projects: dict[int, Project] = {}
        self._troubles: dict[int, str] = {}

    def here(self, database: Database, uptime: float) -> dict[int, Project]:
        """Each project that may be published here now. One that cannot be opened is told, once, and left out."""
        with self._turn:
            if uptime - self._asked > _GOOD_FOR:
                mine = [one for one in all_workspaces(database) if one.may_run_on(this_host())]
                self._projects = {one.id: project for one in mine if (project := self._project(one))}
                self._asked = uptime
            return self._projects

    def _project(self, workspace: Workspace) -> Project | None:
        try:
            root = home_of(workspace.project, self._environment)
            known = self._projects.get(workspace.id)
            if root is None:
                return None
            if known is None or known.root != root:
                known = Project(root, load_config(root), self._environment)
                if known.config.project != workspace.project:
                    raise StateError(
                        f"{root}: is the project '{known.config.project}' now, no longer '{workspace.project}'",
                        hint="import it as a workspace of its own",
                    )
            refuse_two_journals(known.state, workspace)
            self._troubles.pop(workspace.id, None)
            return known
        except ContentkitError as error:
            if self._troubles.get(workspace.id) != error.words:
                self._troubles[workspace.id] = error.words
                self._events.say("workspace out of reach", workspace=workspace.name, why=error.words)
            return None
