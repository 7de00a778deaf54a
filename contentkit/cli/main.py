"""The entry point: runs a command, and is the one place where errors become exit codes."""

from __future__ import annotations

import sys

from contentkit.errors import ContentkitError, NeedsPerson, UsageError

DONE, FAILED, MISUSED, BUG, PERSON_NEEDED, INTERRUPTED = 0, 1, 2, 3, 4, 130


def main() -> None:
    """Runs the command line of this process and exits."""
    from contentkit.cli.app import app

    try:
        app()
    except ContentkitError as error:
        report(error)
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception:
        import traceback

        traceback.print_exc()
        print("\nThis is a fault of contentkit, not yours. Please report it with the lines above.", file=sys.stderr)  # noqa: T201
        sys.exit(BUG)


def exit_code(error: ContentkitError) -> int:
    """1 failed, 2 the command was misused, 4 a person is needed."""
    if isinstance(error, UsageError):
        return MISUSED
    return PERSON_NEEDED if isinstance(error, NeedsPerson) else FAILED


def report(error: ContentkitError) -> None:
    """One message to stderr: what and where, then what to do."""
    from contentkit.text import printable

    print(f"contentkit: {printable(error.message)}", file=sys.stderr)  # noqa: T201
    if error.hint:
        print(f"  {printable(error.hint)}", file=sys.stderr)  # noqa: T201
