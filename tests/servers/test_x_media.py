from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from tests.servers.x_client import XClient
from tests.servers.x_media import MediaRules
from tests.servers.x_server import XServer

PICTURE = b"\x89PNG\r\n\x1a\n--\r\n\x00\xff picture"
FILM = bytes(range(256)) * 8
SMALL = MediaRules(image_bytes=64, gif_bytes=128, video_bytes=4096, segment_bytes=1024)


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer(media=SMALL) as running:
        yield running


@pytest.fixture
def client(server: XServer) -> Iterator[XClient]:
    with XClient(server) as one:
        yield one


def one_shot(client: XClient, data: bytes = PICTURE) -> requests.Response:
    body = {"media": b64encode(data).decode(), "media_category": "tweet_image", "media_type": "image/png"}
    return client.post("/2/media/upload", json=body)


def picture(client: XClient, data: bytes = PICTURE) -> str:
    return str(one_shot(client, data).json()["data"]["id"])


def begin(client: XClient, size: int, category: str = "tweet_video", kind: str = "video/mp4") -> requests.Response:
    body = {"media_type": kind, "media_category": category, "total_bytes": size}
    return client.post("/2/media/upload/initialize", json=body)


def append(client: XClient, media_id: str, index: int, data: bytes) -> requests.Response:
    path = f"/2/media/upload/{media_id}/append"
    return client.post(path, data={"segment_index": str(index)}, files={"media": ("blob", data)})


def finalize(client: XClient, media_id: str) -> requests.Response:
    return client.post(f"/2/media/upload/{media_id}/finalize")


def status(client: XClient, media_id: str) -> dict[str, Any]:
    answer = client.get("/2/media/upload", command="STATUS", media_id=media_id).json()
    assert isinstance(answer["data"], dict)
    return answer["data"]


def film(client: XClient, category: str = "tweet_video", kind: str = "video/mp4", data: bytes = FILM) -> str:
    """The id of a film whose bytes are all there."""
    media_id = str(begin(client, len(data), category, kind).json()["data"]["id"])
    for index, start in enumerate(range(0, len(data), 1024)):
        assert append(client, media_id, index, data[start : start + 1024]).status_code == 200
    assert finalize(client, media_id).status_code == 200
    return media_id


def processed_film(client: XClient, category: str, kind: str) -> str:
    media_id = film(client, category, kind, b"moving")
    while status(client, media_id)["processing_info"]["state"] != "succeeded":
        pass
    return media_id


def described(client: XClient, media_id: str, text: str) -> requests.Response:
    return client.post("/2/media/metadata", json={"id": media_id, "metadata": {"alt_text": {"text": text}}})


def words(answer: requests.Response) -> str:
    assert answer.status_code == 400
    return str(answer.json()["errors"][0]["message"])


def test_a_picture_is_uploaded_in_one_request_byte_for_byte(server: XServer, client: XClient) -> None:
    data = one_shot(client).json()["data"]

    (upload,) = server.uploads
    assert upload.data == PICTURE
    assert set(data) == {"id", "media_key", "expires_after_secs", "size"}
    assert (data["id"], data["media_key"], data["size"]) == (upload.id, f"3_{upload.id}", len(PICTURE))


def test_a_picture_may_come_as_multipart(server: XServer, client: XClient) -> None:
    answer = client.post("/2/media/upload", data={"media_category": "tweet_image"}, files={"media": ("a", PICTURE)})
    assert answer.status_code == 200
    assert server.uploads[0].data == PICTURE


@pytest.mark.parametrize(
    "more",
    [
        {"media_category": "tweet_gif"},
        {"media_category": "tweet_video"},
        {"media_type": "image/gif"},
        {"media_type": "video/mp4"},
        {"media": "no base64!"},
        {"media": ""},
        {"command": "INIT"},
    ],
)
def test_what_is_no_picture_is_refused_in_one_request(server: XServer, client: XClient, more: dict[str, str]) -> None:
    body = {"media": b64encode(PICTURE).decode(), "media_category": "tweet_image", "media_type": "image/png"}
    assert words(client.post("/2/media/upload", json=body | more))
    assert server.uploads == []


def test_a_picture_that_is_too_large_is_refused(client: XClient) -> None:
    assert one_shot(client, b"x" * 64).status_code == 200
    assert "1 to 64 bytes" in words(one_shot(client, b"x" * 65))


def test_a_film_is_put_together_from_its_segments(server: XServer, client: XClient) -> None:
    media_id = film(client)
    (upload,) = server.uploads
    assert (upload.id, upload.data, upload.media_type) == (media_id, FILM, "video/mp4")


