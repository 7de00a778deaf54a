"""A careful person: mends the machine, looks at the networks with her own eyes, and decides only when nothing is under way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.errors import ContentkitError
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import is_ours, take_over
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.stops import start
from tests.publishing.simulation.program import MACHINE

if TYPE_CHECKING:
    from tests.publishing.simulation.life import Life
    from tests.publishing.simulation.network import Network


def act(life: Life) -> None:
    """What she does between two runs."""
    _mend(life)
    if any(network.under_way or len(network.shown()) < len(network.statuses) for network in life.networks.values()):
        return
    if life.refused and not is_ours(life.folder, life.journal, MACHINE):
        _take_over(life)
        return
    for changed in life.amended_threads() if not life.stale else ():
        _decide_about_changes(life, changed)
    waiting = [thread for thread in life.open_threads() if _waits_for_her(life, thread)]
    if waiting and not life.stale:
        with life.decision() as journal:
            for thread in (journal.threads.find(one.entry, one.account) for one in waiting):
                if thread and thread.head and _waits_for_her(life, thread):
                    _decide(life, journal, thread, thread.head)


def _waits_for_her(life: Life, thread: Thread) -> bool:
    """Whether it is held, or its next part waits for an entry that was left out: that moves on from slot to slot for a week."""
    head = thread.head
    if head is None:
        return False
    return head.state is State.HELD or (head.state is State.PLANNED and _waits_in_vain(life, head))


def _mend(life: Life) -> None:
    """There is room on the disk again, the clock is right, accounts are paid and logged in, publishing is started."""
    life.meddler.clear_up()
    if life.world.clock.now() != life.world.true_time:
        life.world.clock.set_wall_clock(life.world.true_time)
    for name, network in life.networks.items():
        network.closed = None
        if life.meddler.is_peace:
            life.accounts[name] = life.accounts[name].__class__(name=name, platform="console")
    if life.journal.known(Fact.STOPPED):
        start(life.journal, life.world.clock.now())


def _take_over(life: Life) -> None:
    """Makes this journal the machine's own, after a look at the accounts; what it lost is approved again."""
    lost = not life.journal.approvals.exist()
    take_over(life.folder, life.journal, MACHINE, life.world.clock.now())
    life.world.tell("Ana takes over")
    life.stale = False
    life.taken_over += 1
    life.watch.told |= {
        thread.head.id for thread in life.journal.threads.open() if thread.head and thread.head.state is State.HELD
    }
    for entry in life.entries if lost else ():
        _approve_again(life, entry)


def _is_out_in_other_words(life: Life, entry: str) -> bool:
    """Whether something of an entry stands on an account as it was before somebody edited it: then it would be there twice."""
    own = {text for text, (of, _) in life.part_of.items() if of == entry} - set(life.words[entry])
    return any(one.text in own for network in life.networks.values() for one in network.shown())


def _approve_again(life: Life, entry: str) -> bool:
    """Approves an entry as its files are now; False where what is out forbids it, or she does not want it any more."""
    if _is_out_in_other_words(life, entry):
        return False
    if entry in life.revoked or any(_deletes(network, life.words[entry]) for network in life.networks.values()):
        return False
    try:
        life.approve(entry)
    except ContentkitError as error:
        life.world.tell(f"Ana cannot approve {entry}: {error.message}")
        return False
    life.watch.approved_again(entry)
    return True


def _decide(life: Life, journal: Journal, thread: Thread, head: Publication) -> None:
    """Finds it, sends it again, approves what is written now, or leaves it out."""
    network = life.networks[head.account]
    # What was never tried can only be left out, whoever wrote its words there.
    if head.state is State.PLANNED or _is_taken_back(life, network, thread):
        _skip(life, journal, thread)
        return
    there = [one for one in network.statuses if one.text == head.text]
    taken = journal.history.remote_ids(head.account)
    parent = thread.last_sent.remote_id if thread.last_sent else ""
    mine = [one for one in there if one.parent == parent and one.remote_id not in taken]
    if mine:
        life.world.tell(f"Ana finds {head.text}")
        journal.publications.confirm(head, mine[0].remote_id, mine[0].url, "Ana: found it")
        life.record(head, mine[0].remote_id, mine[0].url)
        return
    if there or _ever(network, head) or _waits_in_vain(life, head):
        _skip(life, journal, thread)
    elif life.files[head.entry] != journal.approvals.numbered(head.approval).digest:
        journal.doubts.rule_out(head, "Ana", "looked, not there")
        if not _approve_again(life, head.entry):
            _skip(life, journal, thread)
    else:
        life.world.tell(f"Ana: {head.text} is not there, send it")
        journal.publications.release(head, "Ana", "looked, not there")
        life.watch.released(head)


def _decide_about_changes(life: Life, thread: Thread) -> None:
    """Tries again what could not be deleted; what is refused for the second time stays where it is, with all before it."""
    changes = life.journal.amendments.of_thread(thread)
    held = [one for one in changes if one.state is State.HELD]
    if not held:
        return
    with life.decision() as journal:
        if journal.amendments.was_released(held[0]):
            rest = [one for one in changes if one.state in (State.HELD, State.PLANNED)]
            journal.amendments.skip(rest, "stays")
            life.kept |= {(row.account, row.remote_id) for row in thread.rows}
            return
        journal.amendments.release(held[0], "Ana", "again")


def _is_taken_back(life: Life, network: Network, thread: Thread) -> bool:
    """Whether nobody wants the rest: its approval was revoked, or something of it was deleted."""
    return thread.entry in life.revoked or _deletes(network, [row.text for row in thread.rows])


def _deletes(network: Network, texts: Sequence[str]) -> bool:
    """Whether the owner took any of this down."""
    return any(network.ever[one].text in texts for one in network.gone_at)


def _waits_in_vain(life: Life, head: Publication) -> bool:
    """Whether the entry that this one comes after was left out: it would wait for ever."""
    before = life.entries[head.entry].after
    return bool(before) and life.journal.threads.find(before, head.account) is None


def _ever(network: Network, head: Publication) -> bool:
    return any(one.text == head.text for one in network.ever.values())


def _skip(life: Life, journal: Journal, thread: Thread) -> None:
    rest = [row for row in thread.rows if row.state in (State.HELD, State.PLANNED)]
    life.world.tell(f"Ana leaves the rest of {thread.entry} out")
    journal.publications.skip(rest, "skipped by Ana")
    journal.mark_told((row.id, State.SKIPPED) for row in rest)
