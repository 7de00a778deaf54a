"""A patch as a person reads it: what goes in red, what comes in green, spaces at the end of a line seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contentkit.text import in_one_line

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {"-": "red", "+": "green", "@": "cyan"}


def patch_view(lines: Iterable[str]) -> Text:
    """The lines of a patch, with colours."""
    from rich.text import Text

    text = Text(overflow="fold")
    for number, line in enumerate(lines):
        shown = in_one_line(line)
        bare = shown.rstrip(" ")
        style = "bold" if line.startswith(("--- ", "+++ ")) else _STYLES.get(line[:1], "")
        text.append("\n" if number else "").append(bare, style=style)
        text.append("·" * (len(shown) - len(bare)), style="red reverse")
    return text
