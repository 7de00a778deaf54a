"""What doctor looks at of the accounts: platform, secrets, identity, limits, and what reading their figures may cost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from contentkit.cli.doctor_publisher import database_spent, is_desk
from contentkit.cli.meeting import places_told, secret_places
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import CONFIG_NAME
from contentkit.credentials import secret
from contentkit.drafting.loading import GROUP as DRAFTERS
from contentkit.errors import ContentkitError, Unavailable
from contentkit.models import Account
from contentkit.platforms import Billed, Connection, platform_names
from contentkit.platforms.meeting import LONGEST_SKEW
from contentkit.strict_yaml import nearest
from contentkit.text import one_line
from contentkit.views.doctor import Finding, error, fine, warning


def look_at_drafter(project: Project) -> Iterator[Finding]:
    """The drafter that the settings name, as far as it can be known without starting it."""
    settings = project.config.drafter
    names = {point.name for point in entry_points(group=DRAFTERS)}
    if settings.name not in names:
        yield error("drafter", f"no drafter '{settings.name}' is installed", nearest(settings.name, names))
    elif settings.name == "openai" and find_spec("openai") is None:
        yield error("drafter", "'openai' needs an extra", "install contentkit[model]")
    elif settings.key_variable and not project.environment.get(settings.key_variable):
        yield fine("drafter", f"'{settings.name}'; its key is not in this shell: 'draft' needs {settings.key_variable}")
    else:
        yield fine("drafter", f"'{settings.name}'")


def look_at_accounts(project: Project, clock: Clock) -> Iterator[Finding]:
    """Each account, one account's trouble never hiding another; then what figures may cost."""
    desk = is_desk(project, clock)
    billed: dict[str, Billed] = {}
    if not project.config.accounts:
        yield warning("accounts", "there is none: nothing can be published", "contentkit accounts add NAME")
    for account in project.config.accounts.values():
        about = f"account {account.name}"
        try:
            platform = project.platform(account)
            if isinstance(platform, Billed):
                billed[account.platform] = platform
            yield _about(project, account, about, desk=desk)
        except ContentkitError as problem:
            hint = problem.hint or f"installed are: {', '.join(platform_names())}"
            yield error(about, problem.message, hint)
    for name, one in billed.items():
        yield _bill(project, name, one)


def _about(project: Project, account: Account, about: str, *, desk: bool) -> Finding:
    """One line for an account. Raises ContentkitError for secrets that are refused."""
    places = secret_places(project, account)
    where = f"{account.platform} at {account.server}" if account.server else account.platform
    told = [where, f"secrets: {places_told(places)}"]
    missing = [name for name, place in places.items() if place is None]
    if missing and desk:
        return fine(about, f"{where}; the publisher's machine has its secrets")
    if missing:
        return error(about, "; ".join(told), f"contentkit accounts add {account.name}")
    if places and not account.remote_id:
        told.append("no id is pinned: whose secrets these are, nobody checks")
        return warning(about, "; ".join(told), f"contentkit accounts check {account.name}")
    if places:
        told.append(f"id {account.remote_id}")
        told.append("limits as its server said" if account.stated else "limits as is usual there")
    return fine(about, "; ".join(told))


def _bill(project: Project, name: str, platform: Billed) -> Finding:
    from contentkit.stats.budget import monthly_bill

    reads, about = project.config.monthly_reads, f"bill of {name}"
    if not reads:
        what = f"figures are off: reading costs money there, and [budget] reads of {CONFIG_NAME} is 0"
        return fine(about, what)
    spent, prices = database_spent(project), platform.prices
    most, so_far = monthly_bill(reads, prices), monthly_bill(spent, prices)
    return fine(about, f"figures cost at most ${most:.2f} a month ({reads} reads); ${so_far:.2f} so far this month")


def look_online(project: Project, clock: Clock) -> Iterator[Finding]:
    """Asks each network who we are there, where the account's secrets are at hand. Writes nothing down."""
    for account in project.config.accounts.values():
        about = f"account {account.name}"
        if not _is_ready(project, account):
            continue
        try:
            yield from _met(project, account, about, clock)
        except Unavailable as problem:
            yield error(about, problem.message, problem.hint if problem.pauses_account else "try again later")
        except ContentkitError as problem:
            yield error(about, problem.message, problem.hint)


def _is_ready(project: Project, account: Account) -> bool:
    """Whether its platform is installed and its secrets are here; what is not was told before."""
    try:
        return all(secret_places(project, account).values())
    except ContentkitError:
        return False


def _met(project: Project, account: Account, about: str, clock: Clock) -> Iterator[Finding]:
    platform = project.platform(account)
    secrets = {
        name: secret(account.name, name, settings=project.settings, environment=project.environment)
        for name in platform.secrets
    }
    # A connection may keep things beside the journal; this one leaves nothing.
    with tempfile.TemporaryDirectory() as scratch:
        connection = platform.connect(account, secrets, Path(scratch))
        try:
            yield from _compared(project, account, about, connection, clock)
        finally:
            connection.close()


def _compared(
    project: Project, account: Account, about: str, connection: Connection, clock: Clock
) -> Iterator[Finding]:
    me, limits = connection.identity(), connection.limits()
    handle = one_line(me.handle.lstrip("@"), 100)
    told = f"@{handle} (id {one_line(me.remote_id, 60)})"
    if account.remote_id and account.remote_id != me.remote_id:
        hint = f"contentkit accounts add {account.name} signs in anew"
        yield error(about, f"logged in as {told}, but id {account.remote_id} is pinned", hint)
        return
    if me.server_time and abs(me.server_time - clock.now()) > LONGEST_SKEW:
        yield error("clock", f"this machine's clock and the server's of {account.name} differ", "set the clock")
    if limits != project.account(account.name).limits:
        hint = f"contentkit accounts check {account.name} writes them down"
        yield warning(about, f"logged in as {told}; its limits are others than {CONFIG_NAME} says", hint)
    else:
        yield fine(about, f"logged in as {told}, within the limits that are known")
