"""How a thread is put together of spans: all of a short source, or a hook and the best of a longer one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

from contentkit.drafting import Brief
from contentkit.drafting.interviews.people import named_in_full, strangers
from contentkit.drafting.pools import Beside, Pool
from contentkit.drafting.reading.sections import Section
from contentkit.drafting.reading.subjects import names_any
from contentkit.drafting.reading.terms import Terms
from contentkit.drafting.rules import Rules, is_known, straight
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.headline import under_headline
from contentkit.drafting.spans.hooks import Hook, attraction, best_hook, titled
from contentkit.drafting.spans.introducing import introduction
from contentkit.drafting.spans.knitting import blocks_of, keeps_together, knit
from contentkit.drafting.spans.lifting import is_leant_on, liftable
from contentkit.drafting.spans.notes import telling, under_title
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, choose, scored, without_echoes
from contentkit.drafting.spans.whole import RAGGED, told, words_of
from contentkit.drafting.thread import nothing_draftable, nothing_told, posts_wished
from contentkit.models import Source
from contentkit.values import dataclass

# A hook that is weaker than this is worse than the title.
_WEAK = {"post": 0.0, "note": 0.2, "transcript": -math.inf}
# What is weaker than this stops nobody, and is better left where it stands in a post.
_UNMOVED = 0.1
# What it is worth to end where the source ends.
_AUTHORS_END = 0.60
# "Sync" says nothing.
_WORDS_OF_A_TITLE = 4
# How much of a short source must still be told when its hook has left its place.
_ALMOST_ALL = 0.9
# Nobody opens with what is so much weaker than the best hook, for the sake of saying everything.
_MUCH_WEAKER = 0.4
# With fewer sentences that say something a note is no thread.
_FEWEST_TELLING = 2
# A single sentence of a note that is worth less is no thread either.
_WORTH_A_THREAD = 1.25
# A reader must know by then what a note is about.
_FIRST_POSTS = 2
# So often a thread is put together again without those whom nothing introduces, and so many posts must be left.
_ROUNDS, _FEWEST_POSTS = 3, 4


@dataclass(frozen=True)
class Task:
    """One source to draft from, and what was decided about it before anything was read."""

    source: Source
    brief: Brief
    rules: Rules
    language: str
    link: str

    @property
    def has_link(self) -> bool:
        """Whether the thread ends with a post for the link: a thread of one post has no room for it."""
        return bool(self.link) and self.brief.posts != 1

    def fits(self, text: str) -> bool:
        return self.brief.count(text) <= self.brief.limit

    @cached_property
    def named(self) -> frozenset[str]:
        """The first names of those whose names the source gives in full."""
        return named_in_full(passage.text for passage in self.source.passages)

    def wished(self, words: int) -> int:
        """How many posts are wanted between the hook and the link."""
        return max(0, posts_wished(words, self.brief) - 1 - self.has_link)


def terms_of(task: Task, sections: Sequence[Section]) -> Terms:
    return Terms.of([sentence for section in sections for sentence in section.sentences], task.rules)


def composed(task: Task, pool: Pool) -> list[Span]:
    """All of a short source; of a longer one the hook, then the best of the spans in the order of the source."""
    measure = pool.measure
    if pool.is_ready:
        return _ready(task, pool)
    if whole := told_whole(task, pool.sections, measure, pool.beside, pool.hooks):
        return _under_title(whole, task, pool)
    title, hook = None, best_hook(list(able(task, pool)), measure)
    if hook is None or attraction(hook, measure) < _WEAK[task.source.kind]:
        title = titled(task.source, task.fits)
        hook = title or hook
    elif task.source.kind == "post" and not hook.own and attraction(hook, measure) < _UNMOVED:
        hook = None
    opening = [hook.span] if hook else []
    spans = pool.beside(frozenset(number for span in opening for number in span.numbers))
    if not spans:
        raise nothing_draftable(task.source)
    used = [Scored(span, 0.0, measure.terms.of_text(span.text)) for span in opening]
    ranked = scored(spans, measure)
    for one in used:
        ranked = without_echoes(ranked, one, measure.terms)
    if task.source.kind == "post":
        ranked = _whole(ranked, opening, task, pool) or ranked
    # Without a hook the first of the chosen opens the thread; so it does below a note's title, which is no post.
    number = task.wished(pool.words) + (not opening or (task.source.kind == "note" and hook is title))
    if opening and number > 1 and (introducing := introduction(ranked, used[0], measure)):
        opening.append(introducing.span)
        used.append(introducing)
        ranked = [one for one in ranked if one.span.start > introducing.span.end]
        number -= 1
    return _under_title(_acquainted(task, pool, opening, ranked, number), task, pool)


def _whole(ranked: Sequence[Scored], opening: Sequence[Span], task: Task, pool: Pool) -> list[Scored]:
    """The spans that leave out no beginning of their paragraph, but those whose first word is what the source is about."""
    told = frozenset(number for span in opening for number in span.numbers)
    blocks, subjects = blocks_of(pool.sections), pool.measure.subjects
    return [
        one
        for one in ranked
        if keeps_together(one.span, blocks, told, task.fits) or names_any(one.span.text.split(maxsplit=1)[0], subjects)
    ]


def _ready(task: Task, pool: Pool) -> list[Span]:
    """The best of the posts that were made already, in their order."""
    measure = pool.measure
    said = [number for one in pool.ready for number in one.span.numbers]
    if len(said) < _FEWEST_TELLING and all(one.score < _WORTH_A_THREAD for one in pool.ready):
        raise nothing_told(task.source)
    number = task.wished(pool.words) + 1
    ranked = sorted(pool.ready, key=lambda one: -(one.score + measure.pull(one.span)))[:number]
    return [one.span for one in pool.ready if one in ranked]


def _acquainted(task: Task, pool: Pool, opening: Sequence[Span], ranked: Sequence[Scored], number: int) -> list[Span]:
    """The opening and the best thread behind it in which nobody says anything whom nothing introduces ("John explains").

    Where hardly anything would be left, somebody does.
    """
    measure = pool.measure
    used = [Scored(span, 0.0, measure.terms.of_text(span.text)) for span in opening]
    end = max((one.span.end for one in ranked), default=0)

    def closing(span: Span) -> float:
        return measure.closing(span) + _AUTHORS_END * (span.end == end and _ends(span, pool.sections))

    threads = list[list[Span]]()
    for _ in range(_ROUNDS):
        chosen = choose(ranked, number, used, sections=len(pool.sections), closing=closing)
        threads.append([*opening, *chosen])
        unknown = _unknown(threads[-1], task)
        if not unknown:
            break
        ranked = [one for one in ranked if not unknown & _unknown([one.span], task)]
    last = threads[-1]
    return last if len(last) >= min(_FEWEST_POSTS, len(threads[0])) else threads[0]


def _ends(span: Span, sections: Sequence[Section]) -> bool:
    """Whether it is prose that goes on from prose or from a heading: below a table it may speak of that."""
    before = span.said[0].paragraph - 1
    section = next(one for one in sections if one.number == span.section)
    prose = {one.paragraph for block in section.blocks if block.kind == "prose" for one in block.sentences}
    goes_on = before in prose or (section.heading is not None and before == section.heading.paragraph)
    return span.kind == "window" and span.said[0].opens and goes_on


def _unknown(spans: Sequence[Span], task: Task) -> set[str]:
    """The first names in these spans of those who were not introduced before, and should be: they are said to say
    something, or a span begins with one whose name the source gives in full."""
    missing = strangers([span.text for span in spans], [task.source.title], task.rules)
    return {
        name
        for span, names in zip(spans, missing, strict=True)
        for name in names
        if name in _telling(span, task) or (span.text.startswith(name) and name in task.named)
    }


def _telling(span: Span, task: Task) -> set[str]:
    """The names of those who are said to say something."""
    return {match["who"] for match in task.rules.tells.finditer(straight(span.text))}


def is_thin(task: Task, pool: Pool) -> bool:
    """Whether a note says too little for a thread: minutes without decisions, numbers or anything that was done."""
    if pool.is_ready or task.source.kind != "note" or not is_known(task.rules.language):
        return False
    # The hooks too: what opens a thread stands in no list beside it.
    spans = [*pool.beside(frozenset()), *(hook.span for hook in pool.hooks)]
    return len(frozenset().union(*(telling(span, task.rules) for span in spans))) < _FEWEST_TELLING


def _under_title(spans: Sequence[Span], task: Task, pool: Pool) -> list[Span]:
    """The spans of a thread, with the title above the first where nothing else says what it is about."""
    measure = pool.measure
    title = titled(task.source, task.fits)
    if task.source.kind == "post":
        thread = knit(spans, pool.beside(frozenset()))
        # Above several threads of one post it would be said several times.
        headline = title.span if title and not pool.is_part else None
        return under_headline(thread, headline, measure, task.fits)
    title = title if task.source.kind == "note" else None
    if title is None:
        return list(spans)
    is_named = names_any(title.span.text, measure.subjects)
    is_told = not is_named or any(names_any(span.text, measure.subjects) for span in spans[:_FIRST_POSTS])
    return under_title(spans, title.span, task.fits, is_told=is_told)


def able(task: Task, pool: Pool) -> Iterator[Hook]:
    """The hooks that may leave their place, and speak of nobody whom they do not introduce; none without its second half."""
    hooks = [one for one in pool.hooks if liftable(one.span, pool.sections, task.rules) and _introduces(one, task)]
    longer = {one.span.sentences[:-1] for one in hooks}
    for hook in hooks:
        if hook.span.sentences not in longer or not is_leant_on(hook.span, pool.sections, task.rules):
            yield hook


def _introduces(hook: Hook, task: Task) -> bool:
    """Whether nobody says anything in it who is not introduced; in a note's, whether nobody is called by a first name."""
    if task.source.kind == "note" and not hook.own:
        return not strangers([hook.span.text], [task.source.title], task.rules)[0]
    missing = strangers([hook.span.text], [task.source.title], task.rules)[0]
    return not missing or not missing & (task.named | _telling(hook.span, task))


