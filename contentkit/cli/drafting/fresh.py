"""A draft that is not there yet: one thread of one or several sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.cli.drafting.briefs import brief_for, refuse_translation, unruly
from contentkit.cli.drafting.drafters import drafter_of, is_offline
from contentkit.cli.drafting.reading import Read, read_sources
from contentkit.cli.drafting.whereto import account_for, founder_for
from contentkit.cli.drafting.wish import Wish, free_path, refuse_private
from contentkit.cli.model_work import Cache, ModelWork
from contentkit.errors import UsageError
from contentkit.store.drafted import Asked
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting import Brief, Drafter
    from contentkit.models import Account, Draft, Source

# A thread of no more posts than this is short; where the note is so many times as long, hardly anything of it is told.
_SHORT, _HARDLY_ANY = 3, 4


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be drafted from what, for which account, in whose name, by whom."""

    project: Project
    wish: Wish
    read: Read
    account: Account
    founder: str
    settings: DrafterSettings
    drafter: Drafter
    work: ModelWork

    def brief(self, source: Source) -> Brief:
        return brief_for(self.project, source, self.wish, self.account, self.founder)

    @property
    def asked(self) -> Asked:
        """The wish, to be remembered."""
        wish = self.wish
        return Asked(
            posts=wish.posts,
            speaker=self.project.confidential.veil(wish.speaker),
            angle=wish.angle,
            language=wish.language,
            link=wish.link,
            platform=wish.platform,
            account=self.account.name,
        )

    def drafted(self) -> Draft:
        """The thread, in the founder's name. Raises as drafters do."""
        from contentkit.drafting.narrowing import narrowed
        from contentkit.drafting.several import draft_several

        first, *others = self.read.sources
        with self.work:
            if others:
                wish = self.wish
                brief = replace(self.brief(first), link=wish.link, language=wish.language, speaker=wish.speaker)
                draft = draft_several(self.drafter, [*map(self._completed, self.read.sources)], brief)
            else:
                draft = self.drafter.draft(first, self.brief(first))
            self.work.slug = self.wish.slug or draft.slug
        return narrowed(replace(draft, slug=self.work.slug, founder=self.founder), self.read.sources)

    def _completed(self, source: Source) -> Source:
        """The source with what the project knows of it: its link and its language are for each source to say."""
        brief = self.brief(source)
        return replace(source, link=source.link if self.wish.link else brief.link, language=brief.language)


def job_of(project: Project, words: Sequence[str], wish: Wish, settings: DrafterSettings, *, cache: Cache) -> Job:
    """All that is known before anything is drafted. Raises UsageError for what cannot be meant, else as reading does."""
    founder = founder_for(project, wish)
    account = account_for(project, wish, founder)
    if wish.slug:
        free_path(project, wish.slug)
    read = read_sources(project, words, wish.speaker)
    refuse_private(project, wish, read.forbidden)
    if is_offline(settings):
        for source in read.sources:
            refuse_translation(source, wish)
    work = ModelWork.of(project, settings, cache)
    return Job(
        project=project,
        wish=wish,
        read=read,
        account=account,
        founder=founder,
        settings=settings,
        drafter=drafter_of(project, settings, read.forbidden, work),
        work=work,
    )


def draft_fresh(job: Job, *, as_json: bool) -> None:
    """Drafts, writes and shows one thread."""
    from contentkit.cli.drafting.showing import show_draft
    from contentkit.cli.drafting.writing import write_drafts
    from contentkit.cli.output import say, show_json

    [written] = write_drafts(job.project, job.read.sources, [job.drafted()], [job.asked])
    if as_json:
        show_json(written)
    else:
        show_draft(job.project, job.read.sources, written, job.account)
    wished = job.wish.posts
    if wished and len(written.posts) < wished:
        carries = "the source carries" if len(job.read.sources) == 1 else "the sources carry"
        say(f"{wished} posts were asked for; {carries} {len(written.posts)}.")
    tell_language(job, written)
    _tell_short(job, written)


def _tell_short(job: Job, written: Draft) -> None:
    """Says what to do about notes of which hardly anything could go out as it stands."""
    from contentkit.cli.output import say

    sources = job.read.sources
    carried = [post.text for post in written.posts if not (written.link and written.link in post.text)]
    noted = sum(len(passage.text.split()) for source in sources for passage in source.passages)
    is_told = sum(len(text.split()) for text in carried) * _HARDLY_ANY > noted
    if is_told or len(carried) > _SHORT or job.wish.posts or not is_offline(job.settings):
        return
    if all(source.kind == "note" for source in sources):
        say(
            f"Little in {', '.join(source.path for source in sources)} could go out as it stands, so the thread is short. "
            "Write one sentence there for each outcome, or put the founder's words behind '> ', and draft once more."
        )


def tell_language(job: Job, written: Draft) -> None:
    """Says so where the offline drafter has no rules for the language, and where no source speaks of the angle."""
    from contentkit.checks.reading.words import content_words
    from contentkit.cli.output import say
    from contentkit.text import one_line

    if not is_offline(job.settings):
        return
    if words := unruly(written.language):
        say(words)
    angle = set(content_words(job.wish.angle))
    said = (content_words(passage.text) for source in job.read.sources for passage in source.passages)
    if angle and not any(angle.intersection(words) for words in said):
        say(f"No source speaks of “{one_line(job.wish.angle, 60)}”: drafted as without --angle.")


def tell_prompt(job: Job) -> None:
    """Prints what would be sent to a model. Raises UsageError where there is nothing to tell."""
    from contentkit.cli.drafting.drafters import show_prompt

    if len(job.read.sources) > 1:
        raise UsageError("a prompt is shown of one source at a time", hint="name one of them")
    [source] = job.read.sources
    show_prompt(job.drafter, source, job.brief(source))
