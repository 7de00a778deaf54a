"""Carrying out at once what a person decided about one entry, as the next run of ``post`` would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.cli.output import say
from contentkit.cli.publisher import surroundings_of, write_missing_receipts
from contentkit.cli.runs import ending_after_this_post
from contentkit.places import make_private_folder
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import raise_counter
from contentkit.publishing.publisher import publish_entry

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome


def carry_out(project: Project, journal: Journal, clock: Clock, entry: str, signals: list[int]) -> Sequence[Outcome]:
    """What happened. The caller holds the publisher's lock, and marks what it told as told; ``signals`` gets those received."""
    if stopped := journal.known(Fact.STOPPED):
        say(f"Publishing is stopped ({stopped}): it is done after 'contentkit start', by 'contentkit post'.")
        return ()
    raise_counter(make_private_folder(project.state), journal)
    with ending_after_this_post(signals):
        outcomes = publish_entry(journal, surroundings_of(project, journal, clock, signals), clock, entry)
    write_missing_receipts(project, journal)
    return outcomes
