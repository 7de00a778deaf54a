"""What anybody has without contentkit: the first sentences, and the central ones. One sentence is one post.

Each gets what our draft has: the same limit, the same number of posts, the same closing post, of an interview the same
speaker's turns only. The posts stand in the order of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log

from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread
from benchmarks.drafts.words import cosine, terms
from contentkit.text import sentences

Choice = Callable[[Sequence[str], int], Sequence[int]]
# How much a sentence loses for being like one that is chosen already (maximal marginal relevance).
_PENALTY = 0.5


def thread_by(maker: str, choose: Choice, text: Text, ours: Thread) -> Thread:
    """The sentences that a way of choosing takes from this text, as a thread of the shape of ours."""
    pool = sentences_of(text)
    chosen = sorted(choose(pool, len(ours.posts)))
    return Thread(maker=maker, posts=tuple(pool[index] for index in chosen), closing=ours.closing)


def sentences_of(text: Text) -> list[str]:
    """All sentences that fit into a post, once each, in their order."""
    found = (
        passage.text[start:end].replace("\n", " ")
        for passage in text.own_passages()
        for start, end in sentences(passage.text)
    )
    return list(dict.fromkeys(one for one in found if text.brief.count(one) <= text.brief.limit))


def lead(pool: Sequence[str], number: int) -> Sequence[int]:
    """The first sentences."""
    return range(min(number, len(pool)))


def central(pool: Sequence[str], number: int) -> Sequence[int]:
    """The sentences nearest to the whole text by TF-IDF, each unlike those before it; of at least four terms."""
    bags = [Counter(terms(sentence)) for sentence in pool]
    holders = Counter(term for bag in bags for term in bag)
    weighed = [
        Counter({term: count * log(1 + len(pool) / holders[term]) for term, count in bag.items()}) for bag in bags
    ]
    whole: Counter[str] = Counter()
    for bag in weighed:
        whole.update(bag)
    relevance = {index: cosine(bag, whole) for index, bag in enumerate(weighed) if len(bag) >= 4}
    chosen: list[int] = []
    nearest = dict.fromkeys(relevance, 0.0)
    while relevance and len(chosen) < number:
        best = max(relevance, key=lambda index: relevance[index] - _PENALTY * nearest[index])
        del relevance[best]
        chosen.append(best)
        for index in relevance:
            nearest[index] = max(nearest[index], cosine(weighed[index], weighed[best]))
    return chosen


OWN: Mapping[str, Choice] = {"lead": lead, "tf-idf": central}
