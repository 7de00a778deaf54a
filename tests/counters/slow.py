"""The rules of both networks once more, written down as they are told: short, obvious, and slow on hostile text.

Each network goes through a text with one large regular expression, from the left. Nothing here is quick or careful; the
counters must find the same. Which list of ends of domains holds is an argument here. Characters beyond U+FFFF are not for the
rules of X in this form: X reads in UTF-16.
"""

from __future__ import annotations

import re
import stringprep
import unicodedata
from collections.abc import Iterator
from encodings.idna import ToASCII
from functools import cache

from wcwidth import iter_graphemes

Span = tuple[int, int]

SPACE = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
REFUSED = "\ufffe\ufeff\uffff"
ACCENTED = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
)


def brackets(path: str) -> str:
    return rf"\((?:{path}+|{path}*\({path}+\){path}*)\)"


@cache
def expression(network: str, ends: frozenset[str]) -> re.Pattern[str]:
    """What stands before a link, its scheme, its host with an end of a domain, its port, path and query."""
    if network == "x":
        no_host = r"!'#%&()*+,\-./:;<=>?@\[\]^_{|}~$" + "\\\\" + SPACE + DIRECTION + REFUSED
        schemes, punycode = "https?", "xn--[0-9a-z-]+"
        path = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{ACCENTED}]"
        unit = rf"(?:{path}*(?:{brackets(path)}{path}*)*[a-z\u0400-\u04ff0-9+\-=_#/{ACCENTED}]|{brackets(path)})"
        query, query_end = r"[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]", r"[a-z0-9\-_&=#/]"
    else:
        no_host = r"!\"#$%&'()*+,\-./:;<=>?@\[\]^_`{|}~\x00-\x20\x7f" + SPACE + DIRECTION + REFUSED
        schemes, punycode = "https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini", "xn--[0-9a-z]+"
        path = rf"[^{SPACE}<>()?]"
        latin = rf"[a-z0-9{ACCENTED}\u0400-\u052f!*';:=+,.$/%#\[\]\-\u2010-\u2015_~&|@]"
        last = rf"(?:[^{SPACE}()?!*\"'\u300c\u300d<>;:=,.$%\[\]~&|@]|{brackets(latin)})"
        unit = rf"(?:{path}*(?:{brackets(path)}{path}*)*{last})"
        others = (
            r"\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\ue000-\ufdcf"
        )
        others += "\ufdf0-\uffef\U000e1000-\U000efffd"
        others += "".join(
            f"{chr(0x10000 * plane)}-{chr(0x10000 * plane + 0xFFFD)}" for plane in [*range(1, 14), 15, 16]
        )
        query, query_end = rf"[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@^{others}]", rf"[a-z0-9_&=#/\-{others}]"
    letter = f"[^{no_host}]"
    subdomain, name = (rf"(?:{letter}(?:[{inner}]|{letter})*)?{letter}\." for inner in ("_-", "-"))
    known = "|".join(sorted(map(re.escape, ends), key=len, reverse=True))
    host = rf"(?:{subdomain})*{name}(?:(?:{known})(?![0-9A-Za-z@+-])|{punycode})"
    # Where case does not matter, Ruby takes the long s and the sign of Kelvin for letters of ASCII.
    alike = "" if network == "x" else "\u017f\u212a"
    return re.compile(
        rf"(?P<before>[^A-Za-z0-9@\uff20$#\uff03{REFUSED}{alike}]|\A)"
        rf"(?P<link>(?P<scheme>(?:{schemes})://)?(?P<host>{host})(?::[0-9]+)?(?P<path>/{unit}*)?(?:\?{query}*{query_end})?)",
        re.I | re.A,
    )


def mastodon_links(text: str, ends: frozenset[str]) -> Iterator[Span]:
    for found in expression("mastodon", ends).finditer(text):
        if not found["scheme"]:
            continue
        link = found["link"]
        if short := re.match(r"https?://t\.co/([a-z0-9]+)", link, re.I | re.A):
            if len(short[1]) > 40:
                continue
            link = short[0]
        try:
            labels = [dns_label(label) for label in re.split("[.\u3002\uff0e\uff61]", found["host"])]
        except UnicodeError:
            continue
        if len(link) + max(0, len(b".".join(labels)) - len(found["host"])) <= 4096:
            yield found.start("link"), found.start("link") + len(link)


