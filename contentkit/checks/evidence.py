"""Does every post point at lines of a source, and do these lines still say what they said?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from contentkit.checks.findings import Finding, error
from contentkit.models import Draft, Evidence, Post, Source, quotation_hash, quoted
from contentkit.text import urls_in

# A closing post says no more than where to read on: "Full post: TITLE", a link, hashtags.
_LEAD_IN_WORDS = 6
# Evidence of more lines than this is not looked for elsewhere when it no longer matches.
_LONGEST_SEARCHED = 60


def check_evidence(post: Post, draft: Draft, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """CK101 to CK104."""
    if not post.evidence and not _only_leads_on(post, draft, sources):
        yield error(
            "CK101",
            "the post points at no lines of a source, so nobody can see who said it",
            remedy="add <!-- evidence: notes/call.md#L12-L14 --> below it, or take the post out",
        )
    for evidence in post.evidence:
        yield from _check_one(evidence, sources)


def holds(evidence: Evidence, lines: Sequence[str]) -> bool:
    """Whether the lines of its source that the evidence points at are there, and say what they said at drafting."""
    said = quoted(lines, evidence.first, evidence.last)
    there = evidence.last <= len(lines) and bool(said.strip())
    return there and (not evidence.sha or quotation_hash(said) == evidence.sha)


def _check_one(evidence: Evidence, sources: Mapping[str, Source]) -> Iterator[Finding]:
    source = sources.get(evidence.source)
    if source is None:
        near = difflib.get_close_matches(evidence.source, sources, n=1)
        remedy = f"did you mean {near[0]}?" if near else "correct its name, or ingest the source again"
        yield error("CK102", f"there is no source {evidence.source}", words=str(evidence), remedy=remedy)
        return
    said = source.quoted(evidence.first, evidence.last)
    if evidence.last > len(source.lines):
        message = f"{evidence.source} has {len(source.lines)} lines, the evidence points at line {evidence.last}"
        yield error("CK103", message, words=str(evidence), remedy="point at the lines that say it")
    elif not said.strip():
        message = f"the cited lines of {evidence.source} say nothing on the record"
        moved = moved_to(evidence, source)
        remedy = f"the lines moved: write {moved}" if moved else "point at the lines that say it"
        yield error("CK103", message, words=str(evidence), remedy=remedy)
    elif evidence.sha and quotation_hash(said) != evidence.sha:
        message = f"the source changed since: {evidence.source}#L{evidence.first} no longer says what the post was drafted from"
        yield error("CK104", message, words=str(evidence), remedy=_where_it_went(evidence, source))


def moved_to(evidence: Evidence, source: Source) -> Evidence | None:
    """Where the lines are now that the evidence points at, when they only moved, as their hash tells; None where nobody knows."""
    count = evidence.last - evidence.first + 1
    if not evidence.sha or count > _LONGEST_SEARCHED:
        return None
    places = range(1, len(source.lines) - count + 2)
    found = (place for place in places if quotation_hash(source.quoted(place, place + count - 1)) == evidence.sha)
    first = next(found, None)
    return source.evidence(first, first + count - 1) if first else None


def _where_it_went(evidence: Evidence, source: Source) -> str:
    """Lines that only moved can be found again by their hash."""
    if moved := moved_to(evidence, source):
        return f"the lines moved: write {moved}"
    return (
        "read the lines again, mend the post, take the sha off the evidence; 'draft --again' mends what nobody edited"
    )


def _only_leads_on(post: Post, draft: Draft, sources: Mapping[str, Source]) -> bool:
    """Whether the post claims nothing: a title that its sources or the draft bear, a link, hashtags, a few words to lead on."""
    spans = urls_in(post.text)
    if not spans:
        return False
    words = post.text
    for start, end in reversed(spans):
        words = words[:start] + words[end:]
    for title in (draft.title, *(source.title for source in sources.values())):
        words = words.replace(title, "") if title else words
    words = re.sub(r"#\w+", "", words)
    return len(words.split()) <= _LEAD_IN_WORDS and not re.search(r"\d", words)
