"""The person's own editor and pager, opened at a line where they can be asked to."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePath

from contentkit.errors import UsageError

# How programs are told a line; those that nobody knows get the file alone.
_PLUS = frozenset(
    (
        "vi",
        "vim",
        "nvim",
        "gvim",
        "view",
        "ex",
        "nano",
        "pico",
        "emacs",
        "emacsclient",
        "micro",
        "joe",
        "kak",
        "less",
        "more",
    )
)
_COLON = frozenset(("hx", "helix", "subl", "zed"))
_GOTO = frozenset(("code", "codium", "code-insiders", "cursor"))
_EDITORS = ("nano", "vim", "vi", "emacs")
_PAGERS = ("less", "more")


def editor_at(path: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """The command that opens a file in the editor that VISUAL or EDITOR names. Raises UsageError where there is none."""
    return _at(_named(environment, ("VISUAL", "EDITOR"), _EDITORS), path, line)


def pager_at(path: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """The command that shows a file in the pager that PAGER names: it changes nothing and keeps no copy.

    Raises UsageError where there is none.
    """
    return _at(_named(environment, ("PAGER",), _PAGERS), path, line)


def _named(environment: Mapping[str, str], variables: tuple[str, ...], usual: tuple[str, ...]) -> list[str]:
    for variable in variables:
        words = environment.get(variable, "").strip()
        if words:
            try:
                return shlex.split(words)
            except ValueError:
                raise UsageError(f"{variable} cannot be read: {words}", hint="close its quotation marks") from None
    path = environment.get("PATH")
    found = next((name for name in usual if shutil.which(name, path=path)), None)
    if found is None:
        raise UsageError(f"there is no {usual[0]} here", hint=f"set {variables[-1]} to the program that you use")
    return [found]


def _at(command: list[str], path: Path, line: int) -> list[str]:
    # The whole path: it cannot be taken for an option, whatever the file is called.
    name, place = PurePath(command[0]).name, str(path)
    if name in _PLUS:
        return [*command, f"+{line}", place]
    if name in _COLON:
        return [*command, f"{place}:{line}"]
    if name in _GOTO:
        return [*command, "--goto", f"{place}:{line}"]
    return [*command, place]
