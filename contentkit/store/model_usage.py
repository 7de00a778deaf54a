"""What drafting with a model took: a row for each run, and no word of what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from contentkit.money.prices import micros
from contentkit.stamps import stamped
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# Costs are in millionths of a dollar, NULL where the settings name no prices. ``draft`` is empty where none came of it.
_TABLE = """
CREATE TABLE model_usage (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  draft TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL CHECK (requests > 0),
  tokens_in INTEGER NOT NULL CHECK (tokens_in >= 0),
  tokens_out INTEGER NOT NULL CHECK (tokens_out >= 0),
  micros INTEGER CHECK (micros >= 0),
  estimated INTEGER NOT NULL CHECK (estimated IN (0, 1))
)"""

# What each model took in each month; the dollars are NULL where some of it has no price.
_SPENDING = """
CREATE VIEW model_spending AS
SELECT
  month,
  model,
  drafts,
  requests,
  tokens_in,
  tokens_out,
  CASE WHEN priced = runs THEN printf('%d.%06d', micros / 1000000, micros % 1000000) END AS dollars
FROM (
  SELECT
    substr(at, 1, 7) AS month,
    model,
    count(*) AS runs,
    count(micros) AS priced,
    count(DISTINCT nullif(draft, '')) AS drafts,
    sum(requests) AS requests,
    sum(tokens_in) AS tokens_in,
    sum(tokens_out) AS tokens_out,
    sum(micros) AS micros
  FROM model_usage
  GROUP BY 1, 2
)"""

MODEL_USAGE = (_TABLE, "CREATE INDEX model_usage_by_time ON model_usage (at)", _SPENDING)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one run took. ``cost`` is in US dollars, None without prices; ``estimated`` where a server did not count."""

    model: str
    requests: int
    tokens_in: int
    tokens_out: int
    cost: Decimal | None
    estimated: bool


def note_usage(database: Database, taken: Sequence[Taken], draft: str, now: datetime) -> None:
    """Adds a row for each model that was asked."""
    from contentkit.store.database import transaction

    with transaction(database):
        database.conn.executemany(
            "INSERT INTO model_usage (at, draft, model, requests, tokens_in, tokens_out, micros, estimated) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    stamped(now),
                    draft,
                    one.model,
                    one.requests,
                    one.tokens_in,
                    one.tokens_out,
                    None if one.cost is None else micros(one.cost),
                    one.estimated,
                )
                for one in taken
            ],
        )
