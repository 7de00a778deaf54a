from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from contentkit.confidential import Confidential
from contentkit.drafting.modelling.answers import Answers, answers_folder
from contentkit.drafting.withheld import Withheld
from contentkit.drafting.workshop import Workshop
from contentkit.errors import ContentError, StateError, Unavailable
from contentkit.forbidden import Forbidden
from contentkit.testing.loopback import Answer, Reply
from tests.drafting.made import brief
from tests.drafting.model_server import ModelServer, calls, says, thread
from tests.drafting.modelling.served import GOOD, JSON, SOURCE, Remembers, drafter, served, texts

REQUEST = {"model": "tiny", "messages": [{"role": "user", "content": "What happened?"}], "seed": 7}
SERVER = "http://127.0.0.1:9/v1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return answers_folder(tmp_path / "cache", tmp_path / "project")


def test_the_same_request_is_sent_once_and_gives_the_same_draft(folder: Path) -> None:
    other = thread(GOOD[2], GOOD[1], GOOD[0])
    watcher = Remembers()
    with ModelServer([says(JSON), says(other)]).running() as server:
        workshop = Workshop(watcher=watcher, answers=folder)
        first, again = (drafter(server.base_url).within(workshop).draft(SOURCE, brief()) for _ in range(2))
        anew = drafter(server.base_url).within(Workshop()).draft(SOURCE, brief())
    assert first == again
    assert texts(anew) != texts(first)
    assert len(server.received) == 2
    assert len(watcher.usages) == 1, "what was not sent took nothing"


def test_an_answer_is_found_again_though_what_the_server_refuses_is_forgotten(folder: Path) -> None:
    def fussy(request: Mapping[str, Any]) -> Reply:
        refused = next((name for name in ("temperature", "seed", "response_format") if name in request), "")
        return Answer(status=400, body=f"no {refused}".encode()) if refused else calls(JSON)

    with ModelServer(fussy).running() as server:
        drafts = [
            drafter(server.base_url).within(Workshop(answers=folder)).draft(SOURCE, brief()) for _ in ("first", "again")
        ]
        asked = len(server.received)
        drafter(server.base_url).within(Workshop(answers=folder)).draft(SOURCE, brief())
    assert drafts[0] == drafts[1]
    assert len(server.received) == asked
    assert server.formats.count("tool") == 1, "what it answered to is asked once"


def test_another_model_another_server_and_another_word_are_other_requests(folder: Path) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    assert answers.of(SERVER, dict(reversed(REQUEST.items()))) == "one"
    assert answers.of("http://127.0.0.1:8/v1", REQUEST) is None
    assert answers.of(SERVER, REQUEST | {"model": "big"}) is None
    assert answers.of(SERVER, REQUEST | {"temperature": 0.4}) is None


def test_only_answers_that_could_be_read_are_kept(folder: Path) -> None:
    with served([says("no"), says(JSON, finish="length")]) as (_, model), pytest.raises(Unavailable):
        model.within(Workshop(answers=folder)).draft(SOURCE, brief())
    assert list(folder.iterdir()) == []


def test_what_has_become_secret_is_not_drafted_from_because_it_was_told_once(folder: Path) -> None:
    with ModelServer([says(thread(GOOD[0], GOOD[2]))]).running() as server:
        workshop = Workshop(answers=folder)
        drafter(server.base_url).within(workshop).draft(SOURCE, brief())
        secret = Withheld(off_record=Forbidden.of(["it lived on another continent"], ""))
        with pytest.raises(ContentError, match="off the record"):
            drafter(server.base_url, withheld=secret).within(workshop).draft(SOURCE, brief())


def test_an_answer_that_guesses_a_secret_is_not_written_down(folder: Path) -> None:
    guessed = thread(("Ridgeway Foods lost a Monday, and 300 shops with it.", ["S1"]), GOOD[1], GOOD[2])
    withheld = Withheld(confidential=Confidential([["Ridgeway"]]))
    with served([says(guessed), says(thread(GOOD[0]))], withheld=withheld) as (_, model):
        model.within(Workshop(answers=folder)).draft(SOURCE, brief())
    assert [file for file in folder.iterdir() if "idgeway" in file.read_text()] == []


def test_answers_are_for_their_owner_only_and_whole(folder: Path) -> None:
    Answers(folder).keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == {"version": 1, "answer": "one"}
    assert "What happened" not in file.read_text()


def test_an_answer_is_forgotten_after_a_week(folder: Path) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    past = time.time() - 8 * 24 * 3600
    os.utime(file, (past, past))
    assert answers.of(SERVER, REQUEST) is None
    answers.keep(SERVER, REQUEST | {"seed": 8}, "two")
    assert not file.exists(), "what is too old is taken away when something new is kept"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 1, "answer": 3}',
        b'{"version": 2, "answer": "one"}',
        b'{"answer": "one"}',
        b"\xff",
        b"[" * 100_000,
        b'{"answer": "' + b"x" * 2_000_000 + b'"}',
    ],
)
def test_a_damaged_answer_is_none(folder: Path, content: bytes) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    file.write_bytes(content)
    assert answers.of(SERVER, REQUEST) is None


def test_an_answer_that_others_could_have_written_is_none(folder: Path) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    file.chmod(0o666)
    assert answers.of(SERVER, REQUEST) is None


def test_a_link_in_place_of_an_answer_is_not_followed(folder: Path, tmp_path: Path) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    elsewhere = tmp_path / "elsewhere.json"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    assert answers.of(SERVER, REQUEST) is None


def test_an_answer_is_not_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    answers = Answers(folder)
    answers.keep(SERVER, REQUEST, "one")
    [file] = folder.iterdir()
    file.unlink()
    elsewhere = tmp_path / "notes.md"
    elsewhere.write_text("Mine.")
    file.symlink_to(elsewhere)
    answers.keep(SERVER, REQUEST, "two")
    assert elsewhere.read_text() == "Mine."
    assert answers.of(SERVER, REQUEST) == "two"


def test_an_answer_that_cannot_be_kept_is_no_reason_to_have_no_draft(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("a file")
    with served([says(JSON)]) as (_, model):
        assert len(model.within(Workshop(answers=folder)).draft(SOURCE, brief()).posts) == 4


def test_a_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    folder = answers_folder(tmp_path / "cache", tmp_path / "project")
    folder.chmod(0o755)
    with pytest.raises(StateError, match="not a folder for you alone") as caught:
        answers_folder(tmp_path / "cache", tmp_path / "project")
    assert "--no-cache" in caught.value.hint


def test_a_folder_in_one_that_others_can_change_is_refused(tmp_path: Path) -> None:
    folder = answers_folder(tmp_path / "cache", tmp_path / "project")
    folder.parent.chmod(0o777)
    with pytest.raises(StateError, match="contentkit: others can change it"):
        answers_folder(tmp_path / "cache", tmp_path / "project")


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cache/contentkit").mkdir(parents=True, mode=0o700)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "cache/contentkit/answers").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StateError, match="not a folder for you alone"):
        answers_folder(tmp_path / "cache", tmp_path / "project")


@pytest.mark.parametrize("cache", ["project", "project/.cache", "link"])
def test_a_folder_in_the_project_is_refused_and_not_made(tmp_path: Path, cache: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "link").symlink_to(project)
    with pytest.raises(StateError, match="lies in the project"):
        answers_folder(tmp_path / cache, project)
    assert list(project.iterdir()) == []


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(StateError, match="cannot be used"):
        answers_folder(tmp_path / "cache", tmp_path / "project")
