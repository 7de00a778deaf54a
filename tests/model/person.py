"""What a person does with contentkit: stop, takeover, resolve, approve. Each takes the publisher's lock but stop."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.model.protocol import Model
from tests.model.publisher import Steps, rows_stored
from tests.model.world import (
    DOUBTED,
    HELD,
    NOWHERE,
    PLANNED,
    SENDING,
    SENT,
    SKIPPED,
    UNKNOWN,
    Row,
    World,
    copies,
    counted,
    head_of,
    last_sent,
    marked,
    text_of,
    with_journal,
    with_row,
)


def person_steps(model: Model, world: World) -> Steps:
    """What a person may do next on the publishing machine."""
    yield from _stop(model, world)
    if any(run.at != "idle" for who, run in enumerate(world.runs) if model.machine(who) == 0):
        return
    if world.journals[0].lag < 0:
        yield from _take_over(model, world)
        return
    decided = model.spent(world, "decision")
    if decided is not None:
        yield from _resolve(model, decided)
    yield from _approve(model, world)


def _stop(model: Model, world: World) -> Steps:
    stopped = model.spent(world, "stop")
    journal = world.journals[0]
    if stopped is not None and journal.lag >= 0 and not journal.stopped:
        yield "a person stops everything", _renewed(model, with_journal(stopped, 0, journal._replace(stopped=True)))


def _renewed(model: Model, world: World) -> World:
    """A decision makes older copies of the journal known as old."""
    return marked(counted(world, 0), 0) if model.counts else world


def _take_over(model: Model, world: World) -> Steps:
    """What was planned may be out already: what comes next is held, the rest is doubted. Other copies are old from now on."""
    journal = world.journals[0]
    if not _is_quiet(world):
        return
    doubts, head = model.protocol.takeover, head_of(journal.rows)
    rows = tuple(row._replace(doubtful=row.state in (PLANNED, HELD) and doubts == "all") for row in journal.rows)
    if head != NOWHERE and rows[head].state == PLANNED and doubts != "nothing":
        rows = with_row(rows, head, rows[head]._replace(state=HELD))
    own = journal._replace(rows=rows, lag=0, taken_over=True, missing=False)
    backup = world.backup and world.backup._replace(lag=-1)
    yield "a person takes over", with_journal(world._replace(backup=backup), 0, own)


def _is_quiet(world: World) -> bool:
    """Whether nothing is on its way: a person takes longer than any request."""
    return not world.wire and all(post.visible for post in world.posts)


def _resolve(model: Model, world: World) -> Steps:
    """published, again, or skip, for the part that is held."""
    rows = world.journals[0].rows
    part = head_of(rows)
    if part == NOWHERE or rows[part].state != HELD:
        return
    row = rows[part]
    for post in copies(world, rows, part, last_sent(rows)):
        receipts = (*world.receipts[:part], post, *world.receipts[part + 1 :])
        after = rows_stored(model, world, 0, with_row(rows, part, row._replace(state=SENT, post=post)))
        yield f"a person finds part {part} as post {post}", _renewed(model, after._replace(receipts=receipts))
    if world.file == row.words:
        undoubted = (*rows[:part], *(one._replace(doubtful=False) for one in rows[part:]))
        again = undoubted[part]._replace(state=PLANNED, released=True, looks=0)
        after = rows_stored(model, world, 0, with_row(undoubted, part, again))
        owed = tuple(times + (number >= part) for number, times in enumerate(world.owed))
        yield f"a person sends part {part} again", _renewed(model, after._replace(owed=owed))
    skipped = tuple(one._replace(state=SKIPPED) if one.state in (HELD, PLANNED) else one for one in rows)
    yield f"a person skips part {part} and what follows", _renewed(model, rows_stored(model, world, 0, skipped))


def _approve(model: Model, world: World) -> Steps:
    """The draft as it is now. What is out by the journal or by the receipts stays out, the rest is planned anew."""
    after, known = model.spent(world, "approval"), world.journals[0].rows
    if after is None or _why_not_approved(model, world, known):
        return
    rows = tuple(_planned_anew(world, known, part) for part in range(model.parts))
    if all(row.state == SENT for row in rows) or any(
        row.state == SENT and before.state != SENT for before, row in pairwise(rows)
    ):
        return
    after = after._replace(approved=world.approved | {world.file}, owed=tuple(_owed(world, rows)))
    yield "a person approves the draft as it is", _renewed(model, rows_stored(model, after, 0, rows))


def _why_not_approved(model: Model, world: World, known: tuple[Row, ...]) -> str:
    """Why the draft cannot be approved now, or nothing."""
    if world.file < 0:
        return "the entry is not on the calendar"
    if any(row.state in (SENDING, UNKNOWN) or (row.state == HELD and row.tried == DOUBTED) for row in known):
        return "a part may be on its way"
    if not model.protocol.approves_over and any(row.doubtful and row.state in (HELD, PLANNED) for row in known):
        return "a part may be out, and nobody has decided about it"
    if any(
        row.state == SENT and text_of(world, part, row.words) != text_of(world, part, world.file)
        for part, row in enumerate(known)
    ):
        return "a part is out with other words"
    if known and all(row.words == world.file for row in known):
        return "it is approved already"
    if not known and not _is_quiet(world):
        return "somebody who lost a journal waits a while first"
    return ""


def _planned_anew(world: World, known: tuple[Row, ...], part: int) -> Row:
    """A part as it is after an approval: still sent, sent by its receipt alone, or planned."""
    if known and known[part].state == SENT:
        return known[part]._replace(words=world.file)
    if world.receipts[part] != NOWHERE:
        return Row(SENT, world.receipts[part], world.file, claimed=True)
    return Row(words=world.file)


def _owed(world: World, rows: tuple[Row, ...]) -> Iterator[int]:
    """How often each part may be made now. Who approves after a takeover what the journal does not know, or what somebody left
    out, has looked at the accounts: what does not stand there with these words is to be sent. So is what was skipped when
    nobody knew of it, and is approved anew."""
    journal = world.journals[0]
    standing = {(post.part, post.words) for post in world.posts if post.alive}
    for part, (owed, row) in enumerate(zip(world.owed, rows, strict=True)):
        looked = journal.taken_over and (not journal.rows or journal.rows[part].state == SKIPPED)
        missing = looked and (part, text_of(world, part, row.words)) not in standing
        skipped = bool(journal.rows) and journal.rows[part].state == SKIPPED and journal.rows[part].tried == DOUBTED
        yield owed + (row.state == PLANNED and (missing or skipped))
