"""``contentkit demo`` as a user starts it: from a clone, and from an installed package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.calendar.entries import parse_calendar
from contentkit.cli.demo import raw_call, shifted
from contentkit.config import load_config

ROOT = Path(__file__).parent.parent.parent
DAILY_WORK = ("ingest", "draft", "check", "schedule", "preview", "approve", "queue", "post")
EXAMPLE = ("calendar.yaml", "contentkit.toml", "people.yaml", "notes", "drafts", "voices")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished demo: what it printed and its exit code, and the user's home, state and temporary folder after it."""

    output: str
    code: int
    left_behind: list[str]


def run_demo(source: Path, scratch: Path) -> Run:
    """Runs the demo of the package in ``source``, as a user whose home and temporary folder are empty."""
    places = {"HOME": scratch / "home", "TMPDIR": scratch / "tmp", "XDG_STATE_HOME": scratch / "state"}
    for place in places.values():
        place.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "contentkit", "demo"],
        cwd=source,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(source),
            "PYTHONDONTWRITEBYTECODE": "1",
            **{name: str(place) for name, place in places.items()},
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    left = [path.as_posix() for place in places.values() for path in place.rglob("*")]
    return Run(output=ended.stdout, code=ended.returncode, left_behind=left)


def clone_into(folder: Path) -> Path:
    """The package and the example as a clone has them."""
    shutil.copytree(ROOT / "contentkit", folder / "contentkit", ignore=shutil.ignore_patterns("__pycache__"))
    for name in EXAMPLE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    return folder


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = clone_into(tmp_path_factory.mktemp("clone"))
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A clone")
    return folder


@pytest.fixture(scope="module")
def demo(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_demo(clone, tmp_path_factory.mktemp("user"))


def test_it_runs_every_command_of_the_daily_work_and_says_what_comes_next(demo: Run) -> None:
    assert demo.code == 0, demo.output
    commands = re.findall(r"^\$ contentkit (\w+)", demo.output, re.M)
    assert list(dict.fromkeys(commands)) == list(DAILY_WORK)
    assert commands[-1] == "queue"
    assert "contentkit init" in demo.output.rpartition("contentkit queue")[2]


def test_the_server_has_the_previewed_thread_each_post_once_as_a_reply_to_the_one_before(demo: Run) -> None:
    previewed = section(demo.output, "$ contentkit preview", "$ contentkit approve")
    words = [one_line(post) for post in re.split(r"^--- .*$", previewed, flags=re.M)[1:-1]]
    published = section(demo.output, "read from its API:", "That was a copy")
    posts = re.findall(r"^(\d+)\. http://127\.0\.0\.1:\d+/\S+( \(a reply to (\d+)\))?\n((?: .*\n)+)", published, re.M)

    assert len(words) >= 3
    assert [one_line(text) for *_, text in posts] == words
    assert [parent for _, _, parent, _ in posts] == ["", *(str(number) for number in range(1, len(words)))]


def test_the_second_run_of_post_sends_nothing(demo: Run) -> None:
    first, second = re.findall(r"^\$ contentkit post\n(.*?)(?=^\$)", demo.output, re.M | re.S)
    assert "sent" in first
    assert second.strip() == ""


def test_the_raw_call_is_copied_without_what_was_off_the_record_which_is_shown_nowhere(demo: Run) -> None:
    copy = (ROOT / "notes/2026-12-01-founder-call.md").read_text("utf-8")
    assert "Norfjell" in raw_call(copy)
    assert len(raw_call(copy).splitlines()) == len(copy.splitlines()) - 2
    copied = "notes/raw/2026-12-01-founder-call.md: copied to notes/2026-12-01-founder-call.md without 1 span"
    assert copied in one_line(demo.output)
    assert "Norfjell" not in demo.output


def test_the_clone_stays_clean_and_the_user_keeps_an_empty_home(demo: Run, clone: Path) -> None:
    assert demo.code == 0
    assert git(clone, "status", "--porcelain", "--ignored") == ""
    assert demo.left_behind == []


@pytest.mark.nightly
def test_an_installed_package_shows_its_own_example_also_without_the_local_server(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    (site / "sitecustomize.py").write_text("import sys\nsys.modules['mastodon_mock'] = None\n")

    run = run_demo(site, tmp_path)

    assert run.code == 0, run.output
    assert "pipx inject contentkit mastodon-mock" in run.output
    assert "on try-mastodon: sent" in run.output
    assert "127.0.0.1" not in run.output


def test_a_step_that_fails_ends_the_demo_and_its_words_are_shown(tmp_path: Path) -> None:
    folder = clone_into(tmp_path)
    (folder / "notes/2026-12-08-release-post.md").write_bytes(b"caf\xe9\n")

    run = run_demo(folder, tmp_path)

    assert run.code == 1
    assert re.findall(r"^\$ contentkit (\w+)", run.output, re.M) == ["ingest"]
    assert "notes/2026-12-08-release-post.md:1" in run.output
    assert "the demo ends here" in run.output
    assert run.left_behind == []


@given(st.integers(0, 5000))
def test_the_calendar_is_shifted_by_whole_weeks_to_begin_within_the_next_days(days: int) -> None:
    now = datetime(2026, 1, 1, 12, 0, tzinfo=UTC) + timedelta(days=days)
    text, accounts = (ROOT / "calendar.yaml").read_text("utf-8"), load_config(ROOT).accounts
    before, after = (parse_calendar(words, "calendar.yaml", accounts) for words in (text, shifted(text, now)))

    assert 1 <= (after.entries[0].at.date() - now.date()).days <= 8
    for one, other in zip(before.entries, after.entries, strict=True):
        assert (other.at.weekday(), other.at.time()) == (one.at.weekday(), one.at.time())
        assert other.at.date() - one.at.date() == after.entries[0].at.date() - before.entries[0].at.date()
    gaps = [calendar.blackouts[0].first - calendar.entries[0].at.date() for calendar in (before, after)]
    assert gaps[0] == gaps[1]


def section(output: str, begin: str, end: str) -> str:
    """What stands between two pieces of the output."""
    return output.partition(begin)[2].partition(end)[0]


def one_line(text: str) -> str:
    return " ".join(text.split())
