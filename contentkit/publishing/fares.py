"""What sending a part costs where the network bills it, and whether the account's budget reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import Unavailable
from contentkit.publishing.amendments import Amendment, AmendmentKind, as_amended, change_name
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.publications import Publication, State, Thread, attempt_name
from contentkit.publishing.timing import WAIT_WHILE_PAUSED
from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from contentkit.models import Budget
    from contentkit.money.prices import Charge, Cost, Operation, Prices

# Before a thread goes on, the network is asked who we are and for so many of the newest statuses.
_LOOKED_AT = 10


@dataclass(frozen=True, kw_only=True)
class Fare:
    """What creating a part costs, and ``besides`` what the budget must have left for what follows: nothing is begun that
    could not end. ``budget`` is the account's; None where nobody set one."""

    operation: Operation
    price: Decimal
    besides: Decimal
    budget: Budget | None

    def charge(self, attempt: Publication) -> Charge:
        """The charge for this attempt."""
        from contentkit.money.prices import Charge

        return Charge(operation=self.operation, price=self.price, resource=attempt_name(attempt))


def fare_of(lane: Lane, thread: Thread, part: Publication) -> Fare | None:
    """What sending this part costs; None where nothing is billed.

    Besides, it is looked at to make sure that it is there. A thread of which nothing is out yet is begun only when all of it
    can be paid: the first part alone would be worse than none. What is torn already goes on part by part.
    """
    cost = lane.surroundings.cost(lane.account, [part])
    if cost is None:
        return None
    rest = lane.surroundings.cost(lane.account, [] if thread.started else _planned(thread)[1:])
    return Fare(
        operation=_operation(cost),
        price=cost.parts[0].post,
        besides=cost.reading + rest.total + rest.reading if rest else cost.reading,
        budget=lane.account.budget,
    )


def fare_of_found(lane: Lane, part: Publication) -> Fare | None:
    """What a part cost that turns out to be there although the network said of each attempt that it made nothing. It is noted
    whatever the budget says; None where nothing is billed, or where an attempt in doubt is charged already."""
    from contentkit.money.prices import NOTHING

    cost = lane.surroundings.cost(lane.account, [part])
    if cost is None or not part.attempts or lane.journal.doubts.was_in_doubt(part):
        return None
    return Fare(operation=_operation(cost), price=cost.parts[0].post, besides=NOTHING, budget=None)


def refuse_beyond_budget(lane: Lane, thread: Thread) -> None:
    """Ends the lane when the budget does not reach for what is to be sent now; not even a connection is made then.

    The part stays planned and is tried again every few minutes: another month or day may have begun, or somebody allowed more.
    Raises LaneStops.
    """
    with lane.trouble():
        account = lane.account
        if account.budget is None:
            return
        need = needed(thread, lambda parts: lane.surroundings.cost(account, parts))
    try:
        lane.journal.ledger.check(lane.name, need, account.budget)
    except Unavailable as failure:
        wait_for_money(lane, _planned(thread)[0], failure)
        raise LaneStops from failure


def needed(thread: Thread, cost_of: Callable[[Sequence[Publication]], Cost | None]) -> Decimal:
    """What the budget must have left for a thread to go on: for all of it, or for its next part where it has begun.

    With it, what is looked at before and after, at most. Nothing where nothing is billed.
    """
    from contentkit.money.prices import NOTHING

    parts = _planned(thread)
    cost = cost_of(parts[:1] if thread.started else parts)
    if cost is None:
        return NOTHING
    return cost.total + cost.reading + looked_before(cost.prices)


def looked_before(prices: Prices) -> Decimal:
    """What it costs at most to see, before a thread goes on, who we are and what is there already."""
    return prices.read_user + _LOOKED_AT * prices.read_post


def wait_for_money(lane: Lane, part: Publication, failure: Unavailable) -> None:
    """Leaves a planned part as it is for a while, and says that the account is paused: once, and again in another month or
    after something was paid for."""
    lane.journal.waits.grant(part, failure.message, lane.clock.now() + WAIT_WHILE_PAUSED)
    _tell_of_money(lane, failure)


def _tell_of_money(lane: Lane, failure: Unavailable) -> None:
    from contentkit.money.ledger import months_of

    known = lane.journal.accounts.known(lane.name)
    has_paid = any(outcome.kind in ("sent", "deleted") for outcome in lane.outcomes)
    if known.since and (has_paid or min(months_of(known.since)) < min(months_of(lane.clock.now()))):
        lane.journal.accounts.note(replace(known, trouble="", paused=False, since=None))
    lane.note_trouble(failure)


def _operation(cost: Cost) -> Operation:
    return "create_with_link" if cost.linked else "create"


def _planned(thread: Thread) -> list[Publication]:
    return [row for row in thread.rows if row.state is State.PLANNED]


@dataclass(frozen=True, kw_only=True)
class ChangeFare:
    """What deleting a part costs, and ``besides`` what making sure of it may, and what must follow. ``budget`` as that of a
    ``Fare``."""

    price: Decimal
    besides: Decimal
    budget: Budget | None

    def charge(self, attempt: Amendment) -> Charge:
        """The charge for this attempt."""
        from contentkit.money.prices import Charge

        return Charge(operation="delete", price=self.price, resource=change_name(attempt))


def change_fare(lane: Lane, amendment: Amendment, row: Publication) -> ChangeFare | None:
    """What taking a part off its network costs; None where nothing is billed.

    What is replaced must not end torn: it is begun only when the deletion of all its parts, and creating them anew, can be
    paid. Once begun, it goes on part by part. Raises LaneStops when the budget does not reach: not even a connection is made
    then.
    """
    with lane.trouble():
        account = lane.account
        cost = lane.surroundings.cost(account, _to_create(lane, amendment, row))
        if cost is None or amendment.kind is AmendmentKind.EDIT:
            return None
    others = max(0, len(cost.parts) - 1)
    besides = cost.prices.read_post + others * cost.prices.delete + cost.total + cost.reading
    fare = ChangeFare(price=cost.prices.delete, besides=besides, budget=account.budget)
    try:
        lane.journal.ledger.check(lane.name, fare.price + besides + looked_before(cost.prices), account.budget)
    except Unavailable as failure:
        raise wait_to_pay(lane, amendment, failure) from failure
    return fare


def wait_to_pay(lane: Lane, amendment: Amendment, failure: Unavailable) -> LaneStops:
    """Leaves a planned change as it is for a while, as ``wait_for_money`` does with a part."""
    lane.journal.amendments.wait(amendment, failure.message, lane.clock.now() + WAIT_WHILE_PAUSED)
    _tell_of_money(lane, failure)
    return LaneStops()


def _to_create(lane: Lane, amendment: Amendment, row: Publication) -> list[Publication]:
    """What has to be created anew, with its new words, where nothing of it was deleted yet; else nothing that counts now."""
    if amendment.kind is not AmendmentKind.REPLACE:
        return []
    together = [
        one
        for one in lane.journal.amendments.of_entry(row.entry)
        if (one.account, one.approval, one.kind) == (row.account, amendment.approval, AmendmentKind.REPLACE)
    ]
    if any(one.state is State.SENT for one in together):
        return []
    return [as_amended(row, one) for one in together]
