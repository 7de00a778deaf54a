"""Names, numbers and dates: what gives a text away though no run of its words is repeated. English and Spanish.

A text *says* every name, number and date in it, in each form that it may take: ``TimeGPT-2`` is a timegpt and a timegpt2,
9,000,000 is 9m is nine million. It *tells* those of them by which it would be recognised: rare words, everyday words that are
written as names, numbers and dates that are not on everybody's lips. Linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import add

from contentkit.patterns import regex
from contentkit.words.common_words import ACRONYMS
from contentkit.words.moments import CALENDAR_WORDS, Moment, moments, without_moments
from contentkit.words.quantities import Quantity, quantities
from contentkit.words.shingles import SMALL_WORDS, Words, runs, singular
from contentkit.words.within import FIGURE, Opened, even, words_within

_MAY_BE_SPANISH = regex(r"\d\.\d{3}")
# Of small letters.
_SPANISH_WORD = regex(
    r"(?<!\w)(?:mil|mill[oó]n(?:es)?|cien(?:to)?|\w{1,10}cient[oa]s|dos|tres|cuatro|cinco|seis|siete|ocho"
    r"|nueve|diez|once|doce|trece|catorce|quince|dieci\w{3,5}|veint\w{1,7}|treinta|cuarenta|cincuenta|[sn]o?e?[st]enta|ochenta|doble|mitad"
    r"|tercios?|cuartos?|semanas?|d[ií]as?|mes(?:es)?|años?)(?!\w)"
)
_OTHER_FORM = Opened(
    [FIGURE],
    regex(
        r"(?<![\w.,])(?:(?P<spaced>\d{1,3}(?: \d{3}){1,9})(?![.,]?\d)"
        r"|(?P<figure>\d{1,9}(?:[.,]\d{1,9})?)(?:[eE]\+?0?(?P<power>[369])|mm| ?(?:MM|[Mm]io|[Mm]ln|MLN))(?!\w))"
    ),
)
_SCALES = {"3": "k", "6": "m", "9": "b"}
_DIGITS = dict(
    zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "0123456789", strict=True)
)
_SPELT = {
    **_DIGITS,
    **dict(
        zip(
            ["ten", "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty"],
            ["10", "11", "12", "15", "20", "30", "40", "50"],
            strict=True,
        )
    ),
}
_ANY_DIGIT, _ANY_SPELT = "|".join(_DIGITS), "|".join(_SPELT)
# "Nine mil", "nine-point-five M", "nine point five"; and 9 mil, which is Spanish for 9,000.
_MILLION = ("mil", "mill", "m", "mm", "million")
_SPOKEN = Opened(
    [*_SPELT, *(word + million for word in _SPELT for million in _MILLION), FIGURE],
    regex(
        rf"(?<!\w)(?:(?P<whole>{_ANY_SPELT})(?P<point>[ -]point(?:[ -](?:{_ANY_DIGIT})){{1,4}})?"
        r"|(?P<figure>\d{1,9}(?:\.\d{1,9})?))"
        rf"(?:[ -]{{0,2}}(?P<million>{'|'.join(_MILLION)})(?!\w))?(?!\w)",
        re.IGNORECASE,
    ),
)
_CAPITALS = regex(r"[MDCLXVI]{3,}")
_ROMAN = regex(
    r"(?<!\w)(?!(?:MIX|CIV|DIV|LIV|MMM|CCC|XXL|XXX|MCI|DCI|CDC|MDX|DIM)\b)(?=[MDCLXVI]{3})"
    r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)"
)
_ROMAN_VALUES = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))
_HUMPS = regex(r"[^\W\d_]?[^\WA-Z\d_]+|[A-Z]+(?![a-z])")
_NEVER_OPENING = " \t\"'“‘(*_[¿¡"
_OPENERS = ".!?…:;\n•·–—>*#|/-"
_BEFORE = 8
_SHORTEST_RARE_WORD = 4
# Fewer things than these are counted every day; an amount from here on is the same one whatever it counts.
_FEWEST_THINGS = 13
_AMOUNT = 1000
_COMMON_FACTORS = frozenset((1, 2, 3, 10))
_THINGS = frozenset(("any", "count"))
_CURRENCIES = frozenset("$€£¥₹") | {"pesos"}
_TOO_COMMON = frozenset(("ordinal", "decade", "fraction"))
_ONE = ("a ", "an ", "one ", "un ", "una ")
_NO_NAMES = SMALL_WORDS | CALENDAR_WORDS
# Parts of a date that tell something alone; "next week" and "in spring" do not.
_LONE = frozenset(("year", "quarter", "weekday", "clock"))


# The hash of a name, number or date in one of its forms, and where it begins and ends in the text.
Told = tuple[int, int, int]


def names_said(text: str, words: Words) -> Iterator[Told]:
    """Each word of a text in each form that a name may have: alone, joined to the next one, by its humps."""
    plain, starts, ends = words.plain, words.starts, words.ends
    yield from zip(runs(plain, 1, "name"), starts, ends, strict=True)
    yield from zip(runs([*map(singular, plain)], 1, "name"), starts, ends, strict=True)
    pairs = [*map(add, plain, plain[1:])]
    yield from zip(runs(pairs, 1, "name"), starts, ends[1:], strict=False)
    for word, start, end in zip(plain, starts, ends, strict=True):
        written = text[start:end]
        if written.islower() or not written[0].isalpha():
            continue
        if not written[1:].islower():
            yield from ((hash(("name", hump.casefold())), start, end) for hump in _HUMPS.findall(written))
        if _is_proper(text, word, start, end):
            yield hash(("proper", word)), start, end


def names_told(text: str, words: Words, everyday: Mapping[str, bool]) -> Iterator[int]:
    """The hashes of the rare words of a text, of pairs of them as one word, and of everyday words written as names.

    ``everyday`` says of each word whether it is one.
    """
    plain = words.plain
    rare = [
        not everyday[word] and word not in CALENDAR_WORDS and _is_telling(text[start:end])
        for word, start, end in zip(plain, words.starts, words.ends, strict=True)
    ]
    for at, word in enumerate(plain):
        if rare[at]:
            yield hash(("name", singular(word)))
            if at + 1 < len(plain) and (rare[at + 1] or plain[at + 1].isdigit()):
                yield hash(("name", word + plain[at + 1]))
        elif _is_proper(text, word, words.starts[at], words.ends[at]):
            yield hash(("proper", word))


def _is_telling(written: str) -> bool:
    """Whether a word that is not an everyday one is long enough, or is written as a name."""
    if written.upper().removesuffix("S") in ACRONYMS:
        return False
    return len(written) >= _SHORTEST_RARE_WORD or (len(written) > 1 and any(map(str.isupper, written)))


def _is_proper(text: str, word: str, start: int, end: int) -> bool:
    """Whether a word bears a capital that is not due to where it stands: ``we met Apple``, not ``WE MET`` or ``We met``."""
    if not text[start].isupper() or len(word) < 3 or word in _NO_NAMES or text[start:end].isupper():
        return False
    before = text[max(0, start - _BEFORE) : start].rstrip(_NEVER_OPENING)
    return bool(before) and before[-1] not in _OPENERS


def numbers_said(text: str) -> Iterator[Told]:
    """Each number and date of a text in each form in which it might be a repetition."""
    dates, figures = _dates_and_figures(text)
    for date in dates:
        yield from ((hash(("date", form)), date.start, date.end) for form in _forms_of_a_date(date))
    for figure in figures:
        for value, unit in figure.readings:
            forms = (f"{value:g} {_class(unit)}", f"{value:g}") if _is_amount(unit) else (f"{value:g} {unit}",)
            yield from ((hash(("number", form)), figure.start, figure.end) for form in forms)


def numbers_told(text: str) -> Iterator[int]:
    """The hash of each number and date of a text that few others would say by chance."""
    dates, figures = _dates_and_figures(text)
    for date in dates:
        yield from (hash(("date", form)) for form in _told_by_a_date(date))
    for figure in figures:
        for value, unit in figure.readings:
            if _is_amount(unit) and (value >= _AMOUNT or value != int(value)):
                yield hash(("number", f"{value:g}"))
            elif _tells(figure, value, unit):
                yield hash(("number", f"{value:g} {_class(unit)}"))


def _dates_and_figures(text: str) -> tuple[list[Moment], list[Quantity]]:
    """The dates of a text, and its numbers without those of the dates; read in Spanish too where they may be."""
    dates = moments(text)
    rest = without_moments(text, dates)
    languages = (
        ("en", "es") if _MAY_BE_SPANISH.search(rest) or _SPANISH_WORD.search(" ".join(words_within(rest))) else ("en",)
    )
    others = _CAPITALS.sub(_arabic, _SPOKEN.sub(_in_figures, _OTHER_FORM.sub(_usual, rest)))
    forms = dict.fromkeys((rest, others))
    return dates, [figure for form in forms for language in languages for figure in quantities(form, language)]


def _usual(number: re.Match[str]) -> str:
    """A number in the form that ``quantities`` reads, as long as it is: 9 000 000, 9e6, $9mm, 9 Mio."""
    if number["spaced"]:
        return number[0].replace(" ", "\u00a0")
    return (number["figure"] + _SCALES[number["power"] or "6"]).ljust(len(number[0]))


def _in_figures(number: re.Match[str]) -> str:
    """A spoken number in figures, as long as it is; unchanged where it is one word that ``quantities`` knows."""
    if not (number["point"] or number["million"]):
        return number[0]
    whole = number["figure"] or _SPELT[even(number["whole"]).lower()]
    rest = "".join(_DIGITS[word] for word in re.findall(_ANY_DIGIT, even(number["point"] or "").lower()))
    return (whole + (f".{rest}" if rest else "") + ("m" if number["million"] else "")).ljust(len(number[0]))


def _arabic(capitals: re.Match[str]) -> str:
    """A Roman number in figures, as long as it is; unchanged what is none."""
    number = _ROMAN.match(capitals.string, capitals.start())
    if not number:
        return capitals[0]
    values = [_ROMAN_VALUES[letter] for letter in number[0]]
    total = sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
    return str(total).ljust(len(number[0]))


def _is_amount(unit: str) -> bool:
    return unit in _THINGS or unit in _CURRENCIES


def _class(unit: str) -> str:
    # Whether something follows that is counted depends on how a sentence is put.
    return "things" if unit in _THINGS else unit


def _tells(figure: Quantity, value: float, unit: str) -> bool:
    if unit in _THINGS:
        return value >= _FEWEST_THINGS
    if unit == "x":
        return value not in _COMMON_FACTORS
    has_digits = any(character.isdigit() for character in figure.words)
    shares = {unit for _, unit in figure.readings}
    if unit in _TOO_COMMON or (not has_digits and "fraction" in shares):
        return False
    # "A week", "an hour", "one percent" are said of everything.
    return has_digits or not figure.words.lower().startswith(_ONE)


def _forms_of_a_date(date: Moment) -> Iterator[str]:
    said = dict(reversed(date.keys))
    if "month" in said and "day" in said:
        yield f"day {said['month']}-{said['day']}"
        yield f"month {said['month']}"
    elif "month" in said:
        yield f"month {said['month']}"
        yield f"in {said['month']}"
    yield from (f"{kind} {value}" for kind, value in date.keys if kind in _LONE)


def _told_by_a_date(date: Moment) -> Iterator[str]:
    """A day of a month tells the month to who names no other day of it; the year only where it stands alone."""
    said = dict(reversed(date.keys))
    if "month" in said and "day" in said:
        yield f"day {said['month']}-{said['day']}"
        yield f"in {said['month']}"
    elif "month" in said:
        yield f"month {said['month']}"
    else:
        yield from (f"{kind} {value}" for kind, value in date.keys if kind in _LONE)
