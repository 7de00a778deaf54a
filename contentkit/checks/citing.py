"""Does each piece of evidence still support its post, and has each sentence of the post its evidence? Both only tell.

People edit posts and leave the comments below them: a sentence goes, and what it rested on stays; another comes, and stands in
the source, but nobody cites it.
"""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.checks.anchors import where_it_is
from contentkit.checks.findings import Finding, information
from contentkit.checks.grounds import Grounds, sentences_of
from contentkit.checks.reading.words import content_words
from contentkit.checks.records.verbatim import FEWEST_WORDS, Searched, verbatim_elsewhere
from contentkit.checks.who.quotations import spoken
from contentkit.models import Post
from contentkit.text import one_line
from contentkit.words.shared_words import Vocabulary, meant
from contentkit.words.shingles import words_of

# A passage with fewer words that carry meaning says too little to be missed; a post with so many of another one's is near that.
_FEWEST_MEANT = 3
_NEAR = 2
_LONGEST_SENTENCE = 70


def check_citing(post: Post, grounds: Grounds, searched: Searched) -> Iterator[Finding]:
    """CK105 and CK106."""
    yield from _check_idle(post, searched)
    if not any(_stands_elsewhere(said, grounds) for said in _uncited(post, grounds)):
        return
    sources = {path: wording.source for path, wording in searched.sources.items()}
    for found in verbatim_elsewhere(where_it_is(post, sources), searched):
        words = one_line(post.text[found.start : found.end], _LONGEST_SENTENCE)
        message = f"this sentence stands in {found.evidence.place}, which the post does not cite: “{words}”"
        remedy = f"add <!-- evidence: {found.evidence} --> below the post"
        yield information("CK106", message, words=words, at=found.start, remedy=remedy)


def _uncited(post: Post, grounds: Grounds) -> Iterator[str]:
    """The sentences of a post that the cited lines do not have word for word: most drafts have none, which costs little."""
    if not post.evidence:
        return
    cited = f" {' '.join(grounds.record.stretches[number].spoken for number in sorted(grounds.cited))} "
    for sentence in sentences_of(post):
        said = spoken(sentence.text)
        if said.count(" ") + 1 >= FEWEST_WORDS and f" {said} " not in cited:
            yield said


def _stands_elsewhere(said: str, grounds: Grounds) -> bool:
    known = grounds.record.words
    return all(word in known for word in content_words(said)) and (
        grounds.record.standing_of_run(said, grounds.cited) == "elsewhere"
    )


def _check_idle(post: Post, searched: Searched) -> Iterator[Finding]:
    """CK105: of several passages one of which the post has no word any more. Other words for it are told by none."""
    if len(post.evidence) < 2:
        return
    vocabulary = Vocabulary.of([words_of(post.text)])
    shared, idle = [0], []
    for evidence in post.evidence:
        wording = searched.sources.get(evidence.source)
        if wording is None or not evidence.is_said_in(wording.source.lines):
            continue
        texts = [one.words for one in wording.cited(evidence)]
        telling = [said for text in texts for said, own in zip(vocabulary.holds(text), meant(text), strict=True) if own]
        shared.append(sum(telling))
        idle += [evidence] if len(telling) >= _FEWEST_MEANT and not any(telling) else []
    for evidence in idle if max(shared) >= _NEAR else ():
        message = f"the post has no word of {evidence.place} any more"
        remedy = "take that comment out, or keep it where the post says the same in other words"
        yield information("CK105", message, words=str(evidence), remedy=remedy)
