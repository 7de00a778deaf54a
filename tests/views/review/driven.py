"""The review as somebody at the keyboard has it: a real project and journal behind it, the screen read as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from contentkit.cli.project import Project
from contentkit.cli.reviewing.desk import Desk
from contentkit.cli.reviewing.items import Wanted
from contentkit.clock import Clock, SystemClock
from contentkit.config import load_config
from contentkit.views.review.app import Ending, Review
from tests.cli.shell import Shell

# Far ahead: real commands work beside it, and to them these times must be still to come.
NOW = datetime(2099, 11, 23, 8, 0, tzinfo=UTC)


class StillClock(SystemClock):
    """A clock that stands: what is far away stays as far away on every screen."""

    def now(self) -> datetime:
        return NOW


class Driven:
    """A running review. ``text`` is what stands on its screen."""

    def __init__(self, pilot: Pilot[Ending]) -> None:
        self.pilot = pilot

    @property
    def text(self) -> str:
        strips = self.pilot.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def flat(self) -> str:
        """The screen with its lines in one: words that are looked for may stand on two of them."""
        return " ".join(self.text.replace("│", " ").replace("┃", " ").split())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, words: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in words))

    async def see(self, *words: str) -> None:
        """Waits until all of these stand on the screen."""
        deadline = time.monotonic() + 15
        while not all(one in self.flat for one in words):
            if fault := self.pilot.app._exception:
                raise fault
            if time.monotonic() > deadline:
                missing = [one for one in words if one not in self.flat]
                raise AssertionError(f"not on the screen: {missing}\n{self.text}")
            await self.pilot.pause(0.03)

    async def rest(self) -> None:
        """Waits until the screen stays as it is."""
        last, same = "", 0
        deadline = time.monotonic() + 15
        while same < 5 and time.monotonic() < deadline:
            await self.pilot.pause(0.05)
            same, last = (same + 1 if self.text == last else 0), self.text

    async def see_gone(self, words: str) -> None:
        deadline = time.monotonic() + 15
        while words in self.flat:
            assert time.monotonic() < deadline, f"still on the screen: {words}\n{self.text}"
            await self.pilot.pause(0.03)


def desk_of(shell: Shell, wanted: Wanted | None = None, clock: Clock | None = None) -> Desk:
    environment = shell.environment({"EDITOR": "false", "PAGER": "false"})
    project = Project(shell.project, load_config(shell.project), environment)
    return Desk(project, wanted or Wanted(), "Ana Torres", clock or StillClock())


def drive(
    desk: Desk, steps: Callable[[Driven], Awaitable[None]], *, size: tuple[int, int] = (120, 40), wanted: str = ""
) -> Ending | None:
    """Runs the review, does the steps, and returns how it was ended; None where it still runs then."""

    async def run() -> Ending | None:
        app = Review(desk, wanted)
        async with app.run_test(size=size) as pilot:
            await steps(Driven(pilot))
        return app.return_value

    return asyncio.run(run())


def screen_at(name: str) -> Path:
    """The file that keeps a screen."""
    return Path(__file__).parent / "screens" / f"{name}.txt"
