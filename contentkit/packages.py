"""What is said of the packages that are installed beside this one, read from their folders as ``importlib.metadata`` does.

To import that takes four times as long as Python takes to start. It is still asked where packages may lie elsewhere than in
folders: in an archive, in an egg, or where somebody else's finder knows of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

from contentkit.values import dataclass

_INFO = (".dist-info", ".egg-info")


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """An entry point: its name, the ``module:attribute`` that it stands for, the package in which it comes."""

    name: str
    target: str
    package: str
    version: str


def plugins_of(group: str) -> Iterator[Plugin]:
    """The entry points of a group, of each installed package; nothing is imported."""
    if not _lie_in_folders():
        yield from _told_by_python(group)
        return
    for folder in _folders():
        for name, target in _points(folder, group):
            yield Plugin(name=name, target=target, package=_said(folder, "Name"), version=_said(folder, "Version"))


def version_of(package: str) -> str:
    """The version of an installed package, by its name in small letters; empty where it is not installed."""
    if _lie_in_folders():
        return next((_said(folder, "Version") for folder in _folders() if _name_of(folder) == package), "")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _told_by_python(group: str) -> Iterator[Plugin]:
    from importlib.metadata import entry_points

    for point in entry_points(group=group):
        package, version = (point.dist.name, point.dist.version) if point.dist else ("unknown", "")
        yield Plugin(name=point.name, target=point.value, package=package, version=version)


def _lie_in_folders() -> bool:
    if any(path.endswith(".egg") or os.path.isfile(path) for path in sys.path):  # noqa: PTH113 - pathlib is slow to load
        return False
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    return [getattr(finder, "__name__", "") for finder in finders] == ["PathFinder"]


def _folders() -> Iterator[str]:
    """What is said of each package that can be imported: of several with one name the first, as Python does."""
    seen = set()
    for path in sys.path:
        with suppress(OSError):
            for name in os.listdir(path or "."):  # noqa: PTH208 - as above
                folder = f"{path or '.'}/{name}"
                if name.endswith(_INFO) and _name_of(folder) not in seen:
                    seen.add(_name_of(folder))
                    yield folder


def _name_of(folder: str) -> str:
    """``mastodon_py`` for ``…/Mastodon.py-2.3.3.dist-info``."""
    stem = folder.rpartition("/")[2].rpartition(".")[0]
    return stem.partition("-")[0].lower().replace(".", "_")


def _points(folder: str, group: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in map(str.strip, _text(folder, "entry_points.txt").splitlines()):
        if line.startswith("["):
            section = line
        elif section == f"[{group}]" and "=" in line and not line.startswith("#"):
            name, _, target = line.partition("=")
            yield name.strip(), target.strip()


def _said(folder: str, key: str) -> str:
    """What the package says of itself under this heading."""
    head = (_text(folder, "METADATA") or _text(folder, "PKG-INFO")).partition("\n\n")[0]
    lines = (line.partition(":") for line in head.splitlines())
    return next((value.strip() for name, _, value in lines if name == key), "")


def _text(folder: str, name: str) -> str:
    with suppress(OSError, UnicodeDecodeError), open(f"{folder}/{name}", encoding="utf-8") as file:  # noqa: PTH123 - as above
        return file.read()
    return ""
