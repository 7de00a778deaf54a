"""The how-tos for authors of plug-ins: what stands there is written into files, built, installed, tested and used."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from contentkit.testing.loopback import LoopbackServer
from tests.publishing.project import ProjectOnDisk

HOW_TO = Path(__file__).resolve().parents[2] / "docs/how-to"


@dataclass(frozen=True)
class InstalledPlugin:
    """A page's files in ``folder``, and in ``site`` what an installer makes of its package."""

    folder: Path
    site: Path

    @classmethod
    def of(cls, page: str, folder: Path) -> InstalledPlugin:
        for name, text in files_of(HOW_TO / page).items():
            (folder / name).write_text(text, "utf-8")
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
        subprocess.run(build, cwd=folder, env={"PATH": os.environ["PATH"]}, check=True, capture_output=True)
        [wheel] = (folder / "dist").glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder / "site")
        return cls(folder, folder / "site")

    def tested(self) -> subprocess.CompletedProcess[str]:
        """The page's own tests, in a pytest that knows nothing of this repository."""
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", f"--basetemp={self.folder}/tmp"],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{self.site}:{self.folder}"},
            capture_output=True,
            text=True,
            check=False,
        )


@dataclass(frozen=True)
class ProjectWithPlugin(ProjectOnDisk):
    site: Path = Path()

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "PYTHONPATH": str(self.site), "CONTENTKIT_OURS_TOKEN": "sesame"}


def files_of(page: Path) -> dict[str, str]:
    """The files that a page shows: the word behind a block's language is the file's name."""
    blocks = [token for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")) if token.type == "fence"]
    return {words[1]: block.content for block in blocks if len(words := block.info.split()) == 2}


def project_with(site: Path, folder: Path, settings: str) -> ProjectWithPlugin:
    made = ProjectOnDisk.made(folder / "project")
    with (made.root / "contentkit.toml").open("a") as file:
        file.write(settings)
    return ProjectWithPlugin(made.root, site=site)


@pytest.fixture(scope="module")
def guestbook(tmp_path_factory: pytest.TempPathFactory) -> InstalledPlugin:
    return InstalledPlugin.of("write-a-platform.md", tmp_path_factory.mktemp("guestbook"))


@pytest.fixture(scope="module")
def first_sentences(tmp_path_factory: pytest.TempPathFactory) -> InstalledPlugin:
    return InstalledPlugin.of("write-a-drafter.md", tmp_path_factory.mktemp("first-sentences"))


@dataclass(frozen=True)
class Guestbook:
    url: str
    entries: list[dict[str, str]]


@pytest.fixture
def network(guestbook: InstalledPlugin) -> Iterator[Guestbook]:
    """The server of the page."""
    spec = importlib.util.spec_from_file_location("guestbook_server", guestbook.folder / "guestbook_server.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    book = module.GuestbookServer()
    with LoopbackServer(book.respond) as server:
        yield Guestbook(server.url, book.entries)


@pytest.fixture
def project(guestbook: InstalledPlugin, network: Guestbook, tmp_path: Path) -> ProjectWithPlugin:
    """A project whose account is the page's, on the page's server."""
    settings = files_of(HOW_TO / "write-a-platform.md")["contentkit.toml"]
    return project_with(guestbook.site, tmp_path, settings.replace("https://guestbook.example", network.url))


def test_the_platform_of_the_page_is_sixty_lines() -> None:
    code = files_of(HOW_TO / "write-a-platform.md")["contentkit_guestbook.py"]
    assert len([line for line in code.splitlines() if line.strip()]) <= 60


def test_the_platform_of_the_page_keeps_the_contract(guestbook: InstalledPlugin) -> None:
    done = guestbook.tested()
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    assert "no wire" not in done.stdout, "its wire is broken, too"


def test_the_platform_of_the_page_publishes_a_thread(project: ProjectWithPlugin, network: Guestbook) -> None:
    words = ["We ship on Monday.", "It is 2 < 3 & free.", "Come and see."]
    project.write_draft(words)
    project.run("schedule", "launch", "--at", "now", "--account", "ours")
    project.run("approve", "launch", "--by", "Ana", "--yes")
    assert project.run("post").stdout.count("sent") == 3
    chain = [(entry["text"], entry["reply_to"]) for entry in network.entries]
    assert chain == list(zip(words, ("", "e1", "e2"), strict=True))
    assert project.run("post").stdout == ""


def test_a_project_shows_and_checks_the_account_of_the_page(project: ProjectWithPlugin) -> None:
    assert "guestbook" in project.run("accounts").stdout
    assert "ana" in project.run("accounts", "check", "ours").stdout


def test_a_mistyped_plugin_is_named(guestbook: InstalledPlugin, tmp_path: Path) -> None:
    project = project_with(guestbook.site, tmp_path, '[accounts.ours]\nplatform = "gestbook"\n')
    assert "did you mean 'guestbook'?" in project.run("accounts", "check", "ours", code=1).stderr


def test_the_drafter_of_the_page_keeps_the_contract(first_sentences: InstalledPlugin) -> None:
    done = first_sentences.tested()
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_the_drafter_of_the_page_drafts(first_sentences: InstalledPlugin, tmp_path: Path) -> None:
    settings = files_of(HOW_TO / "write-a-drafter.md")["contentkit.toml"]
    project = project_with(first_sentences.site, tmp_path, settings)
    note = "The import takes 40 seconds. It took 9 minutes.\n\nNobody waits for it now. We measured.\n"
    (project.root / "notes" / "call.md").write_text(note)
    project.run("draft", "notes/call.md", "--slug", "import")
    draft = (project.root / "drafts" / "import.md").read_text()
    assert "drafter: first-sentences" in draft
    assert "The import takes 40 seconds.\n<!-- evidence: notes/call.md#L1" in draft
    assert "It took 9 minutes" not in draft
    project.run("check")
