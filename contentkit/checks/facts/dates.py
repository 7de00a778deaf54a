"""Dates must be the source's: those of the cited lines or beside them, of the same thing, on the same side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from contentkit.checks.facts.exchanged import exchanged
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.records.told import Counterpart, Told, is_of_another, statement_around, telling_words
from contentkit.patterns import regex
from contentkit.text import one_line
from contentkit.words.date_sides import are_contrary, side_of
from contentkit.words.moments import Key, Moment, implied, meant
from contentkit.words.quantities import Reading

_REMEDY = "correct it, cite the line that says it, or waive it by name"
_TODAY = regex(r"(?<!\w)(?:today|now|hoy)(?!\w)", re.I)
# Day, month and year; 3/4/2021 has two readings of each.
_PARTS, _MONTH_AND_YEAR = 3, 2
# A month that a text names by where it stands in the year.
_ENDS = {
    "12": regex(
        r"(?<!\w)(?:end\s+of\s+(?:the|this)\s+year|year['’]?s?[\s-]end|fin(?:al(?:es)?)?\s+de(?:l|\s+este)?\s+año)(?!\w)",
        re.I,
    ),
    "1": regex(
        r"(?<!\w)(?:(?:start|beginning)\s+of\s+(?:the|this|next)\s+year|new\s+year|principios\s+de(?:l)?\s+año|año\s+nuevo)(?!\w)",
        re.I,
    ),
}
# How long ago the last one was, more or less.
_AGO: Mapping[str, Reading] = {"year": (12.0, "months"), "month": (1.0, "months"), "week": (604800.0, "time")}
_STEPS: Mapping[str, int] = {"last": -1, "next": 1}
_SINCE = regex(r"\s+(?:ago|earlier|before|atrás|antes)(?!\w)", re.I)
_KINDS = {"clock": "time of day", "relative": "relative date"}
# Shares of a statement's words, as for numbers.
_SAME_STATEMENT, _AS_GOOD, _FEWEST_SHARED = 0.4, 0.75, 2
# So many dates of a post are compared closely.
_MOST_DATES = 40


def check_dates(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK203, CK211 and CK216."""
    found = [(sentence, moment) for sentence in post for moment in sentence.moments]
    every = [moment for _, moment in found]
    if len(every) > _MOST_DATES:
        grounds = replace(grounds, most_told=0)
    told = [(each, other) for each in grounds.told for other in each.moments]
    places = {id(moment): sentence.at + moment.start for sentence, moment in found}
    for one, other, said in exchanged(
        [(each.text, moment) for each, moment in found], told, _agree, grounds.record.rarity
    ):
        if {key[0] for key in one.keys}.isdisjoint(key[0] for key in other.keys):
            continue
        message = f"{one.words} and {other.words} have changed places; nearest: {_quoted(said, grounds)}"
        yield warning("CK211", message, words=one.words, at=places[id(one)], remedy="put each where the source has it")
    for sentence, moment in found:
        wrong = _unsupported_part(moment, grounds)
        if wrong and _is_meant(wrong, sentence, grounds):
            continue
        if wrong:
            yield _wrong_date(moment, wrong, every, sentence, grounds)
        else:
            yield from _of_something_else(moment, every, sentence, grounds)


def _unsupported_part(moment: Moment, grounds: Grounds) -> Key | None:
    """The first part of a date that stands neither in the cited lines nor beside them."""
    if moment.keys[0][0] == "period":
        # "The first week" may be said of anything: only what the source says of the same counts.
        return None
    if moment.keys[0][0] == "clock":
        is_said = any(not grounds.near.isdisjoint(_places(key, grounds)) for key in moment.keys)
        return None if is_said else moment.keys[0]
    for key in moment.keys:
        if grounds.near.isdisjoint(_places(key, grounds)):
            return key
    return _unsupported_day(moment, grounds) or _unsupported_month(moment, grounds)


