"""What is remembered of the drafter's own words for a draft, and of what it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.cli.drafting.wish import Wish

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.store.drafted import Drafted


def base_of(project: Project, slug: str) -> Drafted | None:
    """What was drafted last under this name; None where nothing is known of it. A look makes no database.

    Raises StateError for a database that cannot be read.
    """
    from contentkit.store.database import database_in, has_database
    from contentkit.store.drafted import last_drafted

    if not project.config.project or not has_database(project.root):
        return None
    with database_in(project.root) as database:
        return last_drafted(database, slug)


def words_of(project: Project, slug: str) -> frozenset[str]:
    """Every text that a drafter is known to have written for the draft of this name."""
    from contentkit.store.database import database_in, has_database
    from contentkit.store.drafted import words_drafted

    if not project.config.project or not has_database(project.root):
        return frozenset()
    with database_in(project.root) as database:
        return words_drafted(database, slug)


def wish_of(project: Project, base: Drafted) -> Wish:
    """What was asked for then, to be asked for again; without an account or a platform that is gone."""
    from contentkit.platforms.loading import platform_names

    asked = base.asked
    is_known = asked.platform in project.config.accounts or asked.platform in platform_names()
    return Wish(
        posts=asked.posts,
        speaker=asked.speaker,
        link=asked.link,
        language=asked.language,
        angle=asked.angle,
        platform=asked.platform if is_known else "",
    )
