"""Checks of the exact thread for one account: lengths, and what only the rendition can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from contentkit.checks.findings import place_of
from contentkit.media import MediaFile, Misfit, Picture, misfits
from contentkit.models import Draft, Limits, Part, Problem, Rendition, Severity
from contentkit.patterns import regex
from contentkit.text import counted, normalised, one_line

_UNRESOLVED = regex(r"@\{[^{}\n]*\}")
# So much of each side is shown where a sentence is split.
_SEAM = 32


def check_rendition(
    rendition: Rendition, draft: Draft, pictures: Mapping[str, Picture] = MappingProxyType({})
) -> list[Problem]:
    """Everything that speaks against this thread on its account, in the order of its parts.

    ``pictures`` maps the path of each picture to what will be sent; one that cannot be sent is the draft's problem.
    """
    if not rendition.parts:
        message = f"no post of the draft is for {rendition.account.name}"
        remedy = "take the account off the entry, or change the only: comments"
        name = draft.path or draft.slug
        return [
            Problem(
                check="CK311",
                severity="error",
                message=message,
                place=name,
                remedy=remedy,
                account=rendition.account.name,
            )
        ]
    return [problem for part in rendition.parts for problem in _check_part(part, rendition, draft, pictures)]


def check_lacking(rendition: Rendition, draft: Draft, lacking: str) -> list[Problem]:
    """CK314 for what the account's network does not have of what the thread asks for; ``lacking`` names it, or is empty."""
    if not lacking:
        return []
    account = rendition.account
    problem = Problem(
        check="CK314",
        severity="error",
        message=f"{account.name} has no {lacking}",
        place=draft.path or draft.slug,
        remedy=f'take {account.name} off the entry, or give it an entry of its own with warning: "" and visibility: public',
        account=account.name,
    )
    return [problem]


def check_language(rendition: Rendition, draft: Draft) -> list[Problem]:
    """CK317 for a thread that does not say its language, for a network that wants to know it: readers filter by it."""
    if rendition.language or not rendition.parts:
        return []
    account = rendition.account
    problem = Problem(
        check="CK317",
        severity="error",
        message=f"nobody says the language of the thread for {account.name}",
        place=draft.path or draft.slug,
        remedy="write 'language: en' (or whichever it is) at the draft's top, or language = \"en\" into contentkit.toml",
        account=account.name,
    )
    return [problem]


def check_cuts(rendition: Rendition, draft: Draft) -> list[Problem]:
    """CK325 for each sentence that begins in one part of the thread and ends in another."""
    name, parts = rendition.account.name, rendition.parts
    return [
        Problem(
            check="CK325",
            severity="warning",
            message=f"a sentence is split between parts {number} and {number + 1} on {name}: "
            f"{_end_of(part.text)} | {one_line(after.text, _SEAM)}",
            place=place_of(draft, part.post),
            remedy="shorten it, or split it yourself with a line of three dashes",
            post=part.post,
            account=name,
        )
        for number, (part, after) in enumerate(pairwise(parts), 1)
        if part.torn
    ]


def _end_of(text: str) -> str:
    words = one_line(text[-4 * _SEAM :], 4 * _SEAM)
    return words if len(words) <= _SEAM else "…" + words[-_SEAM:].partition(" ")[2]


def check_repeats(rendition: Rendition, draft: Draft, severity: Severity) -> list[Problem]:
    """CK315 for each part that has the words of an earlier one; ``severity`` is how bad that is on the account's network.

    With other pictures the same words are no more than a warning: no network says whether it would refuse them.
    """
    problems = []
    earlier: dict[str, Part] = {}
    for number, part in enumerate(rendition.parts):
        words = normalised(part.text)
        first = earlier.setdefault(words, part) if words else part
        if first is not part:
            alike = [one.path for one in first.media] == [one.path for one in part.media]
            which = f"part {number + 1} has the same words as part {rendition.parts.index(first) + 1}"
            problem = Problem(
                check="CK315",
                severity=severity if alike else "warning",
                message=f"{which} on {rendition.account.name}",
                place=place_of(draft, part.post),
                remedy="change the words of one of them, or take it out",
                post=part.post,
                account=rendition.account.name,
            )
            problems.append(problem)
    return problems


def _check_part(part: Part, rendition: Rendition, draft: Draft, pictures: Mapping[str, Picture]) -> Iterator[Problem]:
    account = rendition.account
    excess = part.length - account.limits.characters

    def problem(check: str, message: str, remedy: str, words: str = "", line: int = 0) -> Problem:
        place = place_of(draft, part.post, line=line)
        return Problem(
            check=check,
            severity="error",
            message=message,
            place=place,
            words=words,
            remedy=remedy,
            post=part.post,
            account=account.name,
        )

    if excess > 0:
        message = (
            f"{counted(excess, 'character')} too long for {account.name}: {part.length} of {account.limits.characters}"
        )
        uncut = f"; it cannot be split: {part.uncut}" if part.uncut else ""
        yield problem("CK310", message + uncut, part.remedy or "shorten it, or split it with a line of three dashes")
    if not part.text.strip() and not part.media:
        yield problem("CK311", f"nothing to publish on {account.name}: the post is empty", "write it, or take it out")
    lines = {media.path: media.line for media in reversed(part.media)}
    for one in _misfits(part, account.limits, pictures):
        remedy = f"{one.remedy}, or keep the post off {account.name} with an only: comment"
        yield problem("CK312", f"{account.name}: {one.why}", remedy, line=lines.get(one.path, part.media[0].line))
    for match in _UNRESOLVED.finditer(part.text):
        yield problem(
            "CK302", f"{match[0]} would be published letter for letter", "put the person into people.yaml", match[0]
        )


def _misfits(part: Part, limits: Limits, pictures: Mapping[str, Picture]) -> list[Misfit]:
    """Why the account would not take the pictures of a part, of those that can be sent at all."""
    known = [(pictures.get(media.path), media.alt) for media in part.media]
    sent = [(file, alt) for file, alt in known if isinstance(file, MediaFile)]
    return misfits([file for file, _ in sent], [alt for _, alt in sent], limits)