def test_a_segment_may_come_as_json_and_again_and_late(server: XServer, client: XClient) -> None:
    media_id = begin(client, 6).json()["data"]["id"]
    for index, data in ((1, b"def"), (0, b"xyz"), (0, b"abc")):
        body = {"segment_index": index, "media": b64encode(data).decode()}
        answer = client.post(f"/2/media/upload/{media_id}/append", json=body)
        assert set(answer.json()["data"]) == {"expires_at"}
    finalize(client, media_id)
    assert server.uploads[0].data == b"abcdef"


def test_the_beginning_of_an_upload_is_answered_with_its_id(client: XClient) -> None:
    data = begin(client, 10).json()["data"]
    assert set(data) == {"id", "media_key", "expires_after_secs"}
    assert data["media_key"] == f"13_{data['id']}"


@pytest.mark.parametrize(
    ("size", "category", "kind"),
    [
        (4097, "tweet_video", "video/mp4"),
        (129, "tweet_gif", "image/gif"),
        (0, "tweet_video", "video/mp4"),
        (10, "tweet_video", "image/png"),
        (10, "tweet_gif", "image/png"),
        (10, "other", "video/mp4"),
    ],
)
def test_a_wrong_announcement_is_refused(client: XClient, size: int, category: str, kind: str) -> None:
    assert words(begin(client, size, category, kind))


def test_missing_segments_and_a_wrong_sum_are_found_at_the_end(client: XClient) -> None:
    gap = begin(client, 6).json()["data"]["id"]
    append(client, gap, 1, b"abcdef")
    assert "segments are missing" in words(finalize(client, gap))

    short = begin(client, 6).json()["data"]["id"]
    append(client, short, 0, b"abc")
    assert "6 bytes were announced, 3 came" in words(finalize(client, short))


@pytest.mark.parametrize(("index", "size"), [(0, 1025), (0, 0), (1000, 1)])
def test_a_wrong_segment_is_refused(client: XClient, index: int, size: int) -> None:
    media_id = begin(client, 2000).json()["data"]["id"]
    assert words(append(client, media_id, index, b"x" * size))


def test_nothing_is_appended_to_what_is_finished_or_was_never_begun(client: XClient) -> None:
    assert "finalized" in words(append(client, film(client), 0, b"x"))
    assert "finalized" in words(finalize(client, film(client)))
    assert "Not found" in words(append(client, "1", 0, b"x"))
    assert "Not found" in words(finalize(client, "1"))


def test_a_film_is_processed_from_pending_to_succeeded(server: XServer, client: XClient) -> None:
    media_id = begin(client, 3).json()["data"]["id"]
    append(client, media_id, 0, b"abc")
    told = [finalize(client, media_id).json()["data"]["processing_info"]]
    told += [status(client, media_id)["processing_info"] for _ in range(3)]

    assert [info["state"] for info in told] == ["pending", "in_progress", "succeeded", "succeeded"]
    assert [info.get("check_after_secs") for info in told] == [1, 1, None, None]
    assert server.uploads[0].looks == 2


def test_processing_may_fail(server: XServer, client: XClient) -> None:
    server.set_media(MediaRules(outcome="failed", looks=1))
    media_id = film(client)
    info = status(client, media_id)["processing_info"]
    assert (info["state"], info["error"]["name"]) == ("failed", "InvalidMedia")
    assert "media IDs are invalid" in words(client.create(media={"media_ids": [media_id]}))


def test_a_still_picture_in_segments_is_ready_at_once(client: XClient) -> None:
    media_id = begin(client, 3, "tweet_image", "image/jpeg").json()["data"]["id"]
    append(client, media_id, 0, b"abc")
    assert "processing_info" not in finalize(client, media_id).json()["data"]
    client.created(media={"media_ids": [media_id]})


@pytest.mark.parametrize("query", [{"command": "STATUS", "media_id": "1"}, {"media_id": "1"}, {"command": "STATUS"}])
def test_the_state_of_nothing_is_an_error(client: XClient, query: dict[str, str]) -> None:
    assert words(client.get("/2/media/upload", **query))


