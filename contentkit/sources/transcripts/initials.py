"""Whose initials begin the turns, where the list of those who were there says it: ``Samina Husain (SHN)``, a row of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contentkit.patterns import regex

_WORD = r"[^\W\d_][\w.’'-]{0,30}"
_NAME = rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{1,4}})"
_INITIALS = r"(?P<initials>[A-ZÀ-Þ]{2,4})"
_LISTED = regex(rf"{_NAME} \({_INITIALS}\)")
_ROW = regex(rf"[ \t]*\|[ \t]*{_NAME}[ \t]*\|[ \t]*{_INITIALS}[ \t]*\|")
_MOST_ABOVE = 400


def in_full(person: Mapping[str, str], above: Sequence[str]) -> Mapping[str, str]:
    """The speakers by their labels, initials as the full names that the lines above the first turn give for them."""
    if not any(label.isupper() for label in person):
        return person
    names = dict(_listed(above[:_MOST_ABOVE]))
    return {label: names.get(label, name) for label, name in person.items()}


def _listed(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        row = _ROW.match(line)
        for match in [row] if row else _LISTED.finditer(line):
            if match["name"][0].upper() == match["initials"][0]:
                yield match["initials"], match["name"]
