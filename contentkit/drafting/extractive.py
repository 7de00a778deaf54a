"""The drafter that needs no model and no network: it chooses among the source's own sentences and writes none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contentkit.drafting import Brief
from contentkit.drafting.closing import closing_post
from contentkit.drafting.interviews.answers import answers_of, crisp, points_back, sayable
from contentkit.drafting.interviews.stories import by_clarity, story_of
from contentkit.drafting.reading.sections import Section, sections_of
from contentkit.drafting.reading.speakers import speaker_of
from contentkit.drafting.reading.terms import Terms
from contentkit.drafting.rules import Rules, language_of, rules_for
from contentkit.drafting.spans.candidates import Span, candidates
from contentkit.drafting.spans.hooks import (
    LONGEST_HOOK,
    Hook,
    attraction,
    best_hook,
    described,
    headlines,
    spoken_up,
    titled,
)
from contentkit.drafting.spans.lifting import liftable
from contentkit.drafting.spans.notes import note_hooks, note_lists, quotations_of
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, choose, scored, without_echoes
from contentkit.drafting.spans.whole import told, words_of
from contentkit.drafting.thread import nothing_draftable, posts_of, posts_wished, slug_for, title_of
from contentkit.models import Draft, Source

# How much of a short source must still be told when its hook has left its place.
_ALMOST_ALL = 0.95
# What one story of an interview carries, in words, whatever the length of the interview.
_STORY_WORDS = 500


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
        task = _Task(source, brief, rules_for(language), has_link=bool(link) and brief.posts != 1)
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


# The spans beside a hook that says these sentences.
_Beside = Callable[[frozenset[int]], Sequence[Span]]


@dataclass(frozen=True)
class _Task:
    """One source to draft from, and what was decided about it before anything was read."""

    source: Source
    brief: Brief
    rules: Rules
    has_link: bool

    def fits(self, text: str) -> bool:
        return self.brief.count(text) <= self.brief.limit

    def wished(self, words: int) -> int:
        """How many posts are wanted between the hook and the link."""
        return max(0, posts_wished(words, self.brief) - 1 - self.has_link)


def _thread(task: _Task) -> list[Span]:
    if task.source.kind == "transcript":
        return _thread_of_interview(task)
    sections = sections_of(task.source, task.rules)
    measure = _measure(task, sections)
    spans = candidates(sections, task.rules, task.fits)
    if task.source.kind == "note":
        return _thread_of_notes(task, sections, measure, spans)
    hooks = [*described(task.source, task.rules, task.fits), *spoken_up(spans, task.rules)]
    hooks += headlines(sections, task.rules, task.fits)
    return _composed(task, sections, measure, lambda _: spans, hooks)


def _thread_of_notes(task: _Task, sections: Sequence[Section], measure: Measure, spans: Sequence[Span]) -> list[Span]:
    hooks = [Hook(span, own=span.text.startswith(('"', "“"))) for span in note_hooks(sections, task.rules, task.fits)]
    hooks += [*described(task.source, task.rules, task.fits), *spoken_up(spans, task.rules)]
    quoted = quotations_of(sections, task.rules, task.fits)
    hooks += [Hook(span, own=True) for span in quoted if len(span.text) <= LONGEST_HOOK]
    known = {span.text for span in quoted}
    prose = [*quoted, *(span for span in spans if span.kind != "list" and span.text not in known)]

    def beside(used: frozenset[int]) -> list[Span]:
        return [*prose, *note_lists(sections, task.rules, task.fits, used)]

    return _composed(task, sections, measure, beside, hooks)


def _thread_of_interview(task: _Task) -> list[Span]:
    answers = answers_of(task.source, speaker_of(task.source, task.brief), task.rules)
    # No answer introduces or concludes an interview as the sections of a post do.
    measure = Measure.of(_terms(task, answers), task.source.title, task.rules, task.brief.limit, ())
    spans = [span for span in candidates(answers, task.rules, task.fits) if sayable(span, task.rules)]
    hooks = list(spoken_up([span for span in spans if crisp(span, task.rules)], task.rules))
    pull: dict[int, float] = {}
    for hook in hooks:
        pull[hook.span.section] = max(pull.get(hook.span.section, 0.0), attraction(hook, measure))
    if whole := _told_whole(task, answers, measure, lambda _: spans, hooks):
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
    return _composed(task, answered, measure, lambda _: story, inside)


def _terms(task: _Task, sections: Sequence[Section]) -> Terms:
    return Terms.of([sentence for section in sections for sentence in section.sentences], task.rules)


def _measure(task: _Task, sections: Sequence[Section]) -> Measure:
    topic = f"{task.source.title} {task.source.description}"
    return Measure.of(_terms(task, sections), topic, task.rules, task.brief.limit, sections)


def _composed(
    task: _Task, sections: Sequence[Section], measure: Measure, beside: _Beside, hooks: Sequence[Hook]
) -> list[Span]:
    """All of a short source; of a longer one the hook, then the best of the spans in the order of the source."""
    if whole := _told_whole(task, sections, measure, beside, hooks):
        return whole
    able = [hook for hook in hooks if liftable(hook.span, sections, task.rules)]
    hook = best_hook(able, measure) or (titled(task.source, task.fits) if task.source.kind == "post" else None)
    opening = [hook.span] if hook else []
    spans = beside(frozenset(number for span in opening for number in span.numbers))
    if not spans:
        raise nothing_draftable(task.source)
    used = [Scored(span, 0.0, measure.terms.of_text(span.text)) for span in opening]
    ranked = scored(spans, measure)
    for one in used:
        ranked = without_echoes(ranked, one, measure.terms)
    # Without a hook the first of the chosen opens the thread.
    number = task.wished(_words(sections)) + (not opening)
    return [*opening, *choose(ranked, number, used, sections=len(sections))]


def _told_whole(
    task: _Task, sections: Sequence[Section], measure: Measure, beside: _Beside, hooks: Sequence[Hook]
) -> list[Span]:
    """Everything that a short source says, its best hook first if nothing is lost by that; empty for a longer one."""
    whole = told(beside(frozenset()), task.rules)
    most = task.wished(_words(sections)) + 1
    if len(whole) > most:
        return []
    for hook in sorted(hooks, key=lambda one: -attraction(one, measure)):
        if not liftable(hook.span, sections, task.rules):
            continue
        opening = Scored(hook.span, 0.0, measure.terms.of_text(hook.span.text))
        left = without_echoes(scored(beside(hook.span.numbers), measure), opening, measure.terms)
        rest = told([one.span for one in left if not one.span.shares(hook.span)], task.rules)
        is_told = hook.own or words_of([hook.span, *rest]) >= _ALMOST_ALL * words_of(whole)
        if rest and is_told and len(rest) < most:
            return [hook.span, *rest]
        if hook.own and rest:
            # The author's own opening is worth more than the rest of a source that is a post too long.
            return []
    return whole


def _words(sections: Sequence[Section]) -> int:
    return sum(len(sentence.text.split()) for section in sections for sentence in section.sentences)
