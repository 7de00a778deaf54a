"""Comparisons turned around: the other word of a pair, or the sides exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Parsed
from contentkit.patterns import regex
from contentkit.words.quantities import quantities

# So many characters say what number it is.
_NEAR = 40
_UP_TO_NUMBER = regex(r"\W{1,3}(?:(?:an?|the)\s)?")


def check_comparisons(beside: Beside) -> Iterator[Finding]:
    """CK223: the contrary of what the source says."""
    contrasts = beside.lexicon.contrasts
    for number, word in enumerate(beside.own.words):
        sides = contrasts.get(word)
        if not sides or (word in beside.lexicon.before_numbers and not _is_before_number(beside, number)):
            continue
        one, other = sides
        if "denial" in beside.own.hints_in((beside.own.clauses[number],), {beside.own.roots[number]} - {""}):
            continue
        near = {word for each in beside.around for word in each.parsed.words}
        if near & one:
            continue
        missing = other - set(beside.own.words)
        opposed = [each for each in beside.matches if missing & _affirmed(each.parsed)]
        if other & set(beside.own.words) and not any(
            other & set(each.parsed.words) - missing for each in beside.matches
        ):
            continue
        if opposed:
            theirs = next(each for each in opposed[0].parsed.words if each in missing)
            message = f"the source says “{theirs}”: {beside.place(opposed[0])}"
            start = beside.own.starts[number]
            words = beside.own.text[start : start + len(word)]
            yield warning(
                "CK223", message, words=words, at=beside.at(start), remedy=f"say “{theirs}”, as the source does"
            )


def _is_before_number(beside: Beside, number: int) -> bool:
    """Whether this word of the post stands before a number."""
    behind = beside.own.text[beside.own.starts[number] + len(beside.own.words[number]) :][:_NEAR]
    gap = _UP_TO_NUMBER.match(behind)
    return gap is not None and any(each.start <= gap.end() for each in quantities(behind, beside.own.language))


def _affirmed(sentence: Parsed) -> set[str]:
    """The words of the clauses that deny nothing."""
    denying = {sentence.clauses[mark.first] for mark in sentence.of("denial")}
    return {word for word, clause in zip(sentence.words, sentence.clauses, strict=True) if clause not in denying}