def dns_label(label: str) -> bytes:
    if not label.isascii() and any(map(stringprep.in_table_a1, label)):
        raise UnicodeError("unassigned in Unicode 3.2")
    return ToASCII(label)


def mentions(text: str) -> Iterator[tuple[Span, str]]:
    """Mentions of people elsewhere; ``@user`` alone changes no length."""
    position = 0
    while found := re.compile(r"@(?P<user>[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)", re.I | re.A).search(text, position):
        position = found.end()
        before = text[: found.start()][-1:]
        if before and (before in "=/" or is_word(before)):
            position = found.start() + 1
            continue
        host = 0
        if text[found.end() : found.end() + 1] == "@":
            rest = "".join("w" if is_word(one) else one for one in text[found.end() + 1 :])
            host = matched.end() if (matched := re.match(r"w+(?:[.-]+w+)*", rest)) else 0
        if host:
            position = found.end() + 1 + host
        after = text[position:]
        if host and host <= 253 and not re.match(rf"[@\uff20{ACCENTED}]|://", after):
            yield (found.start(), position), found[0]


def is_word(character: str) -> bool:
    return (
        character == "_"
        or unicodedata.category(character)[0] in "LM"
        or unicodedata.category(character) in ("Nd", "Nl", "Pc")
    )


def mastodon_count(text: str, ends: frozenset[str]) -> int:
    entities = [(span, "x" * 23) for span in mastodon_links(text, ends)] + list(mentions(text))
    result, passed = "", 0
    for (start, end), counted in sorted(entities):
        if start >= passed:
            result += text[passed:start] + counted
            passed = end
    return len(list(iter_graphemes(result + text[passed:])))


def x_links(text: str, ends: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """Where each link begins and ends, and up to where it counts as one."""
    for found in expression("x", ends).finditer(text):
        start, end = found.span("link")
        if any(len(dns_length(label)) > 63 for label in found["host"].split(".")):
            continue
        if found["host"].startswith("xn--") and not list(latin_hosts(found, ends)):
            continue
        if not found["scheme"]:
            yield from bare_links(found, ends)
        elif short := SHORT_LINK.match(text, start, end):
            if len(short[1]) <= 40:
                yield start, short.end(), short.end()
        else:
            yield start, end, end


SHORT_LINK = re.compile(
    r"https?://t\.co/([a-z0-9]+)(\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?", re.IGNORECASE | re.ASCII
)


def dns_length(label: str) -> bytes:
    """The label as long as punycode has it, cut at the full stops of other scripts."""
    parts = re.split("[\u3002\uff0e\uff61]", label)
    return b".".join(part.encode() if part.isascii() else b"xn--" + part.encode("punycode") for part in parts)


def bare_links(found: re.Match[str], ends: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """Without a scheme, each part of the host in Latin letters is a link, and the path is the last one's."""
    if found["before"] in ("-", "_", ".", "/") and found["before"]:
        return
    hosts = latin_hosts(found, ends)
    end = found.start("host")
    for position, host in enumerate(hosts):
        # Each is looked for behind the one before it, and may be found where it is not.
        start = found.string.find(host, end)
        end = start + len(host)
        if found["path"] and position == len(hosts) - 1:
            # Its characters are counted off from the beginning of the host, which may have more.
            tail = found.end("link") - found.end("host")
            yield start, found.end("link"), end + tail
        else:
            yield start, end, end


def latin_hosts(found: re.Match[str], ends: frozenset[str]) -> list[str]:
    known = "|".join(sorted(map(re.escape, ends), key=len, reverse=True))
    latin = rf"(?:[a-z0-9{ACCENTED}-]+\.)+(?:(?:{known})(?![0-9A-Za-z@+-])|xn--[0-9a-z-]+)"
    return re.findall(latin, found["host"], re.I | re.A)


def x_count(text: str, ends: frozenset[str]) -> int:
    """Without emoji of several characters."""
    light = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    alone = list(text)
    links = list(x_links(text, ends))
    for start, _, counted in links:
        alone[start:counted] = [""] * (counted - start)
    return 23 * len(links) + sum(
        1 if any(low <= ord(one) <= high for low, high in light) else 2 for one in alone if one
    )
