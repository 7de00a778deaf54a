"""Commands in processes that are forked from one that has imported everything: most of a short command is importing.

Each command still has a process, an environment, a folder and streams of its own, and ends as a process ends. What differs from a
cold start is only which modules are loaded already; ``tests/test_imports.py`` and the commands that tests start by other ways
(with a signal to come, in a terminal, with a full disk, with modules of their own) start cold.

Run as a program it is the process that forks: it listens at the Unix socket that it is given as a descriptor.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

# Python reads these as it starts: a fork would come too late for them.
_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC_", "TZ")
_PATIENCE = 60.0
_LARGEST = 1024 * 1024


def may_be_warm(variables: Mapping[str, str]) -> bool:
    """Whether a command with these variables beside the usual ones behaves the same in a fork.

    Folders of PYTHONPATH are searched by the fork, too: they may bring modules, but none in the place of those that are loaded.
    """
    return not any(name.startswith(_READ_AT_START) for name in variables if name != "PYTHONPATH")


def run_warm(
    tree: Path, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs ``contentkit`` of this tree, with nothing to read. Raises TimeoutExpired after a minute."""
    request = json.dumps({"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE)
        line.connect(_nursery(tree))
        socket.send_fds(line, [len(request.encode()).to_bytes(4, "big")], [out.fileno(), err.fileno()])
        line.sendall(request.encode())
        try:
            code = int(line.makefile().readline())
        except TimeoutError:
            raise subprocess.TimeoutExpired(list(arguments), _PATIENCE) from None
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(list(arguments), code, *texts)


@cache
def _nursery(tree: Path) -> str:
    """The address of the process that forks commands of this tree; it ends with the tests."""
    folder = tempfile.TemporaryDirectory(prefix="warm")
    address = str(Path(folder.name) / "socket")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(64)
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(listening.fileno())],
            cwd=tree,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder.name, "PYTHONPATH": str(tree)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    atexit.register(_end, process, folder)
    return address


def _end(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    folder.cleanup()


def import_everything() -> None:
    """The whole program, and what its commands import late."""
    import contentkit

    for module in pkgutil.walk_packages(contentkit.__path__, "contentkit."):
        if not module.name.startswith("contentkit.testing") and not module.name.endswith("__main__"):
            # What cannot be imported fails in the command that needs it, with its own words.
            with suppress(Exception):
                import_module(module.name)
    for name in ("mastodon", "tweepy", "requests", "sqlite_utils", "rich.table", "rich.progress"):
        import_module(name)


def _child(listening: socket.socket) -> list[str]:
    """Waits for commands, and returns the arguments of one in the process that is to run it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        line, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _told_at_the_end(line)
        line.close()


def _told_at_the_end(line: socket.socket) -> list[str]:
    """Forks once more: this process waits for the end and tells it, the new one returns the arguments."""
    header, streams, _, _ = socket.recv_fds(line, 4, 2)
    size, request = int.from_bytes(header, "big"), b""
    while len(request) < size:
        request += line.recv(_LARGEST)
    wanted = json.loads(request)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    line.close()
    for stream, number in zip(streams, (1, 2), strict=True):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    folders = wanted["environment"].get("PYTHONPATH", "").split(os.pathsep)
    sys.path[1:1] = [folder for folder in folders if folder and folder not in sys.path]
    arguments: list[str] = wanted["arguments"]
    return arguments


def _serve(number: int) -> None:
    import_everything()
    # What is there already is never looked through again, and its memory stays shared.
    gc.freeze()
    sys.argv[1:] = _child(socket.socket(fileno=number))
    sys.argv[0] = str(Path(sys.modules["contentkit"].__file__ or "").with_name("__main__.py"))
    from contentkit.cli.main import main

    main()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
