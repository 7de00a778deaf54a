"""The screen of the review: list, thread, evidence, the last word, the keys."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from contentkit.errors import ContentkitError
from contentkit.models import in_the_way
from contentkit.text import in_one_line
from contentkit.views.review.actions import Actions
from contentkit.views.review.asking import Line, Reading
from contentkit.views.review.keys import BINDINGS, HELP, keys_text
from contentkit.views.review.panes import GroundsPane, Listing, ThreadPane
from contentkit.views.review.showing import whole_view
from contentkit.views.review.values import Dossier, Item, matching
from contentkit.views.review.verbs import Verbs

# Below so many columns the list has as few as it can do with.
_ROOMY = 110
# How often to look whether somebody edited the files, in seconds.
_LOOK = 1.0
# Whoever runs through the list with an arrow key held down wants to see where they are, not each thread.
_PAUSE = 0.06


class ReviewScreen(Verbs, Screen[None]):
    """The list on the left; on the right the thread as it will look, and below it what the selected post rests on."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    def __init__(self, actions: Actions, wanted: str = "") -> None:
        super().__init__()
        self.actions = actions
        self.dossier: Dossier | None = None
        self._wanted = wanted
        self._items: list[Item] = []
        self._filter = ""
        self._to_mend: dict[str, int] = {}
        self._soon: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with Horizontal():
            yield Listing()
            with Vertical():
                yield ThreadPane()
                yield GroundsPane()
        yield Static(id="told")
        yield Static(id="keys", classes="keys")

    def on_mount(self) -> None:
        self.on_resize()
        self.query_one(Listing).focus()
        self._open()
        self.set_interval(_LOOK, self._look)

    @work
    async def _open(self) -> None:
        if not self._items:
            await self.query_one(ThreadPane).tell(Text("Reading …"))
            self._show_keys()
        await self._read_list()
        self._count()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= _ROOMY, "roomy")

    # -- what is shown

    @property
    def item(self) -> Item | None:
        return self.query_one(Listing).current

    @work
    async def read_again(self) -> None:
        """Reads the list anew, and the entry that somebody looks at."""
        await self._read_list()

    @work
    async def go_on(self) -> None:
        """Reads again, and goes to the next entry that waits; where none does, stays."""
        here = self.item
        names = [one.entry for one in self._items]
        await self._read_list()
        waiting = [one.entry for one in matching(self._items, self._filter) if one.waits]
        behind = names[names.index(here.entry) :] if here and here.entry in names else []
        following = next((name for name in behind if name in waiting), waiting[0] if waiting else "")
        if following:
            self.query_one(Listing).go_to(following)

    async def _read_list(self) -> None:
        self.is_reading = True
        try:
            items = await self.aside(self.actions.items)
        except ContentkitError as error:
            self.is_reading = False
            self.tell_trouble(error)
            if not self._items:
                await self.query_one(ThreadPane).tell(Text("There is nothing to show. r: read again"))
        else:
            self._items = [self._counted(one) for one in items]
            self._put()

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        """Looks through what waits, one after the other, for what has to be mended first."""
        for name in [one.entry for one in self._items if one.waits]:
            with suppress(ContentkitError):
                self._set_count(name, await self.aside(partial(self.actions.to_mend, name)))

    def _set_count(self, entry: str, count: int) -> None:
        self._to_mend[entry] = count
        self._items = [self._counted(one) for one in self._items]
        for item in self._items:
            if item.entry == entry:
                self.query_one(Listing).retell(item)

    def _counted(self, item: Item) -> Item:
        """The entry with how many of its findings have to be mended first, where it waits and somebody has looked."""
        count = self._to_mend.get(item.entry, 0)
        return replace(item, standing=f"{count} to mend") if item.waits and count else item

    def _put(self) -> None:
        listing = self.query_one(Listing)
        shown = matching(self._items, self._filter)
        here = self._wanted or (listing.current.entry if listing.current else "")
        self._wanted = ""
        self.is_reading = bool(shown)
        listing.put(shown, here)
        waiting = sum(one.waits for one in self._items)
        title = f" Review: {waiting} of {len(self._items)} to approve"
        title += f" · filter: {in_one_line(self._filter)} ({len(shown)}); Escape: all" if self._filter else ""
        self.query_one("#title", Static).update(Text(title, no_wrap=True, overflow="ellipsis"))
        if not shown:
            self._show_nothing()

    @work(exclusive=True, group="show")
    async def _show_nothing(self) -> None:
        self.dossier = None
        nothing = "No entry has these words." if self._filter else "Nothing is on the calendar that is not out yet."
        hint = "Escape: show all" if self._filter else "Next: contentkit schedule DRAFT --at 'tomorrow 09:30'"
        await self.query_one(ThreadPane).tell(Text(f"{nothing}\n{hint}"))
        self.query_one(GroundsPane).clear()
        self._show_keys()

    def on_listing_shown(self, message: Listing.Shown) -> None:
        self.is_reading = True
        if self._soon:
            self._soon.stop()
        self._soon = self.set_timer(_PAUSE, lambda: self._show_now(message.item))

    def _show_now(self, item: Item) -> None:
        self._soon = None
        if not self.is_over:
            self._show(item)

    @work(exclusive=True, group="show")
    async def _show(self, item: Item) -> None:
        pane = self.query_one(ThreadPane)
        try:
            dossier = await self.aside(lambda: self.actions.dossier(item.entry))
        except ContentkitError as error:
            self.dossier, self.trouble = None, error.message
            hint = f"\n→ {in_one_line(error.hint)}" if error.hint else ""
            told = Text(f"{item.entry} cannot be shown:\n\n", overflow="fold")
            await pane.tell(told.append(in_one_line(error.message), style="red").append(f"{hint}\n\ne: edit it there"))
            self.query_one(GroundsPane).clear()
        else:
            self.dossier, self.trouble = dossier, ""
            self._set_count(item.entry, len(in_the_way(dossier.problems)))
            await pane.put(dossier)
            self.query_one(GroundsPane).put(dossier, pane.post)
        self._show_keys()
        self.is_reading = self._soon is not None

    def _show_keys(self) -> None:
        is_paused = self.dossier is not None and self.dossier.is_paused
        self.query_one("#keys", Static).update(keys_text("unpause" if is_paused else "pause"))

    def _look(self) -> None:
        """Somebody may edit the files, or pull: what is shown is what is there."""
        if self.is_over or self.is_busy or self.is_reading or not self.actions.is_stale():
            return
        self.tell("Files changed on the disk: this is how they are now.")
        self._open()

    # -- moving about

    def action_pick(self, by: int) -> None:
        listing = self.query_one(Listing)
        (listing.action_cursor_down if by > 0 else listing.action_cursor_up)()

    def action_post(self, by: int) -> None:
        pane = self.query_one(ThreadPane)
        pane.select(by)
        if self.dossier:
            self.query_one(GroundsPane).put(self.dossier, pane.post)

    @work(exclusive=True, group="show")
    async def action_account(self, by: int) -> None:
        pane = self.query_one(ThreadPane)
        await pane.turn(by)
        if self.dossier:
            self.query_one(GroundsPane).put(self.dossier, pane.post)

    def action_scroll_thread(self, pages: int) -> None:
        pane = self.query_one(ThreadPane)
        pane.scroll_relative(y=pages * max(pane.size.height - 2, 1), animate=False)

    def action_whole(self) -> None:
        if self.dossier:
            self.app.push_screen(Reading(whole_view(self.dossier, self.query_one(ThreadPane).which)))

    def action_help(self) -> None:
        self.app.push_screen(Reading(Text(HELP)))

    def action_read_again(self) -> None:
        self.tell("Read again.")
        self.read_again()

    @work
    async def action_filter(self) -> None:
        line = Line(
            "Show only the entries that have these words:", "in name, account, founder, campaign, state", self._filter
        )
        answer = await self.app.push_screen_wait(line)
        if answer.is_meant:
            self._filter = answer.words
            self._put()

    def action_clear_filter(self) -> None:
        if self._filter:
            self._filter = ""
            self._put()
