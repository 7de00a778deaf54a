"""The working example at the top of the repository: sound, harmless, and part of every wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from contentkit.cli.checking.examining import problems_of
from contentkit.cli.demo import raw_call
from contentkit.cli.project import Project
from contentkit.cli.tracked import tracked_with_marks
from contentkit.config import load_config
from contentkit.drafting.voice.learning import chosen, learnt_from
from contentkit.drafting.voice.loading import voice_of
from contentkit.media import load_media
from contentkit.sources import copied, read_source, reading_of

ROOT = Path(__file__).parent.parent
DRAFTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "drafts").glob("*.md"))
PICTURES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "drafts/images").glob("*"))
NOTES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "notes").glob("*.md"))
VOICES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "voices").glob("*"))
TEXTS = ("contentkit.toml", "calendar.yaml", "people.yaml", *DRAFTS, *NOTES, *VOICES)
FILES = (*TEXTS, *PICTURES)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(ROOT, load_config(ROOT), {"HOME": str(tmp_path)})


def test_no_account_of_the_example_can_reach_a_network(project: Project) -> None:
    accounts = project.config.accounts.values()
    assert sorted((account.platform, account.limits.characters) for account in accounts) == [
        ("console", 280),
        ("console", 500),
    ]
    assert not any(account.server for account in accounts)


@pytest.mark.parametrize("path", DRAFTS)
def test_nothing_speaks_against_a_draft_of_the_example(project: Project, path: str) -> None:
    assert problems_of(project, project.draft(path)) == []


@pytest.mark.parametrize("path", DRAFTS)
def test_each_post_of_a_draft_carries_evidence_that_was_not_written_by_hand(project: Project, path: str) -> None:
    posts = project.draft(path).posts
    assert len(posts) >= 3
    assert [post.text for post in posts if not post.evidence or not all(one.sha for one in post.evidence)] == []


def test_each_picture_of_the_example_is_small_clean_and_used(project: Project) -> None:
    used = {media.path for path in DRAFTS for post in project.draft(path).posts for media in post.media}
    assert used == set(PICTURES)
    for path in PICTURES:
        file = load_media(path, ROOT)
        assert file.removed == ()
        assert len(file.data) < 10_000


def test_the_calendar_has_entries_slots_and_a_blackout_and_each_entry_can_be_approved(project: Project) -> None:
    calendar = project.calendar
    assert len(calendar.entries) >= 2
    assert calendar.slots
    assert calendar.blackouts
    for entry in calendar.entries:
        assert problems_of(project, project.draft_of(entry), entry) == []
        assert not any(blackout.covers(entry.at) for blackout in calendar.blackouts)


def test_the_people_of_the_example_are_known_by_name(project: Project) -> None:
    assert {person.display for person in project.people.values()} == {"Odile Varga", "Tomas Brink"}
    assert {project.draft(path).founder for path in DRAFTS} <= {"", *project.people}


def test_the_example_holds_a_copy_without_what_was_off_the_record_as_ingest_writes_it() -> None:
    call = next(path for path in NOTES if path.endswith("call.md"))
    copy = (ROOT / call).read_text("utf-8")
    reading = reading_of(raw_call(copy).encode(), call)
    assert reading.source.redactions == 1
    origin = read_source(ROOT / call, call).origin
    assert origin is not None
    assert copied(reading.copy, origin).decode() == copy
    assert [path for path in TEXTS if "Norfjell" in (ROOT / path).read_text("utf-8")] == []


def test_git_has_no_file_of_the_example_with_words_off_the_record(project: Project) -> None:
    assert tracked_with_marks(project) == []


def test_a_wheel_carries_the_example(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        carried = [name for name in wheel.namelist() if name.startswith("contentkit/example/")]
        assert sorted(carried) == sorted(f"contentkit/example/{name}" for name in FILES)
        for name in FILES:
            assert wheel.read(f"contentkit/example/{name}") == (ROOT / name).read_bytes()


def test_the_founder_of_the_example_has_a_voice_that_was_learnt_from_the_posts_beside_it(project: Project) -> None:
    voice = voice_of(project.root, project.people)
    assert voice is not None
    assert voice.written.learnt == learnt_from(chosen(voice.posts))
    assert len(voice.nearest("restore", 3)) == 3
