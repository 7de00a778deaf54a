"""Which drafts rest on a source, and which of their posts no longer say what it says. Computed, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from contentkit.cli.project import Project
from contentkit.errors import ContentkitError
from contentkit.models import Draft
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Resting:
    """A draft that rests on a source; ``posts`` are the numbers of those whose lines the source no longer has so."""

    source: str
    draft: str
    posts: tuple[int, ...]


def resting_on(project: Project, sources: Collection[str]) -> Iterator[Resting]:
    """The drafts that name these sources, or point at them. What cannot be read is for ``check`` to say."""
    fresh = project.as_it_is_now()
    for path in fresh.drafts():
        try:
            draft = fresh.draft(path)
        except ContentkitError:
            continue
        for name in sorted(draft.all_sources & set(sources)):
            yield Resting(source=name, draft=path, posts=stale_posts(fresh, draft, {name}))


def stale_posts(project: Project, draft: Draft, names: Collection[str]) -> tuple[int, ...]:
    """The numbers of the posts that point at lines of these sources which no longer say what they said.

    Raises ContentError for a source that cannot be read.
    """
    cited = [(number, one) for number, post in enumerate(draft.posts, 1) for one in post.evidence]
    found: set[int] = set()
    for name in (name for name in names if (project.root / name).is_file()):
        here = [(number, one) for number, one in cited if one.source == name]
        still = project.still_says(name, [one for _, one in here])
        found.update(number for (number, _), holds in zip(here, still, strict=True) if not holds)
    return tuple(sorted(found))


def why_stale(project: Project, path: str) -> str:
    """What to say of a draft whose sources changed since; empty where they did not, or where that is for others to say."""
    try:
        return why_stale_draft(project, project.draft(path))
    except ContentkitError:
        return ""


def why_stale_draft(project: Project, draft: Draft) -> str:
    """The same of a draft that was read."""
    try:
        posts = stale_posts(project, draft, draft.all_sources)
    except ContentkitError:
        return ""
    if not posts:
        return ""
    return f"stale: the sources changed under post{'' if len(posts) == 1 else 's'} {', '.join(map(str, posts))}"
