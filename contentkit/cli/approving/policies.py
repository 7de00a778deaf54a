"""Whose approvals count on this machine: read from ``machine.toml``, and never from the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.files import lies_below
from contentkit.machine import MACHINE_NAME, load_machine

if TYPE_CHECKING:
    from contentkit.approval_rules import ApprovalPolicy
    from contentkit.cli.project import Project


def policy_of(project: Project) -> ApprovalPolicy:
    """Raises ContentError for what ``machine.toml`` says, StateError for one that others, or a pull request, could write."""
    policy = load_machine(project.settings).approval
    if lies_below(project.settings / MACHINE_NAME, project.root) and (project.settings / MACHINE_NAME).exists():
        from contentkit.errors import StateError

        raise StateError(
            f"{project.settings / MACHINE_NAME}: lies inside of the project, where a pull request could change it",
            hint="set XDG_CONFIG_HOME to a folder outside of it",
        )
    return policy
