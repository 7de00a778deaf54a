"""Whether a careful person would have held it, too: the world knows what the program could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.platforms import Status
from contentkit.publishing.publications import Publication
from contentkit.publishing.timing import LATE_AFTER, LONGEST_PAUSE_IN_THREAD

if TYPE_CHECKING:
    from tests.publishing.simulation.life import Life
    from tests.publishing.simulation.network import Network
    from tests.publishing.simulation.watch import Watch

# How many of the newest statuses a network shows to those who do not say where to begin, and to those who begin at what is gone.
PAGE = 6
PAGES = 5 * PAGE
# How each reason begins, and what the table calls it.
KINDS = (
    ("refused: ", "refused by the network"),
    ("may have been sent", "in doubt, and not there"),
    ("looks as if it was published already", "looks published already"),
    ("missed", "missed its time"),
    ("the thread stopped", "stopped in the middle for too long"),
    ("it was released", "missed its time"),
    ("edited", "edited after the approval"),
    ("the journal was lost", "the journal was lost or restored"),
    ("receipts.jsonl says", "a receipt that is not true"),
    ("revoked", "its approval was revoked"),
    ("deleted or not visible", "its parent is not shown"),
)
_GONE = "the part before is gone"


class Holds:
    """Counts what was held, and says where nobody careful would have."""

    def __init__(self, life: Life, watch: Watch) -> None:
        self._life, self._watch = life, watch
        self._seen: set[tuple[int, str]] = set()

    def judge(self, row: Publication) -> None:
        """A part is held: once for each time that it is."""
        if (row.id, row.changed_at.isoformat()) in self._seen:
            return
        self._seen.add((row.id, row.changed_at.isoformat()))
        kind, world = kind_of(row.reason), self._life.world
        world.counts[f"held: {kind}"] += 1
        if kind == "in doubt, and not there" and not self._was_taken(row):
            world.counts[f"in hindsight needless: {kind}"] += 1
        if not self._is_justified(kind, row):
            world.is_wrong(f"held for no reason that holds: {row.entry} {row.part + 1} on {row.account}: {row.reason}")

    def _was_taken(self, row: Publication) -> bool:
        """Whether the network ever had it."""
        network = self._life.networks[row.account]
        return any(one.text == row.text for one in network.ever.values())

    def _is_justified(self, kind: str, row: Publication) -> bool:
        life, network = self._life, self._life.networks[row.account]
        counts, now = life.world.counts, life.world.clock.now()
        match kind:
            case "in doubt, and not there":
                return self._is_in_doubt(network, row)
            case "refused by the network" | "its parent is not shown":
                return (row.account, row.text) in self._watch.refused or counts["picture refused"] > 0
            case "looks published already":
                words = {part.text for part in life.rows_of(row.entry, row.account)}
                return any(one.text in words for one in network.ever.values())
            case "missed its time":
                since = max(row.due, row.released_at or row.due)
                return life.clock_was_wrong or now - since > min(LATE_AFTER, LONGEST_PAUSE_IN_THREAD)
            case "stopped in the middle for too long":
                return life.world.rough > 0
            case "edited after the approval" | "its approval was revoked":
                return row.entry in life.edited | life.revoked
            case "the journal was lost or restored":
                return life.taken_over > 0
            case "a receipt that is not true":
                return bool(network.gone_at) or life.forged or counts["read lost"] > 0
        return kind == _GONE and bool(network.gone_at)

    def _is_in_doubt(self, network: Network, row: Publication) -> bool:
        """Whether nobody can know what became of it by looking: it does not stand where it was looked for."""
        life = self._life
        doubtful = (row.account, row.text) in self._watch.asked or life.deaths or life.lock_stolen
        doubtful = doubtful or life.world.counts["disk full"]
        if any(message.text == row.text for _, message in network.under_way):
            return life.was_meddled_with
        shown = self._looked_through(network, row)
        # What arrives between the look and the word is seen by nobody, nor is what the network does not show yet.
        began, second = life.world.held_at.get(row.id, (0, 0.0))
        unseen = {one for one in network.late if network.made_at[one] >= began or network.visible_at[one] > second}
        own = (one for one in shown if one.remote_id not in life.by_hand | unseen)
        stands = any(one.text == row.text and one.parent == row.parent for one in own)
        return bool(doubtful) and (life.was_meddled_with or not stands)

    def _looked_through(self, network: Network, row: Publication) -> list[Status]:
        """Where the account had nothing before, or that is gone, nothing says how far back to look."""
        if (row.account, row.text) in self._watch.first:
            return network.statuses[-PAGE:]
        return network.statuses[-PAGES:] if row.watermark in network.gone_at else network.statuses


def kind_of(reason: str) -> str:
    """What the table calls a reason."""
    if not reason.startswith("receipts") and (
        "is no longer on the network" in reason or "other words on the network" in reason
    ):
        return _GONE
    return next((kind for start, kind in KINDS if reason.startswith(start)), reason)
