"""Figures that say how much or how many: readers stop for those, and not for a date, a time, a version or an issue."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)\b"
)
# "18 August 2026", "del 3 al 5 de julio", "Oct 15", "between 09:12 and 12:53", "2.4.0", "version 3", "#1188", "by 2027".
_NO_QUANTITY = regex(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: (?:to|and|al?|y) \d{{1,2}})?,? (?:of |de )?{_MONTH}\.?(?: (?:de |del )?\d{{4}}\b)?"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    r"|\b\d{1,2}[:h]\d\d\b"
    r"|\b(?:version|versión|release|v|python|issue|number|número|chapter|part|step)\.? ?\d[\d.]*"
    r"|\b[vV]?\d+\.\d+(?:\.\d+|\.x)\S*|\b\d+\.x\b|#\d+|(?<![\d.,$€£])(?:19|20)\d\d\b(?![.,]?\d|\s?[%€])",
    re.I,
)
_FIGURE = regex(
    r"(?<![\w.-])[$€£~]?\d(?:[\d.,]| (?=\d{3}\b))*"
    r"|\b(?:hundreds|thousands|millions|billions|dozens|cientos|miles|millones|decenas|docenas) (?:of|de)\b",
    re.I,
)


def quantities_in(text: str) -> int:
    """How many figures of the text, in digits or as "thousands of", say how much or how many."""
    return len(_FIGURE.findall(_NO_QUANTITY.sub(" ", text)))
