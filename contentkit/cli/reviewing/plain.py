"""The review as questions, line by line: the same entries, the same verbs, no screen."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import typer

from contentkit.cli.output import say, show_lines, show_sentences
from contentkit.errors import ContentkitError, UsageError
from contentkit.text import one_line
from contentkit.views.review.lines import head_lines, rest_lines, thread_lines_of

if TYPE_CHECKING:
    from contentkit.views.review.actions import Actions
    from contentkit.views.review.values import Dossier, Item

_T = TypeVar("_T")
_HELP = (
    "a approve, p pause or unpause, e edit, n next slot, m move, w waive, o open a source, v view again,",
    "Enter the next entry, b the one before, ? help, q quit",
)


def walk(actions: Actions) -> None:
    """Goes through the entries, asks of each what to do, and does it. Raises typer.Abort where nobody answers any more."""
    items = list(actions.items())
    if not items:
        say("Nothing is on the calendar that is not out yet. Next: contentkit schedule DRAFT --at 'tomorrow 09:30'")
        return
    say(f"Review: {sum(one.waits for one in items)} of {len(items)} to approve. Type a letter, then Enter:", *_HELP)
    place = 0
    while 0 <= place < len(items):
        way = _Visit(actions, items[place], f"{place + 1} of {len(items)}").until_left()
        if way == 0:
            return
        place = max(place + way, 0)
    say("That was the last entry.")


class _Visit:
    """One entry, and what somebody does with it."""

    def __init__(self, actions: Actions, item: Item, where: str) -> None:
        self._actions, self._item, self._where = actions, item, where
        self._shown: Dossier | None = None
        self._verbs: dict[str, Callable[[Dossier], str]] = {
            "p": self._pause,
            "n": self._next_slot,
            "m": self._move,
            "w": self._waive,
            "o": self._open,
        }

    def until_left(self) -> int:
        """Returns 1 for the next entry, -1 for the one before, 0 for the end."""
        self._view()
        while True:
            said = _asked(f"{self._item.entry} ({self._where})").lower()
            match said:
                case "" | "b" | "q":
                    return {"": 1, "b": -1, "q": 0}[said]
                case "a":
                    if self._attempt(self._approve):
                        return 1
                case "v":
                    self._view()
                case "e":
                    self._edit()
                case _ if said in self._verbs:
                    self._attempt(self._verbs[said])
                case _:
                    say(*_HELP)

    # -- showing

    def _view(self) -> None:
        """Shows the entry as it is now."""
        try:
            self._shown = self._actions.dossier(self._item.entry)
        except ContentkitError as error:
            self._shown = None
            _tell(error)
        else:
            _show(self._shown)

    def _attempt(self, verb: Callable[[Dossier], str]) -> bool:
        """Does something with what was shown, and says what came of it; shows the entry again where it is another now."""
        if self._shown is None:
            say(f"{self._item.entry} cannot be shown: e edits it, v tries again.")
            return False
        try:
            told = verb(self._shown)
        except ContentkitError as error:
            _tell(error)
            told = ""
        if told:
            show_sentences(told)
        self._look_again()
        return bool(told)

    def _look_again(self) -> None:
        before = self._shown
        try:
            self._shown = self._actions.dossier(self._item.entry)
        except ContentkitError as error:
            self._shown = None
            _tell(error)
            return
        if before is None or before.mark != self._shown.mark:
            say("It is another one now:")
            _show(self._shown)

    # -- the verbs

    def _approve(self, shown: Dossier) -> str:
        if shown.obstacles:
            raise UsageError(f"{shown.entry} cannot be approved yet: {'; '.join(shown.obstacles)}")
        say(*shown.remarks)
        return self._actions.approve(shown) if typer.confirm(shown.question.rstrip("?"), err=True) else ""

    def _pause(self, shown: Dossier) -> str:
        if shown.is_paused:
            return self._actions.unpause(shown.entry)
        return self._actions.pause(shown.entry, _asked("Why? It may be left empty, and stands in the calendar"))

    def _next_slot(self, shown: Dossier) -> str:
        there = self._actions.next_slot(shown.entry)
        wanted = typer.confirm(f"Move {shown.entry} to {there.told}", err=True)
        return self._actions.move_to_slot(shown.entry, there) if wanted else ""

    def _move(self, shown: Dossier) -> str:
        when = _asked("To when? 2026-11-24 09:30, tomorrow 09:30, in 2 hours; empty leaves it")
        return self._actions.move(shown.entry, when) if when else ""

    def _waive(self, shown: Dossier) -> str:
        found = [one for one in shown.problems if self._actions.can_be_waived(one)]
        if not found:
            raise UsageError("nothing was found here that anybody could waive")
        problem = found[0] if len(found) == 1 else _one_of(found, [f"{one.check}: {one.message}" for one in found])
        if problem is None:
            return ""
        reason = _asked(f"Why is it fine ({problem.check}: {one_line(problem.message, 200)})? Empty waives nothing")
        return self._actions.waive(shown, problem, reason) if reason else ""

    def _open(self, shown: Dossier) -> str:
        cited = [ground.evidence for grounds in shown.grounds for ground in grounds]
        if not cited:
            raise UsageError("no post rests on anything that could be opened")
        one = cited[0] if len(cited) == 1 else _one_of(cited, [evidence.place for evidence in cited])
        if one:
            _run(self._actions.reader(one))
        return ""

    def _edit(self) -> None:
        try:
            _run(self._actions.editor(self._item.draft, 1))
        except ContentkitError as error:
            _tell(error)
        self._look_again()


def _show(dossier: Dossier) -> None:
    show_sentences("", *head_lines(dossier))
    show_lines(*thread_lines_of(dossier))
    show_sentences(*rest_lines(dossier), "")


def _asked(question: str) -> str:
    """What somebody types; empty where they only press Enter."""
    return " ".join(str(typer.prompt(one_line(question, 300), default="", show_default=False, err=True)).split())


def _one_of(things: Sequence[_T], names: Sequence[str]) -> _T | None:
    """The one whose number somebody types; None where that is none of them."""
    say(*(f"{number} {one_line(name, 300)}" for number, name in enumerate(names, 1)))
    number = _asked("Which number? Empty for none")
    return (
        things[int(number) - 1]
        if number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= len(things)
        else None
    )


def _run(command: Sequence[str]) -> None:
    """Lets another program have the terminal. Raises UsageError where it cannot be started."""
    try:
        subprocess.run(list(command), check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be started: {error.strerror}", hint="set EDITOR and PAGER") from None


def _tell(error: ContentkitError) -> None:
    say(error.message, *([f"  {error.hint}"] if error.hint else []))
