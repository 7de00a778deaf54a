"""``contentkit voice score``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.drafting.voice.loading import LearntVoice
    from contentkit.models import Draft


def command(
    name: Annotated[str, typer.Argument(metavar="DRAFT", help="A draft, by its path or its name.")],
    founder: Annotated[str, typer.Option(metavar="NAME", help="Whose voice; the draft's founder when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how much a draft is like its founder's earlier posts, and what makes it less so.

    A number from 0 to 1 for the draft and for each post: likeness in manner (lengths, marks, little words), whatever the
    subject, against a background of other authors. It is no proof of who wrote something, and it stops nothing.

    \b
    contentkit voice score drafts/call.md
    contentkit voice score call --founder odile
    contentkit voice score call --json | jq .likeness
    """
    from contentkit.cli.output import say, show_json, show_sentences
    from contentkit.cli.project import drafts_named, open_project
    from contentkit.drafting.voice.likeness import likeness_of
    from contentkit.views.voices import likeness_lines, likeness_note

    project = open_project()
    [draft] = drafts_named(project, [name])
    voice = _voice(project, draft, founder)
    found = likeness_of(draft.path, [(post.line, post.text) for post in draft.posts if post.text.strip()], voice)
    if as_json:
        show_json(found)
    else:
        show_sentences(*likeness_lines(found))
        say(likeness_note(found))


def _voice(project: Project, draft: Draft, founder: str) -> LearntVoice:
    """Raises UsageError where it is not told whose voice it should be, or that was never learnt."""
    from contentkit.drafting.voice.loading import founder_of, voice_of
    from contentkit.errors import UsageError

    asked = founder or draft.founder
    who = founder_of(project.root, project.people, asked)
    voice = voice_of(project.root, project.people, who) if who else None
    if voice:
        return voice
    if who:
        raise UsageError(f"nobody learnt the voice of '{who}' yet", hint=f"contentkit voice learn {who} PATH")
    raise UsageError(
        f"{draft.path}: does not say whose voice it is in", hint="add --founder NAME, or 'founder: NAME' to the draft"
    )
