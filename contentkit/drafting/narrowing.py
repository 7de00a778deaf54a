"""Evidence down to the sentences of its lines that a post rests on, where the lines clearly hold more than that.

Drafters point at lines; in a note a line is a paragraph. Its first and last sentences are left out of the evidence where the post
says nothing of them; what stands between two sentences that it says stays. Where that is not plain, the lines stay whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from contentkit.models import Alternative, Draft, Evidence, Post, Source
from contentkit.text import sentences
from contentkit.values import dataclass
from contentkit.words.placed_words import Wording, WordPlace, column_behind, column_of
from contentkit.words.shared_words import Vocabulary, meant
from contentkit.words.shingles import Words, words_of

# A sentence with so much of its words in a row in the post is said by it.
_SAID = 0.75
# One with so much of them may hold a sentence of the post all the same, where an abbreviation hides its end.
_HALF_SAID = 0.5
# So few words left out ("So.", "And yes.") are not worth a column.
_FEWEST_WORDS = 3

_Cited = TypeVar("_Cited", Post, Alternative)


@dataclass(frozen=True)
class _Sentence:
    """A sentence of the lines: the places of its first and last word, how many words it has, and what of these the post says.

    ``taken`` is the share of its words in what the post rests on; ``common`` is what it says and the post, too.
    """

    begins: WordPlace
    ends: WordPlace
    length: int
    taken: float
    common: frozenset[str | tuple[str, str]]
    means_something: bool


def narrowed(draft: Draft, sources: Sequence[Source]) -> Draft:
    """The draft with columns in the evidence of its posts and alternatives, wherever these are sure."""
    known = {source.path: Wording(source) for source in sources}
    posts = (
        replace(_narrowed(post, known), alternatives=tuple(_narrowed(other, known) for other in post.alternatives))
        for post in draft.posts
    )
    return replace(draft, posts=tuple(posts))


def narrowed_alternative(offered: Alternative, source: Source) -> Alternative:
    """As ``narrowed``, of other words for a post."""
    return _narrowed(offered, {source.path: Wording(source)})


def narrowed_to(evidence: Sequence[Evidence], rests_on: str, text: str, source: Source) -> tuple[Evidence, ...]:
    """The evidence of a text, of which it is known on which sentences of this source it rests."""
    wording = Wording(source)
    return tuple(_narrow(one, words_of(rests_on), words_of(text), wording) for one in evidence)


def _narrowed(cited: _Cited, sources: Mapping[str, Wording]) -> _Cited:
    post = words_of(cited.text)
    evidence = (
        _narrow(one, post, post, sources[one.source]) if one.source in sources else one for one in cited.evidence
    )
    return replace(cited, evidence=tuple(evidence))


def _narrow(evidence: Evidence, rests_on: Words, post: Words, wording: Wording) -> Evidence:
    """Columns count what is on the record; of a file with words that are not, they would not be those of an editor."""
    source = wording.source
    if evidence.has_columns or source.redactions or evidence.last > len(source.lines):
        return evidence
    said = list(_sentences(evidence, rests_on, post, wording))
    window = _window(said)
    if window is None:
        return evidence
    first, last = window
    lines = source.lines
    begin, end = 1, column_behind(lines[evidence.last - 1], None)
    whole = begin, end
    if _length(said[:first]) >= _FEWEST_WORDS and said[first].begins.line == evidence.first:
        begin = column_of(lines[evidence.first - 1], said[first].begins)
    following = said[last + 1] if _length(said[last + 1 :]) >= _FEWEST_WORDS else None
    if following and said[last].ends.line == following.begins.line == evidence.last:
        end = column_behind(lines[evidence.last - 1], following.begins)
    return evidence if (begin, end) == whole else source.evidence(evidence.first, evidence.last, begin, end)


def _sentences(evidence: Evidence, rests_on: Words, post: Words, wording: Wording) -> Iterator[_Sentence]:
    """The sentences on these lines, in order."""
    taken, said = Vocabulary.of([rests_on]), Vocabulary.of([post])
    for passage in wording.texts(evidence.first, evidence.last):
        words, places = wording.words(passage), wording.places(passage)
        for start, end in sentences(passage.text):
            these = range(bisect_left(words.starts, start), bisect_left(words.starts, end))
            spots = [spot for at in these if (spot := places[at]) and spot.is_in(evidence)]
            if spots:
                own = _slice(words, these)
                share = sum(taken.holds(own)) / len(these)
                yield _Sentence(spots[0], spots[-1], len(these), share, said.telling(own), any(meant(own)))


def _slice(words: Words, these: range) -> Words:
    first, last = these.start, these.stop
    return Words(words.plain[first:last], words.starts[first:last], words.ends[first:last])


def _window(said: Sequence[_Sentence]) -> tuple[int, int] | None:
    """The first and the last sentence that the post rests on; None where all are, or where that is not plain.

    Nothing that is left out may say what the post says and the rest does not.
    """
    taken = [at for at, one in enumerate(said) if one.taken >= _SAID]
    if not taken:
        return None
    first, last = taken[0], taken[-1]
    # Of "So it was." alone nobody can tell whether the post says it.
    while first and not said[first - 1].means_something:
        first -= 1
    while last + 1 < len(said) and not said[last + 1].means_something:
        last += 1
    others = (*said[:first], *said[last + 1 :])
    kept = frozenset().union(*(one.common for one in said[first : last + 1]))
    left = frozenset().union(*(one.common for one in others))
    return (first, last) if left <= kept and all(one.taken < _HALF_SAID for one in others) else None


def _length(said: Sequence[_Sentence]) -> int:
    return sum(one.length for one in said)
