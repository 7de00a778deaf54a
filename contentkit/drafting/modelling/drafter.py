"""The drafter that lets a model write, from numbered sentences, and checks every post before anybody sees it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from contentkit.confidential import is_veiled
from contentkit.drafting import Brief, Drafter
from contentkit.drafting.closing import closing_post
from contentkit.drafting.modelling import prompts
from contentkit.drafting.modelling.completions import OFFLINE_HINT, Completions, Message, Prompt
from contentkit.drafting.modelling.numbered import Numbered, numbered
from contentkit.drafting.modelling.proposals import UNSAYABLE, Judge, Proposal, proposals_in
from contentkit.drafting.reading.lines import evidence_of
from contentkit.drafting.rules import Rules, language_of, rules_for
from contentkit.drafting.spans.candidates import joined
from contentkit.drafting.thread import nothing_draftable, posts_wished, slug_for, title_of
from contentkit.drafting.withheld import Withheld
from contentkit.errors import Unavailable
from contentkit.models import Draft, Post, Source

NOTHING = Withheld()
_REPAIRS = 2
_FEWEST_POSTS = 3


class ModelDrafter:
    """Drafts through an OpenAI-compatible server. Nothing is read from the environment.

    A post that stays wrong after two repairs is replaced by the very sentences it cites, or by a post of ``fallback``.
    ``withheld`` is what must not be sent: see ``contentkit.drafting.modelling.completions``.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str,
        timeout: float = 120.0,
        retries: int = 2,
        fallback: Drafter,
        withheld: Withheld = NOTHING,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._completions = Completions(base_url, model, api_key, timeout, retries, sleep, withheld)

    def draft(self, source: Source, brief: Brief) -> Draft:
        """A thread of 3 to 10 posts within the brief's limit (fewer when the source is too short).

        Raises ContentError when nothing can be drafted or words off the record would be sent, Refused when the server
        does not want us, Unavailable when it gives nothing that can be used.
        """
        job = _job(source, brief, self._completions.withheld)
        proposals = self._repaired(job, self._written(job))
        posts = self._posts(job, proposals)
        closing = closing_post(source, job.link, job.rules, job.fits) if job.has_closing else None
        return Draft(
            slug=slug_for(source),
            posts=(*posts, closing) if closing else tuple(posts),
            title=title_of(source, posts[0].text),
            sources=(source.path,),
            link=job.link,
            language=job.language,
            tags=source.tags,
            drafter=f"openai:{self._model}",
        )

    def prompt(self, source: Source, brief: Brief) -> Sequence[Message]:
        """The first messages that ``draft`` would send, but for their random marks. Raises ContentError as it does."""
        return self._completions.checked(_job(source, brief, self._completions.withheld).prompt())

    def _written(self, job: _Job) -> list[Proposal]:
        proposals = self._completions.ask(job.prompt(), prompts.schema(job.posts), proposals_in)
        if not proposals:
            raise Unavailable(f"{self._model} gave no thread that can be read", hint=OFFLINE_HINT)
        return proposals[: job.posts]

    def _repaired(self, job: _Job, proposals: Sequence[Proposal]) -> list[Proposal]:
        """The proposals, those with faults asked for again, at most twice."""
        mended = list(proposals)
        for _ in range(_REPAIRS):
            failing = [(place, faults) for place, one in enumerate(mended) if (faults := job.judge.faults(one))]
            if not failing:
                break
            prompt = prompts.mending(
                job.table,
                secrets.token_hex(8),
                [(_tellable(mended[place], faults), faults) for place, faults in failing],
                language=job.language,
            )
            answers = self._completions.ask(prompt, prompts.schema(len(failing)), proposals_in) or []
            for (place, _faults), answer in zip(failing, answers, strict=False):
                mended[place] = answer
        return mended

    def _posts(self, job: _Job, proposals: Sequence[Proposal]) -> list[Post]:
        """The proposals as posts; what is still wrong in the source's own sentences, or not at all."""
        posts = [post for proposal in proposals if (post := job.post_of(proposal))]
        posts = list({post.text: post for post in posts}.values())
        missing = min(_FEWEST_POSTS, len(proposals)) - len(posts)
        if not posts:
            raise Unavailable(f"{self._model} gave no post that the source supports", hint=OFFLINE_HINT)
        if missing > 0:
            spare = self._fallback.draft(job.source, job.brief).posts
            posts += [post for post in spare if not _overlap(post, posts) and job.link not in post.text.split()][
                :missing
            ]
        return posts


@dataclass(frozen=True)
class _Job:
    """One source for one brief, with what is computed of it once."""

    source: Source
    brief: Brief
    rules: Rules
    language: str
    link: str
    table: Numbered
    judge: Judge

    @property
    def has_closing(self) -> bool:
        """A thread of one post has no room for the link."""
        return bool(self.link) and self.brief.posts != 1

    @property
    def posts(self) -> int:
        """How many posts the model is asked for: the one with the link is not its business."""
        words = sum(len(sentence.text.split()) for sentence in self.table.sentences.values())
        return max(1, posts_wished(words, self.brief) - self.has_closing)

    def prompt(self) -> Prompt:
        return prompts.writing(
            self.table,
            secrets.token_hex(8),
            title=self.source.title,
            language=self.language,
            limit=self.brief.limit,
            posts=self.posts,
        )

    def fits(self, text: str) -> bool:
        return self.brief.count(text) <= self.brief.limit

    def post_of(self, proposal: Proposal) -> Post | None:
        """The proposal as a post with its evidence; in place of a wrong one, the sentences it cites, if they fit."""
        cited = self.table.of(proposal.ids)
        if not cited:
            return None
        evidence = evidence_of(self.source, [(sentence.first, sentence.last) for sentence in cited])
        if not self.judge.faults(proposal):
            return Post(text=proposal.text, evidence=evidence)
        verbatim = joined(cited)
        return Post(text=verbatim, evidence=evidence) if self.fits(verbatim) and not is_veiled(verbatim) else None


def _tellable(proposal: Proposal, faults: Sequence[str]) -> Proposal:
    """The proposal without its words where they may not be sent back either."""
    return replace(proposal, text="…") if UNSAYABLE in faults else proposal


def _job(source: Source, brief: Brief, withheld: Withheld) -> _Job:
    language = brief.language or source.language or language_of(" ".join(passage.text for passage in source.passages))
    rules = rules_for(language)
    table = numbered(source, brief, rules)
    if not table.sentences:
        raise nothing_draftable(source)
    judge = Judge(table, rules, language, brief.limit, brief.count, _public(source, table), withheld)
    return _Job(source, brief, rules, language, brief.link or source.link, table, judge)


def _public(source: Source, table: Numbered) -> str:
    """What may be repeated: the title, the numbered sentences, and the addresses of the links that stand in them."""
    said = [source.title]
    for sentence in table.sentences.values():
        links = source.passages[sentence.paragraph].links
        said += [sentence.text, *(link.url for link in links if link.text in sentence.text)]
    return "\n".join(said)


def _overlap(post: Post, others: Sequence[Post]) -> bool:
    """Whether a post rests on lines that another one rests on already."""
    taken = [evidence for other in others for evidence in other.evidence]
    return any(mine.first <= theirs.last and theirs.first <= mine.last for mine in post.evidence for theirs in taken)
