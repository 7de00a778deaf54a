"""The sources that a draft is made of: the files that are named, or the copies of them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.forbidden import Forbidden
    from contentkit.models import Source


@dataclass(frozen=True)
class Read:
    """What posts can point at, in the order in which it was named; and what was off the record in it."""

    sources: tuple[Source, ...]
    forbidden: Forbidden


def read_sources(project: Project, words: Sequence[str], speaker: str) -> Read:
    """Reads each source once. Raises UsageError where a speaker is named and nobody speaks, else as reading does."""
    from contentkit.errors import UsageError
    from contentkit.forbidden import Forbidden
    from contentkit.languages import code_in

    forbidden, sources = Forbidden(), {}
    for word in words:
        _refuse_draft(project, word)
        source, said = _source(project, word)
        sources[source.path] = replace(source, language=code_in(source.language))
        forbidden |= said
    if speaker and all(source.kind != "transcript" for source in sources.values()):
        hint = "leave --speaker out; turns begin with 'Name:' or '**Name:**'"
        raise UsageError(f"{', '.join(sources)}: nobody is named as a speaker here", hint=hint)
    return Read(tuple(sources.values()), forbidden)


def _refuse_draft(project: Project, word: str) -> None:
    """Raises UsageError for a draft: what somebody wrote there would become what the founder said."""
    from contentkit.errors import UsageError

    path = project.name_of(Path(word))
    if path in project.drafts():
        hint = f"draft it anew: contentkit draft {shlex.quote(path)} --again; or name its source"
        raise UsageError(f"{path} is a draft, no source", hint=hint)


def _source(project: Project, word: str) -> tuple[Source, Forbidden]:
    from contentkit.cli.ingesting.news import copy_news, doubt_news, private_news
    from contentkit.cli.ingesting.originals import original_of
    from contentkit.cli.ingesting.taking import take
    from contentkit.cli.output import say
    from contentkit.clock import SystemClock

    taken = take(project, original_of(word, project), SystemClock().now())
    say(*copy_news(taken), *private_news(project, taken), *doubt_news(taken))
    # Of a copy that is named itself, the raw file tells.
    if taken.copied:
        return taken.source, taken.forbidden
    return taken.source, project.off_record(taken.source.path).forbidden | taken.forbidden
