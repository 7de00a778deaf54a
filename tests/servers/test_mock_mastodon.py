"""That mastodon-mock runs as a good guest, and what it forgives: the reason for a stricter server beside it."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.servers.mock_mastodon import MockMastodon


@pytest.fixture(scope="module")
def shared() -> Iterator[MockMastodon]:
    with MockMastodon() as running:
        yield running


def post(server: MockMastodon, text: str, *, key: str = "", **more: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {server.token}"} | ({"Idempotency-Key": key} if key else {})
    return requests.post(f"{server.url}/api/v1/statuses", {"status": text, **more}, headers=headers, timeout=5)


def test_statuses_are_read_back_in_full_oldest_first_over_several_pages() -> None:
    with MockMastodon() as server:
        first = post(server, "a < b\n\n*c*", visibility="unlisted", spoiler_text="maths", language="de").json()["id"]
        for number in range(40):
            post(server, str(number), in_reply_to_id=first)
        records = server.statuses()

    assert [record.text for record in records] == ["a < b\n\n*c*", *map(str, range(40))]
    assert (records[0].visibility, records[0].spoiler_text, records[0].language) == ("unlisted", "maths", "de")
    assert {record.in_reply_to_id for record in records[1:]} == {first}


def upload(server: MockMastodon, data: bytes, mime: str = "image/png", **more: str) -> str:
    headers, files = {"Authorization": f"Bearer {server.token}"}, {"file": ("a.png", data, mime)}
    answer = requests.post(f"{server.url}/api/v2/media", more, files=files, headers=headers, timeout=5)
    return str(answer.json()["id"])


def test_pictures_are_read_back_byte_for_byte_with_their_alt_text() -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    with MockMastodon() as server:
        media_id = upload(server, data, description="A chart")
        status = post(server, "one", **{"media_ids[]": media_id}).json()
        (record,) = server.statuses()

    (kept,) = record.pictures
    assert (kept.id, kept.data, kept.description, kept.kind) == (media_id, data, "A chart", "image")
    assert kept.status_id == status["id"]


def test_it_forgives_pictures_that_a_real_server_refuses(shared: MockMastodon) -> None:
    media_id = upload(shared, b"no picture at all", "text/html", description="x" * 2000)
    used = [post(shared, "one", **{"media_ids[]": media_id}).json() for _ in range(2)]
    assert [len(one["media_attachments"]) for one in used] == [1, 1]


def test_it_starts_quickly_stops_cleanly_and_says_nothing(
    shared: MockMastodon, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    running, handlers = set(threading.enumerate()), list(logging.getLogger("uvicorn").handlers)
    began = time.monotonic()
    with MockMastodon() as server:
        assert requests.post(f"{server.url}/api/v1/statuses", {"status": "no token"}, timeout=5).status_code == 401
        assert server.threads() == []

    # It waits ten seconds for what does not end.
    assert time.monotonic() - began < 8
    for thread in set(threading.enumerate()) - running:
        thread.join(timeout=20)  # the pool's threads end a moment after the server
        assert not thread.is_alive()
    assert logging.getLogger("uvicorn").handlers == handlers
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_the_history_keeps_method_and_path(shared: MockMastodon) -> None:
    before = len(shared.history)
    post(shared, "one")
    assert shared.history[before:] == (("POST", "/api/v1/statuses"),)


def test_it_honours_the_key_whatever_the_text(shared: MockMastodon) -> None:
    first, second = post(shared, "one", key="k1"), post(shared, "edited", key="k1")
    assert first.json()["id"] == second.json()["id"]
    assert second.json()["content"] == "<p>one</p>"


@pytest.mark.parametrize(
    "values",
    [
        {"in_reply_to_id": "999"},
        {"language": "klingon!"},
        {"visibility": "secret"},
        {"spoiler_text": "x" * 600},
        {"media_ids[]": "999"},
    ],
)
def test_it_forgives_what_a_real_server_refuses(shared: MockMastodon, values: dict[str, str]) -> None:
    assert post(shared, "one", **values).status_code == 200


def test_it_counts_a_long_link_in_full_where_mastodon_counts_23(shared: MockMastodon) -> None:
    assert post(shared, "https://example.org/" + "x" * 481).status_code == 422


@pytest.mark.parametrize("text", ["", " ", "x" * 501])
def test_it_refuses_an_empty_and_a_long_text(shared: MockMastodon, text: str) -> None:
    answer = post(shared, text)
    assert (answer.status_code, "error" in answer.json()) == (422, True)
