"""A real browser, where there is one."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
NEEDS_BROWSER = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@contextmanager
def everything() -> Iterator[tuple[int, list[str]]]:
    """A server that stands for every host there is: its port, and what it was asked for."""
    paths: list[str] = []

    class Everything(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Everything) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, paths
        server.shutdown()
        thread.join()


def dumped(content: str, folder: Path, hosts: str = "~NOTFOUND", *more: str) -> str:
    """What a browser made of a document, as HTML; ``hosts`` is where all names lead."""
    file = folder / "document.html"
    file.write_text(content, encoding="utf-8")
    assert BROWSER
    sandbox = "--no-sandbox"  # the pages are ours, and as root there is none
    quiet = ("--headless", "--disable-gpu", "--disable-background-networking", f"--user-data-dir={folder / 'profile'}")
    names = f"--host-resolver-rules=MAP * {hosts}"
    command = [BROWSER, *quiet, *more, sandbox, names, "--virtual-time-budget=2000", "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
