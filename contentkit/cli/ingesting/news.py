"""What a person has to hear of what was taken in, in sentences."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from contentkit.cli.git import is_open_to_git, is_tracked
from contentkit.cli.ingesting.stale import Resting
from contentkit.cli.ingesting.taking import Taken
from contentkit.cli.ingesting.whereabouts import is_raw, lies_in
from contentkit.cli.project import Project
from contentkit.errors import StateError
from contentkit.sources.transcripts.subtitles import ONLY_VOICE
from contentkit.sources.web_pages.facts import NOT_BELIEVED
from contentkit.text import counted

_MOST_DOUBTS = 5


def news_of(project: Project, one: Taken) -> Iterator[str]:
    """Of one source: where its copy is, what was left out, who speaks, what is in doubt."""
    yield from copy_news(one)
    yield from _reach(one)
    yield from private_news(project, one)
    stated = [what for what in one.removed if what.startswith(NOT_BELIEVED)]
    if hidden := [what for what in one.removed if what not in stated]:
        yield f"{one.original.name}: left out, because readers cannot see it: {', '.join(hidden)}"
    yield from (f"{one.original.name}: not believed: {what}; 'draft --link ADDRESS' takes it" for what in stated)
    yield from doubt_news(one)
    yield from _speakers(one)


def doubt_news(one: Taken) -> Iterator[str]:
    """The lines that leave open what is off the record; an approval will wait for somebody who has read them."""
    path, doubts = one.source.path, one.source.doubts
    for line in doubts[:_MOST_DOUBTS]:
        yield f"{path}:{line}: leaves open what is off the record: is all that is left on the record?"
    if len(doubts) > _MOST_DOUBTS:
        yield f"{path}: {counted(len(doubts) - _MOST_DOUBTS, 'more line')} like that"


def copy_news(one: Taken) -> Iterator[str]:
    """Where the copy is, if one was written."""
    without = f" without {_spans(one.cut)} off the record" if one.cut else ""
    if one.copied and one.state != "known":
        yield f"{one.original.name}: {'copied' if one.state == 'new' else 'copied again'} to {one.source.path}{without}"


def _reach(one: Taken) -> Iterator[str]:
    """Where nobody came back on the record: a mark that was never closed takes an hour's talk with it."""
    if one.cut and one.silent_from:
        where = f"{one.original.name}:{one.silent_from}"
        yield f"{where}: off the record from here to the end; was it to be closed? [/off the record], 'back on the record'"


def _spans(count: int) -> str:
    return counted(count, "span")


def private_news(project: Project, one: Taken) -> Iterator[str]:
    """What to do with a file that holds words off the record."""
    path, name = one.original.path, one.original.name
    if not one.copied or not one.cut:
        return
    if path is None:
        yield f"{name}: what was cut out is kept nowhere, so no draft can be compared with it; 'approve' will ask about that"
    elif lies_in(path, project):
        yield from _about_git(project, path, name)


def _about_git(project: Project, path: Path, name: str) -> Iterator[str]:
    try:
        if is_open_to_git(project.root, name):
            yield from _out_of_git(name, tracked=is_tracked(project.root, name), raw=is_raw(path, project))
    except StateError as problem:
        yield f"{name}: holds words off the record, and nobody can tell whether git takes it: {problem.message}"


def _out_of_git(name: str, *, tracked: bool, raw: bool) -> Iterator[str]:
    steps = [f"git rm --cached -- {shlex.quote(name)}"] * tracked
    if tracked:
        yield f"{name}: git tracks it with the words off the record; they stay in its history until it is rewritten"
    else:
        yield f"{name}: git would take it with the words off the record"
    if raw:
        steps.append("contentkit init, which lets git ignore notes/raw/")
    else:
        steps.append(f"mkdir -p notes/raw && mv -- {shlex.quote(name)} notes/raw/, then ingest it there")
    yield f"  Next: {'; '.join(steps)}"


def _speakers(one: Taken) -> Iterator[str]:
    source = one.source
    if [*source.speakers] == [ONLY_VOICE]:
        yield f"{source.path}: names nobody who speaks: whoever it was, all of it counts as said by '{ONLY_VOICE}'"
        yield "  Next: where only one person speaks, write 'speaker: NAME' into front matter above it; else name who speaks"
    if len(source.speakers) > 1:
        told = (f"{name} ({counted(words, 'word')})" for name, words in source.speakers.items())
        yield f"{source.path}: {', '.join(told)}"
        # Names come from the file: quoted, so that a shell takes them as names only.
        words = [shlex.quote(word) for word in (source.path, "--speaker", next(iter(source.speakers)))]
        yield f"  Draft from one of them: contentkit draft {' '.join(words)}"


def resting_news(taken: Sequence[Taken], resting: Sequence[Resting]) -> Iterator[str]:
    """Of drafts whose sources changed: which posts no longer say what is there, and that the others still do."""
    states = {one.source.path: one.state for one in taken}
    for one in resting:
        if one.posts:
            posts = f"post{'' if len(one.posts) == 1 else 's'} {', '.join(map(str, one.posts))}"
            yield f"{one.draft}: stale: {one.source} no longer says what {posts} rest{'s' if len(one.posts) == 1 else ''} on"
            yield f"  Next: contentkit draft {shlex.quote(one.draft)} --again, which keeps what you edited"
        elif states[one.source] == "changed":
            yield f"{one.draft}: rests on {one.source}, which changed; the lines it cites did not"
