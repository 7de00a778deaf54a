"""What sources said to evidence is told again for the same bytes and the same evidence only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.cited import Cited, Content
from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.errors import ContentError
from contentkit.models import Evidence
from contentkit.sources import parse_source
from tests.cli.shell import CONFIG, DRAFT, Shell
from tests.cli.shell import NOTE as SAID

NAME = "notes/call.md"
NOTE = "We sold 40 valves.\n\nEmbargo until 2027-03-01 09:00 UTC: the merger with Initech closes.\n\nOTR: Bob leaves in May.\n"


def _evidence(first: int, sha: str = "", source: str = NAME) -> Evidence:
    return Evidence(source=source, first=first, last=first, sha=sha)


class Asked:
    """What is asked of a source, and how often it was read for it."""

    def __init__(self, kept: Path | None) -> None:
        self.cited = Cited(kept)
        self.times = 0

    def holds(self, text: str, *evidence: Evidence) -> tuple[bool, ...]:
        content = Content(NAME, text.encode())

        def lines() -> tuple[str, ...]:
            self.times += 1
            return parse_source(content.data, NAME).lines

        return self.cited.holds(content, evidence, lines)

    def embargo(self, text: str, *evidence: Evidence) -> datetime | None:
        content = Content(NAME, text.encode())

        def source() -> object:
            self.times += 1
            return parse_source(content.data, NAME)

        return self.cited.embargo(content, evidence, source)  # type: ignore[arg-type]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file in which the first three answers are kept."""
    first, path = Asked(tmp_path / "kept" / "answers.json"), tmp_path / "kept" / "answers.json"
    first.holds(NOTE, _evidence(1), _evidence(9))
    first.embargo(NOTE, _evidence(3))
    first.embargo(NOTE, _evidence(1))
    assert first.times == 3
    first.cited.keep()
    return path


def test_the_next_run_reads_no_source_again(kept: Path) -> None:
    again = Asked(kept)
    assert again.holds(NOTE, _evidence(1), _evidence(9)) == (True, False)
    assert again.embargo(NOTE, _evidence(1)) is None
    assert again.times == 0


def test_when_an_embargo_ends_is_asked_in_each_run(kept: Path) -> None:
    again = Asked(kept)
    for _ in range(2):
        assert again.embargo(NOTE, _evidence(3)) == datetime(2027, 3, 1, 9, tzinfo=UTC)
    assert again.times == 1, "the rules of its zone may be others by now"


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (NOTE.replace("40", "41"), [_evidence(1), _evidence(9)]),
        (NOTE, [_evidence(9), _evidence(1)]),
        (NOTE, [_evidence(1)]),
        (NOTE, [_evidence(1, "12345678"), _evidence(9)]),
    ],
)
def test_other_bytes_and_other_evidence_are_asked_anew(kept: Path, text: str, evidence: list[Evidence]) -> None:
    again = Asked(kept)
    lines = parse_source(text.encode(), NAME).lines
    assert again.holds(text, *evidence) == tuple(one.is_said_in(lines) for one in evidence)
    assert again.times == 1


def test_an_embargo_that_was_lifted_is_gone(kept: Path) -> None:
    assert Asked(kept).embargo(NOTE.replace("Embargo until 2027-03-01 09:00 UTC: t", "T"), _evidence(3)) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_what_is_damaged_is_not_believed(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)
    again = Asked(kept)
    assert again.holds(NOTE, _evidence(1)) == (True,)
    assert again.times == 1


def test_what_others_could_have_written_is_not_believed(kept: Path) -> None:
    kept.write_text(json.dumps(dict.fromkeys(json.loads(kept.read_text()), "-")))
    kept.chmod(0o666)
    assert Asked(kept).holds(NOTE, _evidence(1), _evidence(9)) == (True, False)


def test_not_a_word_of_a_source_is_kept(kept: Path) -> None:
    words = kept.read_text()
    assert not any(word in words for word in ("valves", "merger", "Initech", "Bob", "notes"))
    assert kept.stat().st_mode & 0o077 == 0


def test_where_there_is_no_place_answers_are_given_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    asked = Asked(tmp_path / "file" / "answers.json")
    assert asked.holds(NOTE, _evidence(1)) == (True,)
    asked.cited.keep()
    assert (tmp_path / "file").read_text() == "no folder"


_NOTES = st.sampled_from([NOTE, NOTE.replace("40", "90"), "One line.\n", "Two\n\nlines.\n"])
_POINTS = st.lists(st.builds(_evidence, st.integers(1, 6), st.sampled_from(["", "12345678"])), max_size=3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_NOTES, _POINTS), max_size=4))
def test_whatever_was_asked_before_the_answers_are_those_of_the_source(asked: list[tuple[str, list[Evidence]]]) -> None:
    one = Asked(None)
    for text, evidence in asked:
        source = parse_source(text.encode(), NAME)
        assert one.holds(text, *evidence) == tuple(each.is_said_in(source.lines) for each in evidence)
        assert one.embargo(text, *evidence) == source.embargo_on(evidence)


def test_while_the_list_of_names_cannot_be_read_nothing_that_is_remembered_counts(tmp_path: Path) -> None:
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("notes/call.md", SAID)
    shell.write("drafts/launch.md", DRAFT)
    project = Project(shell.project, load_config(shell.project), shell.environment())
    assert project.embargo_on(project.draft("drafts/launch.md")) is None
    shell.write("confidential.txt", "and\n")
    again = replace(project)
    with pytest.raises(ContentError, match=r"confidential\.txt:1"):
        again.embargo_on(again.draft("drafts/launch.md"))


def test_that_nothing_speaks_against_a_post_is_kept_and_nothing_else(tmp_path: Path) -> None:
    path, asked = tmp_path / "answers.json", list[str]()

    def ask(cited: Cited, of: str, why: str, *, lasting: bool) -> str:
        def told() -> tuple[str, bool]:
            asked.append(of)
            return why, lasting

        return cited.unsayable([of], told)

    first = Cited(path)
    assert ask(first, "fine", "", lasting=True) == ask(first, "fine for now", "", lasting=False) == ""
    assert ask(first, "leaks", "off the record", lasting=True) == "off the record"
    first.keep()
    again = Cited(path)
    for _ in range(2):
        assert ask(again, "fine", "not asked", lasting=True) == ""
        assert ask(again, "fine for now", "no longer", lasting=True) == "no longer"
        assert ask(again, "leaks", "", lasting=True) == ""
        assert ask(again, "another", "why", lasting=True) == "why"
    assert asked == ["fine", "fine for now", "leaks", "fine for now", "leaks", "another"]
    assert b"off the record" not in path.read_bytes()
