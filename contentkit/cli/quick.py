"""Commands that are answered without building the command line, because nothing has to be worked out.

Only words that can mean one thing alone are looked at; with all others, and whenever anything is in doubt, the whole command
runs. What is imported here is paid for by every command: nothing but ``os``, and what a quick answer itself needs.
"""

from __future__ import annotations

from contentkit import __version__

VERSION = f"contentkit {__version__}"


def answered(arguments: list[str]) -> int | None:
    """The exit code, where the answer to these words was given; None where the whole command has to run."""
    if arguments == ["--version"]:
        print(VERSION)  # noqa: T201 - what prints for the commands is not loaded yet
        return 0
    return None
