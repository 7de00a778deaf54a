"""One thread: chosen, planned, written, mended, and made good where the model's words do not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.choosing import chosen
from contentkit.drafting.modelling.completions import Completions
from contentkit.drafting.modelling.fates import OFFLINE_HINT
from contentkit.drafting.modelling.job import Job
from contentkit.drafting.modelling.mending import mended
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.shapes import Proposal, Step, Written, plan_in, plan_schema, thread_in, thread_schema
from contentkit.errors import ContentError, Unavailable
from contentkit.models import Alternative, Post
from contentkit.patterns import regex

_FEWEST_POSTS = 3
_MOST_LINES_TOLD = 5
_WORD = regex(r"\w+")
# A post with more than so much of its words in another one has nothing to add.
_SAME = 0.8
# What the offline drafter would say of the same source.
Spare = Callable[[], Sequence[Post]]


def thread_of(job: Job, completions: Completions, spare: Spare) -> list[Post]:
    """The posts before the one with the link, the first with the other hooks as its alternatives.

    Where no choice can be read, and where posts are missing, ``spare`` helps out. Raises as ``ask`` does, and Unavailable where
    nothing can be used.
    """
    _tell_dropped(job, completions)
    job = job.within(chosen(job, completions, lambda window: _rested_on(spare, window)))
    written = _written(job, completions)
    right = [hook for hook in written.hooks if not job.judge.faults(hook)]
    proposals = [right[0] if right else written.hooks[0], *written.posts[: job.posts - 1]]
    posts = _posts(job, completions, mended(job, completions, proposals), spare)
    return _with_choice(job, posts, right[1:])


def _tell_dropped(job: Job, completions: Completions) -> None:
    if dropped := job.table.dropped:
        lines = ", ".join(f"{job.source.path}:{line}" for line in dropped[:_MOST_LINES_TOLD])
        more = " …" if len(dropped) > _MOST_LINES_TOLD else ""
        completions.watcher.told(f"Not shown to the model, because it speaks to one or has no end: {lines}{more}")


def _rested_on(spare: Spare, window: Numbered) -> list[str]:
    """The ids of the sentences that the offline drafter would rest on."""
    try:
        posts = spare()
    except ContentError:
        return []
    cited = list(chain.from_iterable(post.evidence for post in posts))
    return [
        number
        for number, sentence in window.sentences.items()
        if any(one.first <= sentence.first and sentence.last <= one.last for one in cited)
    ]


def _written(job: Job, completions: Completions) -> Written:
    ids = list(job.table.sentences)
    material = prompts.Material.of(job.shown)
    plan: list[Step] = []
    if job.needs_plan:
        completions.watcher.progress("outlining", 0, 1)
        prompt = prompts.outlining(material, job.task, job.posts, exactly=job.has_number)
        plan = _sound(completions.ask(prompt, plan_schema(ids, job.posts), plan_in) or [], job)[: job.posts]
    following = _following(plan, job)
    completions.watcher.progress("writing", 0, 1)
    prompt = prompts.writing(material, job.task, plan, following)
    written = completions.ask(prompt, thread_schema(ids, prompts.HOOKS, following), thread_in)
    if not written:
        raise Unavailable(f"{completions.server.model} gave no thread that can be read", hint=OFFLINE_HINT)
    completions.watcher.progress("writing", 1, 1)
    return written


def _following(plan: Sequence[Step], job: Job) -> int:
    """How many posts follow the first: as planned, unless a person named the number, and never so few that it is no thread."""
    if job.has_number or not plan:
        return job.posts - 1
    return min(job.posts, max(_FEWEST_POSTS, len(plan))) - 1


def _sound(plan: Sequence[Step], job: Job) -> list[Step]:
    """The plan without what a model may have been told to write into it."""
    steps = [replace(step, ids=tuple(one for one in step.ids if one in job.table.sentences)) for step in plan]
    return [
        replace(step, point=step.point if not job.is_foreign and job.judge.is_safe(step.point) else "")
        for step in steps
        if step.ids
    ]


def _posts(job: Job, completions: Completions, proposals: Sequence[Proposal], spare: Spare) -> list[Post]:
    """The proposals as posts; what is still wrong in the source's own sentences, or not at all."""
    found = [job.post_of(proposal) for proposal in proposals]
    _tell_replaced(completions, proposals, found)
    posts = _without_repeats([post for post in found if post])
    missing = min(_FEWEST_POSTS, len(proposals)) - len(posts)
    if not posts:
        raise Unavailable(f"{completions.server.model} gave no post that the source supports", hint=OFFLINE_HINT)
    if missing > 0 and not job.task.translated_from:
        fitting = [post for post in spare() if not _overlap(post, posts) and job.judge.is_safe(post.text)]
        posts += fitting[:missing]
    return posts


def _tell_replaced(completions: Completions, proposals: Sequence[Proposal], found: Sequence[Post | None]) -> None:
    """Says which posts of the model did not hold, by the lines that speak in their place, and how many are left out."""
    left_out = sum(post is None for post in found)
    pairs = zip(proposals, found, strict=True)
    verbatim = [post.evidence[0] for one, post in pairs if post is not None and post.text != one.text]
    if verbatim:
        lines = ", ".join(f"{one.source}:{one.first}" for one in verbatim)
        completions.watcher.told(f"Posts of the model that stayed wrong, for which the source speaks itself: {lines}")
    if left_out:
        completions.watcher.told(f"Posts of the model that stayed wrong and are left out: {left_out}")


def _without_repeats(posts: Sequence[Post]) -> list[Post]:
    """The posts but those that say again what one before them says, from the same lines: models like to repeat their hook."""
    kept: list[Post] = []
    for post in posts:
        words = _words(post)
        near = [other for other in kept if _overlap(post, [other])]
        if all(len(words & _words(other)) <= _SAME * len(words) for other in near):
            kept.append(post)
    return kept


def _words(post: Post) -> frozenset[str]:
    return frozenset(_WORD.findall(post.text.lower()))


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
