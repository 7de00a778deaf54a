"""The drafter that asks a model: for the numbers of sentences, for a plan, for posts; and checks every post before anybody
sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from contentkit.drafting import Brief, Drafter, Redrafts, TellsStories
from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.allowance import Allowance, Caps
from contentkit.drafting.modelling.answers import Answers
from contentkit.drafting.modelling.choosing import choice_prompts, needs_choice
from contentkit.drafting.modelling.completions import Completions, Message, Prompt
from contentkit.drafting.modelling.doubting import doubting_prompts, doubts_about
from contentkit.drafting.modelling.formats import Ladder
from contentkit.drafting.modelling.job import WINDOW, Job, job_of
from contentkit.drafting.modelling.redrafting import other_words
from contentkit.drafting.modelling.server import Server
from contentkit.drafting.modelling.threads import thread_of
from contentkit.drafting.opinions import Doubt, Stated
from contentkit.drafting.thread import slug_for, title_of
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import NO_WORKSHOP, Workshop
from contentkit.models import Alternative, Draft, Post, Source

NOTHING = Withheld()
_FEWEST_STORIES = 2


class ModelDrafter:
    """Drafts through an OpenAI-compatible server. Nothing is read from the environment.

    A post that stays wrong after two repairs is replaced by the very sentences it cites, or by a post of ``fallback``.
    ``withheld`` is what must not be sent: see ``contentkit.drafting.modelling.completions``. ``ladder`` is what is known of
    the server already, ``caps`` what one draft may take, ``window`` how many sentences it is shown at once.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str,
        timeout: float = 120.0,
        retries: int = 2,
        fallback: Drafter,
        withheld: Withheld = NOTHING,
        caps: Caps = Caps(),  # noqa: B008 - frozen
        window: int = WINDOW,
        ladder: Ladder | None = None,
        workshop: Workshop = NO_WORKSHOP,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = Server(
            base_url=base_url, model=model, api_key=api_key, timeout=timeout, retries=retries, sleep=sleep
        )
        self._fallback = fallback
        self._withheld = withheld
        self._caps = caps
        self._window = window
        self._ladder = ladder or Ladder()
        self._workshop = workshop

    def within(self, workshop: Workshop) -> ModelDrafter:
        """The same drafter, at work there; what it learnt of the server stays."""
        return ModelDrafter(
            base_url=self._server.base_url,
            model=self._server.model,
            api_key=self._server.api_key,
            timeout=self._server.timeout,
            retries=self._server.retries,
            sleep=self._server.sleep,
            fallback=self._fallback,
            withheld=self._withheld,
            caps=self._caps,
            window=self._window,
            ladder=self._ladder,
            workshop=workshop,
        )

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        The first post has the other hooks as its alternatives. Raises ContentError when nothing can be drafted or words off
        the record would be sent, UsedUp beyond a cap, Refused when the server does not want us, Unavailable when it gives
        nothing that can be used.
        """
        job = self._job(source, brief)
        posts = thread_of(job, self._completions(), partial(self._spare, job))
        return self._drafted(job, posts, slug_for(source), title_of(job.titled, posts[0].text))

    def stories(self, source: Source, brief: Brief, number: int) -> Sequence[Draft]:
        """At most ``number`` drafts that share no sentence: the stories that the fallback finds, told by the model.

        Where it finds none, the one that ``draft`` gives. Raises as ``draft`` does.
        """
        job = self._job(source, brief)
        found: Sequence[Draft] = []
        if isinstance(self._fallback, TellsStories):
            found = self._fallback.stories(source, job.offline_brief, number)
        if len(found) < _FEWEST_STORIES:
            return [self.draft(source, brief)]
        parts = zip(found, job.parts([story.posts for story in found]), strict=True)
        return [self._story(told, part) for told, part in parts if part.table.sentences]

    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> Sequence[Alternative]:
        """At most ``number`` other texts for this post. Raises as ``draft`` does."""
        job = self._job(source, brief)
        found = other_words(job, self._completions(), post, number)
        if not found and isinstance(self._fallback, Redrafts) and not job.task.translated_from:
            found = [
                one for one in self._fallback.alternatives(source, brief, post, number) if job.judge.is_safe(one.text)
            ]
        return found

    def prompts(self, source: Source, brief: Brief) -> Sequence[tuple[str, Sequence[Message]]]:
        """All that ``draft`` would say to the model, as far as it can be known beforehand, each request under a heading.

        Raises ContentError as it does.
        """
        job, completions = self._job(source, brief), self._completions()
        asked: list[tuple[str, Prompt]] = [("to select", prompt) for prompt in choice_prompts(job)]
        is_known = not needs_choice(job)
        material = prompts.Material.of(job.table) if is_known else prompts.Material.later()
        if not is_known or job.needs_plan:
            asked.append(("to plan", prompts.outlining(material, job.task, job.posts, exactly=job.has_number)))
        asked.append(("to write", prompts.writing(material, job.task, (), job.posts - 1)))
        return [(heading, completions.checked(prompt)) for heading, prompt in asked]

    def doubts(self, posts: Sequence[Stated]) -> Sequence[Doubt]:
        """Which words of these posts their sentences do not say. Raises UsedUp, Refused or Unavailable."""
        return doubts_about(posts, self._completions())

    def doubt_prompts(self, posts: Sequence[Stated]) -> Sequence[tuple[str, Sequence[Message]]]:
        """All that ``doubts`` would say to the model, each request under a heading."""
        completions = self._completions()
        return [(heading, completions.checked(prompt)) for heading, prompt in doubting_prompts(posts, completions)]

    def _job(self, source: Source, brief: Brief) -> Job:
        return replace(job_of(source, brief, self._withheld, self._workshop.own), window=self._window)

    def _completions(self) -> Completions:
        """What may be asked for one draft: each has an allowance of its own."""
        answers = self._workshop.answers
        return Completions(
            server=self._server,
            ladder=self._ladder,
            allowance=Allowance(self._caps),
            withheld=self._withheld,
            watcher=self._workshop.watcher,
            answers=Answers(answers) if answers else None,
        )

    def _name(self, job: Job) -> str:
        translated = f", translated from {job.task.translated_from}" if job.task.translated_from else ""
        return f"openai:{self._server.model}{translated}"

    def _spare(self, job: Job) -> Sequence[Post]:
        """What the offline drafter would say of the same source."""
        return self._fallback.draft(job.source, job.offline_brief).posts

    def _story(self, told: Draft, part: Job) -> Draft:
        posts = thread_of(part, self._completions(), partial(part.own_of, told.posts))
        title = told.title if part.judge.is_safe(told.title) else title_of(part.titled, posts[0].text)
        return self._drafted(part, posts, told.slug, title)

    def _drafted(self, job: Job, posts: Sequence[Post], slug: str, title: str) -> Draft:
        closing = job.closing()
        return Draft(
            slug=slug,
            posts=(*posts, closing) if closing else tuple(posts),
            title=title,
            sources=(job.source.path,),
            link=job.link,
            language=job.task.language,
            tags=() if job.is_foreign else job.source.tags,
            drafter=self._name(job),
        )
