"""Reading ``confidential.txt``. What stands there is in no message."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from contentkit.confidential.names import words_of
from contentkit.confidential.veil import Confidential
from contentkit.errors import ContentError
from contentkit.files import text_of
from contentkit.patterns import regex
from contentkit.whereabouts import CONFIDENTIAL_NAME

_LARGEST = 256 * 1024
_LONGEST_NAME = 200
_FEWEST_DIGITS = 3
_REMARK = regex(r"(?:^|\s)#(?:\s.*)?$|^\s*#.*$")
_COMMON_WORDS = """
a about after all also an and any are as at be because been before being but by can could day did do even first for from get
give go going good had has have he her here him his how i if in into is it its just know like look make many me more most much
my name names new no not now of off on one only or other our out over people post said say see she so some take than that the
their them then there these they thing things think this time to today two up us use very was way we week well were what when
where which who why will with work would year yes you your
al como con cuando de del el ella ellos en era es esta este esto fue ha hay la las le lo los mas me mi muy nos o para pero
por porque que se ser si sin sobre son su sus tambien te tiene todo un una uno unos y ya yo
"""
_TOO_COMMON = frozenset(_COMMON_WORDS.split())


def load_confidential(root: Path) -> Confidential:
    """The names that nobody may publish; none where there is no such file.

    Raises ContentError with ``confidential.txt:line`` and never with what stands there.
    """
    path = root / CONFIDENTIAL_NAME
    if not path.exists() and not path.is_symlink():
        return Confidential()
    return parse_confidential(_bytes_of(path))


def parse_confidential(data: bytes) -> Confidential:
    """The names of a list. Raises ContentError with ``confidential.txt:line``."""
    names = []
    for number, line in enumerate(text_of(data, CONFIDENTIAL_NAME).split("\n"), 1):
        name, _, others = _REMARK.sub("", line).partition("|")
        spellings = [spelling.strip() for spelling in (name, *re.split(r"[,|]", others)) if spelling.strip()]
        for spelling in spellings:
            _refuse(spelling, number)
        if spellings:
            names.append(spellings)
    return Confidential(names)


def _refuse(spelling: str, number: int) -> None:
    """Raises ContentError for what would be found everywhere, or nowhere."""
    place = f"{CONFIDENTIAL_NAME}:{number}"
    words = words_of(spelling)
    if not words or len(spelling) > _LONGEST_NAME:
        raise ContentError(f"{place}: this is no name", hint=f"write letters or digits, at most {_LONGEST_NAME}")
    if len("".join(words)) == 1:
        raise ContentError(f"{place}: one letter would be found everywhere", hint="write the name in full")
    if len(words) == 1 and (words[0] in _TOO_COMMON or (words[0].isdigit() and len(words[0]) < _FEWEST_DIGITS)):
        raise ContentError(f"{place}: so common a word would be found everywhere", hint="write more of the name")


def _bytes_of(path: Path) -> bytes:
    """The list as it lies in its file. No pipe is waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ContentError(f"{CONFIDENTIAL_NAME}: is no plain file", hint="write the names into a text file")
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ContentError(
            f"{CONFIDENTIAL_NAME}: cannot be read: {error.strerror}", hint="check its permissions"
        ) from None
    if len(data) > _LARGEST:
        raise ContentError(
            f"{CONFIDENTIAL_NAME}: is larger than {_LARGEST // 1024} KiB", hint="keep one name a line, nothing else"
        )
    return data
