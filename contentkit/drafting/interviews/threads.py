"""The threads of an interview: the posts of its stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from contentkit.drafting.composing import Task, terms_of, told_whole
from contentkit.drafting.interviews.answers import answers_of, opened
from contentkit.drafting.interviews.bonds import bonds_of
from contentkit.drafting.interviews.chains import ALONE, NEEDY, ONE_OF_SEVERAL, Course, Pace, Told
from contentkit.drafting.interviews.clarity import is_torn, points_back, sayable
from contentkit.drafting.interviews.interest import interest_of
from contentkit.drafting.interviews.introducing import introduced
from contentkit.drafting.interviews.naming import is_called, spoken_by
from contentkit.drafting.interviews.openings import openings_of
from contentkit.drafting.interviews.people import strangers
from contentkit.drafting.interviews.questions import questioned
from contentkit.drafting.interviews.replies import replies_of
from contentkit.drafting.interviews.stories import ENOUGH_POSTS, Opening, Story, Teller, ranked_openings
from contentkit.drafting.interviews.telling import all_told
from contentkit.drafting.interviews.titles import title_of_story
from contentkit.drafting.pools import Pool
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.reading.subjects import subjects_of
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import Hook
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.thread import nothing_draftable
from contentkit.values import dataclass

# What one story of an interview carries, in words, whatever the length of the interview.
_STORY_WORDS = 300
# Answers that were written, without anybody who talks between them, are of one piece: more of them is told.
_PRINTED_WORDS = 200
# A shorter story is told before anybody asks who tells it.
_FEWEST_POSTS = 3
# With fewer posts the first story leaves room for what is weaker.
_FULL = 6
# Beside another one a shorter story is none.
_FEWEST_OF_SEVERAL = 4
# What is longer than so many words for each post cannot be told whole.
_WORDS_OF_A_POST = 120


def pool_of_interview(task: Task) -> Pool:
    """What the speaker said, as spans that read as written words, and what of it could open a thread."""
    speaker = speaker_of(task.source, task.brief)
    answers = answers_of(task.source, speaker, task.rules)
    replies = replies_of(answers, task.source, speaker, task.rules)
    # No answer introduces or concludes an interview as the sections of a post do.
    measure = Measure.of(terms_of(task, answers), task.source.title, task.rules, task.brief.limit, (), task.brief.angle)
    said = [sentence for answer in answers for sentence in answer.sentences]
    measure = replace(measure, subjects=subjects_of(f"{task.source.title} {task.source.description}", said, task.rules))
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
    posts = task.wished(_PRINTED_WORDS if is_printed else _STORY_WORDS) + 1
    telling = _Telling(task, pool, speaker, usable or spans, posts, enough=posts if is_printed else ENOUGH_POSTS)
    found = telling.stories(number)
    if not found:
        raise nothing_draftable(task.source)
    return [_named(_introduced(story, task, pool), task, speaker) for story in found]


@dataclass(frozen=True)
class _Telling:
    """How the stories of an interview are told of its spans."""

    task: Task
    pool: Pool
    speaker: str
    spans: Sequence[Span]
    posts: int
    enough: int

    def stories(self, number: int) -> list[Story]:
        """At most ``number`` stories: the one goes through the whole interview, each of several stays with one subject, and
        so does the one that was asked for by its angle.

        Where there are fewer subjects, what is left beside them is one more.
        """
        if number == 1 and not self.task.brief.angle:
            return self._whole([])
        told = self._teller(ONE_OF_SEVERAL).stories(self._told, number)
        if len(told) == number:
            return told
        kept = [story for story in told if len(story.spans) >= _FEWEST_OF_SEVERAL]
        if kept and len(kept) < number:
            return [*kept, *(one for one in self._whole(kept) if len(one.spans) >= _FEWEST_OF_SEVERAL)]
        return kept or self._whole([])

    def _whole(self, kept: Sequence[Story]) -> list[Story]:
        """The story of all that these do not say; of what is weaker, too, where it would be short."""
        used = [span for story in kept for span in story.spans]
        left = [one for one in self._told if not any(one.span.shares(span) for span in used)]
        found = self._teller(ALONE).stories(left, 1) if left else []
        if found and len(found[0].spans) < min(_FULL, self.posts):
            return self._teller(NEEDY).stories(left, 1) or found
        return found

    def _teller(self, pace: Pace) -> Teller:
        task, answers = self.task, self.pool.sections
        course = Course.of(answers, task.source, self.speaker, self._bonds, room=task.brief.limit, pace=pace)
        return Teller(self.pool, course, self.posts, [self.speaker], self._openings, enough=self.enough)

    @cached_property
    def _bonds(self) -> Mapping[int, float]:
        return bonds_of(self.pool.sections, self.task.rules)

    @cached_property
    def _interest(self) -> Mapping[int, float]:
        return interest_of(self.pool.sections, self.task.source, self.speaker, self.task.rules)

    @cached_property
    def _told(self) -> list[Told]:
        return all_told(self.spans, self.pool.measure, self._bonds, self._interest)

    @cached_property
    def _openings(self) -> list[Opening]:
        return ranked_openings(self.pool, self._interest)


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
