"""One source to be drafted from by a model, for one brief: what is asked of it, and what its answers are held against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from contentkit.confidential import is_veiled
from contentkit.drafting import Brief
from contentkit.drafting.closing import closing_post
from contentkit.drafting.modelling.numbered import Numbered, numbered, shown
from contentkit.drafting.modelling.orders import speaks_to_a_model
from contentkit.drafting.modelling.prompts import Task
from contentkit.drafting.modelling.proposals import Judge
from contentkit.drafting.modelling.shapes import Proposal
from contentkit.drafting.narrowing import narrowed_to
from contentkit.drafting.reading.lines import evidence_of
from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import LANGUAGES, Rules, language_of, rules_for
from contentkit.drafting.spans.candidates import joined
from contentkit.drafting.thread import nothing_draftable, posts_wished
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import host_behind, is_foreign
from contentkit.models import Post, Source
from contentkit.values import dataclass

# For a model of 8,192 tokens: small ones lose sight of what stands in the middle of more.
WINDOW = 70
_EXAMPLES = 6
# A plan for fewer sentences than posts has nothing to say.
_FEWEST_TO_PLAN = 6


@dataclass(frozen=True)
class Job:
    """``table`` are the sentences that may be drafted from; ``is_foreign`` whether a stranger wrote them. ``posts`` is how many
    the model is asked for: the one with the link is not its business. ``window`` is how many sentences it is shown at once.
    """

    source: Source
    brief: Brief
    table: Numbered
    task: Task
    judge: Judge
    link: str
    is_foreign: bool
    posts: int
    window: int = WINDOW

    @property
    def has_closing(self) -> bool:
        """A thread of one post has no room for the link."""
        return bool(self.link) and self.brief.posts != 1

    @property
    def has_number(self) -> bool:
        """Whether a person said how many posts there are to be."""
        return self.brief.posts is not None

    @property
    def shown(self) -> Numbered:
        """The sentences as who writes is shown them: of a stranger's page no question, nobody chose it."""
        return Numbered(self.table.sentences, self.table.dropped) if self.is_foreign else self.table

    def within(self, table: Numbered) -> Job:
        """The same job with these sentences only: a post that rests on others was written by somebody who has not seen them."""
        public = _said_by("", table) if self.is_foreign else self.judge.public
        return replace(self, table=table, judge=replace(self.judge, table=table, public=public))

    @property
    def offline_brief(self) -> Brief:
        """The brief for a drafter that translates nothing."""
        return replace(self.brief, language=self.task.translated_from or self.brief.language)

    @property
    def needs_plan(self) -> bool:
        """Whether there are so many sentences that a thread of them can be planned."""
        return len(self.table.sentences) >= _FEWEST_TO_PLAN

    @property
    def rules(self) -> Rules:
        """The rules of the draft's language."""
        return rules_for(self.task.language)

    def fits(self, text: str) -> bool:
        return self.brief.count(text) <= self.brief.limit

    @property
    def titled(self) -> Source:
        """The source as far as it may name itself: no title or heading that leads elsewhere, none of a stranger's tags."""
        title = self.source.title if self.judge.is_safe(self.source.title) else ""
        passages = tuple(one for one in self.source.passages if one.kind != "heading" or self.judge.is_safe(one.text))
        tags = () if self.is_foreign else self.source.tags
        return replace(self.source, title=title, passages=passages, tags=tags)

    def closing(self) -> Post | None:
        """The post with the link."""
        return closing_post(self.titled, self.link, self.rules, self.fits) if self.has_closing else None

    def parts(self, stories: Sequence[Sequence[Post]]) -> list[Job]:
        """For each of several threads the job of its own: the paragraphs it rests on, as far as no earlier one does."""
        taken: set[int] = set()
        jobs = []
        for posts in stories:
            paragraphs = {one.paragraph for one in self.table.sentences.values() if _is_cited(one, posts)}
            own = [number for number, one in self.table.sentences.items() if one.paragraph in paragraphs - taken]
            taken |= paragraphs
            wished = min(self.posts, max(1, len(posts) - self.has_closing))
            jobs.append(replace(self.within(self.table.only(own)), posts=wished))
        return jobs

    def own_of(self, posts: Sequence[Post]) -> list[Post]:
        """Those posts that rest on sentences of this job alone."""
        lines = {line for one in self.table.sentences.values() for line in range(one.first, one.last + 1)}
        return [post for post in posts if all({one.first, one.last} <= lines for one in post.evidence)]

    def post_of(self, proposal: Proposal) -> Post | None:
        """The proposal as a post with its evidence; in place of a wrong one, the sentences it cites, if they fit."""
        cited = self.table.of(proposal.ids)
        if not cited:
            return None
        evidence = evidence_of(self.source, [(sentence.first, sentence.last) for sentence in cited])
        verbatim = joined(cited)
        if not self.judge.faults(proposal):
            return Post(text=proposal.text, evidence=narrowed_to(evidence, verbatim, proposal.text, self.source))
        stands = self.fits(verbatim) and not self.judge.dangling_start(verbatim)
        is_usable = stands and not is_veiled(verbatim) and self.judge.is_safe(verbatim)
        return Post(text=verbatim, evidence=evidence) if is_usable and not self.task.translated_from else None


