"""Superlatives and absolutes that the cited lines do not have, in these words or in others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Mark, Parsed

# What is no more than another way to say yes to the contrary.
_NEGATIVE = frozenset(("never", "nobody"))
# What writers use loosely.
_WEAK = frozenset(("always", "everything", "everybody", "merely", "ordinal"))
_LIKELY = frozenset(("everything", "everybody", "merely"))
# These hold of what the best match says, those of what stands behind them.
_OF_THE_MATCH = frozenset(("only", "certain"))
_OF_A_HEAD = frozenset(("everything",))
_SHARE = 0.6
# Characters between "one of" and its superlative.
_CLOSE = 24
_REMEDY = "say it as the source does"
# A sentence of the source is asked for them by every post that cites it.
_REMEMBERED = 4096


def check_superlatives(beside: Beside) -> Iterator[Finding]:
    """CK220: an error where nothing in the cited lines can stand for it, a warning where nothing beside its words does."""
    if beside.own.asks:
        return
    for mark in beside.own.marks:
        if mark.kind in beside.lexicon.absolutes:
            yield from _unsupported(beside, mark)
    for words, start, root in superlatives(beside.own):
        # "lo que más se pide" is one for a source, and too little for a post.
        if root and not root.startswith("…"):
            yield from _unsupported_most(beside, words, start, root)


def _unsupported(beside: Beside, mark: Mark) -> Iterator[Finding]:
    if _after_denial(beside.own, mark):
        return
    if mark.kind in ("first", "ordinal") and not beside.lexicon.second.isdisjoint(beside.own.words):
        return
    if mark.words == "ever" and not superlatives(beside.own):
        return
    wrong = _wrong(beside, mark)
    if wrong:
        words, nearest = beside.words_of(mark), beside.grounds.nearest(beside.own.text, mark.start)
        message = f"{wrong} “{words}”{nearest}"
        yield warning("CK220", message, words=words, at=beside.at(mark.start), remedy=_REMEDY)


def _wrong(beside: Beside, mark: Mark) -> str:
    """What is wrong with an absolute; empty where nothing is."""
    is_said = mark.kind in beside.hints_cited
    if not is_said and _is_strong(beside, mark):
        return "nothing in the cited lines says"
    if _is_denied(beside, mark):
        return "the cited lines say that it is not"
    if (not is_said and mark.kind in _LIKELY) or _is_of_something_else(beside, mark):
        return "the cited lines do not say"
    return ""


def _is_of_something_else(beside: Beside, mark: Mark) -> bool:
    """Whether the cited lines have such a word, but not where they say what the post does."""
    if mark.kind in _OF_THE_MATCH:
        told = beside.matches[:1]
    else:
        [head, *_] = beside.own.behind(mark) or [""]
        told = [each for each in beside.near if mark.kind in _OF_A_HEAD and head in each.words]
    return bool(told) and not any(mark.kind in each.parsed.hints for each in told)


def _is_strong(beside: Beside, mark: Mark) -> bool:
    """Whether a writer would not say it of what holds by and large: "never" of what the source has, "always" of the usual."""
    if mark.kind in _NEGATIVE:
        # "Nobody is faster" is another superlative.
        return _is_near(beside, mark) and all(first != mark.first for first, _ in denied_comparisons(beside.own))
    if mark.kind == "always":
        return any("habit" in {each.kind for each in said.parsed.marks} for said in beside.around)
    return mark.kind not in _WEAK


def _is_near(beside: Beside, mark: Mark) -> bool:
    """Whether the source says what it is that never happens; else it may say so the other way round: "it always holds"."""
    behind = beside.own.behind(mark)
    return any(behind and beside.share(behind, each.words) >= _SHARE for each in beside.matches)


def _is_denied(beside: Beside, mark: Mark) -> bool:
    """Whether the source refuses the very claim: "I would not say the only one"."""
    if mark.kind in _NEGATIVE or next(beside.own.of("denial"), None):
        return False
    theirs = [(each.parsed, own) for each in beside.cited for own in each.parsed.of(mark.kind)]
    told = [_after_denial(sentence, own) for sentence, own in theirs if not sentence.asks]
    return bool(told) and all(told)


def _after_denial(sentence: Parsed, mark: Mark) -> bool:
    clause = sentence.clauses[mark.first]
    return any(each.last < mark.first and sentence.clauses[each.last] == clause for each in sentence.of("denial"))


@lru_cache(maxsize=_REMEMBERED)
def superlatives(sentence: Parsed) -> Sequence[tuple[str, int, str]]:
    """The superlatives of a sentence: their words, their offset, the root of what is compared."""
    return tuple(_superlatives(sentence))


def _superlatives(sentence: Parsed) -> Iterator[tuple[str, int, str]]:
    known = sentence.lexicon.superlatives
    taken = {number for mark in sentence.marks for number in range(mark.first, mark.last + 1)}
    for number, word in enumerate(sentence.words):
        if word in known and number not in taken:
            yield word, sentence.starts[number], known[word]
        elif word in sentence.lexicon.most and _is_highest(sentence, number):
            start, end = sentence.starts[number], sentence.starts[number + 1] + len(sentence.words[number + 1])
            root = next(filter(None, sentence.roots[number + 1 : number + 4]), "")
            yield sentence.text[start:end], start, root if sentence.roots[number + 1] else f"…{root}"


@lru_cache(maxsize=_REMEMBERED)
def denied_comparisons(sentence: Parsed) -> Sequence[tuple[int, int]]:
    """``nobody … faster``, ``never … this big``: the numbers of the first and the last word, within one clause."""
    return tuple(_denied_comparisons(sentence))


def _denied_comparisons(sentence: Parsed) -> Iterator[tuple[int, int]]:
    words, clauses = sentence.words, sentence.clauses
    for first, word in enumerate(words):
        if word in sentence.lexicon.nothing_else:
            for last in range(first + 2, len(words)):
                if clauses[last] != clauses[first]:
                    break
                if words[last] in sentence.lexicon.comparatives or _is_so(sentence, last):
                    yield first, last
                    break


def _is_so(sentence: Parsed, number: int) -> bool:
    """Whether a word is the big of "this big", "as big"."""
    return sentence.words[number - 1] in sentence.lexicon.so and sentence.words[number] in sentence.lexicon.gradable


def _is_highest(sentence: Parsed, number: int) -> bool:
    """Whether ``most`` or ``más`` makes a superlative: an article or the like before it, a telling word behind it."""
    before = sentence.words[max(0, number - 2) : number]
    [behind] = sentence.words[number + 1 : number + 2] or [""]
    return bool(set(before) & sentence.lexicon.articles) and behind.endswith(sentence.lexicon.adjectives)


def _is_one_of(sentence: Parsed) -> bool:
    """Whether each superlative of a sentence comes behind "one of the"."""
    starts = [start for _, start, _ in superlatives(sentence)]
    partial = [sentence.starts[mark.last] for mark in sentence.of("part") if mark.words in sentence.lexicon.one_of]
    return all(any(0 < start - place <= _CLOSE for place in partial) for start in starts)


def _unsupported_most(beside: Beside, words: str, start: int, root: str) -> Iterator[Finding]:
    theirs = [said for said in beside.near if any(root == each.lstrip("…") for _, _, each in superlatives(said.parsed))]
    if theirs:
        is_one = any(mark.words in beside.lexicon.one_of for mark in beside.own.of("part"))
        if not is_one and all(_is_one_of(said.parsed) for said in theirs):
            message = f"“{words}”, where the source says “one of”: {beside.place(theirs[0])}"
            yield warning("CK220", message, words=words, at=beside.at(start), remedy=_REMEDY)
        return
    at = beside.at(start)
    nearest = beside.grounds.nearest(beside.own.text, start)
    if "most" not in beside.hints_cited:
        yield warning(
            "CK220", f"nothing in the cited lines says “{words}”{nearest}", words=words, at=at, remedy=_REMEDY
        )
    elif not any(root in each.words for each in beside.cited):
        yield warning("CK220", f"the cited lines do not say “{words}”{nearest}", words=words, at=at, remedy=_REMEDY)
