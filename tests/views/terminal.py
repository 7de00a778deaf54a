"""What a view looks like on a terminal, and with which styles."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType


def shown(renderable: RenderableType, width: int = 80) -> list[str]:
    """The lines of a terminal so many columns wide, without colours."""
    return _printed(renderable, width, colours=None)


def coloured(renderable: RenderableType, width: int = 80) -> str:
    return "\n".join(_printed(renderable, width, colours="standard"))


def _printed(renderable: RenderableType, width: int, colours: str | None) -> list[str]:
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=True,
        color_system="standard" if colours else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(renderable)
    return file.getvalue().splitlines()
