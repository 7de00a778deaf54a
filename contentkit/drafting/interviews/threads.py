"""The threads of an interview: the posts of its stories."""

from __future__ import annotations

from dataclasses import replace

from contentkit.drafting.composing import Task, terms_of, told_whole
from contentkit.drafting.interviews.answers import answers_of, opened
from contentkit.drafting.interviews.bonds import bonds_of
from contentkit.drafting.interviews.chains import Course
from contentkit.drafting.interviews.clarity import is_torn, points_back, sayable
from contentkit.drafting.interviews.introducing import introduced
from contentkit.drafting.interviews.naming import is_called, spoken_by
from contentkit.drafting.interviews.openings import openings_of
from contentkit.drafting.interviews.people import strangers
from contentkit.drafting.interviews.questions import questioned
from contentkit.drafting.interviews.replies import replies_of
from contentkit.drafting.interviews.stories import ENOUGH_POSTS, Story, Teller
from contentkit.drafting.interviews.telling import all_told
from contentkit.drafting.interviews.titles import title_of_story
from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.spans.candidates import candidates
from contentkit.drafting.spans.hooks import Hook
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import nothing_draftable

# What one story of an interview carries, in words, whatever the length of the interview.
_STORY_WORDS = 0
# Answers that were written, without anybody who talks between them, are of one piece: more of them is told.
_PRINTED_WORDS = 200
# A shorter story is told before anybody asks who tells it.
_FEWEST_POSTS = 3
# What is longer than so many words for each post cannot be told whole.
_WORDS_OF_A_POST = 120


def pool_of_interview(task: Task) -> Pool:
    """What the speaker said, as spans that read as written words, and what of it could open a thread."""
    speaker = speaker_of(task.source, task.brief)
    answers = answers_of(task.source, speaker, task.rules)
    replies = replies_of(answers, task.source, speaker, task.rules)
    # No answer introduces or concludes an interview as the sections of a post do.
    measure = Measure.of(terms_of(task, answers), task.source.title, task.rules, task.brief.limit, (), task.brief.angle)
    spoken = (opened(span, task.rules) for span in candidates(answers, task.rules, task.fits))
    behind = questioned(answers, task.source, speaker, task.rules, task.fits, replies)
    spans = [
        *(span for span in spoken if span.start not in replies and sayable(span, task.rules)),
        *(span for span in behind if span.start in replies),
    ]
    openings = openings_of(answers, task.rules, task.fits)
    hooks = [Hook(span, own=False) for span in openings if span.start not in replies]
    return Pool(sections=answers, measure=measure, beside=lambda _: spans, hooks=hooks)


def stories_of_interview(task: Task, pool: Pool, number: int) -> list[Story]:
    """At most ``number`` stories, the best first; an interview as short as one is told whole."""
    speaker = speaker_of(task.source, task.brief)
    is_printed = len(task.source.speakers) == 1
    posts = task.wished(_PRINTED_WORDS if is_printed else _STORY_WORDS) + 1
    is_short = pool.words <= _WORDS_OF_A_POST * posts
    whole = told_whole(task, pool.sections, pool.measure, pool.beside, pool.hooks) if is_short else []
    if whole and not any(strangers([span.text for span in whole], [speaker], task.rules)):
        return [_named(Story(tuple(whole), title_of_story(whole, pool.measure), 0.0, tuple(pool.hooks)), task, speaker)]
    spans = pool.beside(frozenset())
    usable = [span for span in spans if not (points_back(span, task.rules) or is_torn(span.said[0].text, task.rules))]
    bonds = bonds_of(pool.sections, task.rules)
    course = Course.of(pool.sections, task.source, speaker, bonds)
    teller = Teller(pool, course, posts, [speaker], enough=posts if is_printed else ENOUGH_POSTS)
    behind = questioned(pool.sections, task.source, speaker, task.rules, task.fits, frozenset())
    found = teller.stories(all_told([*(usable or spans), *behind], pool.measure, bonds), number)
    if not found:
        raise nothing_draftable(task.source)
    return [_named(_introduced(story, task, pool), task, speaker) for story in found]


def _introduced(story: Story, task: Task, pool: Pool) -> Story:
    """The story with a post that says who speaks for what, where there is room for one."""
    if task.brief.posts is not None or len(story.spans) < _FEWEST_POSTS:
        return story
    return replace(story, spans=tuple(introduced(story.spans, pool.sections, task.rules, task.fits)))


def _named(story: Story, task: Task, speaker: str) -> Story:
    """The story with the speaker's name where it opens, or might; as it is where it goes out under that name anyway."""
    if task.brief.voice and is_called(task.brief.voice.name, speaker):
        return story
    first = spoken_by(speaker, story.spans[0], task.source, task.fits)
    hooks = tuple(replace(hook, span=spoken_by(speaker, hook.span, task.source, task.fits)) for hook in story.hooks)
    return replace(story, spans=(first, *story.spans[1:]), hooks=hooks)
