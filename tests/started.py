"""A command that goes on while its test does other things: signals to it, and what it writes to two pipes."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from tests.warm import WarmProcess


class Started(WarmProcess):
    """``contentkit`` of this tree with nothing to read; ``stdout`` and ``stderr`` are the ends of its pipes to read from."""

    def __init__(
        self, tree: Path, arguments: Sequence[str], folder: Path, environment: Mapping[str, str],
        *, largest_file: int = resource.RLIM_INFINITY,
    ) -> None:  # fmt: skip
        nothing = os.open(os.devnull, os.O_RDONLY)
        out, to_out = os.pipe()
        err, to_err = os.pipe()
        self.stdout, self.stderr = _reader(out), _reader(err)
        try:
            super().__init__(tree, arguments, folder, environment, (nothing, to_out, to_err), largest_file=largest_file)
        finally:
            for number in (nothing, to_out, to_err):
                os.close(number)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Waits for its end; returns the rest of what it wrote. Raises TimeoutError, and kills it, when that takes too long."""
        with ThreadPoolExecutor(2) as readers:
            try:
                out, err = readers.map(_rest, (self.stdout, self.stderr), timeout=timeout)
            except TimeoutError:
                self.kill()
                raise
        self.wait(timeout)
        return out, err


def _reader(descriptor: int) -> TextIO:
    return os.fdopen(descriptor, encoding="utf-8")


def _rest(stream: TextIO) -> str:
    with stream:
        return stream.read()
