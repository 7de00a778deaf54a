"""The parts of the screen: the list, the thread with one part selected, what its post rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from contentkit.models import Media, Part
from contentkit.views.review.showing import PartView, account_view, grounds_view, head_view, item_text
from contentkit.views.review.values import Dossier, Item
from contentkit.views.threads import Preview


class Listing(OptionList):
    """The entries. It says ``Shown`` when another one is to be looked at."""

    class Shown(Message):
        """Somebody looks at this entry now."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._items: list[Item] = []

    @property
    def current(self) -> Item | None:
        return self._items[self.highlighted] if self.highlighted is not None and self._items else None

    def put(self, items: Sequence[Item], wanted: str = "") -> None:
        """Shows these, and looks at the wanted one; where that is not there, at the one that stands in its place."""
        place = self.highlighted or 0
        self._items = list(items)
        self.clear_options()
        self.add_options([Option(self._prompt(item)) for item in items])
        names = [item.entry for item in items]
        if names:
            self.highlighted = names.index(wanted) if wanted in names else min(place, len(names) - 1)

    def go_to(self, entry: str) -> None:
        """Looks at this entry, if it is here."""
        names = [item.entry for item in self._items]
        if entry in names:
            self.highlighted = names.index(entry)

    def retell(self, item: Item) -> None:
        """Says of an entry that is here how it stands."""
        for place, one in enumerate(self._items):
            if one.entry == item.entry:
                self._items[place] = item
                self.replace_option_prompt_at_index(place, self._prompt(item))

    def _prompt(self, item: Item) -> Text:
        return item_text(item, max(self.size.width - 1, 20))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index < len(self._items):
            self.post_message(self.Shown(self._items[event.option_index]))


class PartCard(Static):
    """One part of the thread."""


class ThreadPane(VerticalScroll, can_focus=False):
    """What holds for the entry, then its thread on one account."""

    def __init__(self) -> None:
        super().__init__()
        self._which = self._selected = 0
        self._seen: set[int] = set()
        self._dossier: Dossier | None = None

    @property
    def which(self) -> int:
        """The account that is shown, counted from 0."""
        return self._which

    def not_seen(self) -> list[str]:
        """The accounts whose thread is another one than those that somebody has looked at."""
        previews = self._dossier.previews if self._dossier else ()
        seen = {_words_of(previews[which]) for which in self._seen if which < len(previews)}
        return [one.rendition.account.name for one in previews if _words_of(one) not in seen]

    @property
    def post(self) -> int:
        """The index of the post that the selected part came from."""
        parts = self._parts
        return parts[self._selected].post if parts else 0

    @property
    def _parts(self) -> tuple[Part, ...]:
        previews = self._dossier.previews if self._dossier else ()
        return previews[self._which].rendition.parts if previews else ()

    async def put(self, dossier: Dossier) -> None:
        """Shows another entry from its beginning, or the same one as it is now where somebody was reading."""
        same = self._dossier is not None and self._dossier.entry == dossier.entry
        at = self.scroll_y if same else 0
        if self._dossier is None or self._dossier.mark != dossier.mark:
            self._seen.clear()
        self._dossier = dossier
        if not same or self._which >= len(dossier.previews):
            self._which = 0
        self._selected = min(self._selected, max(len(self._parts) - 1, 0)) if same else 0
        await self._fill()
        self.scroll_to(y=at, animate=False)

    async def tell(self, words: Text) -> None:
        """Shows words in the place of a thread."""
        self._dossier = None
        await self.remove_children()
        await self.mount(Static(words))

    async def turn(self, by: int) -> None:
        """Shows the next account."""
        count = len(self._dossier.previews) if self._dossier else 0
        if count > 1:
            self._which = (self._which + by) % count
            self._selected = 0
            await self._fill()
            self.query(".account").first().scroll_visible(top=True, animate=False)

    def select(self, by: int) -> None:
        """Selects the next part, and shows it."""
        cards = list(self.query(PartCard))
        if not cards:
            return
        self._selected = max(0, min(len(cards) - 1, self._selected + by))
        self._mark(cards)
        cards[self._selected].scroll_visible(animate=False)

    def _mark(self, cards: Sequence[PartCard]) -> None:
        for place, card in enumerate(cards):
            card.set_class(place == self._selected, "selected")

    async def _fill(self) -> None:
        dossier = self._dossier
        self._seen.add(self._which)
        await self.remove_children()
        if dossier is None:
            return
        await self.mount(Static(head_view(dossier)))
        if not dossier.previews:
            return
        cards = [PartCard(PartView(dossier, self._which, index)) for index in range(len(self._parts))]
        self._mark(cards)
        await self.mount(Static(account_view(dossier, self._which), classes="account"), *cards)


def _words_of(preview: Preview) -> tuple[tuple[str, tuple[Media, ...]], ...]:
    return tuple((part.text, part.media) for part in preview.rendition.parts)


class GroundsPane(VerticalScroll, can_focus=False):
    """What the selected post rests on."""

    def compose(self) -> ComposeResult:
        yield Static()

    def put(self, dossier: Dossier, post: int) -> None:
        self.query_one(Static).update(grounds_view(dossier, post))
        self.scroll_home(animate=False)

    def clear(self) -> None:
        self.query_one(Static).update("")
