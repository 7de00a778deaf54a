"""A process that has imported everything, and forks one traced command after the other: it is their parent and tracer.

Run as a program it reads one request a line, as ``tests/publishing/syscalls/traced.py`` writes them, and answers each.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import sys
import tempfile
from typing import Any

from tests.publishing.syscalls.plans import Plan
from tests.publishing.syscalls.tracing import NotPermitted, trace, trace_me
from tests.publishing.syscalls.watching import Watcher
from tests.warm import end_at_once, import_everything


def _next_command() -> dict[str, Any]:
    """Serves requests, and returns one of them in the process that is to run it."""
    for line in sys.stdin:
        request = json.loads(line)
        # Unnamed plain files: what a command prints must not be taken for a file of its own.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                _become(request, out.fileno(), err.fileno())
                return request  # type: ignore[no-any-return]
            plan = request["plan"]
            answer = _traced(child, Watcher(Plan(**plan))) if plan else _awaited(child)
            for name, stream in (("out", out), ("err", err)):
                stream.seek(0)
                answer[name] = stream.read().decode()
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer to the process that asked
    sys.exit(0)


def _become(request: dict[str, Any], out: int, err: int) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    try:
        if request["plan"]:
            trace_me()
    except NotPermitted:
        os._exit(0)


def _traced(child: int, watcher: Watcher) -> dict[str, Any]:
    try:
        code = trace(child, watcher.before, watcher.after)
    except NotPermitted as why:
        return {"refused": str(why)}
    return {
        "code": code,
        "happened": watcher.happened,
        "calls": watcher.names,
        "changing": watcher.changing,
        "growing": watcher.growing,
        "events": [event.as_json() for event in watcher.events],
    }


def _awaited(child: int) -> dict[str, Any]:
    _, status = os.waitpid(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "happened": False,
        "calls": [],
        "changing": [],
        "growing": [],
        "events": [],
    }


def _run(request: dict[str, Any]) -> None:
    sys.argv[1:] = request["arguments"]
    if request["program"] != "contentkit":
        runpy.run_module(request["program"], run_name="__main__", alter_sys=True)
        return
    sys.argv[0] = "contentkit"
    from contentkit.cli.main import main

    main()


if __name__ == "__main__":
    import_everything()
    # What is there already is never looked through again, and its memory stays shared.
    gc.freeze()
    wanted = _next_command()
    try:
        _run(wanted)
    except SystemExit as end:
        end_at_once(int(end.code or 0))
