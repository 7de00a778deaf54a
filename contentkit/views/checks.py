"""The entry of a check in the catalogue, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.checks.catalogue import Check

_LANGUAGES = {"en": "English", "es": "Spanish"}


def entry_lines(check: Check) -> Iterator[str]:
    """What it finds, why that matters, what to do, an example, and what can be done about the finding."""
    yield f"{check.id}, {check.severity}: {check.finds}."
    yield from (f"\n{words}" for words in (check.why, check.mend) if words)
    for title, words in (("In the source", check.source), ("Found", check.bad), ("Fine", check.good)):
        if words:
            yield f"\n{title}:"
            yield "\n".join(f"    {line}".rstrip() for line in words.strip("\n").split("\n"))
    yield "\n" + " ".join(standing_of(check))


def standing_of(check: Check) -> Iterator[str]:
    """What somebody can do about a finding of this check, in sentences."""
    if check.waivable:
        yield f"A named person may waive it in a post: `<!-- waive: {check.id} by NAME: REASON -->`."
    else:
        yield "Nobody can waive it."
    yield "Its severity cannot be lowered." if check.is_firm else "Its severity can be set in contentkit.toml."
    if check.fixable:
        yield "'contentkit check --fix' mends what needs no judgement."
    if check.languages:
        yield f"It reads {' and '.join(_LANGUAGES[one] for one in check.languages)} only."
