"""The questions of the review: yes or no, a line of words, one of several; and pages to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from contentkit.values import dataclass

_SCROLLING = (
    Binding("up,k", "scroll(-1)", show=False, priority=True),
    Binding("down,j", "scroll(1)", show=False, priority=True),
    Binding("pageup", "page(-1)", show=False, priority=True),
    Binding("pagedown,space", "page(1)", show=False, priority=True),
)


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and whether they meant it: of a line that was left with Escape the words are kept."""

    words: str
    is_meant: bool


class Confirmation(ModalScreen[bool]):
    """Asks once, with a sentence that says exactly what. Only ``y`` means yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False, priority=True),
        Binding("n,escape,q,ctrl+c", "answer(False)", show=False, priority=True),
        *_SCROLLING,
    ]

    def __init__(self, question: str, remarks: Sequence[str] = ()) -> None:
        super().__init__()
        self._shown = Group(*(Text(one, overflow="fold") for one in (*remarks, *([""] if remarks else []))))
        self._question = Text(f"{question}\n\n", style="bold", overflow="fold").append("y yes   n no", style="reverse")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(can_focus=False):
                yield Static(self._shown)
            yield Static(self._question)

    def action_answer(self, said: bool) -> None:
        self.dismiss(said)

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=pages * max(scroll.size.height - 1, 1), animate=False)


class Line(ModalScreen[Typed]):
    """Asks for a line of words; ``begun`` is what was typed before."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+c", "leave", show=False, priority=True)]

    def __init__(self, question: str, example: str, begun: str = "") -> None:
        super().__init__()
        self._question, self._example, self._begun = question, example, begun

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._question, style="bold", overflow="fold"))
            yield Static(Text(self._example, style="dim", overflow="fold"))
            yield Input(self._begun, select_on_focus=False)
            yield Static(Text("Enter: do it   Escape: leave it", style="reverse"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(Typed(" ".join(event.value.split()), is_meant=True))

    def action_leave(self) -> None:
        self.dismiss(Typed(self.query_one(Input).value, is_meant=False))


class Choice(ModalScreen[int | None]):
    """Asks for one of several; None when somebody wants none of them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,ctrl+c", "leave", show=False, priority=True)]

    def __init__(self, question: str, choices: Sequence[Text]) -> None:
        super().__init__()
        self._question, self._choices = question, choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._question, style="bold", overflow="fold"))
            yield OptionList(*self._options(), compact=True)
            yield Static(Text("Arrows and Enter: this one   Escape: none", style="reverse"))

    def _options(self) -> Iterator[Option]:
        return (Option(choice) for choice in self._choices)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_leave(self) -> None:
        self.dismiss(None)


class Reading(Screen[None]):
    """A page to read from its beginning to its end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,ctrl+c", "leave", show=False, priority=True),
        Binding("home,g", "end(-1)", show=False, priority=True),
        Binding("end,G", "end(1)", show=False, priority=True),
        *_SCROLLING,
    ]

    def __init__(self, shown: RenderableType) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(self._shown)
        yield Static(Text("Arrows, Page Up, Page Down: read on   Escape: back", style="reverse"), classes="keys")

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=pages * max(scroll.size.height - 1, 1), animate=False)

    def action_end(self, way: int) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_to(y=scroll.max_scroll_y if way > 0 else 0, animate=False)
