"""Finding a drafter by its entry point. The built-in ones are found the same way as a stranger's.

An entry point of the group ``contentkit.drafters`` names a function that takes the project's drafter settings, the key
(empty when none is configured) and what must not be sent, and returns a Drafter. Nothing heavy is imported before a
drafter is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from contentkit import plugins
from contentkit.addresses import is_loopback
from contentkit.config import CONFIG_NAME, DrafterSettings
from contentkit.drafting import Brief, Drafter, Redrafts, TellsStories
from contentkit.drafting.opinions import Doubts
from contentkit.drafting.veiled import Veiled
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import NO_WORKSHOP, Works, Workshop
from contentkit.errors import ContentError, StateError, UsageError
from contentkit.hosts import place_of
from contentkit.models import Source
from contentkit.places import settings_folder
from contentkit.settings.machine import MACHINE_NAME, how_to_allow, load_machine
from contentkit.strict_yaml import nearest

if TYPE_CHECKING:
    from contentkit.drafting.modelling.allowance import Caps

GROUP = "contentkit.drafters"
OFFLINE = "extractive"


def load_drafter(
    settings: DrafterSettings, environment: Mapping[str, str], withheld: Withheld, workshop: Workshop = NO_WORKSHOP
) -> Drafter:
    """The drafter that the settings name, at work in this workshop. Of the environment it gets the key and nothing else.

    ``withheld`` is what must not be sent: the drafter is given sources without confidential names, and one that talks to
    a server refuses to send text that holds any of it, should some have slipped past the reader.

    Raises UsageError when no such drafter is installed, ContentError when it cannot be loaded, StateError when its key
    is not in the environment or this machine does not allow its server.
    """
    refuse_strange_server(settings, environment)
    installed = plugins.installed(GROUP)
    if settings.name not in installed:
        raise UsageError(f"no drafter '{settings.name}' is installed", hint=nearest(settings.name, installed))
    key = environment.get(settings.key_variable, "") if settings.key_variable else ""
    if settings.key_variable and not key and settings.name != OFFLINE:
        raise StateError(
            f"the drafter's key is not in the environment: {settings.key_variable} is empty",
            hint="export it, or draft offline",
        )
    drafter = cast("Drafter", plugins.load(installed[settings.name])(settings, key, withheld))
    drafter = drafter.within(workshop) if isinstance(drafter, Works) else drafter
    return Veiled(drafter, withheld.confidential) if withheld.confidential else drafter


def refuse_strange_server(settings: DrafterSettings, environment: Mapping[str, str]) -> None:
    """Raises StateError where the drafter's server is neither on this machine nor allowed by its user.

    ``contentkit.toml`` comes with git: whoever may change it must not choose where sources are sent to.
    """
    if settings.name == OFFLINE or not settings.base_url:
        return
    host, port = _server_of(settings.base_url)
    if is_loopback(host.strip("[]")):
        return
    place = settings_folder(environment) / MACHINE_NAME
    if {host, f"{host}:{port}"} & load_machine(place.parent).model_hosts:
        return
    raise StateError(
        f"{CONFIG_NAME}: [drafter] would send sources to {host}, which this machine does not allow",
        hint=f"if you trust it, {how_to_allow(place, 'models', host)}",
    )


def _server_of(address: str) -> tuple[str, int]:
    """The host and port that a client would connect to. Raises StateError where two clients could disagree."""
    try:
        parts = urlsplit(address)
        host, port = place_of(parts.netloc)
    except ValueError:
        host, port = "", None
    if not host or not address.isprintable() or any(sign in address for sign in "\\@ ") or address != address.strip():
        raise StateError(f"{CONFIG_NAME}: base_url of [drafter] is no address", hint='as in "https://example.org/v1"')
    return host, port or (443 if parts.scheme == "https" else 80)


def stories_of(drafter: Drafter) -> TellsStories | None:
    """The same drafter as one that finds several threads in a source; None where it cannot."""
    inner = drafter.drafter if isinstance(drafter, Veiled) else drafter
    return cast("TellsStories", drafter) if isinstance(inner, TellsStories) else None


def redrafts_of(drafter: Drafter) -> Redrafts | None:
    """The same drafter as one that offers other words for a post; None where it cannot."""
    inner = drafter.drafter if isinstance(drafter, Veiled) else drafter
    return cast("Redrafts", drafter) if isinstance(inner, Redrafts) else None


def doubts_of(drafter: Drafter) -> Doubts | None:
    """The same drafter as one that is asked for a second opinion; None where it cannot be.

    It is shown posts and sentences as they stand: one with a confidential name in it is passed over, not veiled.
    """
    inner = drafter.drafter if isinstance(drafter, Veiled) else drafter
    return inner if isinstance(inner, Doubts) else None


def prompt_of(drafter: Drafter, source: Source, brief: Brief) -> str | None:
    """What the drafter would say to a model, as text, request by request; None where it does not tell. Sends nothing.

    Raises ContentError.
    """
    if isinstance(drafter, Veiled):
        return prompt_of(drafter.drafter, drafter.confidential.wholly_veiled(source), brief)
    prompts = getattr(drafter, "prompts", None)
    if prompts is None:
        return None
    return as_text(prompts(source, brief))


def as_text(asked: Sequence[tuple[str, Sequence[Mapping[str, str]]]]) -> str:
    """What would be said to a model, request by request."""
    pieces = []
    for place, (heading, messages) in enumerate(asked, start=1):
        pieces.append(f"=== Request {place} of {len(asked)}: {heading} ===")
        pieces += [f"[{message['role']}]\n{message['content']}" for message in messages]
    return "\n\n".join(pieces)


def extractive(settings: DrafterSettings, key: str, withheld: Withheld) -> Drafter:  # noqa: ARG001 - as the others
    """The offline drafter: it sends nothing, and reads nothing but the source."""
    from contentkit.drafting.extractive import ExtractiveDrafter

    return ExtractiveDrafter()


def openai(settings: DrafterSettings, key: str, withheld: Withheld) -> Drafter:
    """The drafter that talks to an OpenAI-compatible server. Raises ContentError when the settings do not say which."""
    from contentkit.drafting.extractive import ExtractiveDrafter
    from contentkit.drafting.modelling.choosing import window_of
    from contentkit.drafting.modelling.drafter import ModelDrafter
    from contentkit.drafting.modelling.formats import ladder_of

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
        withheld=withheld,
        caps=_caps(settings),
        window=window_of(settings.context),
        ladder=ladder_of(settings.base_url, settings.model),
        fallback=ExtractiveDrafter(),
    )


def _caps(settings: DrafterSettings) -> Caps:
    from contentkit.drafting.modelling.allowance import Caps, Rates

    rates = None
    if settings.price_in is not None and settings.price_out is not None:
        rates = Rates(tokens_in=settings.price_in, tokens_out=settings.price_out)
    return Caps(tokens=settings.max_tokens, cost=settings.max_cost, rates=rates)
