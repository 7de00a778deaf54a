"""The program around the screen: how it looks, how it ends."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from textual.app import App

from contentkit.views.review.actions import Actions
from contentkit.views.review.screen import ReviewScreen

Ending = Literal["done", "interrupted", "terminated"]

# Colours are the terminal's own sixteen, whatever it is; nothing is told by a colour alone.
_CSS = """
Screen { background: ansi_default; color: ansi_default; }
#title { height: 1; text-style: reverse; }
Listing { width: 30; height: 1fr; border: none; padding: 0; border-right: solid ansi_default; }
.roomy Listing { width: 40; }
ThreadPane { height: 1fr; padding: 0 1; }
GroundsPane { height: 30%; min-height: 7; max-height: 14; padding: 0 1; border-top: solid ansi_default; }
PartCard { height: auto; border-left: blank; }
PartCard.selected { border-left: thick ansi_default; }
#told { height: auto; max-height: 4; }
.keys { height: 1; }
Reading VerticalScroll { height: 1fr; padding: 0 1; }
ModalScreen { align: center bottom; background: transparent; }
.box { width: 100%; height: auto; max-height: 90%; border: heavy ansi_default; padding: 0 1; }
.box { background: ansi_default; }
.box VerticalScroll { height: auto; max-height: 60%; }
.box OptionList { height: auto; max-height: 60%; }
.box Input { border: none; border-bottom: solid ansi_default; padding: 0; height: 2; }
"""


class Review(App[Ending]):
    """The review. It returns how it was ended."""

    CSS = _CSS
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, actions: Actions, wanted: str = "") -> None:
        super().__init__()
        self._actions, self._wanted = actions, wanted
        self.theme = "ansi-dark"

    def on_mount(self) -> None:
        self.push_screen(ReviewScreen(self._actions, self._wanted))

    def _fatal_error(self) -> None:
        """A fault ends the review. Textual would print the values of all variables, words of sources among them."""
        self._close_messages_no_wait()

    async def _shutdown(self) -> None:
        """Ends the review. Whoever still reads ends first: Textual would take away what they show it on, piece by piece."""
        for screen in self.screen_stack:
            if isinstance(screen, ReviewScreen):
                # A timer may yet start another.
                screen.is_over = True
        self.workers.cancel_all()
        await super()._shutdown()

    async def action_quit(self) -> None:
        self.exit("done")

    def action_interrupt(self) -> None:
        self.exit("interrupted")


def run_review(actions: Actions, wanted: str = "") -> Ending:
    """Runs the review on this terminal until somebody ends it; the terminal is as it was before then."""
    app = Review(actions, wanted)
    ending = asyncio.run(_until_ended(app))
    if app._exception is not None:
        raise app._exception
    return ending or "done"


async def _until_ended(app: Review) -> Ending | None:
    with _ends_with(app, signal.SIGTERM), _ends_with(app, signal.SIGHUP):
        return await app.run_async()


@contextmanager
def _ends_with(app: Review, number: signal.Signals) -> Iterator[None]:
    """A signal that would end the program ends the review first: nobody is left with a terminal that shows nothing they type."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(number, lambda: app.exit("terminated"))
    try:
        yield
    finally:
        loop.remove_signal_handler(number)
