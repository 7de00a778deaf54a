"""Numbers that a writer may say though no source does: worked out, counted, pointed back to."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from contentkit.checks.facts.numbers.claim import COUNTS, FEW, RANGE_JOINT, Claim, kinds_of, stands
from contentkit.checks.facts.reckoned import compares, is_as_long, is_reckoned
from contentkit.checks.grounds import Grounds
from contentkit.checks.reading.words import folded, stem
from contentkit.patterns import regex
from contentkit.words.bounds import rate_of

_PLAIN, _LONGEST_RATE = regex(r"[^\W\d_]*(?:\s+[^\W\d_]+){0,2}\s+"), 30
_OFTEN = regex(r"(?<!\w)(?:once|twice|times|vez|veces)\s+$", re.I)
_MISSING = regex(
    r"(?<!\w)(?:missing|left|lack\w*|remain\w*|not|no|without|rest|untranslated|open|falta\w*|queda\w*|sin|resto)(?!\w)",
    re.I,
)
_POINTS_BACK_WORDS = """
the|the same|these|those|both|other|between|all|any|of us|los|las|estos|estas|esos|esas|ambos|ambas|otros|otras|mismos|mismas
"""
_POINTS_BACK = regex(rf"(?<!\w)(?:{_POINTS_BACK_WORDS.strip()})\s+$", re.I)
_SAME = regex(r"(?<!\w)(?:same|mism[oa]s)\s+$", re.I)
# "A second sensor" is no time.
_SECONDS = frozenset(("a second", "un segundo"))
_ARTICLE = regex(r"(?:an?|un|una)\s+([^\W\d_]+)$", re.I)
_PERIODS = {
    "second": "second", "minute": "minute", "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly",
    "quarter": "quarterly", "year": "annual", "decade": "decade", "segundo": "segundo", "minuto": "minuto", "hora": "hora",
    "dia": "diario", "semana": "semanal", "mes": "mensual", "ano": "anual", "decada": "decada",
}  # fmt: skip
# So far a writer counts what the source lists ("all twelve of them"); no further.
_LISTED = 20
# So many numbers of a post are reckoned with, and so near they come out.
_MOST_SHOWN, _MOST_OTHERS, _NEAR = 12, 40, 0.005
_SINCE = regex(r"\s+(?:ago|late|later|earlier|before|after|tarde|antes|después|atrás)(?!\w)", re.I)
_FROM, _LONGEST_FROM = regex(r"(?<!\w)(?:hace|tras|after)\s+$", re.I), 12
# How many days each has, as people reckon: twelve months a year, 52 weeks.
_PER = {"year": 365.0, "month": 365 / 12, "quarter": 365 / 4, "week": 365 / 52, "day": 1.0}
# "Height in centimetres: 100 to 300".
_NTH = {2.0: ("second", "segundo", "segunda"), 3.0: ("third", "tercer", "tercera")}
_MEASURES = frozenset(("metres", "kilograms"))
# Less is counted as often as paid.
_LEAST_SUM = 1000
_CURRENCIES = frozenset(("$", "€", "£", "¥", "₹", "pesos"))


def is_rate(claim: Claim) -> bool:
    """Whether it only says per what another number is: the "a week" of "two posts a week"."""
    if not _ARTICLE.fullmatch(claim.words):
        return False
    text, start = claim.sentence.text, claim.quantity.start
    if _OFTEN.search(text, max(0, start - _LONGEST_RATE), start):
        return True
    return any(
        0 < start - other.end <= _LONGEST_RATE and _PLAIN.fullmatch(text, other.end, start) for other in claim.own
    )


def is_worked_out(claim: Claim, grounds: Grounds, *, by_chance: bool) -> bool:
    """Whether a writer may say it though no source does: "a year" of "this year", what two numbers give, "the two".

    What two numbers give counts for nothing where it would be ``by_chance``.
    """
    quantity = claim.quantity
    article = _ARTICLE.fullmatch(quantity.words)
    if article:
        unit = folded(article[1])
        words = grounds.record.words
        if any(not grounds.near.isdisjoint(words.get(each, ())) for each in (unit, _PERIODS.get(unit, unit))):
            return True
    return (
        (not by_chance and is_reckoned(quantity, claim.sentence.text, grounds.reckoned))
        or _lasts_as_long(claim, grounds)
        or _is_between(claim, grounds)
        or _is_shown(claim, grounds)
        or _is_the_rest(claim, grounds)
        or _is_meant(claim, grounds)
        or _is_often(claim, grounds)
        or _is_per_another(claim, grounds)
    )


def is_by_chance(claim: Claim) -> bool:
    """Whether nothing in the sentence says that two numbers were compared, so that one that they give may be by chance.

    Where the line that the statement comes from has another number of the same unit, that is the one.
    """
    kinds = kinds_of(claim.quantity)
    return not kinds <= COUNTS and not compares(claim.sentence.text, times="duration" in kinds)


def may_follow(claim: Claim, grounds: Grounds) -> bool:
    """Whether the number may come out of the source in a way that is not known here: the post has all others that are like it."""
    kinds = kinds_of(claim.quantity)
    every = [other for told in grounds.told for other in told.figures]
    dates = sum(len(told.moments) for told in grounds.told) if "duration" in kinds else 0
    unused = (other for other in every if not any(own.agrees_with(other) for own in claim.others))
    is_rivalled = any(kinds & kinds_of(other) or kinds | kinds_of(other) <= COUNTS for other in unused)
    return len(every) + dates > 1 and not is_rivalled


def is_elapsed(claim: Claim) -> bool:
    """Whether it is a time counted from some day: "a week late", "three months ago", "hace tres meses"."""
    text, quantity = claim.sentence.text, claim.quantity
    return kinds_of(quantity) == {"duration"} and bool(
        _SINCE.match(text, quantity.end) or _FROM.search(text, max(0, quantity.start - _LONGEST_FROM), quantity.start)
    )


def _lasts_as_long(claim: Claim, grounds: Grounds) -> bool:
    """Whether the cited lines say the same time in weeks where the post says it in months, or the other way; or by counting.

    After the second month two months have gone by.
    """
    if kinds_of(claim.quantity) != {"duration"}:
        return False
    periods = {key[1] for told in grounds.told for moment in told.moments for key in moment.keys if key[0] == "period"}
    unit = folded(claim.words.split()[-1])
    if any(f"{which} {each}" in periods for which in _NTH.get(claim.quantity.value, ()) for each in (unit, stem(unit))):
        return True
    cited = [each for told in grounds.told for each in told.quantities]
    if any(each.value == claim.quantity.value and kinds_of(each) == {"duration"} for each in cited):
        # Three hundred years are no three hundred days, though these are the "ten months" of another sentence.
        return False
    said = {other for each in cited for other in each.readings}
    return any(is_as_long(own, other) for own in claim.quantity.readings for other in said)


def _is_between(claim: Claim, grounds: Grounds) -> bool:
    """Whether it says roughly what the source gives both ends of: about 28 hours for 26 to 30."""
    if claim.bound != "about":
        return False
    ranges = ((told.plain, pair) for told in grounds.told for pair in pairwise(told.quantities))
    ends = [pair for text, pair in ranges if RANGE_JOINT.fullmatch(text, pair[0].end, pair[1].start)]
    if any(left.is_bare and right.is_bare and left.value < claim.quantity.value < right.value for left, right in ends):
        return True
    return any(
        low[1] == unit == high[1] and low[0] < value < high[0]
        for left, right in ends
        for value, unit in claim.quantity.readings
        for low in left.readings
        for high in right.readings
    )


def _is_shown(claim: Claim, grounds: Grounds) -> bool:
    """Whether the post itself says of which two numbers of the source it is the sum, difference, product or quotient."""
    value = claim.quantity.value
    others = (
        other for other in claim.others[:_MOST_OTHERS] if other.value not in (value, 0.0) and stands(other, grounds)
    )
    shown = list(islice(others, _MOST_SHOWN))
    for number, one in enumerate(shown):
        for other in shown[number + 1 :]:
            few, many = sorted((one.value, other.value))
            if value > FEW and any(
                abs(value - each) <= _NEAR * value for each in (few + many, many - few, few * many, many / few)
            ):
                return True
    return False


def _is_per_another(claim: Claim, grounds: Grounds) -> bool:
    """Whether it is the source's number per something else: 300 a month are 3,600 a year."""
    own = rate_of(claim.sentence.text, claim.quantity)
    for told in grounds.told if own in _PER else ():
        for other in told.quantities:
            theirs = rate_of(told.plain, other)
            times = _PER[own] / _PER[theirs] if theirs in _PER and theirs != own else 0
            if any((round(value * times, 6), unit) in claim.quantity.readings for value, unit in other.readings):
                return True
    return False


