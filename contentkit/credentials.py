"""One function resolves a secret, in a documented order. Secrets are never in the project, in argv or in a message."""

from __future__ import annotations

import errno
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
    Raises StateError that names both places when it is in neither, and when it cannot be one.
    """
    variable = variable_of(account, name)
    found = environment.get(variable, "").strip() or _from_file(settings / SECRETS_NAME, account, name)
    if not found:
        raise StateError(
            f"account '{account}' has no {name}",
            hint=f"set {variable}, or put it into {settings / SECRETS_NAME} under [{account}]",
        )
    if not (found.isascii() and found.isprintable()):
        # It would break the request's header, in words that nobody understands.
        raise StateError(
            f"account '{account}': its {name} has characters that no {name} has", hint="copy it once more, whole"
        )
    return found


def variable_of(account: str, name: str) -> str:
    """The environment variable that holds this secret: ``CONTENTKIT_NIXTLA_MASTODON_TOKEN``."""
    return re.sub(r"[^A-Z0-9]", "_", f"CONTENTKIT_{account}_{name}".upper())


def _from_file(path: Path, account: str, name: str) -> str:
    content = _private_content(path)
    try:
        table = tomllib.loads(content.decode("utf-8-sig")).get(account, {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # What cannot be read may be a secret: it is not repeated.
        raise StateError(f"{path}: cannot be read as TOML", hint=f'write it as [{account}] and {name} = "…"') from None
    value = table.get(name, "") if isinstance(table, dict) else ""
    return value.strip() if isinstance(value, str) else ""


def _private_content(path: Path) -> bytes:
    """The bytes of a plain file that only its owner can read; nothing when there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        why = "is a link" if error.errno == errno.ELOOP else f"cannot be read: {error.strerror}"
        raise StateError(f"{path}: {why}", hint="make it a plain file of yours") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise StateError(f"{path}: is not a plain file", hint="make it a plain file of yours")
        if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
            raise StateError(f"{path}: others can read it", hint=f"chmod 600 {path}")
        return os.read(handle, status.st_size)
    finally:
        os.close(handle)
