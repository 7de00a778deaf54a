"""Approved by merging, with real git and real commands: only what the protected branch has, byte for byte, goes out."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.approving import BRANCH, allow, git
from tests.cli.shell import CONFIG, DRAFT, Shell, entry, time_in
from tests.cli.test_approve import texts_at


@pytest.fixture
def pulled(shell: Shell) -> Shell:
    """A clone of a bare origin with an entry that is due, on a machine that goes by its main branch."""
    allow(shell, BRANCH)
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    git(shell.home, "init", "--bare", "-q", "origin.git")
    git(shell.project, "init", "-q")
    git(shell.project, "remote", "add", "origin", str(shell.home / "origin.git"))
    commit(shell, "Start")
    git(shell.project, "push", "-q", "origin", "HEAD:main")
    git(shell.project, "fetch", "-q")
    return shell


def commit(shell: Shell, message: str) -> None:
    git(shell.project, "add", "-A")
    git(shell.project, "commit", "-q", "-m", message)


def merge(shell: Shell) -> None:
    """What was committed here is merged, and pulled again."""
    git(shell.project, "push", "-q", "origin", "HEAD:main")
    git(shell.project, "fetch", "-q")


def refused(shell: Shell, why: str) -> None:
    ran = shell.run("post")
    assert texts_at(shell) == []
    assert why in ran.out + ran.err


def test_what_was_merged_is_published(pulled: Shell) -> None:
    ran = pulled.run("post")
    assert (ran.code, ran.err) == (0, "")
    assert len(texts_at(pulled)) == 3


def test_what_was_published_is_not_published_again(pulled: Shell) -> None:
    pulled.run("post")
    pulled.write("README.md", "Our posts.\n")
    commit(pulled, "Say what this is")
    merge(pulled)
    assert pulled.run("post").out == ""
    assert len(texts_at(pulled)) == 3


def test_a_paused_entry_waits_on_the_branch_too(pulled: Shell) -> None:
    pulled.enter(entry("launch", at=time_in(seconds=-60), more="paused: true"))
    commit(pulled, "Pause")
    merge(pulled)
    refused(pulled, "")
    assert pulled.run("approvals", "launch", "--json").json[0]["why"] == "paused"


def test_an_edit_that_was_merged_is_what_is_published(pulled: Shell) -> None:
    at = time_in(days=1)
    pulled.enter(entry("launch", at=at))
    commit(pulled, "Later")
    merge(pulled)
    pulled.run("post")
    pulled.enter(entry("launch", at=time_in(seconds=-60)))
    commit(pulled, "Now")
    merge(pulled)
    pulled.run("post")
    assert len(texts_at(pulled)) == 3


def test_approve_is_refused_and_names_the_branch(pulled: Shell) -> None:
    ran = pulled.run("approve", "launch", "--yes")
    assert ran.code == 1
    assert "what is on origin/main is approved here, and nothing else" in ran.err


def test_rules_about_people_are_refused(pulled: Shell) -> None:
    allow(pulled, BRANCH + '[[approval.rules]]\nby = ["ana"]\n')
    for command in ("post", "approvals", "doctor"):
        ran = pulled.run(command)
        assert "nobody can know who did" in " ".join((ran.out + ran.err).split()), command
    assert texts_at(pulled) == []


def test_approvals_say_that_nobody_knows_who_merged(pulled: Shell) -> None:
    ran = pulled.run("approvals", "launch")
    assert ran.code == 0
    assert ran.out.startswith("launch: approved, origin/main")
    assert "who merged it, contentkit cannot know" in " ".join(ran.err.split())


def test_a_revoked_entry_does_not_come_back_with_the_branch(pulled: Shell) -> None:
    pulled.enter(entry("launch", at=time_in(hours=1)))
    commit(pulled, "Later")
    merge(pulled)
    pulled.run("post")
    assert pulled.run("approve", "launch", "--revoke", "--by", "Ana").code == 0
    pulled.write("README.md", "Our posts.\n")
    commit(pulled, "Anything")
    merge(pulled)
    pulled.run("post")
    [row] = pulled.run("queue", "--json").json
    assert row["state"] != "planned"
    assert "revoked by Ana" in pulled.run("approvals", "launch").out


def test_an_entry_renamed_after_publishing_is_not_published_again(pulled: Shell) -> None:
    pulled.run("post")
    pulled.enter(entry("launch-2", at=time_in(seconds=-60)))
    commit(pulled, "Rename")
    merge(pulled)
    ran = pulled.run("post")
    assert "was published as launch" in ran.out
    assert len(texts_at(pulled)) == 3


# -- forgeries


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drafts/launch.md", DRAFT.replace("Every team", "Each team")),
        ("people.yaml", "version: 1\npeople: {}\n# more\n"),
        ("contentkit.toml", CONFIG + "# more\n"),
    ],
)
def test_a_dirty_file_posts_nothing(pulled: Shell, name: str, content: str) -> None:
    pulled.write(name, content)
    refused(pulled, f"{name} differs from origin/main")


def test_a_dirty_entry_posts_nothing(pulled: Shell) -> None:
    pulled.enter(entry("launch", at=time_in(seconds=-50)))
    refused(pulled, "the entry differs from origin/main")


def test_another_entry_that_is_not_committed_stops_nothing_but_itself(pulled: Shell) -> None:
    text = (pulled.project / "calendar.yaml").read_text()
    pulled.write("calendar.yaml", text + f"  - {entry('more', at=time_in(seconds=-60))}\n")
    ran = pulled.run("post")
    assert "more on try: NOT PUBLISHED: the entry is not on origin/main" in ran.out
    assert len(texts_at(pulled)) == 3


def test_a_commit_that_was_not_merged_posts_nothing(pulled: Shell) -> None:
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    commit(pulled, "On my own")
    refused(pulled, "drafts/launch.md differs from origin/main")


def test_another_branch_posts_nothing(pulled: Shell) -> None:
    git(pulled.project, "checkout", "-q", "-b", "ideas")
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    commit(pulled, "An idea")
    git(pulled.project, "push", "-q", "origin", "ideas")
    git(pulled.project, "fetch", "-q")
    refused(pulled, "drafts/launch.md differs from origin/main")


def test_an_untracked_draft_posts_nothing(pulled: Shell) -> None:
    pulled.write("drafts/other.md", DRAFT)
    pulled.enter(entry("launch", at=time_in(seconds=-60), draft="drafts/other.md"))
    git(pulled.project, "add", "calendar.yaml")
    git(pulled.project, "commit", "-q", "-m", "Only the calendar")
    merge(pulled)
    refused(pulled, "drafts/other.md is not on origin/main")


@pytest.mark.parametrize("ref", ["refs/heads/origin/main", "refs/tags/origin/main", "refs/origin/main"])
def test_a_ref_made_here_that_is_called_as_the_branch_is_does_not_count(pulled: Shell, ref: str) -> None:
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    commit(pulled, "On my own")
    git(pulled.project, "update-ref", ref, "HEAD")
    refused(pulled, "drafts/launch.md differs from origin/main")


def test_a_branch_that_only_a_ref_made_here_has_is_none(pulled: Shell) -> None:
    git(pulled.project, "update-ref", "-d", "refs/remotes/origin/main")
    git(pulled.project, "update-ref", "refs/heads/origin/main", "HEAD")
    refused(pulled, "this machine has no origin/main")


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_was_told_not_to_look_at_is_looked_at(pulled: Shell, flag: str) -> None:
    git(pulled.project, "update-index", flag, "drafts/launch.md")
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    refused(pulled, "drafts/launch.md differs from origin/main")


@pytest.mark.parametrize("what", ["drafts/launch.md", ""])
def test_a_replaced_object_does_not_count(pulled: Shell, what: str) -> None:
    """``git replace`` of the draft, and of the whole commit."""
    old = git(pulled.project, "rev-parse", f"HEAD:{what}" if what else "HEAD").strip()
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    commit(pulled, "On my own")
    new = git(pulled.project, "rev-parse", f"HEAD:{what}" if what else "HEAD").strip()
    git(pulled.project, "replace", old, new)
    refused(pulled, "drafts/launch.md differs from origin/main")


def test_a_graft_changes_nothing(pulled: Shell) -> None:
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    commit(pulled, "On my own")
    both = git(pulled.project, "rev-parse", "origin/main", "HEAD").split()
    (pulled.project / ".git/info/grafts").write_text(" ".join(both) + "\n")
    refused(pulled, "drafts/launch.md differs from origin/main")


def test_a_damaged_object_does_not_count(pulled: Shell) -> None:
    """Somebody put other bytes under the name of the draft's object."""
    import zlib

    name = git(pulled.project, "rev-parse", "HEAD:drafts/launch.md").strip()
    content = DRAFT.replace("Every team", "Each team").encode()
    path = pulled.project / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o600)
    path.write_bytes(zlib.compress(b"blob %d\0" % len(content) + content))
    pulled.write("drafts/launch.md", content)
    refused(pulled, "missing or damaged")


