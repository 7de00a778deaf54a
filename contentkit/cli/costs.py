"""What threads cost on the accounts of a project, where their network bills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Rendition
    from contentkit.prices import Cost


def cost_on(project: Project, rendition: Rendition) -> Cost | None:
    """What the thread will cost on its account; None where the network bills nothing."""
    platform = project.platform(rendition.account)
    if platform.prices is None:
        return None
    from contentkit.prices import cost_of

    return cost_of(rendition, platform.prices, platform.links)
