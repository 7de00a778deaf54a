"""What a publishing process does, one durable or visible step at a time: a kill may come between any two."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.model.promises import INTENT, OLD_JOURNAL, STOPPED, WORDS
from tests.model.protocol import Model
from tests.model.world import (
    DOUBTED,
    HELD,
    IDLE,
    INVENTED,
    NOWHERE,
    PLANNED,
    SENDING,
    SENT,
    SKIPPED,
    TO_TELL,
    TOLD,
    TRIED,
    UNKNOWN,
    UNTRIED,
    WITHDRAWN,
    Journal,
    Request,
    Row,
    Run,
    World,
    copies,
    counted,
    head_of,
    is_shown,
    is_taken,
    last_sent,
    marked,
    text_of,
    with_journal,
    with_row,
    with_run,
)

Steps = Iterator[tuple[str, World]]


def publisher_steps(model: Model, world: World, who: int) -> Steps:
    """What this process may do next, and the world after it."""
    yield from STEPS[world.runs[who].at](model, world, who)


def finished(model: Model, world: World, who: int) -> World:
    """The run has done what it can; what it has to say comes last."""
    must_tell = world.journals[model.machine(who)].told == TO_TELL
    return with_run(world, who, Run("tell") if must_tell else IDLE)


def has_work(journal: Journal) -> bool:
    """Whether a run would do more than look at the journal."""
    if journal.told == TO_TELL or any(row.claimed or row.state in (SENDING, UNKNOWN) for row in journal.rows):
        return True
    head = head_of(journal.rows)
    return head != NOWHERE and journal.rows[head].state == PLANNED and not journal.stopped


def rows_stored(model: Model, world: World, machine: int, rows: tuple[Row, ...], told: int | None = None) -> World:
    """One transaction of a journal. ``told`` is what of it a person knows now; None: as much as before."""
    journal = world.journals[machine]
    stable = None if model.protocol.durable else journal.rows
    stored = journal._replace(rows=rows, told=journal.told if told is None else told, stable=stable)
    return with_journal(world, machine, stored)


# -- the beginning and the end of a run


def _begin(model: Model, world: World, who: int) -> Steps:
    machine, protocol = model.machine(who), model.protocol
    journal = world.journals[machine]
    others = [run for other, run in enumerate(world.runs) if other != who and model.machine(other) == machine]
    if any(run.at != "idle" for run in others):
        if protocol.lock == "kernel":
            return
        if protocol.lock == "lease":
            after = model.spent(world, "lease")
            if after is None:
                return
            world = after
    if (protocol.checks_journal and journal.lag < 0) or not has_work(journal):
        return
    if model.counts:
        world = marked(counted(world, machine), machine)
    yield f"run {who} begins", with_run(_recovered(model, world, machine), who, Run("choose", words=world.file))


def _recovered(model: Model, world: World, machine: int) -> World:
    """What a killed run left in the middle of being sent may be out."""
    rows = world.journals[machine].rows
    if all(row.state != SENDING for row in rows):
        return world
    left = model.protocol.left_sending
    after = tuple(row._replace(state=left, tried=DOUBTED) if row.state == SENDING else row for row in rows)
    return rows_stored(model, world, machine, after, TO_TELL)


def _tell(model: Model, world: World, who: int) -> Steps:
    machine = model.machine(who)
    world = with_journal(world, machine, world.journals[machine]._replace(told=TOLD))
    yield f"run {who} tells what it left to a person", with_run(world, who, IDLE)


# -- one thread: what can be done with it now


def _choose(model: Model, world: World, who: int) -> Steps:
    rows = world.journals[model.machine(who)].rows
    if any(row.claimed for row in rows):
        yield _prove(model, world, who)
        return
    part = head_of(rows)
    if model.protocol.absent == "passed over" and part != NOWHERE and rows[part].looks:
        part = next((number for number, row in enumerate(rows) if row.state == PLANNED), part)
    if part != NOWHERE and rows[part].state == UNKNOWN:
        yield _look_for(model, world, who, part)
    elif part != NOWHERE and rows[part].state == PLANNED:
        yield _advance(model, world, who, part)
    else:
        yield f"run {who} ends", finished(model, world, who)


def _prove(model: Model, world: World, who: int) -> tuple[str, World]:
    """Asks the network for a part that only a receipt says is out; from the first that is not there, each is held."""
    machine = model.machine(who)
    rows = world.journals[machine].rows
    part = next(number for number, row in enumerate(rows) if row.claimed)
    if is_shown(world, rows[part].post):
        after = with_row(rows, part, rows[part]._replace(claimed=False))
        return f"run {who} sees that part {part} is out as its receipt says", rows_stored(model, world, machine, after)
    after = tuple(row._replace(state=HELD, post=NOWHERE, claimed=False) if row.claimed else row for row in rows)
    world = rows_stored(model, world, machine, after, TO_TELL)
    return f"run {who} holds part {part}: it is not where its receipt says", finished(model, world, who)


def _look_for(model: Model, world: World, who: int, part: int) -> tuple[str, World]:
    """Reads the network for a part in doubt. What it saw is acted upon in the next step, when it may be no longer so."""
    rows = world.journals[model.machine(who)].rows
    parent = rows[part - 1].post if part else NOWHERE
    found = next(copies(world, rows, part, parent), NOWHERE) if model.protocol.reads_back else NOWHERE
    looked = Run("found" if found != NOWHERE else "absent", part, parent, found, words=world.runs[who].words)
    if found != NOWHERE:
        return f"run {who} finds part {part}", with_run(world, who, looked)
    settled = _is_settled(model, world, part)
    return f"run {who} does not find part {part}", with_run(world, who, looked._replace(settled=settled))


def _advance(model: Model, world: World, who: int, part: int) -> tuple[str, World]:
    machine, run = model.machine(who), world.runs[who]
    journal = world.journals[machine]
    rows = journal.rows
    if journal.stopped:
        return f"run {who} sees that all is stopped", finished(model, world, who)
    if model.protocol.rechecks_files and world.file != rows[part].words:
        return _no_longer_approved(model, world, who, part)
    if run.goes_on:
        claiming = Run("claim", part, last_sent(rows), words=run.words)
        return f"run {who} goes on with part {part}", with_run(world, who, claiming)
    return _resume(model, world, who, part)


def _no_longer_approved(model: Model, world: World, who: int, part: int) -> tuple[str, World]:
    machine = model.machine(who)
    rows = world.journals[machine].rows
    if world.file == WITHDRAWN and all(row.state not in (SENT, UNKNOWN) for row in rows):
        after = tuple(row._replace(state=SKIPPED) if row.state == PLANNED else row for row in rows)
        world = rows_stored(model, world, machine, after, TO_TELL)
        return f"run {who} skips what is no longer on the calendar", finished(model, world, who)
    return _held(model, world, who, part, "the files are no longer what was approved")


def _held(
    model: Model, world: World, who: int, part: int, why: str, seen: frozenset[int] = frozenset()
) -> tuple[str, World]:
    machine = model.machine(who)
    rows = world.journals[machine].rows
    after = with_row(rows, part, rows[part]._replace(state=HELD, seen=rows[part].seen | seen))
    world = rows_stored(model, world, machine, after, TO_TELL)
    return f"run {who} holds part {part}: {why}", finished(model, world, who)


def _resume(model: Model, world: World, who: int, part: int) -> tuple[str, World]:
    """Looks at what stands on the account before a part whose forerunner was not sent a moment ago."""
    machine, protocol = model.machine(who), model.protocol
    journal = world.journals[machine]
    rows, parent = journal.rows, last_sent(journal.rows)
    if parent != NOWHERE and not is_shown(world, parent):
        if protocol.needs_parent:
            return _without_parent(model, world, who, part)
        parent = NOWHERE
    found: list[int] = []
    if protocol.looks_before_sending:
        found = list(copies(world, rows, part, parent))
        asks = part == 0 and rows[part].tried == UNTRIED
        if asks and journal.taken_over and not rows[part].released:
            found = list(_anything_of(world, rows))
        if asks and found:
            return _held(model, world, who, part, "it looks published already", frozenset(found))
    if rows[part].doubtful and not found:
        return _held(model, world, who, part, "an older journal may have sent it")
    claiming = Run("claim", part, parent, found[0] if found else NOWHERE, words=world.runs[who].words)
    return f"run {who} sees the place of part {part}", with_run(world, who, claiming)


def _without_parent(model: Model, world: World, who: int, part: int) -> tuple[str, World]:
    """Not all of a network's machines know a new status at once: it is gone only if a later run does not see it either."""
    machine = model.machine(who)
    row = world.journals[machine].rows[part]
    if row.looks:
        return _held(model, world, who, part, "the part before it is gone")
    after = with_row(world.journals[machine].rows, part, row._replace(looks=1))
    world = rows_stored(model, world, machine, after)
    return f"run {who} does not see the part before part {part}", finished(model, world, who)


