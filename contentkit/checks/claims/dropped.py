"""Denials of the source that the post says without their no, in whatever words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from contentkit.checks.claims.beside import Beside
from contentkit.checks.findings import Finding, warning
from contentkit.checks.reading.clauses import Denied, Mark, Parsed
from contentkit.checks.records.record import SaidSentence
from contentkit.values import dataclass

_REMEDY = "say yes where the source does, and no where it does not"
# They deny what stands behind them and nothing else.
_PREPOSITIONS = ("without", "sin")
# Of what is denied the post must say this share, and it must be this share of one of its clauses.
_HALF, _PART, _NEARLY = 0.5, 0.3, 0.1
# Bounds, so that hostile text stays cheap: a sentence with more denials than these keeps any, and so many are compared.
_MOST_KEPT, _MOST = 6, 40


@dataclass(frozen=True, kw_only=True, eq=False)
class _Clause:
    """A clause of the post: its roots, and the most that one cited sentence has of them."""

    roots: frozenset[str]
    ordered: Sequence[str]
    best: float


@dataclass(frozen=True, kw_only=True, eq=False)
class _Reading:
    """What of a sentence of the post is compared with every denial."""

    beside: Beside

    @cached_property
    def clauses(self) -> Sequence[_Clause]:
        """Those that ask nothing."""
        own, found = self.beside.own, []
        for number in sorted(set(own.clauses) - own.asked):
            roots = own.roots_in((number,))
            ordered = sorted(roots)
            best = max((self.beside.share(ordered, each.words) for each in self.beside.cited), default=0.0)
            found.append(_Clause(roots=roots, ordered=ordered, best=best))
        return found

    @cached_property
    def plain(self) -> frozenset[frozenset[str]]:
        """The clauses of the lines and those beside them that deny nothing."""
        return frozenset(part for each in self.beside.near for part in each.parsed.plain)

    @cached_property
    def kept(self) -> Sequence[frozenset[str]]:
        """The clauses of the post's own denials, and of what may stand for one."""
        own = self.beside.own
        places = {number for kind, number in own.hinted if kind == "kept_denial"}
        return [own.roots_in((own.clauses[number],)) for number in sorted(places)[: _MOST_KEPT + 1]]

    @cached_property
    def others(self) -> Sequence[Sequence[Denied]]:
        """For each of ``kept`` the denials of the source that it may stand for."""
        every = dict.fromkeys(denied for each in self.beside.near for denied in each.parsed.denied)
        return [[one for one in every if not one.reach.isdisjoint(clause)][:_MOST] for clause in self.kept]

    def is_kept(self, denied: Denied) -> bool:
        """Whether the post keeps this denial, and its own are not all there for others."""
        if len(self.kept) > _MOST_KEPT:
            return True
        return any(
            not denied.reach.isdisjoint(clause) or all(other.clause == denied.clause for other in others)
            for clause, others in zip(self.kept, self.others, strict=True)
        )

    def affirmed(self, said: SaidSentence, denied: Denied) -> frozenset[str]:
        """What a clause of the post shares with the clause of a denial, where it says what is denied there; else nothing."""
        for clause in self.clauses:
            shared = clause.roots & denied.clause
            if len(denied.reach & clause.roots) < _HALF * len(denied.reach):
                continue
            if self.beside.share(clause.ordered, shared) < _PART:
                continue
            if self.beside.share(clause.ordered, said.words) < clause.best - _NEARLY:
                continue
            if not any(shared <= part for part in self.plain):
                return shared
        return frozenset()


def check_dropped(beside: Beside) -> Iterator[Finding]:
    """CK222 for what the post says of the words that are denied, where nothing in its sentence keeps just this denial."""
    reading, compared = _Reading(beside=beside), 0
    for said in () if beside.own.asks else beside.cited:
        for denied in () if said.parsed.asks else said.parsed.denied:
            if len(denied.reach & beside.own.content) < _HALF * len(denied.reach) or reading.is_kept(denied):
                continue
            compared += 1
            if compared > _MOST:
                return
            shared = reading.affirmed(said, denied)
            if shared and not (is_double(said.parsed, denied.mark, beside.own.words) or is_turned(beside, said)):
                message = f"the source says no: {beside.place(said, denied.mark)}"
                words, at = beside.clause(shared)
                yield warning("CK222", message, words=words, at=at, remedy=_REMEDY)


def is_double(sentence: Parsed, mark: Mark, said_too: Collection[str] = ()) -> bool:
    """Whether two noes make a yes: "not without a second one", "never fewer than 30", "never stopped".

    What the other sentence says too, ``said_too``, is none of them.
    """
    within = sentence.sentences[mark.first]
    if any(sentence.clauses[each.first] == sentence.clauses[mark.first] for each in _crossing(sentence, mark)):
        return True
    return any(
        sentence.sentences[number] == within and (word in _PREPOSITIONS or word in sentence.lexicon.compares)
        for number, word in enumerate(sentence.words)
        if word not in said_too
    )


def _crossing(sentence: Parsed, mark: Mark) -> Iterator[Mark]:
    """The denials that turn this one round: a verb that denies beside "not", or the other way."""
    is_verb = bool(sentence.roots[mark.first])
    return (
        each
        for each in sentence.of("denial")
        if each.first != mark.first and bool(sentence.roots[each.first]) != is_verb
    )


def is_turned(beside: Beside, said: SaidSentence) -> bool:
    """Whether one of them has the contrary word, which makes two noes a yes: "is not the same", "is different"."""
    contrasts, theirs = beside.lexicon.contrasts, set(said.parsed.words)
    return any(
        contrasts[word][1] & theirs and not contrasts[word][0] & theirs
        for word in beside.own.words
        if word in contrasts
    )