def _unsupported_month(moment: Moment, grounds: Grounds) -> Key | None:
    """The month of a year, where the cited lines have another one of just that year, and only lines beside them this month."""
    said = dict(moment.keys)
    if len(moment.keys) != _MONTH_AND_YEAR or not {"month", "year"} <= said.keys():
        return None
    dated = [dict(other.keys) for told in grounds.told for other in told.moments]
    if any(each.get("month") == said["month"] for each in dated):
        return None
    is_rivalled = any(each.get("year") == said["year"] and "month" in each for each in dated)
    return ("month", said["month"]) if is_rivalled else None


def _unsupported_day(moment: Moment, grounds: Grounds) -> Key | None:
    """A day and a month that the source has of two dates: 30 April and the end of May are no 30 May."""
    days = [key for key in implied(moment.keys) if key[0] == "date"]
    if (
        not days
        or len(moment.keys) > _PARTS
        or any(not grounds.near.isdisjoint(_places(each, grounds)) for each in days)
    ):
        return None
    day = dict(moment.keys)["day"]
    bare = (grounds.record.readings.get((float(day), unit), set()) for unit in ("any", "count", "ordinal"))
    return None if any(not grounds.near.isdisjoint(places) for places in bare) else days[0]


def _places(key: Key, grounds: Grounds) -> set[int]:
    places = grounds.record.moments.get(key, set())
    if key[0] in ("year", "day"):
        return places | grounds.record.readings.get((float(key[1]), "value"), set())
    hour, _, minutes = key[1].partition(":")
    if key[0] == "clock" and minutes == "00":
        # Somebody says "at 17 hours", "at nine".
        hours = {float(hour), float((int(hour) - 1) % 12 + 1)}
        return places.union(*(grounds.record.readings.get((each, "value"), set()) for each in hours))
    return places


def _is_meant(key: Key, sentence: Sentence, grounds: Grounds) -> bool:
    """Whether the cited lines say by name what the post says relatively: "last month" is the October of a note of November.

    "This month" may be said of what has no date.
    """
    if key[0] == "year" and grounds.record.day:
        # Five years ago, in a text of 2020, was 2015.
        ago = {(12.0 * years, "months") for years in [grounds.record.day.year - int(key[1])] if years > 0}
        if any(ago & other.readings for other in grounds.quantities):
            return True
    if key[0] == "year":
        return _is_counted_from_another(int(key[1]), grounds)
    if key[0] == "month" and key[1] in _ENDS:
        return any(_ENDS[key[1]].search(told.text) for told in grounds.told)
    if key[0] != "relative":
        return False
    if _is_as_long_ago(key[1], grounds):
        return True
    if key[1] == "tomorrow" and _TODAY.search(sentence.text):
        # "Better an error today than a crash tomorrow."
        return True
    named = meant(key, grounds.record.day) if grounds.record.day else ()
    if (
        _is_rivalled(named, sentence, grounds)
        or _is_turned(key[1], sentence, grounds)
        or _is_of_another_year(named, key[1], grounds)
    ):
        return False
    if any(not grounds.near.isdisjoint(_places(each, grounds)) for each in named):
        return True
    kinds = {"relative", *(each[0] for each in named)}
    return "this" in key[1].split() and not _has_kind(grounds.told, kinds)


