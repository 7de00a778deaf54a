"""Figures of posts and of accounts: one line for each. What no network told is a dash, never a 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance, show_time
from contentkit.stats.figures import AccountFigures, PostFigures
from contentkit.text import one_line, printable

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

POST_HEADINGS = (
    "published", "entry", "account", "part", "parts", "state", "replies", "likes", "shares", "seen", "asked", "url",
)  # fmt: skip
ACCOUNT_HEADINGS = ("account", "followers", "7 days", "30 days", "asked")
_LONGEST_WORDS = 72
_LONG_AGO = timedelta(days=180)


def post_cells(post: PostFigures) -> tuple[str, ...]:
    """The cells of one row for a program: plain numbers, times in ISO 8601; the part counts from 1, empty for a thread."""
    return (
        post.published_at.isoformat(),
        post.entry or "",
        post.account,
        "" if post.part is None else str(post.part + 1),
        str(post.parts),
        post.state,
        *(_plain(count) for count in _counts(post)),
        post.asked_at.isoformat() if post.asked_at else "",
        post.url or "",
    )


def account_cells(account: AccountFigures) -> tuple[str, ...]:
    """The cells of one row for a program."""
    changes = (_change(account.week), _change(account.month))
    return (
        account.account,
        _plain(account.followers),
        *changes,
        account.asked_at.isoformat() if account.asked_at else "",
    )


def post_table(posts: Sequence[PostFigures], zone: tzinfo, now: datetime) -> Table:
    """The rows for a terminal: what, when on the clocks of ``zone`` and where, and beside it the figures."""
    table = _table("post")
    for heading in ("replies", "likes", "shares", "seen"):
        table.add_column(heading, justify="right", no_wrap=True)
    for post in posts:
        when = _when(post.published_at.astimezone(zone), now)
        table.add_row(_description(post, when), *(_grouped(count) for count in _counts(post)))
    return table


def address_lines(posts: Sequence[PostFigures]) -> Iterator[str]:
    """Where the posts are, each address on a line of its own: a table would cut it."""
    for post in posts:
        if post.url:
            yield f"{_name(post)}:"
            yield post.url


def account_table(accounts: Sequence[AccountFigures], now: datetime) -> Table:
    """The rows for a terminal."""
    from rich.text import Text

    table = _table("account")
    for heading in ("followers", "7 days", "30 days"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("asked", no_wrap=True)
    for one in accounts:
        asked = distance(one.asked_at, now) if one.asked_at else "never asked"
        table.add_row(
            Text(printable(one.account)), _grouped(one.followers), _change(one.week), _change(one.month), asked
        )
    return table


def age_lines(
    posts: Sequence[PostFigures], accounts: Sequence[AccountFigures], days: int, now: datetime
) -> Iterator[str]:
    """How old the figures are, and what to do where there are none."""
    if not posts and not accounts:
        yield "There are no figures yet. When something was published: contentkit sync"
        return
    if not posts:
        yield f"No thread was begun in the last {days} days: --days N looks further back."
    asked = [at for at in (*(one.asked_at for one in posts), *(one.asked_at for one in accounts)) if at]
    yield f"The newest figures: {distance(max(asked), now)}." if asked else "Nothing was asked for yet: contentkit sync"


def _table(first: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    return table


def _when(at: datetime, now: datetime) -> str:
    """Without the zone, which the person who reads this knows; what is long ago with its year instead of its hour."""
    return at.date().isoformat() if now - at > _LONG_AGO else show_time(at).rpartition(" ")[0]


def _description(post: PostFigures, when: str) -> Text:
    """What it is, since when and how it stands."""
    from rich.text import Text

    lines = [Text(printable(_name(post)), style="bold")]
    if post.part is not None and post.text:
        lines.append(Text(one_line(post.text, _LONGEST_WORDS)))
    remark = _remark(post)
    lines.append(Text.assemble((when, "dim"), (remark and f", {remark}", "yellow")))
    return Text("\n").join(lines)


def _name(post: PostFigures) -> str:
    name = post.entry or "not from contentkit"
    if post.part is not None:
        name += f" {post.part + 1}/{post.parts}"
    return f"{name} on {post.account}"


def _remark(post: PostFigures) -> str:
    """What the figures beside it do not say; empty when they say everything."""
    if post.state != "told":
        return {"never asked": "never asked", "deleted": "deleted", "unavailable": "the network says nothing"}[
            post.state
        ]
    remarks = (
        [f"{post.published} of {post.parts} parts out"] if post.part is None and post.published < post.parts else []
    )
    remarks += [f"{post.deleted} deleted"] if post.deleted else []
    remarks += [f"{post.told} of {post.published} told"] if post.told < post.published else []
    return ", ".join(remarks)


def _counts(post: PostFigures) -> tuple[int | None, ...]:
    """The figures in the order of their headings."""
    return post.replies, post.likes, post.shares, post.impressions


def _plain(count: int | None) -> str:
    return "-" if count is None else str(count)


def _grouped(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


def _change(count: int | None) -> str:
    return "-" if count is None else f"{count:+,}" if count else "0"