def _anything_of(world: World, rows: tuple[Row, ...]) -> Iterator[int]:
    """Posts that may be any part of a thread that another journal published."""
    for number, post in enumerate(world.posts):
        own = post.parent == NOWHERE or is_shown(world, post.parent)
        ours = post.words == text_of(world, post.part, rows[post.part].words)
        if own and ours and post.alive and post.visible and not is_taken(rows, 0, number):
            yield number


# -- one part: claimed, sent once, verified


def _claim(model: Model, world: World, who: int) -> Steps:
    """One statement decides: planned, its turn has come, nothing earlier is open, no stop."""
    machine, protocol, run = model.machine(who), model.protocol, world.runs[who]
    journal = world.journals[machine]
    rows, part = journal.rows, run.part
    open_before = any(row.state not in (SENT, SKIPPED) for row in rows[:part]) and protocol.waits_for_forerunner
    if rows[part].state != PLANNED or open_before or (protocol.rechecks_stop and journal.stopped):
        yield f"run {who} gets no right to send part {part}", finished(model, world, who)
        return
    if run.post == NOWHERE:
        world = model.with_broken(world, STOPPED) if journal.stopped else world
        world = model.with_broken(world, OLD_JOURNAL) if journal.missing else world
    marks = model.counts and protocol.marks_each_part
    after = run._replace(at="found" if run.post != NOWHERE else "count" if marks else "send")
    yield f"run {who} claims part {part}", with_run(_with_intent(model, world, machine, part), who, after)


