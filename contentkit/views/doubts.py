"""What is known of a part that waits for a person, in plain lines: words, attempts, what stands there, what to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from contentkit.calendar.times import show_time
from contentkit.text import one_line, printable
from contentkit.values import dataclass
from contentkit.views.explain import Happened, event_lines

_LONGEST = 300
_EXCERPT = 160


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A status on the account: its words, and ``what`` it has to do with the part."""

    url: str
    words: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way to decide: what is typed, and what it does. ``why_not`` says why it is refused now, empty when it is not."""

    typed: str
    does: str
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """All that is known of a part that waits for a person; it counts from 1.

    ``since`` is when its state began, in UTC. ``before`` are the addresses of the parts that are out, in order. ``there`` is what
    the network shows at its place now; ``unseen`` says why that is not known, empty when it is.
    """

    entry: str
    account: str
    part: int
    parts: int
    state: str
    reason: str
    since: datetime
    words: str
    warning: str
    pictures: tuple[str, ...]
    before: tuple[str, ...]
    happened: tuple[Happened, ...]
    there: tuple[Sight, ...]
    unseen: str
    choices: tuple[Choice, ...]


def doubt_lines(doubt: Doubt, zone: tzinfo) -> Iterator[str]:
    """Everything in the order in which a careful person asks. ``zone`` is the calendar's: times are told on its wall."""
    since = show_time(doubt.since.astimezone(zone))
    what = f"{doubt.entry} {doubt.part}/{doubt.parts} on {doubt.account}"
    yield f"{what}: {doubt.state} since {since}: {one_line(doubt.reason, _LONGEST)}"
    yield from _words(doubt)
    yield "Out before it:" if doubt.before else "Nothing of its thread is out."
    yield from (f"  {one_line(url, _LONGEST)}" for url in doubt.before)
    yield "What happened:"
    yield from (f"  {line}" for line in event_lines(doubt.happened, zone))
    yield from _there(doubt)
    yield from _choices(doubt.choices)


def _words(doubt: Doubt) -> Iterator[str]:
    yield "Its words:"
    if doubt.warning:
        yield f"  [warning] {one_line(doubt.warning, _LONGEST)}"
    yield from (f"  | {line}" for line in printable(doubt.words).split("\n"))
    yield from (f"  [picture] {one_line(picture, _LONGEST)}" for picture in doubt.pictures)


def _there(doubt: Doubt) -> Iterator[str]:
    if doubt.unseen:
        yield f"On the account now: nobody knows: {one_line(doubt.unseen, _LONGEST)}"
    elif not doubt.there:
        yield "On the account now: nothing at its place, and its words nowhere among the newest."
    else:
        yield "On the account now:"
    for one in doubt.there:
        yield f"  {one_line(one.url, _LONGEST)}: {one.what}"
        yield f"    {one_line(one.words, _EXCERPT) or '(no words)'}"


def _choices(choices: Sequence[Choice]) -> Iterator[str]:
    yield "You decide:" if choices else "Each run looks for it: there is nothing to decide yet."
    for one in choices:
        yield f"  {one.typed}"
        yield f"    {one.does}" + (f" Not now: {one_line(one.why_not, _LONGEST)}." if one.why_not else "")
