"""The story of one entry in plain sentences, a line for each: to be read on a terminal, in a pipe, aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance, show_time
from contentkit.money.prices import dollars
from contentkit.text import one_line
from contentkit.values import dataclass
from contentkit.views.queue import CRON, ELSEWHERE, NETWORK, NOBODY, YOU, QueueRow

if TYPE_CHECKING:
    from contentkit.models import Condition

_LONGEST = 300
_LONGEST_ANSWER = 700
_ACTS = {
    YOU: "you act next",
    CRON: "'contentkit post' acts next, from cron",
    ELSEWHERE: "the machine that publishes acts next",
    NETWORK: "it goes on when the network does",
    NOBODY: "nothing is left to do",
}
_MOVES = {
    "planned>sending": "sending",
    "sending>sent": "sent",
    "sending>planned": "not sent, tried again later",
    "sending>held": "refused: held",
    "sending>unknown": "may have been sent",
    "unknown>sent": "found on the network",
    "unknown>held": "not found: held",
    "held>planned": "released",
    "held>sent": "said to be there",
    "held>skipped": "left out",
    "planned>skipped": "left out",
    "planned>held": "held",
}
# Of a change of what is out.
_CHANGES = {
    "edit decided": "to be edited",
    "delete decided": "to be taken down",
    "replace decided": "to be taken down and posted anew",
    "planned>sending": "the network is asked to change it",
    "planned>sent": "is as it should be",
    "planned>held": "its change is held",
    "planned>skipped": "stays as it is there",
    "sending>sent": "changed",
    "sending>planned": "not changed, tried again later",
    "sending>held": "its change was refused: held",
    "sending>unknown": "may have been changed",
    "unknown>sent": "found changed",
    "unknown>planned": "not changed, asked for again",
    "unknown>held": "not changed: held",
    "held>planned": "its change was released",
    "held>skipped": "stays as it is there",
    "sent>skipped": "taken down",
}


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to a part, which counts from 1: a move between two states (``planned>sending``), or a word.

    ``answer`` is what the network said to the attempt that ended so, empty where it said nothing, or nobody asked.
    ``changing`` where it is about a change of what was out already.
    """

    at: datetime
    account: str
    part: int
    parts: int
    move: str
    detail: str
    answer: str = ""
    changing: bool = False


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One approval that was found: ``why`` it does not count here, empty when it does."""

    by: str
    at: datetime | None
    trust: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Approved:
    """Whether an entry is approved as its files stand; ``why`` not, and who is ``lacking``."""

    holds: bool
    people: tuple[str, ...]
    why: str
    lacking: tuple[str, ...]
    heard: tuple[Heard, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """All there is to say of an entry.

    ``at`` is on its own clock, ``instant`` the same in UTC, ``wall`` what was written. ``odd`` is what speaks against the time,
    ``late`` what becomes of it when it is late. ``approval`` is None where nothing is left to approve, or nobody can tell here.
    ``rows`` say how it stands on each account, ``happened`` what was done about it here, oldest first.
    """

    entry: str
    draft: str
    title: str
    founder: str
    campaign: str
    accounts: tuple[str, ...]
    at: datetime
    instant: datetime
    wall: str
    zone: str
    slot: str
    odd: tuple[str, ...]
    late: str
    when: Condition | None
    after: str
    paused: bool
    pause_reason: str
    approval: Approved | None
    rows: tuple[QueueRow, ...]
    happened: tuple[Happened, ...]


def story_lines(story: Story, now: datetime, zone: tzinfo) -> Iterator[str]:
    """Everything in the order in which people ask. ``zone`` is the calendar's: what happened is told on its wall."""
    yield _what(story)
    yield from _time(story, now, zone)
    yield from _conditions(story)
    if story.approval:
        yield from _approval(story.approval, zone)
    for row in story.rows:
        yield from _on_account(story, row, zone)