def _with_intent(model: Model, world: World, machine: int, part: int) -> World:
    rows = world.journals[machine].rows
    row = rows[part]
    if model.protocol.intent == "never":
        return world
    if model.protocol.intent == "as sent":
        return rows_stored(model, world, machine, with_row(rows, part, row._replace(state=SENT, post=INVENTED)))
    claimed = row._replace(state=SENDING, tried=max(row.tried, TRIED), looks=0)
    return rows_stored(model, world, machine, with_row(rows, part, claimed))


def _count(model: Model, world: World, who: int) -> Steps:
    run = world.runs[who]._replace(at="mark")
    yield f"run {who} raises the journal's counter", with_run(counted(world, model.machine(who)), who, run)


def _mark(model: Model, world: World, who: int) -> Steps:
    run = world.runs[who]._replace(at="send")
    yield f"run {who} raises the counter beside it", with_run(marked(world, model.machine(who)), who, run)


def _send(model: Model, world: World, who: int) -> Steps:
    protocol, run = model.protocol, world.runs[who]
    journal = world.journals[model.machine(who)]
    row = journal.rows[run.part]
    stable = row if journal.stable is None else journal.stable[run.part]
    if row.state != SENDING or stable.state != SENDING:
        world = model.with_broken(world, INTENT)
    if run.words != row.words:
        world = model.with_broken(world, WORDS)
    words = row.words if protocol.sends_frozen_words else world.file
    request = Request(who, run.part, run.parent, text_of(world, run.part, words), protocol.keyed)
    world = world._replace(wire=tuple(sorted((*world.wire, request))))
    yield f"run {who} sends part {run.part}", with_run(world, who, run._replace(at="wait", post=NOWHERE))


def _wait(model: Model, world: World, who: int) -> Steps:
    run = world.runs[who]
    answer = next((request for request in world.wire if request.owner == who and request.answered), None)
    if answer is None:
        return
    world = world._replace(wire=tuple(request for request in world.wire if request is not answer))
    after = run._replace(at="verify" if model.protocol.verifies else "found", post=answer.post, goes_on=True)
    yield f"run {who} gets the answer: part {run.part} is post {answer.post}", with_run(world, who, after)


def _verify(model: Model, world: World, who: int) -> Steps:
    """An answer is believed once the post was seen in its place."""
    run, rows = world.runs[who], world.journals[model.machine(who)].rows
    seen = is_shown(world, run.post) and not is_taken(rows, run.part, run.post)
    if seen and world.posts[run.post].parent == run.parent:
        yield f"run {who} sees post {run.post}", with_run(world, who, run._replace(at="found"))
    else:
        yield f"run {who} does not see post {run.post}", with_run(world, who, run._replace(at="doubt", post=NOWHERE))


def _found(model: Model, world: World, who: int) -> Steps:
    machine, run = model.machine(who), world.runs[who]
    rows = world.journals[machine].rows
    open_states = (SENDING, UNKNOWN) if model.protocol.intent == "before" else (PLANNED, UNKNOWN, SENT)
    if rows[run.part].state not in open_states:
        yield f"run {who} finds that somebody else has decided", finished(model, world, who)
        return
    sent = rows[run.part]._replace(state=SENT, post=run.post, claimed=False)
    world = rows_stored(model, world, machine, with_row(rows, run.part, sent))
    yield f"run {who} notes that part {run.part} is sent", with_run(world, who, run._replace(at="receipt"))


