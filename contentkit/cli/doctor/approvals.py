"""What doctor looks at of this machine's rules for approvals: whose count, and whether they could."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.cli.approving.policies import policy_of
from contentkit.cli.approving.statements import is_principal
from contentkit.cli.git import NoGit
from contentkit.cli.project import Project
from contentkit.settings.approval_rules import ApprovalPolicy
from contentkit.settings.machine import MACHINE_NAME
from contentkit.views.doctor import Finding, error, fine, warning

_WHAT = "whose approval counts"


def look_at_policy(project: Project) -> Iterator[Finding]:
    """Nothing where approvals are given on this machine by anybody. Raises ContentkitError for what cannot be trusted."""
    policy = policy_of(project)
    if policy.trust == "signed":
        yield from _about_signers(project, policy)
    elif policy.trust == "branch":
        yield from _about_branch(project, policy)
    elif policy.rules:
        yield fine(_WHAT, "given on this machine, by whom the rules ask for; who they are is what they say")


def _about_signers(project: Project, policy: ApprovalPolicy) -> Iterator[Finding]:
    from contentkit.cli.approving.signers import load_signers

    signers = load_signers(policy, project.root)
    asked = {name for rule in policy.rules for name in rule.by if rule.project in ("", project.config.project)}
    unknown = sorted(asked - signers.principals)
    if unknown:
        what = f"no key of {', '.join(unknown)} is in {signers.path}, and the rules of {MACHINE_NAME} ask for it"
        yield warning(_WHAT, what, "add a line with their key, or name them as that file does")
    if strange := sorted(name for name in signers.principals if not is_principal(name)):
        yield warning(_WHAT, f"nobody can sign as {', '.join(strange)}", "name people as in ana@example.org")
    if not signers.principals:
        yield error(_WHAT, f"{signers.path} names nobody", "write lines such as: ana@example.org ssh-ed25519 AAAA…")
    elif not unknown:
        yield fine(_WHAT, f"signed by {len(signers.principals)} known to {signers.path}")


def _about_branch(project: Project, policy: ApprovalPolicy) -> Iterator[Finding]:
    from contentkit.cli.approving.branch import merged

    try:
        there = merged(project.root, policy.branch)
    except NoGit as problem:
        yield error(_WHAT, f"nothing can be approved: {problem}", f"clone the project, or mend {MACHINE_NAME}")
        return
    yield fine(_WHAT, f"what is on {there.name}; who merged it, contentkit cannot know")
