from __future__ import annotations

import pytest
from rich.console import Console

from contentkit.models import Alternative, Evidence, Post
from contentkit.views.alternatives import Offer, offer_cells, offers_view

CITED = (Evidence(source="notes/a.md", first=3, last=4, sha="3f9a61c2"),)
POST = Post(text="We threw the queue away.", evidence=CITED)


def offer(text: str, number: int = 1, *, is_new: bool = False) -> Offer:
    return Offer(number=number, alternative=Alternative(text=text, evidence=CITED), is_new=is_new)


def length(text: str) -> str:
    return f"{len(text)}/500"


def lines(*offers: Offer, width: int = 80) -> list[str]:
    console = Console(width=width, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(offers_view(POST, offers, length, width))
    return captured.get().splitlines()


def test_what_the_post_says_now_stands_above_what_it_could_say() -> None:
    assert lines(offer("A lane."), offer("One.\n\nTwo.", 2, is_new=True)) == [
        "    now, 24/500",
        "    We threw the queue away.",
        "    notes/a.md#L3-L4",
        "",
        "1   noted, 7/500",
        "    A lane.",
        "    notes/a.md#L3-L4",
        "",
        "2   new, 10/500",
        "    One.",
        "",
        "    Two.",
        "    notes/a.md#L3-L4",
    ]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, lines(offer("A lane for each account. " * 20), width=width))) <= width


def test_what_comes_from_outside_cannot_steer_the_terminal() -> None:
    shown = "\n".join(lines(offer("\x1b[2J[bold]red[/bold]\u202e")))
    assert "\x1b" not in shown
    assert "[bold]" in shown


def test_a_pipe_gets_the_whole_text_and_where_it_is_from() -> None:
    assert offer_cells(offer("One.\n\nTwo.", 2, is_new=True), length) == (
        "2",
        "10/500",
        "new",
        "One.\n\nTwo.",
        "notes/a.md#L3-L4",
    )
