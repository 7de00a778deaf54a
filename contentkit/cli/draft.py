"""``contentkit draft``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.model_work import Cache


def command(
    words: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="A note, a transcript or a post: a file, an address, or -."),
    ],
    speaker: Annotated[str, typer.Option(metavar="NAME", help="Whose words of a transcript to draft from.")] = "",
    posts: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=25, help="How many; as many as it carries when left out.")
    ] = None,
    angle: Annotated[str, typer.Option(metavar="WORDS", help="What the thread is to be about; never published.")] = "",
    stories: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=9, help="Several threads of one source, the best first.")
    ] = None,
    platform: Annotated[
        str,
        typer.Option(metavar="NAME", help="Cut to size for this platform or account; for the narrowest when left out."),
    ] = "",
    link: Annotated[
        str, typer.Option(metavar="URL", help="Where the thread ends; the post's own address when left out.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="CODE", help="As in en or es; the source's when left out.")] = "",
    founder: Annotated[str, typer.Option(metavar="NAME", help="In whose name, as people.yaml has it.")] = "",
    slug: Annotated[str, typer.Option(metavar="NAME", help="The draft's file name; the title's when left out.")] = "",
    drafter: Annotated[str, typer.Option(metavar="NAME", help="As in contentkit.toml when left out.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Draft anew what there is, by the draft's name or its source's.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Ask the model again, whatever it answered before.")
    ] = False,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what would be sent to the model, and send nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the draft as JSON.")] = False,
) -> None:
    """Draft a thread from a note, a transcript or a post.

    Writes drafts/<slug>.md, in which each post names the lines it rests on, and shows the thread with its counts.
    Works without a project too.

    With --again a draft is drafted anew from its source as it is today, and as it was asked for. Posts that nobody touched are
    replaced; what people edited, added, deleted or noted stays as it is.

    \b
    contentkit draft notes/call.md
    contentkit draft interview.docx --speaker "Ana Torres" --posts 5
    contentkit draft interview.vtt --speaker "Ana Torres" --stories 3
    contentkit draft https://example.org/blog/post notes/call.md --platform x
    contentkit draft drafts/call.md --again
    """
    from contentkit.cli.drafting.drafters import settings_for
    from contentkit.cli.drafting.fresh import draft_fresh, job_of, tell_prompt
    from contentkit.cli.drafting.wish import Wish, refuse_impossible
    from contentkit.cli.project import project_or_folder

    project = project_or_folder()
    wish = Wish(
        posts=posts,
        speaker=speaker,
        angle=angle,
        platform=platform,
        link=link,
        language=language,
        founder=founder,
        slug=slug,
    )
    refuse_impossible(wish)
    settings = settings_for(project, drafter, unasked=show_prompt)
    cache: Cache = "none" if no_cache or show_prompt else "kept"
    if again:
        from contentkit.cli.drafting.anew import draft_again, refuse_beside_again

        refuse_beside_again(
            slug=slug, stories=stories, link=link, language=language, founder=founder, show_prompt=show_prompt
        )
        draft_again(project, words, wish, settings, cache=cache, as_json=as_json)
        return
    job = job_of(project, words, wish, settings, cache=cache)
    if show_prompt:
        tell_prompt(job)
    elif stories:
        from contentkit.cli.drafting.stories import draft_stories

        draft_stories(job, stories, as_json=as_json)
    else:
        draft_fresh(job, as_json=as_json)
