"""The drafter that needs no model and no network: it chooses among the source's own sentences and writes none."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.drafting import Brief
from contentkit.drafting.closing import closing_post
from contentkit.drafting.composing import Task, composed, terms_of
from contentkit.drafting.interviews.threads import thread_of_interview
from contentkit.drafting.reading.sections import Section, sections_of
from contentkit.drafting.rules import language_of, rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import LONGEST_HOOK, Hook, described, headlines, spoken_up
from contentkit.drafting.spans.notes import note_hooks, note_lists, quotations_of
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import posts_of, slug_for, title_of
from contentkit.models import Draft, Source


class ExtractiveDrafter:
    """Drafts in the founder's own sentences."""

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        Raises ContentError when no sentence can stand as a post, or when it is unclear whose words are wanted.
        """
        language = (
            brief.language or source.language or language_of(" ".join(passage.text for passage in source.passages))
        )
        link = brief.link or source.link
        # A thread of one post has no room for the link.
        task = Task(source, brief, rules_for(language), has_link=bool(link) and brief.posts != 1)
        spans = _thread(task)
        closing = closing_post(source, link, task.rules, task.fits) if task.has_link else None
        posts = posts_of(spans, source) + ([closing] if closing else [])
        return Draft(
            slug=slug_for(source),
            posts=tuple(posts),
            title=title_of(source, spans[0].text),
            sources=(source.path,),
            link=link,
            language=language,
            tags=source.tags,
            drafter="extractive",
        )


def _thread(task: Task) -> list[Span]:
    if task.source.kind == "transcript":
        return thread_of_interview(task)
    sections = sections_of(task.source, task.rules)
    measure = _measure(task, sections)
    spans = candidates(sections, task.rules, task.fits)
    if task.source.kind == "note":
        return _thread_of_notes(task, sections, measure, spans)
    hooks = [*described(task.source, task.rules, task.fits), *spoken_up(spans, task.rules)]
    hooks += headlines(sections, task.rules, task.fits)
    return composed(task, sections, measure, lambda _: spans, hooks)


def _thread_of_notes(task: Task, sections: Sequence[Section], measure: Measure, spans: Sequence[Span]) -> list[Span]:
    hooks = [Hook(span, own=span.text.startswith(('"', "“"))) for span in note_hooks(sections, task.rules, task.fits)]
    hooks += [*described(task.source, task.rules, task.fits), *spoken_up(spans, task.rules)]
    quoted = quotations_of(sections, task.rules, task.fits)
    hooks += [Hook(span, own=True) for span in quoted if len(span.text) <= LONGEST_HOOK]
    known = {span.text for span in quoted}
    prose = [*quoted, *(span for span in spans if span.kind != "list" and span.text not in known)]

    def beside(used: frozenset[int]) -> list[Span]:
        return [*prose, *note_lists(sections, task.rules, task.fits, used)]

    return composed(task, sections, measure, beside, hooks)


def _measure(task: Task, sections: Sequence[Section]) -> Measure:
    topic = f"{task.source.title} {task.source.description}"
    return Measure.of(terms_of(task, sections), topic, task.rules, task.brief.limit, sections)
