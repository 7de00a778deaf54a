"""The review ends in the middle of anything without a fault."""

from __future__ import annotations

import asyncio
import time

import pytest

from contentkit.cli.project import Project
from contentkit.cli.reviewing.desk import Desk
from contentkit.cli.reviewing.items import Wanted
from contentkit.config import load_config
from contentkit.views.review.app import Review
from contentkit.views.review.panes import Listing
from contentkit.views.review.screen import ReviewScreen
from contentkit.views.review.values import Dossier
from tests.cli.shell import Shell
from tests.views.review.driven import Driven, StillClock


class LateDesk(Desk):
    """A desk that says what has to be mended only once the review is ending, and so many seconds after."""

    app: Review
    seconds = 0.0

    def to_mend(self, entry: str) -> int:
        deadline = time.monotonic() + 10
        while self.app.is_running and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(self.seconds)
        return len(entry)


@pytest.mark.parametrize("moment", range(12))
def test_what_is_still_read_when_the_review_ends_is_shown_nowhere(shell: Shell, moment: int) -> None:
    project = Project(shell.project, load_config(shell.project), shell.environment())
    desk = LateDesk(project, Wanted(), "Ana Torres", StillClock())
    desk.seconds = moment / 2000

    async def run() -> None:
        desk.app = Review(desk)
        async with desk.app.run_test(size=(120, 40)) as pilot:
            await Driven(pilot).see("2 of 2 to approve")

    asyncio.run(run())
    assert desk.app._exception is None


class AskedDesk(Desk):
    """A desk that knows of which entries it was asked."""

    asked: tuple[str, ...] = ()

    def dossier(self, entry: str) -> Dossier:
        self.asked = (*self.asked, entry)
        return super().dossier(entry)


def test_a_timer_that_runs_out_while_the_review_ends_reads_nothing(shell: Shell) -> None:
    project = Project(shell.project, load_config(shell.project), shell.environment())
    desk = AskedDesk(project, Wanted(), "Ana Torres", StillClock())

    async def run() -> None:
        app = Review(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await Driven(pilot).see("2 of 2 to approve")
            screen = app.screen
            assert isinstance(screen, ReviewScreen)
            while screen.is_reading:
                await pilot.pause(0.01)
            screen.is_over = True
            before = desk.asked
            screen.on_listing_shown(Listing.Shown(desk.items()[0]))
            await pilot.pause(0.2)
            assert desk.asked == before

    asyncio.run(run())
