"""``contentkit redraft``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: its file, or its name.")],
    post: Annotated[int, typer.Option(metavar="NUMBER", min=1, help="Which post, the first being 1.")],
    choose: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Put this one in the place of the post.")
    ] = None,
    number: Annotated[int, typer.Option(metavar="NUMBER", min=1, max=9, help="How many to ask the drafter for.")] = 3,
    drafter: Annotated[str, typer.Option(metavar="NAME", help="As in contentkit.toml when left out.")] = "",
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Ask the model again, whatever it answered before.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show other words for a post, and put one of them in its place.

    Those that the draft has in its comments come first, then the drafter's, which are written there, too. Comments are never
    published. What is chosen takes the place of the post with its evidence; the words that stood there become a comment, so
    that nothing is lost.

    \b
    contentkit redraft drafts/launch.md --post 1
    contentkit redraft drafts/launch.md --post 1 --choose 2
    """
    from contentkit.cli.drafting.drafters import settings_for
    from contentkit.cli.drafting.redrafting import choose_words, offer_words, opened
    from contentkit.cli.project import project_or_folder

    page = opened(project_or_folder(), name, post)
    if choose is not None:
        choose_words(page, choose, as_json=as_json)
    else:
        settings = settings_for(page.project, drafter, unasked=False)
        offer_words(page, number, settings, cache="none" if no_cache else "kept", as_json=as_json)
