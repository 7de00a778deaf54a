"""What can be said of a thread without a judge. No measure uses a rule of the drafter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from benchmarks.drafts.dangling import dangling
from benchmarks.drafts.texts import Text
from benchmarks.drafts.threads import Thread
from benchmarks.drafts.words import cosine, runs, terms, words
from contentkit.text import sentences

# Marks that a reader of a post would see as such: tags, entities, links, footnotes, emphasis, code, fences, shortcodes. A name
# in a program is none of them: __init__, snake_case, *.txt.
_MARKUP = re.compile(
    r"</?[a-z][^<>\n]*>|&(?:[a-z]+|#\d+);|!?\[[^\[\]\n]*\]\([^)\n]{0,999}\)|\[\^"
    r"|\*\*|(?<![\w*])\*[^\s*.](?:[^*\n]*[^\s*])?\*(?![\w*])"
    r"|(?<![\w/.])__(?!\w+__)[^_\n]+__(?!\w)|(?<!\w)_[^\s_](?:[^_\n]*[^\s_])?_(?!\w)"
    r"|`|~~|:::|\{[{%]|[%}]\}|\\[*_`\[]|^#{1,6} |^>|^\|",
    re.I | re.M,
)
_ENDED = re.compile(r"[.!?…。！？][\"”’»')\]]*$|[”»\"]\n?— .+$|[^\w\s.,:;!?\"'()-]$")
_ITEM = re.compile(r"^(?:[•*–-]|\d+[.)]) ")
# "Ana Ruiz: “Why?”": a question of somebody else that is attributed on the spot.
_ATTRIBUTED = re.compile(r"^[^\n:]{2,40}: [“\"].*?[”\"]$", re.M)
_RUN = 4


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Of one thread; but for the first three and the last four, shares between 0 and 1, the closing post left out.

    ``coverage``: how many of the text's 25 most telling terms occur. ``redundancy``: cosine of the two posts most alike.
    ``used``: how full the posts are. ``evidence``: words of the posts that stand in the lines they point at.
    ``distance``: words of the posts that are not in a run of four words of the text. ``purity``: of the runs of four words that
    are of the text, those that the speaker says, questions attributed to others left out.
    """

    posts: int
    over_limit: int
    characters: float
    coverage: float
    dangling: float
    unended: float
    redundancy: float
    used: float
    evidence: float | None
    distance: float
    purity: float | None
    without_evidence: int
    shared_sentences: int
    markup: int
    leaning: tuple[str, ...]


def measured(thread: Thread, text: Text, telling: Sequence[str]) -> Measures:
    """The measures of a thread drafted from this text, whose most telling terms these are."""
    lengths = [text.brief.count(post) for post in thread.posts]
    leaning = [(dangling(post, text.language), post) for post in thread.posts]
    said = set(terms(" ".join(thread.posts)))
    return Measures(
        posts=len(thread.posts),
        over_limit=sum(text.brief.count(post) > text.brief.limit for post in thread.texts),
        characters=mean(lengths),
        coverage=sum(term in said for term in telling) / len(telling) if telling else 0.0,
        dangling=mean(bool(found) for found, _ in leaning),
        unended=mean(not _is_ended(post) for post in thread.posts),
        redundancy=_redundancy(thread.posts),
        used=mean(length / text.brief.limit for length in lengths),
        evidence=_evidence(thread, text) if thread.evidence else None,
        distance=_distance(thread.posts, text),
        purity=_purity(thread.posts, text) if text.brief.speaker else None,
        without_evidence=sum(not lines for lines in thread.evidence),
        shared_sentences=_shared(thread.posts),
        markup=sum(len(_MARKUP.findall(post)) for post in thread.posts),
        leaning=tuple(f"{found} | {post[:80]!r}" for found, post in leaning if found),
    )


def _is_ended(post: str) -> bool:
    last = post.rstrip().rsplit("\n", 1)[-1]
    return bool(_ENDED.search(last) or _ITEM.match(last)) and not last.endswith(":")


def _redundancy(posts: Sequence[str]) -> float:
    bags = [Counter(terms(post)) for post in posts]
    return max((cosine(one, other) for one, other in combinations(bags, 2)), default=0.0)


def _shared(posts: Sequence[str]) -> int:
    """How many sentences stand in more than one post."""
    holders = Counter(key for post in posts for key in {" ".join(words(post[s:e])) for s, e in sentences(post)} if key)
    return sum(count > 1 for count in holders.values())


def _evidence(thread: Thread, text: Text) -> float:
    rates = []
    for post, spans in zip(thread.posts, thread.evidence, strict=True):
        there = Counter(words(" ".join(text.source.quoted(first, last) for first, last in spans)))
        said = Counter(words(post))
        rates.append((said & there).total() / max(1, said.total()))
    return mean(rates)


def _distance(posts: Sequence[str], text: Text) -> float:
    heard = words(" ".join((text.source.description, *(passage.text for passage in text.source.passages))))
    there = runs(heard, _RUN)
    rates = []
    for post in posts:
        said = words(post)
        length = min(_RUN, len(said))
        known = there if length == _RUN else runs(heard, length)
        starts = (place for place in range(len(said) - length + 1) if tuple(said[place : place + length]) in known)
        held = {place + step for place in starts for step in range(length)}
        rates.append(1 - len(held) / max(1, len(said)))
    return mean(rates)


def _purity(posts: Sequence[str], text: Text) -> float:
    own = runs(words(" ".join(passage.text for passage in text.own_passages())), _RUN)
    others = (passage.text for passage in text.source.passages if passage.speaker != text.brief.speaker)
    foreign = runs(words(" ".join(others)), _RUN) - own
    said = {run for post in posts for run in runs(words(_ATTRIBUTED.sub("", post)), _RUN)}
    known = len(said & own) + len(said & foreign)
    return len(said & own) / known if known else 1.0
