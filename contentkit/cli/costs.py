"""What threads cost on the accounts of a project, where their network bills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from contentkit.cli.project import Project
    from contentkit.models import Account, Entry, Rendition
    from contentkit.money.prices import Cost
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread


def cost_on(project: Project, rendition: Rendition) -> Cost | None:
    """What the thread will cost on its account; None where the network bills nothing."""
    platform = project.platform(rendition.account)
    if platform.prices is None:
        return None
    from contentkit.money.prices import cost_of

    return cost_of(rendition, platform.prices, platform.links)


def cost_of_parts(project: Project, account: Account, rows: Sequence[Publication]) -> Cost | None:
    """What these parts will cost as they were approved; None where the network bills nothing."""
    platform = project.platform(account)
    if platform.prices is None:
        return None
    from contentkit.money.prices import Cost, cost_of_part

    alts = [[media.alt for media in row.media] for row in rows]
    parts = (cost_of_part(row.text, its, platform.prices, platform.links) for row, its in zip(rows, alts, strict=True))
    return Cost(parts=tuple(parts), prices=platform.prices)


def still_to_pay(project: Project, thread: Thread) -> Cost | None:
    """What those parts of a thread will cost that were not sent; None where nothing is billed, or nobody knows the account."""
    from contentkit.publishing.publications import State

    if thread.account not in project.config.accounts:
        return None
    rows = [row for row in thread.rows if row.state in (State.PLANNED, State.HELD)]
    return cost_of_parts(project, project.account(thread.account), rows) if rows else None


def why_too_many(project: Project, journal: Journal, thread: Thread, now: datetime) -> str:
    """Why the account's own limits keep a thread that is due from beginning; empty when they do not, or nobody knows it."""
    from contentkit.publishing.caps import why_full

    account = project.config.accounts.get(thread.account)
    return why_full(journal, thread, account.caps, now) if account and thread.due <= now else ""


def why_too_dear(project: Project, journal: Journal, thread: Thread) -> str:
    """Why the budget keeps a due thread from going on; empty when it does not."""
    from contentkit.errors import Unavailable
    from contentkit.publishing.fares import needed

    account = project.account(thread.account)
    need = needed(thread, lambda parts: cost_of_parts(project, account, parts))
    try:
        journal.ledger.check(account.name, need, account.budget)
    except Unavailable as failure:
        return failure.message
    return ""


def money_lines(project: Project, journal: Journal, to_pay: Mapping[str, Decimal], today: date) -> Iterator[str]:
    """What is still to be paid on each account where something costs, and what was spent there this month."""
    from contentkit.money.prices import NOTHING, dollars

    for name, account in project.config.accounts.items():
        if account.budget is None and not to_pay.get(name):
            continue
        month, day = (account.budget.month, account.budget.day) if account.budget else (None, None)
        spent = f"{dollars(journal.ledger.spent(name, today))} {_limit(month)}spent in {today:%B}"
        spent += f", {dollars(journal.ledger.spent_on(name, today))} {_limit(day)}today" if day is not None else ""
        yield f"{name}: {dollars(to_pay.get(name, NOTHING))} to pay for what is planned; {spent}"


def _limit(budget: Decimal | None) -> str:
    from contentkit.money.prices import dollars

    return "" if budget is None else f"of {dollars(budget)} "


def why_beyond(project: Project, journal: Journal | None, entry: Entry, rendition: Rendition) -> str:
    """Why this thread cannot be paid on its account, or not with all of what is planned for its month; empty when it can."""
    from contentkit.money.ledger import months_of
    from contentkit.money.prices import NOTHING, dollars
    from contentkit.publishing.fares import looked_before

    account, cost = rendition.account, cost_on(project, rendition)
    if account.budget is None or cost is None:
        return ""
    itself = cost.total + cost.reading + looked_before(cost.prices)
    if account.budget.day is not None and itself > account.budget.day:
        return (
            f"it costs {dollars(itself)} with what is looked at before and after, and the budget of a day is "
            f"{dollars(account.budget.day)}: it will not begin"
        )
    if account.budget.month is None:
        return ""
    [month, *_] = months_of(entry.at)
    planned = NOTHING
    for thread in journal.threads.on(account.name) if journal else ():
        if thread.entry != entry.id and months_of(thread.due)[0] == month and (other := still_to_pay(project, thread)):
            planned += other.total + other.reading + looked_before(other.prices)
    spent = journal.ledger.spent(account.name, month) if journal else NOTHING
    whole = spent + planned + itself
    if whole <= account.budget.month:
        return ""
    return (
        f"with what is spent and planned for {month:%B} this makes {dollars(whole)} of {dollars(account.budget.month)}, "
        "with what is looked at before and after: what the budget does not reach for stays planned, and may be too late then"
    )
