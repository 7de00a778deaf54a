"""Finding a drafter by its entry point. The built-in ones are found the same way as a stranger's.

An entry point of the group ``contentkit.drafters`` names a function that takes the project's drafter settings, the key
(empty when none is configured) and what is off the record, and returns a Drafter. Nothing heavy is imported before a
drafter is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from contentkit import plugins
from contentkit.config import CONFIG_NAME, DrafterSettings
from contentkit.drafting import Drafter
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.forbidden import Forbidden
from contentkit.strict_yaml import nearest

GROUP = "contentkit.drafters"


def load_drafter(settings: DrafterSettings, environment: Mapping[str, str], off_record: Forbidden) -> Drafter:
    """The drafter that the settings name. The key is the only thing read from the environment.

    ``off_record`` is what was said off the record: a drafter that talks to a server refuses to
    send text that repeats it, should any have slipped past the reader.

    Raises UsageError when no such drafter is installed, ContentError when it cannot be loaded, StateError when its key
    is not in the environment.
    """
    installed = plugins.installed(GROUP)
    if settings.name not in installed:
        raise UsageError(f"no drafter '{settings.name}' is installed", hint=nearest(settings.name, installed))
    key = environment.get(settings.key_variable, "") if settings.key_variable else ""
    if settings.key_variable and not key and settings.name != "extractive":
        raise StateError(
            f"the drafter's key is not in the environment: {settings.key_variable} is empty",
            hint="export it, or draft offline",
        )
    return cast("Drafter", plugins.load(installed[settings.name])(settings, key, off_record))


def extractive(settings: DrafterSettings, key: str, off_record: Forbidden) -> Drafter:  # noqa: ARG001 - as the others
    """The offline drafter: it sends nothing, and reads nothing but the source."""
    from contentkit.drafting.extractive import ExtractiveDrafter

    return ExtractiveDrafter()


def openai(settings: DrafterSettings, key: str, off_record: Forbidden) -> Drafter:
    """The drafter that talks to an OpenAI-compatible server. Raises ContentError when the settings do not say which."""
    from contentkit.drafting.extractive import ExtractiveDrafter
    from contentkit.drafting.model import ModelDrafter

    if not settings.base_url or not settings.model:
        raise ContentError(
            f"{CONFIG_NAME}: [drafter] does not say where the model is",
            hint='add base_url = "https://…/v1" and model = "…"',
        )
    return ModelDrafter(
        base_url=settings.base_url,
        model=settings.model,
        api_key=key,
        timeout=settings.timeout.total_seconds(),
        retries=settings.retries,
        forbidden=off_record,
        fallback=ExtractiveDrafter(),
    )
