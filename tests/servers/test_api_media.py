from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import MASTODON, CompatibleServer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"\r\n--\r\n\r"


class Client:
    """requests with the token of a server, nothing else."""

    def __init__(self, server: CompatibleServer) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {server.token}"}

    def upload(
        self, data: bytes = PNG, mime: str = "image/png", *, version: int = 2, name: str = "a.png", alt: str = ""
    ) -> requests.Response:
        return requests.post(
            f"{self.server.url}/api/v{version}/media",
            {"description": alt} if alt else {},
            files={"file": (name, data, mime)},
            headers=self.headers,
            timeout=5,
        )

    def look(self, media_id: str) -> int:
        return requests.get(f"{self.server.url}/api/v1/media/{media_id}", headers=self.headers, timeout=5).status_code

    def post(self, *media_ids: str, text: str = "one") -> requests.Response:
        body = {"status": text, "media_ids[]": media_ids}
        return requests.post(f"{self.server.url}/api/v1/statuses", body, headers=self.headers, timeout=5)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as running:
        yield running


@pytest.fixture
def client(server: CompatibleServer) -> Client:
    return Client(server)


@pytest.mark.parametrize("version", [1, 2])
def test_an_upload_is_kept_byte_for_byte_with_its_alt_text(
    server: CompatibleServer, client: Client, version: int
) -> None:
    answer = client.upload(version=version, alt="Größe: 3\r\nzwei 🧪")

    (kept,) = server.media
    assert (kept.data, kept.description) == (PNG, "Größe: 3\r\nzwei 🧪")
    assert (kept.filename, kept.mime, kept.kind, kept.status_id) == ("a.png", "image/png", "image", "")
    assert (answer.status_code, answer.json()["id"], answer.json()["url"] is None) == (200, kept.id, False)


@pytest.mark.parametrize(
    ("data", "mime", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image"),
        (b"GIF89a", "image/gif", "gifv"),
        (b"\0\0\0\x20ftypisom", "video/mp4", "video"),
        (b"\0\0\0\x20ftypqt  ", "video/quicktime", "video"),
    ],
)
def test_what_it_takes_is_told_by_the_bytes(client: Client, data: bytes, mime: str, kind: str) -> None:
    assert client.upload(data, mime).json()["type"] == kind


@pytest.mark.parametrize(
    ("data", "mime"), [(b"<svg/>", "image/svg+xml"), (b"GIF89a", "image/png"), (PNG, "application/octet-stream")]
)
def test_another_kind_or_a_wrong_name_for_it_is_422(client: Client, data: bytes, mime: str) -> None:
    assert client.upload(data, mime).status_code == 422
    assert client.server.media == []


def test_too_large_is_413_and_the_limit_itself_is_not(server: CompatibleServer, client: Client) -> None:
    server.set_limits(ServerLimits(image_size_limit=len(PNG), video_size_limit=20))
    assert client.upload().status_code == 200
    assert client.upload(PNG + b"x").status_code == 413
    assert client.upload(b"\0\0\0\x20ftypisom" + bytes(9), "video/mp4").status_code == 413


def test_an_alt_text_beyond_the_limit_is_400(server: CompatibleServer, client: Client) -> None:
    server.set_limits(ServerLimits(description_limit=3))
    assert client.upload(alt="äöü").status_code == 200
    assert client.upload(alt="äöüx").status_code == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=b", 400),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n', "multipart/form-data; boundary=b", 400),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: image/png\r\n\r\n\x89PNG',
         "multipart/form-data; boundary=b", 400),
        (b"file=x", "application/x-www-form-urlencoded", 415),
    ],
)  # fmt: skip
def test_a_body_that_is_no_upload_is_refused(client: Client, body: bytes, kind: str, status: int) -> None:
    headers = client.headers | {"Content-Type": kind}
    answer = requests.post(f"{client.server.url}/api/v2/media", body, headers=headers, timeout=5)
    assert (answer.status_code, client.server.media) == (status, [])


