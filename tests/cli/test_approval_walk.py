"""The pages that tell how approvals travel, followed with real git: a bare origin, the clone of a desk, that of the publisher."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.approving import allow, git, make_key, public
from tests.cli.shell import NOTE, Ran, Shell
from tests.cli.test_approve import texts_at

HOW_TO = Path(__file__).parents[2] / "docs/how-to"


def section(page: str, heading: str) -> str:
    text = (HOW_TO / page).read_text("utf-8")
    return re.split(rf"^## {re.escape(heading)}$", text, flags=re.M)[1].split("\n## ")[0]


def blocks(page: str, heading: str, kind: str = "sh") -> list[str]:
    """The blocks of code below this heading."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", section(page, heading), re.M | re.S)


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """A person's clone of a bare origin, in a home of their own; ``contentkit`` is on the path."""
    home = shell.home / "desk"
    (home / "bin").mkdir(parents=True)
    command = home / "bin/contentkit"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m contentkit "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    (home / ".gitconfig").write_text('[user]\nname = Ana\nemail = ana@example.org\n[protocol "file"]\nallow = always\n')
    git(shell.home, "init", "--bare", "-q", "origin.git")
    shutil.copytree(shell.project, home / "project")
    project = home / "project"
    (project / "drafts/launch.md").rename(home / "launch.md")
    git(project, "init", "-q")
    git(project, "remote", "add", "origin", str(shell.home / "origin.git"))
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Start")
    git(project, "push", "-q", "origin", "HEAD:main")
    git(project, "fetch", "-q")
    git(project, "branch", "-q", "--set-upstream-to=origin/main")
    return Shell(home=home, here=project)


@pytest.fixture
def publisher(desk: Shell) -> Shell:
    """The server's clone, in another home."""
    home = desk.home.parent / "publisher"
    shutil.copytree(desk.home / "bin", home / "bin")
    shutil.copy(desk.home / ".gitconfig", home)
    git(home, "clone", "-q", str(desk.home.parent / "origin.git"), "project")
    return Shell(home=home, here=home / "project")


def follow(shell: Shell, commands: Sequence[str]) -> Ran:
    """Runs what a page says, as somebody would who pastes it; returns the last block's end."""
    ran = Ran(0, "", "")
    for words in commands:
        path = f"{shell.home}/bin:{os.environ['PATH']}"
        ran = shell.ran(["sh", "-euc", words], {"PATH": path})
        assert ran.code == 0, (words, ran.out, ran.err)
    return ran


def merged(desk: Shell, branch: str) -> None:
    """What the founder does on the phone: the server merges the request."""
    clone = desk.home.parent / "server"
    git(desk.home.parent, "clone", "-q", "--branch", "main", str(desk.home.parent / "origin.git"), "server")
    git(clone, "merge", "-q", "--no-ff", "-m", "Merge", f"origin/{branch}")
    git(clone, "push", "-q", "origin", "main")
    shutil.rmtree(clone)


def bring_in_draft(desk: Shell) -> None:
    """The draft is written: git keeps no empty folder for it."""
    (desk.project / "drafts").mkdir(exist_ok=True)
    shutil.copy(desk.home / "launch.md", desk.project / "drafts")


def set_up(publisher: Shell, page: str, heading: str) -> None:
    [words] = blocks(page, heading, "toml")
    allow(publisher, words.removeprefix("version = 1\n"))


def commands_of(heading: str, *, at: str = "") -> list[str]:
    told = blocks("approve-by-merge.md", heading)
    return [block.replace('"tomorrow 09:30"', f'"{at}"') if at else block for block in told]


def test_a_thread_goes_from_a_request_to_the_network_as_the_page_says(desk: Shell, publisher: Shell) -> None:
    set_up(publisher, "approve-by-merge.md", "Once, on the publisher")
    bring_in_draft(desk)
    follow(desk, commands_of("For each thread, at the desk", at="now"))
    assert (desk.project / "launch.preview.html").read_text().count("Every team we talked to") >= 1

    run_post = commands_of("On the publisher, from cron")
    follow(publisher, run_post[:1])
    assert texts_at(publisher) == []  # pushed, and not merged

    merged(desk, "launch")
    ran = follow(publisher, run_post)
    assert "launch: approved, origin/main at " in ran.out
    assert len(texts_at(publisher)) == 3


def test_doctor_says_on_the_publisher_what_it_goes_by(publisher: Shell) -> None:
    set_up(publisher, "approve-by-merge.md", "Once, on the publisher")
    assert "what is on origin/main at " in publisher.run("doctor").out


def test_what_is_merged_can_be_stopped_as_the_page_says(desk: Shell, publisher: Shell) -> None:
    set_up(publisher, "approve-by-merge.md", "Once, on the publisher")
    bring_in_draft(desk)
    follow(desk, commands_of("For each thread, at the desk"))
    merged(desk, "launch")
    follow(publisher, commands_of("On the publisher, from cron"))
    assert publisher.run("queue", "--json").json[0]["state"] == "planned"
    ran = follow(publisher, commands_of("Stop it"))
    assert "3 parts will not be sent" in ran.out
    follow(publisher, commands_of("On the publisher, from cron"))
    assert publisher.run("queue", "--json").json[0]["state"] != "planned"


def test_a_founder_signs_at_the_desk_as_the_page_says(desk: Shell, publisher: Shell) -> None:
    key = make_key(desk.home, "id_ed25519")
    (desk.home / ".ssh").mkdir()
    for path in (key, key.with_suffix(".pub")):
        path.rename(desk.home / ".ssh" / path.name)
    key = desk.home / ".ssh/id_ed25519"
    [rules] = blocks("who-approves.md", "Who has to approve", "toml")
    allow(publisher, rules.split("version = 1\n")[1].replace("mara-mastodon", "try"))
    signers = publisher.home / "config/contentkit/allowed_signers"
    signers.write_text(f"mara@example.org {public(key)}\ncy@example.org {public(make_key(desk.home, 'cy'))}\n")
    signers.chmod(0o600)
    bring_in_draft(desk)
    desk.write("notes/call.md", NOTE)
    desk.run("schedule", "launch", "--at", "now")
    git(desk.project, "add", "-A")
    git(desk.project, "commit", "-q", "-m", "The launch")
    [approve] = [block for block in blocks("who-approves.md", "Signed approvals") if "--key" in block]
    git(desk.project, "push", "-q", "--set-upstream", "origin", "HEAD:main")
    git(desk.project, "config", "push.default", "upstream")
    follow(desk, [approve.replace("contentkit approve launch", "contentkit approve launch --yes")])
    git(publisher.project, "pull", "-q")
    ran = publisher.run("post")
    assert (ran.code, len(texts_at(publisher))) == (0, 3)


def test_lines_of_a_founders_page_on_a_server_of_code_are_lines_of_keys() -> None:
    """What ``curl`` prints becomes a line of allowed_signers with an address before it."""
    keys, line = blocks("who-approves.md", "Signed approvals", "text")
    assert line == f"mara@example.org {keys}"


def test_each_page_of_a_kind_of_trust_leads_to_the_other() -> None:
    assert "approve-by-merge.md" in (HOW_TO / "who-approves.md").read_text("utf-8")
    assert "who-approves.md" in (HOW_TO / "approve-by-merge.md").read_text("utf-8")
