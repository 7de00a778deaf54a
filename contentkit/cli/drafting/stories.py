"""Several threads from one source, each a draft of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import ContentError, UsageError

if TYPE_CHECKING:
    from contentkit.cli.drafting.fresh import Job
    from contentkit.cli.project import Project
    from contentkit.drafting import TellsStories
    from contentkit.models import Draft, Source


def draft_stories(job: Job, number: int, *, as_json: bool) -> None:
    """Drafts at most so many threads, writes all of them or none, and lists them, the best first.

    Raises UsageError for several sources and for a drafter that tells no stories.
    """
    from contentkit.cli.drafting.fresh import tell_language
    from contentkit.cli.drafting.writing import write_drafts
    from contentkit.cli.output import say, show_json

    told = told_stories(job, number)
    drafts = _named(told, job.wish.slug)
    asked = [replace(job.asked, story=rank, stories=number) for rank in range(1, len(drafts) + 1)]
    written = write_drafts(job.project, job.read.sources, drafts, asked)
    if as_json:
        show_json(written)
    else:
        _show(job.project, job.read.sources[0], written)
    tell_language(job, written[0])
    if len(written) < number:
        say(f"{number} stories were asked for; the source holds {len(written)}.")


def told_stories(job: Job, number: int) -> list[Draft]:
    """At most so many threads of the one source, the best first, in the founder's name. Raises as ``draft_stories`` does."""
    from contentkit.drafting.narrowing import narrowed

    source, teller = _source(job), teller_of(job)
    with job.work:
        told = [
            narrowed(replace(one, founder=job.founder), [source])
            for one in teller.stories(source, job.brief(source), number)
        ]
        job.work.slug = job.wish.slug or (told[0].slug if told else "")
    if not told:
        raise ContentError(f"{source.path}: holds no story", hint="leave --stories out: one thread may be in it")
    return told


def teller_of(job: Job) -> TellsStories:
    """The drafter as one that tells stories. Raises UsageError where it tells none."""
    from contentkit.drafting.loading import stories_of

    teller = stories_of(job.drafter)
    if teller is None:
        message = f"the drafter '{job.settings.name}' finds no stories: it lacks what TellsStories asks for"
        raise UsageError(message, hint="leave --stories out, or take one that does: --drafter extractive")
    return teller


def _source(job: Job) -> Source:
    if len(job.read.sources) > 1:
        raise UsageError("--stories tells those of one source", hint="name one, or leave --stories out")
    return job.read.sources[0]


def _named(drafts: Sequence[Draft], slug: str) -> list[Draft]:
    """The drafts with file names of their own: ``launch-1`` and so on where a name was asked for."""
    taken: set[str] = set()
    named = []
    for rank, draft in enumerate(drafts, 1):
        own = f"{slug}-{rank}" if slug else draft.slug
        candidates = (own, *(f"{own}-{number}" for number in range(2, len(drafts) + 2)))
        name = next(one for one in candidates if one not in taken)
        taken.add(name)
        named.append(replace(draft, slug=name))
    return named


def _show(project: Project, source: Source, written: Sequence[Draft]) -> None:
    import shlex
    import shutil

    from contentkit.cli.checking.examining import problems_at_once
    from contentkit.cli.drafting.showing import spoken_news
    from contentkit.cli.output import say, show_rows
    from contentkit.models import counted
    from contentkit.views.problems import tally
    from contentkit.views.stories import HEADINGS, stories_view, story_cells

    cells = [story_cells(rank, draft) for rank, draft in enumerate(written, 1)]
    show_rows([HEADINGS, *cells], lambda: stories_view(written, shutil.get_terminal_size().columns))
    for draft in written:
        say(*(f"{draft.path}: {line}" for line in spoken_news([source], draft)))
        if problems := counted(problems_at_once(project, draft, {source.path: source})):
            say(f"{draft.path}: {tally(problems)}: contentkit check {shlex.quote(draft.path)}")
    following = "contentkit preview" if project.config.project else "contentkit init, then contentkit preview"
    say(f"No two of them share a sentence. Next: {following} {shlex.quote(written[0].path)}")
