"""A run of the publisher as whoever started it sees it: what it says, with which exit code it ends, and how it is interrupted."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome


def tell(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Prints what happened, and says that somebody has to look where that is so."""
    if not (outcomes or as_json):
        return
    from contentkit.cli.output import say, show_json, show_lines
    from contentkit.views.outcomes import outcome_lines

    if as_json:
        show_json(outcomes)
    else:
        show_lines(*outcome_lines(outcomes))
    if any(outcome.needs_person for outcome in outcomes):
        say("Somebody has to look: contentkit status")


def mark_told(journal: Journal, outcomes: Sequence[Outcome]) -> None:
    """What was written out is not said again."""
    journal.mark_told(
        ((outcome.publication, outcome.kind) for outcome in outcomes if outcome.publication),
        (outcome.notice for outcome in outcomes if outcome.notice),
        ((outcome.amendment, outcome.kind) for outcome in outcomes if outcome.amendment),
    )


def exit_code(outcomes: Sequence[Outcome], signals: Sequence[int]) -> int:
    """The exit code of a run in which this happened, and which got these signals."""
    from contentkit.cli.main import BUG, DONE, FAILED, INTERRUPTED, PERSON_NEEDED

    if signals:
        return INTERRUPTED
    if any(outcome.kind == "fault" for outcome in outcomes):
        return BUG
    if any(outcome.needs_person for outcome in outcomes):
        return PERSON_NEEDED
    return FAILED if any(outcome.kind == "trouble" for outcome in outcomes) else DONE


@contextmanager
def ending_after_this_post(signals: list[int]) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM lets the post in hand be settled; the second interrupts it, and leaves it in doubt.

    So does a terminal that is closed, or a line that breaks; that one may be told twice, and never interrupts.
    """
    from contentkit.cli.output import say

    def note(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        if signals and number != signal.SIGHUP:
            raise KeyboardInterrupt
        signals.append(number)
        say("Ending after the post in hand.")

    ending = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    # What nohup has turned off stays so.
    previous = {number: signal.signal(number, note) for number in ending if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