def _is_money(value: float, currencies: set[str], grounds: Grounds) -> bool:
    """Whether a sentence of the cited lines has such a number without a unit beside a sum: "120,000 euros, 45,000 of ours"."""
    return any(
        other.value == value >= _LEAST_SUM and {unit for _, unit in other.readings} <= COUNTS
        for told in grounds.told
        if any(unit in currencies for each in told.quantities for _, unit in each.readings)
        for other in told.quantities
    )


def _is_often(claim: Claim, grounds: Grounds) -> bool:
    """Whether a "twice a week" is that of a source which names two days of the week."""
    if rate_of(claim.sentence.text, claim.quantity) != "week":
        return False
    moments_of = (moment for told in grounds.told for moment in told.moments)
    return claim.quantity.value == len({key for moment in moments_of for key in moment.keys if key[0] == "weekday"})


def _is_the_rest(claim: Claim, grounds: Grounds) -> bool:
    """Whether the source says how much is missing of a hundred per cent."""
    rest = {(100 - value, "%") for value, unit in claim.quantity.readings if unit == "%"}
    return any(
        _MISSING.search(told.text) and rest & other.readings
        for told in grounds.told
        for other in told.quantities
        if rest
    )


def _is_meant(claim: Claim, grounds: Grounds) -> bool:
    """Whether the cited lines say the bare number, and somewhere near its unit: "the 99 per cent? No, 93."."""
    units = {unit for unit in claim.quantity.units if unit[1] not in COUNTS}
    currencies = {unit for _, unit in units} & _CURRENCIES
    if _is_money(claim.quantity.value, currencies, grounds):
        return True
    is_said = any(other.is_bare and other.value == claim.quantity.value for other in grounds.quantities)
    if not units or not is_said:
        return False
    if {unit for _, unit in units} <= _MEASURES:
        return True
    if any(unit in currencies for _, unit in grounds.record.readings):
        return True
    told = (one for number in sorted(grounds.near) for one in grounds.record.told(number))
    return any(units & other.units for one in told for other in one.quantities)


def is_counted(claim: Claim) -> bool:
    """Whether a writer counts so far without saying so (two storms), or points back to what was listed: "the last of the 17"."""
    start = claim.quantity.start
    if _SAME.search(claim.sentence.text, max(0, start - 12), start) or claim.words.lower() in _SECONDS:
        return True
    if not {unit for _, unit in claim.quantity.readings} <= COUNTS:
        return False
    points_back = _POINTS_BACK.search(claim.sentence.text, max(0, start - 12), start)
    return claim.quantity.value <= (_LISTED if points_back else FEW)
