"""Two numbers of the source that changed places: 31 tests and 6 before, not 6 tests and 31 before."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from contentkit.checks.claims.beside import whole
from contentkit.checks.findings import Finding, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reading.clauses import Parsed
from contentkit.checks.reading.parsing import parsed
from contentkit.checks.records.record import Stretch
from contentkit.patterns import regex
from contentkit.text import one_line

_PAIR, _MOST = 2, 6
# What speaks for the exchange at least, and how many times more than against it.
_LEAST, _CLEARLY = 0.15, 1.8
_PER_CLAUSE = 2
_TOGETHER = 2
_PULL = 0.1
_YEAR = regex(r"#(?:19|20)\d\d")
_FROM, _TO = ("from", "de", "desde"), ("to", "a", "hasta")


def check_exchange(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK223 for two numbers of one stretch."""
    every = (root for sentence in post for root in parsed(sentence.text, grounds.record.language).roots)
    if sum(root.startswith("#") for root in every) < _PAIR:
        return
    own = whole(post, grounds)
    numbers = _numbers(own)
    for said, stretch in _telling(grounds) if len(numbers) > 1 else ():
        theirs = _numbers(said)
        for one, other in combinations([root for root in numbers if root in theirs][:_MOST], 2):
            mine, pair = (numbers[one], numbers[other]), (theirs[one], theirs[other])
            if _are_alike(said, *pair) and _are_alike(own, *mine) and _is_crossed(own, mine, said, pair):
                yield _exchanged(own, *mine, post, stretch)
                return


def _telling(grounds: Grounds) -> Iterator[tuple[Parsed, Stretch]]:
    """The cited stretches. What stands in the cells of a table has no order that could be read."""
    stretches = [grounds.record.stretches[number] for number in sorted(grounds.cited)]
    yield from (
        (parsed(each.text, grounds.record.language), each) for each in stretches if each.first and "|" not in each.text
    )


def _exchanged(own: Parsed, one: int, other: int, post: Sequence[Sentence], stretch: Stretch) -> Finding:
    first, second = own.words[one], own.words[other]
    message = f"{first} and {second} have changed places: {stretch.place} “{one_line(stretch.text, 90)}”"
    sentence = next((each for each in post if first in each.text), post[0])
    at = sentence.at + max(0, sentence.text.find(first))
    return warning(
        "CK223", message, words=first, at=at, remedy=f"put {second} where {first} is, or say what each of them is"
    )


def _numbers(sentence: Parsed) -> dict[str, int]:
    """The numbers that stand once in a sentence, with their places; no years, no part of a word: "eight-core"."""
    places: dict[str, list[int]] = {}
    for number, root in enumerate(sentence.roots):
        if root.startswith("#") and root != "#0" and not _YEAR.fullmatch(root):
            places.setdefault(root, []).append(number)
    return {root: found[0] for root, found in places.items() if len(found) == 1 and not _is_part(sentence, found[0])}


def _is_part(sentence: Parsed, number: int) -> bool:
    end = sentence.starts[number] + len(sentence.words[number])
    return sentence.text[end : end + 1] == "-" and sentence.text[end + 1 : end + 2].isalpha()


def _are_alike(sentence: Parsed, one: int, other: int) -> bool:
    """Whether two numbers count the same sort of thing, as far as can be seen, and do not belong together: ``37 of 41``."""
    kinds = {_counted(sentence, number) for number in (one, other)} - {""}
    totals = {mark.last for mark in sentence.of("total")}
    if totals & {one, other}:
        return False
    is_told = all(list(_direction(sentence.words, number)) for number in (one, other))
    return len(kinds) < 2 and (is_told or abs(one - other) > _TOGETHER)


def _counted(sentence: Parsed, number: int) -> str:
    """What a number counts: the sort of unit that stands behind it or as a sign before it, else the next word's root."""
    words, units = sentence.words, sentence.lexicon.units
    behind = number + 2 if words[number + 1 : number + 2] and words[number + 1][0].isdigit() else number + 1
    for place in (behind, number - 1):
        if 0 <= place < len(words) and (place > number or not words[place].isalnum()):
            kind = units.get(sentence.roots[place] or words[place])
            if kind is not None:
                return str(kind)
    is_followed = behind < len(words) and sentence.clauses[behind] == sentence.clauses[number]
    return sentence.roots[behind] if is_followed else ""


def _is_crossed(own: Parsed, mine: tuple[int, int], said: Parsed, theirs: tuple[int, int]) -> bool:
    """Whether what stands near the one number in the source stands near the other in the post."""
    here, there = _leanings(own, mine), _leanings(said, theirs)
    # What they count may be said once for both: "a panel of 5 watts in place of one of 20".
    counted = {_counted(own, number) for number in mine} | {_counted(said, number) for number in theirs}
    shared = {root: (here[root], there[root]) for root in here if root in there and root not in counted}
    pulls = {root: min(abs(one), abs(other)) for root, (one, other) in shared.items() if one * other < 0}
    crossed = {root: pull for root, pull in pulls.items() if pull >= _PULL}
    straight = math.fsum(min(abs(one), abs(other)) for one, other in shared.values() if one * other > 0)
    # "It was 90" says as much as "it is 8 now".
    then, now = (each.get("@then", 0.0) - each.get("@now", 0.0) for each in (here, there))
    straight += min(abs(then), abs(now)) if then * now > 0 else 0.0
    is_telling = len(crossed) > 1 or any(root[0] in "@#" for root in crossed)
    return is_telling and math.fsum(crossed.values()) > max(_LEAST, _CLEARLY * straight)


def _leanings(sentence: Parsed, pair: tuple[int, int]) -> dict[str, float]:
    """How much nearer each telling word stands to the first of two numbers than to the second."""
    first, second = (_context(sentence, number, pair) for number in pair)
    return {root: first.get(root, 0.0) - second.get(root, 0.0) for root in first.keys() | second.keys()}


def _context(sentence: Parsed, number: int, apart: Collection[int]) -> Mapping[str, float]:
    """How near each telling word stands to a number; also what says then or now."""
    found = dict(_direction(sentence.words, number))
    for place, root in enumerate(sentence.roots):
        key = sentence.lexicon.times.get(sentence.words[place], "") or root
        if not key or place in apart or key in sentence.lexicon.units:
            continue
        if sentence.sentences[place] != sentence.sentences[number]:
            continue
        between = sentence.words[min(place, number) : max(place, number)]
        joins = sum(word in sentence.lexicon.joins for word in between)
        apart_by = abs(sentence.clauses[place] - sentence.clauses[number]) + joins
        distance = abs(place - number) + _PER_CLAUSE * apart_by
        found[key] = max(found.get(key, 0.0), 1 / (1 + distance))
    return found


def _direction(words: Sequence[str], number: int) -> Iterator[tuple[str, float]]:
    """What stood first and what came of it: ``from 40 to 9``, ``40 → 9``, ``de 40 a 9``."""
    before = words[number - 1] if number else ""
    is_start = before in _FROM and not set(_TO).isdisjoint(words[number + 1 : number + 7])
    if is_start or words[number + 1 : number + 2] == ("→",):
        yield "@then", 1.0
    elif before == "→" or (before in _TO and not set(_FROM).isdisjoint(words[max(0, number - 7) : number])):
        yield "@now", 1.0
