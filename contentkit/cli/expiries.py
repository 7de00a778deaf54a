"""When the sign-ins of accounts end, as their servers said: kept in this machine's state folder, and told a week ahead.

Most servers give tokens that live until somebody takes them back, and say nothing. Of those nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from contentkit.patterns import regex
from contentkit.stamps import moment_of, stamped
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Account

EXPIRIES_NAME = "expiries.json"
AHEAD = timedelta(days=7)
# Three centuries: what a server says beyond that is no time.
_SECONDS = regex(r"[0-9]{1,10}")


@dataclass(frozen=True, kw_only=True)
class Expiry:
    """An account whose sign-in ends at ``at`` (UTC), within a week of the ``now`` at which it was looked at, or before it."""

    account: str
    at: datetime
    now: datetime

    @property
    def kind(self) -> Literal["expiring", "expired"]:
        return "expired" if self.at <= self.now else "expiring"

    @property
    def state(self) -> str:
        return "expired" if self.kind == "expired" else "expires soon"

    @property
    def why(self) -> str:
        """In the same words until it has ended, so that they are new once."""
        return f"its sign-in {'ended' if self.kind == 'expired' else 'ends'} {shown(self.at)}"

    @property
    def step(self) -> str:
        return f"contentkit accounts add {self.account}"


def end_of(seconds: str, now: datetime) -> datetime | None:
    """When a sign-in ends that lives for so many seconds from now on; None for what is no length of time."""
    lives = int(seconds) if _SECONDS.fullmatch(seconds) else 0
    return now + timedelta(seconds=lives) if lives else None


def shown(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def note_expiry(project: Project, account: Account, secrets: Mapping[str, str], at: datetime | None) -> None:
    """Keeps until when these new secrets of an account work; None: nobody said an end, and one said before is forgotten.

    Raises StateError where it cannot be written.
    """
    from contentkit.files import make_private_file, replace_file
    from contentkit.places import make_private_folder
    from contentkit.secrets.credentials import home_of

    path = project.state / EXPIRIES_NAME
    before = _kept(project.state)
    after = {name: one for name, one in before.items() if name != account.name}
    if at is not None:
        marks = {name: _mark(account.name, name, value) for name, value in secrets.items()}
        after[account.name] = {"server": home_of(account), "at": stamped(at), "marks": marks}
    if after == before:
        return
    make_private_folder(project.state)
    make_private_file(path)
    replace_file(path, json.dumps({"version": 1, "accounts": after}, indent=1).encode(), None)


def expiries(project: Project, now: datetime) -> list[Expiry]:
    """The accounts of the project whose sign-in ends within a week, or has ended, the first to end first.

    What was kept of other secrets than those in use now is passed over; so is what cannot be read.
    """
    found = []
    for name, kept in _kept(project.state).items():
        account = project.config.accounts.get(name)
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            at = moment_of(kept["at"]).astimezone(UTC)
            if account and at <= now + AHEAD and _is_of(project, account, kept):
                found.append(Expiry(account=name, at=at, now=now))
    return sorted(found, key=lambda one: (one.at, one.account))


def next_ending(project: Project, now: datetime) -> datetime | None:
    """When the next of the sign-ins that something is kept of is a week before its end, or ends; None where none will be."""
    moments = []
    for kept in _kept(project.state).values():
        with suppress(ValueError, TypeError, KeyError, AttributeError, OverflowError):
            at = moment_of(kept["at"]).astimezone(UTC)
            moments += [at - AHEAD, at]
    return min((moment for moment in moments if moment > now), default=None)


def _kept(folder: Path) -> dict[str, dict[str, Any]]:
    """What is kept, by account."""
    try:
        told = json.loads((folder / EXPIRIES_NAME).read_bytes())
        return dict(told["accounts"])
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _is_of(project: Project, account: Account, kept: Mapping[str, Any]) -> bool:
    """Whether this was kept of the account's secrets as they are now. A keyring is not asked: it may want a person's word."""
    from contentkit.errors import StateError
    from contentkit.secrets.credentials import home_of, secret_at_hand

    if kept["server"] != home_of(account):
        return False
    for name, mark in kept["marks"].items():
        with suppress(StateError):  # doctor says so
            found = secret_at_hand(account.name, name, settings=project.settings, environment=project.environment)
            if found and _mark(account.name, name, found) != mark:
                return False
    return True


def _mark(account: str, name: str, value: str) -> str:
    """Tells one secret from another, and nothing about either."""
    return hashlib.sha256(f"contentkit:{account}:{name}:{value}".encode()).hexdigest()[:16]
