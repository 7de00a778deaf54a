"""Does the source say what the post says? Numbers, dates, names, quotations, links, handles and claims of one post."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from contentkit.checks.claims import check_claims
from contentkit.checks.facts.dates import check_dates
from contentkit.checks.facts.elapsed import check_elapsed
from contentkit.checks.facts.numbers import check_numbers
from contentkit.checks.facts.versions import check_versions
from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence, sentences_of
from contentkit.checks.links import handles_in, hashtags_in, link_key, links_in, people_in
from contentkit.checks.reading.words import folded, stem, words_of
from contentkit.checks.who.names import check_names
from contentkit.checks.who.pointers import check_pointers
from contentkit.checks.who.quoting import check_quotations
from contentkit.checks.who.swapped import check_swapped
from contentkit.models import Draft, Media, Post, Source
from contentkit.text import urls_in

_SHORTEST_WORD, _LONGEST_TAG = 2, 100
_MOST_SENTENCES = 60


def check_support(
    post: Post, language: str, grounds: Grounds, links: frozenset[str], tags: frozenset[str]
) -> Iterator[Finding]:
    """CK201 to CK222. ``links`` and ``tags`` are the keys of what the draft may link to and be tagged with.

    Names and claims are read in English and Spanish only.
    """
    yield from _check_links(post, links)
    yield from _check_handles(post, grounds)
    yield from _check_people(post, grounds)
    yield from _check_hashtags(post, grounds, tags)
    yield from check_pointers(post, grounds)
    yield from check_quotations(post, language, grounds)
    sentences = sentences_of(post)
    if len(sentences) > _MOST_SENTENCES:
        # Comparing sentence by sentence is for posts as people write them, not for a pasted book.
        grounds = replace(grounds, most_told=0)
    numbers = list(check_numbers(sentences, grounds))
    yield from numbers
    yield from check_dates(sentences, grounds)
    yield from check_elapsed(sentences, grounds)
    yield from check_versions(sentences, grounds)
    if not language:
        return
    yield from _check_names_and_deeds(post, sentences, grounds)
    if language == grounds.record.language:
        yield from (finding for finding in check_claims(sentences, grounds) if not _is_told(finding, numbers))


def _check_names_and_deeds(post: Post, sentences: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """Of a name that no source has it need not be said whose place it takes, of one in another's that it stands elsewhere."""
    named = [finding for sentence in sentences for finding in check_names(sentence, grounds)]
    of_nobody = {finding.at for finding in named if finding.check == "CK207"}
    swapped = [finding for finding in check_swapped(post, sentences, grounds) if finding.at not in of_nobody]
    yield from swapped
    told = {finding.at for finding in swapped}
    yield from (finding for finding in named if finding.check == "CK207" or finding.at not in told)


def _is_told(claim: Finding, numbers: Iterable[Finding]) -> bool:
    """Whether it is about a number that was found to be another's already: both see two that changed places."""
    if claim.check != "CK223":
        return False
    return any(one.check == "CK211" and one.at <= claim.at < one.at + len(one.words) for one in numbers)


def check_alt_texts(
    post: Post, language: str, grounds: Grounds, links: frozenset[str], tags: frozenset[str]
) -> Iterator[Finding]:
    """CK230: what an alt text says and no source does. The picture itself may show it, so a person looks.

    Takes what ``check_support`` takes.
    """
    for media in post.media:
        for finding in check_support(replace(post, text=media.alt, media=()), language, grounds, links, tags):
            if finding.severity == "error" and not _opens_description(finding):
                yield _in_alt_text(finding, media, len(post.text))


def _opens_description(finding: Finding) -> bool:
    """Whether it is but the first word of an alt text: ``Screenshot of``, ``Histogram:``. It has a capital in any case."""
    return finding.check == "CK207" and finding.at == 0 and finding.words[1:].islower()


def _in_alt_text(finding: Finding, media: Media, at: int) -> Finding:
    message = f"the alt text of {media.path}: {finding.message}"
    remedy = "look whether the picture shows it"
    return warning("CK230", message, words=finding.words, at=at, line=media.line, remedy=remedy)


