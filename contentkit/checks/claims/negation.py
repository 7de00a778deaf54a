"""Denials that the source has and the post has not, or the other way."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.claims.dropped import check_dropped, is_double, is_turned
from contentkit.checks.claims.superlatives import denied_comparisons
from contentkit.checks.findings import Finding, warning
from contentkit.checks.grounds import Sentence
from contentkit.checks.reading.clauses import Mark, Parsed
from contentkit.checks.reading.parsing import parsed
from contentkit.checks.records.record import SaidSentence
from contentkit.patterns import regex

_OPENING_WORD = regex(r"\W*(?P<word>[^\W\d_]+)\s*(?:[,.!:;—–]|$)")
_REMEDY = "say yes where the source does, and no where it does not"
_SHARE = 0.5
# A refusal says no at once, to what was said last.
_OPENING, _LAST = 5, 2
# "Not yet.": a no that says so little else.
_BARE = 1
_SURE = 0.7


def check_negation(beside: Beside) -> Iterator[Finding]:
    """CK222: an error where the rest of the sentence is the source's, a warning where it is likely.

    A no that the post adds is one in a copy only: in other words of its own it may say the same ("you can't run them alike").
    """
    if beside.own.asks:
        return
    yield from _answered(beside)
    yield from _affirmed(beside)
    yield from _refused(beside)
    yield from check_dropped(beside)
    for said in beside.cited:
        for mark in said.parsed.of("without"):
            yield from _gained(beside, said, mark)
    for mark in beside.own.of("denial"):
        if beside.own.clauses[mark.first] not in beside.own.asked and not is_double(beside.own, mark):
            yield from _added(beside, mark)


def _answered(beside: Beside) -> Iterator[Finding]:
    """A yes to a question to which the source says no, or the other way."""
    for part, answer in zip(beside.parts, beside.parts[1:], strict=False):
        [first, *_] = parsed(answer.text, beside.own.language).words or [""]
        kind = beside.lexicon.answers.get(first) if part.text.endswith("?") else None
        is_denied = "denial" in beside.hints_around
        if beside.matches and (kind == "yes" and not beside.says_yes and _denies(beside, part)):
            message = f"the source answers no: {beside.place(beside.matches[0])}"
            yield warning("CK222", message, words=answer.text.split()[0], at=answer.at, remedy=_REMEDY)
        elif beside.matches and kind == "no" and not is_denied:
            message = f"the source answers yes: {beside.place(beside.matches[0])}"
            yield warning("CK222", message, words=answer.text.split()[0], at=answer.at, remedy=_REMEDY)


def _denies(beside: Beside, asked: Sentence) -> bool:
    """Whether the source denies just what is asked or says no more than no, and the post's answer keeps no denial."""
    if "denial" in beside.own.hints_in(beside.own.answers):
        return False
    content = parsed(asked.text, beside.own.language).content
    return any(
        _refuses(said.parsed)
        or (len(said.words) <= _BARE and next(said.parsed.of("denial"), None))
        or any(each.head in content for each in said.parsed.denied)
        for said in beside.around
    )


def _affirmed(beside: Beside) -> Iterator[Finding]:
    """A sentence that begins with "Yes," and no question of the post before it, where the cited lines only say no."""
    parts = [part for before, part in zip((None, *beside.parts), beside.parts, strict=False) if not _asks(before)]
    for part in parts:
        match = _OPENING_WORD.match(part.text)
        if not match or beside.lexicon.answers.get(match["word"].casefold()) != "yes" or beside.says_yes:
            continue
        denied = [said for said in beside.around if next(said.parsed.of("denial"), None)]
        if denied:
            message = f"the source says no: {beside.place(denied[0])}"
            yield warning("CK222", message, words=match["word"], at=part.at + match.start("word"), remedy=_REMEDY)


def _asks(part: Sentence | None) -> bool:
    return part is not None and part.text.endswith("?")


def _refused(beside: Beside) -> Iterator[Finding]:
    """What the post affirms of a question or a remark to which somebody else says no: "You got it? – Not yet."."""
    if "denial" in beside.own.hints or not beside.matches:
        return
    asked = beside.matches[0]
    own_turn = [each for each in beside.cited if each.stretch == asked.stretch]
    turn = [each for each in beside.near if each.stretch == asked.stretch + 1]
    if (
        not turn
        or asked not in own_turn[-_LAST:]
        or not _refuses(turn[0].parsed)
        or beside.speaker(turn[0]) in ("", beside.speaker(asked))
    ):
        return
    own = sorted(beside.own.content)
    answered = frozenset().union(*(each.words for each in turn)) - asked.words
    if beside.share(own, asked.words) >= _SURE and answered.isdisjoint(own):
        message = f"it was asked, and the answer is no: {beside.place(turn[0])}"
        words, at = beside.clause(beside.own.content)
        yield warning("CK222", message, words=words, at=at, remedy=_REMEDY)


def _refuses(answer: Parsed) -> bool:
    """Whether a turn begins with a no: "Not yet", "No, but", "I wouldn't go that far"."""
    opening = min(answer.labels, default=-1)
    [first, *_] = [number for number, clause in enumerate(answer.clauses) if clause > opening] or [0]
    said = " ".join(answer.words[first : first + _OPENING])
    return not answer.asks and said.startswith(answer.lexicon.refusals)


def _scope(sentence: Parsed, mark: Mark) -> list[str]:
    """What a denial says something of: what stands behind it in its clause, else before it."""
    return sentence.behind(mark) or sentence.before(mark)


def _gained(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    """With funding, where the source says that it is without."""
    scope = said.parsed.behind(mark)[:1]
    is_double = next(said.parsed.of("denial"), None)
    if is_double or not scope or scope[0] not in beside.own.content or "|" in said.text:
        return
    rest = (beside.own.roots_in(beside.own.clauses_of(scope, little=0)) & said.words) - set(scope)
    if not rest:
        return
    if {"without", "denial"} & beside.own_hints(scope) or any(
        scope[0] in each.words and "without" not in each.parsed.hints for each in beside.near
    ):
        return
    message = f"the source is without it: {beside.place(said, mark)}"
    words, at = beside.clause(scope)
    yield warning("CK222", message, words=words, at=at, remedy=_REMEDY)


def _tops(beside: Beside, mark: Mark) -> bool:
    """Whether it denies that anything was more: "no money was better spent" is the best."""
    return any(first == mark.first for first, _ in denied_comparisons(beside.own))


def _added(beside: Beside, mark: Mark) -> Iterator[Finding]:
    scope, whole = _scope(beside.own, mark), beside.own.clause(mark)
    best = [each for each in beside.matches if scope and beside.share(scope, each.words) >= _SHARE]
    if not best or not beside.own.behind(mark) or is_turned(beside, best[0]):
        return
    if any("denial" in each.parsed.hints_in(each.parsed.clauses_of(whole), scope) for each in beside.around):
        return
    said = best[0].parsed
    if "denial" in said.hints_in(said.clauses, scope) or not beside.lexicon.compares.isdisjoint(beside.own.words):
        return
    if beside.is_copy and beside.share(whole, said.content) >= _SURE and not _tops(beside, mark):
        message = f"the source says this without “{beside.words_of(mark)}”: {beside.place(best[0])}"
        yield warning("CK222", message, words=beside.words_of(mark), at=beside.at(mark.start), remedy=_REMEDY)
