"""Finds platforms by their entry points, the built-in ones included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from contentkit import plugins
from contentkit.errors import ContentError
from contentkit.models import Account
from contentkit.platforms import Platform
from contentkit.strict_yaml import nearest

GROUP = plugins.PLATFORMS
# What people still call a network, and its name here.
_FORMER_NAMES = {"twitter": "x"}
# What a Platform has: one that was written for another contentkit, or does not inherit from it, may lack something.
_MEMBERS = (
    "name",
    "secrets",
    "limits",
    "length",
    "connect",
    "server_example",
    "guidance",
    "prices",
    "refuses_repeats",
    "one_cashtag",
    "replies",
    "mentions",
    "split",
    "tags_language",
    "links",
    "shown_link",
    "lacks",
)


def platform_names() -> list[str]:
    """The platforms that are installed, without importing any."""
    return list(plugins.installed(GROUP))


def nearest_platform(word: str, names: Iterable[str]) -> str:
    """A hint for the name of a platform that is none of these."""
    former = _FORMER_NAMES.get(word.lower(), "")
    names = list(names)
    return f"did you mean '{former}'?" if former in names else nearest(word, names)


def load_platform(account: Account) -> Platform:
    """The platform of this account.

    Raises ContentError that names the nearest one when there is no such platform, and when it cannot be loaded.
    """
    installed = plugins.installed(GROUP)
    if account.platform not in installed:
        place = f"contentkit.toml:{account.line}" if account.line else "contentkit.toml"
        raise ContentError(
            f"{place}: account '{account.name}': no platform '{account.platform}' is installed",
            hint=nearest_platform(account.platform, installed),
        )
    platform = plugins.load(installed[account.platform])()
    if lacking := [name for name in _MEMBERS if not hasattr(platform, name)]:
        raise ContentError(
            f"the platform '{account.platform}' has no {' and no '.join(lacking)}: it is not made for this contentkit",
            hint="install a newer one; its author inherits from contentkit.platforms.Platform",
        )
    return cast("Platform", platform)
