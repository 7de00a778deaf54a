"""What X takes for a cashtag: the sign of a share of stock, as in ``$ABCD``. X takes one in a post, and refuses more."""

from __future__ import annotations

import re

from contentkit.counters.characters import DIRECTIONS, SPACES
from contentkit.patterns import regex

_CASHTAG = regex(
    rf"(?:^|(?<=[{SPACES}{DIRECTIONS}]))\$[a-z]{{1,6}}(?:[._][a-z]{{1,2}})?"
    r"(?=$|\s|[!'#%&\"()*+,\\\-./:;<=>?@\[\]^_{|}~$])",
    re.I,
)


def cashtags_in(text: str) -> list[tuple[int, int]]:
    """Where they stand, as (start, end), in order."""
    return [match.span() for match in _CASHTAG.finditer(text)] if "$" in text else []
