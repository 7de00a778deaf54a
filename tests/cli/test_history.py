"""Reading a commit's files: git's objects only, whatever a branch holds."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.branches import EDITED, approved, branch_off, checks_in, commit, git
from tests.cli.shell import DRAFT, Shell, entry
from tests.publishing.pictures import png


def test_outside_of_git_it_says_so(shell: Shell) -> None:
    ran = shell.run("check", "--changed", "main")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "contentkit: this project is in no git repository")


@pytest.mark.parametrize("name", ["nowhere", "-x", "--upload-pack=touch x", "main..work", "main:drafts", ""])
def test_a_name_that_is_no_commit_is_refused(shell: Shell, name: str) -> None:
    branch_off(shell)
    ran = shell.run("check", f"--changed={name}" if name else "--changed= ")
    assert (ran.code, "is no branch and no commit" in ran.err) == (2, True)


def test_a_shallow_clone_says_how_much_to_fetch(shell: Shell) -> None:
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    commit(shell)
    clone = shell.home / "clone"
    git(shell, "clone", "--quiet", "--depth=1", "--branch=work", f"file://{shell.project}", str(clone))
    ran = shell.at(clone).run("check", "--changed", "origin/main")
    assert (ran.code, "fetch-depth: 0" in ran.err) == (2, True)


def test_a_shallow_history_in_which_the_fork_is_missing_says_so_too(shell: Shell) -> None:
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    commit(shell)
    git(shell, "checkout", "--quiet", "main")
    commit(shell)
    clone = shell.home / "clone"
    git(shell, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{shell.project}", str(clone))
    git(shell.at(clone), "-C", str(clone), "checkout", "--quiet", "work")
    ran = shell.at(clone).run("check", "--changed", "origin/main")
    assert (ran.code, "no commit in common" in ran.err, "fetch-depth: 0" in ran.err) == (1, True, True)


def test_before_the_first_commit_it_says_so(shell: Shell) -> None:
    branch_off(shell)
    git(shell, "checkout", "--quiet", "--orphan", "fresh")
    ran = shell.run("check", "--changed", "main")
    assert (ran.code, "no commit in common" in ran.err, "commit first" in ran.err) == (1, True, True)


def test_nothing_of_the_repository_is_touched(shell: Shell) -> None:
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    before = shell.files()
    shell.run("check", "--changed", "main")
    assert shell.files() == before


def test_no_folder_is_left_behind(shell: Shell) -> None:
    branch_off(shell)
    scratch = shell.home / "scratch"
    scratch.mkdir()
    shell.run("check", "--changed", "main", variables={"TMPDIR": str(scratch)})
    assert list(scratch.iterdir()) == []


def test_nothing_that_the_repository_could_start_is_started(shell: Shell) -> None:
    trap = shell.home / "trap"
    script = shell.write("../trap.sh", f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    shell.write(".gitattributes", "*.md filter=trap diff=trap\n* text eol=crlf\n")
    branch_off(shell)
    for key in ("filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "diff.trap.command", "core.fsmonitor"):
        git(shell, "config", key, str(script))
    hook = shell.project / ".git/hooks/post-index-change"
    hook.write_text(script.read_text())
    hook.chmod(0o755)
    shell.write("drafts/launch.md", EDITED)
    trap.unlink(missing_ok=True)
    assert shell.run("check", "--changed", "main").code == 1
    assert not trap.exists()


def test_a_folder_that_looks_like_a_repository_is_none(shell: Shell) -> None:
    """A branch may bring HEAD, objects/ and refs/ with settings of its own into the project's folder."""
    trap = shell.home / "trap"
    below = Shell(home=shell.project, here=shell.project / "project")
    for name in ("contentkit.toml", "people.yaml", "calendar.yaml", "notes/call.md", "drafts/launch.md"):
        below.write(name, (shell.project / name).read_text())
    branch_off(shell)
    for name in ("HEAD", "objects", "refs"):
        path = shell.project / ".git" / name
        (shutil.copytree if path.is_dir() else shutil.copyfile)(path, below.project / name)
    below.write("config", f"[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = touch {trap}\n")
    below.write("drafts/launch.md", EDITED)
    ran = shell.at(below.project).run("check", "--changed", "main")
    assert (ran.code, "cannot use bare repository" in ran.err, trap.exists()) == (1, True, False)


