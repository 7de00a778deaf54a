"""Writing to stdout and stderr, for whoever may not load more than that."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def write(stream: TextIO, words: str) -> None:
    """Writes at once. Where nobody reads on (``contentkit queue | head``), the command ends its work in silence.

    Raises StateError when the output cannot be written for another reason.
    """
    try:
        stream.write(words)
        stream.flush()
    except OSError as error:
        # Else Python would try once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError) and stream is sys.stdout:
            from contentkit.errors import StateError

            raise StateError(f"the output cannot be written: {error.strerror}", hint="make room") from None
