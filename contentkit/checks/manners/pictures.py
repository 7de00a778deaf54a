"""The pictures of a post, and what is said of them to people who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.reading.words import folded
from contentkit.drafts.posts import from_draft
from contentkit.errors import ContentError
from contentkit.media import Picture
from contentkit.models import Draft, Media, Post
from contentkit.patterns import regex

# Screen readers read an alt text in one go, without a way back to its middle.
_LONGEST = 500
_FILE_NAME = regex(
    r"\S+\.(?:png|jpe?g|gif|webp|heic|svg|mp4|mov)|(?:img|dsc|pxl|image|screenshot|untitled)[-_ ]?\d*", re.I
)
_SAYS_PICTURE = regex(
    r"(?:an? |the )?(?:image|picture|photo|photograph|graphic) (?:of|showing)\b"
    r"|(?:una? |la )?(?:imagen|foto|fotografía) (?:de|con|que muestra)\b",
    re.I,
)
# Alone they say that there is something, and not what.
_BARE_WORDS = """
alt banner chart cover decoration decorative diagram figure gif graph graphic header icon illustration image logo meme photo
photograph picture placeholder preview screenshot slide table thumbnail video
adorno captura diagrama figura foto fotografia grafica grafico icono ilustracion imagen logotipo portada tabla
"""
_BARE = frozenset(_BARE_WORDS.split())
_WORD = regex(r"[^\W_]+")
_ARTICLES = frozenset(("a", "an", "the", "our", "un", "una", "el", "la", "nuestro", "nuestra"))
_TAG = regex(r"#\w+")
# A title of so few words may well stand in both.
_FEWEST_REPEATED = 4


def check_pictures(post: Post, draft: Draft, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    """CK312 for a picture that cannot be sent, CK313, CK324 and CK355 for its alt text."""
    earlier: dict[str, str] = {}
    for media in post.media:
        picture, at = pictures.get(media.path), len(post.text)
        if isinstance(picture, ContentError):
            yield error("CK312", picture.message, words=media.path, at=at, line=media.line, remedy=picture.hint)
        if not media.alt.strip():
            message = f"{media.path} has no alt text, so people who cannot see it miss what it says"
            remedy = f"describe it: ![what it shows]({from_draft(media.path, draft.path)})"
            yield error("CK313", message, words=media.path, at=at, line=media.line, remedy=remedy)
            continue
        poor = list(_poor(media))
        for message, remedy in poor:
            yield warning("CK324", message, words=media.path, at=at, line=media.line, remedy=remedy)
        empty = "" if poor else _empty(media, post, earlier)
        if empty:
            remedy = "say what the picture shows, and what of it matters here"
            yield warning("CK355", empty, words=media.path, at=at, line=media.line, remedy=remedy)
        earlier.setdefault(_plain(media.alt), media.path)


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


def _empty(media: Media, post: Post, earlier: Mapping[str, str]) -> str:
    """Why an alt text tells nothing that is not told otherwise; empty where it tells something."""
    plain = _plain(_TAG.sub(" ", media.alt))
    words = [word for word in plain.split() if word not in _ARTICLES]
    if not words:
        return f"the alt text of {media.path} has no words, only tags or signs"
    if len(words) == 1 and words[0] in _BARE:
        return f"the alt text of {media.path} says that there is something, and not what: {media.alt.strip()}"
    if _plain(media.alt) in earlier:
        return f"{media.path} has the same alt text as {earlier[_plain(media.alt)]}"
    if len(words) >= _FEWEST_REPEATED and f" {plain} " in f" {_plain(post.text)} ":
        return f"the alt text of {media.path} says the words of the post again: who listens hears them twice"
    return ""


def _plain(text: str) -> str:
    """The words alone, in one case."""
    return " ".join(_WORD.findall(folded(text)))