def test_objects_that_are_not_here_are_not_fetched(shell: Shell) -> None:
    branch_off(shell)
    shell.write("drafts/launch.md", EDITED)
    commit(shell)
    clone = shell.home / "clone"
    git(shell, "config", "uploadpack.allowFilter", "true")
    git(shell, "clone", "--quiet", "--filter=blob:none", "--branch=work", f"file://{shell.project}", str(clone))
    packs = sorted(path.name for path in (clone / ".git/objects/pack").iterdir())
    ran = shell.at(clone).run("check", "--changed", "origin/main")
    assert (ran.code, "fault" in ran.err) == (1, False)
    assert sorted(path.name for path in (clone / ".git/objects/pack").iterdir()) == packs


def test_names_that_lead_out_of_a_folder_are_passed_over(shell: Shell) -> None:
    """Git refuses to make such trees; whoever writes objects by hand can."""
    from contentkit.cli.history import is_plain

    assert not any(
        is_plain(name) for name in ("../x", "a/../../x", "/x", "a//x", "./x", ".git/config", "a/.GIT/hooks/x", "")
    )
    assert is_plain("drafts/launch.md")


def test_a_submodule_is_not_entered(shell: Shell) -> None:
    other = shell.home / "other"
    other.mkdir()
    git(shell, "init", "--quiet", str(other))
    git(shell, "-C", str(other), "commit", "--quiet", "--allow-empty", "--message", "x")
    branch_off(shell)
    git(shell, "submodule", "--quiet", "add", str(other), "notes/theirs")
    commit(shell)
    assert shell.run("check", "--changed", "main").code == 0


@pytest.mark.parametrize("name", ["drafts/call.md", "drafts/launch.md"])
def test_a_link_out_of_the_project_is_told_and_not_followed(shell: Shell, name: str) -> None:
    secret = shell.home / "secret.md"
    secret.write_text(EDITED.replace("250", "8812"))
    branch_off(shell)
    (shell.project / name).unlink(missing_ok=True)
    (shell.project / name).symlink_to(secret)
    ran = shell.run("check", "--changed", "main")
    assert f"{name}: error CK411" in ran.out
    assert "8812" not in ran.out + ran.err
    assert ran.code == 1


@pytest.mark.parametrize(
    "name", ["contentkit.toml", "people.yaml", "calendar.yaml", "receipts.jsonl", "confidential.txt"]
)
@pytest.mark.parametrize("target", ["/proc/self/environ", ".git/config"])
def test_nothing_is_read_where_a_file_that_is_read_first_leads_elsewhere(shell: Shell, name: str, target: str) -> None:
    branch_off(shell)
    (shell.project / name).unlink(missing_ok=True)
    (shell.project / name).symlink_to(target)
    ran = shell.run("check", "--changed", "main")
    said = f"contentkit: {name}: this link leads out of the repository, so nothing was read"
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (1, "", said)


@pytest.mark.parametrize("words", [["check", "--changed", "main"], ["check"], ["evidence", "drafts/launch.md"]])
@pytest.mark.parametrize("name", [".git/config", "notes/config.md", "notes/git/config"])
def test_no_draft_can_have_gits_own_files_quoted(shell: Shell, name: str, words: list[str]) -> None:
    """A runner's token stands in .git/config, unless it was told not to keep it."""
    branch_off(shell)
    git(shell, "config", "http.extraheader", "AUTHORIZATION: basic c2VjcmV0LTkxNzI=")
    (shell.project / "notes/config.md").symlink_to("../.git/config")
    (shell.project / "notes/git").symlink_to("../.git")
    said = DRAFT.replace("notes/call.md", name).replace("Every team", "AUTHORIZATION: basic of 250. Every team")
    shell.write("drafts/launch.md", said)
    ran = shell.run(*words)
    assert ran.code == 1
    assert f"{name}: " in ran.out + ran.err
    assert "c2VjcmV0" not in ran.out + ran.err


