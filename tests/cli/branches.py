"""A project in git with a branch, for tests of ``check --changed``."""

from __future__ import annotations

from tests.cli.shell import DRAFT, Ran, Shell, entry

DUE = "2099-12-01 09:30"
EDITED = DRAFT.replace("Every team", "Every team of 250")


def git(shell: Shell, *words: str) -> str:
    """What git answers in the project's folder. Raises AssertionError where it fails."""
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "protocol.file.allow=always")
    ran = shell.at(shell.project).ran(["git", *identity, *words], {"GIT_CONFIG_NOSYSTEM": "1"})
    assert ran.code == 0, ran.err
    return ran.out.strip()


def commit(shell: Shell, *, words: str = "work") -> str:
    """Commits all that lies there; the commit."""
    git(shell, "add", "--all")
    git(shell, "commit", "--quiet", "--allow-empty", "--message", words)
    return git(shell, "rev-parse", "HEAD")


def branch_off(shell: Shell, *, name: str = "work") -> None:
    """Commits the project as it lies there to 'main', and goes on in a branch."""
    git(shell, "init", "--quiet", "--initial-branch=main")
    commit(shell, words="before")
    git(shell, "checkout", "--quiet", "-b", name)


def approved(shell: Shell, *names: str) -> None:
    """Puts the launch on the calendar, and has it approved."""
    shell.enter(entry("launch", at=DUE))
    ran = shell.run("approve", *(names or ("launch",)), "--yes", "--by", "Ana")
    assert ran.code == 0, ran.err


def checks_in(ran: Ran) -> list[str]:
    """The ids of the findings of a run with --json."""
    return [one["check"] for one in ran.json["findings"]]
