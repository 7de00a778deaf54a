"""The drafter that the settings or the command line name, and what it would send."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.model_work import ModelWork
    from contentkit.cli.project import Project
    from contentkit.config import DrafterSettings
    from contentkit.drafting import Brief, Drafter
    from contentkit.forbidden import Forbidden
    from contentkit.models import Source


def settings_for(project: Project, name: str, *, unasked: bool) -> DrafterSettings:
    """The settings of the drafter of this name, else of the project's; of one that is not going to ask anybody.

    Raises StateError where its server is neither on this machine nor allowed by its user.
    """
    from contentkit.drafting.loading import refuse_strange_server

    settings = project.config.drafter
    settings = replace(settings, name=name or settings.name)
    settings = _unasked(settings) if unasked else settings
    refuse_strange_server(settings, project.environment)
    return settings


def is_offline(settings: DrafterSettings) -> bool:
    """Whether the drafter chooses sentences, and writes none."""
    from contentkit.drafting.loading import OFFLINE

    return settings.name == OFFLINE


def drafter_of(project: Project, settings: DrafterSettings, forbidden: Forbidden, work: ModelWork) -> Drafter:
    """The drafter itself, watched. Raises as ``load_drafter`` does."""
    from contentkit.drafting.loading import load_drafter
    from contentkit.drafting.withheld import Withheld

    withheld = Withheld(off_record=forbidden, confidential=project.confidential)
    return load_drafter(settings, project.environment, withheld, work.workshop)


def show_prompt(chosen: Drafter, source: Source, brief: Brief) -> None:
    """Prints what would be sent. Raises UsageError where the drafter does not tell it."""
    from contentkit.cli.output import show_lines
    from contentkit.drafting.loading import prompt_of
    from contentkit.errors import UsageError
    from contentkit.text import printable

    prompt = prompt_of(chosen, source, brief)
    if prompt is None:
        raise UsageError("this drafter tells no prompt", hint="the one that asks a model does: --drafter openai")
    show_lines(*printable(prompt).split("\n"))


def _unasked(settings: DrafterSettings) -> DrafterSettings:
    """The settings of a drafter that is not going to ask anybody: it needs no leave, no key and no server.

    Whoever wants to decide by looking must not have to allow it first. The address is of this machine, and nobody's.
    """
    return replace(settings, base_url="http://127.0.0.1:1/v1", model=settings.model or "none", key_variable="")
