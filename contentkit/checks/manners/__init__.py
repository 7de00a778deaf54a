"""How a post is written, whatever its sources say: what networks show as it stands, what screen readers stumble over,
what was left in by mistake. One module per idea; no network, no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from contentkit.checks.findings import Finding
from contentkit.checks.manners.addresses import check_addresses
from contentkit.checks.manners.drawings import check_drawings
from contentkit.checks.manners.emoji import check_emoji
from contentkit.checks.manners.hashtags import check_hashtags
from contentkit.checks.manners.hidden import check_hidden
from contentkit.checks.manners.leftovers import check_leftovers
from contentkit.checks.manners.letters import check_letters
from contentkit.checks.manners.pictures import check_pictures
from contentkit.checks.manners.placeholders import check_placeholders
from contentkit.checks.manners.prose import MOST_FINDINGS, prose_of
from contentkit.checks.manners.shortcodes import check_shortcodes
from contentkit.checks.manners.shouting import check_shouting
from contentkit.checks.manners.spacing import check_spacing
from contentkit.media import Picture
from contentkit.models import Draft, Media, Post

__all__ = ["check_hidden", "check_manners"]

_OF_PROSE = (
    check_leftovers,
    check_placeholders,
    check_hashtags,
    check_emoji,
    check_shortcodes,
    check_letters,
    check_spacing,
    check_drawings,
    check_shouting,
)


def check_manners(post: Post, draft: Draft, pictures: Mapping[str, Picture]) -> Iterator[Finding]:
    """What speaks against this post as it stands in the draft, without the lengths, which depend on an account."""
    prose = prose_of(post.text)
    for check in _OF_PROSE:
        yield from islice(check(prose), MOST_FINDINGS)
    yield from islice(check_addresses(prose, draft), MOST_FINDINGS)
    yield from check_pictures(post, draft, pictures)
    for media in post.media:
        yield from _in_alt_text(media, post)


def _in_alt_text(media: Media, post: Post) -> Iterator[Finding]:
    """What an alt text has of what nobody should have to listen to, on the line of its picture."""
    prose = prose_of(media.alt)
    for check in (check_placeholders, check_letters):
        for finding in islice(check(prose), MOST_FINDINGS):
            message = f"in the alt text of {media.path}: {finding.message}"
            # Without its line nobody can tell where the words of a fix stand.
            fix = finding.fix if media.line else None
            yield replace(finding, message=message, at=len(post.text), line=media.line, fix=fix)
