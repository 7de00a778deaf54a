from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.servers.api_input import ServerLimits
from tests.servers.compatible_server import MASTODON, CompatibleServer


class Client:
    """requests with the token of a server, nothing else."""

    def __init__(self, server: CompatibleServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {server.token}"

    def post(self, text: str = "one", *, key: str = "", **more: str) -> requests.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.session.post(
            f"{self.server.url}/api/v1/statuses", {"status": text, **more}, headers=headers, timeout=5
        )

    def get(self, path: str, **query: str) -> requests.Response:
        return self.session.get(f"{self.server.url}{path}", params=query, timeout=5)

    def timeline(self, **query: str) -> list[str]:
        listed = self.get(f"/api/v1/accounts/{self.server.account_id}/statuses", **query).json()
        return [value["id"] for value in listed]


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as running:
        yield running


@pytest.fixture
def client(server: CompatibleServer) -> Iterator[Client]:
    one = Client(server)
    with one.session:
        yield one


def made_one_after_another(client: Client, how_many: int) -> list[str]:
    return [client.post(str(number)).json()["id"] for number in range(how_many)]


def test_a_status_is_kept_as_it_was_sent(server: CompatibleServer, client: Client) -> None:
    text = "Größe “zählt” – 100 %\r\n\r\nno? 🧪"
    client.post(text, key="k1", visibility="unlisted", spoiler_text="maths", language="de-AT")

    (record,) = server.statuses
    assert (record.text, record.spoiler_text, record.visibility) == (text, "maths", "unlisted")
    assert (record.language, record.key, record.in_reply_to_id, record.deleted) == ("de-AT", "k1", None, False)
    assert abs(record.created_at - datetime.now(UTC)) < timedelta(seconds=5)


def test_json_makes_the_same_status_as_a_form(server: CompatibleServer, client: Client) -> None:
    sent: dict[str, Any] = {"status": "one", "in_reply_to_id": None, "sensitive": False, "media_ids": []}
    answer = client.session.post(f"{server.url}/api/v1/statuses", json=sent, timeout=5)

    assert answer.status_code == 200
    assert [record.text for record in server.statuses] == ["one"]


def test_ids_are_ulids_that_sort_in_the_order_of_posting(server: CompatibleServer, client: Client) -> None:
    ids = made_one_after_another(client, 30)

    assert ids == sorted(ids) == [record.id for record in server.statuses]
    assert all(len(one) == 26 and not set(one) & set("ILOU") for one in ids)


@pytest.mark.parametrize(
    "values",
    [
        {"status": ""},
        {"status": " \n"},
        {},
        {"status": "x" * 5001},
        {"status": "x" * 4990, "spoiler_text": "y" * 11},
        {"status": "one", "visibility": "secret"},
        {"status": "one", "language": "klingon!"},
        {"status": "one", "language": "englisch"},
        {"status": "one", "media_ids[]": "1"},
    ],
)
def test_what_is_not_valid_is_400_with_an_error(
    server: CompatibleServer, client: Client, values: dict[str, str]
) -> None:
    answer = client.session.post(f"{server.url}/api/v1/statuses", values, timeout=5)

    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]
    assert server.statuses == []


@pytest.mark.parametrize("body", ["{", "[]", '{"status": 1}', '{"status": "one", "in_reply_to_id": 5}'])
def test_json_that_makes_no_sense_is_400(server: CompatibleServer, client: Client, body: str) -> None:
    kind = {"Content-Type": "application/json"}
    assert client.session.post(f"{server.url}/api/v1/statuses", body, headers=kind, timeout=5).status_code == 400
    assert server.statuses == []


def test_the_limit_counts_code_points_with_links_in_full_and_can_change(
    server: CompatibleServer, client: Client
) -> None:
    link = "https://example.org/" + "x" * 80
    server.set_limits(ServerLimits(max_characters=100))
    assert client.post(link).status_code == 200
    assert client.post(link + "!").status_code == 400

    for version in ("v1", "v2"):
        configuration = client.get(f"/api/{version}/instance").json()["configuration"]
        assert configuration["statuses"]["max_characters"] == 100


def test_a_reply_needs_a_parent_that_stands(server: CompatibleServer, client: Client) -> None:
    parent = client.post("one").json()["id"]
    reply = client.post("two", in_reply_to_id=parent).json()
    assert reply["in_reply_to_id"] == parent
    assert server.threads() == [["one", "two"]]

    server.delete(parent)
    for missing in (parent, "01HZZZZZZZZZZZZZZZZZZZZZZZ"):
        answer = client.post("three", in_reply_to_id=missing)
        assert (answer.status_code, list(answer.json())) == (404, ["error"])
    assert server.threads() == [["two"]]


