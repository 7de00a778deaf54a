"""A lull: what a whole run of ``contentkit post`` found, that nothing is to do before a moment as long as no file changes.

The runs of the next minutes look at the clock and at what the system says of those files, tell by the heartbeat that they came,
and end. A lull decides nothing: whatever differs, is odd or cannot be read ends it, and the run does all that it ever did.
What is imported here is paid for each minute.
"""

from __future__ import annotations

import os
import sys
import time

from contentkit import __version__
from contentkit.cli.alerting import HEARTBEAT_NAME
from contentkit.cli.fleeting import bytes_of, put_fleeting
from contentkit.cli.heartbeats import parts_of
from contentkit.marks import mark_of
from contentkit.whereabouts import CONFIG_NAME, name_in, root_above, xdg_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LULL_NAME = "lull.txt"
# Raised with each change of what is written, or of what a run rests on.
_FORM = "contentkit lull 2"
_END = "end"
# What a run with nothing to do reads of its environment.
_VARIABLES = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "PYTHONTZPATH")
# How the variables begin in which accounts' secrets are looked for.
_SECRETS = "CONTENTKIT_"
_LARGEST = 64 * 1024
_LARGEST_SETTINGS = 1024 * 1024
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def lasts(folder: str, environment: Mapping[str, str], now: float) -> bool:
    """Whether a lull of the project at or above this folder lasts at ``now``, in seconds since 1970.

    If so the heartbeat is renewed: nothing else is to do.
    """
    try:
        root = root_above(folder)
        state = state_of(root, environment)
        return bool(state) and _holds(root, state, environment, now)
    except (OSError, ValueError):
        return False


def state_of(root: str, environment: Mapping[str, str]) -> str:
    """The state folder of the project in this folder as far as a line of its settings tells; empty where it does not.

    Raises OSError, and ValueError for what is no text.
    """
    home = xdg_folder("XDG_STATE_HOME", ".local/state", environment)
    if not (root and home):
        return ""
    name = name_in(bytes_of(f"{root}/{CONFIG_NAME}", _LARGEST_SETTINGS).decode())
    return "" if not name or "/" in name or name.startswith(".") else f"{home}/contentkit/{name}"


def write_lull(
    root: str, state: str, environment: Mapping[str, str], times: tuple[float, float], marks: Mapping[str, str]
) -> None:
    """Keeps that nothing is to do between these times (seconds since 1970) while these files, by their paths, have these marks.

    The heartbeat of the run that found it is written already. Raises OSError, and ValueError where there is no such heartbeat.
    """
    head, _, rest = parts_of(f"{state}/{HEARTBEAT_NAME}")
    lines = [*_circumstances(root, environment), f"{times[0]} {times[1]}", os.fsdecode(head), os.fsdecode(rest)]
    lines += [f"{mark}\t{path}" for path, mark in marks.items()]
    if any("\n" in line for line in lines):
        raise ValueError("a path of two lines")
    put_fleeting(state, LULL_NAME, os.fsencode("\n".join([*lines, _END])))


def _holds(root: str, state: str, environment: Mapping[str, str], now: float) -> bool:
    """Whether the lull of this state folder is this project's and lasts. Raises OSError and ValueError."""
    lines = os.fsdecode(bytes_of(f"{state}/{LULL_NAME}", _LARGEST, own=True)).split("\n")
    circumstances = _circumstances(root, environment)
    count = len(circumstances)
    times, head, rest, *marks, end = lines[count:]
    since, until = times.split(" ")
    if lines[:count] != circumstances or end != _END or not float(since) <= now < float(until):
        return False
    if any(mark_of(path) != mark for mark, _, path in (line.partition("\t") for line in marks)):
        return False
    found, at, behind = parts_of(f"{state}/{HEARTBEAT_NAME}")
    told = time.strftime(_TIME, time.gmtime(now)).encode()
    if (found, behind) != (os.fsencode(head), os.fsencode(rest)) or at > told:
        return False  # another run told something else, or the clock was set back
    put_fleeting(state, HEARTBEAT_NAME, found + told + behind)
    return True


def _circumstances(root: str, environment: Mapping[str, str]) -> list[str]:
    """What else a run rests on: who runs what where, and what is not the same in cron."""
    variables = [f"{name}={environment.get(name)!r}" for name in _VARIABLES]
    user = f"{os.geteuid()} {os.uname().nodename}"
    return [_FORM, f"{__version__} {sys.version!r}", user, *variables, _secrets_mark(environment), root]


def _secrets_mark(environment: Mapping[str, str]) -> str:
    """Tells one set of variables that may hold secrets from another, and nothing about any; empty where there are none."""
    said = sorted(one for one in environment.items() if one[0].startswith(_SECRETS))
    if not said:
        return ""
    from hashlib import sha256

    return sha256(f"contentkit:lull:{said!r}".encode(errors="surrogateescape")).hexdigest()[:16]
