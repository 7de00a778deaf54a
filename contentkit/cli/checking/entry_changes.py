"""What becomes of an entry and of its threads by a branch: time, words, costs, approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contentkit.checks.changes import EntryChange, Standing
from contentkit.cli.approving.strangers import is_out
from contentkit.cli.checking.touched import Pair, Touched
from contentkit.cli.costs import cost_on
from contentkit.cli.project import Project
from contentkit.cli.subjects import preview_of
from contentkit.errors import ContentkitError
from contentkit.media import load_each
from contentkit.models import Draft, Entry
from contentkit.text import one_line
from contentkit.values import dataclass
from contentkit.views.changes import Item, ThreadChange, dated

if TYPE_CHECKING:
    from decimal import Decimal

    from contentkit.publishing.receipts import Receipt
    from contentkit.views.threads import Preview

_LONGEST = 60
# Told in words of their own, or by what they bring about.
_APART = ("at", "wall", "zone", "accounts", "approved", "paused", "pause_reason")


@dataclass(frozen=True, kw_only=True)
class EntryReport:
    """An entry that a branch touches, and what is told of it. ``trouble`` says why there is no thread to show."""

    change: EntryChange
    item: Item
    trouble: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anything of it is otherwise for a reader."""
        threads = self.item.threads
        return bool(self.item.words or self.change.voids or any(one.lines or one.is_new for one in threads))


def change_of(touched: Touched, pair: Pair, receipts: Mapping[tuple[str, str, int], Receipt]) -> EntryChange:
    """The entry on both sides, with what an approval of it would be bound to there. ``receipts`` are the base's."""
    was = _standing(touched.base.project, pair.was, receipts)
    return EntryChange(was=was, now=_standing(touched.project, pair.now, receipts))


def _standing(
    project: Project | None, entry: Entry | None, receipts: Mapping[tuple[str, str, int], Receipt]
) -> Standing | None:
    if project is None or entry is None:
        return None
    try:
        digests = project.digests_of(entry)
    except ContentkitError:
        digests = ()
    whole = all(is_out(receipts, entry.id, account) for account in entry.accounts)
    some = any((entry.id, account, 0) in receipts for account in entry.accounts)
    return Standing(entry=entry, digests=digests, is_out=whole, is_partly_out=some)


def report_of(
    touched: Touched, pair: Pair, change: EntryChange, because: Iterable[str], *, withheld: bool
) -> EntryReport:
    """What there is to tell of an entry; ``because`` are the files that differ and that its draft is made of."""
    entry = pair.now or pair.was
    assert entry is not None
    item = Item(
        draft=entry.draft,
        entry=entry,
        words=(*_words(pair), *(f"{name} differs" for name in because if name != entry.draft)),
        approval=_approval(change),
        is_gone=pair.now is None,
        withheld=withheld,
    )
    if pair.now is None or withheld:
        return EntryReport(change=change, item=item)
    try:
        return EntryReport(change=change, item=replace(item, threads=tuple(_threads(touched, pair, entry))))
    except ContentkitError as error:
        return EntryReport(change=change, item=item, trouble=error.message)


def _words(pair: Pair) -> Iterator[str]:
    """What the calendar says of it that it did not."""
    was, now = pair.was, pair.now
    if was is None or now is None:
        yield "new" if was is None else "taken off the calendar"
        return
    differing = pair.differing
    if "at" in differing or "wall" in differing or "zone" in differing:
        yield f"moved from {dated(was.at)} to {dated(now.at)}"
    yield from (f"also on {name}" for name in now.accounts if name not in was.accounts)
    yield from (f"no longer on {name}" for name in was.accounts if name not in now.accounts)
    if was.paused != now.paused:
        yield "paused" if now.paused else "no longer paused"
    for name in differing:
        if name not in _APART:
            yield f"{name} is {_said(getattr(now, name))}, was {_said(getattr(was, name))}"


def _said(value: Any) -> str:
    words = getattr(value, "policy", None) or getattr(value, "url", None) or value
    return f"'{one_line(str(words), _LONGEST)}'" if words else "nothing"


def _approval(change: EntryChange) -> str:
    """Whether the approval that the calendar tells of holds for what the files say, as far as anybody can tell from files."""
    was, now = change.was, change.now
    here = now or was
    if here is None:
        return ""
    if was and was.is_out:
        return "is out already: nothing of this reaches the networks"
    line = here.entry.approved
    if change.voids and was and was.entry.approved:
        return f"approved by {was.entry.approved.by} until now: void with this"
    if line is None:
        return "not approved yet"
    if now and not now.is_approved:
        return f"not approved as it is: the line of {line.by} in the calendar is of something else"
    said = "as the calendar says" if was and was.entry.approved == line else "as this branch writes into the calendar"
    return f"approved by {line.by}, {said}"


def _threads(touched: Touched, pair: Pair, entry: Entry) -> Iterator[ThreadChange]:
    draft = touched.project.draft_of(entry)
    before = _costs_before(touched, pair)
    lines = _differing_lines(touched, pair, entry)
    for preview in previews_of(touched.project, draft, entry, entry.accounts):
        name = preview.rendition.account.name
        is_new = pair.was is None or name not in pair.was.accounts
        yield ThreadChange(preview=preview, before=before.get(name), lines=lines.get(name, ()), is_new=is_new)


def previews_of(project: Project, draft: Draft, entry: Entry | None, accounts: tuple[str, ...]) -> Iterator[Preview]:
    """The threads of a draft on these accounts, as they will look. Raises ContentError."""
    pictures = load_each((media.path for post in draft.posts for media in post.media), project.root)
    for name in accounts:
        rendition = project.rendition(draft, entry, project.account(name))
        yield preview_of(project, rendition, draft, entry, pictures)


def _costs_before(touched: Touched, pair: Pair) -> dict[str, Decimal]:
    there = touched.base.project
    if there is None or pair.was is None:
        return {}
    try:
        threads = there.renditions(there.draft_of(pair.was), pair.was)
        costs = {one.account.name: cost_on(there, one) for one in threads}
    except ContentkitError:
        return {}
    return {name: cost.total for name, cost in costs.items() if cost}


def _differing_lines(touched: Touched, pair: Pair, entry: Entry) -> dict[str, tuple[str, ...]]:
    """How the words of each account differ, line by line; nothing where one side has no thread."""
    from contentkit.manifests.differences import compare, line_by_line

    there = touched.base.project
    if there is None or pair.was is None:
        return {}
    try:
        difference = compare(there.manifest(pair.was), touched.project.manifest(entry))
    except ContentkitError:
        return {}
    names = {change.account for change in difference.changes}
    return {name: tuple(line_by_line(difference.on(name))) for name in names}