def _is_of_another_year(named: Sequence[Key], words: str, grounds: Grounds) -> bool:
    """Whether the cited lines have the month of "last month" in other years only: October 2025 in a note of November 2026."""
    if not named or named[0][0] != "month" or grounds.record.day is None:
        return False
    day, month = grounds.record.day, named[0][1]
    # Last month in January is of the year before, next month in December of the one to come.
    step = next((_STEPS[word] for word in words.split() if word in _STEPS), 0)
    year = str(day.year + (day.month - 1 + step) // 12)
    said = [dict(moment.keys) for told in grounds.told for moment in told.moments]
    years = [each.get("year", year) for each in said if each.get("month") == month]
    return bool(years) and year not in years


def _is_as_long_ago(words: str, grounds: Grounds) -> bool:
    """Whether the cited lines tell of the time one such span ago: "a year ago" for last year."""
    which, _, what = words.partition(" ")
    span = _AGO.get(what) if which == "last" else None
    return span is not None and any(
        span in each.readings and _SINCE.match(told.plain, each.end)
        for told in grounds.told
        for each in told.quantities
    )


def _is_rivalled(named: Sequence[Key], sentence: Sentence, grounds: Grounds) -> bool:
    """Whether the sentence that the post's comes from says by name when it was, and not this: "Downloads in October: 400"."""
    best = _likeliest(grounds.counterparts(sentence.text))
    kinds = {key[0] for key in named}
    said = {key for moment in best.told.moments for key in (*moment.keys, *implied(moment.keys))} if best else set()
    return any(key[0] in kinds for key in said) and said.isdisjoint(named)


def _is_turned(words: str, sentence: Sentence, grounds: Grounds) -> bool:
    """Whether the sentence that the post's comes from says this year for last year, or the like."""
    best = _likeliest(grounds.counterparts(sentence.text))
    theirs = [key[1] for moment in best.told.moments for key in moment.keys if key[0] == "relative"] if best else []
    which, _, what = words.partition(" ")
    # "This year's newsletters" may be said of what has no date.
    return (
        which != "this"
        and words not in theirs
        and any(each.endswith(f" {what}") and not each.startswith(which) for each in theirs)
    )


def _likeliest(beside: Sequence[Counterpart]) -> Counterpart | None:
    """The sentence that a statement comes from."""
    return next((one for one in beside if len(one.shared) >= _FEWEST_SHARED and one.covered >= _SAME_STATEMENT), None)


def _is_counted_from_another(year: int, grounds: Grounds) -> bool:
    """Whether it is so many years from a year of the cited lines: two years before 2019."""
    years = {int(key[1]) for told in grounds.told for moment in told.moments for key in moment.keys if key[0] == "year"}
    spans = {value / 12 for other in grounds.quantities for value, unit in other.readings if unit == "months"}
    return any(abs(year - other) in spans for other in years)


def _has_kind(told: Sequence[Told], kinds: set[str]) -> bool:
    return any(key[0] in kinds for one in told for moment in one.moments for key in moment.keys)


def _wrong_date(moment: Moment, key: Key, every: Sequence[Moment], sentence: Sentence, grounds: Grounds) -> Finding:
    """CK203: a warning for what is relative or elsewhere, where the cited lines have no date of its kind but the post's."""
    words, kind, at = moment.words, _KINDS.get(key[0], key[0]), sentence.at + moment.start
    places = _places(key, grounds)
    if not places:
        nearest = grounds.nearest(sentence.text, moment.start)
        message = f"no source says this {kind}: {words}{nearest}"
        if kind != _KINDS["relative"] or _has_kind(grounds.told, {"relative", "month", "year", "weekday"}):
            return error("CK203", message, words=words, at=at, remedy=_REMEDY)
        return warning("CK203", message, words=words, at=at, remedy=_REMEDY)
    where = grounds.place_of(places)
    message = f"the cited lines do not say this {kind}: {words}; {where} does"
    remedy = f"cite {where} too, if it is meant"
    found = error if _has_another(key, every, grounds) else warning
    return found("CK203", message, words=words, at=at, remedy=remedy)


def _has_another(key: Key, every: Sequence[Moment], grounds: Grounds) -> bool:
    """Whether the cited lines have a date of this kind that is none of the post's."""
    kind = "day" if key[0] == "date" else key[0]
    if kind == "day" and any(unit == "ordinal" for other in grounds.quantities for _, unit in other.readings):
        return True
    others = (other for told in grounds.told for other in told.moments if kind in {each[0] for each in other.keys})
    return any(not any(_agree(own, other) for own in every) for other in others)


def _of_something_else(
    moment: Moment, all_: Sequence[Moment], sentence: Sentence, grounds: Grounds
) -> Iterator[Finding]:
    """CK211 for the date of something else, CK216 for one on the other side of it."""
    beside = grounds.counterparts(statement_around(sentence.text, moment.start, moment.end))
    best = _likeliest(beside)
    same = [one.told for one in beside if best and one.covered >= _AS_GOOD * best.covered]
    saying = [(told, other) for told in same for other in told.moments if _agree(moment, other)]
    side = side_of(sentence.text, moment)
    at = sentence.at + moment.start
    if saying and side and all(are_contrary(side, side_of(each.plain, one)) for each, one in saying):
        told, other = saying[0]
        said = f"{side_of(told.plain, other)} {other.words}"
        message = f"“{side} {moment.words}”, where the source says {said}; nearest: {_quoted(told, grounds)}"
        yield error(
            "CK216",
            message,
            words=moment.words,
            at=at,
            remedy="put it on the side of the date that the source does",
        )
        return
    candidates = [best.told] if best else [] if _is_cited(moment, grounds) else grounds.told
    for each in candidates:
        rival = _beside(moment, all_, each, sentence) if saying else _rival(moment, all_, each)
        if rival:
            message = f"{moment.words}, where the source says {rival.words}; nearest: {_quoted(each, grounds)}"
            remedy = f"say {rival.words}, or cite who says {moment.words}"
            yield warning("CK211", message, words=moment.words, at=at, remedy=remedy)
            return


def _is_cited(moment: Moment, grounds: Grounds) -> bool:
    """Whether all of a date stands in the cited lines, and not only beside them."""
    return all(not grounds.cited.isdisjoint(_places(key, grounds)) for key in moment.keys)


def _quoted(told: Told, grounds: Grounds) -> str:
    return f"{grounds.record.stretches[told.stretch].place} “{one_line(told.text, 70)}”"


def _agree(one: Moment, other: Moment) -> bool:
    """Whether one of them says by itself or by implication all that the other says of the same kinds."""
    return _covers(one, other) or _covers(other, one)


def _covers(one: Moment, other: Moment) -> bool:
    said = {*one.keys, *implied(one.keys)}
    kinds = {key[0] for key in said}
    shared = [key for key in other.keys if key[0] in kinds]
    return bool(shared) and all(key in said for key in shared)


def _beside(moment: Moment, all_: Sequence[Moment], told: Told, sentence: Sentence) -> Moment | None:
    """Another date of the same sentence, which is that of what the post speaks of: "freeze on 8 January, release on 26"."""
    words = telling_words(statement_around(sentence.text, moment.start, moment.end))
    own = [each for each in told.moments if _agree(moment, each)]
    for other in told.moments:
        if any(_agree(each, other) for each in all_) or not own or not _has_same_kinds(moment, other):
            continue
        if all(is_of_another(words, told, (each.start, each.end), (other.start, other.end)) for each in own):
            return other
    return None


def _has_same_kinds(one: Moment, other: Moment) -> bool:
    return {key[0] for key in one.keys} == {key[0] for key in other.keys}


def _rival(moment: Moment, all_: Sequence[Moment], told: Told) -> Moment | None:
    """A date of the same kinds in a sentence of the source that no date of the post agrees with."""
    kinds = {key[0] for key in moment.keys}
    for other in told.moments:
        if kinds == {"period"} and not _differ_in_unit(moment, other):
            continue
        if kinds & {key[0] for key in other.keys} and not any(_agree(each, other) for each in all_):
            return other
    return None


def _differ_in_unit(one: Moment, other: Moment) -> bool:
    """Whether they are the first of a week and the first of a year."""
    first, second = (each.keys[0][1].split() for each in (one, other))
    return other.keys[0][0] == "period" and first[0] == second[0] and first[-1] != second[-1]
