"""What a post says in one go, beside the sentences of the source that it comes from."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.links import without_addresses
from contentkit.checks.reading.alignment import aligned, said_sentences
from contentkit.checks.reading.clauses import Mark, Parsed
from contentkit.checks.reading.lexicon import Lexicon, lexicon
from contentkit.checks.reading.parsing import parsed
from contentkit.checks.records.record import SaidSentence
from contentkit.text import excerpt
from contentkit.values import dataclass

# A sentence of the source says what the post's says when it has this share of its telling words, and nearly as many as the best.
_ALIKE = 0.25
_NEARLY = 0.6
# "Maybe.", "Not yet.": what says so little belongs to the sentence before it.
_LITTLE = 1
_LONGEST = 80
# So much of a sentence of the source is quoted in a message.
_QUOTED = 90


# Shares of a clause: what must be shared for two to say the same.
_ALIKE_THERE, _ALIKE_HERE, _ALIKE_WHOLE, _SAME = 0.5, 0.45, 0.25, 0.9
# Shares of a sentence of the post and of the source's that are the other's, where one was made from the other.
_COPIED = 0.75


# So many telling words in the same order are no chance; fewer are of one sentence where these are all that it has.
_ENOUGH, _FEWEST = 3, 2

# Where another sentence says that much more of a clause, the clause comes from there.
_BETTER = 0.1


@dataclass(frozen=True, kw_only=True)
class Nearness:
    """How near a clause of the post comes to some words of the source.

    ``shared`` are those of them that it has, ``both`` what it has of the whole sentence.
    """

    shared: frozenset[str]
    both: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Beside:
    """A sentence of a post, with the question before it and the few words behind it that belong to it.

    ``every`` are the sentences of the post, ``cited`` those of the cited lines in their order, ``near`` also those of the lines
    beside them.
    """

    parts: Sequence[Sentence]
    own: Parsed
    every: Sequence[Sentence]
    cited: Sequence[SaidSentence]
    near: Sequence[SaidSentence]
    grounds: Grounds

    @cached_property
    def post(self) -> Parsed:
        """All of the post."""
        return whole(self.every, self.grounds)

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.grounds.record.language)

    @property
    def is_quoted(self) -> bool:
        """Whether the cited lines have it word for word."""
        return all(any(_has(each.text, part.text) for each in self.cited) or self._runs_on(part) for part in self.parts)

    def _runs_on(self, part: Sentence) -> bool:
        """Whether it is several sentences of the cited lines: where a handle begins the second, it is blanked out here."""
        return _has(" ".join(each.text for each in self.cited), part.text)

    @cached_property
    def weight(self) -> dict[str, float]:
        return self.grounds.record.weights(self.own)

    @cached_property
    def _aligned(self) -> Sequence[tuple[SaidSentence, float, float]]:
        found = aligned(self.own.text, self.cited, self.grounds.record)
        return [(each.said, each.covered, each.used) for each in found]

    @cached_property
    def matches(self) -> Sequence[SaidSentence]:
        """The sentences of the cited lines that come nearest, the best first."""
        best = self._aligned[0][1] if self._aligned else 0.0
        return tuple(said for said, covered, _ in self._aligned if covered >= max(_ALIKE, _NEARLY * best))

    @property
    def covered(self) -> float:
        """The share of its telling words that the best match has."""
        return self._aligned[0][1] if self._aligned else 0.0

    @property
    def is_copy(self) -> bool:
        """Whether the sentence is the best match but for a word or two, in whatever order."""
        return bool(self._aligned) and self.covered >= _COPIED and self._aligned[0][2] >= _COPIED

    @property
    def is_word_for_word(self) -> bool:
        """Whether the best match has its telling words in the same order, so that they differ in small words and in marks
        alone. That is seen by looking: nothing of it rests on what the sentence means."""
        said, theirs = _telling(self.own), [_telling(match.parsed) for match in self.matches[:1]]
        return any(said == words or _is_run(said, words) for words in theirs if len(said) >= _FEWEST)

    @cached_property
    def around(self) -> Sequence[SaidSentence]:
        """The matches and what stands right before and behind them, since a reader takes it together."""
        places = {id(each): number for number, each in enumerate(self.cited)}
        wanted = {places[id(each)] + step for each in self.matches for step in (-1, 0, 1)}
        return tuple(self.cited[number] for number in sorted(wanted) if 0 <= number < len(self.cited))

    @cached_property
    def hints_around(self) -> frozenset[str]:
        return frozenset().union(*(each.parsed.hints for each in self.around))

    @cached_property
    def hints_cited(self) -> frozenset[str]:
        titles = (each.parsed.hints for each in self.near if not self.grounds.record.stretches[each.stretch].first)
        return frozenset().union(*(each.parsed.hints for each in self.cited), *titles)

    def speaker(self, said: SaidSentence) -> str:
        """Who says a sentence of the source; empty where nobody is named."""
        return self.grounds.record.stretches[said.stretch].speaker

    @property
    def says_yes(self) -> bool:
        """Whether the source, too, answers with a yes."""
        return any(self.lexicon.answers.get(word) == "yes" for each in self.around for word in each.parsed.words[:3])

    def own_hints(self, roots: Collection[str], *, little: int = 1) -> frozenset[str]:
        """What the post says or may mean where it says these roots."""
        return self.own.hints_in(self.own.clauses_of(roots, little=little))

    def kept(self, roots: Collection[str], *, little: int) -> frozenset[str]:
        """What the whole post says or may mean in the sentences, and about the clauses, that say these roots."""
        post = self.post
        held = {number for number, root in zip(post.sentences, post.roots, strict=True) if root in roots}
        within = {kind for kind, number in post.hinted if post.sentences[number] in held}
        return self.own_hints(roots, little=little) | post.hints_in(post.clauses_of(roots, little=little)) | within

    def share(self, roots: Sequence[str], among: frozenset[str]) -> float:
        """The share of these roots that stand among others, each as telling as it is rare."""
        # Exact sums: the order of a set must not decide what is found.
        total = math.fsum(self.weight.get(root, 1.0) for root in roots)
        return math.fsum(self.weight.get(root, 1.0) for root in roots if root in among) / total if total else 0.0

    def nearness(self, said: SaidSentence, scope: Sequence[str]) -> Nearness | None:
        """How near the post comes to these words of a sentence of the source; None where it says something else."""
        shared = frozenset(root for root in scope if root in self.own.content)
        if not shared or self._only_asks(shared):
            return None
        clause = sorted(self.own.roots_in(self.own.holding(shared)))
        theirs = said.words if len(scope) > 1 else said.parsed.roots_in(said.parsed.clauses_of(scope))
        there, here = self.share(scope, self.own.content), self.share(clause, theirs)
        if any(self.share(clause, each.words) > here + _BETTER for each in self.cited if each is not said):
            return None
        together = sum(root in theirs for root in clause)
        whole = there >= _SAME and len(shared) > 1
        if (
            there < _ALIKE_THERE
            or here < (_ALIKE_WHOLE if whole else _ALIKE_HERE)
            or (together < 2 and min(here, there) < _SAME)
        ):
            return None
        return Nearness(shared=shared, both=frozenset(clause) & theirs)

    def _only_asks(self, roots: Collection[str]) -> bool:
        """Whether the post only asks about these roots, and does not say yes."""
        held = self.own.holding(roots)
        answers = {
            word for word, clause in zip(self.own.words, self.own.clauses, strict=True) if clause in self.own.answers
        }
        return held <= self.own.asked and not any(self.lexicon.answers.get(word) == "yes" for word in answers)

    def words_of(self, mark: Mark) -> str:
        """The words of a mark as the post has them."""
        last = self.own.starts[mark.last] + len(self.own.words[mark.last])
        return self.own.text[mark.start : last]

    def at(self, offset: int) -> int:
        """Where an offset of the text read here stands in the post."""
        for part in self.parts[:-1]:
            if offset <= len(part.text):
                return part.at + offset
            offset -= len(part.text) + 1
        return self.parts[-1].at + offset

    def clause(self, roots: Collection[str]) -> tuple[str, int]:
        """The first clause of the post that holds one of these roots, to 80 characters, and where it stands in the post."""
        return self.said_in(min(self.own.holding(roots), default=0))

    def said_in(self, held: int) -> tuple[str, int]:
        """A clause of the post by its number, to 80 characters, and where it stands in the post."""
        numbers = [number for number, clause in enumerate(self.own.clauses) if clause == held]
        start = self.own.starts[numbers[0]]
        ends = [self.own.starts[number] + len(self.own.words[number]) for number in numbers]
        end = max((end for end in ends if end - start <= _LONGEST), default=ends[0])
        return self.own.text[start:end], self.at(start)

    def place(self, said: SaidSentence, mark: Mark | None = None) -> str:
        """A sentence of the source for a message: ``notes/call.md#L3 “We may open it”``; of a long one where the mark stands."""
        # Links and handles may be blanked out where it was parsed.
        at = max(0, said.text.find(said.parsed.text[mark.start :][: len(mark.words)])) if mark else 0
        return f"{self.grounds.record.stretches[said.stretch].place} “{excerpt(said.text, at, _QUOTED)}”"


