"""The heartbeat: a small file in the state folder that each run of ``contentkit post`` writes when it ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path

from contentkit.cli.alerting import HEARTBEAT_NAME
from contentkit.cli.fleeting import put_fleeting
from contentkit.publishing.lock import last_held
from contentkit.stamps import latest_of, moment_of, stamped
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """When the last run ended, with which exit code, and how many threads waited for a person then.

    ``said`` is what runs said and what still holds, by what it is about: it is said once, not each minute.
    """

    at: datetime
    code: int
    waiting: int = 0
    said: Mapping[str, str] = field(default_factory=dict)


def last_heartbeat(folder: Path) -> Heartbeat | None:
    """The heartbeat of this state folder; None where there is none that can be read."""
    try:
        told = json.loads((folder / HEARTBEAT_NAME).read_bytes())
        said = {str(about): str(words) for about, words in told["said"].items()}
        return Heartbeat(at=moment_of(told["at"]), code=int(told["code"]), waiting=int(told["waiting"]), said=said)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def last_run(folder: Path) -> datetime | None:
    """When a run, or a person's decision, last began to work here, or a run looked and found nothing to do; None for never."""
    heartbeat = last_heartbeat(folder)
    looked = heartbeat.at if heartbeat and not heartbeat.code else None
    return latest_of(moment for moment in (last_held(folder), looked) if moment)


def write_heartbeat(folder: Path, heartbeat: Heartbeat) -> None:
    """Puts this in the place of the last one, in one step. Where that cannot be done, the old one tells it by its age."""
    words = json.dumps({"version": 1, **asdict(heartbeat), "at": stamped(heartbeat.at)})
    with suppress(OSError):
        put_fleeting(str(folder), HEARTBEAT_NAME, words.encode())
