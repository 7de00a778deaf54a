"""Pictures and films of a thread, in words: what each shows, what is sent of it, what was taken out before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contentkit.errors import ContentError
from contentkit.media import MediaFile, Picture
from contentkit.models import Media

# Each picture of a thread by its path: as it will be sent, or why it cannot be.
Pictures = Mapping[str, Picture]

_KINDS = {"image": "picture", "gif": "animated GIF", "video": "film"}
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/gif": "GIF",
    "video/mp4": "MP4",
    "video/quicktime": "QuickTime",
}


def picture_lines(media: Media, picture: Picture | None) -> Iterator[str]:
    """What is known of a picture, a line each: its alt text, then what is sent of it or why it cannot be."""
    kind = kind_of(picture) if isinstance(picture, MediaFile) else "picture"
    yield f"[{kind}] {media.path}: {media.alt.strip() or '(no alt text)'}"
    if isinstance(picture, MediaFile):
        yield f"    {facts_of(picture)}"
    elif picture:
        yield f"    cannot be sent: {why_unfit(media, picture)}"


def kind_of(picture: MediaFile) -> str:
    return _KINDS[picture.kind]


def facts_of(picture: MediaFile) -> str:
    """``JPEG, 1600 x 900, 184 KiB; removed: GPS position``."""
    facts = [_FORMATS[picture.mime], f"{picture.width} x {picture.height}", size_of(len(picture.data))]
    return ", ".join(facts) + (f"; removed: {', '.join(picture.removed)}" if picture.removed else "")


def why_unfit(media: Media, trouble: ContentError) -> str:
    return trouble.message.removeprefix(f"{media.path}: ")


def size_of(count: int) -> str:
    """So many bytes, in the unit that people read."""
    if count < 2**10:
        return f"{count} bytes"
    return f"{count / 2**10:.0f} KiB" if count < 2**20 else f"{count / 2**20:.1f} MiB"
