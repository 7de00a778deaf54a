"""Superlatives that the source has only in somebody else's mouth, as a question or with a limit; and those by a denial."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.claims.beside import Beside
from contentkit.checks.claims.superlatives import denied_comparisons, superlatives
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Parsed
from contentkit.checks.records.record import SaidSentence

# A refusal stands in so many sentences at the beginning of an answer.
_OPENING = 2
_CLAIMED = ("first", "ordinal", "only", "top")


def check_praise(beside: Beside) -> Iterator[Finding]:
    """CK220, as a warning: the source has the words, or words like them, and not the claim."""
    if not beside.own.asks:
        yield from _borrowed(beside)
        yield from _asked(beside)
        yield from _outdone(beside)


def _borrowed(beside: Beside) -> Iterator[Finding]:
    """A superlative that the source has only in somebody's mouth and the post as its own."""
    if not superlatives(beside.own) or "reported" in beside.post.hints:
        return
    for words, start, root in superlatives(beside.own):
        told = [said for said in beside.near if any(root == each for _, _, each in superlatives(said.parsed))]
        is_asked = _clause_at(beside.own, start) in beside.own.asked
        if (
            root
            and told
            and not is_asked
            and all(_is_refused(each, beside) or _is_reported(each.parsed) for each in told)
        ):
            message = f"“{words}” is what somebody else says or asks: {beside.place(told[0])}"
            yield warning("CK220", message, words=words, at=beside.at(start), remedy="say who says so")


def _is_refused(said: SaidSentence, beside: Beside) -> bool:
    """Whether it is a question that is not simply answered: "And the worst of it? – The flood." says what was the worst."""
    if not said.parsed.asks:
        return False
    answer = [each for each in beside.near if each.stretch == said.stretch + 1]
    return not answer or any(each.parsed.denied for each in answer[:_OPENING])


def _asked(beside: Beside) -> Iterator[Finding]:
    """What the cited lines only ask: "Are you the first?"."""
    claimed = [mark for mark in beside.own.marks if mark.kind in _CLAIMED]
    if not claimed or "reported" in beside.post.hints or next(beside.own.of("denial"), None):
        return
    for mark in claimed:
        told = [each for each in beside.near if next(each.parsed.of(mark.kind), None)]
        if told and all(each.parsed.asks for each in told):
            words = beside.words_of(mark)
            message = f"the cited lines only ask whether it is “{words}”: {beside.place(told[0])}"
            yield warning("CK220", message, words=words, at=beside.at(mark.start), remedy="say what was answered")


def _outdone(beside: Beside) -> Iterator[Finding]:
    """Nobody was ever faster: a superlative by a denial. Where the source has one since some day, so must the post."""
    limits, own = beside.lexicon.limits, beside.own
    if not denied_comparisons(own):
        return
    told = [each.parsed for each in beside.near if _tops(each.parsed)]
    for first, last in denied_comparisons(own):
        start, end = own.starts[first], own.starts[last] + len(own.words[last])
        words, at = own.text[start:end], beside.at(start)
        if not told:
            message = f"the cited lines do not say “{words}”{beside.grounds.nearest(own.text, start)}"
            yield warning("CK220", message, words=words, at=at, remedy="say it as the source does")
        elif limits.isdisjoint(beside.post.words) and not any(limits.isdisjoint(each.words) for each in told):
            limit = next(word for word in told[0].words if word in limits)
            message = f"“{words}”, where the source says “{limit}”{beside.grounds.nearest(own.text, start)}"
            yield warning("CK220", message, words=words, at=at, remedy=f"say what it is compared with: “{limit}”")


def _tops(sentence: Parsed) -> bool:
    """Whether a sentence says in some way that nothing else comes near."""
    return bool(superlatives(sentence) or denied_comparisons(sentence)) or not {"most", "ever"}.isdisjoint(
        sentence.hints
    )


def _is_reported(sentence: Parsed) -> bool:
    return next(sentence.of("reported"), None) is not None


def _clause_at(sentence: Parsed, start: int) -> int:
    return sentence.clauses[sentence.starts.index(start)]
