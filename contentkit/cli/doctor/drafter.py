"""What doctor looks at of the drafter."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from contentkit.cli.project import Project
from contentkit.config import DrafterSettings
from contentkit.drafting.loading import GROUP, OFFLINE, refuse_strange_server
from contentkit.drafting.modelling.answers import answers_folder
from contentkit.errors import StateError
from contentkit.money.prices import dollars
from contentkit.places import cache_folder
from contentkit.plugins import installed
from contentkit.strict_yaml import nearest
from contentkit.views.doctor import Finding, error, fine


def look_at_drafter(project: Project) -> Iterator[Finding]:
    """The drafter that the settings name, as far as it can be known without starting it."""
    settings = project.config.drafter
    names = installed(GROUP)
    try:
        refuse_strange_server(settings, project.environment)
    except StateError as problem:
        yield error("drafter", problem.message, " ".join(problem.hint.split()))
        return
    if settings.name not in names:
        yield error("drafter", f"no drafter '{settings.name}' is installed", nearest(settings.name, names))
    elif settings.name == "openai" and find_spec("openai") is None:
        yield error("drafter", "'openai' needs an extra", "install contentkit[model]")
    elif settings.key_variable and not project.environment.get(settings.key_variable):
        yield fine("drafter", f"'{settings.name}'; its key is not in this shell: 'draft' needs {settings.key_variable}")
    else:
        yield fine("drafter", f"'{settings.name}'{_limits(settings)}")
    yield from _look_at_answers(project)


def _limits(settings: DrafterSettings) -> str:
    """What one draft may take of a model, in words; nothing for the offline drafter."""
    if settings.name == OFFLINE:
        return ""
    cost = f" and {dollars(settings.max_cost)}" if settings.max_cost is not None else ""
    return f"; a draft may take {settings.max_tokens:,} tokens{cost}"


def _look_at_answers(project: Project) -> Iterator[Finding]:
    """The folder in which answers of models are kept, where there is one."""
    folder = cache_folder(project.environment) / "contentkit" / "answers"
    if project.config.drafter.name == OFFLINE or not folder.exists():
        return
    try:
        answers_folder(cache_folder(project.environment), project.root)
    except StateError as problem:
        yield error("drafter", problem.message, " ".join(problem.hint.split()))
