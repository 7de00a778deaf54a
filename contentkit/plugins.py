"""Platforms and drafters are found by entry point, the built-in ones too: names without importing, one by name, raising."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from contentkit.errors import ContentError
from contentkit.text import one_line

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PLATFORMS = "contentkit.platforms"
_LONGEST_REASON = 200


def installed(group: str) -> dict[str, list[EntryPoint]]:
    """The entry points of a group by name, in the order of the names; nothing is imported."""
    # Imported here: a run with nothing to do must not pay for it.
    from importlib.metadata import entry_points

    found: dict[str, list[EntryPoint]] = {}
    for point in sorted(entry_points(group=group), key=lambda one: one.name):
        found.setdefault(point.name, []).append(point)
    return found


def versions(group: str, names: Iterable[str]) -> dict[str, str]:
    """The packages in which these plug-ins of a group come, with their versions."""
    points = installed(group)
    packages = [point.dist for name in names for point in points.get(name, ()) if point.dist]
    return {package.name: package.version for package in packages}


def load(points: Sequence[EntryPoint]) -> Any:
    """What the entry points of one name stand for.

    Raises ContentError when two packages claim the name, so that none can put itself into the place of another, and
    when what is installed cannot be imported.
    """
    point, *others = points
    package = _package(point)
    if others:
        packages = " and ".join(sorted(map(_package, points)))
        raise ContentError(f"'{point.name}' is claimed by two packages: {packages}", hint="uninstall one of them")
    try:
        return point.load()
    except Exception as error:
        # Whatever goes wrong in a stranger's module is no fault of ours.
        reason = one_line(f"{type(error).__name__}: {error}", _LONGEST_REASON)
        raise ContentError(
            f"'{point.name}' of the package {package} cannot be loaded: {reason}",
            hint=f"install {package} again, or a newer one",
        ) from error


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "unknown"
