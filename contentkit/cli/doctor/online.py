"""What doctor asks the networks, where it is told to: who are we there, and what do they allow?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from contentkit.cli.doctor.journal import ids_seen
from contentkit.cli.project import Project
from contentkit.cli.spending import tab_of
from contentkit.clock import Clock
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentkitError, Unavailable
from contentkit.models import Account
from contentkit.platforms.meeting import check_who, clock_trouble, named
from contentkit.views.doctor import Finding, error, fine, warning


def look_online(project: Project, clock: Clock) -> Iterator[Finding]:
    """Each account whose secrets are at hand. Writes nothing down but what asking may cost."""
    seen = ids_seen(project, clock)
    for account in project.config.accounts.values():
        about = f"account {account.name}"
        if not _is_ready(project, account):
            continue
        try:
            yield from _compared(project, account, seen.get(account.name, ""), clock)
        except Unavailable as problem:
            yield error(about, problem.message, problem.hint or "try again later")
        except ContentkitError as problem:
            yield error(about, problem.message, problem.hint)


def _is_ready(project: Project, account: Account) -> bool:
    """Whether its platform is installed and its secrets are here; what is not was told before."""
    try:
        return all(project.secret_places(account).values())
    except ContentkitError:
        return False


def _compared(project: Project, account: Account, seen: str, clock: Clock) -> Iterator[Finding]:
    """What the network says beside what is known. Raises ContentkitError when it does not, or says we are somebody else."""
    about, secrets = f"account {account.name}", project.secrets(account)
    # A connection may keep things beside the journal; this one leaves nothing.
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(project.connected(account, secrets, Path(scratch))) as connection,
    ):
        connection.bill_to(tab_of(project, account, clock))
        me, limits = connection.identity(), connection.limits()
    check_who(account, seen, me)
    if skewed := clock_trouble(me.server_time, clock.now()):
        yield error("clock", f"{skewed} ({account.name})", "set the clock")
    told = f"logged in as {named(me, account)}"
    if limits != project.account(account.name).limits:
        hint = f"contentkit accounts check {account.name} writes them down"
        yield warning(about, f"{told}; its limits are others than {CONFIG_NAME} says", hint)
    else:
        yield fine(about, f"{told}, within the limits that are known")
