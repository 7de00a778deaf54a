"""What X bills of what we ask: noted before it is asked, corrected by what came.

X bills each post and each user that an answer holds, once a day, and nothing for an answer that holds none. An answer that
never came, or cannot be understood, may have been billed in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import Refused, Unavailable
from contentkit.money.prices import OURSELVES, Charge, prices_of
from contentkit.platforms.billing import NoTab, Tab
from contentkit.platforms.x_posts import data_of, is_answer, posts_of, users_of

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange, WatchedSession

PRICES = prices_of("x")
# X refuses to be asked for fewer.
_SMALLEST_PAGE = 5
_POST = Charge(operation="read_post", price=PRICES.read_post)
_AUTHOR = Charge(operation="read_user", price=PRICES.read_user)


class BilledReads:
    """Reads of one connection; each raises Unavailable when no answer came, or the budget does not reach for it."""

    def __init__(self, session: WatchedSession) -> None:
        self.tab: Tab = NoTab()
        self._session = session

    def user(self, path: str, /, **parameters: str) -> Exchange:
        """Ourselves."""
        return self._read(path, parameters, [Charge(operation="read_user", price=PRICES.read_user, resource=OURSELVES)])

    def posts(self, path: str, wanted: Sequence[str], /, **parameters: str) -> Exchange:
        """The posts with these ids."""
        return self._read(path, parameters, [_read_of(one) for one in wanted])

    def page(self, path: str, /, **parameters: str) -> Exchange:
        """Posts of which nobody knows yet which they are: at most ``max_results``, and no more than the budget reaches for.

        A question that stays without an answer is charged in full each time: there may be other posts by then.
        """
        return self._page(path, parameters, [_POST])

    def mentions(self, path: str, /, **parameters: str) -> Exchange:
        """As ``page``, with the author of each post, who may be billed, too."""
        return self._page(path, parameters, [_POST, _AUTHOR])

    def _page(self, path: str, parameters: dict[str, str], each: Sequence[Charge]) -> Exchange:
        wanted = int(parameters["max_results"])
        affordable = self.tab.affordable([*each] * wanted) // len(each)
        most = max(_SMALLEST_PAGE, affordable) if wanted > _SMALLEST_PAGE else wanted
        parameters["max_results"] = str(most)
        return self._read(path, parameters, [replace(one, price=most * one.price) for one in each])

    def _read(self, path: str, parameters: dict[str, str], may: Sequence[Charge]) -> Exchange:
        slip = self.tab.reserve(may)
        try:
            exchange = self._session.read(path, **parameters)
        except Unavailable as failure:
            if failure.unheard:
                self.tab.settle(slip, ())
            raise
        billed = _billed_in(exchange, may)
        if billed is not None:
            self.tab.settle(replace(slip, answered=exchange.server_time), billed)
        return exchange


@contextmanager
def noted(tab: Tab, charges: Sequence[Charge]) -> Iterator[None]:
    """Notes these before what is done within; taken back when X said no, or certainly never heard of it."""
    slip = tab.reserve(charges)
    try:
        yield
    except Refused:
        tab.settle(slip, ())
        raise
    except Unavailable as failure:
        if failure.unheard or failure.wait or failure.pauses_account:
            tab.settle(slip, ())
        raise


def _read_of(remote_id: str) -> Charge:
    return Charge(operation="read_post", price=PRICES.read_post, resource=remote_id)


def _billed_in(exchange: Exchange, may: Sequence[Charge]) -> list[Charge] | None:
    """What of it X billed, as its answer shows; None where the answer does not tell."""
    if 300 <= exchange.status < 500:
        return []
    if exchange.status >= 500 or not is_answer(exchange):
        return [] if _says_only_how_many(exchange) else None
    if may and may[0].operation == "read_user":
        return list(may) if data_of(exchange) else []
    one = data_of(exchange)
    ids = [str(one["id"])] if isinstance(one, dict) and "id" in one else [post["id"] for post in posts_of(exchange)]
    authors = [replace(_AUTHOR, resource=user) for user in users_of(exchange)]
    return [*(_read_of(remote_id) for remote_id in ids), *authors]


def _says_only_how_many(exchange: Exchange) -> bool:
    """An empty page has nothing but ``meta``."""
    answer = exchange.json()
    return exchange.status == 200 and isinstance(answer, dict) and "meta" in answer
