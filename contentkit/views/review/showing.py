"""What stands on the screen of the review. Words from outside are shown letter by letter, never as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from contentkit.models import Part, Problem
from contentkit.text import in_one_line, one_line, printable
from contentkit.values import dataclass
from contentkit.views.problems import problem_text
from contentkit.views.review.values import Change, Dossier, Ground, Item
from contentkit.views.threads import NOTHING, Preview, framed, heading, part_frame

# No line of a post is easier to read when it is longer; and a frame needs some room for itself.
_WIDEST, _NARROWEST = 80, 16
_LONGEST_LINE = 600
_LONGEST_CHANGE = 400
_CHANGES = {"out": "red", "in": "green"}
_STATES = {"holds": "green", "there": "", "moved": "yellow"}


def item_text(item: Item, width: int) -> Text:
    """An entry in the list: its name, below it when and how it stands."""
    text = Text(
        one_line(framed(item.entry), width), style="bold" if item.waits else "", no_wrap=True, overflow="ellipsis"
    )
    return text.append(f"\n {in_one_line(item.when)} · ", style="not bold dim").append(
        in_one_line(item.standing), style="not bold yellow" if item.waits else "not bold dim"
    )


def head_view(dossier: Dossier) -> RenderableType:
    """What holds for the whole entry: when, how it stands, what changed, what is in the way."""
    return Group(*_head(dossier))


def _head(dossier: Dossier) -> Iterator[RenderableType]:
    yield Text(framed(in_one_line(dossier.heading)), style="bold", overflow="fold")
    for sentence in dossier.standing:
        yield Text(framed(in_one_line(sentence)), overflow="fold")
    if dossier.changed:
        yield Text("Changed since the last approval:", style="bold")
        yield from (_change(line) for line in dossier.changed)
    yield from (Text(f"In the way: {in_one_line(one)}", style="bold red", overflow="fold") for one in dossier.obstacles)
    yield from findings(dossier.problems_of_all)


def _change(line: Change) -> Padding:
    text = Text(overflow="fold")
    for kind, words in line:
        text.append(framed(printable(words)), style=_CHANGES.get(kind, ""))
    return Padding(text, (0, 0, 0, 2))


def account_view(dossier: Dossier, which: int) -> RenderableType:
    """Whose thread stands below, and how to come to the next account."""
    shown = heading(dossier.previews[which])
    if len(dossier.previews) > 1:
        shown = f"Account {which + 1} of {len(dossier.previews)} (Tab: next): {shown}"
    if not dossier.previews[which].rendition.parts:
        shown += f"\n{NOTHING}"
    return Group(Text(framed(shown), style="bold cyan", overflow="fold"))


@dataclass(frozen=True)
class PartView:
    """A part in its frame as it will look, and what was found in its post below the last part of that."""

    dossier: Dossier
    which: int
    index: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        preview = self.dossier.previews[self.which]
        yield part_frame(preview, self.index, max(min(options.max_width, _WIDEST), _NARROWEST))
        part = preview.rendition.parts[self.index]
        if _ends_its_post(preview, self.index):
            yield from _below(self.dossier, part, preview.rendition.account.name)


def _ends_its_post(preview: Preview, index: int) -> bool:
    parts = preview.rendition.parts
    return index + 1 == len(parts) or parts[index + 1].post != parts[index].post


def _below(dossier: Dossier, part: Part, account: str) -> Iterator[RenderableType]:
    yield from findings(dossier.problems_at(part, account))
    for waiver in dossier.posts[part.post].waivers:
        words = f" “{one_line(waiver.words, 60)}”" if waiver.words else ""
        told = f"waived {waiver.check}{words} by {one_line(waiver.by, 60)}: {one_line(waiver.reason, _LONGEST_CHANGE)}"
        yield Padding(Text(framed(told), style="green", overflow="fold"), (0, 0, 0, 2))


def findings(problems: Sequence[Problem]) -> Iterator[RenderableType]:
    """Findings, each with what would mend it."""
    yield from (Padding(problem_text(problem), (0, 0, 0, 2)) for problem in problems)


def grounds_view(dossier: Dossier, post: int) -> RenderableType:
    """What a post rests on: the lines that it points at, marked, among those around them."""
    grounds = dossier.grounds[post] if post < len(dossier.grounds) else ()
    if not grounds:
        return Text(f"Post {post + 1} rests on nothing.", style="yellow")
    return Group(*(line for ground in grounds for line in _ground(post, ground)))


def _ground(post: int, ground: Ground) -> Iterator[Text]:
    title = Text(f"Post {post + 1}: ", overflow="fold").append(in_one_line(ground.evidence.place), style="cyan")
    yield title.append(f" · {in_one_line(ground.state)}", style=_STATES.get(ground.state.split()[0], "bold red"))
    for number, words in ground.lines:
        is_cited = ground.first <= number <= ground.last
        # Lines around it are there to tell where one is: their beginnings do.
        how = {"overflow": "fold"} if is_cited else {"no_wrap": True, "overflow": "ellipsis"}
        text = Text(f"{'>' if is_cited else ' '}{number:>4} ", style="bold" if is_cited else "dim", **how)
        yield text.append(framed(one_line(words, _LONGEST_LINE)))


def whole_view(dossier: Dossier, which: int) -> RenderableType:
    """Everything of an entry on one account, one below the other, to be read at leisure."""
    return Group(*_whole(dossier, which))


def _whole(dossier: Dossier, which: int) -> Iterator[RenderableType]:
    yield head_view(dossier)
    yield from (Text(in_one_line(remark), overflow="fold") for remark in dossier.remarks)
    if not dossier.previews:
        return
    yield account_view(dossier, which)
    for index, part in enumerate(dossier.previews[which].rendition.parts):
        yield PartView(dossier, which, index)
        if _ends_its_post(dossier.previews[which], index):
            yield Padding(grounds_view(dossier, part.post), (0, 0, 1, 2))
