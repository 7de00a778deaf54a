"""Where a project and the folders of its user are, found without reading settings or loading anything but ``os``.

A run of ``post`` looks here each minute before it knows whether there is anything to do; all others come here by ``places`` and
``config``, which know the rest.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_NAME = "contentkit.toml"
CONFIDENTIAL_NAME = "confidential.txt"


def root_above(folder: str) -> str:
    """The folder at or above this one that holds ``contentkit.toml``; empty where there is none."""
    while not os.path.isfile(os.path.join(folder, CONFIG_NAME)):  # noqa: PTH113, PTH118 - see contentkit.marks
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return ""
        folder = above
    return folder


def xdg_folder(variable: str, default: str, environment: Mapping[str, str]) -> str:
    """The folder of this variable, else ``default`` in the user's home; empty where the environment names no home."""
    named, home = environment.get(variable, ""), environment.get("HOME", "")
    # The specification: a relative path in the variable is to be ignored.
    if os.path.isabs(named):  # noqa: PTH117
        return named
    return f"{home}/{default}" if home else ""


def name_in(settings: str) -> str:
    """The project's name as far as one line of its settings says it; empty where none does. It may be no name at all."""
    for line in settings.split("\n"):
        key, _, value = line.partition("=")
        quote = value.lstrip(" ")[:1]
        if key.rstrip(" ") == "project" and quote in ('"', "'"):
            return value.partition(quote)[2].partition(quote)[0]
    return ""
