"""Records docs/demo.svg: runs real commands in a scratch project and draws what a terminal of 80 columns showed.

    python docs/record.py

The server is the local one of `contentkit demo`. Only the scratch home folder is shown as ``~``; nothing else of the
output is changed.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from contentkit.cli.demo import raw_call
from contentkit.cli.demo_server import LocalServer, local_server

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, LINES = 80, 24
COMMANDS = (
    "contentkit draft notes/raw/founder-call.md --speaker Odile --posts 3",
    "contentkit schedule drafts/412-green-nights.md --at now",
    "contentkit approve 412-green-nights --by Odile --yes",
    "contentkit queue",
    "contentkit post",
)
_CONFIG = """version = 1
project = "grebe"

[accounts.grebe]
platform = "mastodon"
server = "{server}"
handle = "grebe"
"""
# Light on dark, with enough contrast for dimmed words.
_COLOURS = TerminalTheme(
    (22, 27, 34),
    (230, 237, 243),
    [
        (72, 79, 88),
        (255, 123, 114),
        (86, 211, 100),
        (227, 179, 65),
        (140, 200, 255),
        (210, 168, 255),
        (118, 227, 234),
        (177, 186, 196),
    ],
)
# Of a monospaced letter, in heights: DejaVu Sans Mono and Menlo; others are stretched a little.
_CELL_WIDTH = 0.602
_CALENDAR = "version: 1\ntimezone: Europe/Oslo\nentries: []\n"
# Rich's own frame, without the fonts that it would fetch from another host.
_SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
    <title>A note becomes a thread, which is scheduled, approved and posted</title>
    <style>
    .{unique_id}-matrix {{ font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
        font-size: {char_height}px; line-height: {line_height}px; font-variant-ligatures: none; }}
    .{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix" xml:space="preserve">
    {matrix}
    </g>
    </g>
</svg>
"""


def main() -> None:
    """Records, and writes the picture."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        with local_server(home, os.environ) as server:
            server.wait()
            project, environment = make_project(home, server), environment_in(home, server)
            shown = [(command, run(command, project, environment).replace(str(home), "~")) for command in COMMANDS]
    (ROOT / "docs/demo.svg").write_text(picture(shown), "utf-8")


def make_project(home: Path, server: LocalServer) -> Path:
    """A project in ``home`` with one account on this server and the call of the example."""
    project = home / "posts"
    (project / "notes/raw").mkdir(parents=True)
    (project / "contentkit.toml").write_text(_CONFIG.format(server=server.url), "utf-8")
    (project / "calendar.yaml").write_text(_CALENDAR, "utf-8")
    copy = (ROOT / "notes/2026-12-01-founder-call.md").read_text("utf-8")
    (project / "notes/raw/founder-call.md").write_text(raw_call(copy), "utf-8")
    return project


def environment_in(home: Path, server: LocalServer) -> dict[str, str]:
    """Nothing of this machine but the commands: a home of its own, the token, a terminal with colours."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "CONTENTKIT_GREBE_TOKEN": server.token,
    }


def run(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What the command shows on a terminal. Raises CalledProcessError when it fails: a failure is no demonstration."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    words = shlex.split(command)
    with subprocess.Popen(
        words, cwd=folder, env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    ) as process:
        os.close(terminal)
        shown = _all_of(master)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words, output=shown)
    return shown.replace("\r\n", "\n")


def _all_of(master: int) -> str:
    """Everything until the other end closes, which Linux tells with an error and macOS with nothing."""
    pieces: list[bytes] = []
    try:
        while piece := os.read(master, 65536):
            pieces.append(piece)
    except OSError:
        pass
    os.close(master)
    return b"".join(pieces).decode()


def picture(shown: list[tuple[str, str]]) -> str:
    """The commands and what they showed, as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for number, (command, output) in enumerate(shown):
        console.print(Text("\n" * bool(number)) + Text("$ ", style="bold green") + Text(command, style="bold"))
        for line in Text.from_ansi(output.rstrip("\n")).split():
            # A terminal breaks a long line where it is full, not between words.
            for row in line.divide(range(COLUMNS, len(line), COLUMNS)):
                console.print(row, soft_wrap=True)
    drawn = console.export_svg(
        title="~/posts", theme=_COLOURS, code_format=_SVG, font_aspect_ratio=_CELL_WIDTH, unique_id="demo"
    )
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


if __name__ == "__main__":
    main()
