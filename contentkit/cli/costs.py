"""What threads cost on the accounts of a project, where their network bills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.models import Account, Rendition
    from contentkit.prices import Cost
    from contentkit.publishing.publications import Publication


def cost_on(project: Project, rendition: Rendition) -> Cost | None:
    """What the thread will cost on its account; None where the network bills nothing."""
    platform = project.platform(rendition.account)
    if platform.prices is None:
        return None
    from contentkit.prices import cost_of

    return cost_of(rendition, platform.prices, platform.links)


def cost_of_parts(project: Project, account: Account, rows: Sequence[Publication]) -> Cost | None:
    """What these parts will cost as they were approved; None where the network bills nothing."""
    platform = project.platform(account)
    if platform.prices is None:
        return None
    from contentkit.prices import Cost, cost_of_part

    alts = [[media.alt for media in row.media] for row in rows]
    parts = (cost_of_part(row.text, its, platform.prices, platform.links) for row, its in zip(rows, alts, strict=True))
    return Cost(parts=tuple(parts), prices=platform.prices)
