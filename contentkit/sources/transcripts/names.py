"""Who is who: spellings of one speaker's name become one name, where that is safe.

The rule. Two spellings are one person when they differ in

* case, spaces, accents or what stands in brackets behind the name (``ANA TORRES``, ``Ana Torres (CEO)``), unless two
  different things stand in the brackets: then these are two people;
* the order of a directory (``Torres, Ana``), when the other order speaks as well;
* the family name, which is missing (``Ana``), when exactly one longer name begins like this and the two never speak
  one after the other: who answers Ana Torres is not she.

Of the spellings the longest is taken that is not all in capitals or small letters, without the brackets. What a program
calls people it does not know (``Speaker 1``, ``Me``) is nobody's first name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from contentkit.patterns import regex

_ROLE = regex(r"[ ]?(?:\((?P<round>[^()]{1,60})\)|\[(?P<square>[^\[\]]{1,60})\])$")
_UNKNOWN = regex(
    r"(?:unknown[ _])?(?:speaker|spk|guest|host|participant|person|orador|hablante)[ _-]?(?:\d{1,3}|[a-z])?"
    r"|me|them|you|yo|ellos|unknown|desconocido",
    re.IGNORECASE,
)

# What logs write where a name would stand.
_NOBODY = frozenset(
    {"error", "warning", "warn", "info", "debug", "trace", "fatal", "critical", "notice", "success", "failed"}
)


def merged(spoken: Sequence[str]) -> dict[str, str]:
    """For each name as it is written, in the order of the turns, the name of the person. Empty names stay empty."""
    written = list(dict.fromkeys(name for name in spoken if name))
    key_of = _keys(written)
    in_turn = [key_of[name] for name in spoken if name]
    whole = _in_order(set(in_turn))
    whole |= _completed({whole.get(key, key) for key in in_turn}, [whole.get(key, key) for key in in_turn])
    spellings: dict[str, list[str]] = {}
    for name, key in key_of.items():
        spellings.setdefault(_followed(whole, key), []).append(name)
    return {"": ""} | {name: _best(person, names) for person, names in spellings.items() for name in names}


def _keys(written: Iterable[str]) -> dict[str, str]:
    """A key for each spelling; the brackets are part of it where two of them are in the way."""
    roles: dict[str, set[str]] = {}
    for name in written:
        bare, role = _parted(name)
        roles.setdefault(_folded(bare), set()).update({_folded(role)} if role else ())
    keys = {}
    for name in written:
        bare, role = _parted(name)
        key = _folded(bare)
        keys[name] = f"{key} ({_folded(role)})" if role and len(roles[key]) > 1 else key
    return keys


def are_people(names: Iterable[str]) -> bool:
    """Whether these may be all who speak somewhere: two or more; or one with a family name, or whom a program could not name.

    What stands once and again beside a time may be a day, a dish, a verse or a level of severity.
    """
    known = {bare(name) for name in names} - _NOBODY
    return len(known) > 1 or any(" " in name or is_unknown(name) for name in known)


def is_unknown(name: str) -> bool:
    """Whether a program calls somebody so whom it does not know: ``Speaker 1``, ``SPEAKER_00``, ``Me``."""
    return bool(_UNKNOWN.fullmatch(name))


def bare(name: str) -> str:
    """What the spellings of a name have in common, without what stands in brackets behind it."""
    return _folded(_parted(name)[0])


def _parted(name: str) -> tuple[str, str]:
    match = _ROLE.search(name)
    if not match or not name[: match.start()].strip():
        return name.strip(), ""
    return name[: match.start()].strip(), match["round"] or match["square"]


def _folded(name: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())


def _in_order(keys: set[str]) -> dict[str, str]:
    """``torres, ana`` is ``ana torres``, when she speaks too."""
    found = {}
    for key in keys:
        family, comma, given = key.partition(", ")
        if comma and f"{given} {family}" in keys:
            found[key] = f"{given} {family}"
    return found


def _completed(keys: set[str], in_turn: Sequence[str]) -> dict[str, str]:
    """First names that only one longer name begins with, whose bearer never speaks right before or after."""
    longer: dict[str, list[str]] = {}
    for key in keys:
        first, space, _ = key.partition(" ")
        if space and "(" not in key and "," not in key:
            longer.setdefault(first, []).append(key)
    neighbours = {frozenset(pair) for pair in pairwise(in_turn)}
    found = {}
    for key in keys:
        whole = longer.get(key, ())
        if len(whole) == 1 and not is_unknown(key) and frozenset((key, whole[0])) not in neighbours:
            found[key] = whole[0]
    return found


def _followed(whole: Mapping[str, str], key: str) -> str:
    for _ in range(2):
        key = whole.get(key, key)
    return key


def _best(person: str, spellings: Iterable[str]) -> str:
    """The first of the longest spellings in mixed case; with the brackets only where they tell people apart."""
    known = [" ".join((name if person.endswith(")") else _parted(name)[0]).split()) for name in spellings]
    mixed = [name for name in known if not name.isupper() and not name.islower() and "," not in name]
    return max(mixed or known, key=len)
