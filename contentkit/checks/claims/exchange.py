"""Two numbers of the source that changed places: 31 tests and 6 before, not 6 tests and 31 before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from contentkit.checks.clauses import Parsed, parsed
from contentkit.checks.findings import Finding, error
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.lexicon import Lexicon, lexicon

_MOST = 6
_CLEARLY = 0.15
_PER_CLAUSE = 2
_FROM, _TO = ("from", "de", "desde"), ("to", "a", "hasta")


def check_exchange(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK223 for two numbers of one stretch."""
    language = grounds.record.language
    own = parsed(" . ".join(sentence.text for sentence in post), language)
    numbers = _numbers(own)
    if len(numbers) < 2:
        return
    for place in sorted(grounds.cited):
        stretch = grounds.record.stretches[place]
        if not stretch.first:
            continue
        said = parsed(stretch.text, language)
        theirs = _numbers(said)
        for one, other in combinations([root for root in numbers if root in theirs][:_MOST], 2):
            if not _are_of_a_kind(said, theirs[one], theirs[other]):
                continue
            score = _crossing(own, numbers[one], numbers[other], said, theirs[one], theirs[other], lexicon(language))
            if score > _CLEARLY:
                words = own.words[numbers[one]]
                yield error("CK223", f"exchanged {one} {other} {score:.2f}", words=words, at=0, remedy="exchange them")


def _numbers(sentence: Parsed) -> dict[str, int]:
    """The numbers that stand once in a sentence, with their places."""
    roots = [root for root in sentence.roots if root.startswith("#") and root != "#0"]
    return {root: number for number, root in enumerate(sentence.roots) if roots.count(root) == 1}


def _are_of_a_kind(sentence: Parsed, one: int, other: int) -> bool:
    """Whether two numbers count the same sort of thing, as far as their units tell."""
    kinds = {_unit(sentence, number) for number in (one, other)} - {None}
    return len(kinds) < 2


def _unit(sentence: Parsed, number: int) -> int | None:
    """The sort of unit that stands behind a number, behind the other end of its range, or as a sign before it."""
    words, units = sentence.words, sentence.lexicon.units
    behind = number + 2 if words[number + 1 : number + 2] and words[number + 1][0].isdigit() else number + 1
    for place in (behind, number - 1):
        if 0 <= place < len(words) and (place > number or not words[place].isalpha()):
            kind = units.get(sentence.roots[place] or words[place])
            if kind is not None:
                return kind
    return None


def _crossing(
    own: Parsed, one: int, other: int, said: Parsed, their_one: int, their_other: int, words: Lexicon
) -> float:
    """How much better the contexts fit when the two change places; below zero where they fit as they are."""
    mine, others = _context(own, one, (one, other), words), _context(own, other, (one, other), words)
    pair = (their_one, their_other)
    theirs, their_others = _context(said, their_one, pair, words), _context(said, their_other, pair, words)
    score = 0.0
    for root in set(mine) | set(others):
        if root in theirs or root in their_others:
            here = mine.get(root, 0.0) - others.get(root, 0.0)
            there = theirs.get(root, 0.0) - their_others.get(root, 0.0)
            score -= here * there
    return score


def _context(sentence: Parsed, number: int, apart: Collection[int], words: Lexicon) -> Mapping[str, float]:
    """How near each telling word stands to a number; also what says then or now."""
    found = dict(_direction(sentence.words, number))
    for place, root in enumerate(sentence.roots):
        key = words.times.get(sentence.words[place], "") or root
        if not key or place in apart or key in words.units:
            continue
        distance = abs(place - number) + _PER_CLAUSE * abs(sentence.clauses[place] - sentence.clauses[number])
        found[key] = max(found.get(key, 0.0), 1 / (1 + distance))
    return found


def _direction(words: Sequence[str], number: int) -> Iterator[tuple[str, float]]:
    """What stood first and what came of it: ``from 40 to 9``, ``40 → 9``, ``de 40 a 9``."""
    before = words[number - 1] if number else ""
    if before in _FROM or words[number + 1 : number + 2] == ("→",):
        yield "@then", 1.0
    elif before == "→" or (before in _TO and not set(_FROM).isdisjoint(words[max(0, number - 7) : number])):
        yield "@now", 1.0