def own_words(draft: Draft, sources: Iterable[Source]) -> frozenset[str]:
    """The words of title, tags, author and speakers, which may be named in every post."""
    said = [draft.title, draft.founder, *draft.tags]
    for source in sources:
        said += [source.title, source.author, *source.speakers, *source.tags]
    return frozenset(each for text in said for word in words_of(text) for each in (word, stem(word)))


def tag_keys(draft: Draft, sources: Iterable[Source]) -> frozenset[str]:
    """Tags as hashtags are compared: ``tech notes`` is #TechNotes."""
    tags = [*draft.tags, *(tag for source in sources for tag in source.tags)]
    return frozenset(re.sub(r"[\W_]+", "", folded(tag)) for tag in tags)


def _check_links(post: Post, links: frozenset[str]) -> Iterator[Finding]:
    for link in links_in(post.text):
        if link.key not in links:
            message = f"neither the draft nor its sources have the link {link.words}"
            remedy = "correct it, or put it into the draft's link:"
            yield error("CK205", message, words=link.words, at=link.start, remedy=remedy)


def check_made_links(post: Post, made: Iterable[str], said: str, links: frozenset[str]) -> Iterator[Finding]:
    """CK205 for words that a network would make a link of though they have no ``http(s)://``, and that no source says.

    ``made`` are the words of its links on networks, ``said`` is all that the sources say, case-folded; ``links`` are the keys of
    what the draft may link to.
    """
    for words in sorted(made):
        is_known = urls_in(words) or link_key(f"https://{words}") in links or words.casefold() in said
        if not is_known:
            message = f"networks make a link of {words}, and neither the draft nor its sources have it"
            remedy = "correct it, or write it otherwise"
            yield error("CK205", message, words=words, at=max(0, post.text.find(words)), remedy=remedy)


def _check_handles(post: Post, grounds: Grounds) -> Iterator[Finding]:
    for handle in handles_in(post.text):
        if not grounds.record.words.get("@" + handle.key):
            message = f"no source has the handle {handle.words}; it may be somebody else's"
            remedy = "write @{person} and put the handle into people.yaml"
            yield error("CK206", message, words=handle.words, at=handle.start, remedy=remedy)


def _check_people(post: Post, grounds: Grounds) -> Iterator[Finding]:
    """CK206 and CK208 for ``@{person}``: one word of the person's name has to be said, or one of the handles."""
    for mention in people_in(post.text):
        person = grounds.people.get(mention.key)
        name = person.display if person else mention.key
        called = {stem(word) for word in words_of(f"{mention.key} {name}")}
        if called & grounds.own_words:
            continue
        called |= {"@" + handle.lstrip("@").casefold() for handle in person.handles.values()} if person else set()
        places = set().union(*(grounds.record.words.get(word, set()) for word in called))
        found = grounds.standing_of(places)
        if found == "nowhere":
            message = f"no source names {name}, whom {mention.words} would name"
            remedy = "take the mention out, cite who named them, or waive it"
            yield error("CK206", message, words=mention.words, at=mention.start, remedy=remedy)
        elif found == "elsewhere" and grounds.near.isdisjoint(places):
            where = grounds.place_of(places)
            message = f"the cited lines do not name {name}, but {where} does"
            remedy = f"cite {where} too, if it is meant"
            yield warning("CK208", message, words=mention.words, at=mention.start, remedy=remedy)


def _check_hashtags(post: Post, grounds: Grounds, tags: frozenset[str]) -> Iterator[Finding]:
    for tag in hashtags_in(post.text):
        key = re.sub(r"_", "", folded(tag.words[1:]))
        if key not in tags and not _is_made_of(key, grounds.record.words):
            message = f"{tag.words} is neither a tag of the draft nor a word of its sources"
            yield warning(
                "CK209", message, words=tag.words, at=tag.start, remedy="add it to the draft's tags:, or take it out"
            )


def _is_made_of(tag: str, words: Container[str]) -> bool:
    """Whether a hashtag is a row of these words: ``postgrestosqlite``."""
    ends = [0]
    for end in range(1, min(len(tag), _LONGEST_TAG) + 1):
        if any(end - start >= _SHORTEST_WORD and tag[start:end] in words for start in ends):
            ends.append(end)
    return ends[-1] == len(tag)
