"""Where the secrets of an account are, and how to say it."""

from __future__ import annotations

from collections.abc import Mapping

from contentkit.cli.project import Project
from contentkit.credentials import place_of_secret
from contentkit.models import Account


def secret_places(project: Project, account: Account) -> dict[str, str | None]:
    """Where each secret of the account is; None where it is missing. Raises StateError where that cannot be known."""
    return {
        name: place_of_secret(account.name, name, settings=project.settings, environment=project.environment)
        for name in project.platform(account).secrets
    }


def places_told(places: Mapping[str, str | None]) -> str:
    """The places in words: ``secrets.toml``, ``environment, keyring``, ``missing: token``, ``none needed``."""
    missing = [name for name, place in places.items() if place is None]
    found = [place for place in dict.fromkeys(places.values()) if place]
    told = [*found, *([f"missing: {', '.join(missing)}"] if missing else [])]
    return ", ".join(told) or "none needed"
