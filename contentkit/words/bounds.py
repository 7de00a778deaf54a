"""What stands around a number and says how far it holds: "up to 40", "at least 40", "nearly 40", "about 40", "40 a month"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from contentkit.patterns import regex
from contentkit.words.quantities import Quantity

Bound = Literal["at most", "at least", "nearly", "about", "within", "exactly"]

_BEFORE_WORDS: Mapping[Bound, str] = {
    "nearly": "nearly|almost|not even|barely|apenas|"
    "just under|just shy of|shy of|not quite|close to|closer to|approaching|a bit under|a little under|"
    "casi|poco menos de|algo menos de|rozando|cerca de",
    "at most": "up to|at most|no (?:[a-z]+ )?(?:thicker|longer|bigger|larger|higher|older|later|wider|heavier|taller) than|"
    "no more than|not more than|less than|fewer than|under|below|a maximum of|max|at the most|"
    "room for|space for|seats for|a capacity of|a limit of|"
    "hasta|como mucho|como máximo|a lo sumo|menos de|no más de|por debajo de|máximo|"
    "un máximo de|sitio para|espacio para|aforo de|plazas para",
    "at least": "at least|more than|no (?:[a-z]+ )?(?:thinner|shorter|smaller|lower|younger|earlier|lighter) than|"
    "no less than|no fewer than|not less than|over|above|well over|just over|a bit over|"
    "upwards of|north of|a minimum of|at the very least|al menos|por lo menos|como mínimo|mínimo|más de|mas de|"
    "no menos de|por encima de|algo más de|poco más de|bastante más de|>",
    "within": "within|within the last|in the last|in the past|inside|dentro de|en las últimas|en los últimos|en menos de",
    "about": "about|around|roughly|approximately|approx|some|circa|something like|in the region of|or so|like|"
    "unos|unas|alrededor de|aproximadamente|más o menos|en torno a|sobre|cosa de|como|~|≈",
}
_BEHIND_WORDS: Mapping[Bound, str] = {
    "at most": "or less|or fewer|or under|or below|or thinner|or shorter|or smaller|or lower|or younger|"
    "at most|at the most|max|tops|is the maximum|is a maximum|is the limit|is the most|"
    "o menos|como mucho|como máximo|a lo sumo|es el máximo|es el límite",
    "at least": r"\+|plus(?!\s+(?:some|about|around|roughly|an?|another|the|[\d€$£]))|"
    r"or more|or above|or over|or thicker|or longer|or bigger|or larger|or higher|or older|"
    r"at the least|and counting|\(and counting\)|and more|and up|or better|at least|"
    "o más|y contando|y pico|y subiendo|como mínimo|por lo menos",
    "about": "or so|ish|-ish|roughly|approximately|give or take|o así|más o menos|aproximadamente|aprox",
}
_BEHIND_THING_WORDS: Mapping[Bound, str] = {
    "at most": "or less|or fewer|or below|or under|at most|at the most|o menos|como mucho|como máximo|a lo sumo",
    "at least": "or more|or above|or over|at least|at the least|o más|como mínimo|por lo menos|al menos",
    "about": "or so|give or take|o así|más o menos",
}
_ARTICLE = r"(?:l?(?:\s+(?:a|an|the|un|una|el|la|los|las))?)"
_BEFORE = regex(
    "|".join(rf"(?P<b{index}>{words})" for index, words in enumerate(_BEFORE_WORDS.values())).join(
        (r"(?:(?<!\w)|(?=[~≈>]))(?:", rf"){_ARTICLE}\s*[(~≈]?$")
    ),
    re.I,
)
_BEHIND = regex(
    "|".join(rf"(?P<b{index}>{words})" for index, words in enumerate(_BEHIND_WORDS.values())).join(
        (r"\s?(?:", r")(?!\w)")
    ),
    re.I,
)
# "40 people at the most", "15 personas por lo menos".
_BEHIND_THING = regex(
    "|".join(rf"(?P<b{index}>{words})" for index, words in enumerate(_BEHIND_THING_WORDS.values())).join(
        (r"(?:\s+[^\W\d_]{1,20}){1,2}?\s+(?:", r")(?!\w)")
    ),
    re.I,
)
# Room for fifteen is a bound unless another one is said: "room for 15 at least".
_ROOM = regex(r"room|space|seats|a capacity|sitio|espacio|aforo|plazas", re.I)
# "Not four hours later"; but "eight weeks, not a year".
_NOT = regex(r"(?<!\w)(?:not|ni)$", re.I)
_PER_NAMES = {
    "segundo": "second", "minuto": "minute", "hora": "hour", "día": "day", "noche": "night", "semana": "week", "mes": "month",
    "trimestre": "quarter", "año": "year", "persona": "person", "usuario": "user", "cliente": "customer", "kg": "kilo",
    "kilogram": "kilo", "tonelada": "tonne", "ton": "tonne", "litro": "litre", "liter": "litre", "página": "page",
    "kilometre": "kilometre", "kilometer": "kilometre", "km": "kilometre", "kilómetro": "kilometre", "head": "person",
    "barco": "ship", "asiento": "seat", "puesto": "seat",
}  # fmt: skip
_PER = "|".join(
    sorted(
        {*_PER_NAMES, *_PER_NAMES.values(), "run", "request", "metre", "box", "team", "site", "school"},
        key=len,
        reverse=True,
    )
)
_RATE = regex(
    r"(?:\s+[^\W\d_]{1,20}){0,2}?(?:\s*/\s*|\s+(?:an?|per|each|every|al?|a\s+la|la|el|por|cada)\s+)"
    rf"({_PER})(?!\w)(?!\s+(?:later|ago|before|earlier|más|antes|después|after(?!\s+(?:that|this|then)(?!\w))))",
    re.I,
)
_ALSO_PER = regex(rf"(?:\s*/\s*|\s+(?:an?|per|each|every|and|al?|la|el|por|cada|y)\s+)({_PER})(?!\w)", re.I)
_IN_ALL = regex(
    r"(?:\s+[^\W\d_]{1,20}){0,2}?,?\s+(?:in\s+all|in\s+total|all\s+told|altogether|in\s+one\s+go|en\s+total|en\s+conjunto)(?!\w)",
    re.I,
)
_RATE_WORD = regex(
    r"\s+(?:[^\W\d_]{1,20}\s+)?(hourly|daily|weekly|monthly|quarterly|yearly|annually|diari[oa]s?|semanal(?:es)?|mensual(?:es)?|anual(?:es)?)(?!\w)",
    re.I,
)
_RATE_NAMES = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
    "annually": "year", "diari": "day", "semanal": "week", "mensual": "month", "anual": "year",
}  # fmt: skip
_DIRECTION = regex(
    r"\s+(?:(?P<later>later|after|afterwards|después|más\s+tarde)|(?P<earlier>before|earlier|beforehand|prior|previously|ahead\s+of|antes))(?!\w)",
    re.I,
)
# "A baker who turns over £400,000".
_WITH_OVER = regex(r"(?<!\w)(?:turn|took|tak|hand|gave|giv|carr|pass|roll|read|talk|look)[^\W\d_]{0,4}\s+over$", re.I)
# "It is up to 81% now", "subió hasta el 68 %": that is where it got.
_REACHES = regex(
    r"(?:(?:is|are|was|were|went|goes|got|comes|now|moved|grew|rose)\s+up\s+to|hasta\s+(?:el|la|los|las))$", re.I
)
_LONGEST = 25
_COMPARED = regex(r"(?:[\d%]|(?:points?|times|puntos?|veces|por ciento|percent|per cent))\s*$", re.I)
# "Over two years" says how long; "under way" nothing of a number.
_DURATIONS = frozenset(("time", "months"))


def bound_of(text: str, quantity: Quantity) -> Bound:
    """How far the number holds by the words right before and behind it; "exactly" where none say so."""
    before = text[max(0, quantity.start - _LONGEST) : quantity.start].rstrip("$€£¥₹ ")
    match = _BEFORE.search(before)
    # "8% fewer than a year ago" compares.
    compares = match and match[0].split()[-1] in ("than", "de") and _COMPARED.search(before, 0, match.start())
    if match and _ROOM.match(match[0]) and (behind := _bound_behind(text, quantity)):
        return behind
    if not match and _NOT.search(before) and direction_of(text, quantity):
        return "nearly"
    is_bound = match and not compares and not _REACHES.search(before) and not _WITH_OVER.search(before)
    if match and is_bound and not _tells_how_long(match[0], quantity):
        return list(_BEFORE_WORDS)[_group(match)]
    return _bound_behind(text, quantity) or "exactly"


def _bound_behind(text: str, quantity: Quantity) -> Bound | None:
    found = _BEHIND.match(text, _number_end(text, quantity)) or _BEHIND.match(text, quantity.end)
    found = found or _BEHIND_THING.match(text, quantity.end)
    if not found and (rate := _RATE.match(text, quantity.end)):
        # "11 tonnes a month and more".
        found = _BEHIND.match(text, rate.end())
    return list(_BEHIND_WORDS)[_group(found)] if found else None


def direction_of(text: str, quantity: Quantity) -> str:
    """``later`` or ``earlier`` where a time is counted from something: "a year later", "a year before that"."""
    match = _DIRECTION.match(text, quantity.end)
    return ("later" if match["later"] else "earlier") if match else ""


def rates_of(text: str, quantity: Quantity) -> set[str]:
    """All that the number is counted per: second and ship in "2,200 values a second per ship"."""
    match = _RATE.match(text, quantity.end)
    also = _ALSO_PER.match(text, match.end()) if match else None
    second = {_PER_NAMES.get(also[1].lower(), also[1].lower())} if also else set()
    return {rate_of(text, quantity), *second}


def rate_of(text: str, quantity: Quantity) -> str:
    """What the number is counted per: ``month`` in "$10 a month", ``total`` in "$10 in all"; empty where nothing says it."""
    match = _RATE.match(text, quantity.end)
    if match:
        word = match[1].lower()
        return _PER_NAMES.get(word, word)
    if _IN_ALL.match(text, quantity.end):
        return "total"
    said = _RATE_WORD.match(text, quantity.end)
    if not said:
        return ""
    word = said[1].lower()
    return next(name for key, name in _RATE_NAMES.items() if word.startswith(key))


def _group(match: re.Match[str]) -> int:
    return int(next(name for name, words in match.groupdict().items() if words is not None)[1:])


def _tells_how_long(words: str, quantity: Quantity) -> bool:
    is_time = any(unit in _DURATIONS for _, unit in quantity.readings)
    return is_time and words.lower().split()[0] in ("over", "sobre", "como", "like")


def _number_end(text: str, quantity: Quantity) -> int:
    """Where the digits end: the plus of "50+ packages" stands there."""
    end = quantity.start
    while end < quantity.end and (text[end].isdigit() or text[end] in ".,$€£¥₹kKmM"):
        end += 1
    return end
