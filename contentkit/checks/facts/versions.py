"""Versions must be the source's, digit for digit, and of what the post says of them."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.records.told import Told, statement_around
from contentkit.text import one_line
from contentkit.words.versions import Version, prefixes, versions

_REMEDY = "correct it, cite the line that says it, or waive it by name"
# Shares of a statement's words, as for numbers.
_SAME_STATEMENT, _AS_GOOD, _FEWEST_SHARED = 0.4, 0.75, 2
# What the whole document is about stands in so many places.
_MANY = 3


def claimed_versions(sentence: Sentence, grounds: Grounds) -> list[Version]:
    """The versions of a sentence that are looked up as such: those that are certain, and those behind a name of the source."""
    found = versions(sentence.text, grounds.record.language)
    return [each for each in found if each.is_certain or each.number in grounds.record.versions]


def check_versions(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK201, CK202 and CK211 for versions."""
    claimed = claimed_versions(sentence, grounds)
    for version in claimed:
        places = grounds.record.versions.get(version.number, set())
        if "." not in version.number and not grounds.cited.isdisjoint(_as_number(version, grounds)):
            continue
        if not version.is_certain and places:
            continue
        rival = _rival(
            version,
            sentence,
            grounds,
            frozenset(each.number for each in claimed),
            is_cited=bool(places & grounds.near),
        )
        at = sentence.at + version.start
        if not places:
            message = f"no source has the version {version.words}{grounds.nearest(sentence.text, version.start)}"
            yield error("CK201", message, words=version.words, at=at, remedy=_REMEDY)
        elif rival:
            told, words = rival
            where = grounds.record.stretches[told.stretch].place
            message = f"{where} speaks of {words}, not of {version.words}: “{one_line(told.text, 70)}”"
            remedy = f"say {words}, or cite what is said of {version.words}"
            yield error("CK211", message, words=version.words, at=at, remedy=remedy)
        elif places.isdisjoint(grounds.near) and len(places) < _MANY:
            where = grounds.place_of(places)
            message = f"the cited lines do not speak of {version.words}, but {where} does"
            yield warning("CK202", message, words=version.words, at=at, remedy=f"cite {where} too, if it is meant")


def _rival(
    version: Version, sentence: Sentence, grounds: Grounds, claimed: frozenset[str], *, is_cited: bool
) -> tuple[Told, str] | None:
    """A sentence that the statement comes from and that speaks of another version, which the post does not name."""
    beside = grounds.counterparts(statement_around(sentence.text, version.start, version.end))
    best = next((one for one in beside if len(one.shared) >= _FEWEST_SHARED and one.covered >= _SAME_STATEMENT), None)
    if any(_has(one.told, version.number) for one in beside if best and one.covered >= _AS_GOOD * best.covered):
        return None
    # What the cited lines do not speak of at all has any other version of theirs for a rival.
    candidates = ([best.told] if best else []) if is_cited else [*([best.told] if best else []), *grounds.told]
    for told in candidates:
        for other in told.versions:
            if other.is_certain and claimed.isdisjoint(prefixes(other.number)):
                return told, other.words
    return None


def _as_number(version: Version, grounds: Grounds) -> set[int]:
    """Where a version of one number stands as a number: "95% of you are on 4"."""
    return grounds.record.readings.get((float(version.number), "value"), set())


def _has(told: Told, number: str) -> bool:
    return any(number in prefixes(other.number) for other in told.versions)
