"""The drafter that asks a model: for the numbers of sentences, for a plan, for posts; and checks every post before anybody
sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from contentkit.drafting import Brief, Drafter, Redrafts
from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.allowance import Allowance, Caps
from contentkit.drafting.modelling.answers import Answers
from contentkit.drafting.modelling.choosing import choice_prompts, chosen, needs_choice
from contentkit.drafting.modelling.completions import OFFLINE_HINT, Completions, Message, Prompt, Server
from contentkit.drafting.modelling.formats import Ladder
from contentkit.drafting.modelling.job import Job, job_of
from contentkit.drafting.modelling.mending import mended
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.redrafting import other_words
from contentkit.drafting.modelling.shapes import Proposal, Step, Written, plan_in, plan_schema, thread_in, thread_schema
from contentkit.drafting.thread import slug_for, title_of
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import NO_WORKSHOP, Workshop
from contentkit.errors import ContentError, Unavailable
from contentkit.models import Alternative, Draft, Post, Source

NOTHING = Withheld()
_FEWEST_POSTS = 3
# A plan for fewer sentences than posts has nothing to say.
_FEWEST_TO_PLAN = 6


class ModelDrafter:
    """Drafts through an OpenAI-compatible server. Nothing is read from the environment.

    A post that stays wrong after two repairs is replaced by the very sentences it cites, or by a post of ``fallback``.
    ``withheld`` is what must not be sent: see ``contentkit.drafting.modelling.completions``. ``ladder`` is what is known of
    the server already, ``caps`` what one draft may take.
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
            ladder=self._ladder,
            workshop=workshop,
        )

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        The first post has the other hooks as its alternatives. Raises ContentError when nothing can be drafted or words off
        the record would be sent, UsedUp beyond a cap, Refused when the server does not want us, Unavailable when it gives
        nothing that can be used.
        """
        job, completions = self._job(source, brief), self._completions()
        posts = self._thread(job, completions)
        closing = job.closing()
        return Draft(
            slug=slug_for(source),
            posts=(*posts, closing) if closing else tuple(posts),
            title=title_of(job.titled, posts[0].text),
            sources=(source.path,),
            link=job.link,
            language=job.task.language,
            tags=() if job.is_foreign else source.tags,
            drafter=self._name(job),
        )

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
        if not is_known or len(job.table.sentences) >= _FEWEST_TO_PLAN:
            asked.append(("to plan", prompts.outlining(material, job.task, job.posts)))
        asked.append(("to write", prompts.writing(material, job.task, (), job.posts - 1)))
        return [(heading, completions.checked(prompt)) for heading, prompt in asked]

    def _job(self, source: Source, brief: Brief) -> Job:
        return job_of(source, brief, self._withheld, self._workshop.own)

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

    def _thread(self, job: Job, completions: Completions) -> list[Post]:
        if dropped := job.table.dropped:
            lines = ", ".join(f"{job.source.path}:{line}" for line in dropped[:5]) + (" …" if len(dropped) > 5 else "")
            completions.watcher.told(f"Not shown to the model, because it speaks to one or has no end: {lines}")
        table = chosen(job, completions, lambda window: self._told_by_fallback(job, window))
        written = self._written(replace(job, table=table), completions)
        right = [hook for hook in written.hooks if not job.judge.faults(hook)]
        proposals = [right[0] if right else written.hooks[0], *written.posts[: job.posts - 1]]
        posts = self._posts(job, mended(job, completions, proposals))
        return _with_choice(job, posts, right[1:])

    def _written(self, job: Job, completions: Completions) -> Written:
        ids = list(job.table.sentences)
        material = prompts.Material.of(job.table)
        plan: list[Step] = []
        if len(ids) >= _FEWEST_TO_PLAN:
            completions.watcher.progress("outlining", 0, 1)
            plan = (
                completions.ask(prompts.outlining(material, job.task, job.posts), plan_schema(ids, job.posts), plan_in)
                or []
            )
        completions.watcher.progress("writing", 0, 1)
        prompt = prompts.writing(material, job.task, _sound(plan, job)[: job.posts], job.posts - 1)
        written = completions.ask(prompt, thread_schema(ids, prompts.HOOKS, job.posts - 1), thread_in)
        if not written:
            raise Unavailable(f"{self._server.model} gave no thread that can be read", hint=OFFLINE_HINT)
        completions.watcher.progress("writing", 1, 1)
        return written

    def _told_by_fallback(self, job: Job, window: Numbered) -> list[str]:
        """The ids of the sentences that the offline drafter would rest on."""
        try:
            posts = self._fallback.draft(job.source, job.brief).posts
        except ContentError:
            return []
        cited = list(chain.from_iterable(post.evidence for post in posts))
        return [
            number
            for number, sentence in window.sentences.items()
            if any(one.first <= sentence.first and sentence.last <= one.last for one in cited)
        ]

    def _posts(self, job: Job, proposals: Sequence[Proposal]) -> list[Post]:
        """The proposals as posts; what is still wrong in the source's own sentences, or not at all."""
        posts = [post for proposal in proposals if (post := job.post_of(proposal))]
        posts = list({post.text: post for post in posts}.values())
        missing = min(_FEWEST_POSTS, len(proposals)) - len(posts)
        if not posts:
            raise Unavailable(f"{self._server.model} gave no post that the source supports", hint=OFFLINE_HINT)
        if missing > 0 and not job.task.translated_from:
            spare = self._fallback.draft(job.source, job.brief).posts
            fitting = [post for post in spare if not _overlap(post, posts) and job.judge.is_safe(post.text)]
            posts += fitting[:missing]
        return posts


def _sound(plan: Sequence[Step], job: Job) -> list[Step]:
    """The plan without what a model may have been told to write into it."""
    steps = [replace(step, ids=tuple(one for one in step.ids if one in job.table.sentences)) for step in plan]
    return [
        replace(step, point=step.point if not job.is_foreign and job.judge.is_safe(step.point) else "")
        for step in steps
        if step.ids
    ]


def _with_choice(job: Job, posts: list[Post], hooks: Sequence[Proposal]) -> list[Post]:
    """The posts, the first with the other hooks as its alternatives."""
    texts = {post.text for post in posts}
    others = {hook.text: hook for hook in hooks if hook.text not in texts}
    alternatives = [job.post_of(hook) for hook in others.values()]
    return [
        replace(
            posts[0],
            alternatives=tuple(Alternative(text=one.text, evidence=one.evidence) for one in alternatives if one),
        ),
        *posts[1:],
    ]


def _overlap(post: Post, others: Sequence[Post]) -> bool:
    """Whether a post rests on lines that another one rests on already."""
    taken = [evidence for other in others for evidence in other.evidence]
    return any(mine.first <= theirs.last and theirs.first <= mine.last for mine in post.evidence for theirs in taken)
