"""Puts secrets where ``contentkit.secrets.credentials`` finds them: into ``secrets.toml`` of the user, or into the keyring."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from contentkit.files import decoded, make_private_file, replace_file
from contentkit.places import make_private_folder
from contentkit.secrets.credentials import SECRETS_NAME, private_content, refuse_odd
from contentkit.secrets.system_keyring import into_keyring
from contentkit.settings.toml_edit import with_values


def keep_in_file(account: str, secrets: Mapping[str, str], settings: Path) -> Path:
    """Puts the secrets of an account into ``secrets.toml``, and returns its path; what else the file holds stays.

    The file is made for its owner only (0600, in a folder with 0700). Raises StateError for one that others can read,
    for a link and where it cannot be written, ContentError for one that cannot be edited. Nothing was changed then.
    """
    for name, value in secrets.items():
        refuse_odd(account, name, value)
    path = settings / SECRETS_NAME
    before = private_content(path)
    after = with_values(decoded(before, str(path)), str(path), (account,), secrets)
    make_private_folder(settings)
    if not before:
        make_private_file(path)
    replace_file(path, after.encode(), before)
    return path


def keep_in_keyring(account: str, secrets: Mapping[str, str]) -> None:
    """Puts the secrets of an account into the system's keyring. Raises StateError where that cannot be done."""
    for name, value in secrets.items():
        refuse_odd(account, name, value)
        into_keyring(account, name, value)
