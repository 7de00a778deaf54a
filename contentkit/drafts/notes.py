"""The comments of a post that are notes to contentkit, and those that are for people. None of them is ever published.

``evidence:`` says what the post rests on, ``only:`` where it is published, ``instead:`` where it stands in the place of the post
before it, ``waive:`` who takes a finding of the checks upon them, ``alternative:`` what else it could say, below the
evidence of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.errors import ContentError
from contentkit.models import Alternative, Evidence, Post, Waiver
from contentkit.patterns import regex
from contentkit.text import one_line
from contentkit.values import dataclass

_EVIDENCE = regex(
    r"(?P<source>.+?)#L(?P<first>[1-9]\d{0,8})(?:C(?P<from>[1-9]\d{0,8}))?"
    r"(?:-L?(?P<last>[1-9]\d{0,8})(?:C(?P<to>[1-9]\d{0,8}))?)?(?:\s+sha:(?P<sha>[0-9a-f]{8}))?"
)
_WAIVER = regex(
    r"(?P<check>CK\d{3})\s*(?:\"(?P<words>(?:[^\"\\]|\\.)*)\")?\s+by\s+(?P<by>[^:]+):\s*(?P<reason>\S.*)", re.DOTALL
)
_ESCAPE = regex(r"\\(.)", re.DOTALL)
_KINDS = ("evidence", "only", "instead", "waive", "alternative")
# A comment that begins with a word, whatever stands where a note has its colon.
_OPENING = regex(r"\s*(?P<word>[A-Za-z]{2,12})(?![A-Za-z])\s*(?P<colon>[:;=：]?)\s*")
_NEAR = 0.75
_NAMES = regex(r"[\w.-]+(?:(?:\s*,\s*|\s+and\s+)[\w.-]+)*\s*\Z")
# What follows the word in a note whose colon was forgotten, and hardly ever in a sentence for people.
_WITHOUT_COLON = {
    "evidence": regex(r"\S+#L\d"),
    "waive": regex(r"CK\d{3}\b"),
    "only": _NAMES,
    "instead": _NAMES,
    "alternative": regex(r"\S+#L\d"),
}


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What the comments of one post say, as ``Post`` has it."""

    evidence: tuple[Evidence, ...]
    only: tuple[str, ...]
    instead: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    alternatives: tuple[Alternative, ...]
    comments: tuple[tuple[int, str], ...]


def read_notes(notes: Sequence[tuple[int, str]], path: str) -> Notes:
    """What these comments say, each with the line that it begins on. Raises ContentError with ``path:line``."""
    evidence: list[Evidence] = []
    places: dict[str, tuple[str, ...]] = {"only": (), "instead": ()}
    waivers: list[Waiver] = []
    alternatives: list[Alternative] = []
    comments: list[tuple[int, str]] = []
    for opened, note in notes:
        kind, _, rest = note.partition(":")
        line = opened + note[: len(note) - len(note.lstrip())].count("\n")
        match kind.strip():
            case "evidence":
                evidence += _evidence_of(rest, line, path)
            case "only" | "instead" as which:
                places[which] = _places_of(which, rest, f"{path}:{line}")
                if all(places.values()):
                    raise ContentError(
                        f"{path}:{line}: one post has both 'only' and 'instead'",
                        hint="leave 'only' out: what stands instead of a post is published nowhere else anyway",
                    )
            case "waive":
                waivers.append(_waiver(rest.strip(), f"{path}:{line}"))
            case "alternative":
                alternatives.append(_alternative(rest, line, path))
            case _:
                _refuse_nearly(note, f"{path}:{line}")
                comments.append((opened, note.strip()))
    return Notes(
        evidence=tuple(evidence),
        waivers=tuple(waivers),
        alternatives=tuple(alternatives),
        comments=tuple(comments),
        **places,
    )


def read_evidence(words: str) -> tuple[Evidence, ...]:
    """The evidence that stands in one line, with semicolons between several. Raises ContentError."""
    return tuple(_evidence_of(words, 1, "evidence"))


