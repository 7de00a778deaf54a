"""The digests of pictures, each computed again only when its file changed: a thread is checked at each of its parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.media.reading import FileState


class Digests:
    """What one run knows of its pictures. It tells whether a file was edited; what is sent is read, and its bytes hashed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[FileState, str]] = {}

    def of(self, path: str, root: Path) -> str:
        """The digest of the picture at a path from ``root``, as its file is now. Raises ContentError as ``load_media``."""
        from contentkit.media import load_media
        from contentkit.media.reading import state_inside

        # Before the file is read: what is written to it meanwhile gives it another state.
        state = state_inside(path, root)
        known = self._known.get(root / path)
        if known is None or known[0] != state:
            known = self._known[root / path] = state, load_media(path, root).digest
        return known[1]
