"""Where this machine keeps what must not lie in the project: the state folder and the user's own settings."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

from contentkit.errors import StateError
from contentkit.files import settle_folder
from contentkit.whereabouts import xdg_folder

# Where systems keep a name of their own, the first that is there.
SYSTEM_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


# In a project's state folder: where the workspace of this name lies on this host, if it is one of a database of many teams.
HOME_NAME = "home"


def state_folder(project: str, environment: Mapping[str, str]) -> Path:
    """This project's folder below XDG's state folder (``~/.local/state``). Not created here."""
    return _xdg("XDG_STATE_HOME", ".local/state", environment) / "contentkit" / project


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The user's own cache folder (``~/.cache``), of all programs. Not created here."""
    return _xdg("XDG_CACHE_HOME", ".cache", environment)


def settings_folder(environment: Mapping[str, str]) -> Path:
    """The user's own contentkit settings (``~/.config/contentkit``). Not created here."""
    return _xdg("XDG_CONFIG_HOME", ".config", environment) / "contentkit"


def _xdg(variable: str, default: str, environment: Mapping[str, str]) -> Path:
    try:
        named = xdg_folder(variable, default, environment)
        return Path(named) if named else Path.home() / default
    except RuntimeError:
        raise StateError("this user has no home folder", hint=f"set {variable} to a folder of yours") from None


def make_private_folder(folder: Path) -> Path:
    """The folder, for its owner only (0700): created, or closed to others. Raises StateError when neither can be done."""
    try:
        new = list(takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # What is kept in it survives a loss of power only as long as its own name does.
        for one in new:
            settle_folder(one.parent)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        hint = "make it a folder of yours, or set XDG_STATE_HOME"
        raise StateError(f"{folder}: cannot be used: {error.strerror}", hint=hint) from None
    return folder


def machine_id() -> str:
    """A stable name for this user of this machine that says nothing about either."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    identity = f"contentkit:{_system_id()}:{user}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def clone_id(root: Path) -> str:
    """A stable name for this folder of this machine that says nothing about either, whoever the user is."""
    identity = f"contentkit:{_system_id()}:{root.resolve()}"
    return hashlib.sha256(identity.encode(errors="surrogateescape")).hexdigest()[:16]


def _system_id() -> str:
    """The system's machine id, or the host's name where it has none."""
    for path in SYSTEM_IDS:
        try:
            identity = Path(path).read_text().strip()
        except OSError:
            continue
        if identity:
            return identity
    import socket

    return socket.gethostname()
