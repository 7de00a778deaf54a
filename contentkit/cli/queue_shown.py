"""How the queue is shown: as JSON, as lines for a pipe, as a table for a person; worked out now, or as it was kept."""

from __future__ import annotations

import os
import sys
import time

from contentkit.cli.answers import Answer, kept_answer, place_of, tell
from contentkit.whereabouts import root_above

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contentkit.views.queue import QueueRow

_IN_JSON, _IN_LINES = "queue.json", "queue.txt"


def form_of(*, everything: bool, in_json: bool) -> str:
    """The name under which the answer to this question is kept."""
    return f"{'whole-' if everything else ''}{_IN_JSON if in_json else _IN_LINES}"


def queue_again(arguments: list[str]) -> int | None:
    """Shows the queue as it was kept, where these words ask for no more than that and nothing has changed since.

    Returns the exit code then, else None: the whole command has to run. Raises StateError where the output cannot be written.
    """
    folder = ""
    if arguments[0] in ("-C", "--project") and len(arguments) > 1:
        folder, arguments = arguments[1], arguments[2:]
    name, *options = arguments or [""]
    if name != "queue" or not set(options) <= {"--all", "--json"}:
        return None
    try:
        root = root_above(os.path.realpath(folder or os.getcwd()))  # noqa: PTH109 - see contentkit.marks
    except OSError:
        return None
    is_told = root and _told_again(root, everything="--all" in options, as_json="--json" in options)
    return 0 if is_told else None


def _told_again(root: str, *, everything: bool, as_json: bool) -> bool:
    is_table, now = not as_json and sys.stdout.isatty(), time.time()
    form = form_of(everything=everything, in_json=as_json or is_table)
    answer = kept_answer(place_of(form, root, os.environ), os.environ, now)
    if answer is None:
        return False
    if not is_table:
        tell(answer, now)
        return True
    from datetime import UTC, datetime

    rows = rows_in(answer)
    if rows:
        show_table(rows, answer, datetime.fromtimestamp(now, UTC))
    return bool(rows)


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
