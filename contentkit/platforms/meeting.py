"""Meets an account on its network: who we are there, what it allows, and whether that is who we were before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from contentkit.errors import StateError
from contentkit.models import Account, Limits
from contentkit.platforms import Connection, Identity
from contentkit.text import one_line
from contentkit.values import dataclass

# More than this, and due times, rate limits and settle times cannot be trusted.
LONGEST_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Who the network says we are, what it allows, and what else a person should know, a sentence each."""

    me: Identity
    limits: Limits
    notes: tuple[str, ...] = ()


def meet(connection: Connection, now: datetime) -> Meeting:
    """Asks. Nothing is published. Raises what the connection raises."""
    told = connection.identity()
    me = replace(told, handle=one_line(told.handle.lstrip("@"), 100))
    limits = connection.limits()
    notes = [one_line(remark, 300) for remark in connection.remarks()]
    if skewed := clock_trouble(me.server_time, now):
        notes.append(f"{skewed}: set it")
    return Meeting(me=me, limits=limits, notes=tuple(notes))


def check_who(account: Account, seen: str, me: Identity) -> None:
    """Raises StateError unless we are logged in as the account that the settings pin, else as the id that was ``seen`` first."""
    pinned = account.remote_id or seen
    if pinned and pinned != me.remote_id:
        raise StateError(
            f"account '{account.name}': logged in as another account: {named(me, account)}, not id {one_line(pinned, 60)}",
            hint=f"contentkit accounts add {account.name}",
        )


def check_clock(server_time: datetime | None, now: datetime) -> None:
    """Raises StateError when the clocks differ too much for figures that are kept with their time."""
    if skewed := clock_trouble(server_time, now):
        raise StateError(skewed, hint="set the clock: figures are kept with their time")


def clock_trouble(server_time: datetime | None, now: datetime) -> str:
    """What is wrong with this machine's clock by the server's, in words; empty when nothing is, or it is not known."""
    skew = server_time - now if server_time else timedelta()
    if abs(skew) <= LONGEST_SKEW:
        return ""
    minutes, where = round(abs(skew) / timedelta(minutes=1)), "behind" if skew > timedelta() else "ahead of"
    return f"this machine's clock is {minutes} minutes {where} the server's"


def named(me: Identity, account: Account) -> str:
    """``@us on https://social.example (id 109)``, fit for a terminal."""
    handle, where = one_line(me.handle.lstrip("@"), 100), account.server or account.platform
    return f"@{handle} on {where} (id {one_line(me.remote_id, 60)})"
