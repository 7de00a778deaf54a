"""A founder's own writing: archives of networks, files and folders, turns of a transcript, posts that were imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import UsageError
from contentkit.models import OwnPost, Source
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.sources.own_posts import Gathered

# A file up to so many characters is one post; of a longer one each paragraph is.
_LONGEST_POST = 1000
_FEWEST_WORDS = 8
_FEWEST_SAID = 5


@dataclass(frozen=True, kw_only=True)
class OwnWriting:
    """The posts, how much was left out for which reason, and whose handles the archives name."""

    posts: tuple[OwnPost, ...]
    left_out: Counter[str] = field(default_factory=Counter)
    owners: tuple[str, ...] = ()


def own_writing(project: Project, words: Sequence[str], speaker: str) -> OwnWriting:
    """All that these words name. What is off the record, under embargo or names what is confidential is left out.

    Raises UsageError where it is unclear whose words a transcript's are, ContentError for what cannot be read.
    """
    posts: list[OwnPost] = []
    left_out: Counter[str] = Counter()
    owners: list[str] = []
    for word in words:
        if archived := _archived(word):
            posts += archived.posts
            left_out += Counter(archived.left_out)
            owners += [archived.owner] if archived.owner else []
        else:
            posts += _written(project, word, speaker)
    return _without_confidential(project, posts, left_out, owners)


def imported_writing(project: Project, accounts: Sequence[str]) -> OwnWriting:
    """What was imported of these accounts. What names what is confidential is left out."""
    from contentkit.store.imported_words import imported_posts

    handles = [project.account(name).handle for name in accounts]
    return _without_confidential(
        project, imported_posts(project.root, accounts), Counter(), [one for one in handles if one]
    )


def _without_confidential(
    project: Project, posts: Sequence[OwnPost], left_out: Counter[str], owners: Sequence[str]
) -> OwnWriting:
    confidential = project.confidential
    kept = tuple(post for post in posts if not confidential.is_named_in(post.text))
    left_out += Counter({"with confidential names": len(posts) - len(kept)})
    return OwnWriting(posts=kept, left_out=left_out, owners=tuple(dict.fromkeys(owners)))


def _archived(word: str) -> Gathered | None:
    from contentkit.sources.own_posts import own_posts_in

    path = Path(word)
    return own_posts_in(path, word) if path.exists() else None


def _written(project: Project, word: str, speaker: str) -> Iterator[OwnPost]:
    from contentkit.cli.ingesting.originals import originals_of
    from contentkit.sources import reading_of

    originals, troubles = originals_of([word], project)
    if troubles:
        raise troubles[0]
    for original in originals:
        yield from _of_source(reading_of(*original.read()).source, speaker)


def _of_source(source: Source, speaker: str) -> Iterator[OwnPost]:
    if source.kind == "transcript":
        yield from _said(source, speaker)
        return
    kept = [one for one in source.passages if one.kind in ("paragraph", "item") and not one.aside and not one.embargo]
    whole = "\n\n".join(one.text for one in kept)
    is_post = len(whole) <= _LONGEST_POST and len(kept) == len([one for one in source.passages if not one.aside])
    texts = [whole] if is_post else [one.text for one in kept if len(one.text.split()) >= _FEWEST_WORDS]
    yield from (OwnPost(text=text, written=source.written, language=source.language) for text in texts)


def _said(source: Source, speaker: str) -> Iterator[OwnPost]:
    """The turns of one person: whoever is named, or the only one who speaks."""
    if not speaker and len(source.speakers) > 1:
        speaking = ", ".join(source.speakers)
        raise UsageError(
            f"{source.path}: several people speak here: {speaking}", hint='say who it is: --speaker "NAME"'
        )
    wanted = speaker.strip().casefold()
    named = [name for name in source.speakers if name.casefold() == wanted] or [
        name for name in source.speakers if wanted in name.casefold()
    ]
    if len(named) != 1:
        speaking = ", ".join(source.speakers) or "nobody"
        raise UsageError(
            f"{source.path}: it is unclear who '{speaker}' is: {speaking}", hint="write the name as it stands there"
        )
    for one in source.passages:
        if one.speaker == named[0] and not one.embargo and len(one.text.split()) >= _FEWEST_SAID:
            yield OwnPost(text=one.text, written=source.written, language=source.language, spoken=True)
