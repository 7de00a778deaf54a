"""What is asked for, and with which headers. Cheap to import."""

from __future__ import annotations

from contentkit import __version__

IF_OTHER, IF_LATER = "If-None-Match", "If-Modified-Since"
# What a person can do where a server does not answer programs as it should.
BY_HAND = "open it in a browser, save the page as a file, and ingest that"
_LONGEST_VALUE = 1024
# What sources can be made of. A page without a type is let through: its reader looks at the bytes anyway.
READABLE = frozenset(
    {
        "",
        "text/html",
        "application/xhtml+xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        # What many servers still call a feed.
        "application/x-rss+xml",
        "application/x-atom+xml",
        "text/rss+xml",
        "application/xml",
        "text/xml",
        "application/json",
        "application/feed+json",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "text/x-rst",
        "text/vtt",
        "application/x-subrip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def headers_for(etag: str, modified: str) -> dict[str, str]:
    """The headers of a request; ``etag`` and ``modified`` are what an earlier answer brought, or nothing."""
    headers = {
        "User-Agent": f"contentkit/{__version__}",
        "Accept": "text/html, application/xhtml+xml, */*;q=0.8",
        "Accept-Encoding": "gzip",
        IF_OTHER: plain_value(etag),
        IF_LATER: plain_value(modified),
    }
    return {name: value for name, value in headers.items() if value}


def plain_value(value: str) -> str:
    """A value that may stand in a header as it is, or nothing: it was a server's, and goes back to one."""
    return value if len(value) <= _LONGEST_VALUE and value.isascii() and value.isprintable() else ""