def _receipt(model: Model, world: World, who: int) -> Steps:
    run = world.runs[who]
    receipts = (*world.receipts[: run.part], run.post, *world.receipts[run.part + 1 :])
    after = Run("choose", goes_on=run.goes_on, words=run.words)
    yield f"run {who} writes the receipt of part {run.part}", with_run(world._replace(receipts=receipts), who, after)


# -- one part of which nobody knows whether it is out


def _doubt(model: Model, world: World, who: int) -> Steps:
    machine, run, doubt = model.machine(who), world.runs[who], model.protocol.doubt
    if doubt == "sent again at once":
        yield f"run {who} tries again at once", with_run(world, who, run._replace(at="send", post=NOWHERE))
        return
    rows = world.journals[machine].rows
    if rows[run.part].state != SENDING:
        yield f"run {who} has nothing to take back", finished(model, world, who)
        return
    if doubt == "not sent":
        after = with_row(rows, run.part, rows[run.part]._replace(state=PLANNED))
        yield (
            f"run {who} takes part {run.part} for not sent",
            finished(model, rows_stored(model, world, machine, after), who),
        )
        return
    row = rows[run.part]._replace(state=UNKNOWN, tried=DOUBTED, looks=0)
    world = rows_stored(model, world, machine, with_row(rows, run.part, row), TO_TELL)
    looking = Run("look soon", run.part, run.parent, goes_on=True, words=run.words)
    yield f"run {who} notes that nobody knows of part {run.part}", with_run(world, who, looking)


def _look_soon(model: Model, world: World, who: int) -> Steps:
    run, rows = world.runs[who], world.journals[model.machine(who)].rows
    found = next(copies(world, rows, run.part, run.parent), NOWHERE) if model.protocol.reads_back else NOWHERE
    if found == NOWHERE:
        yield f"run {who} does not see part {run.part} yet", finished(model, world, who)
    else:
        yield f"run {who} finds part {run.part}", with_run(world, who, run._replace(at="found", post=found))


def _absent(model: Model, world: World, who: int) -> Steps:
    """It was looked for and is not there: after looks enough, a person is asked."""
    machine, protocol, run = model.machine(who), model.protocol, world.runs[who]
    rows, part = world.journals[machine].rows, run.part
    row = rows[part]
    if row.state != UNKNOWN:
        yield f"run {who} finds that somebody else has decided", finished(model, world, who)
        return
    row = row._replace(looks=min(row.looks + 1, protocol.looks))
    if row.looks < protocol.looks or protocol.absent == "passed over" or not run.settled:
        world = rows_stored(model, world, machine, with_row(rows, part, row))
        passes = protocol.absent == "passed over" and any(one.state == PLANNED for one in rows)
        after = with_run(world, who, Run("choose", words=run.words)) if passes else finished(model, world, who)
        yield f"run {who} leaves part {part} open", after
    elif protocol.absent == "sent again":
        world = rows_stored(model, world, machine, with_row(rows, part, row._replace(state=SENDING)))
        yield f"run {who} takes part {part} for lost", with_run(world, who, run._replace(at="send"))
    else:
        yield _held(model, world, who, part, "it may be out, and is not there")


def _is_settled(model: Model, world: World, part: int) -> bool:
    """Whether no request for a part can arrive, and no post of it can be shown, after now."""
    if not model.protocol.settles:
        return True
    late = any(request.part == part for request in world.wire)
    return not late and all(post.visible for post in world.posts if post.part == part)


def _busy(model: Model, world: World, who: int) -> Steps:
    machine, part = model.machine(who), world.runs[who].part
    rows = world.journals[machine].rows
    if rows[part].state == SENDING:
        world = rows_stored(model, world, machine, with_row(rows, part, rows[part]._replace(state=PLANNED)))
    yield f"run {who} puts part {part} off", finished(model, world, who)


def _refused(model: Model, world: World, who: int) -> Steps:
    machine, part = model.machine(who), world.runs[who].part
    if world.journals[machine].rows[part].state in (SENDING, PLANNED):
        yield _held(model, world, who, part, "the network refuses it")
    else:
        yield f"run {who} ends", finished(model, world, who)


STEPS: dict[str, Callable[[Model, World, int], Steps]] = {
    "idle": _begin,
    "choose": _choose,
    "claim": _claim,
    "count": _count,
    "mark": _mark,
    "send": _send,
    "wait": _wait,
    "verify": _verify,
    "found": _found,
    "receipt": _receipt,
    "doubt": _doubt,
    "look soon": _look_soon,
    "absent": _absent,
    "busy": _busy,
    "refused": _refused,
    "tell": _tell,
}
