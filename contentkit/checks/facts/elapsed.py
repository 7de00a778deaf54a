"""Times counted from a date of the post: "in June …, a month before" is May, and no July of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from contentkit.checks.findings import Finding, error
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.patterns import regex
from contentkit.words.bounds import direction_of
from contentkit.words.moments import Key, Moment, implied, without_moments
from contentkit.words.quantities import Quantity

# "A month before" counts from what was said; "a month before the release" from that.
_FROM_SOMETHING = regex(
    r"\s+(?:before|after|ahead\s+of|prior\s+to|antes\s+del?|después\s+del?)\s+(?!that\b|this\b|then\b|eso\b|ello\b|entonces\b)[^\s.,;:!?]",
    re.I,
)
_DAY = 86400.0


def check_elapsed(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK216: the source has a date so long after the post's, and the post says before it, or the other way round."""
    if not any(sentence.moments for sentence in post):
        return
    anchor: Moment | None = None
    for sentence in post:
        text = without_moments(sentence.text, sentence.moments)
        for quantity in grounds.numbers_in(text):
            before = [moment for moment in sentence.moments if moment.end <= quantity.start and _dates(moment)]
            start = before[-1] if before else anchor
            turn = direction_of(text, quantity)
            if turn and start and not _FROM_SOMETHING.match(text, quantity.end):
                yield from _wrong_way(quantity, turn, start, sentence, grounds)
        anchor = next((moment for moment in reversed(sentence.moments) if _dates(moment)), anchor)


def _dates(moment: Moment) -> bool:
    return not {"month", "year", "clock"}.isdisjoint(key[0] for key in moment.keys)


def _wrong_way(quantity: Quantity, turn: str, start: Moment, sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    sign = 1 if turn == "later" else -1
    right, wrong = ({*_counted(start, quantity, way)} for way in (sign, -sign))
    said = {
        key: moment.words
        for told in grounds.told
        for moment in told.moments
        for key in (*moment.keys, *implied(moment.keys))
    }
    if right and right.isdisjoint(said) and (found := [said[key] for key in wrong if key in said]):
        message = f"{quantity.words} {turn} than {start.words}, where the source says {found[0]}"
        at = sentence.at + quantity.start
        yield error("CK216", message, words=quantity.words, at=at, remedy="say which came first as the source does")


def _counted(start: Moment, quantity: Quantity, way: int) -> Iterator[Key]:
    """The date so long before or after this one, as far as both say."""
    said = dict(start.keys)
    for value, unit in quantity.readings:
        whole = round(value)
        if unit == "months" and "month" in said and whole % 12 and abs(value - whole) < 0.01:
            yield "month", str((int(said["month"]) - 1 + way * whole) % 12 + 1)
        elif unit == "months" and "year" in said and not whole % 12:
            yield "year", str(int(said["year"]) + way * whole // 12)
        elif unit == "time" and "day" in said and "month" in said and value % _DAY == 0:
            yield from _day(said, way * value / _DAY)
        elif unit == "time" and "clock" in said and value < _DAY:
            hours, _, minutes = said["clock"].partition(":")
            clock = (60 * int(hours) + int(minutes) + way * round(value / 60)) % 1440
            yield "clock", f"{clock // 60}:{clock % 60:02}"


def _day(said: dict[str, str], days: float) -> Iterator[Key]:
    try:
        found = date(int(said.get("year", "2023")), int(said["month"]), int(said["day"])) + timedelta(days=days)
    except (ValueError, OverflowError):
        return
    yield "date", f"{found.month}-{found.day}"
