"""Where a workspace's folder lies on this host: noted in its private folder here, by who imported it, and nowhere else.

The database names no folder: whoever may write there could else have a worker read any folder of its host.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from contentkit.errors import ContentError, StateError
from contentkit.files import make_private_file, plain_bytes, replace_file
from contentkit.places import HOME_NAME, make_private_folder, state_folder

_LONGEST = 4096


def this_host() -> str:
    """What this host calls itself: who may run a workspace is said in these words."""
    return os.uname().nodename


def home_of(project: str, environment: Mapping[str, str]) -> Path | None:
    """The folder of the workspace with this project; None where it was not imported on this host. Raises StateError."""
    path = state_folder(project, environment) / HOME_NAME
    try:
        named = Path(os.fsdecode(plain_bytes(path, _LONGEST)))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}", hint="import the workspace here again") from None
    if not named.is_absolute():
        raise StateError(f"{path}: names no folder", hint="import the workspace here again")
    return named


def settle_in(project: str, root: Path, environment: Mapping[str, str]) -> None:
    """Notes that this folder is the workspace's on this host, in the place of any other. Raises StateError."""
    path = make_private_folder(state_folder(project, environment)) / HOME_NAME
    make_private_file(path)
    try:
        replace_file(path, os.fsencode(root.resolve()), None)
    except ContentError as error:
        raise StateError(error.message, hint=error.hint) from None


def lives_in(project: str, root: Path, environment: Mapping[str, str]) -> bool:
    """Whether this very folder is the workspace's on this host."""
    return home_of(project, environment) == root.resolve()
