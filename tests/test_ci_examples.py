"""The files for CI servers that the documentation offers: what they may do, and that their commands are those of the program."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.branches import EDITED, branch_off, commit, git
from tests.cli.shell import CONFIG, DRAFT, NOTE, Shell, entry

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / "docs/examples/ci/github-actions.yml"
GITLAB = ROOT / "docs/examples/ci/gitlab-ci.yml"
FILES = pytest.mark.parametrize("path", [GITHUB, GITLAB], ids=lambda path: path.stem)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A project in git, with a request merged as CI servers try it: HEAD^1 is the branch that it goes to."""
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("calendar.yaml", "version: 1\ntimezone: UTC\nentries: []\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    branch_off(shell)
    shell.enter(entry("launch", at="2099-12-01 09:30"))
    commit(shell)
    git(shell, "checkout", "--quiet", "main")
    git(shell, "merge", "--quiet", "--no-ff", "--message", "merge", "work")
    return shell


def read(path: Path) -> Any:
    """What the file says. YAML 1.1, which this library speaks, takes ``on`` for a truth."""
    return yaml.safe_load(path.read_text("utf-8"))


def commands(path: Path) -> Iterator[str]:
    """Each line that a runner gives to a shell."""
    said = read(path)
    for job in said["jobs"].values() if "jobs" in said else said.values():
        for step in job.get("steps", ()):
            yield from step.get("run", "").splitlines()
        yield from job.get("script", ())


def ran(shell: Shell, line: str) -> int:
    """The exit code of a line, as a runner's shell runs it."""
    variables = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "RUNNER_TEMP": str(shell.home),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(shell, "rev-parse", "HEAD^1"),
    }
    return shell.ran(["sh", "-ec", line], variables).code


@FILES
def test_each_command_runs_as_it_stands(shell: Shell, path: Path) -> None:
    ours = [line for line in commands(path) if line.startswith("contentkit ")]
    assert ours
    assert [ran(shell, line) for line in ours] == [0] * len(ours)


@FILES
def test_a_request_with_an_error_fails(shell: Shell, path: Path) -> None:
    shell.write("drafts/launch.md", EDITED)
    assert 1 in [ran(shell, line) for line in commands(path) if line.startswith("contentkit ")]


@FILES
def test_the_page_that_is_kept_is_the_one_that_is_written(shell: Shell, path: Path) -> None:
    for line in commands(path):
        if "--html" in line:
            ran(shell, line)
    kept = re.search(r"([\w.-]+\.html)\]?$", path.read_text("utf-8"), re.M)
    assert kept
    assert len(list(shell.home.rglob(kept[1]))) == 1


@FILES
def test_nothing_of_it_publishes_or_asks_for_a_secret(path: Path) -> None:
    words = path.read_text("utf-8")
    assert not re.search(
        r"secrets\b(?!\.)|\bTOKEN|password|contentkit (?!check)", words.replace("needs no secret", ""), re.I
    )


def test_the_token_may_read_and_nothing_else() -> None:
    said = read(GITHUB)
    assert said["permissions"] == {"contents": "read"}
    assert not [job for job in said["jobs"].values() if "permissions" in job]
    assert said[True] == "pull_request"


def test_the_token_is_kept_out_of_the_folder() -> None:
    steps = read(GITHUB)["jobs"]["check"]["steps"]
    [checkout] = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["persist-credentials"] is False


def test_every_action_is_named_by_a_commit_with_its_version_beside_it() -> None:
    used = re.findall(r"uses: (.*)", GITHUB.read_text("utf-8"))
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)


@FILES
def test_what_is_installed_is_named_by_a_commit_and_not_by_a_name_of_a_registry(path: Path) -> None:
    assert {line for line in commands(path) if "install" in line} == {'pip install "$CONTENTKIT"'}
    said = read(path)
    assert re.fullmatch(r"git\+https://\S+@[0-9a-f]{40}", said.get("env", said.get("variables"))["CONTENTKIT"])


@FILES
def test_no_command_takes_words_of_the_event_for_its_own(path: Path) -> None:
    assert not [line for line in commands(path) if "${{" in line or re.search(r"(?<!\")\$\w", line)]


@FILES
def test_the_how_to_shows_the_file_as_it_is(path: Path) -> None:
    page = (ROOT / "docs/how-to/check-in-ci.md").read_text("utf-8")
    assert f"```yaml\n{path.read_text('utf-8')}```\n" in page
