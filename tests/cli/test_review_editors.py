"""Which program is started for a file, and how it is told the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.cli.reviewing.editors import editor_at, pager_at
from contentkit.errors import UsageError

FILE = Path("/project/drafts/-rf odd; name.md")


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim", ["vim", "+7", str(FILE)]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", str(FILE)]),
        ("emacsclient -nw", ["emacsclient", "-nw", "+7", str(FILE)]),
        ("hx", ["hx", f"{FILE}:7"]),
        ("code --wait", ["code", "--wait", "--goto", f"{FILE}:7"]),
        ("'/opt/my editor/ed'", ["/opt/my editor/ed", str(FILE)]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(editor: str, command: list[str]) -> None:
    assert editor_at(FILE, 7, {"EDITOR": editor}) == command


def test_visual_comes_before_editor() -> None:
    assert editor_at(FILE, 7, {"VISUAL": "vim", "EDITOR": "ed"})[0] == "vim"


def test_a_source_is_opened_in_the_pager() -> None:
    assert pager_at(FILE, 7, {"PAGER": "less -S", "EDITOR": "vim"}) == ["less", "-S", "+7", str(FILE)]


def test_quotation_marks_that_are_open_are_told() -> None:
    with pytest.raises(UsageError, match="EDITOR cannot be read"):
        editor_at(FILE, 7, {"EDITOR": "vim 'x"})


def test_where_nothing_is_installed_the_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        editor_at(FILE, 7, {"PATH": str(tmp_path)})
    assert error.value.hint == "set EDITOR to the program that you use"
