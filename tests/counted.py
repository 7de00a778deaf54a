"""What a command asks of the machine: the files that it opens and the statements that it gives to SQLite, as counts, and the
modules that it loads."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.cli.shell import Shell

# See contentkit.cli.fleeting.
_THREAD = re.compile(r"\.\d+$")
_RUN = """
import _sqlite3, atexit, json, sqlite3, sys
opened, statements = [], []
connect, place = sqlite3.connect, sys.argv.pop(1)

def heard(event, values):
    if event == "open" and isinstance(values[0], str):
        opened.append(values[0])

def connected(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_trace_callback(statements.append)
    return connection

def tell():
    told = {"opened": [*opened], "statements": statements, "loaded": [*sys.modules]}
    with open(place, "w") as file:
        json.dump(told, file)

atexit.register(tell)
sys.addaudithook(heard)
_sqlite3.connect = sqlite3.connect = sqlite3.dbapi2.connect = connected
from contentkit.cli.main import main
main()
"""


@dataclass(frozen=True)
class Counted:
    """What one command printed, how often it opened each file below the home (by its path there, without the number of the
    thread that writes it), its statements, and its modules with those of the test."""

    out: str
    opened: Mapping[str, int]
    statements: Sequence[str]
    loaded: frozenset[str] = frozenset()


def counted(shell: Shell, *arguments: str) -> Counted:
    """Runs a command, which has to end well."""
    told = shell.home / "told.json"
    ran = shell.ran([sys.executable, "-c", _RUN, str(told), *arguments])
    assert ran.code == 0, ran.err
    found = json.loads(told.read_text())
    paths = (os.path.relpath(shell.here / path, shell.home) for path in found["opened"])
    opened = Counter(_THREAD.sub("", path) for path in paths if not path.startswith(".."))
    return Counted(ran.out, opened, found["statements"], frozenset(found["loaded"]))
