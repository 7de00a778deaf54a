"""Other words for one post: those that its draft has in comments, and those that the drafter finds."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.drafting.approved import approved_now, refuse_published, tell_void
from contentkit.cli.drafting.wish import Wish
from contentkit.cli.model_work import Cache
from contentkit.drafts.edit import Block, Sheet, with_alternatives, with_words, without_alternatives
from contentkit.errors import ContentkitError, StateError, UsageError
from contentkit.models import Alternative, Draft, Post
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting import Brief
    from contentkit.models import Account, Evidence, Source
    from contentkit.views.alternatives import Offer


@dataclass(frozen=True, kw_only=True)
class Page:
    """A draft as it stands in its file, opened at one of its posts; ``data`` are the bytes of the file."""

    project: Project
    draft: Draft
    number: int
    path: Path
    data: bytes
    sheet: Sheet
    place: int

    @property
    def post(self) -> Post:
        return self.draft.posts[self.number - 1]

    @property
    def block(self) -> Block:
        return self.sheet.blocks[self.place]

    @property
    def command(self) -> str:
        """What shows the other words for this post."""
        return f"contentkit redraft {shlex.quote(self.draft.path)} --post {self.number}"

    @property
    def where(self) -> str:
        return f"{self.draft.path}: post {self.number}"


def opened(project: Project, name: str, number: int) -> Page:
    """The draft of this name at this post. Raises UsageError where there is no such draft or post, ContentError."""
    from contentkit.cli.drafting.sheets import sheet_at
    from contentkit.cli.project import drafts_named

    [draft] = drafts_named(project, [name])
    if number > len(draft.posts):
        posts = f"{len(draft.posts)} post{'' if len(draft.posts) == 1 else 's'}"
        raise UsageError(f"{draft.path} has {posts}, not {number}", hint=f"name one of 1 to {len(draft.posts)}")
    data, sheet = sheet_at(project, draft.path)
    return Page(
        project=project,
        draft=draft,
        number=number,
        path=project.root / draft.path,
        data=data,
        sheet=sheet,
        place=sheet.place_of(number),
    )


def choose_words(page: Page, choice: int, *, as_json: bool) -> None:
    """Puts the alternative of this number in the place of the post, whose words become the last alternative.

    Raises UsageError where no such alternative is noted.
    """
    from contentkit.cli.output import say, show_json, show_lines

    refuse_published(page.project, page.draft.path)
    noted = page.post.alternatives
    if choice > len(noted):
        count = f"{len(noted)} alternative{'' if len(noted) == 1 else 's'} in its comments, not {choice}"
        hint = f"see them with: {page.command}"
        raise UsageError(f"{page.where} has {count if noted else 'no alternative in its comments'}", hint=hint)
    chosen, before = noted[choice - 1], page.post
    block = without_alternatives(with_words(page.block, chosen.text, chosen.evidence), [choice - 1])
    if before.text:
        block = with_alternatives(block, [Alternative(text=before.text, evidence=before.evidence)])
    _write(page, block)
    if as_json:
        show_json(chosen)
    else:
        show_lines(chosen.text)
    say(f"{page.where} says that now. What it said stands below it in a comment.")


def offer_words(page: Page, number: int, settings: DrafterSettings, *, cache: Cache, as_json: bool) -> None:
    """Shows what the draft has noted and what the drafter offers; what is new is noted, too."""
    from contentkit.cli.output import say
    from contentkit.views.alternatives import Offer

    wish, account = _asked(page)
    fresh = _from_drafter(page, wish, account, number, settings, cache)
    noted = page.post.alternatives
    offers = [
        Offer(number=place, alternative=one, is_new=place > len(noted)) for place, one in enumerate((*noted, *fresh), 1)
    ]
    if fresh:
        _remember(page, fresh)
        _write(page, with_alternatives(page.block, fresh))
    _show(page, offers, account, as_json=as_json)
    if offers:
        kept = f"{len(fresh)} new, written below the post as comments. " if fresh else ""
        say(f"{kept}To take one: {page.command} --choose NUMBER")
    else:
        say(f"{page.where}: the source has no other words for it.")


def _asked(page: Page) -> tuple[Wish, Account]:
    """What the draft was asked for, and the account that it was cut to."""
    from contentkit.cli.drafting.base import base_of, wish_of
    from contentkit.cli.drafting.whereto import account_for
    from contentkit.cli.output import say

    try:
        base = base_of(page.project, page.draft.slug)
    except StateError as error:
        base = None
        say(f"What this draft was asked for is not known. {error.words}")
    wish = wish_of(page.project, base) if base else Wish()
    return wish, account_for(page.project, wish, page.draft.founder)


def _from_drafter(
    page: Page, wish: Wish, account: Account, number: int, settings: DrafterSettings, cache: Cache
) -> list[Alternative]:
    """At most so many other words that neither the post, nor its alternatives, nor another post says."""
    from contentkit.cli.drafting.drafters import drafter_of
    from contentkit.cli.model_work import ModelWork
    from contentkit.cli.output import say
    from contentkit.drafting.echoes import is_echo
    from contentkit.drafting.loading import redrafts_of
    from contentkit.drafting.narrowing import narrowed_alternative
    from contentkit.forbidden import Forbidden

    project, post = page.project, page.post
    sources = _sources(page)
    forbidden = Forbidden()
    for source in sources:
        forbidden |= project.off_record(source.path).forbidden
    if forbidden.leaks_in(wish.angle) or project.confidential.is_named_in(wish.angle):
        wish = replace(wish, angle="")  # asked for before that was off the record, or listed
    work = ModelWork.of(project, settings, cache)
    redrafts = redrafts_of(drafter_of(project, settings, forbidden, work))
    if redrafts is None:
        say(f"The drafter '{settings.name}' offers no other words: only what is noted is shown.")
        return []
    said = [other.text for other in page.draft.posts]
    said += [one.text for other in page.draft.posts for one in other.alternatives]
    fresh: list[Alternative] = []
    work.slug = page.draft.slug
    try:
        with work:
            for source in sources:
                bare = Post(text=post.text, evidence=_on_lines(source, post))
                wanted = number + len(post.alternatives) - len(fresh)
                for one in redrafts.alternatives(source, _brief(page, source, wish, account), bare, wanted):
                    if len(fresh) < number and not is_echo(one.text, said):
                        fresh.append(narrowed_alternative(one, source))
                        said.append(one.text)
    except ContentkitError as error:
        # What is noted can be chosen whatever the drafter says.
        if not post.alternatives and not fresh:
            raise
        say(error.words)
    return fresh


def _on_lines(source: Source, post: Post) -> tuple[Evidence, ...]:
    """What a post rests on in this source, as drafters point at it: whole lines."""
    own = (one for one in post.evidence if one.source == source.path)
    return tuple(source.evidence(one.first, one.last) if one.has_columns else one for one in own)


def _sources(page: Page) -> list[Source]:
    """The sources that the post rests on, else those of the draft; those that are gone are told and left out."""
    from contentkit.cli.output import say

    names = dict.fromkeys(one.source for one in page.post.evidence) or dict.fromkeys(page.draft.sources)
    here = [name for name in names if (page.project.root / name).is_file()]
    say(*(f"{name} is not here: nothing is drafted from it." for name in names if name not in here))
    return [page.project.read(name) for name in here]


def _brief(page: Page, source: Source, wish: Wish, account: Account) -> Brief:
    """As for the draft; whose turns they were can be seen where nobody remembers."""
    from contentkit.cli.drafting.briefs import brief_for

    own = [one for one in page.post.evidence if one.source == source.path]
    turns = [passage for passage in source.passages if any(passage.touches(one.first, one.last) for one in own)]
    speakers = [passage.speaker for passage in turns if passage.speaker]
    speaker = wish.speaker if wish.speaker in (*speakers, "") else speakers[0]
    speaker = speaker or next(iter(dict.fromkeys(sorted(speakers, key=speakers.count, reverse=True))), "")
    return brief_for(page.project, source, replace(wish, speaker=speaker), account, page.draft.founder)


def _remember(page: Page, fresh: Sequence[Alternative]) -> None:
    if not page.project.config.project:
        return
    from contentkit.cli.output import say
    from contentkit.clock import SystemClock
    from contentkit.store.database import database_in
    from contentkit.store.drafted import remember_offered

    try:
        with database_in(page.project.root) as database:
            remember_offered(database, page.draft, page.number, fresh, SystemClock().now())
    except StateError as error:
        say(f"These words are not remembered as the drafter's. {error.message}")


def _write(page: Page, block: Block) -> None:
    """Puts the block into the file, unless somebody edited that meanwhile; says which approvals are void by it."""
    from contentkit.files import replace_file

    approved = approved_now(page.project, page.draft.path)
    replace_file(page.path, page.sheet.with_block(page.place, block).text.encode(), page.data)
    tell_void(page.project, approved)


def _show(page: Page, offers: Sequence[Offer], account: Account, *, as_json: bool) -> None:
    import shutil

    from contentkit.cli.output import show_json, show_rows
    from contentkit.views.alternatives import HEADINGS, offer_cells, offers_view

    platform, limit = page.project.platform(account), account.limits.characters

    def length(text: str) -> str:
        return f"{platform.length(text, '', account.limits)}/{limit}"

    if as_json:
        show_json(offers)
    elif offers:
        cells = [offer_cells(offer, length) for offer in offers]
        width = shutil.get_terminal_size().columns
        show_rows([HEADINGS, *cells], lambda: offers_view(page.post, offers, length, width))
