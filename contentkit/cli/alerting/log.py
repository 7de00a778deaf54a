"""The log: one JSON object a line for each fact of a run, in a file that only ever grows."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from contentkit.cli.alerting.news import News


def add_to_log(path: Path, project: str, run: str, news: Sequence[News]) -> None:
    """Adds these at once, for the owner's eyes only. The file is opened anew each time, so that it may be moved away at any time.

    Raises OSError.
    """
    lines = (json.dumps({"project": project, "run": run, **asdict(one)}, ensure_ascii=False) for one in news)
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    # A pipe that nobody reads from must not be waited for.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        written = os.write(handle, content)
    finally:
        os.close(handle)
    if written < len(content):
        raise OSError(28, "No space left on device")