def job_of(source: Source, brief: Brief, withheld: Withheld, own: Collection[str]) -> Job:
    """Raises ContentError when nothing can be drafted, or when it is unclear who is to speak."""
    written_in = source.language or language_of(" ".join(passage.text for passage in source.passages))
    language = brief.language or written_in
    table = numbered(source, brief, rules_for(written_in))
    if not table.sentences:
        raise nothing_draftable(source)
    foreign = is_foreign(source, own)
    link = _link(source, brief) if foreign else brief.link or source.link
    translated_from = _translated_from(source.language, written_in, language)
    title = "" if foreign else source.title
    return Job(
        source=source,
        brief=brief,
        table=table,
        task=_task(brief, table, title, language, translated_from, withheld),
        judge=Judge(
            table=table,
            language=language,
            limit=brief.limit,
            count=brief.count,
            public=_said_by(title, table),
            withheld=withheld,
            never=tuple(brief.voice.never) if brief.voice else (),
            translated_from=translated_from,
            counted={**rules_for(written_in).counted, **rules_for(language).counted},
        ),
        link=link,
        is_foreign=foreign,
        posts=max(1, posts_wished(table.words, brief) - (bool(link) and brief.posts != 1)),
    )


def _said_by(title: str, table: Numbered) -> str:
    """All that may be repeated of these sentences and of the title above them."""
    return "\n".join([title, *(sentence.text for sentence in table.sentences.values())])


def _is_cited(sentence: Sentence, posts: Sequence[Post]) -> bool:
    cited = (one for post in posts for one in post.evidence)
    return any(one.first <= sentence.last and sentence.first <= one.last for one in cited)


def _translated_from(stated: str, written_in: str, language: str) -> str:
    """The language of the source, where the draft is to be in another one; empty where nobody knows that it is."""
    here, there = (one.partition("-")[0].lower() for one in (written_in, language))
    is_known = bool(stated) or there in LANGUAGES
    return here if is_known and here != there else ""


def _link(source: Source, brief: Brief) -> str:
    """A stranger's page does not say by itself where a thread leads: its own link counts on its own host only."""
    link = brief.link or source.link
    if link != source.link or not source.origin or not link:
        return link
    return link if urlsplit(link).hostname == host_behind(source) else source.origin.place


def _task(brief: Brief, table: Numbered, title: str, language: str, translated_from: str, withheld: Withheld) -> Task:
    subject = "\n".join(sentence.text for sentence in table.sentences.values())
    return Task(
        title=title,
        language=language,
        translated_from=translated_from,
        angle=brief.angle,
        limit=brief.limit,
        manner=_manner(brief.voice.card(), withheld) if brief.voice else (),
        examples=_examples(brief.voice.nearest(subject, _EXAMPLES), withheld) if brief.voice else (),
    )


def _manner(card: Sequence[str], withheld: Withheld) -> tuple[str, ...]:
    """The lines of a voice's card that may be sent, each as one line."""
    lines = (" ".join(line.split()) for line in card)
    return tuple(line for line in lines if not withheld.is_in(line))


def _examples(posts: Sequence[str], withheld: Withheld) -> tuple[str, ...]:
    """Those of the founder's own posts that may be sent: one about what is secret now is passed over."""
    return tuple(shown(post) for post in posts if not withheld.is_in(post) and not speaks_to_a_model(post))
