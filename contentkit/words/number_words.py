"""Numbers in words, English and Spanish: twenty-five, a hundred thousand, twice, two thirds, dos mil, el doble."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from contentkit.patterns import regex
from contentkit.words.within import Opened, even, words_within

_Table = Mapping[str, float]


def _numbered(words: str, *numbers: float) -> dict[str, float]:
    return dict(zip(words.split(), numbers, strict=True))


_ONES: Mapping[str, _Table] = {
    "en": _numbered("one two three four five six seven eight nine", *range(1, 10)),
    "es": _numbered("uno un una dos tres cuatro cinco seis siete ocho nueve", 1, 1, 1, *range(2, 10)),
}
_TEENS: Mapping[str, _Table] = {
    "en": _numbered(
        "zero ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen dozen",
        0,
        *range(10, 20),
        12,
    ),
    "es": _numbered(
        "cero diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiún veintiuno veintiuna "
        "veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve docena",
        *(0, *range(10, 21), 21, 21, *range(21, 30), 12),
    ),
}
_TENS: Mapping[str, _Table] = {
    "en": _numbered("twenty thirty forty fifty sixty seventy eighty ninety", *range(20, 100, 10)),
    "es": _numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", *range(30, 100, 10)),
}
_HUNDREDS: Mapping[str, _Table] = {
    "en": {},
    "es": _numbered(
        "cien ciento doscientos doscientas trescientos trescientas cuatrocientos quinientos quinientas seiscientos setecientos "
        "ochocientos novecientos",
        *(100, 100, 200, 200, 300, 300, 400, 500, 500, 600, 700, 800, 900),
    ),
}
_SCALES: Mapping[str, _Table] = {
    "en": _numbered("hundred thousand million billion trillion dozen", 100, 1e3, 1e6, 1e9, 1e12, 12),
    "es": _numbered("mil millón millones", 1e3, 1e6, 1e6),
}

# Words that are a factor, a share or a time by themselves, with the value and the unit they mean.
_EN_FACTORS = """
twice|double|doubled|doubles|doubling|twofold = 2 x
triple|tripled|triples|tripling|threefold|thrice = 3 x
quadruple|quadrupled = 4 x
tenfold = 10 x
half|halve|halved|halves|halving = 1/2 fraction
a third|one third = 1/3 fraction
two thirds = 2/3 fraction
a quarter of|one quarter = 1/4 fraction
three quarters = 3/4 fraction
a fifth|one fifth = 1/5 fraction
two fifths = 2/5 fraction
three fifths = 3/5 fraction
four fifths = 4/5 fraction
a sixth = 1/6 fraction
an eighth = 1/8 fraction
a tenth|one tenth = 1/10 fraction
half a million = 500000
half a billion = 500000000
a couple = 2 any
half a percentage point = 1/2 pp
half a point = 1/2 any
half an hour = 1800 time
a quarter of an hour = 900 time
three quarters of an hour = 2700 time
half a second = 1/2 time
half a minute = 30 time
half a day = 43200 time
half a week = 302400 time
half a month = 1/2 months
an hour and a half = 5400 time
a second = 1 time
a minute|one minute = 60 time
an hour|one hour = 3600 time
a day = 86400 time
a minute and a half = 90 time
a day and a half = 129600 time
a week and a half = 907200 time
a week|one week = 604800 time
a month|one month = 1 months
a month and a half = 3/2 months
a quarter = 3 months
half a year = 6 months
a year|one year = 12 months
a year and a half = 18 months
a decade|one decade = 120 months
fourth = 4 ordinal
fifth = 5 ordinal
sixth = 6 ordinal
seventh = 7 ordinal
eighth = 8 ordinal
ninth = 9 ordinal
tenth = 10 ordinal
eleventh = 11 ordinal
twelfth = 12 ordinal
twentieth = 20 ordinal
hundredth = 100 ordinal
thousandth = 1000 ordinal
"""
_ES_FACTORS = """
doble|duplicó|duplicado|duplicar|duplicamos = 2 x
triple|triplicó|triplicado|triplicamos = 3 x
mitad = 1/2 fraction
un tercio = 1/3 fraction
dos tercios = 2/3 fraction
un cuarto = 1/4 fraction
tres cuartos|tres cuartas partes|las tres cuartas partes = 3/4 fraction
dos terceras partes|las dos terceras partes = 2/3 fraction
una tercera parte|la tercera parte = 1/3 fraction
una cuarta parte|la cuarta parte = 1/4 fraction
un quinto|una quinta parte|la quinta parte = 1/5 fraction
un décimo|una décima parte|la décima parte = 1/10 fraction
medio millón = 500000
un par = 2 any
un segundo = 1 time
un minuto = 60 time
medio punto porcentual = 1/2 pp
medio punto = 1/2 any
medio segundo = 1/2 time
medio minuto = 30 time
media hora = 1800 time
media semana = 302400 time
medio año = 6 months
un cuarto de hora = 900 time
tres cuartos de hora = 2700 time
una hora = 3600 time
hora y media|una hora y media = 5400 time
minuto y medio|un minuto y medio = 90 time
día y medio|un día y medio = 129600 time
semana y media|una semana y media = 907200 time
mes y medio|un mes y medio = 3/2 months
millón y medio|un millón y medio = 1500000
un día = 86400 time
una semana = 604800 time
un mes = 1 months
un año = 12 months
año y medio|un año y medio = 18 months
una década = 120 months
quinto|quinta = 5 ordinal
sexto|sexta = 6 ordinal
séptimo|séptima = 7 ordinal
octavo|octava = 8 ordinal
noveno|novena = 9 ordinal
décimo|décima = 10 ordinal
centésimo|centésima = 100 ordinal
"""


def _factors(table: str) -> dict[str, tuple[float, str]]:
    factors: dict[str, tuple[float, str]] = {}
    for row in table.strip().split("\n"):
        words, _, meaning = row.partition(" = ")
        value, _, unit = meaning.partition(" ")
        factors |= dict.fromkeys(words.split("|"), (float(Fraction(value)), unit))
    return factors


# Folded words that say how long something is without a number.
PERIOD_WORDS: Mapping[str, tuple[float, str]] = {
    **dict.fromkeys(("fortnight", "fortnightly", "biweekly", "quincena", "quincenal"), (1209600.0, "time")),
    **dict.fromkeys(("quarterly", "trimestre", "trimestral"), (3.0, "months")),
    **dict.fromkeys(("semester", "semestre", "semestral"), (6.0, "months")),
    **dict.fromkeys(("century", "siglo"), (1200.0, "months")),
}
_FACTORS = {"en": _factors(_EN_FACTORS), "es": _factors(_ES_FACTORS)}
# The words of numbers: those of "seventy-one", "a third", "la mitad".
NUMBER_WORDS = frozenset(
    (
        "third",
        "quarter",
        "half",
        "fourth",
        "fifth",
        "sixth",
        "eighth",
        "tenth",
        "tercio",
        "cuarto",
        "quinto",
        "mitad",
        "dozen",
    )
).union(*(table for tables in (_ONES, _TEENS, _TENS, _HUNDREDS, _SCALES) for table in tables.values()))
_ARTICLES = {"en": "an?", "es": "un"}
# What may stand between a scale and the rest of the number, between tens and ones, between hundreds and tens.
# No further, so that nothing is read across what was blanked out.
_AFTER_SCALE = {"en": r"(?:\s{1,2}and\s{1,2}|[\s-]{1,2})", "es": r"\s{1,2}"}
_AFTER_TENS = {"en": r"[\s-]", "es": r"\s{1,2}y\s{1,2}"}


def _any_of(*tables: Mapping[str, object]) -> str:
    words = sorted({word for table in tables for word in table}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in words) + ")" if words else r"(?!)"


def _pattern(language: str) -> re.Pattern[str]:
    """A factor, or a number: tens with ones, then scales each followed by what is below it."""
    ones, scales, gap = _any_of(_ONES[language]), _any_of(_SCALES[language]), _AFTER_SCALE[language]
    below = (
        rf"(?:{_any_of(_TENS[language])}(?:{_AFTER_TENS[language]}{ones})?|{_any_of(_TEENS[language])}|{ones})(?!\w)"
    )
    small = rf"(?:{_any_of(_HUNDREDS[language])}(?!\w)(?:\s{{1,2}}{below})?|{below})"
    lone = rf"|mil(?!\w)(?:\s{{1,2}}{small})?" if language == "es" else "|(?:hundred|thousand|million|billion)(?=-)"
    number = rf"(?:{_ARTICLES[language]}|{small})(?:[\s-]{{1,2}}{scales}(?!\w)(?:{gap}{small})?)+|{small}{lone}"
    return regex(rf"(?<![\w-])(?:(?P<factor>{_any_of(_FACTORS[language])})|(?P<number>{number}))(?!\w)", re.I)


def _openers(language: str) -> frozenset[str]:
    """The words that a number or a factor can begin with."""
    tables = (_ONES, _TEENS, _TENS, _HUNDREDS, _SCALES, _FACTORS)
    return frozenset(words.split()[0] for table in tables for words in table[language]) | {"a", "an", "un"}


_PATTERNS = {language: Opened(_openers(language), _pattern(language)) for language in _SCALES}
# "A few dozen" are no twelve.
_VAGUE, _LONGEST_VAGUE = regex(r"(?<!\w)(?:few|several|some|many|of|varias|algunas|cuantas)\s+$", re.I), 12
_VAGUELY = frozenset(("dozen", "docena"))
# Pronouns and articles as often as numbers.
_LONE = frozenset(("one", "uno", "un", "una"))


def _words(language: str) -> frozenset[str]:
    """The words of which every number has one that says something: the longest of each phrase."""
    tables = (_ONES, _TEENS, _TENS, _HUNDREDS, _SCALES, _FACTORS)
    return frozenset(max(words.split(), key=len) for table in tables for words in table[language]) - _LONE


_WORDS = {language: _words(language) for language in _SCALES}


def spelled_numbers(text: str, language: str) -> Iterator[tuple[int, int, float, str]]:
    """(start, end, value, unit) of each number in words; the unit is empty where what follows decides.

    "One" alone is a pronoun as often as a number and says nothing here.
    """
    plain = even(text)
    if language not in _PATTERNS or _WORDS[language].isdisjoint(words_within(plain)):
        return
    for match in _PATTERNS[language].finditer(plain):
        if match["factor"]:
            value, unit = _FACTORS[language][re.sub(r"[\s-]+", " ", match["factor"].lower())]
            yield match.start(), match.end(), value, unit
        elif match[0].lower() not in _VAGUELY or not _VAGUE.search(
            plain, max(0, match.start() - _LONGEST_VAGUE), match.start()
        ):
            yield from _numbers(match, language)


def _numbers(match: re.Match[str], language: str) -> Iterator[tuple[int, int, float, str]]:
    words = match["number"].lower()
    if words not in _LONE:
        yield match.start(), match.end(), _value(re.findall(r"[^\W\d_]+", words), language), ""


def _value(words: list[str], language: str) -> float:
    """Two hundred and twelve thousand five: hundreds multiply what stands before them, greater scales close a group."""
    total, group = 0.0, 0.0
    plain = {**_ONES[language], **_TEENS[language], **_TENS[language], **_HUNDREDS[language]}
    for word in words:
        scale = _SCALES[language].get(word, 0)
        if not scale or (word == "dozen" and not group):
            group += plain.get(word, 0)
        elif scale <= 100:
            group = max(group, 1) * scale
        else:
            total += max(group, 1) * scale
            group = 0
    return total + group
