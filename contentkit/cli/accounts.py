"""``contentkit accounts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contentkit.cli.project import Project


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show the accounts, and where their secrets are.

    Asks no network. Secrets are looked for in the environment, in secrets.toml and in the keyring, in this order;
    no secret is shown.

    \b
    contentkit accounts
    contentkit accounts add our-mastodon
    contentkit accounts check
    """
    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.views.accounts import accounts_table

    project = open_project()
    troubles, unread = _known_troubles(project)
    found = [_about(project, name, troubles.get(name, "")) for name in project.config.accounts]
    rows = [_row(one) for one in found]
    if as_json:
        show_json(found)
    elif rows:
        show_rows(rows, lambda: accounts_table(rows))
    else:
        say("There is no account yet: contentkit accounts add NAME")
    if unread:
        raise unread


def _known_troubles(project: Project) -> tuple[Mapping[str, str], Exception | None]:
    """What the journal knows to stand in an account's way; a journal that cannot be read does not hide the accounts."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.clock import SystemClock
    from contentkit.errors import ContentkitError

    try:
        with journal_if_any(project, SystemClock()) as journal:
            return {one.name: one.trouble for one in journal.accounts.all()} if journal else {}, None
    except ContentkitError as error:
        return {}, error


def _about(project: Project, name: str, trouble: str) -> dict[str, Any]:
    from contentkit.errors import ContentkitError

    account = project.config.accounts[name]
    places: dict[str, str | None] | None = None
    try:
        places = project.secret_places(account)
    except ContentkitError as error:
        trouble = error.words
    return {
        "name": name,
        "platform": account.platform,
        "server": account.server,
        "handle": account.handle,
        "id": account.remote_id,
        "secrets": places,
        "trouble": trouble,
    }


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    from contentkit.views.accounts import places_told

    secrets = "-" if one["secrets"] is None else places_told(one["secrets"])
    handle = f"@{one['handle']}" if one["handle"] else "-"
    return (one["name"], one["platform"], one["server"] or "-", handle, secrets, one["trouble"] or "-")
