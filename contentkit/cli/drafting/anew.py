"""A draft anew: from its source as it is today, with everything that people did to it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.drafting.approved import approved_now, refuse_published, tell_void
from contentkit.cli.drafting.base import base_of, wish_of
from contentkit.cli.drafting.fresh import Job, job_of, tell_language
from contentkit.cli.drafting.merging import has_own, merge_news, merged_sheet
from contentkit.cli.drafting.wish import Wish
from contentkit.cli.model_work import Cache
from contentkit.drafting.again import merged
from contentkit.drafts.edit import Sheet
from contentkit.errors import ContentError, UsageError
from contentkit.files import text_of
from contentkit.models import Draft
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.models import Source
    from contentkit.store.drafted import Drafted


@dataclass(frozen=True, kw_only=True)
class Old:
    """The draft as it stands, and what the drafter wrote of it; None where nobody remembers."""

    draft: Draft
    base: Drafted | None
    words: frozenset[str]
    data: bytes
    sheet: Sheet


def draft_again(
    project: Project, words: Sequence[str], wish: Wish, settings: DrafterSettings, *, cache: Cache, as_json: bool
) -> None:
    """Drafts anew what one of these words names, a draft or its source, and merges that into the file.

    Raises UsageError where no draft or several are meant, else as drafting does. Then nothing was written.
    """
    path = _draft_meant(project, words)
    refuse_published(project, path)
    old = _old(project, path)
    front = old.draft
    founder = front.founder if front.founder in project.people else ""
    before = wish_of(project, old.base) if old.base else Wish()
    before = replace(before, founder=founder, link=front.link or before.link)
    # What is not said now holds as it was said then.
    wish = replace(before, **{name: value for name, value in vars(wish).items() if value})
    names = old.draft.sources or tuple(old.base.sources if old.base else ())
    if not names:
        raise ContentError(
            f"{path}: names no source to draft from", hint="write it into its front matter: sources: [notes/call.md]"
        )
    for name in names:
        project.reading(
            name
        )  # a draft comes with git: what it names may lie anywhere, and is read within the project only
    job = job_of(project, [str(project.root / name) for name in names], wish, settings, cache=cache)
    fresh = replace(_fresh(job, old), slug=old.draft.slug)
    if old.base is None:
        _write_beside(job, old, fresh, as_json=as_json)
    else:
        _write_into(job, old, old.base, fresh, as_json=as_json)


def refuse_beside_again(**options: object) -> None:
    """Raises UsageError for an option that is given and cannot be meant of a draft that is there."""
    if given := [name for name, value in options.items() if value]:
        hint = "the draft keeps its name, its story and its front matter: edit that first"
        raise UsageError(f"--again and --{given[0].replace('_', '-')} exclude each other", hint=hint)


def _draft_meant(project: Project, words: Sequence[str]) -> str:
    """The path of the draft that is named, or of the only one that rests on the source that is named."""
    if len(words) > 1:
        raise UsageError("--again takes one draft, or one source", hint="contentkit draft drafts/call.md --again")
    [word] = words
    paths = {project.name_of(Path(word)), f"drafts/{word}.md", word} & set(project.drafts())
    if paths:
        return min(paths)
    from contentkit.cli.drafting.reading import read_sources

    [source] = read_sources(project, [word], "").sources
    resting = [path for path in project.drafts() if _rests_on(project, path, source.path)]
    if len(resting) > 1:
        raise UsageError(
            f"{len(resting)} drafts rest on {source.path}: {', '.join(resting)}",
            hint=f"name one: contentkit draft {shlex.quote(resting[0])} --again",
        )
    if not resting:
        raise UsageError(
            f"no draft rests on {source.path}", hint=f"make one: contentkit draft {shlex.quote(source.path)}"
        )
    return resting[0]


def _rests_on(project: Project, path: str, source: str) -> bool:
    try:
        return source in project.draft(path).all_sources
    except ContentError:
        return False  # for 'check' to say


def _old(project: Project, path: str) -> Old:
    from contentkit.cli.drafting.base import words_of
    from contentkit.cli.drafting.sheets import sheet_at

    draft = project.draft(path)
    data, sheet = sheet_at(project, path)
    words = words_of(project, draft.slug)
    return Old(draft=draft, base=base_of(project, draft.slug), words=words, data=data, sheet=sheet)


def _fresh(job: Job, old: Old) -> Draft:
    """The thread of today; of several stories that were told together the one that is nearest to what was drafted."""
    base = old.base
    if base is None or base.asked.stories is None or len(job.read.sources) > 1:
        return job.drafted()
    from contentkit.cli.drafting.stories import told_stories
    from contentkit.drafting.again import said_again

    told = told_stories(job, base.asked.stories)
    return max(told, key=lambda draft: said_again(base.draft.posts, draft.posts))


def _write_beside(job: Job, old: Old, fresh: Draft, *, as_json: bool) -> None:
    """Writes the thread into a file of its own: whose words those of the draft are, nobody can know."""
    from contentkit.cli.drafting.showing import show_draft
    from contentkit.cli.drafting.writing import write_drafts
    from contentkit.cli.output import say, show_json

    slug, project = old.draft.slug, job.project
    names = (f"{slug}-{number}" for number in count(2))
    free = next(name for name in names if not (project.root / "drafts" / f"{name}.md").exists())
    [written] = write_drafts(project, job.read.sources, [replace(fresh, slug=free)], [job.asked])
    if as_json:
        show_json(written)
    else:
        show_draft(project, job.read.sources, written, job.account)
    say(
        f"What the drafter wrote of {old.draft.path} is not known here, so nothing in it is replaced: the new thread "
        f"is {written.path}. It is remembered where a project is, in contentkit.db, since contentkit draft wrote the file."
    )


def _write_into(job: Job, old: Old, base: Drafted, fresh: Draft, *, as_json: bool) -> None:
    from contentkit.cli.drafting.showing import show_thread
    from contentkit.cli.output import say, show_json
    from contentkit.drafts import parse_draft

    project, path = job.project, old.draft.path
    merge = merged(
        base.draft.posts, [block.post for block in old.sheet.blocks], fresh.posts, partial(has_own, old.words)
    )
    sheet = merged_sheet(old.sheet, merge, fresh, job.read.sources, old.words)
    written = parse_draft(text_of(sheet.text.encode(), path), path)
    approved = approved_now(project, path)
    _replace(job, old, fresh, sheet.text.encode())
    if as_json:
        show_json(written)
    else:
        show_thread(project, job.read.sources, written, job.account)
    say(*merge_news(old.sheet, merge, fresh, sheet), *_unsure(written, base, job.read.sources))
    tell_language(job, written)
    tell_void(project, approved)


def _unsure(written: Draft, base: Drafted, sources: Sequence[Source]) -> Iterator[str]:
    """Evidence without a hash, in a source that changed: nobody can tell whether its lines moved."""
    changed = {source.path for source in sources if base.sources.get(source.path) != source.digest}
    for number, post in enumerate(written.posts, 1):
        for one in post.evidence:
            if one.source in changed and not one.sha:
                yield f"Post {number} points at {one} without a sha, and {one.source} changed: is that still the line?"


def _replace(job: Job, old: Old, fresh: Draft, data: bytes) -> None:
    """Writes the file, and remembers what the drafter wrote: both, or neither."""
    from contentkit.cli.drafting.writing import remember
    from contentkit.files import replace_file

    path, before = job.project.root / old.draft.path, old.base.asked if old.base else None
    asked = replace(job.asked, story=before.story, stories=before.stories) if before else job.asked
    if data != old.data:
        replace_file(path, data, old.data)
    try:
        remember(job.project, job.read.sources, [fresh], [asked])
    except BaseException:
        # Else the next time all of this would look like a person's words.
        if data != old.data:
            replace_file(path, old.data, data)
        raise
