"""One run of ``contentkit post`` as those see it who are not there: what it leaves for them, however it ends.

Nothing here changes what a run publishes or how it exits. What does not work is said once, not each minute.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contentkit.cli.alerting import ALERTS_NAME
from contentkit.cli.alerting.heartbeat import Heartbeat, last_heartbeat, write_heartbeat
from contentkit.cli.main import BUG, DONE, FAILED, INTERRUPTED, exit_code
from contentkit.errors import ContentkitError, StateError
from contentkit.publishing.lock import LONGEST_SILENCE, Occupied
from contentkit.settings.machine import Machine

if TYPE_CHECKING:
    from contentkit.cli.alerting.news import News
    from contentkit.cli.outset import Calm
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome

_RUN = "post"


class Watch:
    """A run and what is known of it so far. ``machine`` says who is to be told; ``waiting`` counts threads that wait for a
    person. A run that ``stands_aside`` found another one at work; one that was ``calm`` found nothing to do."""

    def __init__(self, project: Project, clock: Clock) -> None:
        self.project = project
        self.clock = clock
        self.machine = Machine()
        self.code = DONE
        self.waiting = 0
        self.stands_aside = False
        self.calm: Calm | None = None
        self._id = os.urandom(4).hex()
        self._before = last_heartbeat(project.state)
        self._said = dict(self._before.said) if self._before else {}

    def keep(self, outcomes: Sequence[Outcome], journal: Journal) -> None:
        """Keeps for the log and for the alert command what the run has told; before it counts as told."""
        troubled = self._troubled()
        if not outcomes and not troubled:
            return
        from contentkit.cli.alerting.news import alarming, news_of, recovered

        now = self.clock.now()
        # The runs as a whole have an empty name, and this one has come so far.
        better = [recovered(name, now) for name in troubled if not (name and journal.accounts.known(name).trouble)]
        self._log([*news_of(outcomes, now), *better])
        self._alert([*news_of(alarming(outcomes), now), *better])

    def fail(self, error: BaseException) -> bool:
        """Keeps that the run failed as a whole. Returns whether that is new."""
        from contentkit.cli.alerting.news import failed

        why = error.words if isinstance(error, ContentkitError) else type(error).__name__
        self.code = (
            exit_code(error) if isinstance(error, ContentkitError) else FAILED if isinstance(error, OSError) else BUG
        )
        if self._said.get(_RUN) == why:
            return False
        self._said[_RUN] = why
        news = [failed(why, self.clock.now())]
        self._log(news)
        self._alert(news)
        return True

    def end(self) -> None:
        """Tells the alert command, then the address that is pinged, and writes the heartbeat."""
        self._deliver()
        if self.machine.ping and self.code != INTERRUPTED:
            from contentkit.cli.alerting.ping import ping

            self._say_once(
                "ping", ping(self.machine.ping, self.project.config.project, self.code), "the ping did not arrive"
            )
        self._beat()

    @property
    def is_told(self) -> bool:
        """Whether it ended well, and nobody is to be told that it did, nor of anything before."""
        return self.code == DONE and not self.machine.ping and not self._has_alerts()

    def went_well(self) -> None:
        """The run came to its end: what one before it failed for is over."""
        self._said.pop(_RUN, None)

    def _beat(self) -> None:
        # Where another run hangs, its silence must show.
        at = self._before and self._before.at if self.stands_aside else self.clock.now()
        if at and self.project.state.is_dir():
            said = {about: words for about, words in self._said.items() if words}
            write_heartbeat(self.project.state, Heartbeat(at=at, code=self.code, waiting=self.waiting, said=said))

    def _has_alerts(self) -> bool:
        """Whether the alert command has something to hear, or was told of a trouble that may be over."""
        return bool(self.machine.alert) and (self.project.state / ALERTS_NAME).exists()

    def _troubled(self) -> Sequence[str]:
        """The accounts whose trouble the alert command was told."""
        if not self._has_alerts():
            return ()
        from contentkit.cli.alerting.waiting import alerts_waiting

        return alerts_waiting(self.project.state).troubled

    def _log(self, news: Sequence[News]) -> None:
        if not self.machine.log or not news:
            return
        from contentkit.cli.alerting.log import add_to_log

        try:
            add_to_log(self.machine.log, self.project.config.project, self._id, news)
            self._say_once("log", "", "")
        except OSError as error:
            self._say_once("log", error.strerror or type(error).__name__, f"{self.machine.log}: cannot be written")

    def _alert(self, news: Sequence[News]) -> None:
        if not self.machine.alert or not news:
            return
        from contentkit.cli.alerting.waiting import add_alerts

        try:
            add_alerts(self.project.state, news)
        except StateError as error:
            self._say_once("alerts", error.message, "alerts cannot be kept")

    def _deliver(self) -> None:
        if not self._has_alerts():
            return
        from contentkit.cli.alerting.waiting import deliver_alerts

        try:
            why = deliver_alerts(self.project.state, self._tell, self.clock.now())
        except StateError as error:
            why = error.message
        if why is not None:
            self._say_once("alerts", why, "the alert command did not take it")

    def _tell(self, news: Sequence[News]) -> str:
        from contentkit.cli.alerting.command import AlertCommand

        project = self.project
        command = AlertCommand(
            words=self.machine.alert, project=project.config.project, environment=project.environment
        )
        return command.tell(news, self.clock.now())

    def _say_once(self, about: str, words: str, what: str) -> None:
        """Says what does not work, unless the run before has said just that. Empty words: it works."""
        from contentkit.cli.output import say

        if words and self._said.get(about) != words:
            say(f"contentkit: {what}: {words}")
        self._said[about] = words


@contextmanager
def watched(project: Project, clock: Clock) -> Iterator[Watch]:
    """A run of ``post``. What ends it as a whole is raised when it is new, or somebody looks on; else the code alone tells it.

    Another run at work ends it in silence, unless that takes too long.
    """
    watch = Watch(project, clock)
    try:
        try:
            yield watch
            watch.went_well()
        except Occupied as other:
            if not other.since or clock.now() - other.since <= LONGEST_SILENCE:
                return
            watch.stands_aside = True
            raise _hanging(other) from None
    except Exception as error:
        from contentkit.cli.output import is_terminal

        is_new = watch.fail(error)
        watch.end()
        if is_new or is_terminal() or watch.code == BUG:
            raise
    else:
        watch.end()


def _hanging(other: Occupied) -> StateError:
    since = f"{other.since:%Y-%m-%d %H:%M} UTC"
    return StateError(
        f"another 'contentkit post' has been at work since {since}", hint="see whether it hangs; end it if it does"
    )
