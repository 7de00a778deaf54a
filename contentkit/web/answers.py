"""What an answer says, once its status and its headers were looked at: something to read, somewhere to go, or an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from contentkit.errors import ContentError, PlatformError, Refused, Unavailable
from contentkit.patterns import regex
from contentkit.text import one_line
from contentkit.web import Fetched
from contentkit.web.asking import BY_HAND, IF_LATER, IF_OTHER, plain_value
from contentkit.web.exchange import Answer

LONGEST_WAIT = timedelta(hours=24)
_CHARSET = regex(r';\s*charset\s*=\s*"?([A-Za-z0-9._:+-]{1,40})', re.I)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_WHY_NOT = {
    401: ("wants a name and a password for this page", BY_HAND),
    403: ("does not show this page to programs", BY_HAND),
    404: ("has no such page", "check the address"),
    410: ("had this page once, and has it no more", "check the address"),
}


def redirect_of(answer: Answer) -> str | None:
    """Where the answer leads instead, as its header says it; None when it leads nowhere else."""
    return answer.header("Location") if answer.status in _REDIRECTS else None


def unchanged(answer: Answer, headers: Mapping[str, str]) -> Fetched:
    """For an answer that says: nothing is new since what was asked with. Raises Refused when nothing was."""
    etag, modified = headers.get(IF_OTHER, ""), headers.get(IF_LATER, "")
    if not (etag or modified):
        raise failure_of(answer)
    return Fetched(
        address=answer.target.address,
        status=304,
        content_type="",
        charset="",
        body=b"",
        etag=plain_value(answer.header("ETag")) or etag,
        modified=plain_value(answer.header("Last-Modified")) or modified,
    )


def page_of(answer: Answer, types: frozenset[str]) -> Fetched:
    """What the answer brought. Raises Refused and Unavailable by its status, ContentError for another type or size."""
    if answer.status != 200:
        raise failure_of(answer)
    content_type, charset = _type_of(answer.header("Content-Type"))
    if content_type not in types:
        kind = one_line(content_type, 60)
        hint = "pages, feeds, JSON, Markdown, plain text, WebVTT and Word documents can be read"
        raise ContentError(f"{answer.target.place}: sends '{kind}', which contentkit does not read", hint=hint)
    return Fetched(
        address=answer.target.address,
        status=200,
        content_type=content_type,
        charset=charset,
        body=answer.body(),
        etag=plain_value(answer.header("ETag")),
        modified=plain_value(answer.header("Last-Modified")),
    )


def failure_of(answer: Answer) -> PlatformError:
    """What an answer without a page says, by its fate: later, or never as it stands."""
    place, status = answer.target.place, answer.status
    if status in _NOT_NOW or status > 504:
        wait = _wait_of(answer)
        words = "asks us to slow down" if status == 429 else "cannot answer now"
        when = f"in {_minutes(wait)}" if wait else "later"
        return Unavailable(f"{place}: {words} (HTTP {status})", hint=f"try again {when}", wait=wait)
    words, hint = _WHY_NOT.get(status, ("answers with no page", "check the address in a browser"))
    return Refused(f"{place}: {words} (HTTP {status})", hint=hint)


def _type_of(header: str) -> tuple[str, str]:
    """The type without its parameters, and the charset, both in small letters."""
    charset = _CHARSET.search(header)
    return header.partition(";")[0].strip().lower(), charset[1].lower() if charset else ""


def _wait_of(answer: Answer) -> timedelta | None:
    """What Retry-After says, in seconds or as a date by the server's own clock; at most a day."""
    told = answer.header("Retry-After")
    if told.isascii() and told.isdecimal():
        return min(timedelta(seconds=int(told[:6])), LONGEST_WAIT)
    until, now = _moment(told), _moment(answer.header("Date"))
    return min(max(until - now, timedelta(0)), LONGEST_WAIT) if until and now else None


def _moment(words: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(words)
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _minutes(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return f"{minutes} min"