def test_processing_takes_as_many_looks_as_were_asked_for(server: CompatibleServer, client: Client) -> None:
    server.set_processing(polls=2)
    answer = client.upload()
    media_id = answer.json()["id"]

    assert (answer.status_code, answer.json()["url"]) == (202, None)
    assert [client.look(media_id) for _ in range(4)] == [206, 206, 200, 200]
    assert client.upload(version=1).status_code == 200


def test_a_status_cannot_have_what_is_still_being_processed(server: CompatibleServer, client: Client) -> None:
    server.set_processing(polls=1)
    media_id = client.upload().json()["id"]
    assert client.post(media_id).status_code == 422
    assert (server.statuses, server.media[0].status_id) == ([], "")
    client.look(media_id)
    assert client.post(media_id).status_code == 200


def test_processing_can_fail_after_the_answer(server: CompatibleServer, client: Client) -> None:
    server.fail_processing_next()
    broken, fine = client.upload(), client.upload()
    assert (broken.status_code, client.look(broken.json()["id"])) == (202, 422)
    assert (fine.status_code, client.look(fine.json()["id"])) == (200, 200)


def test_a_status_shows_its_media_in_order(server: CompatibleServer, client: Client) -> None:
    first, second = (client.upload(alt=alt).json()["id"] for alt in ("first", "second"))
    shown = client.post(second, first, text="").json()["media_attachments"]

    assert [one["description"] for one in shown] == ["second", "first"]
    assert [record.id for record in server.statuses[0].pictures] == [second, first]
    assert {record.status_id for record in server.media} == {server.statuses[0].id}


def test_an_upload_is_used_once(server: CompatibleServer, client: Client) -> None:
    used, unused = client.upload().json()["id"], client.upload().json()["id"]
    client.post(used)
    again = client.post(unused, used)

    assert (again.status_code, len(server.statuses)) == (400, 1)
    assert client.post(unused).status_code == 200


@pytest.mark.parametrize(("server_speaks", "status"), [(frozenset({"media v2"}), 200), (MASTODON, 404)])
def test_a_used_upload_is_found_or_not_as_the_server_is_made(server_speaks: frozenset[str], status: int) -> None:
    with CompatibleServer(speaks=server_speaks) as server:
        client = Client(server)
        media_id = client.upload().json()["id"]
        assert client.look(media_id) == 200
        client.post(media_id)
        assert client.look(media_id) == status


@pytest.mark.parametrize("media_ids", [("no-such-id",), tuple("abcdefg")])
def test_media_that_do_not_exist_or_are_too_many_make_no_status(client: Client, media_ids: tuple[str, ...]) -> None:
    assert client.post(*media_ids).status_code == 400
    assert client.server.statuses == []


def test_the_same_upload_twice_in_one_status_is_400(client: Client) -> None:
    media_id = client.upload().json()["id"]
    assert client.post(media_id, media_id).status_code == 400


def test_a_server_of_old_knows_the_first_version_only() -> None:
    with CompatibleServer(speaks=()) as server:
        client = Client(server)
        assert (client.upload(version=2).status_code, client.upload(version=1).status_code) == (404, 200)


def test_pictures_can_be_lost_without_a_word(server: CompatibleServer, client: Client) -> None:
    server.lose_pictures_next()
    lost, shown = (client.post(client.upload().json()["id"]).json() for _ in range(2))
    assert [len(one["media_attachments"]) for one in (lost, shown)] == [0, 1]


def test_the_limits_of_media_are_told() -> None:
    limits = ServerLimits(image_size_limit=1, video_size_limit=2, image_matrix_limit=3)
    with CompatibleServer(limits=limits) as server:
        told = requests.get(f"{server.url}/api/v2/instance", timeout=5).json()["configuration"]["media_attachments"]
    assert [told[f"{name}_limit"] for name in ("image_size", "video_size", "image_matrix")] == [1, 2, 3]
