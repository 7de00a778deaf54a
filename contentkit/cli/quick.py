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
    place, words = (arguments[:2], arguments[2:]) if arguments[:1] in (["-C"], ["--project"]) else ([], arguments)
    command, options = words[:1], words[1:]
    if words == ["post"] and _is_there(place):
        return _post()
    if command == ["queue"] and set(options) <= {"--all", "--json"} and _is_there(place):
        from contentkit.cli.queueing import show_whole_queue

        show_whole_queue(everything="--all" in options, as_json="--json" in options)
        return 0
    if command == ["status"] and options in ([], ["--json"]) and _is_there(place):
        from contentkit.cli.statusing import show_status

        return show_status(as_json=bool(options))
    return None


def _is_there(place: list[str]) -> bool:
    """Whether these words name no folder, or one that is now the current folder."""
    if not place:
        return True
    try:
        os.chdir(place[1])
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
