"""What of a thread that is out reads otherwise now, what becomes of it, what that costs, and what else can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from contentkit.manifests.changes import Change
from contentkit.manifests.differences import Difference
from contentkit.money.prices import dollars
from contentkit.publishing.corrections import ChangedPart, Correction
from contentkit.publishing.publications import Publication
from contentkit.text import one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from contentkit.models import Media

How = Literal["edit", "replace", "leave"]
# Of the words of a part so many are shown, where they do not change.
_EXCERPT = 60


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What it costs to delete parts, and to post them anew. US dollars."""

    deleting: Decimal
    posting: Decimal

    @property
    def total(self) -> Decimal:
        return self.deleting + self.posting


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What becomes of a thread of which something reads otherwise than what is out.

    ``how``: its parts are edited where they stand, taken down and posted anew, or left. It is ``wanted`` unless another account
    was named. ``why_not`` says why they cannot be edited, empty where they can; ``lasting`` why posting them anew would not help.
    ``bill`` is what that costs, ``reply`` the price of a part without and with a link; both None where nothing is billed.
    """

    correction: Correction
    how: How
    wanted: bool = True
    why_not: str = ""
    lasting: str = ""
    bill: Bill | None = None
    reply: tuple[Decimal, Decimal] | None = None

    @property
    def does_anything(self) -> bool:
        """Whether a part is changed, or one is added."""
        return bool(self.correction.added) or (self.how != "leave" and self.correction.differs)

    @property
    def is_open(self) -> bool:
        """Whether something reads otherwise, nothing is done about it, and nothing is added below it that says so."""
        return self.how == "leave" and self.wanted and self.correction.differs and not self.correction.added

    @property
    def where(self) -> str:
        """``launch on ours``."""
        return place_of(self.correction)


def place_of(correction: Correction) -> str:
    """``launch on ours``."""
    return f"{correction.thread.entry} on {correction.thread.account}"


def numbers(rows: Sequence[Publication]) -> str:
    """``part 2``, ``parts 2 to 4``; the rows stand in order, one behind the other."""
    first, last = rows[0].part + 1, rows[-1].part + 1
    return f"part {first}" if first == last else f"parts {first} to {last}"


def difference_in(correction: Correction) -> Difference:
    """Each change of what is out, then and now."""
    changes = (change for part in correction.changed for change in _changes(part))
    gone = (
        Change(where=_spot(row), what="text", before=row.text, after=None) for row in correction.gone
    )  # fmt: skip
    return Difference(edited=True, changes=(*changes, *gone))


def _changes(part: ChangedPart) -> Iterator[Change]:
    row, now, where = part.row, part.now, _spot(part.row)
    if "words" in part.aspects:
        yield Change(where=where, what="text", before=row.text, after=now.text)
    if "pictures" in part.aspects:
        yield _picture_change(where, row.media, now.media)
    if "alt texts" in part.aspects:
        for old, new in zip(row.media, now.media, strict=True):
            if old.alt != new.alt:
                yield Change(where=where, what=f"alt text of {new.path}", before=old.alt, after=new.alt)
    if "content warning" in part.aspects:
        yield Change(where=where, what="warning", before=row.warning or None, after=part.warning or None)
    if "language" in part.aspects:
        yield Change(where=where, what="language", before=row.language or None, after=part.language or None)
    if "visibility" in part.aspects:
        yield Change(where=where, what="visibility", before=row.visibility, after=now.visibility)


def _picture_change(where: str, before: Sequence[Media], after: Sequence[Media]) -> Change:
    """Pictures are told by their names, and ones that were exchanged under their names by their bytes."""
    names = [", ".join(one.path for one in each) or None for each in (before, after)]
    if names[0] != names[1]:
        return Change(where=where, what="pictures", before=names[0], after=names[1])
    prints = [", ".join(one.digest[:12] for one in each) for each in (before, after)]
    return Change(where=where, what=f"bytes of {names[0]}", before=prints[0], after=prints[1])


def _spot(row: Publication) -> str:
    return f"{row.account} {row.part + 1}/{row.parts}"


def fate_of(remedy: Remedy) -> str:
    """What becomes of the thread, as a title over what changes."""
    correction, where = remedy.correction, remedy.where
    if remedy.how == "edit":
        changed = len(correction.changed)
        parts = f"{changed} part{'' if changed == 1 else 's'}"
        return f"{where}: {parts} edited in place, at the same address:"
    if remedy.how == "replace":
        return f"{where}: {numbers(correction.behind)} taken down and posted anew{_costs(remedy.bill)}:"
    return f"{where}: reads otherwise, and cannot be edited: {remedy.why_not}:"


def _costs(bill: Bill | None) -> str:
    if bill is None:
        return ""
    if not bill.deleting or not bill.posting:
        return f", for {dollars(bill.total)}"
    return f", for {dollars(bill.total)} ({dollars(bill.deleting)} and {dollars(bill.posting)})"


def touched(remedy: Remedy) -> tuple[Publication, ...]:
    """The parts that are out and that it is about: what hangs under a part goes with it, where that is taken down."""
    correction = remedy.correction
    if remedy.how == "replace":
        return correction.behind
    return (*(part.row for part in correction.changed), *correction.gone)


def address_lines(rows: Sequence[Publication]) -> Iterator[str]:
    """Where each of these parts stands."""
    return (f"  {row.part + 1}/{row.parts}  {row.url or row.remote_id}" for row in rows)


def words_lines(rows: Sequence[Publication], is_withheld: Callable[[str], bool]) -> Iterator[str]:
    """Where each of these parts stands, with the beginning of its words, unless they are withheld."""
    for row, address in zip(rows, address_lines(rows), strict=True):
        yield address
        if row.text.strip() and not is_withheld(row.text):
            yield f"       {one_line(row.text, _EXCERPT)}"


def consequences(remedy: Remedy, draft: str) -> Iterator[str]:
    """What a replacement loses for good; or, where nothing is done, what can be."""
    if remedy.how == "replace":
        whose = "Its" if len(remedy.correction.behind) == 1 else "Their"
        yield f"  {whose} likes, replies and addresses are lost."
    elif remedy.how == "leave":
        yield from _ways_out(remedy, draft)


def added_lines(correction: Correction) -> Iterator[str]:
    """What goes out below what is out."""
    first = len(correction.out)
    for number, part in enumerate(correction.added, first + 1):
        yield f"{place_of(correction)}: part {number} of {len(correction.rendition.parts)} goes out below it:"
        yield from (f"    {line}" for line in (part.text or "(only pictures)").split("\n"))


def _ways_out(remedy: Remedy, draft: str) -> Iterator[str]:
    """What a person can do where parts can neither be edited, nor were asked to be replaced."""
    thread, behind = remedy.correction.thread, remedy.correction.behind
    yield "  What you can do:"
    yield f"    say below it what is right{_reply_costs(remedy)}: add a post to {draft}, then"
    yield f"      contentkit correct {thread.entry}"
    one = f"--account {thread.account}"
    if remedy.lasting:
        yield f"    or take it down, and schedule it as an entry of its own ({remedy.lasting}):"
        yield f"      contentkit retract {thread.entry} {one}"
        return
    yield f"    or take {numbers(behind)} down and post anew{_costs(remedy.bill)}; likes, replies and addresses are lost:"
    yield f"      contentkit correct {thread.entry} {one} --replace"


def _reply_costs(remedy: Remedy) -> str:
    if remedy.reply is None:
        return ""
    plain, linked = remedy.reply
    return f" ({dollars(plain)}, with a link {dollars(linked)})"
