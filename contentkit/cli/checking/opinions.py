"""``check --second-opinion``: which posts the configured model is asked about, and with which sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import ContentError, ContentkitError, UsageError

if TYPE_CHECKING:
    from contentkit.cli.model_work import Cache, ModelWork
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting.opinions import Doubts, Stated
    from contentkit.models import Draft, Evidence, Source

_DRAFT_OFFLINE = "draft offline: --drafter extractive"


def with_opinions(project: Project, names: Sequence[str], *, cache: Cache) -> Project:
    """The project with what the model doubts in these drafts. Raises as drafters do, and UsageError where none can be asked."""
    from contentkit.checks import Opinion
    from contentkit.cli.drafting.drafters import settings_for
    from contentkit.cli.model_work import ModelWork

    settings = settings_for(project, "", unasked=False)
    opinions = {}
    for draft, posts in _posts_of(project, names):
        work = ModelWork.of(project, settings, cache)
        work.slug = draft.slug
        asked = _asked(project, draft, settings, work)
        try:
            with work:
                found = asked.doubts(posts)
        except ContentkitError as error:
            # What helps whoever drafts is no help here.
            error.hint = error.hint.replace(_DRAFT_OFFLINE, "check without --second-opinion")
            raise
        opinions[draft.path] = [Opinion(post=one.number - 1, words=one.words, reason=one.reason) for one in found]
    return replace(project, opinions=opinions)


def tell_opinion_prompts(project: Project, names: Sequence[str]) -> None:
    """Prints what would be sent, and sends nothing: no leave, no key and no server is needed for it."""
    from contentkit.cli.drafting.drafters import settings_for
    from contentkit.cli.model_work import ModelWork
    from contentkit.cli.output import show_lines
    from contentkit.drafting.loading import as_text
    from contentkit.text import printable

    settings = settings_for(project, "", unasked=True)
    asked = []
    for draft, posts in _posts_of(project, names):
        with ModelWork.of(project, settings, "none") as work:
            prompts = _asked(project, draft, settings, work).doubt_prompts(posts)
        asked += [(f"{heading} of {draft.path}", messages) for heading, messages in prompts]
    show_lines(*printable(as_text(asked)).split("\n"))


def _asked(project: Project, draft: Draft, settings: DrafterSettings, work: ModelWork) -> Doubts:
    """Whom to ask about a draft: nothing off the record leaves with it. Raises UsageError where the drafter has no model."""
    from contentkit.cli.checking.off_record import off_record_in
    from contentkit.cli.drafting.drafters import drafter_of
    from contentkit.drafting.loading import doubts_of

    sources = project.sources_of(draft)
    forbidden, _, _ = off_record_in(project, sources)
    for name in sources:
        forbidden |= project.off_record(name).forbidden
    asked = doubts_of(drafter_of(project, settings, forbidden, work))
    if asked is None:
        raise UsageError(
            f"the drafter '{settings.name}' has no model to ask",
            hint='name one in [drafter] of contentkit.toml, as in name = "openai"',
        )
    return asked


def _posts_of(project: Project, names: Sequence[str]) -> Iterator[tuple[Draft, list[Stated]]]:
    """Of drafts that can be read: the check itself tells of the others."""
    from contentkit.cli.checking.gathering import parted
    from contentkit.cli.project import drafts_named

    for name in names or parted(project)[0]:
        try:
            [draft] = drafts_named(project, [name])
            posts = list(_stated(draft, project.sources_of(draft)))
        except ContentError:
            continue
        yield draft, posts


def _stated(draft: Draft, sources: dict[str, Source]) -> Iterator[Stated]:
    """The posts that cite something that is here, each with just the sentences it cites."""
    from contentkit.drafting.opinions import Stated
    from contentkit.text import sentences

    for number, post in enumerate(draft.posts, start=1):
        known = [one for one in post.evidence if one.source in sources]
        said = [one.said_in(sources[one.source].lines) for one in known]
        cited = dict.fromkeys(text[start:end] for text in said for start, end in sentences(text))
        around = dict.fromkeys(words for one in known for words in _around(one, sources[one.source]))
        if cited and post.text.strip():
            yield Stated(number=number, text=post.text, cited=tuple(cited), around=tuple(around))


def _around(evidence: Evidence, source: Source) -> Iterator[str]:
    """Who and what the cited lines speak of, where they do not say it themselves."""
    above = [one.text for one in source.passages if one.kind == "heading" and one.last < evidence.first]
    speakers = {
        one.speaker: None for one in source.passages if one.speaker and one.touches(evidence.first, evidence.last)
    }
    named = (
        ("Title", source.title),
        ("By", source.author),
        ("Under", above[-1] if above else ""),
        ("Said by", ", ".join(speakers)),
    )
    return (f"{what}: {words}" for what, words in named if words)
