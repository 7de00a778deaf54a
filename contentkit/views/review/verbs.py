"""What the keys do: each asks what must be asked, calls one verb, and tells what came of it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from typing import TypeVar

from rich.text import Text
from textual import work
from textual.screen import Screen
from textual.widgets import Static

from contentkit.errors import ContentkitError
from contentkit.models import Problem
from contentkit.patterns import regex
from contentkit.text import in_one_line, one_line
from contentkit.views.problems import problem_text
from contentkit.views.review.actions import Actions, Changed
from contentkit.views.review.asking import Choice, Confirmation, Line
from contentkit.views.review.panes import ThreadPane
from contentkit.views.review.values import Dossier, Item

_T = TypeVar("_T")
# ``drafts/launch.md:12``, at the beginning of a message.
_PLACE = regex(r"(?P<path>[^:\s][^:]*):(?P<line>[1-9][0-9]{0,8})\b")
_LONGEST_TOLD = 700
_REASON = "it stands in the file, in git, and in reports: nothing confidential"


class Verbs(Screen[None]):
    """The half of the screen that changes something."""

    actions: Actions
    dossier: Dossier | None
    trouble = ""
    is_busy = False
    # From when another entry is chosen until it is shown.
    is_reading = False
    # The review ends: what is still read is shown nowhere.
    is_over = False
    # What somebody began to type and left, by verb and entry: nobody types a reason twice.
    begun: dict[tuple[str, str], str]

    def __init__(self) -> None:
        super().__init__()
        self.begun = {}

    @property
    def item(self) -> Item | None:
        raise NotImplementedError

    def read_again(self) -> object:
        raise NotImplementedError

    def go_on(self) -> object:
        raise NotImplementedError

    # -- telling

    def tell(self, words: str, style: str = "green") -> None:
        self.query_one("#told", Static).update(Text(one_line(words, _LONGEST_TOLD), style=style, overflow="fold"))

    def tell_trouble(self, error: ContentkitError) -> None:
        self.tell(_words_of(error), "bold red")

    async def aside(self, verb: Callable[[], _T]) -> _T:
        """Does it beside the screen, which stays alive meanwhile; where it was closed all the same, nothing is left to show."""
        done = await asyncio.to_thread(verb)
        if self.is_over or not self.children:
            raise asyncio.CancelledError
        return done

    async def _in_terminal(self, verb: Callable[[], str]) -> str:
        """Does something that may ask for a passphrase in the terminal itself."""
        return self._lend_terminal(verb)

    async def _do(
        self,
        verb: Callable[[], str],
        then: Callable[[], object] | None = None,
        how: Callable[[Callable[[], str]], Awaitable[str]] | None = None,
    ) -> None:
        """Calls a verb, tells what it did or the one reason why not, and shows what is there now; ``then`` where it was done."""
        then = then or self.read_again
        self.is_busy = True
        try:
            told = await (how or self.aside)(verb)
        except ContentkitError as error:
            self.tell(_words_of(error), "bold yellow" if isinstance(error, Changed) else "bold red")
            then = self.read_again
        else:
            self.tell(told)
        finally:
            self.is_busy = False
        self.is_reading = True
        then()

    async def _ready(self) -> Dossier | None:
        """What is shown, if something can be done with it now. A key that was pressed ahead means the entry that comes."""
        while self.is_reading:
            await asyncio.sleep(0.01)
        if self.dossier is None and not self.is_busy:
            self.tell("There is nothing to do that with: choose an entry that can be shown.", "yellow")
        return None if self.is_busy else self.dossier

    async def _words(self, verb: str, entry: str, question: str, example: str, begun: str = "") -> str | None:
        """A line that somebody types; None where they leave it. What they began is there again when they come back."""
        key = verb, entry
        answer = await self.app.push_screen_wait(Line(question, example, self.begun.get(key, begun)))
        if answer.is_meant:
            self.begun.pop(key, None)
            return answer.words
        self.begun[key] = answer.words
        return None

    # -- the verbs

    @work
    async def action_approve(self) -> None:
        shown = await self._ready()
        if shown is None:
            return
        if shown.obstacles:
            self.tell(f"{shown.entry} cannot be approved yet: {'; '.join(shown.obstacles)}.", "bold red")
            return
        others = self.query_one(ThreadPane).not_seen()
        unseen = [f"Not looked at yet, and in other words: {', '.join(others)} (Tab shows it)."] if others else []
        if await self.app.push_screen_wait(Confirmation(shown.question, [*shown.remarks, *unseen])):
            how = self._in_terminal if shown.is_signed else self.aside
            await self._do(lambda: self.actions.approve(shown), then=self.go_on, how=how)
        else:
            self.tell(f"{shown.entry}: not approved.", "yellow")

    @work
    async def action_pause(self) -> None:
        shown = await self._ready()
        if shown is None:
            return
        if shown.is_paused:
            await self._do(lambda: self.actions.unpause(shown.entry))
            return
        example = "may be left empty; it stands in the calendar"
        reason = await self._words("pause", shown.entry, f"Pause {shown.entry}. Why?", example)
        if reason is not None:
            await self._do(lambda: self.actions.pause(shown.entry, reason))

    @work
    async def action_next_slot(self) -> None:
        shown = await self._ready()
        if shown is None:
            return
        try:
            there = await self.aside(lambda: self.actions.next_slot(shown.entry))
        except ContentkitError as error:
            self.tell_trouble(error)
            return
        if await self.app.push_screen_wait(Confirmation(f"Move {shown.entry} to {there.told}?", _voids(shown))):
            await self._do(lambda: self.actions.move_to_slot(shown.entry, there))

    @work
    async def action_move(self) -> None:
        shown = await self._ready()
        if shown is None:
            return
        example = "2026-11-24 09:30, tomorrow 09:30, friday 18:00, in 2 hours"
        when = await self._words("move", shown.entry, f"Move {shown.entry} to when?", example)
        if when:
            await self._do(lambda: self.actions.move(shown.entry, when))

    @work
    async def action_waive(self) -> None:
        shown = await self._ready()
        if shown is None:
            return
        post = self.query_one(ThreadPane).post
        found = sorted(
            (one for one in shown.problems if self.actions.can_be_waived(one)), key=lambda one: one.post != post
        )
        if not found:
            self.tell("Nothing was found here that anybody could waive.", "yellow")
            return
        problem = await self._one_of(found)
        if problem is None:
            return
        question = f"Waive {problem.check}: {one_line(problem.message, 160)}. Why is it fine?"
        reason = await self._words(f"waive {problem.check} {problem.words}", shown.entry, question, _REASON)
        if reason == "":
            self.tell("Nothing was waived: a waiver needs a reason.", "yellow")
        elif reason:
            await self._do(lambda: self.actions.waive(shown, problem, reason))

    async def _one_of(self, found: Sequence[Problem]) -> Problem | None:
        if len(found) == 1:
            return found[0]
        which = await self.app.push_screen_wait(Choice("Waive which finding?", [problem_text(one) for one in found]))
        return None if which is None else found[which]

    @work
    async def action_edit(self) -> None:
        while self.is_reading:
            await asyncio.sleep(0.01)
        if self.is_busy or self.item is None:
            return
        path, line = self.item.draft, self._line_of_post()
        if match := _PLACE.match(self.trouble):
            path, line = match["path"], int(match["line"])
        self._run(lambda: self.actions.editor(path, line))
        self.read_again()

    def _line_of_post(self) -> int:
        post = self.query_one(ThreadPane).post
        return self.dossier.posts[post].line if self.dossier and post < len(self.dossier.posts) else 1

    @work
    async def action_open_source(self) -> None:
        shown = await self._ready()
        post = self.query_one(ThreadPane).post
        grounds = shown.grounds[post] if shown and post < len(shown.grounds) else ()
        if grounds:
            self._run(lambda: self.actions.reader(grounds[0].evidence))
        elif shown:
            self.tell("This post rests on nothing that could be opened.", "yellow")

    def _run(self, command: Callable[[], Sequence[str]]) -> None:
        """Gives the terminal to another program until that ends."""
        try:
            words = command()
            self._lend_terminal(partial(subprocess.run, list(words), check=False))
        except ContentkitError as error:
            self.tell_trouble(error)
        except OSError as error:
            self.tell(f"{in_one_line(words[0])} cannot be started: {error.strerror}. Set EDITOR", "bold red")
        else:
            self.tell("")

    def _lend_terminal(self, work: Callable[[], _T]) -> _T:
        """Does something while the screen is away. Raises what that raises, once the screen is back."""
        driver = self.app._driver
        away = self.app.suspend() if driver is not None and driver.can_suspend else nullcontext()
        # Ctrl-C in an editor is meant for the editor. What is ignored would be ignored by it, too: hence a handler of no effect.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        trouble: Exception | None = None
        try:
            with away:
                try:
                    return work()
                except (ContentkitError, OSError) as error:
                    trouble = error  # an exception on its way out of here would leave the screen away
        finally:
            signal.signal(signal.SIGINT, before)
        assert trouble is not None
        raise trouble


def _words_of(error: ContentkitError) -> str:
    return f"{error.message}. {error.hint[:1].upper()}{error.hint[1:]}" if error.hint else error.message


def _voids(shown: Dossier) -> list[str]:
    return ["Its approval is void then: it has to be approved again."] if shown.is_approved else []
