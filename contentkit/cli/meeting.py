"""Meets an account: asks its network who we are there and what it allows, and compares that with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contentkit.cli.approvals import why_void
from contentkit.cli.journal import journal_if_any
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import load_config
from contentkit.credentials import place_of_secret
from contentkit.models import Account, Limits
from contentkit.places import make_private_folder
from contentkit.platforms import Identity, Remarks
from contentkit.publishing.lane import LONGEST_SKEW
from contentkit.publishing.publications import State
from contentkit.settings_edit import learn
from contentkit.text import one_line


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Who the network says we are, what it allows, and what else a person should know."""

    me: Identity
    limits: Limits
    notes: tuple[str, ...] = ()


def meet(project: Project, account: Account, secrets: Mapping[str, str], now: datetime) -> Meeting:
    """Connects with these secrets and asks. Nothing is published. Raises what the platform raises."""
    connection = project.platform(account).connect(account, secrets, make_private_folder(project.state))
    try:
        told = connection.identity()
        me = replace(told, handle=one_line(told.handle.lstrip("@"), 100))
        limits = connection.limits()
        remarks = connection.remarks() if isinstance(connection, Remarks) else ()
        notes = (*(one_line(remark, 300) for remark in remarks), *_about_clock(me, now))
        return Meeting(me=me, limits=limits, notes=notes)
    finally:
        connection.close()


def _about_clock(me: Identity, now: datetime) -> tuple[str, ...]:
    skew = me.server_time - now if me.server_time else timedelta()
    if abs(skew) <= LONGEST_SKEW:
        return ()
    minutes = round(abs(skew) / timedelta(minutes=1))
    return (
        f"this machine's clock is {minutes} minutes {'behind' if skew > timedelta() else 'ahead of'} the server's: set it",
    )


def secret_places(project: Project, account: Account) -> dict[str, str | None]:
    """Where each secret of the account is; None where it is missing. Raises StateError where that cannot be known."""
    return {
        name: place_of_secret(account.name, name, settings=project.settings, environment=project.environment)
        for name in project.platform(account).secrets
    }


def places_told(places: Mapping[str, str | None]) -> str:
    """The places in words: ``secrets.toml``, ``environment, keyring``, ``missing: token``, ``none needed``."""
    missing = [name for name, place in places.items() if place is None]
    found = [place for place in dict.fromkeys(places.values()) if place]
    told = [*found, *([f"missing: {', '.join(missing)}"] if missing else [])]
    return ", ".join(told) or "none needed"


def who(me: Identity, account: Account) -> str:
    """``@us on https://social.example (id 109)``."""
    return f"@{me.handle} on {account.server or account.platform} (id {one_line(me.remote_id, 60)})"


def write_down(
    project: Project, account: Account, remote_id: str, limits: Mapping[str, int], clock: Clock
) -> tuple[str, ...]:
    """Pins the id, unless it is empty, and states the limits. Returns the entries whose approval no longer holds by that.

    A pinned id is part of what was approved: who approved a post for an account did not know then which one it was.
    """
    if not remote_id and not limits:
        return ()
    before = _approved_entries(project, clock)
    learn(project.root, account, remote_id, limits)
    after = _approved_entries(Project(project.root, load_config(project.root), project.environment), clock)
    return tuple(sorted(before - after))


def _approved_entries(project: Project, clock: Clock) -> set[str]:
    """The entries that would go out as the files are."""
    with journal_if_any(project, clock) as journal:
        if journal is None:
            return set()
        planned = [thread for thread in journal.open_threads() if thread.head and thread.head.state is State.PLANNED]
        return {thread.entry for thread in planned if not why_void(project, journal, thread)}