def _refuse_nearly(note: str, place: str) -> None:
    """Raises ContentError for a comment that would be a note but for its spelling: passed over, it publishes to everybody."""
    match = _OPENING.match(note)
    if not match:
        return
    import difflib

    close = difflib.get_close_matches(match["word"].lower(), _KINDS, 1, _NEAR)
    if not close:
        return
    [kind] = close
    if match["colon"] or _WITHOUT_COLON[kind].match(note, match.end()):
        written = one_line(note[: match.end()].strip(), 40)
        raise ContentError(
            f"{place}: a comment for people begins with '{written}', as a note to contentkit nearly does",
            hint=f"write '{kind}:' if you meant that; begin with another word if not",
        )


def _places_of(kind: str, words: str, place: str) -> tuple[str, ...]:
    names = tuple(word.strip() for word in words.split(",") if word.strip())
    if not names:
        raise ContentError(f"{place}: '{kind}' names no platform", hint=f"write it as: {kind}: mastodon")
    return names


def _evidence_of(words: str, line: int, path: str) -> Iterator[Evidence]:
    for number, row in enumerate(words.split("\n"), line):
        yield from (_evidence(piece.strip(), f"{path}:{number}") for piece in row.split(";") if piece.strip())


def _evidence(words: str, place: str) -> Evidence:
    match = _EVIDENCE.fullmatch(words)
    if not match:
        raise ContentError(f"{place}: cannot read the evidence '{words}'", hint="write it as notes/call.md#L12-L14")
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise ContentError(f"{place}: the evidence ends before it begins: L{first}-L{last}", hint="swap the two lines")
    begin, end = int(match["from"] or 0), int(match["to"] or 0)
    if last == first and end and end <= max(begin, 1):
        hint = "the column behind the last character comes second: L3C5-L3C20"
        raise ContentError(f"{place}: the evidence holds no character: {words}", hint=hint)
    sha = match["sha"] or ""
    return Evidence(source=match["source"], first=first, last=last, sha=sha, from_column=begin, to_column=end)


def _waiver(words: str, place: str) -> Waiver:
    match = _WAIVER.fullmatch(words)
    if not match:
        hint = 'write it as: waive: CK201 "60%" by Ana: she checked the paper'
        raise ContentError(f"{place}: cannot read the waiver '{words}'", hint=hint)
    waived = _ESCAPE.sub(r"\1", match["words"] or "")
    return Waiver(check=match["check"], words=waived, by=match["by"].strip(), reason=match["reason"].strip())


def _alternative(words: str, line: int, path: str) -> Alternative:
    """The evidence on the line of the word, the text on those below it."""
    evidence, _, text = words.partition("\n")
    begins = line + 1 + text[: len(text) - len(text.lstrip())].count("\n")
    text = _ESCAPE.sub(r"\1", text).strip()
    if not text:
        hint = "write its evidence behind the colon and its text on the lines below"
        raise ContentError(f"{path}:{line}: the alternative has no text", hint=hint)
    return Alternative(text=text, evidence=tuple(_evidence_of(evidence, line, path)), line=begins)


def notes_of(post: Post) -> Iterator[str]:
    """What a post says of itself to contentkit, a note each; comments for people are not among them."""
    yield from (f"evidence: {evidence}" for evidence in post.evidence)
    if post.only:
        yield f"only: {', '.join(post.only)}"
    if post.instead:
        yield f"instead: {', '.join(post.instead)}"
    for waiver in post.waivers:
        quoted = _escaped(waiver.words).replace('"', '\\"')
        words = f' "{quoted}"' if waiver.words else ""
        yield f"waive: {waiver.check}{words} by {waiver.by}: {waiver.reason}"
    for other in post.alternatives:
        places = "; ".join(map(str, other.evidence))
        yield f"alternative: {places}\n{_escaped(other.text)}\n"


def _escaped(words: str) -> str:
    """Words that cannot end their comment."""
    return words.replace("\\", "\\\\").replace("-->", "--\\>")


def format_note(note: str) -> str:
    """The note as a comment. Raises ContentError for what no comment can hold."""
    # What follows the end of a comment would be published.
    if "-->" in note:
        raise ContentError(f"'-->' cannot stand in a note: {note}", hint="say it in other words")
    return f"<!-- {note} -->"
