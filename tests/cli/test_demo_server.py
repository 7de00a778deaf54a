"""The demo's local server: there when it is needed, gone with whoever started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from contentkit.cli.demo_server import local_server
from contentkit.errors import StateError

PLAIN = {"PATH": os.environ["PATH"]}
STARTS_ONE = """
import pathlib, sys, time
from contentkit.cli.demo_server import local_server
with local_server(pathlib.Path(sys.argv[1]), {}) as server:
    server.wait()
    print(server.url, flush=True)
    time.sleep(60)
"""


def is_there(url: str) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) == 0


def is_gone_soon(url: str) -> bool:
    deadline = time.monotonic() + 10
    while is_there(url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_it_answers_with_an_empty_account_and_ends_with_its_block(tmp_path: Path) -> None:
    with local_server(tmp_path, PLAIN) as server:
        server.wait()
        assert server.statuses() == []
        assert is_there(server.url)

    assert not is_there(server.url)


def test_it_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTS_ONE, tmp_path], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        url = starter.stdout.readline().strip()
        assert is_there(url)
        starter.kill()

    assert is_gone_soon(url)


def test_a_server_that_cannot_start_is_told_with_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "mastodon_mock.py").write_text("raise RuntimeError('no such luck')\n")
    with (
        local_server(tmp_path, {**PLAIN, "PYTHONPATH": str(tmp_path)}) as server,
        pytest.raises(StateError, match="no such luck"),
    ):
        server.wait()
