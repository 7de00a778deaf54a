"""Zone databases of a test's own: what a government decided, as a file in a folder."""

from __future__ import annotations

import struct
from pathlib import Path


def write_zone(folder: Path, name: str, rule: str) -> Path:
    """Writes the zone ``name`` by a POSIX rule for all times (``CET-1CEST,M3.5.0,M10.5.0/3``); returns the zones' folder."""
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    # One kind of time, which nothing ever comes under: the rule behind it holds from the beginning.
    block = header + struct.pack(">lbb", 0, 0, 0) + b"UTC\0"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(block + block + f"\n{rule}\n".encode())
    return folder
