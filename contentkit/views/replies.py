"""Who waits for an answer: each with the post of ours that it is about, and with words that cannot steer a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance
from contentkit.stamps import stamped
from contentkit.stats.hearing import Listened
from contentkit.stats.replies import Reply, Told
from contentkit.stats.sync import Synced
from contentkit.text import one_line, printable
from contentkit.views.sync import trouble_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

HEADINGS = ("number", "state", "account", "author", "written", "entry", "address", "words")
_WIDTH = 80
_LONGEST_NAME = 40
_LONGEST_WORDS = 1200
_LONGEST_QUOTE = 60
_FOR_FEW = ("private", "direct")


def cells(reply: Reply) -> tuple[str, ...]:
    """One row for a pipe."""
    return (
        str(reply.number),
        reply.state,
        reply.account,
        who(reply),
        stamped(reply.written_at),
        reply.entry or "",
        reply.url,
        words_of(reply),
    )


def words_of(reply: Reply) -> str:
    """What they wrote, its warning first; why it is not here, where it is not."""
    if reply.text is None:
        if reply.visibility in _FOR_FEW:
            return "(written to few: the words are not kept here)"
        return "(gone)" if reply.state == "gone" else "(the words may be kept no longer)"
    return f"[{reply.warning}] {reply.text}" if reply.warning else reply.text


def listing(found: Sequence[Reply], now: datetime) -> RenderableType:
    """The replies for a terminal, each under its number; lines end between words, at 80 columns or where the terminal does."""
    from rich.console import Group
    from rich.constrain import Constrain
    from rich.padding import Padding
    from rich.text import Text

    shown: list[RenderableType] = []
    width = max((len(str(one.number)) for one in found), default=1)
    for one in found:
        shown.append(
            Text(f"{one.number:>{width}}  {_head(one, now)}", style="bold" if one.state == "waiting" else "dim")
        )
        below = [Text(line, style=style) for line, style in _below(one)]
        # An address is never cut: it would lead nowhere.
        address = Text(printable(one.url), no_wrap=True, overflow="ignore")
        shown += [Padding(line, (0, 0, 0, width + 2), expand=False) for line in (*below, address)]
        shown.append(Text(""))
    return Constrain(Group(*shown), _WIDTH)


def _head(reply: Reply, now: datetime) -> str:
    state = "" if reply.state == "waiting" else f"; {reply.state}"
    return f"{who(reply)} on {reply.account}, {distance(reply.written_at, now)}{state}"


def _below(reply: Reply) -> Iterator[tuple[str, str]]:
    if reply.our_url:
        of = f" ({one_line(reply.entry, _LONGEST_NAME)})" if reply.entry else ""
        yield f"to {_quoted(reply.our_text)}{of}", "dim"
    elif reply.is_answer:
        yield "in a conversation that did not begin under a post known here", "dim"
    words = printable(words_of(reply)).strip()
    yield (words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rstrip()} …"), ""


def _quoted(words: str | None) -> str:
    return f'"{one_line(words, _LONGEST_QUOTE)}"' if words else "a post"


def who(reply: Reply) -> str:
    """``Ana (@ana@social.example)``; a name may pretend to be another's handle, so the handle always stands behind it."""
    name = one_line(reply.author_name, _LONGEST_NAME)
    handle = f"@{one_line(reply.author, 2 * _LONGEST_NAME)}" if reply.author else ""
    if name and handle:
        return f"{name} ({handle})"
    return name or handle or "somebody"


def summary_lines(
    waiting: Sequence[Reply], older: int, told: Sequence[Told], unasked: Sequence[str], now: datetime
) -> Iterator[str]:
    """How many wait, how many more do that were written before, when each account was asked, and which never were."""
    if waiting:
        verb = "waits" if len(waiting) == 1 else "wait"
        yield (
            f"{len(waiting)} {verb} for an answer. 'contentkit replies --open {waiting[0].number}' opens one in the "
            f"browser, '--done {waiting[0].number}' puts it aside."
        )
    else:
        yield "Nobody waits for an answer."
    if older:
        yield f"{older} more {'was' if older == 1 else 'were'} written before: --days shows them."
    for one in told:
        asked = f"{one.account}: asked {distance(one.place.asked_at, now)}" if one.place.asked_at else one.account
        yield f"{asked}: {one.place.refused}" if one.place.refused else asked
    if told and unasked:
        yield f"{', '.join(unasked)}: never asked: 'contentkit replies --refresh' says what stands in the way."
    if not told:
        yield "No account was asked yet: 'contentkit sync' does it from cron, 'contentkit replies --refresh' at once."


def heard_lines(listened: Sequence[Listened]) -> Iterator[str]:
    """What a run of asking brought, one line for each account that there is something to say of."""
    for one in listened:
        told = [f"{one.new} new {'answer or mention' if one.new == 1 else 'answers and mentions'}"] if one.new else []
        told += [f"{one.answered} answered"] if one.answered else []
        told += [f"{one.gone} gone"] if one.gone else []
        if told:
            yield f"{one.account}: {', '.join(told)}"
        yield from (f"{one.account}: {remark}" for remark in one.remarks)
        if one.passed_over:
            yield f"{one.account}: not asked who answered: {one.passed_over}"


def heard_trouble_lines(listened: Sequence[Listened]) -> Iterator[str]:
    """What went wrong in asking, with what to do about it."""
    return trouble_lines([Synced(account=one.account, troubles=one.troubles) for one in listened])
