"""Where this machine keeps what must not lie in the project: the state folder and the user's own settings."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
from collections.abc import Mapping
from pathlib import Path

from contentkit.errors import StateError


def state_folder(project: str, environment: Mapping[str, str]) -> Path:
    """This project's folder below XDG's state folder (``~/.local/state``). Not created here."""
    return _xdg("XDG_STATE_HOME", ".local/state", environment) / "contentkit" / project


def settings_folder(environment: Mapping[str, str]) -> Path:
    """The user's own contentkit settings (``~/.config/contentkit``). Not created here."""
    return _xdg("XDG_CONFIG_HOME", ".config", environment) / "contentkit"


def _xdg(variable: str, default: str, environment: Mapping[str, str]) -> Path:
    # The specification: a relative path in the variable is to be ignored.
    named = environment.get(variable, "")
    if named and Path(named).is_absolute():
        return Path(named)
    home = environment.get("HOME", "")
    return (Path(home) if home else Path.home()) / default


def make_private_folder(folder: Path) -> Path:
    """The folder, created for its owner only (0700). Raises StateError when others can read it or it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise StateError(
            f"{folder}: cannot be used: {error.strerror}", hint="make it writable, or set XDG_STATE_HOME"
        ) from None
    return folder


def machine_id() -> str:
    """A stable name for this machine that says nothing about it: a hash of the system's machine id, or of the host name."""
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            identity = Path(path).read_text().strip()
        except OSError:
            continue
        if identity:
            break
    else:
        identity = socket.gethostname()
    return hashlib.sha256(f"contentkit:{identity}:{os.getuid() if hasattr(os, 'getuid') else ''}".encode()).hexdigest()[
        :16
    ]
