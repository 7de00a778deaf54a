"""What doctor looks at of the accounts without asking any network: platform, secrets, limits, what reading figures may cost."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.cli.doctor.database import reads_spent
from contentkit.cli.doctor.journal import works_at_desk
from contentkit.cli.expiries import Expiry, expiries
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentkitError
from contentkit.models import Account
from contentkit.money.prices import Prices, dollars
from contentkit.platforms.loading import platform_names
from contentkit.stats.budget import monthly_bill
from contentkit.text import counted
from contentkit.views.accounts import places_told
from contentkit.views.doctor import Finding, error, fine, warning


def look_at_accounts(project: Project, clock: Clock) -> Iterator[Finding]:
    """Each account, one account's trouble never hiding another; then what figures may cost."""
    desk = works_at_desk(project, clock)
    ends = {one.account: one for one in expiries(project, clock.now())}
    billed: dict[str, Prices] = {}
    if not project.config.accounts:
        yield warning("accounts", "there is none: nothing can be published", "contentkit accounts add NAME")
    for account in project.config.accounts.values():
        about = f"account {account.name}"
        try:
            platform = project.platform(account)
            if platform.prices:
                billed[account.platform] = platform.prices
            if platform.server_example and not account.server:
                what = f"{CONFIG_NAME}: account '{account.name}' does not say its server"
                yield error(about, what, f'add server = "{platform.server_example}", with its own address')
                continue
            found = _about(project, account, about, desk=desk)
            yield found
            # Of secrets that are gone nobody has to know when they end.
            if account.name in ends and found.level != "error":
                yield _end(about, ends[account.name])
            if platform.prices:
                yield _budget(account)
        except ContentkitError as problem:
            hint = problem.hint or f"installed are: {', '.join(platform_names())}"
            yield error(about, problem.message, hint)
    for name, prices in billed.items():
        yield _bill(project, name, prices, clock)


def _about(project: Project, account: Account, about: str, *, desk: bool) -> Finding:
    """One line for an account. Raises ContentkitError for secrets that are refused."""
    places = project.secret_places(account)
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


def _end(about: str, one: Expiry) -> Finding:
    return (error if one.kind == "expired" else warning)(about, one.why, one.step)


def _budget(account: Account) -> Finding:
    """What may be spent on an account of a network that bills."""
    about = f"budget of {account.name}"
    if account.budget is None:
        what = f"none: nothing limits what publishing and reading may cost; {CONFIG_NAME} may say budget = {{ month = 10.00 }}"
        return fine(about, what)
    spans = ((account.budget.month, "month"), (account.budget.day, "day"))
    told = " and ".join(f"{dollars(limit)} a {span}" for limit, span in spans if limit is not None)
    return fine(about, f"{told} (UTC), for publishing and reading together")


def _bill(project: Project, name: str, prices: Prices, clock: Clock) -> Finding:
    reads, about = project.config.monthly_reads, f"bill of {name}"
    if not reads:
        what = f"figures are off: reading costs money there, and [budget] reads of {CONFIG_NAME} is 0"
        return fine(about, what)
    spent = reads_spent(project, clock.now().date())
    most, so_far = monthly_bill(reads, prices), monthly_bill(spent, prices)
    return fine(
        about, f"figures cost at most ${most:.2f} a month ({counted(reads, 'read')}); ${so_far:.2f} so far this month"
    )
