"""Pictures and films of a post: read from the project, recognised by their bytes, rid of what they say about their maker.

Cleaning works on the container and never touches the picture itself: nothing is decoded or coded again, so nothing is
lost, and the same file gives the same bytes on every machine and with every version of every library. That is what an
approval rests on: its digest is computed where somebody approves and again where it is published. For the same reason
there is no imaging library in here.

What a format does not need to show the picture in its colours and the right way up is left out, known or unknown.
What the pictures themselves show stays, and so does what a coder wrote between them (some name themselves in there).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path

from contentkit.errors import ContentError
from contentkit.media.container import MediaKind, Unfit
from contentkit.models import Limits
from contentkit.values import dataclass

__all__ = ["MediaFile", "MediaKind", "Picture", "load_each", "load_media", "misfits"]


@dataclass(frozen=True, kw_only=True)
class MediaFile:
    """A picture or film as it will be sent. ``data`` is without metadata; ``mime`` is told by its bytes, not by its name.

    ``width`` and ``height`` are in pixels, as it is shown. ``removed`` names what was taken out ("GPS position").
    """

    path: str
    kind: MediaKind
    mime: str
    data: bytes = field(repr=False)
    width: int
    height: int
    removed: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what is sent, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


_SMALLER = {
    "image": "save it smaller: as JPEG or WebP, or with fewer pixels",
    "gif": "save it smaller, or as MP4",
    "video": "shorten it, or save it with fewer pixels",
}
# A picture of a draft: as it will be sent, or why it cannot be.
Picture = MediaFile | ContentError


def load_media(path: str, root: Path) -> MediaFile:
    """The picture or film at a path of the project, as it will be sent.

    Raises ContentError when it is not a plain file inside the project, or none of a kind that networks take.
    """
    from contentkit.media.kinds import cleaned
    from contentkit.media.reading import read_inside

    try:
        found = cleaned(read_inside(path, root))
        if not (found.width and found.height):
            raise Unfit("has no size")
    except Unfit as unfit:
        raise ContentError(f"{path}: {unfit.why}", hint=unfit.hint) from None
    return MediaFile(
        path=path,
        kind=found.kind,
        mime=found.mime,
        data=found.data,
        width=found.width,
        height=found.height,
        removed=found.removed,
    )


def load_each(paths: Iterable[str], root: Path) -> dict[str, Picture]:
    """Each picture by its path, or the error that says why it cannot be sent: one must not hide the others."""
    pictures: dict[str, Picture] = {}
    for path in dict.fromkeys(paths):
        try:
            pictures[path] = load_media(path, root)
        except ContentError as error:
            pictures[path] = error
    return pictures


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """Why a network would not take pictures, and what would mend it; ``path`` is empty where it is about all of them."""

    why: str
    remedy: str
    path: str = ""


def misfits(files: Sequence[MediaFile], alts: Sequence[str], limits: Limits) -> list[Misfit]:
    """Why a network with these limits would not take these pictures together; empty when it would.

    ``alts`` are their alt texts, in the same order.
    """
    found = _too_many(files, limits)
    for file, alt in zip(files, alts, strict=True):
        most = {"image": limits.image_bytes, "gif": limits.gif_bytes, "video": limits.video_bytes}[file.kind]
        if len(file.data) > most:
            why = f"{file.path} has {len(file.data):,} bytes, {most:,} are allowed"
            found.append(Misfit(why=why, remedy=_SMALLER[file.kind], path=file.path))
        if file.width * file.height > limits.pixels:
            why = f"{file.path} has {file.width} x {file.height} pixels, {limits.pixels / 1e6:.1f} million are allowed"
            factor = (limits.pixels / (file.width * file.height)) ** 0.5
            size = f"{int(file.width * factor)} x {int(file.height * factor)}"
            found.append(Misfit(why=why, remedy=f"scale it to {size} or less", path=file.path))
        if len(alt) > limits.alt_characters:
            why = f"the alt text of {file.path} has {len(alt)} characters, {limits.alt_characters} are allowed"
            remedy = f"shorten it by {len(alt) - limits.alt_characters}: what is left can stand in the post"
            found.append(Misfit(why=why, remedy=remedy, path=file.path))
    return found


def _too_many(files: Sequence[MediaFile], limits: Limits) -> list[Misfit]:
    moving = next((file for file in files if file.kind != "image"), None)
    if moving and len(files) > 1:
        kind = "a film" if moving.kind == "video" else "an animated GIF"
        why = f"{moving.path} is {kind}, which goes out alone, without other pictures"
        return [Misfit(why=why, remedy="give it a post of its own", path=moving.path)]
    if len(files) > limits.media:
        count = f"{len(files)} picture{'' if len(files) == 1 else 's'}"
        if not limits.media:
            return [
                Misfit(
                    why=f"{count}, this account takes none", remedy="write a post without, 'instead' on this account"
                )
            ]
        remedy = f"move {len(files) - limits.media} to another post"
        return [Misfit(why=f"{count}, {limits.media} are allowed", remedy=remedy)]
    return []
