"""Mending a draft where no judgement is needed: words that something stands in the place of, and nothing else of the file.

Code is left alone, and so is every comment: people and drafters wrote them. What the mended file says is read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from contentkit.drafts import parse_draft
from contentkit.drafts.edit import Sheet
from contentkit.drafts.places import Places
from contentkit.errors import ContentError
from contentkit.models import Draft, Post, Problem
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What stands in the file from ``start`` to ``end``, and what is to stand there; ``problem`` asks for it."""

    start: int
    end: int
    words: str
    problem: Problem


def edits_for(sheet: Sheet, problems: Iterable[Problem]) -> list[Edit]:
    """The edits that mend those of these problems that can be mended here, in the order of the file; none overlaps another."""
    places = Places(sheet)
    found = sorted({edit.start: edit for edit in _possible(places, problems)}.values(), key=lambda edit: edit.start)
    kept: list[Edit] = []
    for edit in found:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def mended(sheet: Sheet, edits: Sequence[Edit]) -> str:
    """The text of the file after these edits. Raises ContentError where it does not say what was meant."""
    before = parse_draft(_plain(sheet.text), sheet.path)
    after = _with(sheet.text, [(edit.start, edit.end, edit.words) for edit in edits])
    try:
        said = parse_draft(_plain(after), sheet.path)
    except ContentError:
        said = before
    if _bare(said) != _bare(_meant(before, edits)):
        raise ContentError(
            f"{sheet.path}: is laid out in a way that cannot be mended", hint="mend what was found by hand"
        )
    return after


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """The changed lines, as a patch has them; as many lines stand in one text as in the other."""
    changed = [
        (number, old, new)
        for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), 1)
        if old != new
    ]
    if changed:
        yield from (f"--- {path}", f"+++ {path}")
    for number, old, new in changed:
        yield from (f"@@ -{number} +{number} @@", f"-{old}", f"+{new}")


def _possible(places: Places, problems: Iterable[Problem]) -> Iterator[Edit]:
    for problem in problems:
        if problem.fix is None or not problem.words or problem.post is None or "\n" in problem.words + problem.fix:
            continue
        stretch = _stretch(places, problem)
        if stretch and problem.fix != problem.words:
            yield Edit(start=stretch[0], end=stretch[1], words=problem.fix, problem=problem)


def _stretch(places: Places, problem: Problem) -> tuple[int, int] | None:
    """Where the words stand in the file, outside of code; None where nobody can say."""
    assert problem.post is not None
    if problem.at is None:
        return places.stretch_on_line(problem.where.line, problem.words)
    if places.is_code(problem.post, problem.at):
        return None
    return places.stretch(problem.post, problem.at, problem.words)


def _meant(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """The draft that the edits are to give."""
    return replace(draft, posts=tuple(_meant_post(post, index, edits) for index, post in enumerate(draft.posts)))


def _meant_post(post: Post, index: int, edits: Sequence[Edit]) -> Post:
    own = [edit.problem for edit in edits if edit.problem.post == index]
    text = _with(post.text, [(one.at, one.at + len(one.words), one.fix or "") for one in own if one.at is not None])
    media = post.media
    for one in own:
        if one.at is None:
            line = one.where.line
            media = tuple(
                replace(each, alt=each.alt.replace(one.words, one.fix or "", 1)) if each.line == line else each
                for each in media
            )
    return replace(post, text=text.strip(), media=media)


def _bare(draft: Draft) -> tuple[object, ...]:
    """All that a draft says, its comments too."""
    return replace(draft, posts=()), [
        (replace(post, line=0), [words for _, words in post.comments]) for post in draft.posts
    ]


def _with(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for start, end, words in sorted(edits):
        pieces += [text[at:start], words]
        at = end
    return "".join((*pieces, text[at:]))


def _plain(text: str) -> str:
    """With the line ends that drafts are read with, and without the mark that some editors put first."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
