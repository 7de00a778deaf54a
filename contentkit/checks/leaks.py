"""What was off the record and stands in a draft all the same. Findings say where, and never which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.checks.findings import Finding, error, warning
from contentkit.forbidden import Forbidden
from contentkit.models import Entry, Problem, Source
from contentkit.published import Place, Wording


def check_leaks(wording: Wording, forbidden: Forbidden) -> Iterator[Finding]:
    """CK303 and CK304. The findings hold the words for waivers to name; ``silenced`` takes them out."""

    def leaks_in(text: str) -> Iterator[Place]:
        return ((leak.start, leak.end, leak.kind) for leak in forbidden.leaks_in(text))

    for start, end, kind in wording.found(leaks_in):
        yield _leak(wording, start, end, kind)


def check_entry(entry: Entry, forbidden: Forbidden) -> list[Problem]:
    """CK303 and CK304 for how an entry is called: its id stands in git, and on each page for others.

    Numbers are left alone: most are dates, or count entries.
    """
    return [
        Problem(
            check="CK303" if leak.kind == "words" else "CK304",
            severity="error",
            message="the id of an entry repeats what was said off the record",
            place=f"calendar.yaml:{entry.line}" if entry.line else "calendar.yaml",
            remedy="give it another id, and look through what git has of this one",
        )
        for name in (entry.id, entry.after)
        for leak in forbidden.leaks_in(name)
        if leak.kind != "number"
    ]


def silenced(problem: Problem) -> Problem:
    """The problem without its words, where they are off the record: it is printed, and it may be logged."""
    if problem.check not in ("CK303", "CK304"):
        return problem
    return replace(problem, words="", waived=problem.waived and replace(problem.waived, words=""))


def not_comparable(name: str, source: Source | None) -> Finding:
    """CK305: of this copy the original is not here. An approval waits until somebody has waived it by name."""
    place = source.origin.place if source and source.origin else ""
    if place.startswith(("http://", "https://")):
        why = f"{place} is kept nowhere but in this copy"
        remedy = "compare the draft with what stands there, and waive it below the first post"
    else:
        why = "its raw file is not on this machine, or no longer what the copy was made of"
        remedy = "ingest it here; or, where there is none (it came through a pipe), compare, and waive it below the first post"
    what = f"what was off the record in the original of {name} cannot be compared: {why}"
    return warning("CK305", what, words=name, remedy=remedy, holds=True)


def uncompared(count: int) -> Problem:
    """CK305: raw files of other sources, too. No draft says that it rests on them, so no approval waits for them."""
    files = "1 raw file" if count == 1 else f"{count} raw files"
    return Problem(
        check="CK305",
        severity="warning",
        message=f"no draft was compared with {files} of other sources: they cannot be read, or are too many or too large",
        place="notes/",
        remedy="ingest what cannot be read again; move away what no draft will rest on any more",
    )


def _leak(wording: Wording, start: int, end: int, kind: str) -> Finding:
    position, at = _position(wording.text, start, end), 0 if wording.line else start
    if kind == "words":
        return error(
            "CK303",
            f"the {wording.where} repeats words that were said off the record: {position}",
            at=at,
            line=wording.line,
            remedy="take them out, or ask the speaker to say them on the record",
        )
    return error(
        "CK304",
        f"the {wording.where} has a {kind} that was said off the record only: {position}",
        words=wording.text[start:end],
        at=at,
        line=wording.line,
        remedy="take it out; or cite who said it on the record, or waive it by name",
    )


def _position(text: str, start: int, end: int) -> str:
    """Which words of their line they are, for who must find them without being told."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    first = len(before.split()) + (not before or before[-1].isspace())
    last = first + len(text[start:end].split()) - 1
    return f"word {first} of the line" if first == last else f"words {first} to {last} of the line"
