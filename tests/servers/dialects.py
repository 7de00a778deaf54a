"""How servers that speak Mastodon's API differ, drawn from a seed: ids, markup, what they list, show and admit."""

from __future__ import annotations

import html
import random
import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.servers.status_html import status_html

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]")
_TAG = re.compile(r"(?<![\w/&])#(\w*[^\W\d_]\w*)")
_MENTION = re.compile(r"(?<![\w/])@(\w+)(?:@([\w.-]*\w))?")
_SHORTCODE = re.compile(r":([a-z_]+):")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """One server's ways. ``parents`` may be told of a status ``alone``, and of none in a list. ``lag`` in seconds; a second
    replica shows what is new only after ``replica_lag``."""

    seed: int
    ids: str
    number_ids: bool
    markup: str
    text: str
    source: str
    listing: str
    per_page: int
    boosts: bool
    pinned: bool
    replies_on_request: bool
    lag: int
    replica_lag: int
    parents: str
    created: str
    status_code: int
    errors: str
    rates: str
    odd_names: bool
    undated: bool

    @property
    def can_be_matched(self) -> bool:
        """Whether whoever reads its answers can tell which status is which."""
        readable = self.source == "yes" or self.text in _FAITHFUL
        return readable and self.parents in ("text", "number", "alone") and self.listing != "one page"


# What the server makes of the words that it was sent.
_TEXTS: Mapping[str, Callable[[str], str]] = {
    "as sent": lambda text: text,
    "trimmed": lambda text: "\n".join(line.rstrip() for line in text.strip().splitlines()),
    "nfc": lambda text: unicodedata.normalize("NFC", text),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "typographic": lambda text: _typographic(text),
    "tags in lower case": lambda text: _TAG.sub(lambda tag: tag[0].lower(), text),
    "one space": lambda text: re.sub(r"[ \t]+", " ", text),
    "signed": lambda text: f"{text}\n\nSent from my garden",
}
_FAITHFUL = frozenset(_TEXTS) - {"signed"}


def draw(seed: int) -> Dialect:
    """The dialect of this seed."""
    pick = random.Random(seed)
    ids = pick.choice(["ulid", "flake", "uuid", "long number", "odd", "counter"])
    return Dialect(
        seed=seed,
        ids=ids,
        number_ids=ids in ("long number", "counter") and pick.random() < 0.3,
        markup=pick.choice(["mastodon", "pleroma", "misskey", "plain", "quoting", "full links"]),
        text=pick.choice([*_TEXTS, "as sent", "as sent"]),
        source=pick.choice(["yes", "yes", "401", "403", "404", "500", "page"]),
        listing=pick.choice(["exclusive", "exclusive", "inclusive", "cursor", "one page"]),
        per_page=pick.choice([2, 5, 20, 40]),
        boosts=pick.random() < 0.4,
        pinned=pick.random() < 0.3,
        replies_on_request=pick.random() < 0.3,
        lag=pick.choice([0, 0, 0, 3, 20, 90]),
        replica_lag=pick.choice([0, 0, 5, 60]),
        parents=pick.choice(["text", "text", "text", "number", "alone", "missing", "null"]),
        created=pick.choice(["whole", "whole", "whole", "no id", "bare", "list"]),
        status_code=pick.choice([200, 200, 201, 202]),
        errors=pick.choice(["text", "object", "plain", "page", "detail"]),
        rates=pick.choice(["none", "iso", "epoch", "past", "zero", "odd", "draft"]),
        odd_names=pick.random() < 0.3,
        undated=pick.random() < 0.3,
    )


def new_ids(dialect: Dialect) -> Callable[[], str]:
    """What gives each new status its id."""
    pick, counter = random.Random(f"ids {dialect.seed}"), iter(range(1, 10**9))
    match dialect.ids:
        case "uuid":
            return lambda: str(uuid.UUID(int=pick.getrandbits(128), version=4))
        case "ulid":
            return lambda: f"01JD{next(counter):08X}{pick.getrandbits(48):014X}"[:26]
        case "flake":
            return lambda: f"A{pick.getrandbits(60):011x}{next(counter):06x}"
        case "odd":
            return lambda: f"~{pick.choice('éß%+')}.{next(counter)}/{pick.getrandbits(20)}?x=1#y"
        case "long number":
            return lambda: str(112345678901234567 + next(counter) * 65537)
        case _:
            return lambda: str(next(counter))


def kept(dialect: Dialect, text: str) -> str:
    """The words as this server keeps them."""
    return _TEXTS[dialect.text](text)


def content(dialect: Dialect, text: str, url: str) -> str:
    """The markup in which this server shows these words."""
    match dialect.markup:
        case "mastodon":
            return status_html(text, url)
        case "quoting":
            return f'<p class="quote-inline">RE: <a href="{url}/1">{url}/1</a></p>{status_html(text, url)}'
        case "misskey":
            return f"<p><span>{_marked(text, url, _misskey_link)}</span></p>".replace("\n", "<br>")
        case "pleroma":
            return _marked(text, url, _full_link).replace("\n", "<br/>") + " "
        case "plain":
            return f"<div>{html.escape(text, quote=False)}</div>".replace("\n", "<br>\n")
        case _:
            paragraphs = text.replace("\r\n", "\n").split("\n\n")
            return "\n".join(f"<p>{_marked(one, url, _full_link)}</p>" for one in paragraphs).replace("\n\n", "<br />")


def _marked(text: str, url: str, link: Callable[[str], str]) -> str:
    """Escaped, with links, tags, mentions and pictures for shortcodes."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        pieces += [_worded(text[end : found.start()], url), link(found[0])]
        end = found.end()
    return "".join([*pieces, _worded(text[end:], url)])


def _worded(text: str, url: str) -> str:
    text = html.escape(text, quote=False)
    text = _TAG.sub(rf'<a class="hashtag" data-tag="\1" href="{url}/tag/\1">#\1</a>', text)
    text = _MENTION.sub(rf'<span class="h-card"><a href="{url}/@\1">@<span>\1</span></a></span>', text)
    return _SHORTCODE.sub(rf'<img class="emoji" alt=":\1:" title=":\1:" src="{url}/emoji/\1.png" />', text)


def _full_link(address: str) -> str:
    return f'<a href="{html.escape(address)}" rel="ugc">{html.escape(address)}</a>'


def _misskey_link(address: str) -> str:
    """Shown without its scheme, and cut with an ellipsis that stands in no attribute."""
    shown = address.split("://", 1)[1]
    cut = shown if len(shown) < 25 else f"{shown[:24]}…"
    return f'<a href="{html.escape(address)}">{html.escape(cut)}</a>'


def _typographic(text: str) -> str:
    """Curly quotation marks, apostrophes, dashes and dots, as blogs make them."""
    pieces, end = [], 0
    for link in _LINK.finditer(text):
        pieces += [_curled(text[end : link.start()]), link[0]]
        end = link.end()
    return "".join([*pieces, _curled(text[end:])])


def _curled(text: str) -> str:
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    text = re.sub(r"(^|[\s(])'", r"\1‘", text).replace("'", "’")
    return text.replace("...", "…").replace(" -- ", " – ")
