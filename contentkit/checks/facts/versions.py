"""Versions must be the source's, digit for digit, and of what the post says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.records.told import Counterpart, Told, statement_around
from contentkit.text import one_line
from contentkit.words.versions import Version, prefixes, versions

_REMEDY = "correct it, cite the line that says it, or waive it by name"
# Shares of a statement's words, as for numbers.
_SAME_STATEMENT, _AS_GOOD, _FEWEST_SHARED = 0.4, 0.75, 2
# What the whole document is about stands in so many places.
_MANY = 3
# So many stretches before the cited lines are looked through for the version that they speak of.
_FAR = 20


def claimed_versions(sentence: Sentence, grounds: Grounds) -> list[Version]:
    """The versions of a sentence that are looked up as such: those that are certain, and those behind a name of the source."""
    found = versions(sentence.text, grounds.record.language)
    return [each for each in found if each.is_certain or each.number in grounds.record.versions]


def check_versions(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK201, CK202 and CK211 for versions."""
    found = [(sentence, version) for sentence in post for version in claimed_versions(sentence, grounds)]
    claimed = frozenset(_said(version) for _, version in found)
    for sentence, version in found:
        places = grounds.record.versions.get(version.number, set())
        if "." not in version.words and not grounds.cited.isdisjoint(_as_number(version, grounds)):
            continue
        if not version.is_certain and places:
            continue
        rival = _rival(
            version,
            sentence,
            grounds,
            claimed,
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
        elif places.isdisjoint(grounds.near) and len(places) < _MANY and not _is_named_last(places, grounds):
            where = grounds.place_of(places)
            message = f"the cited lines do not speak of {version.words}, but {where} does"
            yield warning("CK202", message, words=version.words, at=at, remedy=f"cite {where} too, if it is meant")


def _rival(
    version: Version, sentence: Sentence, grounds: Grounds, claimed: frozenset[str], *, is_cited: bool
) -> tuple[Told, str] | None:
    """A sentence that the statement comes from and that speaks of another version, which the post does not name."""
    beside, best = _beside(statement_around(sentence.text, version.start, version.end), grounds)
    if best is None:
        # "Stay on 2.1, the last one that runs there": the sentence says of what.
        beside, best = _beside(sentence.text, grounds)
    if any(_has(one.told, version.number) for one in beside if best and one.covered >= _AS_GOOD * best.covered):
        return None
    # What the cited lines do not speak of at all has any other version of theirs for a rival.
    nearest = [best.told, *_before(best.told, grounds)] if best else []
    candidates = nearest if is_cited else [*nearest, *grounds.told]
    for told in candidates:
        for other in told.versions:
            if other.is_certain and claimed.isdisjoint((*prefixes(other.number), _said(other))):
                return told, other.words
    return None


def _before(told: Told, grounds: Grounds) -> list[Told]:
    """The sentence before one that names no version, which may say of which it speaks: "It will be out in May"."""
    said = grounds.record.told(told.stretch)
    at = next((number for number, one in enumerate(said) if one is told), 0)
    return [said[at - 1]] if at and not told.versions else []


def _beside(statement: str, grounds: Grounds) -> tuple[list[Counterpart], Counterpart | None]:
    """The sentences that a statement may come from, and the one that it does come from."""
    beside = grounds.counterparts(statement)
    fit = (one for one in beside if len(one.shared) >= _FEWEST_SHARED and one.covered >= _SAME_STATEMENT)
    return beside, next(fit, None)


def _said(version: Version) -> str:
    """A version as it is said: 3.0 of one thing is no 3 of another's 3.8."""
    return version.number if "." in version.number or "." not in version.words else f"{version.number}.0"


def _as_number(version: Version, grounds: Grounds) -> set[int]:
    """Where a version of one number stands as a number: "95% of you are on 4"."""
    return grounds.record.readings.get((float(version.number), "value"), set())


def _is_named_last(places: set[int], grounds: Grounds) -> bool:
    """Whether no other version is named between it and the cited lines: "It does not have the calendar"."""
    first = min((number for number in grounds.cited if grounds.record.stretches[number].first), default=0)
    for number in range(first - 1, max(-1, first - _FAR), -1):
        said = [version for told in grounds.record.told(number) for version in told.versions if version.is_certain]
        if said:
            return number in places
    return False


def _has(told: Told, number: str) -> bool:
    return any(number in prefixes(other.number) for other in told.versions)
