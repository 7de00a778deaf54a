"""The secrets of an account that is being connected: found, asked for, kept. Never in argv, never shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import datetime
from functools import partial

import typer

from contentkit.cli.expiries import end_of
from contentkit.cli.output import say
from contentkit.cli.person import can_be_asked
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.errors import ContentkitError, StateError, UsageError
from contentkit.models import Account
from contentkit.platforms import Platform, SignsIn
from contentkit.secrets.credentials import (
    SECRETS_NAME,
    SERVER_KEY,
    home_of,
    place_of_secret,
    refuse_odd,
    secret,
    variable_of,
)
from contentkit.secrets.safekeeping import keep_in_file, keep_in_keyring
from contentkit.secrets.system_keyring import need_keyring
from contentkit.text import one_line
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a person gave: secrets by name, and until when they work, where the server said an end."""

    secrets: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None


def keeper_of(project: Project, account: Account, place: str) -> Callable[[Mapping[str, str]], bool]:
    """What will keep the account's secrets, in ``secrets.toml`` or ``keyring``; it tells whether there was anything to keep.

    Secrets that are in the keyring stay there. Raises StateError when the place cannot keep them: nobody should sign
    in for nothing.
    """
    names = project.platform(account).secrets
    places = {place_of_secret(account.name, name, settings=project.settings, environment={}) for name in names}
    if place == SECRETS_NAME and places != {"keyring"}:
        return partial(_keep_in_file, project, account)
    need_keyring()
    if SECRETS_NAME in places:
        raise StateError(
            f"{project.settings / SECRETS_NAME} has secrets of '{account.name}', and comes before the keyring",
            hint=f"take [{account.name}] out of it, or leave --keyring out",
        )
    return partial(_keep_in_keyring, account)


def found_secrets(project: Project, account: Account, places: Collection[str]) -> dict[str, str]:
    """The secrets that lie in one of these places (of ``place_of_secret``)."""
    found = {name: place for name, place in project.secret_places(account).items() if place in places}
    return {
        name: secret(account.name, name, settings=project.settings, environment=project.environment) for name in found
    }


def tell_places(project: Project, account: Account, found: Collection[str]) -> None:
    """Says where the secrets were found that nobody has to be asked for."""
    for name, place in project.secret_places(account).items():
        if name in found:
            say(f"{name}: found in {variable_of(account.name, name) if place == 'environment' else place}")


def ask_missing(network: Platform, account: Account, found: Mapping[str, str], clock: Clock) -> Given:
    """The secrets that are not found, from a person: by signing in where the network can, else one by one.

    Raises UsageError when nobody can be asked.
    """
    missing = [name for name in network.secrets if name not in found]
    if not missing:
        return Given()
    if not can_be_asked():
        variables = ", ".join(variable_of(account.name, name) for name in missing)
        raise UsageError(f"nobody can be asked for the secrets of '{account.name}'", hint=f"set {variables}")
    if isinstance(network, SignsIn):
        signed_in = network.sign_in(account.server, say, _answer, **({"proxy": account.proxy} if account.proxy else {}))
        until = end_of(str(signed_in.get("expires_in", "")), clock.now())
        return Given(secrets={name: signed_in[name].strip() for name in missing}, until=until)
    return Given(secrets={name: _hidden(account, name, network.guidance.get(name, "")) for name in missing})


def _answer(question: str) -> str:
    return str(typer.prompt(one_line(question, 200), err=True))


def _hidden(account: Account, name: str, guidance: str) -> str:
    """One secret, typed or pasted without being shown."""
    say(f"{name}: {guidance}" if guidance else f"{name}:")
    while True:
        typed = str(typer.prompt("  Paste it here (it is not shown)", hide_input=True, err=True)).strip()
        try:
            refuse_odd(account.name, name, typed)
        except ContentkitError as error:
            say(f"  {error.message}: {error.hint}")
            continue
        if typed:
            return typed


def _keep_in_file(project: Project, account: Account, secrets: Mapping[str, str]) -> bool:
    if secrets:
        path = keep_in_file(account.name, {**secrets, SERVER_KEY: home_of(account)}, project.settings)
        say(f"{', '.join(secrets)}: kept in {path}")
    return bool(secrets)


def _keep_in_keyring(account: Account, secrets: Mapping[str, str]) -> bool:
    if secrets:
        keep_in_keyring(account.name, secrets)
        say(f"{', '.join(secrets)}: kept in the keyring")
    return bool(secrets)
