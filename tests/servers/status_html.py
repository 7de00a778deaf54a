"""Plain text as Mastodon serves it: paragraphs, line breaks, shortened links, mentions as h-cards, hashtags."""

from __future__ import annotations

import html
import re

# One pass over the text, so that a hashtag within a link is not one. A link comes first for the same reason.
_TOKEN = re.compile(
    r"(?P<link>https?://[^\s<>\"]*[^\s<>\".,;:!?')\]])"
    r"|(?<![\w/])@(?P<user>\w+)(?:@(?P<host>[\w.-]*\w))?"
    r"|(?<![\w/&])#(?P<tag>\w*[^\W\d_]\w*)"
)
_SHOWN = 30


def status_html(text: str, url: str) -> str:
    """The content of a status with this text on the server at ``url``."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    return "".join(f"<p>{_inline(paragraph, url)}</p>" for paragraph in paragraphs)


def _inline(paragraph: str, url: str) -> str:
    pieces = []
    end = 0
    for token in _TOKEN.finditer(paragraph):
        pieces += [_plain(paragraph[end : token.start()]), _marked_up(token, url)]
        end = token.end()
    return "".join([*pieces, _plain(paragraph[end:])])


def _plain(text: str) -> str:
    return html.escape(text, quote=True).replace("\n", "<br />")


def _marked_up(token: re.Match[str], url: str) -> str:
    if token["link"]:
        return _link(token["link"])
    if token["tag"]:
        address = html.escape(f"{url}/tags/{token['tag'].lower()}")
        return f'<a href="{address}" class="mention hashtag" rel="tag">#<span>{token["tag"]}</span></a>'
    home = f"https://{token['host']}" if token["host"] else url
    card = f'<a href="{home}/@{token["user"]}" class="u-url mention">@<span>{token["user"]}</span></a>'
    return f'<span class="h-card" translate="no">{card}</span>'


def _link(address: str) -> str:
    """A link of which a reader sees the host and a little more; the rest is there, but invisible."""
    prefix = re.match(r"https?://(?:www\.)?", address)
    assert prefix is not None
    shown = address[prefix.end() : prefix.end() + _SHOWN]
    rest = address[prefix.end() + _SHOWN :]
    spans = (("invisible", prefix.group()), ("ellipsis" if rest else "", shown), ("invisible", rest))
    inner = "".join(f'<span class="{name}">{html.escape(words)}</span>' for name, words in spans)
    return f'<a href="{html.escape(address)}" rel="nofollow noopener noreferrer" translate="no">{inner}</a>'