def test_threads_show_a_double_and_a_branch(server: CompatibleServer, client: Client) -> None:
    first = client.post("one").json()["id"]
    second = client.post("two", in_reply_to_id=first).json()["id"]
    client.post("two", in_reply_to_id=first)
    client.post("three", in_reply_to_id=second)
    client.post("other")

    assert server.threads() == [["one", "two", "three", "two"], ["other"]]


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_the_token_nothing_private_works(server: CompatibleServer, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    posted = requests.post(f"{server.url}/api/v1/statuses", {"status": "one"}, headers=headers, timeout=5)
    read = requests.get(f"{server.url}/api/v1/accounts/verify_credentials", headers=headers, timeout=5)

    assert (posted.status_code, read.status_code) == (401, 401)
    assert "error" in posted.json()
    assert server.statuses == []
    assert requests.get(f"{server.url}/api/v2/instance", timeout=5).status_code == 200


def test_a_revoked_token_is_refused(server: CompatibleServer, client: Client) -> None:
    server.set_token("another")
    assert client.post().status_code == 401


def test_verify_credentials_names_the_account_whose_statuses_are_listed(
    server: CompatibleServer, client: Client
) -> None:
    account = client.get("/api/v1/accounts/verify_credentials").json()
    assert account["id"] == server.account_id
    assert client.post().json()["account"]["id"] == server.account_id
    assert client.get("/api/v1/accounts/other/statuses").status_code == 404


def test_a_status_reads_back_as_html_and_as_source(client: Client) -> None:
    made = client.post("a < b\n\nsee https://example.org/x", spoiler_text="maths").json()
    assert client.get(f"/api/v1/statuses/{made['id']}").json() == made
    assert made["content"].startswith("<p>a &lt; b</p><p>see <a href=")

    source = client.get(f"/api/v1/statuses/{made['id']}/source").json()
    assert source == {"id": made["id"], "text": "a < b\n\nsee https://example.org/x", "spoiler_text": "maths"}


def test_a_deleted_status_is_gone_everywhere_but_in_the_truth(server: CompatibleServer, client: Client) -> None:
    first, second = made_one_after_another(client, 2)
    answer = client.session.delete(f"{server.url}/api/v1/statuses/{first}", timeout=5)
    server.delete(second)

    assert answer.json()["text"] == "0"
    assert client.timeline() == []
    for status_id in (first, second):
        assert client.get(f"/api/v1/statuses/{status_id}").status_code == 404
        assert client.get(f"/api/v1/statuses/{status_id}/source").status_code == 404
    assert [record.deleted for record in server.statuses] == [True, True]
    assert server.threads() == []


def test_the_timeline_is_newest_first_and_pages_by_id(client: Client) -> None:
    ids = made_one_after_another(client, 6)

    assert client.timeline() == ids[::-1]
    assert client.timeline(limit="2") == [ids[5], ids[4]]
    assert client.timeline(max_id=ids[3], limit="2") == [ids[2], ids[1]]
    assert client.timeline(since_id=ids[1], limit="2") == [ids[5], ids[4]]
    assert client.timeline(min_id=ids[1], limit="2") == [ids[3], ids[2]]
    assert client.timeline(since_id=ids[1], max_id=ids[3]) == [ids[2]]


def test_no_page_is_longer_than_40_and_the_link_header_leads_through_all(
    server: CompatibleServer, client: Client
) -> None:
    ids = made_one_after_another(client, 45)
    first = client.get(f"/api/v1/accounts/{server.account_id}/statuses", limit="100", exclude_reblogs="true")
    second = client.session.get(first.links["next"]["url"], timeout=5)
    newer = client.session.get(second.links["prev"]["url"], timeout=5)

    assert [value["id"] for value in first.json() + second.json()] == ids[::-1]
    assert len(first.json()) == 40
    assert newer.json() == first.json()


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "x"}, {"exclude_reblogs": "maybe"}, {"pinned": "1"}])
def test_a_query_it_does_not_understand_is_400(client: Client, query: dict[str, str]) -> None:
    path = f"/api/v1/accounts/{client.server.account_id}/statuses"
    assert client.get(path, **query).status_code == 400


def test_the_same_key_twice_makes_two_statuses(server: CompatibleServer, client: Client) -> None:
    assert client.post("one", key="k1").json()["id"] != client.post("one", key="k1").json()["id"]
    assert server.threads() == [["one"], ["one"]]


def test_a_server_that_honours_the_key_answers_with_the_old_status_whatever_the_text() -> None:
    with CompatibleServer(honour_idempotency=True) as server:
        client = Client(server)
        with client.session:
            first = client.post("one", key="k1").json()
            assert client.post("edited", key="k1").json() == first
            client.post("refused", key="k2", visibility="secret")
            assert client.post("accepted", key="k2").status_code == 200
            server.delete(first["id"])
            assert client.post("one", key="k1").status_code == 404

    assert server.threads() == [["accepted"]]


