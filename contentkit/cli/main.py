"""The entry point: runs a command, and is the one place where errors become exit codes."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contentkit.errors import ContentkitError

DONE, FAILED, MISUSED, BUG, PERSON_NEEDED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main() -> None:
    """Runs the command line of this process and exits."""
    _provide_streams()
    # Commands are short, and what they read stays until they end: looking for rubbish costs more than it finds.
    gc.set_threshold(100_000, 20, 50)
    sys.exit(_run())


def _provide_streams() -> None:
    """Cron and daemons may start a program without its three streams, or with an encoding that lacks letters.

    An open file must never get the number of a standard stream, and no letter may end a command.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open for the life of the process
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _run() -> int:
    try:
        return _answered()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _told(error)


def _answered() -> int:
    """The exit code of the command that was asked for."""
    # The least loads least: this is what cron starts each minute.
    from contentkit.cli.quick import answered

    code = answered(sys.argv[1:])
    if code is not None:
        return code
    from contentkit.cli.app import run

    return run()


def _told(error: Exception) -> int:
    """The exit code of what ended a command, which was told."""
    from contentkit.errors import ContentkitError, StateError

    if isinstance(error, ContentkitError):
        report(error)
        return exit_code(error)
    if isinstance(error, OSError):
        # A full disk, a folder that is gone: where no command foresaw it, it is still not a fault of contentkit.
        place = f"{error.filename}: " if error.filename else ""
        hint = "make room, or check that it is there and may be written to; then run the command again"
        report(StateError(f"{place}{error.strerror or error}", hint=hint))
        return FAILED
    import traceback

    from contentkit.cli.output import say

    say(
        "".join(traceback.format_exception(error)),
        "This is a fault of contentkit, not yours. Please report it with the lines above.",
    )
    return BUG


def exit_code(error: ContentkitError) -> int:
    """1 failed, 2 the command was misused, 4 a person is needed."""
    from contentkit.errors import NeedsPerson, UsageError

    if isinstance(error, UsageError):
        return MISUSED
    return PERSON_NEEDED if isinstance(error, NeedsPerson) else FAILED


def report(error: ContentkitError) -> None:
    """One message to stderr: what and where, then what to do."""
    from contentkit.cli.output import say
    from contentkit.text import in_one_line

    say(f"contentkit: {in_one_line(error.message)}", *([f"  {error.hint}"] if error.hint else []))
