"""``contentkit status``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show what waits for a person; exit 4 while anything does.

    Held posts with the reason, posts in doubt, accounts that cannot be used or whose sign-in ends within a week, the stop
    switch, runs that fail, alerts that reached nobody, and what to do about each. Then when the last run ended, and what is
    due next.

    \b
    contentkit status
    contentkit status --json
    """
    from contentkit.cli.statusing import show_status

    raise typer.Exit(show_status(as_json=as_json))
