"""One function resolves a secret, in a documented order. Secrets are never in the project, in argv or in a message."""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path

from contentkit.addresses import is_same_server
from contentkit.errors import StateError
from contentkit.files import NotPlain, plain_file
from contentkit.models import Account
from contentkit.secrets.system_keyring import from_keyring
from contentkit.text import printable

SECRETS_NAME = "secrets.toml"
# Beside the secrets of an account: the server that they were given for.
SERVER_KEY = "server"


def secret(account: str, name: str, *, settings: Path, environment: Mapping[str, str]) -> str:
    """The secret ``name`` (``token``) of an account.

    Order: the environment variable ``CONTENTKIT_<ACCOUNT>_<NAME>``, then ``[<account>] <name> = "…"`` in
    ``secrets.toml`` of the user's settings folder, which must be readable by its owner only, then the system's keyring.
    Raises StateError that names the places when it is in none, and when it cannot be one.
    """
    _place, found = _at_hand(account, name, settings, environment)
    trouble = ""
    try:
        found = found or from_keyring(account, name)
    except StateError as error:
        trouble = f"; {error.message}"
    if not found:
        hint = f"contentkit accounts add {account}; or set {variable_of(account, name)}"
        hint += f", or put it into {settings / SECRETS_NAME} under [{account}]{trouble}"
        raise StateError(f"account '{account}' has no {name}", hint=hint)
    refuse_odd(account, name, found)
    return found


def place_of_secret(account: str, name: str, *, settings: Path, environment: Mapping[str, str]) -> str | None:
    """Where ``secret`` finds it: ``environment``, ``secrets.toml``, ``keyring``, or None when it is nowhere.

    Raises StateError for a ``secrets.toml`` that is refused, and for a keyring that cannot be read when no other place has it.
    """
    place, _value = _at_hand(account, name, settings, environment)
    return place or ("keyring" if from_keyring(account, name) else None)


def secret_at_hand(account: str, name: str, *, settings: Path, environment: Mapping[str, str]) -> str:
    """The secret where the environment or the file has it; empty where only the keyring could. Raises StateError."""
    return _at_hand(account, name, settings, environment)[1]


def refuse_odd(account: str, name: str, value: str) -> None:
    """Raises StateError for what cannot be a secret: it would break the request's header, in words that nobody understands."""
    if not (value.isascii() and value.isprintable()):
        raise StateError(
            f"account '{account}': its {name} has characters that no {name} has", hint="copy it once more, whole"
        )


def refuse_other_server(account: Account, settings: Path) -> None:
    """Raises StateError when ``secrets.toml`` says that the account's secrets were given for another server."""
    kept = _from_file(settings / SECRETS_NAME, account.name, SERVER_KEY)
    if kept and kept != home_of(account) and not is_same_server(kept, account.server):
        raise StateError(
            f"account '{account.name}': its secrets are for {printable(kept)}, but contentkit.toml now says "
            f"{printable(home_of(account))}",
            hint=f"if it has moved: contentkit accounts add {account.name}; else put the server back",
        )


def home_of(account: Account) -> str:
    """What stands beside an account's secrets: its server, or its platform where there is only one."""
    return account.server or account.platform


def _at_hand(account: str, name: str, settings: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """The place and the secret, where the environment or the file has it; else nothing twice."""
    if found := environment.get(variable_of(account, name), "").strip():
        return "environment", found
    found = _from_file(settings / SECRETS_NAME, account, name)
    return (SECRETS_NAME, found) if found else ("", "")


def variable_of(account: str, name: str) -> str:
    """The environment variable that holds this secret: ``CONTENTKIT_NIXTLA_MASTODON_TOKEN``."""
    return re.sub(r"[^A-Z0-9]", "_", f"CONTENTKIT_{account}_{name}".upper())


def _from_file(path: Path, account: str, name: str) -> str:
    content = private_content(path)
    try:
        table = tomllib.loads(content.decode("utf-8-sig")).get(account, {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # What cannot be read may be a secret: it is not repeated.
        raise StateError(f"{path}: cannot be read as TOML", hint=f'write it as [{account}] and {name} = "…"') from None
    value = table.get(name, "") if isinstance(table, dict) else ""
    return value.strip() if isinstance(value, str) else ""


def private_content(path: Path) -> bytes:
    """The bytes of a plain file that only its owner can read; nothing when there is none. Raises StateError for any other."""
    plain = "make it a plain file of yours"
    try:
        with plain_file(path) as (handle, known):
            if os.name == "posix" and stat.S_IMODE(known.st_mode) & 0o077:
                raise StateError(f"{path}: others can read it", hint=f"chmod 600 {path}")
            return os.read(handle, known.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except NotPlain:
        raise StateError(f"{path}: is not a plain file", hint=plain) from None
    except OSError as error:
        why = "is a link" if error.errno == errno.ELOOP else f"cannot be read: {error.strerror}"
        raise StateError(f"{path}: {why}", hint=plain) from None
