"""What one run has read of sources, so that the same bytes are parsed once: ``post`` looks at them before each part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contentkit.forbidden import Forbidden
    from contentkit.sources import Reading

_Parse = Callable[[bytes, str], Any]


class Remembered:
    """Held in memory, for as long as a command runs; what is off the record is among it.

    Why it is safe: what a source says follows from its bytes and its name alone, not from the time or from other files. The
    bytes are read anew each time, and only where their SHA-256 is the same is the parse of before used. The time and the
    size of a file would not do: an editor may keep both, and two writes may fall into one tick of the clock. Which files are
    to be read, and what a draft is compared with, is found out anew each time, too.
    """

    def __init__(self) -> None:
        self._parsed: dict[tuple[str, Path, str], tuple[bytes, Any]] = {}

    def reading(self, path: Path, name: str) -> Reading:
        """The source in this file as it is now. Raises ContentError, each time anew."""
        from contentkit.sources import reading_of

        reading: Reading = self._once("reading", path, name, reading_of)
        return reading

    def off_record(self, path: Path, name: str) -> Forbidden:
        """What is off the record in this file as it is now. Raises ContentError, each time anew."""
        from contentkit.sources import off_record

        said: Forbidden = self._once("off the record", path, name, off_record)
        return said

    def _once(self, what: str, path: Path, name: str, parse: _Parse) -> Any:
        from contentkit.sources.decoding import bytes_of

        data = bytes_of(path, name)
        digest = hashlib.sha256(data).digest()
        known = self._parsed.get((what, path, name))
        if known is None or known[0] != digest:
            known = self._parsed[what, path, name] = digest, parse(data, name)
        return known[1]
