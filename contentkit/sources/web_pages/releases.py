"""A release as GitHub, GitLab and Forgejo tell it in JSON, and as ``gh release view --json`` prints it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.web_pages.conversations import is_no_conversation
from contentkit.sources.web_pages.cutting import without
from contentkit.sources.web_pages.encoding import text_of
from contentkit.sources.web_pages.facts import (
    Facts,
    address_in,
    believed_link,
    front_matter,
    iso_date,
    seen,
    web_address,
)
from contentkit.sources.web_pages.open_marks import refuse_open_marks

_LARGEST = 2 * 1024 * 1024
_TAG = ("tag_name", "tagName")
_BODY = ("body", "description")
_OTHERS = ("html_url", "url", "_links", "published_at", "publishedAt", "released_at", "name", "assets", "author")
# What the servers write below the notes themselves.
_CHANGELOG = regex(r"\s{0,3}(?:\*\*|__)?Full Changelog(?:\*\*|__)?:?(?:\*\*|__)?:?\s.{0,2000}", re.IGNORECASE)
_CONTRIBUTORS = regex(r"\s{0,3}#{1,6}\s{1,5}(?:new |first.time )?contributors\s*", re.IGNORECASE)
_HEADING = regex(r"\s{0,3}#{1,6}\s")
_FENCE = regex(r"\s{0,3}(`{3,}|~{3,})")


class Release:
    """Reads the JSON of one release. Its notes are Markdown already, and stay as they are but for the lists below them."""

    name = "release"

    def recognises(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - as the others
        top = data.lstrip(b"\xef\xbb\xbf \t\r\n")
        if not top.startswith((b"{", b"[")) or len(data) > _LARGEST:
            return False
        return any(b'"%s"' % key.encode() in data for key in _TAG) and any(
            b'"%s"' % key.encode() in data for key in _BODY
        )

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        """The notes as Markdown. Raises ContentError for JSON that is broken, or no release, or a release without notes."""
        text, broken = text_of(data, name)
        release = _release_in(text, name)
        tag = _words(release, *_TAG)
        link, doubts = believed_link(web_address(_link(release)), address_in(name))
        facts = Facts(
            title=_words(release, "name") or tag,
            link=link,
            author=_author(release.get("author")),
            date=iso_date(_words(release, "published_at", "publishedAt", "released_at", "created_at", "createdAt")),
            tags=(tag,) if tag else (),
        )
        refuse_open_marks(facts, name)
        notes = without(_text(release, *_BODY), "<!--", "-->").replace("\r\n", "\n").replace("\r", "\n")
        lines = list(_notes(notes.split("\n")))
        if not any(line.strip() for line in lines):
            raise ContentError(f"{name}: the release says nothing", hint="write its notes first, or read the changelog")
        kind = "post" if is_no_conversation(lines) else ""
        return Manuscript(lines=(*front_matter(facts, kind=kind), *lines), converted=True, removed=(*broken, *doubts))


def _release_in(text: str, name: str) -> dict[str, Any]:
    """The release: the object itself, or the newest of a list of them."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ContentError(
            f"{name}: cannot be read as JSON", hint="save what the server or gh printed, whole"
        ) from None
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, dict) or not any(key in value for key in _TAG) or not any(key in value for key in _OTHERS):
        raise ContentError(
            f"{name}: is JSON, but no release", hint="gh release view --json name,tagName,body,url,publishedAt"
        )
    return value


def _notes(lines: Sequence[str]) -> Iterator[str]:
    """The notes without the list of new contributors and the link to all changes, which nobody said."""
    fence, listing = "", False
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and not line.strip(" `~"))):
            fence = "" if fence else mark[1]
        if not fence and _HEADING.match(line):
            listing = bool(_CONTRIBUTORS.fullmatch(line))
        if fence or not (listing or _CHANGELOG.fullmatch(line)):
            yield line
        elif _CHANGELOG.fullmatch(line):
            listing = False


def _link(release: dict[str, Any]) -> str:
    links = release.get("_links")
    own = links.get("self") if isinstance(links, dict) else ""
    stated = _words(release, "html_url") or (own if isinstance(own, str) else "") or _words(release, "url")
    return "" if "/api/" in stated or "://api." in stated else stated


def _author(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("login") or value.get("username")
    return seen(value[:120]) if isinstance(value, str) and not value.endswith("[bot]") else ""


def _words(release: dict[str, Any], *keys: str) -> str:
    return seen(_text(release, *keys)[:2000])


def _text(release: dict[str, Any], *keys: str) -> str:
    return next((value for key in keys if isinstance(value := release.get(key), str) and value.strip()), "")


RELEASE = Release()
