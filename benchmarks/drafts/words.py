"""Words as the measures see them: independent of how the drafter reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_STOP_WORDS = """
a about above after again against all also although always am an and any are as at back be became because become been
before being below between both but by came can cannot come could did do does doing done down during each either else
even ever every few first for from further get gets getting go goes going gone good got had has have having he her here
hers him himself his how however i if in indeed into is it its itself just kind know last least less let like likely
little look lot made make makes making many may maybe me mean might mine more most much must my myself need never new no
nor not nothing now of off often on once one only onto or other others our ours out over own part people per perhaps
point put quite rather really right said same say says see seem seems seen several shall she should since so some
something still such sure take than that the their theirs them themselves then there these they thing things think this
those though thought three through thus to together too took toward two under until up upon us use used using very want
wanted was way we well went were what when where whether which while who whole whom whose why will with within without
would yeah yes yet you your yours
al algo algunas algunos ante antes aquel aquella aunque así bien cada casi como con contra cual cuales cuando cuanto de
del desde donde dos durante el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estado están estas
este esto estos está fue fueron gran ha haber había hace hacer hacia han hasta hay incluso la las le les lo los luego
mas me mediante mi mientras mis misma mismo mucha mucho muchos muy más nada ni no nos nosotros nuestra nuestras nuestro
nuestros o otra otras otro otros para parte pero poco por porque pueda puede pueden pues que quien quienes qué se sea
sean ser si sido siempre sin sino sobre solo son su sus sólo también tal tan tanto te tener tiene tienen toda todas
todavía todo todos tras tres tu tus un una unas uno unos usted va vamos van vez y ya yo él sí
"""
_STOP = frozenset(_STOP_WORDS.split())


def words(text: str) -> list[str]:
    """The words and numbers of a text in lower case, in their order."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def terms(text: str) -> list[str]:
    """The words that carry the subject, the plain plurals of English and Spanish taken for their singulars."""
    kept = (word.removesuffix("'s") for word in words(text))
    return [
        word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 4 else word
        for word in kept
        if len(word) > 2 and word not in _STOP and not word[0].isdigit() and "'" not in word
    ]


def top_terms(texts: Sequence[str], number: int) -> list[list[str]]:
    """For each text its most telling terms: frequent here, rare in the other texts (tf × idf)."""
    counts = [Counter(terms(text)) for text in texts]
    holders = Counter(term for count in counts for term in count)
    return [
        sorted(count, key=lambda term: (-count[term] * log(1 + len(texts) / holders[term]), term))[:number]
        for count in counts
    ]


def cosine(one: Counter[str], other: Counter[str]) -> float:
    """How alike two bags of words are, 0 to 1."""
    product = sum(count * other[term] for term, count in one.items())
    size = sqrt(sum(each * each for each in one.values()) * sum(each * each for each in other.values()))
    return product / size if size else 0.0


def runs(of: Iterable[str], length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    listed = list(of)
    return {tuple(listed[start : start + length]) for start in range(len(listed) - length + 1)}
