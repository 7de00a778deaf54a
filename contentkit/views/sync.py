"""What a run of asking for figures brought, one line for each account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.stats.sync import Synced


def sync_lines(synced: Sequence[Synced]) -> Iterator[str]:
    """What was asked for, and what was not."""
    for one in synced:
        if one.passed_over:
            yield f"{one.account}: passed over: {one.passed_over}"
            continue
        asked = one.told + one.deleted + one.unavailable
        told = [f"{asked} post{'' if asked == 1 else 's'} asked for"]
        told += [f"{one.deleted} deleted"] if one.deleted else []
        told += [f"nothing said about {one.unavailable}"] if one.unavailable else []
        told += [] if one.followers is None else [f"{one.followers:,} followers"]
        yield f"{one.account}: {', '.join(told)}"
        if one.left_out:
            yield f"{one.account}: {one.left_out} left out: the reads of this month are spent ([budget] in contentkit.toml)"


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
