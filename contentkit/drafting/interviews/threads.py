"""The threads of an interview: the posts of its stories."""

from __future__ import annotations

from contentkit.drafting.composing import Task, terms_of, told_whole
from contentkit.drafting.interviews.answers import answers_of
from contentkit.drafting.interviews.clarity import crisp, points_back, sayable
from contentkit.drafting.interviews.stories import stories
from contentkit.drafting.interviews.telling import told
from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import spoken_up
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import nothing_draftable

# What one story of an interview carries, in words, whatever the length of the interview.
_STORY_WORDS = 500


def pool_of_interview(task: Task) -> Pool:
    """What the speaker said, as spans that read as written words, and what of it could open a thread."""
    answers = answers_of(task.source, speaker_of(task.source, task.brief), task.rules)
    # No answer introduces or concludes an interview as the sections of a post do.
    measure = Measure.of(terms_of(task, answers), task.source.title, task.rules, task.brief.limit, (), task.brief.angle)
    spans = [span for span in candidates(answers, task.rules, task.fits) if sayable(span, task.rules)]
    hooks = [
        hook
        for hook in spoken_up([span for span in spans if crisp(span, task.rules)], task.rules)
        if not points_back(hook.span, task.rules)
    ]
    return Pool(sections=answers, measure=measure, beside=lambda _: spans, hooks=hooks)


def threads_of_interview(task: Task, pool: Pool, number: int) -> list[list[Span]]:
    """At most ``number`` stories, the best first; an interview as short as one is told whole."""
    if whole := told_whole(task, pool.sections, pool.measure, pool.beside, pool.hooks):
        return [whole]
    spans = pool.beside(frozenset())
    usable = [span for span in spans if not points_back(span, task.rules)] or spans
    if not usable:
        raise nothing_draftable(task.source)
    units = [told(span, pool.measure) for span in usable]
    found = stories(pool.sections, units, pool.hooks, pool.measure, task.wished(_STORY_WORDS) + 1, number)
    return [list(story.spans) for story in found]
