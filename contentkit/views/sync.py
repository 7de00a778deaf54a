"""What a run of asking for figures brought, one line for each account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.money.prices import dollars
from contentkit.stats.sync import Synced
from contentkit.text import counted


def sync_lines(synced: Sequence[Synced]) -> Iterator[str]:
    """What was asked for, what it cost, and what was not asked for."""
    for one in synced:
        if one.passed_over:
            yield f"{one.account}: passed over: {one.passed_over}"
        elif told := _told(one):
            yield f"{one.account}: {', '.join(told)}"
        elif not one.left_out and not one.troubles:
            yield f"{one.account}: nothing is due (--all asks all the same)"
        if one.left_out:
            yield f"{one.account}: {one.left_out} left out: the reads of this month do not reach ([budget] in contentkit.toml)"


def _told(one: Synced) -> list[str]:
    """What became of an account's posts and figures; nothing where it was not asked."""
    asked = one.told + one.deleted + one.unavailable
    told = [f"{counted(asked, 'post')} asked for"] if asked else []
    told += [f"{one.deleted} deleted"] if one.deleted else []
    told += [f"nothing said about {one.unavailable}"] if one.unavailable else []
    told += [] if one.followers is None else [counted(one.followers, "follower")]
    return told + ([f"{counted(one.reads, 'read')}, at most {dollars(one.cost)}"] if one.reads else [])


def trouble_lines(synced: Sequence[Synced]) -> Iterator[str]:
    """What went wrong, with what to do about it."""
    for one in synced:
        for trouble in one.troubles:
            wait = f"; wait {_length(trouble.wait_seconds)}" if trouble.wait_seconds else ""
            yield f"{one.account}: {trouble.message}{wait}"
            if trouble.hint:
                yield f"  {trouble.hint}"


def _length(seconds: int) -> str:
    """Rounded up, so that nobody comes back too early."""
    minutes = -(-seconds // 60)
    return f"{minutes} min" if minutes < 120 else f"{-(-minutes // 60)} h"
