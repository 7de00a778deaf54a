"""CK365 to CK369: what became of the pages that a draft links to, as somebody found out who asked them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from contentkit.checks.findings import place_of
from contentkit.checks.links import link_key, links_in
from contentkit.checks.manners.link_secrets import has_secret, without_secrets
from contentkit.models import Draft, Problem, Severity
from contentkit.text import one_line
from contentkit.values import dataclass

Fate = Literal["there", "gone", "moved", "untrusted", "closed", "unclear"]
_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class PageFate:
    """What an address answered: the page is there, is gone, ``moved`` for good (to ``leads``), has no trusted certificate, is
    ``closed`` to readers who do not sign in, or nobody can tell. ``told`` says it in words."""

    fate: Fate
    told: str = ""
    leads: str = ""


def links_to_ask(draft: Draft) -> list[str]:
    """The addresses that a draft shows or names, each once; none that holds a secret, which nobody should send anywhere."""
    named = [link for link in (draft.link, draft.canonical) if "://" in link]
    shown = [link.words for post in draft.posts for link in links_in(post.text)]
    return [link for link in dict.fromkeys((*shown, *named)) if not has_secret(link)]


def check_liveness(draft: Draft, pages: Mapping[str, PageFate], awaited: Collection[str] = ()) -> Iterator[Problem]:
    """What speaks against links of a draft, once for each. ``pages`` are those that were asked; ``awaited`` are pages that are
    to be there only when the draft goes out, as are the draft's own."""
    if not pages:
        return
    own = {link_key(link) for link in (draft.link, draft.canonical, *awaited) if link}
    told: set[str] = set()
    for index, post in enumerate(draft.posts):
        for link in links_in(post.text):
            if link.words in pages and link.words not in told:
                told.add(link.words)
                place = place_of(draft, index, link.start)
                yield from _found(link.words, pages[link.words], place, own, index, link.start)
    for address in dict.fromkeys((draft.link, draft.canonical)):
        if address in pages and address not in told:
            yield from _found(address, pages[address], draft.path or draft.slug, own, None, None)


def _found(
    address: str, page: PageFate, place: str, own: Collection[str], post: int | None, at: int | None
) -> Iterator[Problem]:
    for check, severity, message, remedy in _said(address, page, own):
        yield Problem(
            check=check,
            severity=severity,
            message=one_line(message, _LONGEST),
            place=place,
            words=address,
            remedy=remedy,
            post=post,
            at=at,
        )


def _said(address: str, page: PageFate, own: Collection[str]) -> Iterator[tuple[str, Severity, str, str]]:
    host = one_line(urlsplit(address).hostname or address, 60)
    if page.fate == "gone" and link_key(address) in own:
        yield (
            "CK365",
            "warning",
            f"{host}: the page is not there yet ({page.told})",
            "publish it before the post goes out",
        )
    elif page.fate == "gone":
        yield "CK365", "error", f"{host}: there is no such page ({page.told})", "correct the link, or take it out"
    elif page.fate == "moved":
        yield (
            "CK366",
            "information",
            f"the page has moved for good to {without_secrets(page.leads)}",
            "write the new address",
        )
    elif page.fate == "untrusted":
        message = f"{host}: its certificate is not trusted, and browsers warn their readers"
        yield "CK367", "warning", message, "have the site mended, or link to another page"
    elif page.fate == "closed":
        yield (
            "CK368",
            "warning",
            f"{host}: readers have to sign in to see the page",
            "link to a page that everybody sees",
        )
    elif page.fate == "unclear":
        yield "CK369", "information", f"nobody could tell whether the page is there: {page.told}", ""
