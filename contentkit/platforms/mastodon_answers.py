"""What Mastodon's answers say, read with distrust: a server may send anything, and a number that is none is not told."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from contentkit.models import VISIBILITIES, Limits
from contentkit.platforms import Audience, Figures, Status
from contentkit.platforms.counts import count_in
from contentkit.stamps import moment_of


def status_in(answer: Mapping[str, Any], words: str | None = None) -> Status:
    """The status of a JSON object that has an ``id``; its ``words`` where they are known without it."""
    account = answer.get("account")
    return Status(
        remote_id=str(answer["id"]),
        url=url_of(answer),
        text=_words_in(answer) if words is None else words,
        parent=str(answer.get("in_reply_to_id") or ""),
        author=str(account.get("id") or "") if isinstance(account, dict) else "",
        pictures=pictures_in(answer),
        alts=alts_in(answer),
        visibility=visibility if (visibility := answer.get("visibility")) in VISIBILITIES else None,
        warning=warning if isinstance(warning := answer.get("spoiler_text"), str) else None,
        language=language if isinstance(language := answer.get("language"), str) else None,
    )


def _words_in(answer: Mapping[str, Any]) -> str:
    text = answer.get("text")
    return text if isinstance(text, str) and text else plain_text(str(answer.get("content") or ""))


def is_older(answer: Mapping[str, Any], moment: datetime) -> bool:
    """Whether a status was made before this moment; one that does not say when is not known to be."""
    try:
        made = moment_of(str(answer.get("created_at")))
    except ValueError:
        return False
    return made.tzinfo is not None and made < moment


def url_of(answer: Mapping[str, Any]) -> str:
    url = answer.get("url") or answer.get("uri") or ""
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""


def pictures_in(answer: Mapping[str, Any]) -> int | None:
    """How many pictures and films a status shows; None when the server does not say."""
    attached = answer.get("media_attachments")
    return len(attached) if isinstance(attached, list) else None


def alts_in(answer: Mapping[str, Any]) -> tuple[str | None, ...] | None:
    """The alt texts of a status' pictures; None when the server does not say, of all or of one."""
    attached = answer.get("media_attachments")
    if not isinstance(attached, list):
        return None
    return tuple(
        str(one["description"] or "") if isinstance(one, dict) and "description" in one else None for one in attached
    )


def figures_in(answer: Mapping[str, Any]) -> Figures:
    """The figures of a status; quotes are counted since Mastodon 4.5."""
    return Figures(
        replies=count_in(answer.get("replies_count")),
        likes=count_in(answer.get("favourites_count")),
        shares=count_in(answer.get("reblogs_count")),
        quotes=count_in(answer.get("quotes_count")),
    )


def audience_in(answer: Mapping[str, Any]) -> Audience:
    """The figures of an account."""
    return Audience(
        followers=count_in(answer.get("followers_count")),
        following=count_in(answer.get("following_count")),
        statuses=count_in(answer.get("statuses_count")),
    )


def limits_in(answer: Mapping[str, Any], known: Limits) -> Limits:
    """The limits of an instance; ``known`` ones where it is silent. An animated GIF is an image to Mastodon."""
    configuration = answer.get("configuration")
    sections: Mapping[str, Any] = configuration if isinstance(configuration, dict) else {}

    def told(section: str, key: str, default: int) -> int:
        values = sections.get(section)
        return (count_in(values.get(key)) if isinstance(values, dict) else None) or default

    return Limits(
        characters=told("statuses", "max_characters", count_in(answer.get("max_toot_chars")) or known.characters),
        url_length=told("statuses", "characters_reserved_per_url", known.url_length),
        media=told("statuses", "max_media_attachments", known.media),
        alt_characters=told("media_attachments", "description_limit", known.alt_characters),
        image_bytes=told("media_attachments", "image_size_limit", known.image_bytes),
        gif_bytes=told("media_attachments", "image_size_limit", known.gif_bytes),
        video_bytes=told("media_attachments", "video_size_limit", known.video_bytes),
        pixels=told("media_attachments", "image_matrix_limit", known.pixels),
    )


def path_part(identifier: str) -> str:
    """An opaque id as one part of a path: a hostile one must not lead elsewhere."""
    from urllib.parse import quote

    return quote(identifier, safe="")


def plain_text(html: str) -> str:
    """The words of a status' HTML: paragraphs and line breaks kept, links in full, quoted-post notices left out."""
    reader = _Words()
    with suppress(AssertionError):  # html.parser asserts on some broken declarations
        reader.feed(html)
        reader.close()
    return "".join(reader.pieces).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._left_out = ""
        self._link, self._link_begins = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self._link, self._link_begins = told.get("href") or "", len(self.pieces)
        elif tag == "img" and (told.get("alt") or "").startswith(":"):
            self.handle_data(told["alt"] or "")  # an emoji of the server's own
        elif tag == "p":
            if self.pieces:
                self.pieces.append("\n\n")
            # Mastodon 4.5 puts "RE: <link>" before a quoting post for servers that know no quotes.
            if "quote-inline" in (told.get("class") or ""):
                self._left_out = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._left_out:
            self._left_out = ""
        if tag == "a" and _is_cut("".join(self.pieces[self._link_begins :]), self._link):
            self.pieces[self._link_begins :] = [self._link]

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.pieces.append(data)


def _is_cut(shown: str, link: str) -> bool:
    """Whether this is the beginning of a link, and an ellipsis for the rest."""
    begun = shown.strip().removesuffix("\u2026").removesuffix("...")
    return begun != shown.strip() and len(begun) > 3 and begun.split("://")[-1] in link
