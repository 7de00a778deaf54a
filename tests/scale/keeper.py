"""Ends the server of a test run, and removes its folder, once no process of the run holds the lock on a file any more."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import time
from pathlib import Path


def main(users: str, folder: str) -> None:
    with Path(users).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = Path(folder) / "data" / "postmaster.pid"
        if note.exists():
            _end(int(note.read_text().split()[0]))
        shutil.rmtree(folder, ignore_errors=True)


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGQUIT)
        while True:
            time.sleep(0.05)
            os.kill(process, 0)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    # Whoever starts it goes on.
    if os.fork() == 0:
        main(*sys.argv[1:])
