"""``contentkit voice``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Person


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show whose voice was learnt, and where their cards are.

    A voice is how one founder writes: a card in voices/ that you read and edit, learnt from their own posts.

    \b
    contentkit voice
    contentkit voice learn odile ~/Downloads/twitter-2026-11-20.zip
    contentkit voice score drafts/call.md
    contentkit voice rules odile
    """
    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.views.voices import HEADINGS, cells, voices_table

    project = open_project()
    found = [one for person in project.people.values() if (one := _about(project, person))]
    if as_json:
        show_json(found)
    elif found:
        rows = [cells(one) for one in found]
        show_rows([HEADINGS, *rows], lambda: voices_table(rows))
    else:
        say("No voice was learnt yet: contentkit voice learn NAME PATH, NAME being somebody of people.yaml")


def _about(project: Project, person: Person) -> dict[str, Any] | None:
    from contentkit.drafting.voice.loading import voice_in
    from contentkit.people import places_of

    voice = voice_in(project.root, person)
    if voice is None:
        return None
    learnt = voice.written.learnt
    return {
        "founder": person.name,
        "name": voice.name,
        "card": places_of(person)[0],
        "language": voice.language if learnt else "",
        "posts": learnt.posts if learnt else 0,
        "last": learnt.last if learnt else None,
        "examples": len(voice.posts),
        "never": len(voice.written.never),
        "rules": len(voice.written.rules),
    }
