"""Does every post point at lines of a source, and do these lines still say what they said?"""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterator, Mapping

from contentkit.checks.anchors import Anchor, anchor_of
from contentkit.checks.findings import Finding, error
from contentkit.checks.records.verbatim import Searched, verbatim_elsewhere
from contentkit.models import Draft, Evidence, Post, Source
from contentkit.text import counted, urls_in

# A closing post says no more than where to read on: "Full post: TITLE", a link, hashtags.
_LEAD_IN_WORDS = 6
_READ_AGAIN = (
    "read the lines again, mend the post, take the sha off the evidence; 'draft --again' mends what nobody edited"
)


def check_evidence(post: Post, draft: Draft, sources: Mapping[str, Source], searched: Searched) -> Iterator[Finding]:
    """CK101 to CK104. ``searched`` are those of the sources that the draft names."""
    if not post.evidence and not _only_leads_on(post, draft, sources):
        yield error(
            "CK101",
            "the post points at no lines of a source, so nobody can see who said it",
            remedy=f"add <!-- evidence: {_where_it_stands(post, searched)} --> below it, or take the post out",
        )
    for evidence in post.evidence:
        yield from _check_one(evidence, draft, sources)


def _where_it_stands(post: Post, searched: Searched) -> str:
    """The lines that have its sentences word for word; an example where there are none."""
    found = dict.fromkeys(str(one.evidence) for one in verbatim_elsewhere(post, searched))
    return "; ".join(found) or "notes/call.md#L12-L14"


def _check_one(evidence: Evidence, draft: Draft, sources: Mapping[str, Source]) -> Iterator[Finding]:
    source = sources.get(evidence.source)
    if source is None:
        near = difflib.get_close_matches(evidence.source, sources, n=1)
        remedy = f"did you mean {near[0]}?" if near else "correct its name, or ingest the source again"
        yield error("CK102", f"there is no source {evidence.source}", words=str(evidence), remedy=remedy)
        return
    anchor = anchor_of(evidence, source)
    if anchor.state == "holds":
        return
    remedy = _remedy(anchor, draft)
    if anchor.now:
        message = f"the source changed since: what stood at {evidence.place} stands at {anchor.now.place} now"
        yield error("CK104", message, words=str(evidence), remedy=remedy)
    elif evidence.points_past(source.lines):
        yield error("CK103", _past(evidence, source), words=str(evidence), remedy=remedy)
    elif not evidence.said_in(source.lines).strip():
        message = f"the cited lines of {evidence.source} say nothing on the record"
        yield error("CK103", message, words=str(evidence), remedy=remedy)
    else:
        message = f"the source changed since: {evidence.place} no longer says what the post was drafted from"
        remedy = remedy if anchor.several else _READ_AGAIN
        yield error("CK104", message, words=str(evidence), remedy=remedy)


def _past(evidence: Evidence, source: Source) -> str:
    if evidence.last > len(source.lines):
        return (
            f"{evidence.source} has {counted(len(source.lines), 'line')}, the evidence points at line {evidence.last}"
        )
    for line, column in ((evidence.first, evidence.from_column), (evidence.last, evidence.to_column)):
        if column > (length := len(source.lines[line - 1])) + 1:
            break
    return (
        f"line {line} of {evidence.source} has {counted(length, 'character')}, the evidence points at column {column}"
    )


def _remedy(anchor: Anchor, draft: Draft) -> str:
    """What mends evidence that does not hold: words that only moved can be found again by their hash."""
    if anchor.now:
        command = f"contentkit evidence {shlex.quote(draft.path or draft.slug)} --mend"
        return f"the lines moved: write {anchor.now}, or let '{command}' write it"
    if anchor.several:
        return "these words stand in several places now: point at those that are meant"
    return "point at the lines that say it"


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
