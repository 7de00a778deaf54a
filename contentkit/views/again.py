"""What is worth saying again: how it did, when it was said, and what to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance
from contentkit.stats.again import LeftOut, Proposal
from contentkit.stats.baselines import Judged
from contentkit.text import counted, one_line, printable
from contentkit.views.figures import at_age, times

if TYPE_CHECKING:
    from contentkit.stats.measured import MeasuredThread

HEADINGS = (
    "ratio",
    "low",
    "high",
    "n",
    "engagement",
    "age",
    "account",
    "entry",
    "published",
    "why not",
    "url",
    "words",
)
_WORDS = 76


def cells(judged: Judged, why: str = "") -> tuple[str, ...]:
    """One row for a pipe; ``why`` it is left out."""
    ratio, thread = judged.ratio, judged.thread
    numbers = [f"{number:.3f}" for number in (ratio.value, ratio.low, ratio.high)] if ratio else [""] * 3
    return (
        *numbers,
        str(ratio.n if ratio else ""),
        str(judged.engagement),
        str(judged.age),
        thread.account,
        thread.entry or "",
        thread.begun_at.isoformat(),
        why,
        thread.url,
        thread.parts[0].text or "",
    )


def proposal_lines(found: Sequence[Proposal], now: datetime) -> Iterator[str]:
    """Each proposal for a terminal, with the command that makes a draft of it."""
    for one in found:
        yield from _lines(one.judged, now)
        yield f"    contentkit again {name_of(one.thread)}"
        yield ""


def left_out_lines(left: Sequence[LeftOut], now: datetime) -> Iterator[str]:
    """Each thread that is left out, with the reason."""
    for one in left:
        words = f": {one_line(one.words, _WORDS)}" if one.words else ""
        yield from _lines(one.judged, now)
        yield f"    left out: {one.why}{words}"
        yield ""


def summary_lines(looked_at: int, found: Sequence[Proposal], left: Sequence[LeftOut], limit: int) -> Iterator[str]:
    """Of how many threads this was chosen, how many of them are not shown, and what was left out."""
    if not looked_at:
        yield "No thread of the last three years is known: 'contentkit sync' and 'contentkit import' bring figures."
        return
    chosen = str(len(found)) if found else "None"
    yield f"{chosen} of {counted(looked_at, 'thread')} did so much better than usual, and can be said again."
    if len(found) > limit:
        yield f"Shown are the best {limit}: --limit N shows more."
    if left:
        reasons = Counter(one.why for one in left)
        told = ", ".join(f"{count} {why}" for why, count in reasons.most_common())
        yield f"Left out: {told}. 'contentkit again --all' shows them."
    if found:
        yield "What did well once was lucky, too: expect less the second time."


def name_of(thread: MeasuredThread) -> str:
    """What the thread is called on the command line: its entry, or its address."""
    return thread.entry or thread.url


def _lines(judged: Judged, now: datetime) -> Iterator[str]:
    thread = judged.thread
    ratio = times(judged.ratio) if judged.ratio else ""
    yield printable(f"{ratio}  {thread.entry or 'a post'} on {thread.account}, {distance(thread.begun_at, now)}")
    if thread.parts[0].text:
        yield f"    {one_line(thread.parts[0].text, _WORDS)}"
    yield f"    {at_age(judged)}  {printable(thread.url)}"
