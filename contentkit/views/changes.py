"""What a branch changes, as a reviewer reads it: each entry with its time, its approval, its threads and what they cost.

Logs of CI servers take some lines for orders (``::error::``, ``##[group]``): the words of a branch stand behind a bar there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contentkit.calendar.times import show_time
from contentkit.models import Entry
from contentkit.money.prices import dollars
from contentkit.text import one_line, printable
from contentkit.values import dataclass
from contentkit.views.threads import Preview, heading, thread_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

_BAR = "| "
_NAMES = 200


@dataclass(frozen=True, kw_only=True)
class ThreadChange:
    """A thread as it will look; ``before`` is what it cost, ``lines`` how its words differ. ``is_new`` where there was none."""

    preview: Preview
    before: Decimal | None = None
    lines: tuple[str, ...] = ()
    is_new: bool = False

    @property
    def account(self) -> str:
        return self.preview.rendition.account.name

    @property
    def cost(self) -> Decimal | None:
        return self.preview.cost.total if self.preview.cost else None


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry or a draft that a branch touches: what is otherwise of it in ``words``, its approval, its threads.

    ``entry`` is None for a draft alone; ``is_gone`` where there is none any more. ``withheld``: nobody may repeat its words.
    """

    draft: str
    entry: Entry | None = None
    words: tuple[str, ...] = ()
    approval: str = ""
    threads: tuple[ThreadChange, ...] = ()
    is_gone: bool = False
    withheld: bool = False


def item_lines(item: Item) -> Iterator[str]:
    """What there is to tell of it, without its threads."""
    yield _title(item)
    yield from (f"  {one_line(words, _NAMES)}" for words in item.words)
    if item.approval:
        yield f"  {one_line(item.approval, _NAMES)}"
    if item.withheld:
        yield "  its words are not shown: nobody may repeat some of them"


def _title(item: Item) -> str:
    if item.entry is None:
        return f"{one_line(item.draft, _NAMES)} (not on the calendar)"
    return (
        f"{item.entry.id}: {one_line(item.draft, _NAMES)}, {dated(item.entry.at)}, on {', '.join(item.entry.accounts)}"
    )


def dated(at: datetime) -> str:
    """A time with its year: 'Tue 1 Dec 2026 09:30 CET'. What a branch moves may go anywhere."""
    day, *time = show_time(at).rsplit(" ", 2)
    return " ".join((day, str(at.year), *time))


def change_lines(item: Item) -> Iterator[str]:
    """The same with its threads, for a pipe: new ones in full, of others how their words differ."""
    yield from item_lines(item)
    for thread in item.threads:
        if thread.is_new:
            yield from (_BAR + line for words in thread_lines(thread.preview) for line in words.split("\n"))
        elif thread.lines or thread.cost != thread.before:
            yield f"  {printable(heading(thread.preview))}{_cost_before(thread)}"
            yield from (_BAR + line for line in thread.lines)


def _cost_before(thread: ThreadChange) -> str:
    return f" (was {dollars(thread.before)})" if thread.before is not None and thread.before != thread.cost else ""


def for_logs(line: str) -> str:
    """A line that no runner takes for an order, wherever in it one stands."""
    line = line.replace("##[", "## [")
    return f"{_BAR}{line}" if line.lstrip().startswith("::") else line


def changes_view(items: Sequence[Item], width: int) -> RenderableType:
    """The same for a terminal, threads in frames."""
    from rich.console import Group
    from rich.text import Text

    from contentkit.views.threads import thread_view

    shown: list[RenderableType] = []
    for item in items:
        title, *lines = (printable(line) for line in item_lines(item))
        shown += [Text(title, style="bold"), *(Text(line) for line in lines)]
        for thread in item.threads:
            if thread.is_new:
                shown.append(thread_view(thread.preview, width))
            elif thread.lines or thread.cost != thread.before:
                shown.append(Text(f"  {heading(thread.preview)}{_cost_before(thread)}"))
                shown += [Text(f"    {printable(line)}", style=_style(line)) for line in thread.lines]
        shown.append(Text())
    return Group(*shown)


def _style(line: str) -> str:
    return {"-": "red", "+": "green"}.get(line.strip()[:1], "")


def plain(item: Item) -> dict[str, Any]:
    """The item for programs."""
    return {
        "entry": item.entry.id if item.entry else None,
        "draft": item.draft,
        "at": item.entry.at if item.entry else None,
        "accounts": item.entry.accounts if item.entry else [],
        "changes": item.words,
        "approval": item.approval,
        "gone": item.is_gone,
        "withheld": item.withheld,
        "threads": [_plain(thread) for thread in item.threads],
    }


def _plain(thread: ThreadChange) -> dict[str, Any]:
    rendition = thread.preview.rendition
    return {
        "account": thread.account,
        "new": thread.is_new,
        "differs": thread.lines,
        "cost": thread.cost,
        "cost_before": thread.before,
        "warning": rendition.warning,
        "parts": [{"text": part.text, "visibility": part.visibility} for part in rendition.parts],
    }
