"""The alert command: a program of the user's choice that is told, as JSON on its standard input, what needs a person."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from contentkit.cli.alerting.news import News
from contentkit.stamps import stamped
from contentkit.values import dataclass

# The next run of cron is a minute away.
SECONDS = 15.0
# No secret of any account, and nothing that would load other code.
_KEPT = (
    "HOME",
    "LOGNAME",
    "USER",
    "PATH",
    "SHELL",
    "LANG",
    "LC_ALL",
    "TZ",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
)


@dataclass(frozen=True, kw_only=True)
class AlertCommand:
    """``words`` are the program and its arguments. What it prints goes nowhere, or is ``shown`` to whoever tries it."""

    words: Sequence[str]
    project: str
    environment: Mapping[str, str]
    shown: bool = False
    seconds: float = SECONDS

    def tell(self, news: Sequence[News], now: datetime, *, test: bool = False) -> str:
        """Why the command did not take it; nothing when it ended with exit code 0."""
        more = f" (and {len(news) - 1} more)" if len(news) > 1 else ""
        message = {
            "summary": f"{self.project}: {news[0].words}{more}",
            "project": self.project,
            "at": stamped(now),
            "test": test,
            "facts": [asdict(one) for one in news],
        }
        return self._run(json.dumps(message, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")

    def _run(self, message: bytes) -> str:
        output = None if self.shown else subprocess.DEVNULL
        try:
            process = subprocess.Popen(  # noqa: S603 - the user of this machine named it
                self.words,
                cwd=self.environment.get("HOME") or "/",
                env={name: self.environment[name] for name in _KEPT if name in self.environment},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        except OSError as error:
            return f"'{self.words[0]}' cannot be started: {error.strerror}"
        try:
            process.communicate(message, timeout=self.seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"it took more than {self.seconds:g} seconds and was ended"
        return f"it ended with exit code {process.returncode}" if process.returncode else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it and what it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
