"""The keys of the review: what each does, and how the screen names them."""

from __future__ import annotations

from rich.text import Text
from textual.binding import Binding

HELP = """\
Up, Down (k, j)        another entry
Left, Right (h, l)     another post of the thread
Tab, Shift+Tab         another account
Page Up, Page Down     scroll the thread
Enter                  everything of the entry on one page

a   approve            exactly what is shown; asks first
p   pause, or unpause  with a reason
e   edit               the draft, in your editor
n   next slot          move it to the next free slot
m   move               move it to a time
w   waive              take a finding upon you, with a reason
o   open the source    of the selected post, where it is pointed at
/   filter             the list: words of name, account, founder, state
r   read again         (files that change are read again anyway)
q   quit               Ctrl-C does that, too

Nothing is changed unless you say so. A draft that is edited, moved or
waived after its approval has to be approved again.
"""

BINDINGS = (
    Binding("j", "pick(1)", show=False),
    Binding("k", "pick(-1)", show=False),
    Binding("right,l", "post(1)", show=False, priority=True),
    Binding("left,h", "post(-1)", show=False, priority=True),
    Binding("tab", "account(1)", show=False, priority=True),
    Binding("shift+tab", "account(-1)", show=False, priority=True),
    Binding("pagedown", "scroll_thread(1)", show=False, priority=True),
    Binding("pageup", "scroll_thread(-1)", show=False, priority=True),
    Binding("enter", "whole", show=False, priority=True),
    Binding("a", "approve", show=False),
    Binding("p", "pause", show=False),
    Binding("e", "edit", show=False),
    Binding("n", "next_slot", show=False),
    Binding("m", "move", show=False),
    Binding("w", "waive", show=False),
    Binding("o", "open_source", show=False),
    Binding("slash", "filter", show=False),
    Binding("escape", "clear_filter", show=False),
    Binding("r", "read_again", show=False),
    Binding("question_mark", "help", show=False),
    Binding("q", "app.quit", show=False),
    Binding("ctrl+c", "app.interrupt", show=False, priority=True),
)
_NAMED = "a approve|p {pause}|e edit|n next|m move|w waive|o source|/ filter|? help|q quit"


def keys_text(pause: str) -> Text:
    """The keys that change something, on one line of 80 columns; ``pause`` is what ``p`` does now."""
    text = Text(no_wrap=True, overflow="ellipsis")
    for pair in _NAMED.format(pause=pause).split("|"):
        key, _, word = pair.partition(" ")
        text.append(key, style="bold reverse").append(f" {word} ")
    return text
