"""Other words for one post, from the sentences it rests on and those beside them."""

from __future__ import annotations

from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.completions import Completions
from contentkit.drafting.modelling.job import Job
from contentkit.drafting.modelling.mending import mended
from contentkit.drafting.modelling.numbered import Numbered
from contentkit.drafting.modelling.shapes import posts_schema, proposals_in
from contentkit.models import Alternative, Post

_BESIDE = 2


def other_words(job: Job, completions: Completions, post: Post, number: int) -> list[Alternative]:
    """At most so many other texts for this post, each with its evidence. Raises as ``ask`` does."""
    job = job.within(_around(job, post))
    if not job.table.sentences:
        return []
    completions.watcher.progress("writing", 0, 1)
    prompt = prompts.redrafting(post.text, prompts.Material.of(job.shown), job.task, number)
    proposals = completions.ask(prompt, posts_schema(list(job.table.sentences), number), proposals_in) or []
    right = [one for one in mended(job, completions, proposals[:number]) if not job.judge.faults(one)]
    posts = [other for one in right if one.text != post.text and (other := job.post_of(one))]
    return [Alternative(text=text, evidence=evidence) for text, evidence in {p.text: p.evidence for p in posts}.items()]


def _around(job: Job, post: Post) -> Numbered:
    """The sentences on the lines of a post; unless a stranger wrote them, with a few before and behind."""
    ids = list(job.table.sentences)
    lines = [(one.first, one.last) for one in post.evidence if one.source == job.source.path]
    places = [
        place
        for place, number in enumerate(ids)
        if any(
            first <= job.table.sentences[number].last and job.table.sentences[number].first <= last
            for first, last in lines
        )
    ]
    beside = 0 if job.is_foreign else _BESIDE
    return job.table.only(one for place in places for one in ids[max(0, place - beside) : place + beside + 1])
