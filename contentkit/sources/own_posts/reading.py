"""Which network an archive is of."""

from __future__ import annotations

from pathlib import Path

from contentkit.patterns import regex
from contentkit.sources.own_posts import mastodon_export, x_archive
from contentkit.sources.own_posts.gathered import Gathered
from contentkit.sources.own_posts.packed import parts_of

_ANY = regex(f"{x_archive.PARTS.pattern}|{mastodon_export.PARTS.pattern}")


def own_posts_in(path: Path, name: str) -> Gathered | None:
    """The posts of an archive: a folder, a zip, a tar file, or the file with the posts alone.

    None where this is none. Raises ContentError for one that cannot be read.
    """
    parts = parts_of(path, name, _ANY)
    exports = {part: data for part, data in parts.items() if mastodon_export.PARTS.fullmatch(part)}
    if any(map(mastodon_export.has_posts, exports)):
        return mastodon_export.posts_of_mastodon(exports, name)
    if any(map(x_archive.POSTS.search, parts)):
        return x_archive.posts_of_x({part: data for part, data in parts.items() if part not in exports}, name)
    return None
