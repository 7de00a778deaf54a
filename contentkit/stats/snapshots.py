"""What a network told is written down as it was told, once and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from contentkit.ages import age_of
from contentkit.platforms import Audience, Figures
from contentkit.platforms.counts import count_in
from contentkit.stamps import stamped
from contentkit.stats.publications import NOBODY_KNOWS, Owner, Tracked
from contentkit.store.database import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

State = Literal["told", "deleted", "unavailable"]
# Of the publication that is called ``publications`` in the same statement.
NEXT_NUMBER = "(SELECT coalesce(max(number), 0) + 1 FROM snapshots WHERE publication = publications.id)"
COUNTS = ("replies", "likes", "shares", "quotes", "bookmarks", "impressions", "link_clicks", "profile_clicks")


def store_figures(
    database: Database, asked: Sequence[Tracked], told: Mapping[str, Figures], taken_at: datetime
) -> Counter[State]:
    """One snapshot of each of these publications, all or none; returns how many there are of each state.

    What the network said nothing about is ``unavailable``, which is neither 0 nor deleted.
    """
    states = {one.remote_id: _state_of(told.get(one.remote_id)) for one in asked}
    with transaction(database):
        # The deleted ones first: a continuation that is gone is no reply any more.
        for one in sorted(asked, key=lambda one: states[one.remote_id] == "told"):
            _store(database, one, states[one.remote_id], told.get(one.remote_id, Figures()), taken_at)
    return Counter(states.values())


def store_audience(
    database: Database, account: str, told: Audience, taken_at: datetime, owner: Owner = NOBODY_KNOWS
) -> None:
    """One snapshot of an account, and whose it was."""
    counts = {name: count_in(getattr(told, name)) for name in ("followers", "following", "statuses")}
    values = {"server": owner.server, "owner": owner.remote_id, **counts}
    _add(database, "account_snapshots", {"account": account, "taken_at": stamped(taken_at), **values})


def _store(database: Database, one: Tracked, state: State, figures: Figures, taken_at: datetime) -> None:
    counts = {name: count_in(getattr(figures, name)) if state == "told" else None for name in COUNTS}
    own = _own_replies(database, one) if state == "told" else 0
    row = {"publication": one.id, "taken_at": stamped(taken_at), "state": state, "own_replies": own, **counts}
    _add(database, "snapshots", row, number=NEXT_NUMBER, age=str(age_of(taken_at - one.published_at) or "NULL"))


def _add(database: Database, table: str, row: Mapping[str, object], **told: str) -> None:
    """Adds a row to a history; ``told`` are columns whose values SQLite works out.

    Another command may have added its own in the same second: one of them is enough.
    """
    columns = ", ".join([*row, *told])
    values = ", ".join([*(f":{name}" for name in row), *told.values()])
    key = " AND ".join(f"{name} = :{name}" for name in list(row)[:2])
    database.conn.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM (SELECT :{next(iter(row))} AS id)"  # noqa: S608 - our own names
        f" AS publications WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {key})",
        row,
    )


def _own_replies(database: Database, one: Tracked) -> int:
    """1 when our thread goes on with a reply to this part and the network still has it, as far as we know."""
    continuation = database.conn.execute(
        """SELECT (SELECT state FROM snapshots WHERE publication = later.id ORDER BY number DESC LIMIT 1)
           FROM publications AS mine
           JOIN publications AS later
             ON later.entry = mine.entry AND later.account = mine.account AND later.part > mine.part
           WHERE mine.id = ? ORDER BY later.part LIMIT 1""",
        (one.id,),
    ).fetchone()
    return 1 if continuation and continuation[0] != "deleted" else 0


def _state_of(figures: Figures | None) -> State:
    if figures is None:
        return "unavailable"
    return "deleted" if figures.deleted else "told"
