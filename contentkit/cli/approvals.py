"""``contentkit approvals``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ENTRY...]", help="Entries of the calendar; all when left out.")
    ] = None,
    manifest: Annotated[
        bool,
        typer.Option("--manifest", help="Print what an approval of the entry is bound to: sha256sum gives its digest."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show who approved what, when, and why it counts or does not.

    Whose approval counts is decided by machine.toml on the machine that publishes, never by the project. Signatures are verified
    anew each time, and so is what the branch has. Corrections and deletions that were decided and are not done yet are told, too.

    \b
    contentkit approvals
    contentkit approvals launch
    contentkit approvals launch --manifest | sha256sum
    """
    from contentkit.cli.approving.explaining import (
        change_lines,
        open_changes,
        plain,
        standing_lines,
        standings_of,
        what_counts,
    )
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say, show_document, show_json, show_sentences
    from contentkit.cli.project import entries_named, open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.manifests import canonical

    project = open_project()
    entries = entries_named(project, names) if names else list(project.calendar.entries)
    if manifest:
        if len(entries) != 1 or as_json:
            raise UsageError("--manifest prints one entry's", hint="contentkit approvals ENTRY --manifest")
        show_document(canonical(project.manifest(entries[0])))
        return
    policy = policy_of(project)
    with journal_if_any(project, SystemClock()) as journal:
        standings = standings_of(project, journal, entries, policy)
        changes = {one.entry: open_changes(journal, one.entry) for one in standings}
    if as_json:
        show_json([plain(one, changes[one.entry]) for one in standings])
        return
    for one in standings:
        show_sentences(*standing_lines(one), *change_lines(changes[one.entry]))
    say(what_counts(policy) if standings else "There is no entry on the calendar.")
