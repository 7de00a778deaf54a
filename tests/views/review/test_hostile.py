"""Text from outside is shown as text, and a fault tells nothing of it."""

from __future__ import annotations

import unicodedata

import pytest

from contentkit.cli.reviewing.desk import Desk
from contentkit.views.review.values import Dossier
from tests.cli.shell import Shell, entry
from tests.views.review.conftest import LAUNCH
from tests.views.review.driven import Driven, desk_of, drive

EVIL = "[bold red]no[/] [@click=app.exit]x[/] \x1b[2J\x1b]0;t\x07 \u202egnirts\u202c \u200bze\u0301ro :smile: \x9b31m"


def evil_project(shell: Shell) -> None:
    words = "Every team we talked to had written the same scheduler."
    shell.write("drafts/launch.md", LAUNCH.replace(words, f"{words} {EVIL}"))
    note = (shell.project / "notes/call.md").read_text()
    shell.write("notes/call.md", note.replace(words, f"{words} {EVIL}"))
    shell.enter(entry("launch", at="2099-11-24 09:30", more='paused: "[blink]why[/] \\u202e"'))


def steers(text: str) -> list[str]:
    """The characters of a text that a terminal would obey, or that hide something."""
    return [one for one in text if unicodedata.category(one) in ("Cc", "Cf") and one != "\n"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_markup_and_escapes_are_shown_and_never_obeyed(shell: Shell, size: tuple[int, int]) -> None:
    evil_project(shell)

    async def steps(review: Driven) -> None:
        await review.see("[bold red]no[/]", "\\u{1b}[2J", "\\u{202e}gnirts", ":smile:", "[blink]why[/]")
        assert steers(review.text) == []
        await review.press("enter")
        await review.see("[bold red]no[/]", "Escape: back")
        assert steers(review.text) == []

    drive(desk_of(shell), steps, size=size)


def test_words_of_any_width_leave_the_list_where_it_is(shell: Shell) -> None:
    wide = "測試 🏳️‍🌈 👩🏽‍💻 🇲🇽 ｗｉｄｅ שלום ｆ"
    words = "We threw the queue away, and made each account a lane of its own."
    shell.write("drafts/launch.md", LAUNCH.replace(words, f"{words} {wide}"))

    async def steps(review: Driven) -> None:
        await review.see("測試")
        await review.rest()
        assert all(line[29] == "│" for line in review.text.splitlines()[1:10])

    drive(desk_of(shell), steps, size=(80, 24))


class Faulty(Desk):
    """A desk with a fault in the program behind it."""

    def dossier(self, entry: str) -> Dossier:
        secret = "what was said off the record"
        raise ZeroDivisionError(len(secret))


def test_a_fault_ends_the_review_and_shows_no_values(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    from contentkit.cli.reviewing.items import Wanted

    plain = desk_of(shell)
    desk = Faulty(plain._project, Wanted(), "Ana Torres", plain._clock)

    async def steps(review: Driven) -> None:
        while review.pilot.app.is_running and review.pilot.app._exception is None:
            await review.pilot.pause(0.02)

    with pytest.raises(Exception, match="ZeroDivisionError"):
        drive(desk, steps)
    shown = capsys.readouterr()
    assert "off the record" not in shown.out + shown.err


def test_what_is_off_the_record_in_a_source_is_not_among_the_lines(shell: Shell) -> None:
    note = (shell.project / "notes/call.md").read_text()
    said = "We threw the queue away, and made each account a lane of its own."
    shell.write(
        "notes/call.md", note.replace(said, f"[off the record] Acme is out of money. [on the record]\n\n{said}")
    )
    grounds = desk_of(shell).dossier("launch").grounds
    assert "Acme" not in repr(grounds)
