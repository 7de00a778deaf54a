"""For which account a thread is cut to size, and in whose name it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.cli.drafting.wish import Wish
from contentkit.errors import UsageError
from contentkit.models import Account
from contentkit.platforms.loading import nearest_platform, platform_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contentkit.cli.project import Project

# Mastodon's own limits, where the project has no account yet.
_ANYWHERE = Account(name="mastodon", platform="mastodon")


def account_for(project: Project, wish: Wish, founder: str) -> Account:
    """The account with the least room among those that are meant: what fits there fits on all of them.

    Meant is the account or the platform that ``--platform`` names, else the founder's accounts, else all. Raises UsageError
    for a name that is neither.
    """
    accounts = project.config.accounts
    if not wish.platform:
        return _narrowest(project, accounts_of(project, founder) or accounts)
    if wish.platform in accounts:
        return project.account(wish.platform)
    platforms = platform_names()
    if wish.platform not in platforms:
        hint = nearest_platform(wish.platform, [*accounts, *platforms])
        raise UsageError(f"'{wish.platform}' is no platform and no account", hint=hint)
    there = [name for name, account in accounts.items() if account.platform == wish.platform]
    usual = Account(name=wish.platform, platform=wish.platform)
    return _narrowest(project, there) if there else usual.where_usual(project.platform(usual).limits)


def accounts_of(project: Project, founder: str) -> tuple[str, ...]:
    """The accounts where a founder's threads go unless somebody says otherwise; none where nobody set any."""
    person = project.people.get(founder)
    return person.founder.accounts if person and person.founder else ()


def founder_for(project: Project, wish: Wish) -> str:
    """In whose name the thread speaks: who was named, else the founder whose turns are drafted from, else the only one with
    a voice; empty where that is nobody."""
    from contentkit.drafting.voice.loading import founder_of

    if wish.founder or not wish.speaker:
        return founder_of(project.root, project.people, wish.founder)
    name = " ".join(wish.speaker.casefold().split())
    known = ((key, person) for key, person in project.people.items() if person.founder)
    return next((key for key, person in known if name == person.display.casefold()), "")


def _narrowest(project: Project, names: Iterable[str]) -> Account:
    return min(map(project.account, names), key=lambda account: account.limits.characters, default=_ANYWHERE)
