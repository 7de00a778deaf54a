"""Quotations must stand in the source, whole, and be the words of whoever the post says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds
from contentkit.checks.records.record import Standing
from contentkit.checks.who.attributions import named_sayers, sayers_of
from contentkit.checks.who.quotations import SHORTEST, Quotation, quotations, spoken
from contentkit.models import Post
from contentkit.patterns import regex
from contentkit.words.reported import SPEECH_VERB

# Nobody quotes more in one post; beyond it, quotations are looked up and no more.
_MOST_QUOTATIONS = 50
# "…," he says, "…": what a source may put between two halves of a quotation.
_INQUIT = regex(rf"[\"”»’]\s?[^\"“”«»‘’\n]{{0,30}}\b{SPEECH_VERB}\b[^\"“”«»‘’\n]{{0,30}}[\"“«‘]", re.I)
_SPEECH = regex(rf"\b{SPEECH_VERB}\b", re.I)


def check_quotations(post: Post, language: str, grounds: Grounds) -> Iterator[Finding]:
    """CK204, CK210, and CK213 for words of somebody else. Who is named is read in English and Spanish only."""
    for number, quotation in enumerate(quotations(post.text)):
        is_one_of_few = number < _MOST_QUOTATIONS
        look = _standing if is_one_of_few else _plain_standing
        standings = [look(run, grounds) for run in quotation.runs]
        if "nowhere" in standings:
            message = f"no source has these words: {quotation.words}{grounds.nearest(quotation.words, 0)}"
            remedy = "quote letter for letter, or take the quotation marks off"
            yield error("CK204", message, words=quotation.words, at=quotation.start, remedy=remedy)
            continue
        if language and is_one_of_few and _is_long(quotation):
            yield from _of_another(quotation, post, grounds)
        if "elsewhere" in standings and _is_long(quotation):
            message = f"the quotation does not stand in the cited lines{grounds.nearest(quotation.words, 0)}"
            remedy = "cite the lines that it stands in"
            yield warning("CK210", message, words=quotation.words, at=quotation.start, remedy=remedy)
        elif (
            "elsewhere" not in standings
            and not quotation.has_gaps
            and is_one_of_few
            and _is_gapped(quotation.runs, grounds)
        ):
            message = "sentences between these are left out, and nothing says so"
            remedy = "put […] where words are missing"
            yield warning("CK210", message, words=quotation.words, at=quotation.start, remedy=remedy)


def _plain_standing(run: str, grounds: Grounds) -> Standing:
    return grounds.record.standing_of_run(run, grounds.cited)


def _standing(run: str, grounds: Grounds) -> Standing:
    """Where a run of words stands; also where the cited lines have "he says" in the middle of it."""
    found = _plain_standing(run, grounds)
    return "cited" if found == "nowhere" and _is_broken(run, grounds) else found


def _is_long(quotation: Quotation) -> bool:
    return sum(run.count(" ") + 1 for run in quotation.runs) >= SHORTEST


def _is_gapped(runs: Sequence[str], grounds: Grounds) -> bool:
    """Whether more stands between two of the runs than "he says"."""
    together = spoken(" ".join(runs))
    is_whole = len(runs) < 2 or grounds.record.standing_of_run(together, grounds.cited) != "nowhere"
    return not is_whole and not _is_broken(together, grounds)


def _is_broken(run: str, grounds: Grounds) -> bool:
    """Whether the cited lines have a run of words but for a "he says" between two halves of it."""
    stretches = (grounds.record.stretches[number] for number in sorted(grounds.cited))
    return any(
        f" {run} " in f" {spoken(_INQUIT.sub(' ', each.text))} " for each in stretches if _SPEECH.search(each.text)
    )


def _of_another(quotation: Quotation, post: Post, grounds: Grounds) -> Iterator[Finding]:
    """CK213: the post says that one person says it, and the source that another does."""
    cast = grounds.cast
    named = named_sayers(quotation, post.text, cast)
    sayers = sayers_of(quotation, grounds)
    if not named or not sayers or any(not cast.same(name.key).isdisjoint(sayers) for name in named):
        return
    who = cast.written(max(sorted(sayers, key=sorted), key=lambda key: key in cast.speakers))
    message = (
        f"these are words of {who}, not of {named[0].written}: {quotation.words}{grounds.nearest(quotation.words, 0)}"
    )
    remedy = f"name {who}, or cite where {named[0].written} says it"
    yield error("CK213", message, words=quotation.words, at=quotation.start, remedy=remedy)