def test_a_linked_draft_posts_nothing(pulled: Shell) -> None:
    path = pulled.project / "drafts/launch.md"
    aside = path.rename(pulled.project / "aside.md")
    path.symlink_to(aside)
    refused(pulled, "drafts/launch.md is a link here")


def test_a_link_that_was_merged_posts_nothing(pulled: Shell) -> None:
    path = pulled.project / "drafts/launch.md"
    path.rename(pulled.project / "aside.md")
    path.symlink_to("../aside.md")
    commit(pulled, "A link")
    merge(pulled)
    refused(pulled, "drafts/launch.md is a link here")


def test_a_linked_folder_posts_nothing(pulled: Shell) -> None:
    path = pulled.project / "drafts"
    aside = path.rename(pulled.home / "aside")
    path.symlink_to(aside)
    refused(pulled, "is a link here")


def test_a_draft_in_a_submodule_posts_nothing(pulled: Shell) -> None:
    theirs = pulled.home / "theirs"
    theirs.mkdir()
    git(theirs, "init", "-q")
    (theirs / "launch.md").write_text(DRAFT)
    git(theirs, "add", "-A")
    git(theirs, "commit", "-q", "-m", "Theirs")
    git(pulled.project, "submodule", "--quiet", "add", str(theirs), "sub")
    pulled.enter(entry("launch", at=time_in(seconds=-60), draft="sub/launch.md"))
    commit(pulled, "A submodule")
    merge(pulled)
    refused(pulled, "sub/launch.md is not on origin/main")


