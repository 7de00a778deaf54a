"""Commands that are answered without building the command line, because their words can mean one thing alone.

With all other words, and whenever anything is in doubt, the command line is built. What is imported here is paid for by every
command: nothing but ``os``, and what a quick answer itself needs.
"""

from __future__ import annotations

import os
import sys

from contentkit import __version__

VERSION = f"contentkit {__version__}"


def answered(arguments: list[str]) -> int | None:
    """The exit code, where these words were answered; None where the command line has to read them.

    Raises as the commands do.
    """
    if arguments == ["--version"]:
        from contentkit.cli.streams import write

        write(sys.stdout, f"{VERSION}\n")
        return 0
    if arguments[-1:] == ["post"] and _is_there(arguments[:-1]):
        return _post()
    if "queue" in arguments:
        from contentkit.cli import queueing

        return 0 if queueing.answered(arguments) else None
    if "status" in arguments:
        from contentkit.cli import statusing

        return statusing.answered(arguments)
    return None


def _is_there(words: list[str]) -> bool:
    """Whether these words name no folder, or one that is now the current folder."""
    if not words:
        return True
    if len(words) != 2 or words[0] != "-C":
        return False
    try:
        os.chdir(words[1])
    except OSError:
        return False  # the command line says so
    return True


def _post() -> int:
    """A run of ``post`` as cron starts it: nothing at all while a lull lasts."""
    import time

    from contentkit.cli.lull import lasts

    if lasts(os.getcwd(), os.environ, time.time()):  # noqa: PTH109 - see contentkit.marks
        return 0
    from contentkit.cli.posting import publish

    return publish()
