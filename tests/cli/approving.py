"""People with SSH keys, machines with rules, and clones: what approvals that come with git are tried with."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.cli.shell import Shell

ANA, BEN = "ana@example.org", "ben@example.org"
SIGNED = '[approval]\ntrust = "signed"\n'
BRANCH = '[approval]\ntrust = "branch"\n'


def make_key(folder: Path, name: str) -> Path:
    """A new key pair without a passphrase; returns where its private half lies."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


def public(key: Path) -> str:
    """Type and key, as a line of allowed_signers ends."""
    return " ".join(key.with_suffix(".pub").read_text().split()[:2])


def allow(shell: Shell, words: str) -> None:
    """Writes this machine's ``machine.toml``."""
    folder = shell.home / "config" / "contentkit"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "machine.toml").write_text(f"version = 1\n{words}")
    (folder / "machine.toml").chmod(0o600)


def trust_keys(shell: Shell, *lines: str) -> Path:
    """Writes this machine's ``allowed_signers``."""
    path = shell.home / "config" / "contentkit" / "allowed_signers"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))
    path.chmod(0o600)
    return path


def git(folder: Path, *words: str) -> str:
    """Runs git as somebody with no settings of their own; returns what it says."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder.parent),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Ana"), ("EMAIL", ANA))
        },
    }
    command = ["git", "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", *words]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout
