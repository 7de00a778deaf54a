"""One function resolves a secret, in a documented order. Secrets are never in the project, in argv or in a message."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path

from contentkit.errors import StateError

SECRETS_NAME = "secrets.toml"


def secret(account: str, name: str, *, settings: Path, environment: Mapping[str, str]) -> str:
    """The secret ``name`` (``token``) of an account.

    Order: the environment variable ``CONTENTKIT_<ACCOUNT>_<NAME>``, then ``[<account>] <name> = "…"`` in
    ``secrets.toml`` of the user's settings folder, which must be readable by its owner only.
    Raises StateError that names both places when it is in neither.
    """
    variable = variable_of(account, name)
    found = environment.get(variable, "").strip() or _from_file(settings / SECRETS_NAME, account, name)
    if not found:
        raise StateError(
            f"account '{account}' has no {name}",
            hint=f"set {variable}, or put it into {settings / SECRETS_NAME} under [{account}]",
        )
    return found


def variable_of(account: str, name: str) -> str:
    """The environment variable that holds this secret: ``CONTENTKIT_NIXTLA_MASTODON_TOKEN``."""
    return re.sub(r"[^A-Z0-9]", "_", f"CONTENTKIT_{account}_{name}".upper())


def _from_file(path: Path, account: str, name: str) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StateError(f"{path}: cannot be read: {error.strerror}", hint="make it a plain file of yours") from None
    with os.fdopen(handle, "rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077 and os.name == "posix":
            raise StateError(f"{path}: others can read it", hint=f"chmod 600 {path}")
        try:
            table = tomllib.load(file).get(account, {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise StateError(
                f"{path}: not readable as TOML", hint=f'write it as [{account}] and {name} = "…"'
            ) from None
    value = table.get(name, "") if isinstance(table, dict) else ""
    return value if isinstance(value, str) else ""
