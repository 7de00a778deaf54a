"""``contentkit evidence``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.checks.beside import Beside, Cited
    from contentkit.cli.project import Project
    from contentkit.models import Draft


def command(
    names: Annotated[list[str], typer.Argument(metavar="DRAFT...", help="The drafts: their files, or their names.")],
    mend: Annotated[
        bool, typer.Option("--mend", help="Let the comments point at lines where they are now, where they only moved.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show each post beside the words that it rests on.

    With each passage: who said it, whether its lines still say that, and which words the post has from there. What the
    checks say of a post's support stands below it.

    Lines that only moved are found again by the hash in the comment, where it names one place. With --mend the
    comments say so, too; nothing else of the draft changes, and an approval of it stays.

    \b
    contentkit evidence drafts/launch.md
    contentkit evidence drafts/launch.md --mend
    """
    from contentkit.cli.output import show_json
    from contentkit.cli.project import drafts_named, open_project

    project = open_project()
    drafts = drafts_named(project, dict.fromkeys(names))
    if mend:
        drafts = _mended(project, drafts)
    told = [(draft, beside_in(project, draft)) for draft in drafts]
    if as_json:
        show_json([_plain(draft, posts) for draft, posts in told])
    else:
        _show(project, told)


def beside_in(project: Project, draft: Draft) -> list[Beside]:
    """The posts of a draft beside what they rest on, with what the checks find in them; where these fail, without."""
    from contentkit.checks.beside import beside
    from contentkit.cli.checking.examining import problems_of
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError

    sources = project.sources_of(draft)
    try:
        problems = problems_of(project, draft)
    except ContentkitError as error:
        say(f"{draft.path}: cannot be checked: {error.message}")
        problems = []
    return beside(draft, sources, problems, veil=project.confidential.veil)


def _mended(project: Project, drafts: Sequence[Draft]) -> list[Draft]:
    from contentkit.cli.anchoring import mend_draft
    from contentkit.cli.output import say

    count = 0
    for draft in drafts:
        moves = mend_draft(project, draft)
        say(*(f"{draft.path}: post {number}: {old} is {new} now" for number, old, new in moves))
        count += len(moves)
    if not count:
        say("No lines moved: nothing was written.")
    return [project.draft(draft.path) for draft in drafts]


def _show(project: Project, told: Sequence[tuple[Draft, Sequence[Beside]]]) -> None:
    """With fonts on a terminal, with signs where it has none or nobody wants them, and in a pipe."""
    from rich.text import Text

    from contentkit.cli.output import is_terminal, say, show, show_lines
    from contentkit.text import in_one_line
    from contentkit.views.evidence import LEGEND, LEGEND_OF_SIGNS, evidence_lines, evidence_view, has_marks

    fonts = is_terminal() and has_fonts()
    for place, (draft, posts) in enumerate(told):
        title = in_one_line(draft.path)
        if fonts:
            show(Text(f"\n{title}" if place else title, style="bold"))
            show(evidence_view(posts))
        else:
            show_lines(*([""] if place else []), title, *evidence_lines(posts))
    if any(has_marks(posts) for _, posts in told):
        say(LEGEND if fonts else LEGEND_OF_SIGNS)
    for draft, posts in told:
        _tell_moved(project, draft, posts)


def has_fonts() -> bool:
    """Whether words may be marked by how they look: a terminal that can, and nobody who asked for plain text."""
    import os

    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _tell_moved(project: Project, draft: Draft, posts: Sequence[Beside]) -> None:
    """What only moved, and how to point at it where it is."""
    import shlex

    from contentkit.cli.output import say
    from contentkit.cli.renaming import renamed_sources

    names = renamed_sources(project, draft)
    say(*(f"{draft.path}: {old} is called {new} now, as its words tell." for old, new in names.items()))
    moved = sum(one.state == "moved" for post in posts for one in post.cited)
    if moved:
        say(f"{draft.path}: {'one place' if moved == 1 else f'{moved} places'} moved.")
    if moved or names:
        say(f"Next: contentkit evidence {shlex.quote(draft.path)} --mend")


def _plain(draft: Draft, posts: Sequence[Beside]) -> dict[str, Any]:
    """A draft for programs: offsets count characters of the ``text`` beside them."""
    return {"draft": draft.path, "posts": [_plain_post(post) for post in posts]}


def _plain_post(post: Beside) -> dict[str, Any]:
    return {
        "post": post.number,
        "line": post.line,
        "text": post.text,
        "unsupported": post.alone,
        "evidence": [_plain_evidence(one) for one in post.cited],
        "elsewhere": [{"start": one.start, "end": one.end, "evidence": str(one.evidence)} for one in post.verbatim],
        "findings": post.found,
    }


def _plain_evidence(cited: Cited) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        **asdict(cited.evidence),
        "place": cited.evidence.place,
        "state": cited.state,
        "now": cited.now.place if cited.now else None,
        "several": cited.several,
        "passages": cited.said,
    }
