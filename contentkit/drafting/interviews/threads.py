"""The thread of an interview: the posts of one story, with a hook from inside of it."""

from __future__ import annotations

from contentkit.drafting.composing import Task, composed, terms_of, told_whole
from contentkit.drafting.interviews.answers import answers_of, crisp, points_back, sayable
from contentkit.drafting.interviews.stories import by_clarity, story_of
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import attraction, spoken_up
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import scored

# What one story of an interview carries, in words, whatever the length of the interview.
_STORY_WORDS = 500


def thread_of_interview(task: Task) -> list[Span]:
    answers = answers_of(task.source, speaker_of(task.source, task.brief), task.rules)
    # No answer introduces or concludes an interview as the sections of a post do.
    measure = Measure.of(terms_of(task, answers), task.source.title, task.rules, task.brief.limit, ())
    spans = [span for span in candidates(answers, task.rules, task.fits) if sayable(span, task.rules)]
    hooks = list(spoken_up([span for span in spans if crisp(span, task.rules)], task.rules))
    pull: dict[int, float] = {}
    for hook in hooks:
        pull[hook.span.section] = max(pull.get(hook.span.section, 0.0), attraction(hook, measure))
    if whole := told_whole(task, answers, measure, lambda _: spans, hooks):
        return whole
    ranked = by_clarity(scored(spans, measure), task.rules)
    tale = [one.span for one in story_of(answers, ranked, pull, task.wished(_STORY_WORDS) + 1)]
    # Left out only now: what an answer is worth does not depend on how a post would be cut out of it.
    story = [span for span in tale if not points_back(span, task.rules)] or tale
    told = {span.section for span in story}
    inside = [hook for hook in hooks if hook.span.section in told and not points_back(hook.span, task.rules)] or list(
        spoken_up(story, task.rules)
    )
    answered = [answer for answer in answers if answer.number in told]
    return composed(task, answered, measure, lambda _: story, inside)
