"""What a network answered to each attempt stands in the journal with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.publishing.stage import Stage
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def _answers(server: CompatibleServer, folder: Path, faults: Sequence[str]) -> dict[str, str]:
    """The answer at each move of the first part, after one run through these faults."""
    with FaultyProxy(server.url, faults) as proxy:
        stage = Stage(folder, server=proxy.url, token=server.token)
        stage.approve(texts=["one"])
        stage.run()
        told = {one["move"]: one["answer"] for one in stage.journal.history.of_part(stage.rows()[0].id)}
        stage.close()
    return told


@pytest.mark.parametrize(
    ("fault", "move", "words"),
    [
        ("pass", "sending>sent", "HTTP 200; "),
        ("refuse", "sending>held", "HTTP 422; "),
        ("too_many", "sending>planned", "HTTP 429; "),
        ("unauthorized", "sending>planned", "HTTP 401; "),
        ("close", "sending>unknown", "no answer ("),
    ],
)
def test_what_ends_an_attempt_keeps_the_answer(
    server: CompatibleServer, tmp_path: Path, fault: str, move: str, words: str
) -> None:
    told = _answers(server, tmp_path / "state", [fault])
    assert told["planned>sending"] == ""
    assert told[move].startswith(words)
    assert server.token not in told[move]


def test_what_is_found_by_looking_was_answered_when_it_came_into_doubt(
    server: CompatibleServer, tmp_path: Path
) -> None:
    told = _answers(server, tmp_path / "state", ["close"])
    assert (told["sending>unknown"][:9], told["unknown>sent"]) == ("no answer", "")
