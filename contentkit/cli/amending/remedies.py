"""What becomes of each thread of an entry that is out and reads otherwise in its draft by now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import NeedsPerson, Unavailable
from contentkit.publishing.amendments import AmendmentKind, DecidedChange
from contentkit.publishing.corrections import ChangedPart, Correction, correction_of, parts_out
from contentkit.publishing.publications import State
from contentkit.views.corrections import Bill, How, Remedy

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from contentkit.cli.project import Project
    from contentkit.models import Account, Entry, Rendition
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication


def corrections_of(journal: Journal, entry: str, renditions: Sequence[Rendition]) -> tuple[Correction, ...]:
    """The threads of an entry of which something is out, beside the draft as it is now."""
    threads = ((journal.threads.find(entry, one.account.name), one) for one in renditions)
    return tuple(correction_of(thread, one) for thread, one in threads if thread and parts_out(thread))


def hint_where_not_out(project: Project, entry: Entry) -> str:
    """What to say of an entry of which the journal here has published nothing."""
    from contentkit.cli.approving.giving import accounts_begun

    if accounts_begun(project, entry):
        return "another journal published it, as receipts.jsonl says: change it on the network by hand"
    return "'contentkit queue' shows what is"


def remedy_for(project: Project, entry: Entry, correction: Correction, *, wanted: bool, anew: bool) -> Remedy:
    """What becomes of a thread: ``wanted`` where it is to be corrected, ``anew`` where it may be taken down for that."""
    why_not = _why_not_edited(project, correction)
    lasting = _why_not_replaced(entry, correction)
    how: How = "edit" if not why_not else "replace" if anew and not lasting else "leave"
    return Remedy(
        correction=correction,
        how=how if wanted else "leave",
        wanted=wanted,
        why_not=why_not,
        lasting=lasting,
        bill=_bill_of(project, correction),
        reply=_reply_price(project, correction.rendition.account),
    )


def _why_not_edited(project: Project, correction: Correction) -> str:
    """Why the parts that changed cannot be edited where they stand; empty where they can."""
    account = correction.rendition.account
    if not project.platform(account).edits:
        return f"'{account.platform}' changes nothing that is published"
    if correction.gone:
        return f"part {correction.gone[0].part + 1} is no longer in the draft"
    part = next((one for one in correction.changed if one.for_good), None)
    return _why_for_good(part) if part else ""


def _why_for_good(part: ChangedPart) -> str:
    what = "others see it" if "visibility" in part.for_good else "it has other pictures"
    return f"part {part.row.part + 1} is published, and {what} in the draft"


def _why_not_replaced(entry: Entry, correction: Correction) -> str:
    """Why posting anew does not help: the time of an entry is that of all of its parts, and so is who sees it."""
    if len(correction.gone) == len(correction.out):
        return "the draft has nothing for this account"
    if entry.at > correction.thread.due:
        return "its time was moved since"
    changed = any("visibility" in one.aspects for one in correction.changed)
    return "others are to see it" if changed else ""


def _bill_of(project: Project, correction: Correction) -> Bill | None:
    """What posting it anew costs; None where the network bills nothing."""
    platform = project.platform(correction.rendition.account)
    if platform.prices is None:
        return None
    from contentkit.money.prices import NOTHING, cost_of_part

    anew = (one.now for one in correction.replacing)
    costs = (cost_of_part(now.text, [one.alt for one in now.media], platform.prices, platform.links) for now in anew)
    deleting = len(correction.behind) * platform.prices.delete
    return Bill(deleting=deleting, posting=sum((one.total for one in costs), NOTHING))


def refuse_unfinishable(project: Project, journal: Journal, remedies: Sequence[Remedy], now: datetime) -> None:
    """Raises NeedsPerson where a thread could be taken down, but not be posted anew: for want of money, or beyond the caps."""
    for remedy in remedies:
        if remedy.how == "replace" and (
            why := _why_too_dear(project, journal, remedy) or _why_full(journal, remedy, now)
        ):
            hint = "allow more in contentkit.toml, or do it later"
            raise NeedsPerson(f"{remedy.where}: could not be posted anew: {why}", hint=hint)


def _why_too_dear(project: Project, journal: Journal, remedy: Remedy) -> str:
    from contentkit.publishing.fares import looked_before

    account = remedy.correction.rendition.account
    prices = project.platform(account).prices
    if remedy.bill is None or prices is None:
        return ""
    # Each part is read before it is deleted, after that, and once more when it is out again.
    looks = 3 * len(remedy.correction.behind) * prices.read_post + looked_before(prices)
    try:
        journal.ledger.check(account.name, remedy.bill.total + looks, account.budget)
    except Unavailable as failure:
        return failure.message
    return ""


def _why_full(journal: Journal, remedy: Remedy, now: datetime) -> str:
    from contentkit.publishing.caps import why_full

    correction, behind = remedy.correction, {row.id for row in remedy.correction.behind}
    rows = (replace(row, state=State.PLANNED) if row.id in behind else row for row in correction.thread.rows)
    return why_full(journal, replace(correction.thread, rows=tuple(rows)), correction.rendition.account.caps, now)


def price_of_deleting(project: Project, account: Account, rows: Sequence[Publication]) -> Decimal | None:
    """What it costs to delete these parts; None where the network bills nothing."""
    platform = project.platform(account)
    return len(rows) * platform.prices.delete if platform.prices else None


def _reply_price(project: Project, account: Account) -> tuple[Decimal, Decimal] | None:
    prices = project.platform(account).prices
    return (prices.create, max(prices.create, prices.create_with_link)) if prices else None


def changes_in(remedies: Sequence[Remedy]) -> Iterator[DecidedChange]:
    """What is to be done about each part that is out."""
    for remedy in remedies:
        correction = remedy.correction
        if remedy.how == "edit":
            yield from (_change(part, AmendmentKind.EDIT) for part in correction.changed)
        elif remedy.how == "replace":
            yield from (_change(part, AmendmentKind.REPLACE) for part in correction.replacing)
            yield from (DecidedChange(row=row, kind=AmendmentKind.DELETE) for row in correction.gone)


def _change(part: ChangedPart, kind: AmendmentKind) -> DecidedChange:
    return DecidedChange(
        row=part.row,
        kind=kind,
        text=part.now.text,
        media=part.now.media,
        warning=part.warning,
        language=part.language,
    )


def differing_in(corrections: Sequence[Correction]) -> dict[str, frozenset[int]]:
    """By account, the numbers of the parts that read otherwise and of which whoever decides knows it."""
    return {
        one.thread.account: frozenset(row.part for row in (*(part.row for part in one.changed), *one.gone))
        for one in corrections
    }
