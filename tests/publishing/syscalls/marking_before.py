"""The control for power loss: a publisher that marks each part before it sends it, in SQLite as it is told to set it.

Marking before is right. Whether the mark is on the disk when the post leaves depends on the two settings, and with those that
Python and SQLite come with (DELETE, FULL) it may not be.

    python -m tests.publishing.syscalls.marking_before http://127.0.0.1:3000 TOKEN marks.db DELETE FULL "first" "second"
"""

from __future__ import annotations

import http.client
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit


def prepare(database: Path, journal_mode: str, texts: Sequence[str]) -> None:
    """A database in which nothing is sent."""
    with closing(sqlite3.connect(database, isolation_level=None)) as marks:
        marks.execute(f"PRAGMA journal_mode = {journal_mode}")
        marks.execute("CREATE TABLE parts (part INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        for part in range(len(texts)):
            marks.execute("INSERT INTO parts VALUES (?, 'planned')", (part,))


def publish(url: str, token: str, database: Path, journal_mode: str, synchronous: str, texts: Sequence[str]) -> None:
    """Sends each part once, and marks it before and after."""
    with closing(sqlite3.connect(database, isolation_level=None)) as marks:
        marks.execute(f"PRAGMA journal_mode = {journal_mode}")
        marks.execute(f"PRAGMA synchronous = {synchronous}")
        for part, text in enumerate(texts):
            marks.execute("UPDATE parts SET state = 'sending' WHERE part = ?", (part,))
            _post(url, token, text)
            marks.execute("UPDATE parts SET state = 'sent' WHERE part = ?", (part,))


def _post(url: str, token: str, text: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)) as connection:
        connection.request("POST", "/api/v1/statuses", json.dumps({"status": text}), headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()


if __name__ == "__main__":
    url, token, database, journal_mode, synchronous, *texts = sys.argv[1:]
    publish(url, token, Path(database), journal_mode, synchronous, texts)
