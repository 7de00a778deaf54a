"""Platforms and drafters are found by entry point, the built-in ones too: names without importing, one by name, raising."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from contentkit.errors import ContentError
from contentkit.packages import Plugin, plugins_of
from contentkit.text import one_line

PLATFORMS = "contentkit.platforms"
_LONGEST_REASON = 200


def installed(group: str) -> Mapping[str, Sequence[Plugin]]:
    """The plug-ins of a group by name, in the order of the names; nothing is imported."""
    return _installed(group, tuple(sys.path))


@cache
def _installed(group: str, _places: tuple[str, ...]) -> Mapping[str, Sequence[Plugin]]:
    """Looked up once for each list of places: nothing is installed while a command runs."""
    found: dict[str, list[Plugin]] = {}
    for plugin in sorted(plugins_of(group), key=lambda one: one.name):
        found.setdefault(plugin.name, []).append(plugin)
    return found


def versions(group: str, names: Iterable[str]) -> dict[str, str]:
    """The packages in which these plug-ins of a group come, with their versions."""
    plugins = installed(group)
    return {plugin.package: plugin.version for name in names for plugin in plugins.get(name, ())}


def load(plugins: Sequence[Plugin]) -> Any:
    """What the plug-ins of one name stand for.

    Raises ContentError when two packages claim the name, so that none can put itself into the place of another, and
    when what is installed cannot be imported.
    """
    plugin, *others = plugins
    if others:
        packages = " and ".join(sorted(each.package for each in plugins))
        raise ContentError(f"'{plugin.name}' is claimed by two packages: {packages}", hint="uninstall one of them")
    try:
        return _target(plugin)
    except Exception as error:
        # Whatever goes wrong in a stranger's module is no fault of ours.
        reason = one_line(f"{type(error).__name__}: {error}", _LONGEST_REASON)
        raise ContentError(
            f"'{plugin.name}' of the package {plugin.package} cannot be loaded: {reason}",
            hint=f"install {plugin.package} again, or a newer one",
        ) from error


def _target(plugin: Plugin) -> Any:
    from functools import reduce
    from importlib import import_module

    # An extra in brackets may follow; whoever installed the package has chosen by it already.
    module, _, attribute = plugin.target.partition("[")[0].replace(" ", "").partition(":")
    return reduce(getattr, filter(None, attribute.split(".")), import_module(module))
