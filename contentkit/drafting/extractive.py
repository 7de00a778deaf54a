"""The drafter that needs no model and no network: it chooses among the source's own sentences and writes none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting import Brief
from contentkit.drafting.closing import closing_post
from contentkit.drafting.composing import Task, able, composed, is_thin
from contentkit.drafting.interviews.naming import is_a_name
from contentkit.drafting.interviews.stories import Story
from contentkit.drafting.interviews.threads import pool_of_interview, stories_of_interview
from contentkit.drafting.pools import Pool, part_of, pool_of
from contentkit.drafting.reading.lines import evidence_of
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.reading.typeset import with_dashes, without_marks
from contentkit.drafting.rules import UNKNOWN, language_of, rules_for
from contentkit.drafting.series import heading_of, parts_of
from contentkit.drafting.spans.alternatives import other_hooks, other_spans
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.notes import telling
from contentkit.drafting.thread import nothing_draftable, posts_of, short_slug, slug_for, title_of
from contentkit.drafting.voice.never import said
from contentkit.errors import ContentError
from contentkit.models import Alternative, Draft, Post, Source

# How many other hooks come with the first post of a draft.
_OTHER_HOOKS = 2
# What a further post counts beside how good the posts of a thread are.
_A_POST = 0.1
# A part of a source that carries fewer posts is no thread of its own.
_FEWEST_POSTS = 2


class ExtractiveDrafter:
    """Drafts in the founder's own sentences."""

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        Raises ContentError when no sentence can stand as a post, or when it is unclear whose words are wanted.
        """
        task = _task(source, brief)
        source = task.source
        pool = _pool(task)
        if source.kind == "transcript":
            story = stories_of_interview(task, pool, 1)[0]
            draft = _story(task, story, pool)
            return replace(draft, title=title_of(source, "") or draft.title, slug=slug_for(source))
        return _drafted(task, composed(task, pool), pool)

    def stories(self, source: Source, brief: Brief, number: int) -> Sequence[Draft]:
        """At most ``number`` threads that share no sentence but the one that says who speaks for what, the best first: of a
        post or a note, one from each part.

        Raises as ``draft`` does.
        """
        task = _task(source, brief)
        source = task.source
        if source.kind == "transcript":
            pool = _pool(task)
            return [_story(task, story, pool) for story in stories_of_interview(task, pool, number)]
        told = sorted(_parts_told(task, number), key=lambda part: -part[0])[:number]
        return [draft for _, draft in told] if len(told) > 1 else [self.draft(source, brief)]

    def alternatives(self, source: Source, brief: Brief, post: Post, number: int) -> Sequence[Alternative]:
        """At most ``number`` other texts: hooks for the first post of ``draft``, for others spans on the same subject.

        Empty for the post with the link. Raises as ``draft`` does.
        """
        task = _task(source, brief)
        source = task.source
        if task.link and task.link in post.text:
            return []
        pool = _pool(task)
        if source.kind == "transcript":
            story = stories_of_interview(task, pool, 1)[0]
            thread, pool = list(story.spans), replace(pool, hooks=story.hooks)
        else:
            thread = composed(task, pool)
        spans = {evidence_of(source, span.lines): span for span in thread}
        if spans.get(post.evidence) is thread[0] or post.text == with_dashes(thread[0].text):
            return _alternatives(task, other_hooks(able(task, pool), thread, pool.measure, number))
        others = [span for where, span in spans.items() if where != post.evidence]
        found = other_spans(pool.beside(frozenset()), post.text, others, pool.measure, number)
        return _alternatives(task, found)


def _task(source: Source, brief: Brief) -> Task:
    if source.kind == "transcript" and not brief.speaker:
        # Only who asks for nobody's words pays for what knows minutes.
        from contentkit.drafting.spans.talks import as_note

        source = as_note(source)
    said = " ".join(passage.text for passage in source.passages)
    language = brief.language or source.language or language_of(said)
    return Task(source, brief, rules_for(language), language=language, link=brief.link or source.link)


def _pool(task: Task) -> Pool:
    """What the thread can be made of; what the founder never says comes last."""
    if task.source.kind == "transcript":
        pool = pool_of_interview(task)
    else:
        pool = pool_of(task.source, task.rules, task.fits, limit=task.brief.limit, angle=task.brief.angle)
    never = task.brief.voice.never if task.brief.voice else ()
    unlike = [one.number for section in pool.sections for one in section.sentences if never and said(one.text, never)]
    return replace(pool, measure=replace(pool.measure, unlike=frozenset(unlike))) if unlike else pool


def _drafted(task: Task, spans: Sequence[Span], pool: Pool) -> Draft:
    """The draft of these spans, with other hooks for its first post and the post with the link at its end."""
    source = task.source
    if is_thin(task, pool):
        # A note that says too little for a thread: its best post, and the link.
        spans = [span for span in spans if telling(span, task.rules)][:1]
        if not spans:
            raise nothing_draftable(source)
    first, *others = posts_of(spans, source)
    hooks = other_hooks(able(task, pool), spans, pool.measure, _OTHER_HOOKS)
    closing = _closing(task, first) if task.has_link else None
    return Draft(
        slug=slug_for(source),
        posts=(replace(first, alternatives=_alternatives(task, hooks)), *others, *([closing] if closing else [])),
        title=title_of(source, spans[0].text),
        sources=(source.path,),
        link=task.link,
        language="" if task.language == UNKNOWN else task.language,
        tags=source.tags,
        drafter="extractive",
    )


def _story(task: Task, story: Story, pool: Pool) -> Draft:
    """The draft of one of several stories, with other hooks from inside of it."""
    draft = _drafted(task, story.spans, replace(pool, hooks=story.hooks))
    return replace(draft, title=story.title, slug=short_slug(story.title) or draft.slug)


def _closing(task: Task, first: Post) -> Post | None:
    """The post with the link. A title that opens the thread is not said again, but still what it rests on."""
    source = task.source
    if source.kind == "transcript" and not source.title and is_a_name(speaker := speaker_of(source, task.brief)):
        # An interview without a title is told by who speaks in it.
        source = replace(source, title=speaker)
    said, titled = with_dashes(without_marks(source.title)), closing_post(source, task.link, task.rules, task.fits)
    is_above = source.kind == "post" and first.text.startswith(f"{said}\n\n")
    if titled is None or (first.text != said and not is_above):
        return titled
    untitled = closing_post(replace(source, title=""), task.link, task.rules, task.fits)
    evidence = (is_above and titled.evidence) or first.evidence
    return replace(untitled, evidence=evidence) if untitled else None


def _parts_told(task: Task, number: int) -> Iterator[tuple[float, Draft]]:
    """A thread from each part of the source that carries one, with what it is worth."""
    whole = _pool(task)
    for part in parts_of(whole.sections, task.source.kind, number):
        pool = part_of(whole, part)
        try:
            spans = composed(task, pool)
        except ContentError:
            continue
        if len(spans) >= _FEWEST_POSTS:
            heading = heading_of(part)
            draft = _drafted(task, spans, pool)
            named = replace(draft, title=heading, slug=short_slug(heading) or draft.slug) if heading else draft
            yield sum(pool.measure.score(span) for span in spans) / len(spans) + _A_POST * len(spans), named


def _alternatives(task: Task, spans: Sequence[Span]) -> tuple[Alternative, ...]:
    return tuple(Alternative(text=post.text, evidence=post.evidence) for post in posts_of(spans, task.source))