def _telling(sentence: Parsed) -> list[str]:
    """The roots of its telling words in order, without those of its marks ("may", "not", "faster")."""
    marked = {number for mark in sentence.marks for number in range(mark.first, mark.last + 1)}
    return [root for number, root in enumerate(sentence.roots) if root and number not in marked]


def _is_run(words: Sequence[str], of: Sequence[str]) -> bool:
    """Whether words stand one behind the other in others, so many that it is no chance."""
    length = len(words)
    return length >= _ENOUGH and any(of[start : start + length] == words for start in range(len(of) - length + 1))


def _has(said: str, words: str) -> bool:
    """Whether a sentence has these words, as they stand or with its links and handles blanked out as theirs are."""
    return words in said or words.strip() in without_addresses(said)


def whole(post: Sequence[Sentence], grounds: Grounds) -> Parsed:
    """A post as one text, whose clauses are numbered through."""
    return parsed(" . ".join(sentence.text for sentence in post), grounds.record.language)


def beside(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Beside]:
    """What the post says, sentence by sentence, with what it stands on."""
    # Titles and the like say nothing that a post could leave out.
    in_lines = [number for number in grounds.cited if grounds.record.stretches[number].first]
    cited = said_sentences(grounds.record, in_lines)
    near = said_sentences(grounds.record, grounds.near)
    for parts in _together(post, grounds.record.language):
        own = parsed(" ".join(part.text for part in parts), grounds.record.language)
        yield Beside(parts=parts, own=own, every=post, cited=cited, near=near, grounds=grounds)


def _together(post: Sequence[Sentence], language: str) -> Iterator[Sequence[Sentence]]:
    """A question with its answer, a word or two with the sentence before."""
    parts: list[Sentence] = []
    for sentence in post:
        says_little = len(parsed(sentence.text, language).content) <= _LITTLE
        if parts and not (says_little or parts[-1].text.endswith("?")):
            yield tuple(parts)
            parts = []
        parts.append(sentence)
    if parts:
        yield tuple(parts)
