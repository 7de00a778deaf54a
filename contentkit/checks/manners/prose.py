"""The text of a post as the checks of its manners read it: without code, without addresses, every character in its place."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from contentkit.checks.links import Address, hashtags_in, links_in, without_addresses
from contentkit.patterns import regex

FENCED = regex(r"^[ ]{0,3}(`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^[ ]{0,3}\1[ \t]*$|\Z)", re.M | re.S)
_INLINE_CODE = regex(r"`[^`\n]+`")
# Nobody mends a post by a longer list, and each finding is looked up in the text.
MOST_FINDINGS = 100
_SEEN = regex(r"[^\n]")


class Prose:
    """One text, and its readings, each made when it is first asked for (see ``prose_of``)."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def uncoded(self) -> str:
        """With fences and code between backticks blanked out."""
        if "`" not in self.text and "~~~" not in self.text:
            return self.text
        return _INLINE_CODE.sub(_blank, FENCED.sub(_blank, self.text))

    @cached_property
    def spoken(self) -> str:
        """With code, links, handles and hashtags blanked out: what somebody would read aloud."""
        return without_addresses(self.uncoded)

    @cached_property
    def links(self) -> list[Address]:
        """The http(s) links, those in code as well: networks make links of them."""
        return links_in(self.text) if "://" in self.text else []

    @cached_property
    def tags(self) -> list[Address]:
        """The hashtags, those in code as well."""
        return hashtags_in(self.text) if "#" in self.text else []


@lru_cache(maxsize=64)
def prose_of(text: str) -> Prose:
    """The readings of a text; several checks ask for the same ones."""
    return Prose(text)


def _blank(match: re.Match[str]) -> str:
    return _SEEN.sub(" ", match[0])
