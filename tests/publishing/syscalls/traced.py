"""Traced commands, from the side of a test: a nursery to ask."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.publishing.project import UNDER_TEST
from tests.publishing.syscalls.calls import is_known_here
from tests.publishing.syscalls.plans import Event, Plan, Traced
from tests.publishing.syscalls.tracing import NotPermitted


class Nursery(AbstractContextManager["Nursery"]):
    """Runs one traced command after the other; what they share is only what was imported before they began.

    Raises NotPermitted where nothing can be traced.
    """

    def __init__(self) -> None:
        if not sys.platform.startswith("linux") or not is_known_here():
            raise NotPermitted("only Linux on x86_64 and aarch64 is traced")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.publishing.syscalls.nursery"],
            cwd=UNDER_TEST,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nowhere", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        plan: Plan | None,
        *,
        program: str = "contentkit",
    ) -> Traced:
        """One command, to its end, traced if there is a plan. ``program`` may be a module of these tests. Raises NotPermitted."""
        assert self._process.stdin
        assert self._process.stdout
        request = {
            "program": program,
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment),
            "plan": vars(plan) if plan else None,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "refused" in answer:
            raise NotPermitted(answer["refused"])
        answer["events"] = tuple(Event.of_json(event) for event in answer["events"])
        for name in ("calls", "changing", "growing"):
            answer[name] = tuple(answer[name])
        return Traced(**answer)
