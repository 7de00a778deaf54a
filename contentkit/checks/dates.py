"""Dates must be the source's: those of the cited lines or beside them, on the same side of "before" and "since"."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.findings import Finding, error
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.record import Standing
from contentkit.moments import Moment, moments

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_KINDS = {"clock": "time of day", "relative": "relative date"}


def check_dates(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK203."""
    for moment in moments(sentence.text):
        yield from _check_moment(moment, sentence, grounds)


def _check_moment(moment: Moment, sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    for key in moment.keys if moment.keys[0][0] != "clock" else moment.keys[:1]:
        places = grounds.record.moments.get(key, set())
        if key[0] in ("year", "day"):
            places = places | grounds.record.readings.get((float(key[1]), "value"), set())
        if places and not grounds.near.isdisjoint(places):
            continue
        found: Standing = "elsewhere" if places else "nowhere"
        yield _wrong_date(moment, key[0], found, places, sentence, grounds)
        return


def _wrong_date(
    moment: Moment, kind: str, found: Standing, places: set[int], sentence: Sentence, grounds: Grounds
) -> Finding:
    words = moment.words
    if found == "elsewhere":
        where = grounds.place_of(places)
        message = f"the cited lines do not say this {_KINDS.get(kind, kind)}: {words}; {where} does"
        remedy = f"cite {where} too, if it is meant"
    else:
        nearest = grounds.nearest(sentence.text, moment.start)
        message, remedy = f"no source says this {_KINDS.get(kind, kind)}: {words}{nearest}", _REMEDY
    return error("CK203", message, words=words, at=sentence.at + moment.start, remedy=remedy)
