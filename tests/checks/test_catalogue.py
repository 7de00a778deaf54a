"""The catalogue of checks: every entry is complete, and its example is found, or is fine, as it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from contentkit.checks import Opinion, unreadable
from contentkit.checks.catalogue import Check, catalogue
from contentkit.cli.checking.examining import problems_of
from contentkit.cli.project import Project
from contentkit.cli.tracked import tracked_with_marks
from contentkit.config import load_config
from contentkit.errors import ContentError
from contentkit.views.checks import entry_lines
from tests.checks.branch_cases import BRANCHES
from tests.checks.catalogue_cases import CASES, CONFIG, Case
from tests.publishing.pictures import png

NOTE = "notes/call.md"
DRAFT = "drafts/example.md"
CHECKS = pytest.mark.parametrize("check", catalogue().values(), ids=catalogue())


@CHECKS
def test_an_entry_says_what_is_found_why_and_what_to_do(check: Check) -> None:
    assert check.finds
    assert not check.finds.endswith(".")
    for sentences in (check.why, check.mend):
        assert sentences.endswith(".")
        assert len(sentences) < 300
    assert check.bad
    assert check.good
    assert check.bad != check.good


def written(text: str, source: str) -> str:
    """The draft of an example: with front matter and evidence where it has none of its own."""
    front = "" if text.startswith("---\n") else f"---\nversion: 1\nlanguage: en\nsources: [{NOTE}]\n---\n"
    if "<!--" in text:
        return f"{front}{text}\n"
    head, _, body = text.partition("\n---\n") if not front else ("", "", text)
    evidence = f"\n<!-- evidence: {NOTE}#L1-L{len(source.rstrip().splitlines())} -->\n"
    posts = evidence.join((*re.split(r"(?m)(?<=\n)(?=^---$)", f"{body.rstrip()}\n"), ""))
    return front + (f"{head}\n---\n" if head else "") + posts


def project_of(example: Case, source: str, folder: Path) -> Project:
    """A project with one draft of one note, whose accounts are on Mastodon and on X; git tracks all of it."""
    bare = re.sub(r"(?s)\A---\n.*?\n---\n", "", example.text)
    said = example.files.get(NOTE) or source or re.sub(r"(?m)<!--.*?-->|^!\[.*$|^---$", "", bare)
    files = {
        "contentkit.toml": CONFIG,
        "people.yaml": "version: 1\npeople: {}\n",
        NOTE: said,
        DRAFT: written(example.text, said),
        **example.files,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    (folder / "drafts/images").mkdir()
    (folder / "drafts/images/chart.png").write_bytes(png())
    for words in ("init --quiet", "add notes"):
        subprocess.run(["git", *words.split()], cwd=folder, check=True, env={"PATH": "/usr/bin:/bin"})
    environment = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    doubts = [Opinion(post=0, words=example.doubted, reason="not said")]
    return Project(folder, load_config(folder), environment, pages=example.pages, opinions={DRAFT: doubts})


def found_in(example: Case, source: str, folder: Path) -> set[str]:
    """The ids of all that is found in a project with this example."""
    project = project_of(example, source, folder)
    try:
        problems = problems_of(project, project.draft(DRAFT))
    except ContentError as error:
        problems = [unreadable(DRAFT, error)]
    return {problem.check for problem in (*problems, *tracked_with_marks(project))}


def examples_of(check: Check) -> tuple[Case, Case]:
    return CASES.get(check.id) or (Case(text=check.bad.strip("\n")), Case(text=check.good.strip("\n")))


def found(check: Check, which: int, folder: Path) -> set[str]:
    """The ids of all that is found in the bad (0) or the good (1) example."""
    if check.id in BRANCHES:
        return BRANCHES[check.id][which].found_in(folder)
    return found_in(examples_of(check)[which], check.source, folder)


@CHECKS
def test_the_bad_example_of_a_check_is_found(check: Check, tmp_path: Path) -> None:
    assert check.id in found(check, 0, tmp_path)


@CHECKS
def test_the_good_example_of_a_check_is_fine(check: Check, tmp_path: Path) -> None:
    assert check.id not in found(check, 1, tmp_path)


@CHECKS
def test_an_entry_can_be_read_in_a_terminal(check: Check) -> None:
    shown = "\n".join(entry_lines(check))
    assert shown.startswith(f"{check.id}, {check.severity}: ")
    assert "None" not in shown
    assert ("Nobody can waive it." in shown) == (not check.waivable)
