"""How many posts all workers together send: to one server, and through one app of a network that counts by app."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentkit.cli.project import Project
from contentkit.cli.scale.homes import home_of
from contentkit.config import load_config
from contentkit.errors import ContentkitError
from contentkit.publishing.postgres.workspaces import all_workspaces
from contentkit.publishing.publications import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.models import Account
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.postgres.limits import Stock
    from contentkit.publishing.statements import Database

# The secret that tells an app from others, by its platform. Of it only a digest leaves this machine.
_APP_KEYS = {"x": "api_key"}


class Admission:
    """Lets an account begin when there are tokens for what is due on it."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock

    def wait(self, database: Database, project: Project, journal: Journal, account: str) -> float:
        """0 where what is due on the account may go out now, else in how many seconds to ask again."""
        configured = project.config.accounts.get(account)
        names = self._stock.limited(database, bucket_names(project, configured)) if configured else []
        if not names:
            return 0.0
        threads = journal.threads.in_hand(account)
        posts = sum(row.state is State.PLANNED for thread in threads for row in thread.rows)
        return max((self._stock.wait(database, name, posts) for name in names), default=0.0) if posts else 0.0


def bucket_names(project: Project, account: Account) -> list[str]:
    """The buckets that a post on this account takes a token from, where there are such."""
    host = urlsplit(account.server).hostname
    names = [f"host {host}"] if host else []
    if account.platform in _APP_KEYS:
        try:
            secret = project.secrets(account)[_APP_KEYS[account.platform]]
        except ContentkitError:
            return names  # told when the account is connected
        names.append(f"app {account.platform} {hashlib.sha256(secret.encode()).hexdigest()[:12]}")
    return names


def names_here(database: Database, environment: Mapping[str, str]) -> set[str]:
    """The buckets that posts of this host's workspaces would take from."""
    names: set[str] = set()
    for workspace in all_workspaces(database):
        root = home_of(workspace.project, environment)
        if root is None:
            continue
        try:
            project = Project(root, load_config(root), environment)
        except ContentkitError:
            continue  # told by the worker
        names.update(name for account in project.config.accounts.values() for name in bucket_names(project, account))
    return names
