"""Voices: what was learnt of a person, and how much a draft is like them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contentkit.drafting.voice.edits import Proposal
from contentkit.drafting.voice.learnt import Learnt
from contentkit.drafting.voice.likeness import Likeness
from contentkit.drafting.voice.loading import card_lines
from contentkit.text import counted

if TYPE_CHECKING:
    from rich.table import Table

_MOST_DRAFTS = 3
# What why something was left out is called where it is one.
_ONE = {
    "replies": "reply", "boosts": "boost", "begin with a mention": "begins with a mention", "earlier versions": "earlier version",
}  # fmt: skip
HEADINGS = ("founder", "card", "posts", "until", "examples", "never", "rules")


def cells(voice: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of one voice."""
    last = voice["last"].isoformat() if voice["last"] else "-"
    counts = (str(voice[name]) for name in ("examples", "never", "rules"))
    return (voice["founder"], voice["card"], str(voice["posts"]), last, *counts)


def voices_table(rows: Sequence[Sequence[str]]) -> Table:
    """The rows for a terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        table.add_column(
            heading, justify="left" if heading in ("founder", "card", "until") else "right", overflow="fold"
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def learnt_lines(name: str, learnt: Learnt) -> Iterator[str]:
    """How this person writes, for people."""
    since = "" if not learnt.first else f" from {learnt.first} to {learnt.last}"
    since = f" of {learnt.first}" if learnt.first and learnt.first == learnt.last else since
    yield f"{name}, learnt from {counted(learnt.posts, 'post')}{since}, in '{learnt.language}':"
    yield from (f"  {line}" for line in card_lines(learnt))


def left_out_line(left_out: Mapping[str, int]) -> str:
    """What was not learnt from; empty when nothing was left out."""
    most_first = sorted(left_out.items(), key=lambda one: (-one[1], one[0]))
    told = [counted(number, _ONE.get(why, why), why) for why, number in most_first if number]
    return f"Left out: {', '.join(told)}." if told else ""


def likeness_lines(found: Likeness) -> Iterator[str]:
    """How much a draft is like its founder, and what lowered it."""
    yield f"{found.draft}: {found.likeness:.2f} like {found.founder}"
    yield from (f"  {reason}" for reason in found.lowered)
    for post in found.posts:
        yield f"{post.likeness:.2f}  post {post.post}, line {post.line}: {post.opening}"
        yield from (f"      {reason}" for reason in post.lowered)


def likeness_note(found: Likeness) -> str:
    """What the number is, and what it is not."""
    return (
        f"From 0 to 1, against the habits of {found.authors} other authors; 0.5 is as much like them. Compared with "
        f"{found.learnt} posts. It tells likeness to earlier posts, not who wrote it, and stops nothing."
    )


def proposal_lines(found: Sequence[Proposal]) -> Iterator[str]:
    """Rules that edits suggest, numbered, each with how often it was done and where."""
    for number, one in enumerate(found, 1):
        yield f"{number}. {one.rule}  {one.done} of {one.of}"
        more = f" and {len(one.drafts) - _MOST_DRAFTS} more" if len(one.drafts) > _MOST_DRAFTS else ""
        yield f"   {', '.join(one.drafts[:_MOST_DRAFTS])}{more}"