def _what(story: Story) -> str:
    title = f" '{one_line(story.title, 80)}'" if story.title else ""
    words = f"{story.entry}: the thread{title} in {one_line(story.draft, _LONGEST)}, on {', '.join(story.accounts)}"
    words += f", in the name of {one_line(story.founder, 80)}" if story.founder else ""
    return words + (f", of the campaign {one_line(story.campaign, 80)}" if story.campaign else "") + "."


def _time(story: Story, now: datetime, zone: tzinfo) -> Iterator[str]:
    slot = f", in the slot '{story.slot}'" if story.slot else ""
    place = f" in {story.zone}" if story.zone != story.at.tzname() else ""
    elsewhere = [story.at.astimezone(zone), story.instant]
    others = dict.fromkeys(show_time(one) for one in elsewhere if one.utcoffset() != story.at.utcoffset())
    also = f", which is {' and '.join(others)}" if others else ""
    yield f"Time: {show_time(story.at)}{place}{also}: {distance(story.at, now)}{slot}."
    for words in story.odd:
        yield f"  Mind: {one_line(words, _LONGEST)}."
    yield f"Late: it {story.late}."


def _conditions(story: Story) -> Iterator[str]:
    if story.when:
        from contentkit.publishing.conditions import awaited

        yield f"Condition: it {awaited(story.when)}."
    if story.after:
        yield f"Condition: it waits until {story.after} is out."
    if story.paused:
        why = f": {one_line(story.pause_reason, _LONGEST)}" if story.pause_reason else ""
        yield f"Paused{why}. 'contentkit unpause {story.entry}' lets it go."


def _approval(approval: Approved, zone: tzinfo) -> Iterator[str]:
    if approval.holds:
        yield f"Approval: holds, of {one_line(' and '.join(approval.people), 120)}."
    else:
        yield f"Approval: none that holds: {one_line(approval.why, _LONGEST)}."
    for one in approval.heard:
        yield f"  {_heard(one, zone)}"


def _heard(one: Heard, zone: tzinfo) -> str:
    when = f", {show_time(one.at.astimezone(zone))}" if one.at else ""
    return f"{one_line(one.by, 80)}{when}: {one_line(one.why, _LONGEST) or 'counts'}."


def _on_account(story: Story, row: QueueRow, zone: tzinfo) -> Iterator[str]:
    why = f": {one_line(row.why, _LONGEST)}" if row.why else ""
    yield f"On {row.account}: {row.state or 'not planned'}{why}."
    if row.cost is not None:
        yield f"  What is still to be sent costs {dollars(row.cost)}."
    events = [one for one in story.happened if one.account == row.account]
    yield from (f"  {line}" for line in event_lines(events, zone))
    yield f"  {_next(row)}"
    for step in row.next:
        yield f"    {step}"


def event_lines(events: Sequence[Happened], zone: tzinfo) -> Iterator[str]:
    """What happened on one account, oldest first; what happened to several parts alike in one minute on one line."""
    for _, same in groupby(events, key=lambda one: (f"{one.at:%Y-%m-%d %H:%M}", one.move, one.detail, one.changing)):
        alike = list(same)
        yield _event(alike, zone)
        # Of what is out, nobody asks what the network said to it.
        if alike[-1].answer and not alike[-1].move.endswith(">sent"):
            yield f"  The network answered: {one_line(alike[-1].answer, _LONGEST_ANSWER)}"


def _event(alike: Sequence[Happened], zone: tzinfo) -> str:
    """What happened to one part, or the same to several in one minute."""
    first, last = alike[0], alike[-1]
    whole = f"part {first.part} of {first.parts}" if first.part == last.part else f"parts {first.part} to {last.part}"
    what = (_CHANGES if first.changing else _MOVES).get(first.move, first.move)
    detail = f" ({one_line(first.detail, 160)})" if first.detail and first.detail != what else ""
    return f"{show_time(first.at.astimezone(zone))}: {whole}: {what}{detail}."


def _next(row: QueueRow) -> str:
    words = _ACTS.get(row.who) or f"{one_line(row.who, 120)} acts next"
    return f"{words[0].upper()}{words[1:]}{':' if row.next else '.'}"
