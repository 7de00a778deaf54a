"""Whoever changes what is out is asked, with everything before their eyes."""

from __future__ import annotations

import typer

from contentkit.cli.person import can_be_asked
from contentkit.errors import NeedsPerson, UsageError


def refuse_unasked(command: str, *, answered: bool, as_json: bool) -> None:
    """Raises UsageError where a question would come that nobody can answer; ``answered`` where none will."""
    if not answered and as_json:
        raise UsageError("--json asks nothing", hint="add --yes, or --dry-run")
    if not answered and not can_be_asked():
        raise UsageError("there is nobody to ask", hint=f"look at 'contentkit {command} --dry-run', then use --yes")


def ask(question: str, entry: str) -> None:
    """Raises NeedsPerson for a no, KeyboardInterrupt for Ctrl-C."""
    if not typer.confirm(question, err=True):
        raise NeedsPerson(f"{entry}: nothing was changed")
