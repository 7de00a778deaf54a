"""How the queue is shown: as JSON, as lines for a pipe, as a table for a person; worked out now, or as it was kept."""

from __future__ import annotations

from contentkit.cli.answers import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contentkit.views.queue import QueueRow

_IN_JSON, _IN_LINES = "queue.json", "queue.txt"


def form_of(*, everything: bool, in_json: bool) -> str:
    """The name under which the answer to this question is kept."""
    return f"{'whole-' if everything else ''}{_IN_JSON if in_json else _IN_LINES}"


def answer_of(
    rows: Sequence[QueueRow], before: Sequence[str], after: Sequence[str], zone: str, *, in_json: bool
) -> Answer:
    """The queue as JSON, or as lines that still want to be told how far away each time is."""
    from contentkit.cli.output import json_words

    body = json_words(rows) if in_json else _lines(rows)
    return Answer(before=before, after=after, body=body, has_rows=bool(rows) and not in_json, zone=zone)


def _lines(rows: Sequence[QueueRow]) -> str:
    from contentkit.cli.output import in_cells
    from contentkit.views.queue import HEADINGS, cells_beside_distance

    if not rows:
        return ""
    lines = [f"{in_cells(HEADINGS)}\n"]
    for row in rows:
        when, *others = cells_beside_distance(row)
        lines.append(f"{row.at.timestamp()!r}\t{in_cells([when])}\t{in_cells(others)}\n")
    return "".join(lines)


def rows_in(answer: Answer) -> list[QueueRow]:
    """The rows of an answer in JSON."""
    import json
    from datetime import datetime
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from contentkit.views.queue import QueueRow

    zone = ZoneInfo(answer.zone)

    def row(said: dict[str, str]) -> QueueRow:
        at = datetime.fromisoformat(said["at"]).astimezone(zone)
        cost = Decimal(said["cost"]) if said["cost"] is not None else None
        return QueueRow(**{**said, "at": at, "cost": cost, "next": tuple(said["next"])})  # type: ignore[arg-type]

    return [row(said) for said in json.loads(answer.body)]


def show_again(answer: Answer, now: float) -> bool:
    """Shows an answer in JSON as a table, at this moment (seconds since 1970). Whether there was anything to show."""
    from datetime import UTC, datetime

    rows = rows_in(answer)
    if rows:
        show_table(rows, answer, datetime.fromtimestamp(now, UTC))
    return bool(rows)


def show_table(rows: Sequence[QueueRow], answer: Answer, now: datetime) -> None:
    """The rows for a person, with what is said beside them."""
    import shutil

    from contentkit.cli.output import say, show, show_lines
    from contentkit.views.queue import address_lines, queue_table

    say(*answer.before)
    if rows:
        show(queue_table(rows, now, shutil.get_terminal_size().columns))
        show_lines(*address_lines(rows))
    say(*answer.after)
