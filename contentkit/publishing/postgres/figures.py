"""How a database stands: what is due since when, who holds what, what nobody knows, and who waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contentkit.publishing.facts import Fact
from contentkit.publishing.postgres.workers import Worker, workers
from contentkit.publishing.postgres.workspaces import Standing
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database

# A policy hides every team's rows from the others: the server itself walks from one workspace to the next, and counts.
FIGURES = """
CREATE FUNCTION open_work_of_all() RETURNS TABLE (place BIGINT, planned BIGINT, in_doubt BIGINT, on_hold BIGINT)
LANGUAGE plpgsql AS $$
DECLARE before TEXT := current_setting('contentkit.workspace', true);
BEGIN
  FOR place IN SELECT id FROM workspaces LOOP
    PERFORM set_config('contentkit.workspace', place::text, true);
    SELECT count(*) FILTER (WHERE open.state = 'planned'), count(*) FILTER (WHERE open.state IN ('sending', 'unknown')),
      count(*) FILTER (WHERE open.state = 'held')
    INTO planned, in_doubt, on_hold
    FROM (
      SELECT state FROM publications WHERE workspace = place AND state IN ('planned', 'sending', 'unknown', 'held')
      UNION ALL
      SELECT state FROM amendments WHERE workspace = place AND state IN ('planned', 'sending', 'unknown', 'held')
    ) AS open;
    RETURN NEXT;
  END LOOP;
  PERFORM set_config('contentkit.workspace', coalesce(before, ''), true);
END $$;
"""

# A team's stop is a note in its journal, which is hidden as well.
STOPS = f"""
CREATE FUNCTION stops_of_all() RETURNS TABLE (place BIGINT, why TEXT)
LANGUAGE plpgsql AS $$
DECLARE before TEXT := current_setting('contentkit.workspace', true);
BEGIN
  FOR place IN SELECT id FROM workspaces LOOP
    PERFORM set_config('contentkit.workspace', place::text, true);
    SELECT value INTO why FROM meta WHERE workspace = place AND key = '{Fact.STOPPED}' AND value <> '';
    IF FOUND THEN RETURN NEXT; END IF;
  END LOOP;
  PERFORM set_config('contentkit.workspace', coalesce(before, ''), true);
END $$;
"""  # noqa: S608 - no words from outside

_LANES = """
SELECT workspace AS place, count(*) AS lanes, count(*) FILTER (WHERE leased_until > clock_timestamp()) AS leased,
  count(*) FILTER (WHERE hold_until > clock_timestamp()) AS waiting,
  count(*) FILTER (WHERE is_due) AS due,
  extract(epoch FROM clock_timestamp() - min(since) FILTER (WHERE is_due))::double precision AS lag
FROM (
  SELECT *, next_due <= stamp(clock_timestamp()) AND coalesce(greatest(leased_until, rest_until, hold_until),
    clock_timestamp()) <= clock_timestamp() AS is_due,
    greatest(nullif(next_due::text, '')::timestamptz, leased_until, rest_until, hold_until) AS since
  FROM lanes
) AS looked_at GROUP BY workspace
"""


@dataclass(frozen=True, kw_only=True)
class WorkspaceFigures:
    """One team: parts and changes of parts that wait for their time, that may be out, that a person has to decide about; its
    accounts, how many of them a worker holds now, how many the network made wait, how many have something due that nobody has
    taken up, and for how many seconds the longest of these; why nothing is published, empty where it is not stopped."""

    name: str
    state: Standing
    hosts: tuple[str, ...]
    planned: int = 0
    unknown: int = 0
    held: int = 0
    accounts: int = 0
    leased: int = 0
    waiting: int = 0
    due: int = 0
    lag: float = 0.0
    stopped: str = ""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All teams by name, and all workers that have not left, dead ones among them. ``lag`` is in seconds."""

    workspaces: tuple[WorkspaceFigures, ...]
    workers: tuple[Worker, ...]

    @property
    def lag(self) -> float:
        return max((one.lag for one in self.workspaces), default=0.0)

    def of_all(self, what: str) -> int:
        """The sum of one of the counts, as in ``held``, over all teams."""
        return sum(getattr(one, what) for one in self.workspaces)


def figures_of(database: Database) -> Figures:
    """The figures of this moment, over a connection that is in no workspace. One that is not open, or stopped, has no lag: nobody
    is to take up its work."""
    lanes = {row["place"]: row for row in database.execute(_LANES).fetchall()}
    work = {row["place"]: row for row in database.execute("SELECT * FROM open_work_of_all()").fetchall()}
    stops = {row["place"]: row["why"] for row in database.execute("SELECT * FROM stops_of_all()").fetchall()}
    known = database.execute(
        "SELECT id, name, state, ARRAY(SELECT jsonb_array_elements_text(hosts::jsonb)) AS hosts FROM workspaces ORDER BY name"
    ).fetchall()
    return Figures(
        workspaces=tuple(
            _of_one(row, lanes.get(row["id"]), work.get(row["id"]), stops.get(row["id"], "")) for row in known
        ),
        workers=tuple(workers(database)),
    )


def _of_one(row: Any, lanes: Any, work: Any, stopped: str) -> WorkspaceFigures:
    state = Standing(row["state"])
    counts = {"planned": work["planned"], "unknown": work["in_doubt"], "held": work["on_hold"]} if work else {}
    if lanes:
        counts |= {"accounts": lanes["lanes"], "leased": lanes["leased"], "waiting": lanes["waiting"]}
    late: dict[str, Any] = {}
    if lanes and state is Standing.OPEN and not stopped:
        late = {"due": lanes["due"], "lag": max(0.0, lanes["lag"] or 0.0)}
    return WorkspaceFigures(name=row["name"], state=state, hosts=tuple(row["hosts"]), stopped=stopped, **counts, **late)
