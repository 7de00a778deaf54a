"""A person at a terminal: waits for a question, types the answer, sees everything that is shown there."""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from tests.cli.shell import COMMAND, Ran, Shell
from tests.publishing.project import UNDER_TEST
from tests.warm import WarmProcess, may_be_warm


def _warm(shell: Shell, command: Sequence[str], environment: Mapping[str, str], terminal: int) -> WarmProcess:
    arguments = command[len(COMMAND) :]
    return WarmProcess(UNDER_TEST, arguments, shell.here, environment, (terminal,) * 3, own_terminal=True)


def _cold(
    shell: Shell, command: Sequence[str], environment: Mapping[str, str], terminal: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=shell.here,
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        # Makes it the terminal that /dev/tty means, and that Ctrl-C is typed on.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )


class Conversation:
    """A command with a terminal of its own, as a context manager. ``shown`` is what stood on it so far.

    Another ``command`` than that of the tree under test is given with all its words, and starts cold.

    with Conversation(shell, "accounts", "add", "ours") as talk:
        talk.answer("Network", "mastodon")
        ran = talk.end()
    """

    def __init__(
        self,
        shell: Shell,
        *arguments: str,
        variables: Mapping[str, str] | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        self._leader, follower = os.openpty()
        start = _warm if command is None and may_be_warm(variables or {}) else _cold
        self._process = start(shell, [*(command or COMMAND), *arguments], shell.environment(variables), follower)
        os.close(follower)
        self.shown = ""
        self._seen = 0
        self._ended = False

    def __enter__(self) -> Conversation:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._leader)

    def wait_for(self, words: str, seconds: float = 20.0) -> str:
        """Waits until these words are shown after those waited for last; returns what stood before them."""
        deadline = time.monotonic() + seconds
        while words not in self.shown[self._seen :]:
            if not self._read(deadline):
                raise AssertionError(f"{words!r} was not shown, but:\n{self.shown}")
        start = self._seen
        self._seen = self.shown.index(words, start) + len(words)
        return self.shown[start : self._seen - len(words)]

    def answer(self, question: str, typed: str) -> None:
        """Waits for a question and types a line."""
        self.wait_for(question)
        self.wait_for(": ")
        self.type(f"{typed}\n")

    def resize(self, rows: int, columns: int) -> None:
        """Makes the terminal so large; the program is told."""
        termios.tcsetwinsize(self._leader, (rows, columns))

    def modes(self) -> list[Any]:
        """How the terminal treats what is typed."""
        return termios.tcgetattr(self._leader)

    def send(self, number: int) -> None:
        """Sends a signal to the program."""
        self._process.send_signal(number)

    def type(self, keys: str) -> None:
        os.write(self._leader, keys.encode())

    def interrupt(self, key: str = "\x03") -> None:
        """Types Ctrl-C (or another key) until it has an effect: the first may come just before the program begins to read."""
        for _ in range(20):
            self.type(key)
            deadline = time.monotonic() + 1
            while self._read(deadline):
                pass
            if self._ended:
                return

    def end(self, seconds: float = 20.0) -> Ran:
        """Waits for the end of the command. ``out`` is everything that was shown."""
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            pass
        code = self._process.wait(seconds)
        return Ran(code, self.shown.replace("\r\n", "\n"), "")

    def _read(self, deadline: float) -> bool:
        """Takes what is shown next; False when nothing can come any more."""
        ready, _, _ = select.select([self._leader], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            piece = os.read(self._leader, 65536)
        except OSError:
            piece = b""  # Linux says EIO when the last one on the other side has closed it
        self.shown += piece.decode("utf-8", "replace")
        self._ended = not piece
        return not self._ended
