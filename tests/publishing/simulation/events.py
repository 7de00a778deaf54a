"""What people and machines do at any moment, also while a run of the program is at work."""

from __future__ import annotations

import json
import random
import resource
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from contentkit.errors import ContentkitError
from contentkit.publishing.amendments import AmendmentKind, DecidedChange
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import EPOCH_NAME, raise_counter
from contentkit.publishing.lock import LOCK_NAME
from contentkit.publishing.publications import State
from contentkit.publishing.receipts import Receipt, append_receipt
from contentkit.publishing.records import Revocation
from contentkit.publishing.stops import stop
from contentkit.stamps import stamped

if TYPE_CHECKING:
    from tests.publishing.simulation.life import Life

_SHIFTS = (timedelta(hours=1), timedelta(days=3), timedelta(hours=-1), timedelta(days=-3))
# Up to where files may grow once the disk is full: nothing, the small ones, or all but what is new in the journal.
_REALLY_OPENED = 0.1
_FULL_AT = (0, 4096, 104 * 1024)


class Meddler:
    """``storm`` is the number of the run from which on there is peace. What needs a dead program is done once it is dead."""

    def __init__(self, life: Life, chance: random.Random) -> None:
        self._life, self._chance = life, chance
        self.kinds: dict[str, Callable[[], None]] = {
            "edited": self._edit,
            "revoked": self._revoke,
            "stopped": self._stop,
            "retracted": self._retract,
            "deleted by its owner": self._delete,
            "clock set wrong": self._set_clock,
            "second run": self._run_again,
            "lock file removed": self._steal_the_lock,
            "SIGTERM": self._interrupt,
            "power lost": self._lose_power,
            "journal copied": self._copy,
            "journal restored": self._restore,
            "journal lost": self._lose,
            "disk full": self._fill,
            "written by hand": self.write_by_hand,
            "same words by hand": self._repeat_by_hand,
            "receipt forged": self._forge,
        }
        self.storm = chance.randint(2, 25)
        self._plan = chance.choices(list(self.kinds), k=chance.choice([0, 0, 1, 2, 3, 5]))
        if "journal restored" in self._plan:
            # First of all it is copied, and what comes next is that the copy is put back: also before the same run ends.
            self._plan.remove("journal restored")
            self._plan += ["journal restored", "journal copied"]
        # The journal as it was, its name and counter, and the number of that moment.
        self._copied: tuple[bytes, str, int, int] | None = None
        self._after_death: list[Callable[[], None]] = []
        self._is_older: Callable[[], bool] = lambda: False
        self.is_peace = False

    def meddle(self) -> None:
        """The next of what is to happen does."""
        if self._plan:
            self._happen()

    def hurry(self) -> bool:
        """Nobody waits for anything any more: what is still to happen does. False when that is nothing."""
        if not self._plan:
            return False
        self._happen()
        return True

    def _happen(self) -> None:
        kind = self._plan.pop()
        self._life.world.count(kind)
        self.kinds[kind]()

    def after_death(self) -> None:
        """A process was killed; what could be done to it only dead is done now, and the next opens the journal anew."""
        self._life.deaths += 1
        if self._life.world.running:
            return
        self.clear_up()
        while self._after_death:
            self._after_death.pop(0)()
        life = self._life
        really = self._chance.random() < _REALLY_OPENED
        life.journal = life.place.reopen(life.world.clock) if really else life.place.journal(life.world.clock)

    def clear_up(self) -> None:
        """Somebody makes room on the disk."""
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    def make_peace(self) -> None:
        """Nothing more goes wrong, and what is broken is mended."""
        self.is_peace = True
        self._plan.clear()
        self._life.world.faults = self._life.world.kills = 0

    def _kill(self) -> None:
        for process in self._life.world.running:
            process.dead = True

    # -- what people do

    def _edit(self) -> None:
        """What is not out yet gets other words."""
        life, entry = self._life, self._chance.choice(list(self._life.entries))
        life.edited.add(entry)
        rows = [life.rows_of(entry, account) for account in life.accounts]
        out = max((sum(row.state is not State.PLANNED for row in some) for some in rows), default=0)
        life.write(entry, len(life.words[entry]), life.words[entry][:out])

    def _revoke(self) -> None:
        """As the command does it: only where nothing has begun, and no run is at work."""
        life, entry = self._life, self._chance.choice(list(self._life.entries))
        threads = life.journal.threads.of(entry)
        latest = life.journal.approvals.latest(entry)
        if life.world.running or latest is None or life.stale or any(thread.started for thread in threads):
            return
        rows = [row for thread in threads for row in thread.rows if row.state in (State.PLANNED, State.HELD)]
        now = life.world.clock.now()
        back = Revocation(
            id=0, entry=entry, digest=latest.digest, upto=latest.id, by="Ana", at=now, trust="local", reason="", seal=""
        )  # fmt: skip
        with suppress(ContentkitError), life.decision() as journal:
            journal.approvals.revoke(back, rows)
            life.revoked.add(entry)

    def _retract(self) -> None:
        """A person wants a thread gone, all of it or from some part on; where a part may be on its way, the command refuses."""
        life = self._life
        threads = [
            thread for thread in life.journal.threads.living() if any(row.state is State.SENT for row in thread.rows)
        ]
        if not threads or life.world.running or life.stale:
            return
        thread = self._chance.choice(threads)
        out = [row for row in thread.rows if row.state is State.SENT]
        out = out[self._chance.randrange(len(out)) :]
        with suppress(ContentkitError), life.decision() as journal:
            journal.amendments.decide(
                [DecidedChange(row=row, kind=AmendmentKind.DELETE) for row in out], by="Ana", why=""
            )
            life.retracted |= {(row.account, row.remote_id) for row in out}
            life.world.tell(f"Ana retracts {thread.entry} on {thread.account} from part {out[0].part + 1} on")

    def _stop(self) -> None:
        if not self._life.stale:
            stop(self._life.journal, self._life.world.clock.now(), "")
            self._life.stopped_at = self._life.world.moments
            raise_counter(self._life.folder, self._life.journal)

    def _delete(self) -> None:
        """Mostly what a thread is about to go on after."""
        lasts = [thread.last_sent for thread in self._life.journal.threads.open()]
        begun = [last for last in lasts if last is not None]
        name = begun[0].account if begun else self._chance.choice(list(self._life.networks))
        network = self._life.networks[name]
        there = [one for one in network.statuses if begun and one.remote_id == begun[0].remote_id] or network.statuses
        if there:
            network.delete(self._chance.choice(there))

    def write_by_hand(self) -> None:
        network = self._chance.choice(list(self._life.networks.values()))
        for number in range(8):
            network.write_by_hand(f"by hand {number} at {self._life.world.moments}")

    def _repeat_by_hand(self) -> None:
        """Somebody posts the words of a first part with another program."""
        network = self._chance.choice(list(self._life.networks.values()))
        self._life.by_hand.add(str(len(network.ever) + 1))
        network.write_by_hand(self._chance.choice(list(self._life.words.values()))[0])

    def _forge(self) -> None:
        """A line in the receipts says that a first part is out, which nobody ever sent."""
        life, entry = self._life, self._chance.choice(list(self._life.entries))
        words, account = life.words[entry], self._chance.choice(list(life.accounts))
        life.forged = True
        from contentkit.publishing.publications import fingerprint

        forged = Receipt(
            entry=entry, account=account, part=0, parts=len(words), fingerprint=fingerprint(words[0]), remote_id="999",
            url="sim://999", at=stamped(life.world.true_time),
        )  # fmt: skip
        with suppress(OSError):
            append_receipt(life.folder, forged)

    # -- what becomes of the machine

    def _set_clock(self) -> None:
        self._life.clock_was_wrong = True
        clock = self._life.world.clock
        clock.set_wall_clock(clock.now() + self._chance.choice(_SHIFTS))

    def _run_again(self) -> None:
        """Cron starts the next run while this one is at work."""
        if self._life.world.running:
            self._life.cron()

    def _steal_the_lock(self) -> None:
        """Somebody tidies up: whoever opens the lock's file now gets another one."""
        (self._life.folder / LOCK_NAME).unlink(missing_ok=True)
        self._life.lock_stolen = True
        self._run_again()

    def _interrupt(self) -> None:
        for process in self._life.world.running:
            process.interrupted = True

    def _lose_power(self) -> None:
        """The machine starts anew; the epoch's file may be as it was before the last mark, if nothing left since."""
        self._kill()
        self._life.world.clock.reboot()
        if self._life.epoch_before is not None and self._chance.random() < 0.5:
            (self._life.folder / EPOCH_NAME).write_bytes(self._life.epoch_before)
            # A copy of the journal from before the last mark is no longer older than it.
            self._life.stale = self._life.stale and self._is_older()

    def _copy(self) -> None:
        journal, moment = self._life.journal, self._life.world.moments
        self._copied = (self._life.place.content, journal.known(Fact.ID), int(journal.known(Fact.COUNTER) or 0), moment)

    def _restore(self) -> None:
        """A backup program puts the copy of the journal back."""
        if self._copied is None:
            return
        content, journal, counter, moment = self._copied

        def is_older() -> bool:
            epoch = json.loads((self._life.folder / EPOCH_NAME).read_bytes())
            can_tell = epoch["journal"] != journal or counter < int(epoch["counter"])
            return can_tell or self._life.left_by_intent_of >= moment

        self._while_dead(lambda: self._life.place.put(content), is_older)

    def _lose(self) -> None:
        self._while_dead(self._life.place.lose, lambda: True)

    def _while_dead(self, do: Callable[[], None], is_older: Callable[[], bool]) -> None:
        life = self._life

        def now() -> None:
            do()
            self._is_older = is_older
            life.stale, life.watch.lost_ledger = is_older(), True

        self._kill()
        self._after_death.append(now)
        if not life.world.running:
            self.after_death()

    def _fill(self) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._chance.choice(_FULL_AT), hard))
