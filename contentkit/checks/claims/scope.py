"""Some that became all, one that became several."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Mark, Parsed
from contentkit.checks.records.record import SaidSentence

_REMEDY = "say of how many it is true"
_REACH, _SURE = 3, 2
# They count what stands behind them; the others may say no more than "each month", "the whole set".
_ALL = ("all", "everyone", "everybody", "both", "todos", "todas", "ambos", "ambas")
_VAGUE = ("some of", "a few of", "few of", "several of")


def check_scope(beside: Beside) -> Iterator[Finding]:
    """CK225: the post says all or several, or leaves out that the source says some."""
    if beside.own.asks:
        return
    for said in beside.matches:
        for mark in said.parsed.of("part"):
            yield from _widened(beside, said, mark)
        for mark in said.parsed.of("total"):
            yield from _completed(beside, said, mark)
        yield from _left_out(beside, said)
        yield from _joined(beside, said)
    yield from _multiplied(beside)
    yield from _rounded_up(beside)


def _is_plural(sentence: Parsed, roots: Sequence[str]) -> bool:
    """Whether one of these is said of more than one: "a first release" is one of them, too."""
    return any(word.endswith("s") for word, root in zip(sentence.words, sentence.roots, strict=True) if root in roots)


def _is_denied(sentence: Parsed, mark: Mark) -> bool:
    """Whether it is "not all"."""
    return any(
        each.last < mark.first and sentence.clauses[each.last] == sentence.clauses[mark.first]
        for each in sentence.of("denial")
    )


def _completed(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    """The 743 libraries, where the source says that it is 290 of them."""
    total = said.parsed.roots[mark.last]
    parts = [root for root in said.parsed.roots if root.startswith("#") and root != total]
    if total not in beside.own.roots or not parts or "part" in beside.own.hints or set(parts) & beside.own.content:
        return
    if _is_whole(said.parsed, mark):
        # "Each of the 133".
        return
    if any(root.startswith("#") and root not in said.words for root in beside.own.roots):
        return
    words = beside.own.words[beside.own.roots.index(total)]
    message = f"the source says how many of {words} it is: {beside.place(said)}"
    at = beside.at(beside.own.starts[beside.own.roots.index(total)])
    yield warning("CK225", message, words=words, at=at, remedy=_REMEDY)


def _widened(beside: Beside, said: SaidSentence, mark: Mark) -> Iterator[Finding]:
    scope = [root for root in said.parsed.behind(mark) if not root.startswith("#")]
    shared = [root for root in scope[:_REACH] if root in beside.own.content]
    everything = [each for each in beside.own.of("whole") if not _is_denied(beside.own, each)]
    is_same = bool(shared) or any(mark.words.endswith(each.words) for each in everything)
    # Who says "most" as well widens nothing.
    is_kept = any(each.words == mark.words for each in beside.own.of("part"))
    is_near = everything and not is_kept and (is_same or beside.nearness(said, said.parsed.clause(mark)))
    if len(everything) < len(list(beside.own.of("whole"))):
        return
    if is_near and not _is_partial(beside.own, everything[0]) and not _is_whole(said.parsed, mark):
        words = beside.words_of(everything[0])
        message = f"the post says “{words}”, the source “{mark.words}”: {beside.place(said, mark)}"
        yield warning("CK225", message, words=words, at=beside.at(everything[0].start), remedy=_REMEDY)
    elif mark.words not in _VAGUE and shared and shared[0] == scope[0] and "part" not in beside.own_hints(shared):
        if len(shared) < _SURE or not _is_plural(beside.own, shared):
            return
        message = f"the source says “{mark.words}”, the post does not: {beside.place(said, mark)}"
        words, at = beside.clause(shared)
        yield warning("CK225", message, words=words, at=at, remedy=_REMEDY)


def _left_out(beside: Beside, said: SaidSentence) -> Iterator[Finding]:
    """Our mirrors, where the source says that it is one of them."""
    if "part" in beside.own.hints or "whole" in said.parsed.hints:
        return
    stem = said.parsed.lexicon.stem
    for mark in said.parsed.of("of_them"):
        head = next((root for root in said.parsed.behind(mark) if not root.startswith("#")), "")
        counted = {root for root in beside.own.content if root.startswith("#")}
        known = {stem(word) for word in beside.post.words}
        is_told = stem(said.parsed.words[mark.first]) in known or counted - said.words
        if head in beside.own.content and not is_told:
            message = f"the source says “{mark.words}”, the post does not: {beside.place(said, mark)}"
            words, at = beside.clause((head,))
            yield warning("CK225", message, words=words, at=at, remedy=_REMEDY)


def _joined(beside: Beside, said: SaidSentence) -> Iterator[Finding]:
    """Both of two, where the source says one thing of the one and another of the other; or the two of which it takes one."""
    own, theirs, lexicon = frozenset(beside.own.words), frozenset(said.parsed.words), beside.lexicon
    for word in sorted(own & lexicon.both) if theirs & lexicon.one and theirs & lexicon.other else ():
        if theirs.isdisjoint(lexicon.both):
            message = f"“{word}”, where the source tells of the one and of the other: {beside.place(said)}"
            at = beside.at(beside.own.starts[beside.own.words.index(word)])
            yield warning("CK225", message, words=word, at=at, remedy=_REMEDY)
    taken = _pairs(said.parsed, lexicon.either) - _pairs(said.parsed, lexicon.joint)
    for pair in sorted(_pairs(beside.own, lexicon.joint) & taken, key=sorted):
        message = f"the source takes one or the other, the post both: {beside.place(said)}"
        words, at = beside.clause(pair)
        yield warning("CK225", message, words=words, at=at, remedy=_REMEDY)


def _pairs(sentence: Parsed, joints: Collection[str]) -> set[frozenset[str]]:
    """The telling words right before and behind one of these: ``Python or laboratories``."""
    middle = range(1, len(sentence.words) - 1)
    places = [number for number in middle if sentence.words[number] in joints]
    return {
        frozenset((sentence.roots[number - 1], sentence.roots[number + 1]))
        for number in places
        if sentence.roots[number - 1] and sentence.roots[number + 1]
    }


def _rounded_up(beside: Beside) -> Iterator[Finding]:
    """All have answered, where the source says that six have."""
    everything = [mark for mark in beside.own.of("whole") if not _is_denied(beside.own, mark)]
    if not everything or not beside.matches or "part" in beside.own.hints or everything[0].words not in _ALL:
        return
    said = beside.matches[0]
    shared = [root for root in beside.own.clause(everything[0]) if root in said.words]
    if shared and "whole" not in said.parsed.hints and _is_counted(said.parsed, shared, beside.own.content):
        words = beside.words_of(everything[0])
        message = f"the post says “{words}”, the source how many: {beside.place(said)}"
        yield warning("CK225", message, words=words, at=beside.at(everything[0].start), remedy=_REMEDY)


def _is_counted(sentence: Parsed, shared: Sequence[str], known: Collection[str]) -> bool:
    """Whether a clause with these roots has a number that is not known; "the 410 buyers" are all of them."""
    held = sentence.holding(shared)
    return any(
        root.startswith("#") and root not in known and sentence.clauses[number] in held
        for number, root in enumerate(sentence.roots)
        if not number or sentence.words[number - 1] not in sentence.lexicon.articles
    )


def _is_partial(sentence: Parsed, mark: Mark) -> bool:
    """Whether the sentence with this mark says of a part, too."""
    within = sentence.sentences[mark.first]
    return any(kind == "part" and sentence.sentences[number] == within for kind, number in sentence.hinted)


def _is_whole(sentence: Parsed, mark: Mark) -> bool:
    """Whether the clause with this mark says of all, too."""
    return any(sentence.clauses[each.first] == sentence.clauses[mark.first] for each in sentence.of("whole"))


def _multiplied(beside: Beside) -> Iterator[Finding]:
    """Several machines, where the source has one."""
    for mark in beside.own.of("several"):
        [head, *_] = beside.own.behind(mark) or [""]
        singles = [said for said in beside.matches if head in _single(said.parsed)]
        if singles and not any(head in each.words for each in beside.cited if head not in _single(each.parsed)):
            words = beside.words_of(mark)
            message = f"the post says “{words}”, the source one: {beside.place(singles[0])}"
            yield warning("CK225", message, words=words, at=beside.at(mark.start), remedy=_REMEDY)


def _single(sentence: Parsed) -> set[str]:
    """What a sentence says there is one of."""
    return {sentence.behind(mark)[0] for mark in sentence.of("single") if sentence.behind(mark)}