def told_whole(
    task: Task, sections: Sequence[Section], measure: Measure, beside: Beside, hooks: Sequence[Hook]
) -> list[Span]:
    """Everything that a short source says, its best hook first if nothing is lost by that; empty for a longer one."""
    ragged = RAGGED if task.source.kind == "post" else 0
    whole = told(beside(frozenset()), task.rules, ragged=ragged)
    words = sum(len(sentence.text.split()) for section in sections for sentence in section.sentences)
    # What was said in an interview is told whole where it is shorter than a story.
    most = task.wished(0) if task.source.kind == "transcript" else task.wished(words) + 1
    if len(whole) > most:
        return []
    weakest = _WEAK[task.source.kind]
    for hook in sorted(hooks, key=lambda one: -attraction(one, measure)):
        if attraction(hook, measure) < weakest:
            break
        if not (liftable(hook.span, sections, task.rules) and _introduces(hook, task)):
            continue
        weakest = max(weakest, attraction(hook, measure) - _MUCH_WEAKER)
        opening = Scored(hook.span, 0.0, measure.terms.of_text(hook.span.text))
        left = without_echoes(scored(beside(hook.span.numbers), measure), opening, measure.terms)
        rest = told([one.span for one in left if not one.span.shares(hook.span)], task.rules, ragged=ragged)
        is_told = hook.own or words_of([hook.span, *rest]) >= _ALMOST_ALL * words_of(whole)
        if rest and is_told and len(rest) < most:
            return [hook.span, *rest]
        if hook.own and rest:
            # The author's own opening is worth more than the rest of a source that is a post too long.
            return []
    title = titled(task.source, task.fits) if task.source.kind == "note" else None
    tells = title is not None and len(title.span.text.split()) >= _WORDS_OF_A_TITLE
    return [title.span, *whole] if title and tells and 0 < len(whole) < most else whole
