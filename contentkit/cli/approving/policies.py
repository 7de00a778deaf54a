"""Whose approvals count, and what else this machine's user decided: read from ``machine.toml``, and never from the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.files import lies_below
from contentkit.settings.machine import MACHINE_NAME, load_machine

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.settings.approval_rules import ApprovalPolicy
    from contentkit.settings.machine import Machine


def policy_of(project: Project) -> ApprovalPolicy:
    """Whose approvals count. Raises ContentError and StateError as ``machine_of`` does."""
    return project.machine.approval


def machine_of(project: Project) -> Machine:
    """Raises ContentError for what ``machine.toml`` says, StateError for one that others, or a pull request, could write."""
    machine = load_machine(project.settings)
    if lies_below(project.settings / MACHINE_NAME, project.root) and (project.settings / MACHINE_NAME).exists():
        from contentkit.errors import StateError

        raise StateError(
            f"{project.settings / MACHINE_NAME}: lies inside of the project, where a pull request could change it",
            hint="set XDG_CONFIG_HOME to a folder outside of it",
        )
    return machine