def test_a_link_that_was_there_before_is_followed(shell: Shell) -> None:
    shared = shell.home / "shared.md"
    shared.write_text(DRAFT)
    (shell.project / "drafts/shared.md").symlink_to(shared)
    branch_off(shell)
    assert "CK411" not in shell.run("check", "--changed", "main").out


def test_a_picture_replaced_under_its_name_voids_the_approval(shell: Shell) -> None:
    shell.write("drafts/images/a.png", png())
    shell.write(
        "drafts/launch.md", DRAFT.replace("scheduler.\n", "scheduler.\n![A lane beside a lane](images/a.png)\n", 1)
    )
    approved(shell)
    branch_off(shell)
    shell.write("drafts/images/a.png", png(side=7))
    assert checks_in(shell.run("check", "--changed", "main", "--json")) == ["CK401"]


def test_a_picture_of_which_git_has_a_pointer_only_is_taken_from_the_folder(shell: Shell) -> None:
    """As Git LFS keeps them: what is committed says which file is meant."""
    shell.write("drafts/images/a.png", png())
    shell.write(
        "drafts/launch.md", DRAFT.replace("scheduler.\n", "scheduler.\n![A lane beside a lane](images/a.png)\n", 1)
    )
    approved(shell)
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(png()).hexdigest()}\nsize {len(png())}\n"
    shell.write("drafts/images/a.png", pointer)
    branch_off(shell)
    shell.write("drafts/images/a.png", png())
    assert shell.run("check", "--changed", "main").out == ""
    shell.write("drafts/images/a.png", png(side=7))
    assert shell.run("check", "--changed", "main", "--json").json["items"][0]["changes"] == [
        "drafts/images/a.png differs"
    ]


def test_another_working_tree_of_the_repository_is_read_as_well(shell: Shell) -> None:
    branch_off(shell)
    other = shell.home / "other"
    git(shell, "worktree", "add", "--quiet", "-b", "elsewhere", str(other))
    (other / "drafts/launch.md").write_text(EDITED)
    ran = shell.at(other).run("check", "--changed", "main")
    assert (ran.code, "error CK201" in ran.out) == (1, True)


def test_words_of_a_branch_are_no_orders_to_the_runner_that_logs_them(shell: Shell) -> None:
    branch_off(shell)
    said = "::error file=x::y\n\n  ::stop-commands::z\n\n##[add-mask]w"
    shell.write("drafts/launch.md", DRAFT.replace("Every team", f"{said}\n\nEvery team"))
    shell.enter(entry("launch", at="2099-12-01 09:30"))
    ran = shell.run("check", "--changed", "main")
    lines = (ran.out + ran.err).splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    assert "| ::error file=x::y" in lines


def test_a_huge_file_of_the_base_is_left_out(shell: Shell) -> None:
    branch_off(shell)
    path = shell.project / "drafts/images/large.png"
    path.parent.mkdir()
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200 * 1024 * 1024)
    git(shell, "add", "--all")
    assert shell.run("check", "--changed", "main").code == 0


def test_a_file_is_the_same_by_its_bytes_alone(tmp_path: Path) -> None:
    from contentkit.cli.history import Blob, is_same

    path = tmp_path / "x"
    path.write_bytes(b"hello\n")
    blob = Blob(id="ce013625030ba8dba906f756967f9e9ca394464a", size=6)
    assert is_same(path, blob)
    path.write_bytes(b"hallo\n")
    assert not is_same(path, blob)
    path.unlink()
    os.mkfifo(path)
    assert not is_same(path, blob)
