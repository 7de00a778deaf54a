"""The simulator's ways that differ from X's, so that an adapter can be tried with both."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1

from tests.servers.x_playground import XPlayground

PICTURE = b64encode(b"picture").decode()


class Client:
    def __init__(self, server: XPlayground) -> None:
        self.url = server.url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = OAuth1("any", "keys", "will", "do")

    def get(self, path: str, **query: str) -> requests.Response:
        params = {name.replace("__", "."): value for name, value in query.items()}
        return self.session.get(self.url + path, params=params, timeout=5)

    def post(self, path: str, **body: Any) -> requests.Response:
        return self.session.post(self.url + path, timeout=5, **body)

    def created(self, text: str, **more: Any) -> str:
        answer = self.post("/2/tweets", json={"text": text, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["id"])


@pytest.fixture
def server() -> Iterator[XPlayground]:
    with XPlayground() as running:
        yield running


@pytest.fixture
def client(server: XPlayground) -> Iterator[Client]:
    one = Client(server)
    with one.session:
        yield one


def words(answer: requests.Response) -> str:
    assert answer.status_code == 400
    return str(answer.json()["errors"][0]["message"])


def test_any_keys_will_do_but_none_will_not(server: XPlayground, client: Client) -> None:
    assert client.get("/2/users/me").json()["data"]["username"] == "playground_user"
    assert requests.get(f"{server.url}/2/users/me", timeout=5).status_code == 401


def test_it_says_that_it_may_only_be_read_and_takes_posts_all_the_same(client: Client) -> None:
    answer = client.post("/2/tweets", json={"text": "one"})
    assert (answer.status_code, answer.headers["x-access-level"]) == (201, "read")
    assert answer.json()["data"] == {"id": "97", "text": "one", "edit_history_tweet_ids": ["97"]}


def test_a_reply_forgets_its_parent(server: XPlayground, client: Client) -> None:
    first = client.created("one")
    second = client.created("two", reply={"in_reply_to_tweet_id": first})
    fields = "referenced_tweets,in_reply_to_user_id,conversation_id"
    post = client.get(f"/2/tweets/{second}", tweet__fields=fields).json()["data"]

    assert post == {"id": second, "text": "two", "edit_history_tweet_ids": [second], "conversation_id": second}
    assert server.threads() == [["one", "two"]]


def test_a_parent_that_is_not_there_is_a_wrong_request(client: Client) -> None:
    answer = client.post("/2/tweets", json={"text": "two", "reply": {"in_reply_to_tweet_id": "5"}})
    assert "reply tweet ID is invalid" in words(answer)


def test_a_text_has_280_bytes_and_may_be_sent_twice(server: XPlayground, client: Client) -> None:
    client.created("x" * 280)
    client.created("x" * 280)
    assert "maximum length" in words(client.post("/2/tweets", json={"text": "é" * 141}))
    assert len(server.statuses) == 2


def test_a_text_comes_back_escaped_with_its_links_as_they_are(client: Client) -> None:
    post_id = client.created('It\'s "a" & <b>\u200d\u00a0https://nixtla.io/?a=1&b=2')
    post = client.get(f"/2/tweets/{post_id}", tweet__fields="entities").json()["data"]
    assert post["text"] == "It&#39;s &#34;a&#34; &amp; &lt;b&gt;https://nixtla.io/?a=1&amp;b=2"
    assert post["entities"]["urls"][0]["url"] == "https://nixtla.io/?a=1&amp;b=2"
    assert "expanded_url" not in post["entities"]["urls"][0]


def test_missing_posts_are_missing_without_a_word_in_a_batch(client: Client) -> None:
    post_id = client.created("one")
    answer = client.get("/2/tweets", ids=f"{post_id},5").json()
    assert [one["id"] for one in answer["data"]] == [post_id]
    assert "errors" not in answer
    assert client.get("/2/tweets", ids="5").json()["data"] == []
    assert client.get("/2/tweets/5").json()["errors"][0]["resource_id"] == "5"


def test_ids_are_compared_as_text(client: Client) -> None:
    ids = [client.created(str(number)) for number in range(4)]
    assert ids == ["97", "98", "99", "100"]
    assert client.get("/2/users/0/tweets", since_id="99").json()["data"] == []
    assert [one["id"] for one in client.get("/2/users/0/tweets", since_id="97").json()["data"]] == ["99", "98"]


def test_it_pages_with_tokens_that_need_escaping(client: Client) -> None:
    ids = [client.created(str(number)) for number in range(7)]
    first = client.get("/2/users/0/tweets", max_results="5").json()
    token = first["meta"]["next_token"]
    rest = client.get("/2/users/0/tweets", max_results="5", pagination_token=token).json()
    assert [one["id"] for page in (first, rest) for one in page["data"]] == ids[::-1]
    assert token.endswith("=")


def test_every_body_is_json_whatever_it_says(client: Client) -> None:
    assert client.post("/2/media/upload", json={"media": PICTURE}).status_code == 201
    assert "invalid JSON" in words(client.post("/2/media/upload", files={"media": b"picture"}))


def test_an_upload_is_ready_when_nothing_is_said_of_processing(client: Client) -> None:
    begun = {"media_type": "video/mp4", "media_category": "tweet_video", "total_bytes": 7}
    media_id = client.post("/2/media/upload/initialize", json=begun).json()["data"]["id"]
    piece = {"segment_index": 0, "media": PICTURE}
    appended = client.post(f"/2/media/upload/{media_id}/append", json=piece)
    assert (appended.status_code, appended.content) == (204, b"")

    told = [client.post(f"/2/media/upload/{media_id}/finalize").json()["data"]]
    told += [client.get("/2/media/upload", command="STATUS", media_id=media_id).json()["data"] for _ in range(3)]
    assert [one.get("processing_info", {}).get("state") for one in told] == ["processing"] * 3 + [None]


def test_an_alternative_text_has_another_shape_there(client: Client) -> None:
    media_id = client.post("/2/media/upload", json={"media": PICTURE}).json()["data"]["id"]
    documented = {"id": media_id, "metadata": {"alt_text": {"text": "A cat"}}}
    assert words(client.post("/2/media/metadata", json=documented)) == "media_id field is required"
    assert client.post("/2/media/metadata", json={"media_id": media_id, "alt_text": "A cat"}).status_code == 200


def test_pictures_are_checked_and_forgotten(client: Client) -> None:
    media_id = client.post("/2/media/upload", json={"media": PICTURE}).json()["data"]["id"]
    post_id = client.created("one", media={"media_ids": [media_id]})
    answer = client.get(f"/2/tweets/{post_id}", tweet__fields="attachments", expansions="attachments.media_keys").json()
    assert "attachments" not in answer["data"]
    assert answer["includes"] == {}
    assert "media IDs" in words(client.post("/2/tweets", json={"text": "two", "media": {"media_ids": ["5"]}}))


def test_what_it_does_not_list_may_be_asked_for_15_times(client: Client) -> None:
    answers = [client.get("/2/media/upload", command="STATUS", media_id="5") for _ in range(16)]
    assert [answer.status_code for answer in answers] == [400] * 15 + [429]
    assert json.loads(client.get("/2/users/me").content)["data"]["id"] == "0"
