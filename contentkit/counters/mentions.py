"""Mentions of people on other servers in a text, as Mastodon finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from contentkit.counters.characters import LATIN
from contentkit.patterns import regex

# The longest name of a host (RFC 1035).
_LONGEST_HOST = 253


def mentions_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Every ``@user@host`` as (start, end, what of it counts). ``@user`` alone counts as it is."""
    position = 0
    while mention := _user().search(text, position):
        host = mention.end()
        end = _end_of_host(text, host)
        # Without a host, the second @ may begin a mention of its own.
        position = end or host - 1
        stands_free = not mention.start() or not _no_start(text[mention.start() - 1])
        if end and stands_free and not _no_end().match(text, end) and end - host <= _LONGEST_HOST:
            yield mention.start(), end, mention[0][:-1]


def _end_of_host(text: str, start: int) -> int:
    """Where the host that begins here ends: behind the last word of those that dots and hyphens join; 0 when there is none."""
    end = start
    for position in range(start, len(text)):
        if _is_word(text[position]):
            end = position + 1
        elif text[position] not in ".-" or position == start:
            break
    return end if end > start else 0


def _no_start(before: str) -> bool:
    """Whether no mention begins behind this character: a word, or what may be one (letters in circles and squares)."""
    return (
        before in "=/" or _is_word(before) or "\u24b6" <= before <= "\u24e9" or "\U0001f130" <= before <= "\U0001f189"
    )


def _is_word(character: str) -> bool:
    """Whether Ruby surely takes it for part of a word."""
    if character.isascii():
        return character.isalnum() or character == "_"
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc")


@cache
def _user() -> re.Pattern[str]:
    return regex(r"@[A-Za-z0-9_]++(?:[.-]++[A-Za-z0-9_]++)*@")


@cache
def _no_end() -> re.Pattern[str]:
    return regex(rf"[@\uff20{LATIN}]|://")
