"""What is to be taken down: where it stands, how it begins, what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from contentkit.money.prices import dollars
from contentkit.publishing.publications import Publication, Thread
from contentkit.values import dataclass
from contentkit.views.corrections import numbers, words_lines

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Retraction:
    """What of a thread is taken down. ``out`` are the parts, ``unsent`` those that are not sent any more, ``price`` what deleting
    costs in US dollars, None where nothing is billed."""

    thread: Thread
    out: tuple[Publication, ...]
    unsent: tuple[Publication, ...]
    price: Decimal | None


def retraction_lines(one: Retraction, is_withheld: Callable[[str], bool]) -> Iterator[str]:
    """What stands there, part by part; of words that are withheld none."""
    cost = f", for {dollars(one.price)}" if one.price else ""
    yield f"{one.thread.entry} on {one.thread.account}: {numbers(one.out)} of {one.out[0].parts} taken down{cost}:"
    yield from words_lines(one.out, is_withheld)
    if one.unsent:
        yield f"  {numbers(one.unsent).capitalize()}, not out yet, {'is' if len(one.unsent) == 1 else 'are'} not sent."


def question(name: str, retractions: Sequence[Retraction]) -> str:
    """What is asked before anything is done."""
    count = sum(len(one.out) for one in retractions)
    what = "1 post" if count == 1 else f"{count} posts"
    accounts = ", ".join(one.thread.account for one in retractions)
    return f"Delete {what} of {name} on {accounts}, for good?"


def plain(one: Retraction, is_withheld: Callable[[str], bool]) -> dict[str, Any]:
    """The same for a program."""
    return {
        "account": one.thread.account,
        "parts": [_plain_part(row, is_withheld) for row in one.out],
        "unsent": [row.part + 1 for row in one.unsent],
        "cost": one.price,
    }


def _plain_part(row: Publication, is_withheld: Callable[[str], bool]) -> dict[str, Any]:
    return {"part": row.part + 1, "url": row.url, "text": None if is_withheld(row.text) else row.text}
