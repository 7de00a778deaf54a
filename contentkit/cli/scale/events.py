"""What a worker says: one line of JSON for each event, without a post's words and without secrets."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime

from contentkit.cli.streams import write
from contentkit.errors import StateError
from contentkit.text import one_line

_LONGEST = 300
# Over how many seconds a rate is told.
_SPAN = 60.0


class Events:
    """The lines of one worker, on its standard output, and how many of each kind there were."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._writing = threading.Lock()
        self._sent: deque[float] = deque(maxlen=100_000)
        self.sent = 0

    def say(self, event: str, **facts: str | int | float) -> None:
        """Writes one line. What comes from networks or files is cut to one line, without what a terminal would obey.

        Where it cannot be written, it and all later ones are lost, and whoever says it goes on.
        """
        told = {name: one_line(fact, _LONGEST) if isinstance(fact, str) else fact for name, fact in facts.items()}
        line = json.dumps({"at": _now(), "event": event, "worker": self._worker, **told}, ensure_ascii=False)
        with self._writing, suppress(StateError):
            write(sys.stdout, f"{line}\n")

    def count_sent(self, uptime: float) -> None:
        with self._writing:
            self.sent += 1
            self._sent.append(uptime)

    def sent_per_second(self, uptime: float) -> float:
        """Of the last minute, by this worker alone."""
        with self._writing:
            while self._sent and self._sent[0] < uptime - _SPAN:
                self._sent.popleft()
            return round(len(self._sent) / _SPAN, 2)


class _Passed(logging.Handler):
    def __init__(self, events: Events) -> None:
        super().__init__(logging.WARNING)
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        self._events.say("library", name=record.name, level=record.levelname.lower(), why=record.getMessage())


def pass_on_logs(events: Events) -> None:
    """From now on what libraries have to say stands among the events, in the same form."""
    logging.getLogger().addHandler(_Passed(events))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