def test_a_repository_that_lies_within_the_tree_is_not_asked(shell: Shell) -> None:
    """A bare repository can be committed as files are, with settings that start programs."""
    allow(shell, BRANCH)
    top = shell.home / "top"
    top.mkdir()
    inside = replace(shell, here=top / "posts")
    shutil.copytree(shell.project, top / "posts")
    git(shell.home, "init", "--bare", "-q", "origin.git")
    git(top, "init", "-q")
    git(top, "remote", "add", "origin", str(shell.home / "origin.git"))
    evil = shell.home / "evil.git"
    git(shell.home, "init", "--bare", "-q", "evil.git")
    for name in ("HEAD", "config"):
        shutil.copy(evil / name, top / "posts" / name)
    ran_it = shell.home / "ran"
    with (top / "posts/config").open("a") as file:
        file.write(
            f'[core]\n\tfsmonitor = "touch {ran_it}"\n\tpager = "touch {ran_it}"\n[alias]\n\trev-parse = "!touch {ran_it}"\n'
        )
    for folder in ("objects", "refs"):
        (top / "posts" / folder).mkdir()
        (top / "posts" / folder / "keep").write_text("")
    (top / "posts/calendar.yaml").write_text(
        f"version: 1\ntimezone: UTC\nentries:\n  - {entry('launch', at=time_in(seconds=-60))}\n"
    )
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "All")
    git(top, "push", "-q", "origin", "HEAD:main")
    git(top, "fetch", "-q")
    assert inside.run("approvals", "launch", "--json").json[0]["holds"] is True
    inside.run("post")
    assert not ran_it.exists()


def test_settings_and_attributes_of_the_repository_start_nothing(pulled: Shell) -> None:
    ran_it = pulled.home / "ran"
    for name, value in {
        "core.fsmonitor": f"touch {ran_it}",
        "core.pager": f"touch {ran_it}",
        "core.sshCommand": f"touch {ran_it}",
        "filter.x.clean": f"touch {ran_it}",
        "filter.x.smudge": f"touch {ran_it}",
        "diff.x.textconv": f"touch {ran_it}",
    }.items():
        git(pulled.project, "config", name, value)
    pulled.write(".git/info/attributes", "* filter=x diff=x\n")
    assert pulled.run("post").code == 0
    assert len(texts_at(pulled)) == 3
    assert not ran_it.exists()


@pytest.mark.parametrize(
    "variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_NAMESPACE"]
)
def test_variables_of_git_lead_nowhere_else(pulled: Shell, variable: str) -> None:
    other = pulled.home / "other"
    shutil.copytree(pulled.project, other)
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    value = {"GIT_DIR": str(other / ".git"), "GIT_OBJECT_DIRECTORY": str(other / ".git/objects")}.get(
        variable, str(other)
    )
    ran = pulled.run("post", variables={variable: value})
    assert texts_at(pulled) == []
    assert "drafts/launch.md differs from" in ran.out


