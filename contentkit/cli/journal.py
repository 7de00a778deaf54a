"""This machine's journal, opened for a command: to write, to look, or for a person's decision."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.disks import mounts_here, mounts_known, refuse_network
from contentkit.errors import StateError, UsageError
from contentkit.places import HOME_NAME, machine_id, make_private_folder
from contentkit.publishing.identity import EPOCH_NAME, check_identity, raise_counter
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import Occupied, publisher_lock
from contentkit.publishing.opening import open_journal, remedy
from contentkit.publishing.schema import JOURNAL_NAME


def has_journal(project: Project) -> bool:
    """Whether this machine has, or had, a journal of the project: approving makes one, and so does stopping. Asking does not."""
    return (project.state / JOURNAL_NAME).exists() or (project.state / EPOCH_NAME).exists() or is_shared(project)


def is_shared(project: Project) -> bool:
    """Whether the project is a workspace in the database of many teams, and has no journal of this machine's own."""
    return (project.state / HOME_NAME).exists() and not (project.state / JOURNAL_NAME).exists()


@contextmanager
def journal_of(project: Project, clock: Clock, *, to_send: bool = False) -> Iterator[Journal]:
    """The project's journal on this machine.

    Raises StateError when it is not the one last written here, or damaged, or lies on no disk of this machine;
    and ``to_send``, where it is a workspace's that other hosts publish.
    """
    if is_shared(project):
        from contentkit.cli.scale.journal import shared_journal_of

        with shared_journal_of(project, clock, to_send=to_send) as journal:
            yield journal
        return
    # Where asking costs a process, it is asked before a journal is made, and by doctor.
    refuse_network(project.state, mounts_known() if has_journal(project) else mounts_here())
    folder = make_private_folder(project.state)
    journal = open_journal(folder, clock, machine_id())
    try:
        check_identity(folder, journal, machine_id())
        yield journal
    except sqlite3.IntegrityError:
        raise  # the tables refuse what the program should not have asked: its fault, not the disk's
    except sqlite3.DatabaseError as error:
        hint = remedy(error)
        raise StateError(f"{folder / JOURNAL_NAME}: cannot be read: {error}", hint=hint) from None
    finally:
        journal.close()


@contextmanager
def journal_if_any(project: Project, clock: Clock) -> Iterator[Journal | None]:
    """The journal, or None where this machine has none: a look leaves nothing behind."""
    if not has_journal(project):
        yield None
        return
    with journal_of(project, clock) as journal:
        yield journal


@contextmanager
def journal_for_decision(project: Project, clock: Clock) -> Iterator[Journal]:
    """The journal for a person's decision: no publisher is at work meanwhile, and an older copy is recognised after.

    Raises UsageError when a publisher does not end within ten seconds.
    """
    folder = make_private_folder(project.state)
    try:
        with publisher_lock(folder, clock.now(), patience=10), journal_of(project, clock) as journal:
            yield journal
            raise_counter(folder, journal)
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None
