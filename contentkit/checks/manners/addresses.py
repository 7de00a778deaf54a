"""CK343 to CK347: links that hide where they lead, tell on who follows them, or lead nowhere."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator
from urllib.parse import SplitResult, urlsplit

from contentkit.checks.findings import Finding, error, information, warning
from contentkit.checks.links import Address
from contentkit.checks.manners.link_secrets import has_secret
from contentkit.checks.manners.prose import Prose
from contentkit.checks.manners.tracking import is_tag, tracking_in, without
from contentkit.models import Draft
from contentkit.patterns import regex

# Not those of one site for its own pages (youtu.be, wp.me, redd.it, doi.org), which tell where they lead.
_HOSTS = """
adf.ly amzn.to b.link bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it fb.me goo.gl hubs.la hubs.li
hubs.ly ift.tt is.gd j.mp kutt.it linklyhq.com lnkd.in lstu.fr mcaf.ee ow.ly po.st rb.gy rebrand.ly s.id short.gy
short.io shorte.st shorturl.at smarturl.it snip.ly soo.gd spr.ly sprou.tt surl.li t.co t.ly t2m.io tiny.cc tiny.one
tinyurl.com tr.im trib.al tny.im u.to urlz.fr v.gd x.co yourls.org zpr.io
"""
_SHORTENERS = frozenset(_HOSTS.split())
# Without a scheme as well: X makes a link of them, and readers type them off.
_BARE = regex(r"(?<![\w@./-])[a-z0-9-]+\.[a-z0-9.-]*[a-z0-9](?=/\w)", re.I)
_INNER = (".local", ".internal", ".intranet", ".lan", ".corp", ".home.arpa", ".localdomain")
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - what texts say, nothing listens


def check_addresses(prose: Prose, draft: Draft) -> Iterator[Finding]:
    """What speaks against the links of a post, apart from where they come from."""
    yield from _check_short(prose)
    ours = {_host(_split(link)) for link in (draft.link, draft.canonical) if link}
    for link in prose.links:
        yield from _check_link(link, _split(link.words), ours)


def _check_short(prose: Prose) -> Iterator[Finding]:
    if "/" not in prose.text:
        return
    spans = [(link.start, link.end, _host(_split(link.words))) for link in prose.links]
    spans += [(bare.start(), bare.end(), bare[0].lower()) for bare in _BARE.finditer(prose.text)]
    for start, end, host in spans:
        if host in _SHORTENERS:
            message = f"{host} hides where the link leads, and can be turned elsewhere; no network counts a link by its length"
            words = prose.text[start:end]
            yield warning("CK343", message, words=words, at=start, remedy="write the address that it leads to")


def _check_link(link: Address, parts: SplitResult, ours: Collection[str]) -> Iterator[Finding]:
    host = _host(parts)
    if has_secret(link.words):
        # Whoever reads the message may not be whom the secret is for.
        message = f"a link to {host} holds a user's name, a password or a key, which everybody would have"
        yield error("CK345", message, words=host, at=link.start, remedy="take it out of the link, and make a new one")
        return
    yield from _check_tracking(link, host, ours)
    if host in _HERE:
        return
    if _is_inner(host):
        message = f"{host} is a host that readers cannot reach, or that has no name"
        yield warning(
            "CK346", message, words=link.words, at=link.start, remedy="link to a public page, or say it in words"
        )
    elif parts.scheme.lower() == "http":
        message = "the link is not encrypted: most sites answer to https"
        yield information("CK347", message, words=link.words, at=link.start, remedy="try it with https://")


def _check_tracking(link: Address, host: str, ours: Collection[str]) -> Iterator[Finding]:
    tracking = tracking_in(link.words, host)
    if not tracking:
        return
    names = ", ".join(dict.fromkeys(tracking))
    if host in ours and all(map(is_tag, tracking)):
        message = f"tags written by hand ({names}): [link_tags] of contentkit.toml leaves this link alone"
        remedy = "take them out if each account is to have its own"
        yield information("CK344", message, words=link.words, at=link.start, remedy=remedy)
        return
    plain = without(link.words, tracking)
    message = f"the link carries what tells on its readers: {names}"
    yield warning("CK344", message, words=link.words, at=link.start, remedy=f"write {plain}", fix=plain)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _host(parts: SplitResult) -> str:
    """Without port, user and ``www.``; empty where there is none."""
    name = parts.netloc.rpartition("@")[2].lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    return name.rstrip(".").removeprefix("www.")


def _is_inner(host: str) -> bool:
    if host.endswith(_INNER):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
