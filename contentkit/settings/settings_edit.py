"""Writes what was learned about an account into ``contentkit.toml``; everything else in it stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contentkit.config import CONFIG_NAME, Config, parse_config
from contentkit.errors import ContentError
from contentkit.files import decoded, read_bytes, replace_file
from contentkit.models import Account, Limits
from contentkit.settings.toml_edit import with_values


def new_limits(account: Account, told: Limits) -> dict[str, int]:
    """What the network allows, where it differs from what the settings state, or from what is usual on the platform.

    What the settings could not hold (a server may say anything) is left out.
    """
    known, now = vars(account.limits), vars(told)
    return {
        key: now[key]
        for key in known
        if now[key] != known[key] and isinstance(now[key], int) and now[key] >= (0 if key == "media" else 1)
    }


def add_account(root: Path, name: str, values: Mapping[str, Any]) -> None:
    """Adds an account. Raises ContentError when one of this name came meanwhile, and when it cannot be one."""
    before = read_bytes(root / CONFIG_NAME, CONFIG_NAME)
    if name in _read(decoded(before, CONFIG_NAME)).accounts:
        raise ContentError(
            f"{CONFIG_NAME}: somebody added '{name}' meanwhile", hint=f"contentkit accounts check {name}"
        )
    _write(root, before, with_account(decoded(before, CONFIG_NAME), name, values))


def with_account(text: str, name: str, values: Mapping[str, Any]) -> str:
    """The settings with these values in the table of an account. Raises ContentError for values that it cannot have."""
    after = with_values(text, CONFIG_NAME, ("accounts", name), values)
    _read(after)
    return after


def learn(root: Path, account: Account, remote_id: str, limits: Mapping[str, int]) -> None:
    """Pins the account's id, unless it is empty, and states these limits beside those that are stated already.

    Raises ContentError when the account is gone meanwhile.
    """
    before = read_bytes(root / CONFIG_NAME, CONFIG_NAME)
    text = decoded(before, CONFIG_NAME)
    path, config = ("accounts", account.name), _read(text)
    if account.name not in config.accounts:
        raise ContentError(f"{CONFIG_NAME}: somebody removed '{account.name}' meanwhile", hint="nothing was written")
    if remote_id:
        text = with_values(text, CONFIG_NAME, path, {"id": remote_id})
    if limits and config.accounts[account.name].stated:
        text = with_values(text, CONFIG_NAME, (*path, "limits"), limits)
    elif limits:
        text = with_values(text, CONFIG_NAME, path, {"limits": limits})
    _write(root, before, text)


def _write(root: Path, before: bytes, text: str) -> None:
    _read(text)
    if text.encode() != before:
        replace_file(root / CONFIG_NAME, text.encode(), before)


def _read(text: str) -> Config:
    return parse_config(text.removeprefix("\ufeff").replace("\r\n", "\n"), CONFIG_NAME)