def test_a_repeat_may_be_answered_with_500_although_the_status_exists() -> None:
    with CompatibleServer(honour_idempotency=True, repeat_answer=500) as server:
        client = Client(server)
        with client.session:
            assert [client.post("one", key="k1").status_code for _ in range(2)] == [200, 500]

    assert server.threads() == [["one"]]


def test_a_status_can_be_invisible_at_first_and_be_replied_to_all_the_same() -> None:
    with CompatibleServer(visible_after=60) as server:
        client = Client(server)
        with client.session:
            made = client.post("one").json()["id"]
            assert client.timeline() == []
            assert client.get(f"/api/v1/statuses/{made}").status_code == 404
            assert client.get(f"/api/v1/statuses/{made}/source").status_code == 404
            assert client.post("two", in_reply_to_id=made).status_code == 200
            server.set_visible_after(0)
            assert len(client.timeline()) == 2

    assert server.threads() == [["one", "two"]]


def test_a_vanished_status_was_answered_like_any_other_and_never_exists(
    server: CompatibleServer, client: Client
) -> None:
    server.vanish_next()
    answer = client.post("one")
    ghost = answer.json()["id"]

    assert (answer.status_code, answer.json()["content"]) == (200, "<p>one</p>")
    assert client.get(f"/api/v1/statuses/{ghost}").status_code == 404
    assert client.post("two", in_reply_to_id=ghost).status_code == 404
    assert client.post("next").status_code == 200
    assert server.threads() == [["next"]]


def test_the_rate_limit_is_told_in_epoch_seconds_and_kept() -> None:
    with CompatibleServer(requests_allowed=2) as server:
        client = Client(server)
        with client.session:
            answers = [client.post(str(number)) for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert int(answers[2].headers["X-RateLimit-Reset"]) > time.time()
    assert len(server.statuses) == 2


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/api/v1/statuses", 405), ("PUT", "/api/v1/statuses", 405)],
)
def test_an_endpoint_it_lacks_is_said_so_in_json(client: Client, method: str, path: str, status: int) -> None:
    answer = client.session.request(method, f"{client.server.url}{path}", timeout=5)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_the_history_keeps_what_was_asked(server: CompatibleServer, client: Client) -> None:
    client.post("one", key="k1")
    (request,) = server.history
    assert (request.method, request.path, request.header("idempotency-key")) == ("POST", "/api/v1/statuses", "k1")


def test_counts_are_those_that_were_set_and_own_continuations_count_as_replies(
    server: CompatibleServer, client: Client
) -> None:
    first = client.post("one").json()["id"]
    client.post("two", in_reply_to_id=first)
    server.engage(first, replies=3, reblogs=2, favourites=5)
    told = client.get(f"/api/v1/statuses/{first}").json()

    assert [told[f"{name}_count"] for name in ("replies", "reblogs", "favourites")] == [4, 2, 5]
    assert "quotes_count" not in told
    server.engage(first, quotes=1)
    assert client.get(f"/api/v1/statuses/{first}").json()["quotes_count"] == 1


def test_the_account_tells_its_audience(server: CompatibleServer, client: Client) -> None:
    made_one_after_another(client, 2)
    server.set_audience(followers=7, following=8)
    told = client.get("/api/v1/accounts/verify_credentials").json()
    assert [told[f"{name}_count"] for name in ("followers", "following", "statuses")] == [7, 8, 2]


def test_twenty_statuses_can_be_read_at_once_and_missing_ones_are_left_out() -> None:
    with CompatibleServer(speaks=MASTODON) as server:
        client = Client(server)
        with client.session:
            ids = made_one_after_another(client, 21)
            server.delete(ids[1])
            some = client.session.get(f"{server.url}/api/v1/statuses", params={"id[]": ids[:20]}, timeout=5)
            many = client.session.get(f"{server.url}/api/v1/statuses", params={"id[]": ids}, timeout=5)

    assert [value["id"] for value in some.json()] == [ids[0], *ids[2:20]]
    assert many.status_code == 422


def test_an_edited_status_shows_its_new_words_late(client: Client) -> None:
    status_id = client.post("one").json()["id"]
    client.server.set_stale_reads(2)
    answer = client.session.put(f"{client.server.url}/api/v1/statuses/{status_id}", json={"status": "uno"}, timeout=5)
    assert answer.json()["edited_at"] is not None
    told = [client.get(f"/api/v1/statuses/{status_id}/source").json()["text"] for _ in range(3)]
    assert told == ["one", "one", "uno"]
    assert client.server.statuses[0].edits == ("one",)


def test_pictures_that_an_edit_does_not_name_are_taken_off_and_strange_ones_refused(client: Client) -> None:
    status_id = client.post("one").json()["id"]
    address = f"{client.server.url}/api/v1/statuses/{status_id}"
    answer = client.session.put(address, json={"status": "uno", "media_ids": ["another"]}, timeout=5)
    assert (answer.status_code, client.server.statuses[0].text) == (422, "one")
