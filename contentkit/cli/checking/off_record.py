"""What was said off the record anywhere that this machine knows of, for comparing a draft with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.forbidden import Forbidden
    from contentkit.models import Problem, Source


def off_record_in(project: Project, sources: Mapping[str, Source]) -> tuple[Forbidden, list[str], list[Problem]]:
    """What was said off the record in any raw file and not on it in these sources, and the sources of which nobody here can
    tell all of it; and that raw files were left out, where they were."""
    from contentkit.checks.leaks import uncompared

    elsewhere = project.off_record_elsewhere(sources)
    forbidden, unknown = elsewhere.forbidden.without(_lines_of(sources)), []
    for name in sources:
        said = project.off_record(name)
        forbidden |= said.forbidden.without(_lines_of({other: sources[other] for other in sources if other != name}))
        if not said.whole:
            unknown.append(name)
    return forbidden, unknown, [uncompared(elsewhere.left)] if elsewhere.left else []


def _lines_of(sources: Mapping[str, Source]) -> str:
    return "\n".join(line for source in sources.values() for line in source.lines)