def test_an_alternative_text_is_kept_and_charged(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    answer = described(client, media_id, "A cat")

    told = {"id": media_id, "associated_metadata": {"alt_text": {"text": "A cat"}}}
    assert (answer.status_code, answer.json()) == (200, {"data": told})
    assert server.uploads[0].alt_text == "A cat"
    assert [(charge.what, charge.price) for charge in server.charges] == [("media_metadata", 5)]


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_an_alternative_text_has_1_to_1000_characters(client: XClient, text: str) -> None:
    assert "1 to 1000" in words(described(client, picture(client), text))


@pytest.mark.parametrize(
    "body",
    [
        {"media_id": "1", "alt_text": "A cat"},
        {"id": "1", "metadata": {"alt_text": "A cat"}},
        {"id": "1", "metadata": {"alt": {"text": "A cat"}}},
        {"id": 1, "metadata": {"alt_text": {"text": "A cat"}}},
    ],
)
def test_another_shape_of_metadata_is_refused(client: XClient, body: dict[str, object]) -> None:
    assert words(client.post("/2/media/metadata", json=body))


def test_what_a_post_shows_cannot_be_described_any_more(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    client.created(media={"media_ids": [media_id]})
    assert "attached to a post" in words(described(client, media_id, "A cat"))
    assert server.uploads[0].alt_text == ""


def test_nothing_can_be_described_without_credit(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    server.set_credit(0)
    assert described(client, media_id, "A cat").status_code == 402
    assert server.uploads[0].alt_text == ""


def test_a_post_shows_its_pictures_with_their_alternative_texts(server: XServer, client: XClient) -> None:
    ids = [picture(client, data) for data in (b"one", b"two")]
    described(client, ids[0], "A cat")
    post_id = client.created("Look & see", media={"media_ids": ids})
    answer = client.get(
        f"/2/tweets/{post_id}",
        tweet__fields="attachments,entities",
        expansions="attachments.media_keys",
        media__fields="alt_text",
    ).json()

    keys = [f"3_{media_id}" for media_id in ids]
    assert answer["data"]["attachments"] == {"media_keys": keys}
    assert answer["includes"]["media"] == [
        {"media_key": keys[0], "type": "photo", "alt_text": "A cat"},
        {"media_key": keys[1], "type": "photo"},
    ]
    first, second = answer["data"]["entities"]["urls"]
    assert answer["data"]["text"] == f"Look &amp; see {first['url']}"
    assert first["expanded_url"].endswith(f"/status/{post_id}/photo/1")
    assert [first["media_key"], second["media_key"]] == keys
    assert (first["url"], first["start"]) == (second["url"], second["start"])
    assert answer["data"]["text"][first["start"] : first["end"]] == first["url"]
    assert [upload.attached_to for upload in server.uploads] == [post_id, post_id]


def test_the_alternative_text_comes_only_on_request(client: XClient) -> None:
    media_id = picture(client)
    described(client, media_id, "A cat")
    post_id = client.created(media={"media_ids": [media_id]})
    includes = client.get(f"/2/tweets/{post_id}", expansions="attachments.media_keys").json()["includes"]
    assert includes == {"media": [{"media_key": f"3_{media_id}", "type": "photo"}]}


def test_a_post_may_be_nothing_but_a_picture(client: XClient) -> None:
    post = client.read(client.created("", media={"media_ids": [picture(client)]}), "entities")
    (url,) = post["entities"]["urls"]
    assert post["text"] == url["url"]
    assert (url["start"], url["end"]) == (0, len(url["url"]))


def test_the_link_of_a_picture_is_not_charged_as_a_link(server: XServer, client: XClient) -> None:
    client.created(media={"media_ids": [picture(client)]})
    assert server.charges[-1].what == "create"


@pytest.mark.parametrize(("category", "kind"), [("tweet_video", "video/mp4"), ("tweet_gif", "image/gif")])
def test_a_film_stands_alone(client: XClient, category: str, kind: str) -> None:
    moving = processed_film(client, category, kind)
    assert "or one film" in words(client.create(media={"media_ids": [moving, picture(client)]}))
    client.created(media={"media_ids": [moving]})


def test_media_that_are_not_processed_are_refused(client: XClient) -> None:
    assert "media IDs are invalid" in words(client.create(media={"media_ids": [film(client)]}))


def test_media_are_used_once(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    assert "media IDs are invalid" in words(client.create("both", media={"media_ids": [media_id, media_id]}))
    client.created("one", media={"media_ids": [media_id]})
    assert "media IDs are invalid" in words(client.create("two", media={"media_ids": [media_id]}))
    assert len(server.statuses) == 1


def test_media_expire(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    server.pass_time(timedelta(hours=24))
    assert "media IDs are invalid" in words(client.create(media={"media_ids": [media_id]}))
    assert "Not found" in words(described(client, media_id, "A cat"))


def test_a_post_that_was_refused_leaves_its_media_free(server: XServer, client: XClient) -> None:
    media_id = picture(client)
    client.created("one")
    assert client.create("one", media={"media_ids": [media_id]}).status_code == 403
    client.created("two", media={"media_ids": [media_id]})
    assert server.uploads[0].attached_to == server.statuses[1].id
