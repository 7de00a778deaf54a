"""Finds platforms by their entry points, the built-in ones included."""

from __future__ import annotations

from typing import cast

from contentkit import plugins
from contentkit.errors import ContentError
from contentkit.models import Account
from contentkit.platforms import Platform
from contentkit.strict_yaml import nearest

GROUP = plugins.PLATFORMS
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


def load_platform(account: Account) -> Platform:
    """The platform of this account.

    Raises ContentError that names the nearest one when there is no such platform, and when it cannot be loaded.
    """
    installed = plugins.installed(GROUP)
    if account.platform not in installed:
        raise ContentError(
            f"contentkit.toml: account '{account.name}': no platform '{account.platform}' is installed",
            hint=nearest(account.platform, installed),
        )
    platform = plugins.load(installed[account.platform])()
    if lacking := [name for name in _MEMBERS if not hasattr(platform, name)]:
        raise ContentError(
            f"the platform '{account.platform}' has no {' and no '.join(lacking)}: it is not made for this contentkit",
            hint="install a newer one; its author inherits from contentkit.platforms.Platform",
        )
    return cast("Platform", platform)
