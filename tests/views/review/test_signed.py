"""Where this machine goes by signatures, or by a branch, the review does as the commands do."""

from __future__ import annotations

import subprocess

import pytest

from contentkit.cli.reviewing.desk import Desk
from contentkit.cli.reviewing.items import Wanted
from tests.cli.shell import Shell
from tests.views.review.driven import Driven, desk_of, drive


def trust(shell: Shell, words: str) -> None:
    folder = shell.home / "config" / "contentkit"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "machine.toml").write_text(f"version = 1\n\n[approval]\n{words}\n")


def test_a_signature_is_made_with_the_key_of_git(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    key = shell.home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = (shell.home / "key.pub").read_text().strip()
    (shell.home / "signers").write_text(f'ana@example.org namespaces="contentkit" {public}\n')
    trust(shell, f'trust = "signed"\nallowed_signers = "{shell.home / "signers"}"')
    monkeypatch.setenv("HOME", str(shell.home))
    subprocess.run(["git", "init", "-q", str(shell.project)], check=True)
    for name, value in (("user.signingkey", str(key)), ("gpg.format", "ssh")):
        subprocess.run(["git", "-C", str(shell.project), "config", name, value], check=True)
    plain = desk_of(shell)
    desk = Desk(plain._project, Wanted(), "ana@example.org", plain._clock)

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("a")
        await review.see("Approve launch as ana@example.org")
        await review.press("y")
        await review.see("launch: signed by ana@example.org: commit and push")

    drive(desk, steps)
    assert list(shell.project.rglob("*.sig"))


def test_on_a_branch_nobody_approves_here_and_the_screen_says_so(shell: Shell) -> None:
    trust(shell, 'trust = "branch"')

    async def steps(review: Driven) -> None:
        await review.see("Every team")
        await review.press("a")
        await review.see("launch cannot be approved yet: what is on origin/main is approved here")

    drive(desk_of(shell), steps)


def test_who_has_still_to_approve_is_told(shell: Shell) -> None:
    trust(shell, 'trust = "local"\n\n[[approval.rules]]\nby = ["Marta", "Ana Torres"]\ncount = 2')

    async def steps(review: Driven) -> None:
        await review.see("To approve by", "Marta")
        await review.press("a")
        await review.see("Approve launch")
        await review.press("y")
        await review.see("launch: approved by Ana Torres; still to approve: Marta. Nothing is planned yet")
        await review.see("Approved by Ana Torres so far. To approve by Marta.", "to approve, too")

    drive(desk_of(shell), steps)
    assert "planned" not in {row["state"] for row in shell.run("queue", "--json").json}