def test_outside_of_a_repository_nothing_is_posted(shell: Shell) -> None:
    allow(shell, BRANCH)
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    refused(shell, "the project is in no git repository")


def test_an_edit_after_it_was_planned_waits_and_says_why(pulled: Shell) -> None:
    pulled.enter(entry("launch", at=time_in(seconds=-60), more="after: other"), entry("other", at=time_in(hours=1)))
    commit(pulled, "Two")
    merge(pulled)
    pulled.run("post")
    pulled.write("people.yaml", "version: 1\npeople: {}\n# more\n")
    refused(pulled, "people.yaml differs from origin/main")


def test_what_was_approved_on_this_machine_does_not_count_once_it_goes_by_the_branch(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes").code == 0
    allow(shell, BRANCH)
    refused(shell, 'approved under trust = "local"')


def test_without_git_nothing_is_posted(pulled: Shell) -> None:
    ran = pulled.run("post", variables={"PATH": "/nonexistent"})
    assert texts_at(pulled) == []
    assert "git is not installed" in ran.out


def origin_of(shell: Shell) -> Path:
    return shell.home / "origin.git"


def test_the_branch_can_have_another_name(pulled: Shell) -> None:
    subprocess.run(["git", "branch", "-m", "main", "live"], cwd=origin_of(pulled), check=True, capture_output=True)
    git(pulled.project, "fetch", "-q", "--prune")
    allow(pulled, BRANCH + 'branch = "origin/live"\n')
    pulled.run("post")
    assert len(texts_at(pulled)) == 3


def test_what_was_revoked_does_not_come_back_by_an_edit_that_is_taken_back(pulled: Shell) -> None:
    """Revoked while the draft was edited: the words that were approved are those that must not go out."""
    pulled.enter(entry("launch", at=time_in(hours=1)))
    commit(pulled, "Later")
    merge(pulled)
    pulled.run("post")
    pulled.write("drafts/launch.md", DRAFT.replace("Every team", "Each team"))
    assert pulled.run("approve", "launch", "--revoke", "--by", "Ana").code == 0
    pulled.write("drafts/launch.md", DRAFT)
    pulled.run("post")
    assert pulled.run("queue", "--json").json[0]["state"] != "planned"


def test_after_a_revocation_a_changed_entry_is_approved_by_merging_it(pulled: Shell) -> None:
    assert pulled.run("approve", "launch", "--revoke").code == 0
    pulled.run("post")
    assert texts_at(pulled) == []
    pulled.enter(entry("launch", at=time_in(seconds=-50)))
    commit(pulled, "At another time")
    merge(pulled)
    pulled.run("post")
    assert len(texts_at(pulled)) == 3


def test_a_machine_that_is_not_the_publisher_says_so(pulled: Shell) -> None:
    elsewhere = '{by: Ana, at: 2026-11-20T09:00:00Z, digest: "sha256:0", clone: "elsewhere"}'
    pulled.enter(entry("launch", at=time_in(seconds=-60), more=f"approved: {elsewhere}"))
    commit(pulled, "Approved on another machine")
    merge(pulled)
    refused(pulled, "'contentkit takeover' makes this machine the publisher")
    assert pulled.run("post").out == ""


def test_what_was_approved_here_counts_once_it_is_merged_too(pulled: Shell) -> None:
    """From one trust to another: the entry is as the branch has it, and so it meets what is asked now."""
    allow(pulled, "")
    pulled.enter(entry("launch", at=time_in(seconds=-60), more="paused: true"))
    assert pulled.run("approve", "launch", "--yes").code == 0
    pulled.run("post")
    pulled.run("unpause", "launch")
    commit(pulled, "Approved here")
    merge(pulled)
    allow(pulled, BRANCH)
    pulled.run("post")
    assert len(texts_at(pulled)) == 3


def test_a_branch_that_moves_says_nothing_twice(pulled: Shell) -> None:
    pulled.write("people.yaml", "version: 1\npeople: {}\n# more\n")
    refused(pulled, "people.yaml differs from origin/main")
    pulled.write("README.md", "Our posts.\n")
    git(pulled.project, "add", "README.md")
    git(pulled.project, "commit", "-q", "-m", "Say what this is")
    merge(pulled)
    ran = pulled.run("post")
    assert (ran.code, ran.out) == (0, "")
