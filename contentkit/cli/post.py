"""``contentkit post``: made to be started from cron each minute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show exactly what would be sent now; send and write nothing.")
    ] = False,
    ping: Annotated[
        str, typer.Option(metavar="URL", help="Report there after each run; better kept in machine.toml.")
    ] = "",
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Add what happens to this file, one JSON object a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Publish what is due. Made to be started from cron each minute.

    Silent when there is nothing to do. Exit 4 in the run in which something newly needs a person; 1 when a network
    cannot be reached, said once. A second run at the same time ends at once and in silence. Alerts, a ping and a log
    for those who are not there stand in machine.toml.

    \b
    contentkit post --dry-run
    * * * * *  ~/.local/bin/contentkit -C ~/our-posts post      (crontab)
    """
    if ping:
        _refuse_open(ping)
    if dry_run:
        from contentkit.cli.dry_run import show_what_is_due
        from contentkit.cli.project import open_project
        from contentkit.clock import SystemClock

        show_what_is_due(open_project(), SystemClock(), as_json=as_json)
        return
    from contentkit.cli.posting import publish

    raise typer.Exit(publish(ping=ping, log=log, as_json=as_json))


def _refuse_open(address: str) -> None:
    """Raises UsageError for what is no address that nobody else can read; it is not repeated."""
    from contentkit.addresses import is_guarded
    from contentkit.errors import UsageError

    if not is_guarded(address):
        raise UsageError("--ping wants a whole https address", hint="as in https://hc-ping.com/…")
