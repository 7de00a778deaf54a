"""The pictures of a post, and what is said of them to people who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from contentkit.checks.findings import Finding, error, warning
from contentkit.errors import ContentError
from contentkit.media import Picture
from contentkit.models import Draft, Media, Post
from contentkit.posts import from_draft

# Screen readers read an alt text in one go, without a way back to its middle.
_LONGEST = 500
_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|gif|webp|heic|svg|mp4|mov)|(?:img|dsc|pxl|image|screenshot|untitled)[-_ ]?\d*", re.I
)
_SAYS_PICTURE = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b"
    r"|(?:una? |la )?(?:imagen|foto|fotografía) (?:de|con|que muestra)\b",
    re.I,
)


def check_pictures(post: Post, draft: Draft, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    """CK312 for a picture that cannot be sent, CK313 and CK324 for its alt text."""
    for media in post.media:
        picture, at = pictures.get(media.path), len(post.text)
        if isinstance(picture, ContentError):
            yield error("CK312", picture.message, words=media.path, at=at, line=media.line, remedy=picture.hint)
        if not media.alt.strip():
            message = f"{media.path} has no alt text, so people who cannot see it miss what it says"
            remedy = f"describe it: ![what it shows]({from_draft(media.path, draft.path)})"
            yield error("CK313", message, words=media.path, at=at, line=media.line, remedy=remedy)
        for message, remedy in _poor(media):
            yield warning("CK324", message, words=media.path, at=at, line=media.line, remedy=remedy)


def _poor(media: Media) -> Iterator[tuple[str, str]]:
    """What makes an alt text of little use, and what would mend it."""
    alt = " ".join(media.alt.split())
    name = PurePosixPath(media.path)
    opening = _SAYS_PICTURE.match(alt)
    if alt and (_FILE_NAME.fullmatch(alt) or alt.casefold() in (name.name.casefold(), name.stem.casefold())):
        yield f"the alt text of {media.path} is the name of a file: {alt}", "say what the picture shows"
    elif opening:
        yield (
            f"the alt text of {media.path} begins with '{opening[0]}', which screen readers say already",
            "take it off",
        )
    if len(alt) > _LONGEST:
        message = f"the alt text of {media.path} has {len(alt)} characters, which screen readers read out in one go"
        yield message, f"keep it below {_LONGEST}, and say the rest in the post"
